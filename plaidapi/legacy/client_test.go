package legacy_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

func good(kind string) legacy.AddRequest {
	return legacy.AddRequest{Type: kind, Username: secret("plaid_test"), Password: secret("plaid_good")}
}

func TestEveryProduct(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	token := secret("test_wells")
	for _, p := range []plaidapi.Product{plaidapi.Connect, plaidapi.Auth, plaidapi.Info, plaidapi.Income, plaidapi.Risk} {
		r := c.Product(p)
		calls := map[string]func() (*legacy.Reply, error){
			"add": func() (*legacy.Reply, error) { return r.Add(t.Context(), good("wells")) },
			"get": func() (*legacy.Reply, error) { return r.Get(t.Context(), legacy.GetRequest{Token: token}) },
			"upgrade": func() (*legacy.Reply, error) {
				return c.Upgrade(t.Context(), legacy.UpgradeRequest{Token: token, To: p})
			},
			"step": func() (*legacy.Reply, error) {
				return r.Step(t.Context(), legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("tomato")})
			},
			"update step": func() (*legacy.Reply, error) {
				return r.UpdateStep(t.Context(), legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("tomato")})
			},
			"upgrade step": func() (*legacy.Reply, error) {
				return c.UpgradeStep(t.Context(), legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("tomato"), To: p})
			},
		}
		for name, call := range calls {
			reply, err := call()
			if err != nil {
				t.Errorf("%s %s: %v", p, name, err)
				continue
			}
			if reply.Status != 200 || len(reply.RequestID) != 32 || reply.MFA != nil || !strings.HasPrefix(reply.AccessToken.Reveal(), "test_") {
				t.Errorf("%s %s: %+v", p, name, reply.Answer)
			}
			whole(t, p, name, reply)
		}
		update, err := r.Update(t.Context(), legacy.UpdateRequest{Token: token, Username: secret("plaid_test"), Password: secret("plaid_good")})
		if err != nil || len(update.Accounts) != 4 {
			t.Errorf("%s update: %v", p, err)
		}
		gone, err := r.Delete(t.Context(), legacy.TokenRequest{Token: token})
		if err != nil || gone.Message != "Successfully removed from your account" {
			t.Errorf("%s delete: %+v, %v", p, gone, err)
		}
	}
}

// whole checks the recorded content of a product (legacy-api §2.2, §5.2).
func whole(t *testing.T, p plaidapi.Product, name string, r *legacy.Reply) {
	t.Helper()
	if len(r.Accounts) != 4 || r.Accounts[0].Meta.Name != "Plaid Savings" || r.Accounts[0].Balance.Available != "1203.42" {
		t.Fatalf("%s %s: accounts %+v", p, name, r.Accounts)
	}
	a := r.Accounts[0]
	ok := map[plaidapi.Product]bool{
		plaidapi.Connect: len(r.Transactions) == 16 && r.Transactions[2].Amount == "2307.15" && r.Transactions[2].Score.Location.Address == 1,
		plaidapi.Auth:    a.Numbers != nil && *a.Numbers == legacy.Numbers{Account: "9900009606", Routing: "021000021", WireRouting: "021000021"},
		plaidapi.Info:    r.Info != nil && r.Info.Names[0] == "Kelly Walters" && r.Info.Addresses[0].Data.Zip == "94114" && r.Info.PhoneNumbers[0].Data == "4673956022" && r.Info.Emails[0].Primary,
		plaidapi.Income:  r.Income != nil && r.Income.Streams[1].MonthlyIncome == "2400" && r.Income.Streams[1].Confidence == 0.95 && r.Income.ProjectedYearlyBeforeTax == "97520",
		plaidapi.Risk:    a.Risk != nil && a.Risk.Score == 0.79 && a.Risk.Reason.FractionBankFees == 0.64 && a.Risk.Reason.BenfordsLaw == 0.65,
	}
	if !ok[p] {
		t.Errorf("%s %s: not the recorded data", p, name)
	}
}

func TestGetOptions(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	tests := []struct {
		options legacy.GetOptions
		want    int
	}{
		{legacy.GetOptions{}, 16},
		{legacy.GetOptions{Pending: true}, 16},
		{legacy.GetOptions{Account: "QPO8Jo8vdDHMepg41PBwckXm4KdK1yUdmXOwK", GTE: "2012-01-01", LTE: "2016-01-01"}, 2},
		{legacy.GetOptions{GTE: "2014-07-24", LTE: "2014-07-25"}, 1},
		{legacy.GetOptions{GTE: "04/01/2014", LTE: "05/01/2014"}, 5},
		{legacy.GetOptions{GTE: "2014-07-01"}, 2},
		{legacy.GetOptions{LTE: "2014-04-01"}, 1},
	}
	for _, test := range tests {
		reply, err := c.Connect.Get(t.Context(), legacy.GetRequest{Token: secret("test_wells"), Options: test.options})
		if err != nil || len(reply.Transactions) != test.want {
			t.Errorf("%+v: %d transactions, want %d; %v", test.options, len(reply.Transactions), test.want, err)
		}
	}
}

func TestPublicEndpointsNeedNoKeys(t *testing.T) {
	_, keyed := practice(t, sandbox.Options{})
	bank := sandbox.New(sandbox.Options{Clock: clock})
	c := keyless(t, bank)
	ctx := t.Context()

	list, err := c.Institutions(ctx)
	if err != nil || len(list.Institutions) < 14 {
		t.Fatalf("institutions: %v", err)
	}
	for _, old := range []bool{false, true} {
		one, err := c.Institution(ctx, legacy.InstitutionRequest{ID: "5301a93ac140de84910000e0", OldPath: old})
		if err != nil || one.Type != "bofa" || !one.HasMFA || one.MFA[2] != "questions(3)" || one.Credentials.Username != "Online ID" {
			t.Errorf("institution: %+v, %v", one, err)
		}
		found, err := c.InstitutionSearch(ctx, legacy.SearchRequest{Query: "wells fargo", Product: plaidapi.Auth, OldPath: old})
		if err != nil || len(found.Results) == 0 || found.Results[0].Type != "wells" || !found.Results[0].Products.Auth {
			t.Errorf("search: %+v, %v", found, err)
		}
		found, err = c.InstitutionSearch(ctx, legacy.SearchRequest{ID: "chase", OldPath: old})
		if err != nil || len(found.Results) != 1 || found.Results[0].Name != "Chase" || found.Results[0].Fields[0].Label != "User ID" {
			t.Errorf("search by ID: %+v, %v", found, err)
		}
		found, err = c.InstitutionSearch(ctx, legacy.SearchRequest{ID: "nowhere", OldPath: old})
		if err != nil || len(found.Results) != 0 {
			t.Errorf("search by unknown ID: %+v, %v", found, err)
		}
	}
	tree, err := c.Categories(ctx)
	if err != nil || len(tree.Categories) != 602 {
		t.Fatalf("categories: %v", err)
	}
	sushi, err := c.Category(ctx, legacy.CategoryRequest{ID: "13005006"})
	if err != nil || strings.Join(sushi.Hierarchy, "/") != "Food and Drink/Restaurants/Sushi" || sushi.Type != "place" {
		t.Errorf("category: %+v, %v", sushi, err)
	}
	for _, page := range []func(context.Context, legacy.PageRequest) (*legacy.InstitutionPage, error){keyed.InstitutionsAll, keyed.InstitutionsLongtail} {
		all, err := page(ctx, legacy.PageRequest{Count: 3, Offset: 1, Products: []plaidapi.Product{plaidapi.Connect}})
		if err != nil || len(all.Results) > 3 || all.TotalCount == 0 {
			t.Errorf("page: %+v, %v", all, err)
		}
	}
}

func TestRequestsThatSayNothingAreNotSent(t *testing.T) {
	_, c := practice(t, sandbox.Options{}, legacy.Trace(failOnCall(t)))
	_, category := c.Category(t.Context(), legacy.CategoryRequest{})
	_, institution := c.Institution(t.Context(), legacy.InstitutionRequest{})
	_, search := c.InstitutionSearch(t.Context(), legacy.SearchRequest{Product: plaidapi.Auth})
	for _, err := range []error{category, institution, search} {
		if err == nil {
			t.Error("no error")
		}
	}
}

func TestExchange(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	reply, err := c.ExchangeToken(t.Context(), legacy.ExchangeRequest{PublicToken: secret("test,chase,connected")})
	if err != nil || !reply.Sandbox || reply.AccessToken.Reveal() != "test_chase" || !reply.StripeBankAccountToken.Empty() {
		t.Errorf("%+v, %v", reply, err)
	}
	reply, err = c.ExchangeToken(t.Context(), legacy.ExchangeRequest{
		PublicToken: secret("test,chase,connected"), AccountID: "nban4wnPKEtnmEpaKzbYFYQvA7D7pnCaeDBMy",
	})
	if err != nil || !strings.HasPrefix(reply.StripeBankAccountToken.Reveal(), "btok_") {
		t.Errorf("%+v, %v", reply, err)
	}
}

func TestWebhookUpdate(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	reply, err := c.Connect.Update(t.Context(), legacy.UpdateRequest{
		Token: secret("test_wells"), Options: legacy.UpdateOptions{Webhook: "https://example.com/hook"},
	})
	if err != nil || len(reply.Accounts) != 4 {
		t.Errorf("%+v, %v", reply, err)
	}
}

func TestRawReplies(t *testing.T) {
	_, c := practice(t, sandbox.Options{}, legacy.RawReplies())
	bad, err := c.Connect.Add(t.Context(), legacy.AddRequest{Type: "bofa", Username: secret("plaid_test"), Password: secret("plaid_bad")})
	if err != nil || bad.OK() || bad.Status != 402 || !strings.Contains(bad.Body.Reveal(), `"code": 1200`) {
		t.Errorf("%+v, %v", bad, err)
	}
	fine, err := c.Connect.Get(t.Context(), legacy.GetRequest{Token: secret("test_wells")})
	if err != nil || !fine.OK() || len(fine.Transactions) != 16 || !strings.Contains(fine.Body.Reveal(), `"access_token"`) {
		t.Errorf("%+v, %v", fine.Answer, err)
	}
}

func TestKeysAreChecked(t *testing.T) {
	bank := sandbox.New(sandbox.Options{Clock: clock})
	_, err := keyless(t, bank).Balance(t.Context(), legacy.TokenRequest{Token: secret("test_wells")})
	if !errors.Is(err, legacy.Unauthorized) || !errors.Is(err, plaidapi.BadKeys) {
		t.Errorf("got %v", err)
	}
}
