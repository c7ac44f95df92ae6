package legacy_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
	"tartan/plaidapi/legacy"
)

// TestSecretsStayInBodies runs every call with known secrets against a server that echoes the
// whole request in each member of its error, and looks for them everywhere but in the body.
func TestSecretsStayInBodies(t *testing.T) { checkSecrets(t, "hunter2") }

func checkSecrets(t *testing.T, canary string, options ...legacy.Option) {
	t.Helper()
	s := secret(canary)
	// Each is a secret of its own: a text is to be dropped for any one of them.
	token, first, second := secret(canary+"-token"), secret(canary+` "first"`), secret(canary+"-second")
	var told strings.Builder
	echo := func(req *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = fmt.Fprintln(&told, req.URL, req.Header)
		answer, err := wireJSON(string(body))
		if err != nil {
			t.Error(err)
		}
		return &http.Response{StatusCode: 402, Header: http.Header{"X-Request-Id": {string(body)}}, Body: io.NopCloser(strings.NewReader(answer))}, nil
	}
	trace := func(t legacy.Try) {
		_, _ = fmt.Fprintln(&told, t, t.Purpose())
	}
	options = append(options, legacy.BaseURL("http://localhost"), legacy.Trace(trace), legacy.HTTPClient(&http.Client{Transport: transport(echo)}))
	c, err := legacy.New("id", s, options...)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	calls := map[string]func() (any, error){
		"add": func() (any, error) {
			return c.Connect.Add(ctx, legacy.AddRequest{Type: "x", Username: s, Password: s, PIN: s})
		},
		"step": func() (any, error) { return c.Connect.Step(ctx, legacy.StepRequest{Token: token, Answer: first}) },
		"several": func() (any, error) {
			return c.Auth.UpdateStep(ctx, legacy.StepRequest{Token: token, Answers: []plaidapi.Secret{first, second}})
		},
		"get": func() (any, error) { return c.Info.Get(ctx, legacy.GetRequest{Token: s}) },
		"update": func() (any, error) {
			return c.Income.Update(ctx, legacy.UpdateRequest{Token: s, Username: s, Password: s})
		},
		"delete":        func() (any, error) { return c.Risk.Delete(ctx, legacy.TokenRequest{Token: s}) },
		"balance":       func() (any, error) { return c.Balance(ctx, legacy.TokenRequest{Token: s}) },
		"upgrade":       func() (any, error) { return c.Upgrade(ctx, legacy.UpgradeRequest{Token: s, To: plaidapi.Auth}) },
		"upgrade step":  func() (any, error) { return c.UpgradeStep(ctx, legacy.StepRequest{Token: token, Answer: first}) },
		"exchange":      func() (any, error) { return c.ExchangeToken(ctx, legacy.ExchangeRequest{PublicToken: s}) },
		"institutions":  func() (any, error) { return c.InstitutionsAll(ctx, legacy.PageRequest{}) },
		"public":        func() (any, error) { return c.Categories(ctx) },
		"long tail":     func() (any, error) { return c.InstitutionsLongtail(ctx, legacy.PageRequest{}) },
		"public search": func() (any, error) { return c.InstitutionSearch(ctx, legacy.SearchRequest{Query: "q"}) },
	}
	for name, call := range calls {
		_, err := call()
		var e *legacy.Error
		var general *plaidapi.Error
		if !errors.As(err, &e) || !errors.As(err, &general) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, _ = fmt.Fprintf(&told, "%v %+v %#v %s %+v %#v\n", err, err, err, e.Resolve, *e, *general)
	}
	if strings.Contains(told.String(), canary) {
		t.Errorf("the secret is told:\n%s", told.String())
	}
}

// TestEachOfSeveralAnswersIsSecret: the server's sentence quotes one answer, not the request.
func TestEachOfSeveralAnswersIsSecret(t *testing.T) {
	answers := []plaidapi.Secret{secret("hunter2"), secret(`ket"chup`)}
	list := `["hunter2","ket\"chup"]`
	for echo, kept := range map[string]bool{"hunter2": false, `ket"chup`: false, list: false, "answer": true} {
		body, _, err := wire.Encode(map[string]any{"code": 1203, "message": echo, "resolve": "The " + echo + " was wrong"})
		if err != nil {
			t.Fatal(err)
		}
		req := legacy.StepRequest{Token: secret("token"), Answers: answers}
		_, err = answering(t, 402, string(body), nil).Connect.Step(t.Context(), req)
		var e *legacy.Error
		var general *plaidapi.Error
		if !errors.As(err, &e) || !errors.As(err, &general) {
			t.Fatal(err)
		}
		if (e.Message != "") != kept || (e.Resolve != "") != kept || (general.BankText != "") != kept {
			t.Errorf("%s: %q, %q, %q", echo, e.Message, e.Resolve, general.BankText)
		}
	}
}

// wireJSON is an error body whose texts are the request.
func wireJSON(request string) (string, error) {
	body, _, err := wire.Encode(struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Resolve string `json:"resolve"`
	}{1200, request, request})
	return string(body), err
}

func TestNumberKeepsDigits(t *testing.T) {
	for sent, want := range map[string]legacy.Number{
		`1203.42`: "1203.42", `-0.10`: "-0.10", `1e2`: "1e2", `"12.50"`: "12.50", `null`: "", `{"a":1}`: `{"a":1}`, `true`: "true",
	} {
		var b legacy.Balance
		if err := wire.Decode([]byte(`{"current":`+sent+`}`), &b); err != nil || b.Current != want {
			t.Errorf("%s: %q, %v", sent, b.Current, err)
		}
	}
	if _, err := plaidapi.ParseMoney("true", "USD"); err == nil {
		t.Error("true is an amount")
	}
}
