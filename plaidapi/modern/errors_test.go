package modern_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// refused is what a call fails with when it is answered so.
func refused(t *testing.T, a answer) error {
	t.Helper()
	c := dial(t, transport(func(*http.Request) (*http.Response, error) { return respond(a) }))
	_, err := c.ItemRemove(t.Context(), modern.ItemRemoveRequest{AccessToken: secret("access-sandbox-1")}) // sent once
	return err
}

// TestEveryCode has every code of modern-api §4.
func TestEveryCode(t *testing.T) {
	for problem, codes := range map[plaidapi.Problem]string{
		plaidapi.LoginRequired: "ITEM_LOGIN_REQUIRED",
		plaidapi.NotShared:     "ACCESS_NOT_GRANTED NO_AUTH_ACCOUNTS ADDITIONAL_CONSENT_REQUIRED PRODUCT_NOT_ENABLED",
		plaidapi.NotReady:      "PRODUCT_NOT_READY TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION",
		plaidapi.Unsupported: "PRODUCTS_NOT_SUPPORTED NO_ACCOUNTS NO_INVESTMENT_ACCOUNTS NO_LIABILITY_ACCOUNTS INSTITUTION_NO_LONGER_SUPPORTED " +
			"UNSUPPORTED_RESPONSE LAST_UPDATED_DATETIME_OUT_OF_RANGE SANDBOX_ONLY MFA_NOT_SUPPORTED ITEM_NOT_SUPPORTED",
		plaidapi.Locked:      "ITEM_LOCKED",
		plaidapi.NotSetUp:    "PASSWORD_RESET_REQUIRED USER_SETUP_REQUIRED",
		plaidapi.ItemGone:    "ITEM_NOT_FOUND USER_PERMISSION_REVOKED ITEM_CONCURRENTLY_DELETED INVALID_ACCESS_TOKEN",
		plaidapi.BadKeys:     "INVALID_API_KEYS UNAUTHORIZED_ENVIRONMENT",
		plaidapi.NotAllowed:  "INVALID_LINK_CUSTOMIZATION INVALID_PRODUCT UNAUTHORIZED_INSTITUTION INSTITUTION_REGISTRATION_REQUIRED CREDITS_EXHAUSTED",
		plaidapi.AttemptOver: "INVALID_PUBLIC_TOKEN INVALID_LINK_TOKEN USER_INPUT_TIMEOUT",
		plaidapi.BankDown:    "INSTITUTION_DOWN INSTITUTION_NOT_RESPONDING INSTITUTION_NOT_AVAILABLE INSTITUTION_ERROR/NEW",
		plaidapi.RateLimited: "INSTITUTION_RATE_LIMIT RATE_LIMIT_EXCEEDED/ACCOUNTS_LIMIT RATE_LIMIT_EXCEEDED/BALANCE_LIMIT " +
			"RATE_LIMIT_EXCEEDED/ACCOUNTS_BALANCE_GET_LIMIT RATE_LIMIT_EXCEEDED/AUTH_LIMIT RATE_LIMIT_EXCEEDED/IDENTITY_LIMIT " +
			"RATE_LIMIT_EXCEEDED/ITEM_GET_LIMIT RATE_LIMIT_EXCEEDED/TRANSACTIONS_LIMIT RATE_LIMIT_EXCEEDED/TRANSACTIONS_SYNC_LIMIT " +
			"RATE_LIMIT_EXCEEDED/INSTITUTIONS_GET_LIMIT RATE_LIMIT_EXCEEDED/INSTITUTIONS_GET_BY_ID_LIMIT " +
			"RATE_LIMIT_EXCEEDED/INVESTMENT_HOLDINGS_GET_LIMIT RATE_LIMIT_EXCEEDED/INVESTMENT_TRANSACTIONS_LIMIT RATE_LIMIT_EXCEEDED/RATE_LIMIT",
		plaidapi.ServerFault:  "INTERNAL_SERVER_ERROR PLANNED_MAINTENANCE API_ERROR/NEW",
		plaidapi.WrongDetails: "INVALID_CREDENTIALS INSUFFICIENT_CREDENTIALS INVALID_UPDATED_USERNAME",
		plaidapi.WrongAnswer:  "INVALID_MFA INVALID_OTP INVALID_SEND_METHOD",
		plaidapi.Unknown: "INVALID_ACCOUNT_ID DIRECT_INTEGRATION_NOT_ENABLED NO_LONGER_AVAILABLE INCOMPATIBLE_API_VERSION UNKNOWN_FIELDS " +
			"MISSING_FIELDS INVALID_FIELD INVALID_BODY INVALID_HEADERS NOT_FOUND INVALID_USER_IDENTITY_DATA ITEM_ERROR/NEW",
	} {
		for word := range strings.FieldsSeq(codes) {
			kind, code, typed := strings.Cut(word, "/")
			if !typed {
				kind, code = "NEW_TYPE", word
			}
			err := refused(t, failing(kind, code))
			var general *plaidapi.Error
			var e *modern.Error
			if !errors.As(err, &general) || !errors.As(err, &e) || general.Problem != problem || !errors.Is(err, problem) {
				t.Errorf("%s: %v, want %v", word, err, problem)
				continue
			}
			if e.Type != kind || e.Code != code || general.Code != code || general.RequestID != "r1" || general.Status != 400 {
				t.Errorf("%s: %+v", word, e)
			}
		}
	}
}

func TestErrorHasWhatWasSent(t *testing.T) {
	err := refused(t, answer{status: 400, header: http.Header{"X-Request-Id": {"other"}}, body: `{"error_type":"ITEM_ERROR",` +
		`"error_code":"ITEM_LOCKED","error_code_reason":"OAUTH_CONSENT_EXPIRED","error_message":"m","display_message":"Unlock\u001b[31m it","request_id":"Ab1"}`})
	var e *modern.Error
	var general *plaidapi.Error
	if !errors.As(err, &e) || !errors.As(err, &general) {
		t.Fatal(err)
	}
	if e.Reason != "OAUTH_CONSENT_EXPIRED" || e.Message != "m" || e.Display != "Unlock\x1b[31m it" || e.RequestID != "Ab1" {
		t.Errorf("%+v", e)
	}
	want := plaidapi.Error{
		Problem: plaidapi.Locked, Op: "item remove", Status: 400, Code: "ITEM_LOCKED", RequestID: "Ab1", BankText: "Unlock�[31m it",
	}
	if *general != want {
		t.Errorf("%+v", *general)
	}
}

func TestErrorsWithoutACode(t *testing.T) {
	for status, want := range map[int]plaidapi.Problem{
		302: plaidapi.BadReply, 404: plaidapi.BadReply, 429: plaidapi.RateLimited, 500: plaidapi.ServerFault, 503: plaidapi.ServerFault,
	} {
		for _, body := range []string{"", "<html>", "{}", "[]", `{"error_code":5}`, `{"error_code":null}`} {
			err := refused(t, answer{status: status, body: body})
			var general *plaidapi.Error
			if !errors.As(err, &general) || general.Problem != want || general.Status != status {
				t.Errorf("%d %q: %v", status, body, err)
			}
		}
	}
}

// TestCodesAndIDsAreHarmless: both are shown.
func TestCodesAndIDsAreHarmless(t *testing.T) {
	err := refused(t, answer{status: 400, body: `{"error_type":"a\u001b","error_code":"x\u001b[2J y","request_id":"a b"}`})
	var e *modern.Error
	if !errors.As(err, &e) || e.Type != "" || e.Code != "" || e.RequestID != "" || strings.ContainsRune(err.Error(), 0x1b) {
		t.Errorf("%+v", e)
	}
}

// TestSuccessThatCannotBeRead keeps the token that came with it, and no other.
func TestSuccessThatCannotBeRead(t *testing.T) {
	for body, want := range map[string]string{
		`{"access_token":"access-sandbox-9","item_id":`:                       "access-sandbox-9",
		`{"x":{"access_token":"no"},"access_token":"yes","item_id":"I"} rest`: "yes",
		`<html>`:           "",
		`{"access_token":`: "",
	} {
		c := dial(t, transport(func(*http.Request) (*http.Response, error) { return respond(ok(body)) }))
		_, err := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: secret("p")})
		var e *modern.Error
		if !errors.As(err, &e) || !errors.Is(err, plaidapi.BadReply) || e.Token.Reveal() != want {
			t.Errorf("%s: %v, token %q", body, err, e.Token.Reveal())
		}
	}
	for _, body := range []string{`{"request_id":"r"}`, `{"access_token":null}`, `{"access_token":7}`} {
		c := dial(t, transport(func(*http.Request) (*http.Response, error) { return respond(ok(body)) }))
		if _, err := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: secret("p")}); !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%s: %v", body, err)
		}
		if _, err := c.LinkTokenCreate(t.Context(), modern.LinkTokenRequest{}); !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%s: %v", body, err)
		}
		if _, err := c.AccessTokenInvalidate(t.Context(), modern.TokenRequest{AccessToken: secret("t")}); !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestAnErrorMadeByHand is one like any other.
func TestAnErrorMadeByHand(t *testing.T) {
	err := fmt.Errorf("sync: %w", &modern.Error{Op: "item get", Status: 400, Code: "ITEM_LOCKED"})
	if !errors.Is(err, plaidapi.Locked) || errors.Is(err, plaidapi.BankDown) || !strings.Contains(err.Error(), "ITEM_LOCKED") {
		t.Errorf("got %v", err)
	}
}

// TestTokenOfAReplyThatIsCutOff: the Item has been made, or the old token is dead.
func TestTokenOfAReplyThatIsCutOff(t *testing.T) {
	for sent, want := range map[string]string{
		`{"access_token":"access-sandbox-9","new_access_token":"access-sandbox-10","it`: "access-sandbox-9 access-sandbox-10",
		`{"access_token":"access-san`: " ",
		``:                            " ",
	} {
		c := dial(t, transport(func(*http.Request) (*http.Response, error) {
			body := io.MultiReader(strings.NewReader(sent), iotest.ErrReader(io.ErrUnexpectedEOF))
			return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: 500, Body: io.NopCloser(body)}, nil
		}))
		_, exchanged := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: secret("p")})
		_, renewed := c.AccessTokenInvalidate(t.Context(), modern.TokenRequest{AccessToken: secret("t")})
		if got := rescued(exchanged) + " " + rescued(renewed); got != want || !errors.Is(exchanged, plaidapi.Offline) || !errors.Is(renewed, plaidapi.Offline) {
			t.Errorf("%s: %q, %v, %v", sent, got, exchanged, renewed)
		}
	}
}

func rescued(err error) string {
	var e *modern.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Token.Reveal()
}
