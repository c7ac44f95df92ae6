package wire

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
)

func TestDecode(t *testing.T) {
	deepest := strings.Repeat("[", nesting-1) + strings.Repeat("]", nesting-1)
	tests := []struct {
		about, body string
		ok          bool
	}{
		{"exact", `{"name":"a"}`, true},
		{"unknown members", `{"name":"a","more":{"x":[1]}}`, true},
		{"null", `{"name":null}`, true},
		{"other case", `{"Name":5}`, true}, // unknown, so its type does not matter
		{"twice", `{"name":"a","name":"b"}`, true},
		{"twice among unknown ones", `{"x":1,"x":2}`, true},
		{"bad UTF-8", "{\"name\":\"\xff\"}", true},
		{"half a surrogate", `{"name":"\ud800"}`, true},
		{"something behind", `{"name":"a"} x`, false},
		{"cut off", `{"name":"a"`, false},
		{"wrong type", `{"name":1}`, true},
		{"HTML", `<html>`, false},
		{"nothing", ``, false},
		{"as deep as allowed", `{"x":` + deepest + `}`, true},
		{"too deep", `{"x":[` + deepest + `]}`, false},
		{"brackets in strings", `{"x":"` + strings.Repeat(`[\"{`, 200) + `"}`, true},
	}
	for _, test := range tests {
		var into struct {
			Name string `json:"name"`
		}
		err := Decode([]byte(test.body), &into)
		if (err == nil) != test.ok || err != nil && !errors.Is(err, ErrReply) {
			t.Errorf("%s: %v", test.about, err)
		}
	}
}

// TestDecodeLeniently holds what is not as it should be to legacy-api §2.2 and security.md 14: it
// costs what it concerns, and nothing beside it.
func TestDecodeLeniently(t *testing.T) {
	type row struct {
		Name  string   `json:"name"`
		Path  []string `json:"path"`
		Old   bool     `json:"old"`
		Inner *row     `json:"inner"`
	}
	var into struct {
		Token plaidapi.Secret `json:"token"`
		Rows  []row           `json:"rows"`
		Inner row             `json:"inner"`
	}
	body := "{\"token\":\"first\",\"token\":\"second\",\"inner\":[1],\"rows\":[" +
		"{\"name\":5,\"name\":\"second\",\"path\":\"none\",\"old\":\"yes\",\"inner\":{\"name\":\"a\xffb\"}}," +
		"{\"name\":\"whole\",\"path\":[\"x\",7,\"y\"],\"old\":true,\"inner\":{\"name\":\"\\ud800\"}}]}"
	if err := Decode([]byte(body), &into); err != nil {
		t.Fatal(err)
	}
	if got := into.Token.Reveal(); got != "first" {
		t.Errorf("token %q", got)
	}
	want := []row{
		{Inner: &row{Name: "a\ufffdb"}},
		{Name: "whole", Path: []string{"x", "", "y"}, Old: true, Inner: &row{Name: "\ufffd"}},
	}
	if !reflect.DeepEqual(into.Rows, want) || into.Inner.Name != "" {
		t.Errorf("%+v, %+v", into.Rows, into.Inner)
	}
}

func TestDecodeErrorsDoNotQuote(t *testing.T) {
	for _, body := range []string{`{"name":hunter2}`, `{"hunter2":1,"hunter2"}`, `{"hunter2":`} {
		var into struct {
			Name int `json:"name"`
		}
		if err := Decode([]byte(body), &into); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestEncodeReveals(t *testing.T) {
	request := struct {
		Token  plaidapi.Secret `json:"access_token"`
		Absent plaidapi.Secret `json:"pin,omitzero"`
	}{Token: plaidapi.NewSecret(" t\"k ")}
	body, secrets, err := Encode(request)
	if err != nil || string(body) != `{"access_token":" t\"k "}` || !slices.Equal(secrets, []string{` t"k `}) {
		t.Errorf("%s, %q, %v", body, secrets, err)
	}
	request.Token = plaidapi.NewSecret("\xff")
	if _, _, err := Encode(request); err == nil || strings.Contains(err.Error(), "\xff") {
		t.Errorf("bytes that JSON cannot carry: %v", err)
	}
}

func TestMember(t *testing.T) {
	tests := []struct{ body, want string }{
		{`{"access_token":"a"}`, "a"},
		{`{"x":{"access_token":"inner"},"access_token":"a"}`, "a"},
		{`{"access_token":"first","access_token":"second"}`, "first"},
		{`{"access_token":5,"access_token":"a"}`, "a"},
		{"{\"x\":\"\xff\",\"access_token\":\"a\",\"y\":", "a"},
		{`{"Access_Token":"a"}`, ""},
		{`["access_token","a"]`, ""},
		{`{"access_token":"cut`, ""},
		{``, ""},
	}
	for _, test := range tests {
		if got := Member([]byte(test.body), "access_token").Reveal(); got != test.want {
			t.Errorf("%s: %q, want %q", test.body, got, test.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"access_token":"a","x":[{"y":1}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var into struct {
			Token string `json:"access_token"`
		}
		if Decode(body, &into) == nil && into.Token != "" && into.Token != Member(body, "access_token").Reveal() {
			t.Fatalf("two tokens in %q", body)
		}
	})
}
