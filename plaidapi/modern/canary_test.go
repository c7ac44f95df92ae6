package modern_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// TestSecretsAreToldToNobody runs calls with known secrets against a server that echoes keys and
// body in each member of its error, and looks for them in whatever is told of a call.
func TestSecretsAreToldToNobody(t *testing.T) {
	const canary = "hunter2"
	var told strings.Builder
	echo := func(req *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = fmt.Fprintln(&told, req.URL, strings.ReplaceAll(fmt.Sprint(req.Header), req.Header.Get("PLAID-SECRET"), ""), len(body))
		both := req.Header.Get("PLAID-SECRET") + string(body)
		answer, err := json.Marshal(map[string]string{
			"error_type": "x" + both, "error_code": both, "error_message": both, "display_message": both, "request_id": req.Header.Get("PLAID-SECRET"),
		})
		if err != nil {
			t.Error(err)
		}
		return &http.Response{StatusCode: 400, Header: http.Header{"X-Request-Id": {canary}}, Body: io.NopCloser(strings.NewReader(string(answer)))}, nil
	}
	trace := func(try modern.Try) {
		try.RequestID = "" // the server's own words
		_, _ = fmt.Fprintln(&told, try, try.Purpose())
	}
	c, err := modern.New("id", secret(canary), modern.BaseURL("http://localhost"), modern.Trace(trace),
		modern.HTTPClient(&http.Client{Transport: transport(echo)}))
	if err != nil {
		t.Fatal(err)
	}
	bank := modern.NewBank(c, modern.BankOptions{})
	token := secret(canary + "-token")
	item := plaidapi.Item{ID: "modern:I"}
	for name, call := range map[string]func() (any, error){
		"exchange": func() (any, error) {
			return c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: token})
		},
		"update": func() (any, error) {
			return bank.Begin(t.Context(), plaidapi.LinkRequest{Mode: plaidapi.Update, Token: token})
		},
		"poll": func() (any, error) {
			return bank.Answer(t.Context(), plaidapi.Step{Pending: token, Challenge: plaidapi.Challenge{Kind: plaidapi.Browser}}, nil)
		},
		"sync":      func() (any, error) { return bank.Sync(t.Context(), item, token, "c") },
		"condition": func() (any, error) { return bank.Condition(t.Context(), item, token) },
		"unlink":    func() (any, error) { return nil, bank.Unlink(t.Context(), item, token) },
		"accounts":  func() (any, error) { return bank.Accounts(t.Context(), item, token) },
		"reset":     func() (any, error) { return c.SandboxResetLogin(t.Context(), modern.TokenRequest{AccessToken: token}) },
	} {
		got, err := call()
		var e *modern.Error
		var general *plaidapi.Error
		if !errors.As(err, &e) || !errors.As(err, &general) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, _ = fmt.Fprintf(&told, "%v %v %+v %#v %+v %#v\n", got, err, err, err, *e, *general)
	}
	if strings.Contains(told.String(), canary) {
		t.Errorf("a secret is told:\n%s", told.String())
	}
}
