package wire

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
)

func TestDecodeIsStrict(t *testing.T) {
	deepest := strings.Repeat("[", nesting-1) + strings.Repeat("]", nesting-1)
	tests := []struct {
		about, body string
		ok          bool
	}{
		{"exact", `{"name":"a"}`, true},
		{"unknown members", `{"name":"a","more":{"x":[1]}}`, true},
		{"null", `{"name":null}`, true},
		{"other case", `{"Name":5}`, true}, // unknown, so its type does not matter
		{"twice", `{"name":"a","name":"b"}`, false},
		{"twice among unknown ones", `{"x":1,"x":2}`, false},
		{"bad UTF-8", "{\"name\":\"\xff\"}", false},
		{"half a surrogate", `{"name":"\ud800"}`, false},
		{"something behind", `{"name":"a"} x`, false},
		{"cut off", `{"name":"a"`, false},
		{"wrong type", `{"name":1}`, false},
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

func TestDecodeErrorsDoNotQuote(t *testing.T) {
	for _, body := range []string{`{"name":hunter2}`, `{"hunter2":1,"hunter2":2}`, `{"hunter2":`} {
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
		if Decode(body, &into) == nil && into.Token != Member(body, "access_token").Reveal() {
			t.Fatalf("two tokens in %q", body)
		}
	})
}
