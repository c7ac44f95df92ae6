package modern_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

var token = secret("access-sandbox-1")

// amount writes an amount, or that there is none.
func amount(m *plaidapi.Money) string {
	if m == nil {
		return "none"
	}
	return m.String()
}

func TestAccounts(t *testing.T) {
	_, b, _ := bank(t, map[string][]answer{
		"/accounts/get":         {ok(`{"accounts":[` + checking + `,` + card + `],"item":` + itemJSON + `}`)},
		"/accounts/balance/get": {ok(`{"accounts":[` + card + `],"item":` + itemJSON + `}`)},
	})
	all, err := b.Accounts(t.Context(), linked, token)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	one, other := all[0], all[1]
	if one.Name != "Everyday�[2J" || one.Mask != "0000" || one.Type != plaidapi.Depository || one.ItemID != "modern:I" ||
		amount(one.Current) != "110.005 USD" || amount(one.Available) != "100.00 USD" || one.Limit != nil {
		t.Errorf("%+v", one)
	}
	if other.OfficialName != "Gold" || other.Type != plaidapi.Credit || amount(other.Current) != "-410.50 BTC" || other.Available != nil || amount(other.Limit) != "2000.00 BTC" {
		t.Errorf("%+v", other)
	}
	if live, err := b.Balances(t.Context(), linked, token); err != nil || len(live) != 1 || amount(live[0].Current) != "-410.50 BTC" {
		t.Errorf("%+v, %v", live, err)
	}
	for _, body := range []string{`{"item":{}}`, `{"accounts":[{"name":"x"}]}`} {
		_, b, _ := bank(t, map[string][]answer{"/accounts/get": {ok(body)}})
		if _, err := b.Accounts(t.Context(), linked, token); !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%s: %v", body, err)
		}
	}
	_, b, _ = bank(t, map[string][]answer{"/accounts/get": {ok(`{"accounts":[]}`)}})
	if all, err := b.Accounts(t.Context(), linked, token); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestNumbers(t *testing.T) {
	_, b, _ := bank(t, map[string][]answer{"/auth/get": {ok(`{"accounts":[],"numbers":{` +
		`"ach":[{"account_id":"a","account":"1111","routing":"011401533","wire_routing":"021000021"},{"account_id":"e","account":""}],` +
		`"eft":[{"account_id":"b","account":"2222","institution":"010","branch":"00021"}],` +
		`"international":[{"account_id":"c","iban":"GB33","bic":"BUKB"}],"bacs":[{"account_id":"d","account":"3333","sort_code":"601613"}]}}`)}})
	all, err := b.Numbers(t.Context(), linked, token)
	want := []plaidapi.Numbers{
		{AccountID: "a", Account: "1111", Routing: "011401533", WireRouting: "021000021"},
		{AccountID: "b", Account: "2222", Routing: "010-00021", Scheme: plaidapi.EFT},
		{AccountID: "c", Account: "GB33", Routing: "BUKB", Scheme: plaidapi.IBAN},
		{AccountID: "d", Account: "3333", Routing: "601613", Scheme: plaidapi.BACS},
	}
	if err != nil || !reflect.DeepEqual(all, want) {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestHoldings(t *testing.T) {
	coin := `{"account_id":"i","security_id":"?","institution_price":1,"institution_value":-1e2,"cost_basis":10,"quantity":1e-2,"iso_currency_code":null,"unofficial_currency_code":"ETH"}`
	_, b, _ := bank(t, map[string][]answer{"/investments/holdings/get": {
		ok(`{"accounts":[],"holdings":[` + shares + `,` + coin + `],"securities":[` + fund + `]}`), ok(`{"securities":[]}`),
	}})
	all, err := b.Holdings(t.Context(), linked, token)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	h := all[0]
	if h.Name != "Tartan Fund" || h.Ticker != "TRTN" || h.Type != "mutual fund" || h.Cash || h.Quantity != "0.01" || h.AsOf.String() != "2026-03-13" ||
		amount(h.Price) != "42.10 USD" || amount(h.Value) != "0.42 USD" || h.Cost != nil {
		t.Errorf("%+v", h)
	}
	if h = all[1]; h.Name != "" || h.Quantity != "0.01" || amount(h.Value) != "-100.00 ETH" || amount(h.Cost) != "10.00 ETH" {
		t.Errorf("%+v", h)
	}
	if _, err = b.Holdings(t.Context(), linked, token); !errors.Is(err, plaidapi.BadReply) {
		t.Error(err)
	}
}

func TestLiabilities(t *testing.T) {
	house := `{"account_id":"h","interest_rate":{"percentage":3.990,"type":"fixed"},"next_monthly_payment":3141.54,"next_payment_due_date":"2026-04-15","past_due_amount":2304,"maturity_date":"2045-07-31","last_payment_amount":null}`
	school := `{"account_id":"s","interest_rate_percentage":5,"is_overdue":true,"minimum_payment_amount":25,"last_statement_balance":1721.05,"expected_payoff_date":"2032-07-28"}`
	_, b, _ := bank(t, map[string][]answer{"/liabilities/get": {ok(`{"accounts":[` + card + `],"liabilities":{"credit":[` + cardDebt + `],"mortgage":[` + house + `],"student":[` + school + `]}}`)}})
	all, err := b.Liabilities(t.Context(), linked, token)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	got := ""
	for _, l := range all {
		got += fmt.Sprintln(l.AccountID, l.Kind, l.Rate, amount(l.Minimum), l.Due, l.Overdue, amount(l.Statement), l.Issued, amount(l.Paid), l.PaidOn, l.Ends)
	}
	want := "b credit 15.24 -20.00 BTC 2026-03-28 false -410.50 BTC 2026-02-28 168.25 BTC 2026-02-22 \n" +
		"h mortgage 3.99 -3141.54 2026-04-15 true none  none  2045-07-31\n" +
		"s student 5 -25.00  true -1721.05  none  2032-07-28\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestNothingOfTheKind is an empty list, not an error; what was not shared is.
func TestNothingOfTheKind(t *testing.T) {
	for code, want := range map[string]error{
		"NO_INVESTMENT_ACCOUNTS": nil, "NO_LIABILITY_ACCOUNTS": nil, "PRODUCTS_NOT_SUPPORTED": nil, "NO_ACCOUNTS": nil,
		"ADDITIONAL_CONSENT_REQUIRED": plaidapi.NotShared, "ITEM_LOGIN_REQUIRED": plaidapi.LoginRequired,
	} {
		_, b, _ := bank(t, map[string][]answer{"/investments/holdings/get": {failing("X", code)}, "/liabilities/get": {failing("X", code)}})
		if all, err := b.Holdings(t.Context(), linked, token); len(all) != 0 || !errors.Is(err, want) {
			t.Errorf("%s: %v", code, err)
		}
		if all, err := b.Liabilities(t.Context(), linked, token); len(all) != 0 || !errors.Is(err, want) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestStreams(t *testing.T) {
	pay := strings.NewReplacer(`"amount":1500`, `"amount":-2000`, "MONTHLY", "FORTNIGHTLY", `"is_active":true`, `"is_active":false`).Replace(rent)
	_, b, _ := bank(t, map[string][]answer{"/transactions/recurring/get": {ok(`{"inflow_streams":[` + pay + `],"outflow_streams":[` + rent + `]}`)}})
	all, err := b.Streams(t.Context(), linked, token)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if s := all[0]; amount(s.Average) != "2000.00 USD" || s.Every != "" || !s.Ended {
		t.Errorf("%+v", s)
	}
	if s := all[1]; amount(s.Average) != "-1500.00 USD" || amount(s.Latest) != "-1550.50 USD" || s.Every != plaidapi.Monthly || s.Ended || s.Name != "RENT" ||
		s.Next.String() != "2026-04-01" || s.Category.Path[1] != "Rent" || s.IDs[0] != "t1" {
		t.Errorf("%+v", s)
	}
}

func TestCondition(t *testing.T) {
	ill := strings.Replace(itemJSON, `"error":null`, `"error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOCKED","error_message":"m","display_message":"Locked\u0007","request_id":"q"}`, 1)
	s, b, _ := bank(t, map[string][]answer{
		"/item/get": {
			ok(`{"item":` + itemJSON + `,"status":{"transactions":{"last_successful_update":"2026-03-14T01:02:03Z","last_failed_update":null},"last_webhook":null}}`),
			ok(`{"item":` + ill + `,"status":null}`), ok(`{}`),
		},
		"/transactions/refresh": {ok(`{"request_id":"r"}`)},
	})
	c, err := b.Condition(t.Context(), linked, token)
	if err != nil || c.Err != nil || !c.Updated.Equal(time.Date(2026, 3, 14, 1, 2, 3, 0, time.UTC)) || !c.ConsentUntil.Equal(time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)) ||
		!reflect.DeepEqual(c.Products, []plaidapi.Product{plaidapi.Transactions, plaidapi.Auth}) || !reflect.DeepEqual(c.InUse, []plaidapi.Product{plaidapi.Transactions}) {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = b.Condition(t.Context(), linked, token)
	var e *plaidapi.Error
	if err != nil || !errors.Is(c.Err, plaidapi.Locked) || !errors.As(c.Err, &e) || e.BankText != "Locked�" || e.Code != "ITEM_LOCKED" || e.RequestID != "q" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err = b.Condition(t.Context(), linked, token); !errors.Is(err, plaidapi.BadReply) {
		t.Error(err)
	}
	if err := b.Refresh(t.Context(), linked, token); err != nil || !strings.HasPrefix(s.asked[3], "/transactions/refresh") {
		t.Error(err)
	}
}

func TestDirectory(t *testing.T) {
	other := strings.Replace(tartanBank, "ins_109511", "ins_1", 1)
	s, b, _ := bank(t, map[string][]answer{
		"/institutions/get": {
			ok(`{"institutions":[` + tartanBank + `,{"name":"no ID"}],"total":900}`), ok(`{"institutions":[` + other + `,` + tartanBank + `],"total":900}`),
		},
		"/institutions/search":    {ok(`{"institutions":[` + tartanBank + `]}`)},
		"/institutions/get_by_id": {ok(`{"institution":` + tartanBank + `}`)},
	})
	all, err := b.Institutions(t.Context(), "")
	if err != nil || len(all) != 2 || all[0].ID != "ins_109511" || all[1].ID != "ins_1" || len(s.asked) != 2 ||
		s.asked[1] != `/institutions/get {"count":500,"offset":500,"country_codes":["US"],"options":{"products":["transactions"]}}` {
		t.Errorf("%+v, %v, asked %v", all, err, s.asked)
	}
	found, err := b.Institutions(t.Context(), " tartan ")
	if err != nil || len(found) != 1 || s.asked[2] != `/institutions/search {"query":"tartan","country_codes":["US"],"products":["transactions"]}` {
		t.Errorf("%+v, %v, asked %v", found, err, s.asked)
	}
	one, err := b.Institution(t.Context(), "ins_109511")
	if err != nil || one.Site != "www.tartan.example" || one.Wire != plaidapi.Modern || !one.Offers(plaidapi.Auth) || len(one.Fields) != 0 ||
		one.Health.State != plaidapi.Slow || !one.Health.Since.Equal(time.Date(2026, 3, 14, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", one, err)
	}
}
