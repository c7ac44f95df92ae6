package modern_test

import (
	"net/http"
	"testing"
	"testing/synctest"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// TestOnlyReadsAreRepeated asks a service that fails for a passing reason. What makes, changes, ends
// or costs something goes out once, and so does what no waiting cures.
func TestOnlyReadsAreRepeated(t *testing.T) {
	token := secret("t")
	item, all := modern.TokenRequest{AccessToken: token}, modern.AccountsRequest{AccessToken: token}
	calls := map[string]struct {
		times int
		call  func(*testing.T, *modern.Client) error
	}{
		"create": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.LinkTokenCreate(t.Context(), modern.LinkTokenRequest{})
			return err
		}},
		"exchange": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: token})
			return err
		}},
		"remove": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.ItemRemove(t.Context(), modern.ItemRemoveRequest{AccessToken: token})
			return err
		}},
		"invalidate": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.AccessTokenInvalidate(t.Context(), item)
			return err
		}},
		"webhook": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.WebhookUpdate(t.Context(), modern.WebhookUpdateRequest{AccessToken: token})
			return err
		}},
		"balances": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.Balances(t.Context(), modern.BalancesRequest{AccessToken: token})
			return err
		}},
		"refresh": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.TransactionsRefresh(t.Context(), item)
			return err
		}},
		"public token": {1, func(t *testing.T, c *modern.Client) error {
			_, err := c.SandboxPublicToken(t.Context(), modern.SandboxPublicTokenRequest{})
			return err
		}},
		"item":     {3, func(t *testing.T, c *modern.Client) error { _, err := c.Item(t.Context(), item); return err }},
		"accounts": {3, func(t *testing.T, c *modern.Client) error { _, err := c.Accounts(t.Context(), all); return err }},
		"auth":     {3, func(t *testing.T, c *modern.Client) error { _, err := c.Auth(t.Context(), all); return err }},
		"holdings": {3, func(t *testing.T, c *modern.Client) error { _, err := c.Holdings(t.Context(), all); return err }},
		"first sync": {3, func(t *testing.T, c *modern.Client) error {
			_, err := c.TransactionsSync(t.Context(), modern.SyncRequest{AccessToken: token})
			return err
		}},
		"sync": {3, func(t *testing.T, c *modern.Client) error {
			_, err := c.TransactionsSync(t.Context(), modern.SyncRequest{AccessToken: token, Cursor: "c"})
			return err
		}},
		"poll": {3, func(t *testing.T, c *modern.Client) error {
			_, err := c.LinkTokenGet(t.Context(), modern.LinkSessionsRequest{LinkToken: token})
			return err
		}},
		"institutions": {3, func(t *testing.T, c *modern.Client) error {
			_, err := c.Institutions(t.Context(), modern.InstitutionsRequest{})
			return err
		}},
	}
	for what, failure := range map[string]struct {
		answer answer
		final  bool
	}{
		"limit":       {answer{status: 429, body: `{"error_type":"RATE_LIMIT_EXCEEDED","error_code":"ITEM_GET_LIMIT"}`}, false},
		"gateway":     {answer{status: 502, body: `<html>`}, false},
		"exhausted":   {answer{status: 429, body: `{"error_type":"RATE_LIMIT_EXCEEDED","error_code":"CREDITS_EXHAUSTED"}`}, true},
		"maintenance": {answer{status: 503, body: `{"error_type":"API_ERROR","error_code":"PLANNED_MAINTENANCE"}`}, true},
		"bad request": {failing("INVALID_REQUEST", "MISSING_FIELDS"), true},
		"bank down":   {failing("INSTITUTION_ERROR", "INSTITUTION_DOWN"), true},
	} {
		for name, test := range calls {
			synctest.Test(t, func(t *testing.T) { // the pauses take no time
				sent := 0
				c := dial(t, transport(func(*http.Request) (*http.Response, error) {
					sent++
					return respond(failure.answer)
				}))
				want := test.times
				if failure.final {
					want = 1
				}
				if err := test.call(t, c); err == nil || sent != want {
					t.Errorf("%s, %s: sent %d times, want %d; %v", what, name, sent, want, err)
				}
			})
		}
	}
}

// TestUnlinkCanBeRepeated: an Item that is gone says so.
func TestUnlinkCanBeRepeated(t *testing.T) {
	_, b, _ := bank(t, map[string][]answer{"/item/remove": {ok(`{"request_id":"r"}`), failing("ITEM_ERROR", "ITEM_NOT_FOUND")}})
	if err := b.Unlink(t.Context(), plaidapi.Item{}, secret("t")); err != nil {
		t.Error(err)
	}
	if err := b.Unlink(t.Context(), plaidapi.Item{}, secret("t")); err == nil || err.Error() != "item remove: item gone, code ITEM_NOT_FOUND, status 400" {
		t.Error(err)
	}
}
