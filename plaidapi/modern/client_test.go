package modern_test

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// TestEveryCall holds each call to the request and the reply of modern-api §2 and §10.
func TestEveryCall(t *testing.T) {
	token, ctx := secret("access-sandbox-1"), t.Context()
	item := modern.TokenRequest{AccessToken: token}
	all := modern.AccountsRequest{AccessToken: token, Options: modern.AccountsOptions{AccountIDs: []string{}}} // an empty list is not sent
	some := modern.AccountsRequest{AccessToken: token, Options: modern.AccountsOptions{AccountIDs: []string{"a"}}}
	day := plaidapi.NewDate(2026, 3, 1)
	us := []string{"US"}
	oauth := false
	for _, test := range []struct {
		path, request, reply string
		call                 func(*modern.Client) (any, error)
		want                 any // what a member of the reply is
	}{
		{
			"/institutions/get", `{"count":500,"offset":0,"country_codes":["US"],"options":{"products":["transactions"],"oauth":false}}`,
			`{"institutions":[` + tartanBank + `],"total":9000,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Institutions(ctx, modern.InstitutionsRequest{
					Count: 500, CountryCodes: us,
					Options: modern.InstitutionsOptions{Products: []plaidapi.Product{plaidapi.Transactions}, OAuth: &oauth},
				})
				return r.Total, err
			}, 9000,
		},
		{
			"/institutions/search", `{"query":"tartan","country_codes":["US"]}`, `{"institutions":[` + tartanBank + `],"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.InstitutionSearch(ctx, modern.InstitutionSearchRequest{Query: "tartan", CountryCodes: us})
				return r.Institutions[0].ID, err
			}, "ins_109511",
		},
		{
			"/institutions/get_by_id", `{"institution_id":"ins_109511","country_codes":["US"],"options":{"include_status":true}}`,
			`{"institution":` + tartanBank + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Institution(ctx, modern.InstitutionRequest{
					ID: "ins_109511", CountryCodes: us, Options: modern.InstitutionDetailOptions{IncludeStatus: true},
				})
				return r.Institution.Status.ItemLogins.Status, err
			}, "DEGRADED",
		},
		{
			"/link/token/create",
			`{"client_name":"tartan","language":"en","country_codes":["US"],"user":{"client_user_id":"u"},"products":["transactions"],` +
				`"transactions":{"days_requested":730},"hosted_link":{}}`,
			`{"link_token":"link-sandbox-1","expiration":"2026-03-14T12:30:00Z","hosted_link_url":"https://secure.plaid.com/hl/1","request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.LinkTokenCreate(ctx, modern.LinkTokenRequest{
					ClientName: "tartan", Language: "en", CountryCodes: us, User: modern.LinkUser{ClientUserID: "u"},
					Products:     []plaidapi.Product{plaidapi.Transactions},
					Transactions: &modern.LinkTransactions{DaysRequested: 730}, HostedLink: &modern.HostedLink{},
				})
				return r.LinkToken.Reveal(), err
			}, "link-sandbox-1",
		},
		{
			"/link/token/get", `{"link_token":"link-sandbox-1"}`,
			`{"link_token":"link-sandbox-1","created_at":null,"expiration":null,"metadata":{},"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.LinkTokenGet(ctx, modern.LinkSessionsRequest{LinkToken: secret("link-sandbox-1")})
				return len(r.Sessions), err
			}, 0,
		},
		{
			"/item/public_token/exchange", `{"public_token":"public-sandbox-1"}`, `{"access_token":"access-sandbox-1","item_id":"I","request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.PublicTokenExchange(ctx, modern.ExchangeRequest{PublicToken: secret("public-sandbox-1")})
				return r.ItemID, err
			}, "I",
		},
		{
			"/item/get", accessToken, `{"item":` + itemJSON + `,"status":{"transactions":{"last_successful_update":"2026-03-14T01:02:03Z"}},"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Item(ctx, item)
				return r.Status.Transactions.LastSuccessfulUpdate, err
			}, "2026-03-14T01:02:03Z",
		},
		{
			"/item/remove", accessToken, `{"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.ItemRemove(ctx, modern.ItemRemoveRequest{AccessToken: token})
				return r.RequestID, err
			}, "r",
		},
		{
			"/item/access_token/invalidate", accessToken, `{"new_access_token":"access-sandbox-2","request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.AccessTokenInvalidate(ctx, item)
				return r.NewAccessToken.Reveal(), err
			}, "access-sandbox-2",
		},
		{
			"/item/webhook/update", `{"access_token":"access-sandbox-1","webhook":null}`, `{"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.WebhookUpdate(ctx, modern.WebhookUpdateRequest{AccessToken: token})
				return r.Item.InstitutionName, err
			}, "Tartan Bank",
		},
		{
			"/accounts/get", `{"access_token":"access-sandbox-1","options":{"account_ids":["a"]}}`,
			`{"accounts":[` + checking + `],"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Accounts(ctx, some)
				return r.Accounts[0].Balances.Current, err
			}, modern.Number("110.005"),
		},
		{
			"/accounts/balance/get", `{"access_token":"access-sandbox-1","options":{"min_last_updated_datetime":"2026-03-13T00:00:00Z"}}`,
			`{"accounts":[` + checking + `],"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Balances(ctx, modern.BalancesRequest{
					AccessToken: token, Options: modern.BalancesOptions{MinLastUpdatedDatetime: "2026-03-13T00:00:00Z"},
				})
				return r.Accounts[0].Mask, err
			}, "0000",
		},
		{
			"/auth/get", accessToken,
			`{"accounts":[],"item":` + itemJSON + `,"numbers":{"ach":[{"account_id":"a","account":"1","routing":"2","wire_routing":null}],"eft":[],"international":[],"bacs":[]},"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Auth(ctx, all)
				return r.Numbers.ACH[0], err
			},
			modern.ACHNumbers{AccountID: "a", Account: "1", Routing: "2"},
		},
		{
			"/identity/get", accessToken,
			`{"accounts":[{"account_id":"a","owners":[{"names":["Kelly"],"phone_numbers":[],"emails":[{"data":"k@example.com","primary":true,"type":"primary"}],"addresses":[{"data":{"street":"1 St","city":null,"region":null,"postal_code":null,"country":"US"},"primary":true}]}]}],"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Identity(ctx, all)
				return r.Accounts[0].ID + r.Accounts[0].Owners[0].Names[0] + r.Accounts[0].Owners[0].Addresses[0].Data.Street, err
			}, "aKelly1 St",
		},
		{
			"/transactions/sync", `{"access_token":"access-sandbox-1","cursor":"c","count":500,"options":{"personal_finance_category_version":"v2"}}`,
			`{"added":[` + coffee + `],"modified":[],"removed":[{"transaction_id":"gone","account_id":"a"}],"next_cursor":"d","has_more":true,"transactions_update_status":"INITIAL_UPDATE_COMPLETE","accounts":[],"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.TransactionsSync(ctx, modern.SyncRequest{
					AccessToken: token, Cursor: "c", Count: 500, Options: modern.SyncOptions{PersonalFinanceCategoryVersion: modern.V2},
				})
				return []any{r.Added[0].Amount, r.Added[0].Counterparties[0].Name, r.Removed[0].ID, r.HasMore, r.UpdateStatus}, err
			},
			[]any{modern.Number("4.33"), "Bluebottle", "gone", true, modern.InitialComplete},
		},
		{
			"/transactions/get", `{"access_token":"access-sandbox-1","start_date":"2026-03-01","end_date":"2026-03-01","options":{"offset":100}}`,
			`{"accounts":[],"transactions":[` + coffee + `],"total_transactions":101,"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Transactions(ctx, modern.TransactionsRequest{
					AccessToken: token, StartDate: day, EndDate: day, Options: modern.TransactionsOptions{Offset: 100},
				})
				return r.Transactions[0].Category.Detailed, err
			}, "FOOD_AND_DRINK_COFFEE",
		},
		{
			"/transactions/refresh", accessToken, `{"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.TransactionsRefresh(ctx, item)
				return r.RequestID, err
			}, "r",
		},
		{
			"/transactions/recurring/get", `{"access_token":"access-sandbox-1","account_ids":["a"]}`,
			`{"inflow_streams":[],"outflow_streams":[` + rent + `],"updated_datetime":"2026-03-14T00:00:00Z","request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Recurring(ctx, modern.RecurringRequest{AccessToken: token, AccountIDs: []string{"a"}})
				return r.OutflowStreams[0].Frequency, err
			}, "MONTHLY",
		},
		{
			"/investments/holdings/get", accessToken,
			`{"accounts":[],"holdings":[` + shares + `],"securities":[` + fund + `],"item":` + itemJSON + `,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Holdings(ctx, all)
				return r.Holdings[0].Quantity + "/" + modern.Number(r.Securities[0].TickerSymbol), err
			}, modern.Number("0.01/TRTN"),
		},
		{
			"/investments/transactions/get", `{"access_token":"access-sandbox-1","start_date":"2026-03-01","end_date":"2026-03-01"}`,
			`{"item":` + itemJSON + `,"accounts":[],"securities":[],"investment_transactions":[{"investment_transaction_id":"i","account_id":"a","security_id":null,"date":"2026-03-01","name":"BUY","quantity":1,"amount":10.5,"price":10.5,"fees":null,"type":"buy","subtype":"buy","iso_currency_code":"USD","unofficial_currency_code":null}],"total_investment_transactions":1,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.InvestmentTransactions(ctx, modern.InvestmentTransactionsRequest{AccessToken: token, StartDate: day, EndDate: day})
				return r.Transactions[0].Amount, err
			}, modern.Number("10.5"),
		},
		{
			"/liabilities/get", accessToken,
			`{"accounts":[],"item":` + itemJSON + `,"liabilities":{"credit":[` + cardDebt + `],"mortgage":null,"student":null},"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.Liabilities(ctx, all)
				return r.Liabilities.Credit[0].APRs[1].Percentage, err
			}, modern.Number("15.24"),
		},
		{
			"/sandbox/public_token/create", `{"institution_id":"ins_109511","initial_products":["transactions"],"options":{"override_username":"user_good"}}`,
			`{"public_token":"public-sandbox-1","request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.SandboxPublicToken(ctx, modern.SandboxPublicTokenRequest{
					InstitutionID: "ins_109511", InitialProducts: []plaidapi.Product{plaidapi.Transactions},
					Options: modern.SandboxPublicTokenOptions{OverrideUsername: "user_good"},
				})
				return r.PublicToken.Reveal(), err
			}, "public-sandbox-1",
		},
		{
			"/sandbox/item/reset_login", accessToken, `{"reset_login":true,"request_id":"r"}`,
			func(c *modern.Client) (any, error) { r, err := c.SandboxResetLogin(ctx, item); return r.RequestID, err }, "r",
		},
		{
			"/sandbox/item/fire_webhook", `{"access_token":"access-sandbox-1","webhook_code":"DEFAULT_UPDATE"}`, `{"webhook_fired":true,"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.SandboxFireWebhook(ctx, modern.SandboxWebhookRequest{AccessToken: token, WebhookCode: "DEFAULT_UPDATE"})
				return r.RequestID, err
			}, "r",
		},
		{
			"/sandbox/transactions/create",
			`{"access_token":"access-sandbox-1","transactions":[{"date_transacted":"2026-03-01","date_posted":"2026-03-01","amount":12.50,"description":"x"}]}`,
			`{"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.SandboxTransactions(ctx, modern.SandboxTransactionsRequest{
					AccessToken:  token,
					Transactions: []modern.SandboxTransaction{{DateTransacted: day, DatePosted: day, Amount: "12.50", Description: "x"}},
				})
				return r.RequestID, err
			}, "r",
		},
		{
			"/sandbox/item/set_verification_status", `{"access_token":"access-sandbox-1","account_id":"a","verification_status":"automatically_verified"}`,
			`{"request_id":"r"}`,
			func(c *modern.Client) (any, error) {
				r, err := c.SandboxVerificationStatus(ctx, modern.SandboxVerificationRequest{
					AccessToken: token, AccountID: "a", VerificationStatus: "automatically_verified",
				})
				return r.RequestID, err
			}, "r",
		},
	} {
		t.Run(test.path, func(t *testing.T) {
			s, c := serve(t, map[string][]answer{test.path: {ok(test.reply)}})
			got, err := test.call(c)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if len(s.asked) != 1 || s.asked[0] != test.path+" "+test.request {
				t.Errorf("asked\n%s, want\n%s", s.asked, test.request)
			}
		})
	}
}

func TestCategoriesNeedNoKeys(t *testing.T) {
	s := &service{t: t, keyless: true, answers: map[string][]answer{"/categories/get": {
		ok(`{"categories":[{"category_id":"13005006","group":"place","hierarchy":["Food and Drink","Restaurants","Sushi"]}],"request_id":"r"}`),
	}}}
	none := func(context.Context) (plaidapi.Keys, error) { return plaidapi.Keys{}, plaidapi.ErrNoKeys }
	r, err := dial(t, s, modern.KeySource(none)).Categories(t.Context())
	if err != nil || len(r.Categories) != 1 || r.Categories[0].Hierarchy[2] != "Sushi" || s.asked[0] != "/categories/get {}" {
		t.Errorf("%+v, %v, %v", r, err, s.asked)
	}
}

func TestKeySourceIsAskedByEachRequest(t *testing.T) {
	now := plaidapi.Keys{ClientID: "id", Secret: secret("key")}
	var failure error
	source := func(context.Context) (plaidapi.Keys, error) { return now, failure }
	s, c := serve(t, map[string][]answer{"/item/get": {ok(`{"item":` + itemJSON + `}`)}}, modern.KeySource(source))
	if _, err := c.Item(t.Context(), modern.TokenRequest{AccessToken: secret("t")}); err != nil {
		t.Error(err)
	}
	failure = plaidapi.ErrNoKeys
	_, err := c.Item(t.Context(), modern.TokenRequest{AccessToken: secret("t")})
	var e *plaidapi.Error
	if !errors.Is(err, plaidapi.ErrNoKeys) || !errors.As(err, &e) || !e.Unsent || len(s.asked) != 1 {
		t.Errorf("%v, asked %d times", err, len(s.asked))
	}
}

func TestRequestsThatSayNothingAreNotSent(t *testing.T) {
	s, c := serve(t, nil)
	_, search := c.InstitutionSearch(t.Context(), modern.InstitutionSearchRequest{})
	_, one := c.Institution(t.Context(), modern.InstitutionRequest{})
	_, exchange := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{})
	_, sessions := c.LinkTokenGet(t.Context(), modern.LinkSessionsRequest{})
	for _, err := range []error{search, one, exchange, sessions} {
		if err == nil || len(s.asked) != 0 {
			t.Errorf("%v, asked %v", err, s.asked)
		}
	}
}

// TestTokensStayInTheirEnvironment: a token says where it is from.
func TestTokensStayInTheirEnvironment(t *testing.T) {
	for host, foreign := range map[string]map[string]bool{
		modern.Sandbox:           {"access-production-1": true, "access-sandbox-1": false, "access-development-1": true, "odd": false},
		modern.Production + "/":  {"access-production-1": false, "access-sandbox-1": true, "link-sandbox-1": true},
		"https://plaid.test/api": {"access-production-1": false, "access-sandbox-1": false},
	} {
		for token, want := range foreign {
			sent := false
			c := dial(t, transport(func(*http.Request) (*http.Response, error) {
				sent = true
				return respond(ok(`{"item":` + itemJSON + `}`))
			}), modern.BaseURL(host))
			_, err := c.Item(t.Context(), modern.TokenRequest{AccessToken: secret(token)})
			if sent == want || errors.Is(err, plaidapi.BadKeys) != want {
				t.Errorf("%s to %s: sent %v, %v", token, host, sent, err)
			}
		}
	}
}
