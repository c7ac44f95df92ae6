package sandbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// customer is a made-up person: one row a day for a hundred days up to
// yesterday, one cent each, and a pending one today.
type customer struct {
	asks    string
	forgets bool
	euros   bool
}

func (c customer) login() Login {
	return Login{Institution: "77001", Bank: "Plain Bank", Username: "ann_2", Password: "secret", About: "is made up"}
}

func (c customer) institution() institution {
	return institution{
		ID: "ins_77001", Type: "77001", Name: "Plain Bank", UsernameLabel: "Name", PasswordLabel: "Word",
		MFA: []string{"code", "list"}, Products: []string{"connect", "info", "balance"}, URL: "https://plain.example/", Currency: "USD",
	}
}

func (c customer) factor() string { return c.asks }
func (c customer) signsOut() bool { return c.forgets }

func (c customer) accounts(time.Time) []account {
	one := cents(100)
	list := []account{
		{ID: "acc1", Item: "item", User: "user", Name: "Current", OfficialName: "Plain Current", Number: "0001", Type: "depository", Subtype: "checking", Currency: "USD", Current: &one, InstitutionType: "77001"},
		{ID: "acc2", Item: "item", User: "user", Name: "Other", Number: "0002", Type: "depository", Currency: "USD", Current: &one, InstitutionType: "77001"},
	}
	if c.euros {
		list[1].Currency = "EUR"
	}
	return list
}

func (c customer) transactions(now time.Time, from, to string, yield func(*transaction) bool) {
	for n := range 101 {
		date := now.AddDate(0, 0, -n).Format(dayForm)
		if date < from || to != "" && date > to {
			continue
		}
		tx := transaction{
			ID: fmt.Sprint("tx", n), Account: "acc1", Date: date, Amount: 1, Name: "\x1b[2JCafé \u202e",
			Original: "CAFE 1", CategoryID: "13005043", Kind: "place", Pending: n == 0, NameScore: 1,
		}
		if n == 1 {
			tx.PendingID = "tx0a"
		}
		if !yield(&tx) {
			return
		}
	}
}

func (c customer) contact() contact { return contact{Names: []string{"Ann"}} }

const (
	annSignsIn = "type=77001 username=ann_2 password=secret"
	annToken   = "access_token=test_77001_ann_2"
)

func TestPeopleOnTheWire(t *testing.T) {
	b := openBank(customer{})
	a := form(t, b, "POST", "/connect", annSignsIn)
	if a.status != 200 || a.body["access_token"] != "test_77001_ann_2" || a.length("transactions") != 30 {
		t.Fatalf("add: %d, %d rows", a.status, a.length("transactions"))
	}
	for fields, want := range map[string]int{
		"": 30, "pending=true": 31, "gte=2000-01-01": 100, "gte=2000-01-01 pending=true": 101,
		"lte=2016-10-03": 99, "gte=2016-10-01 lte=2016-10-03": 3, "account=acc2": 0, "last=7": 7, "start_date=2016-09-30": 5,
	} {
		a := form(t, b, "POST", "/connect/get", annToken+" "+fields)
		if a.length("transactions") != want {
			t.Errorf("%q: %d rows, want %d", fields, a.length("transactions"), want)
		}
	}
	a = form(t, b, "POST", "/connect/get", annToken+" include_original_description=true")
	if a.at("transactions", 0, "original_description") != "CAFE 1" || a.at("transactions", 0, "_pendingTransaction") != "tx0a" ||
		a.at("transactions", 0, "name") != "\x1b[2JCafé \u202e" || !strings.Contains(a.raw, `"\u001b[2JCafé `) {
		t.Errorf("row: %.900s", a.raw)
	}
	if a.at("accounts", 0, "meta", "official_name") != "Plain Current" || a.at("accounts", 0, "currencyCode") != nil ||
		a.at("accounts", 0, "balance", "available") != nil {
		t.Errorf("accounts: %.900s", a.raw)
	}
	a = form(t, openBank(customer{euros: true}), "POST", "/balance", annToken)
	if a.at("accounts", 0, "currencyCode") != "USD" || a.at("accounts", 1, "currencyCode") != "EUR" {
		t.Errorf("two currencies: %s", a.raw)
	}
}

func TestPeopleProblems(t *testing.T) {
	b := openBank(customer{})
	for _, tc := range []struct {
		method, path, fields string
		code                 int
	}{
		{"POST", "/connect", "type=77001 username=ann_2 password=wrong", 1200},
		{"POST", "/connect", "type=77001 username=ann_2 password=plaid_locked", 1205},
		{"POST", "/connect", "type=77001 username=bob password=secret", 1200},
		{"POST", "/auth", annSignsIn, 1601},
		{"POST", "/auth/get", annToken, 1601},
		{"POST", "/upgrade", annToken + " upgrade_to=income", 1601},
		{"PATCH", "/connect", annToken + " username=bob password=secret", 1213},
		{"PATCH", "/connect", annToken + " password=secret", 1200},
		{"POST", "/connect/get", "access_token=test_77001_bob", 1105},
		{"POST", "/connect/step", annToken + " mfa=1234", 1218},
	} {
		if a := form(t, b, tc.method, tc.path, tc.fields); a.code() != tc.code {
			t.Errorf("%s %s %s: %s, want %d", tc.method, tc.path, tc.fields, a.raw, tc.code)
		}
	}
	a := form(t, b, "POST", "/upgrade", annToken+" upgrade_to=info")
	if a.status != 200 || a.at("info", "names", 0) != "Ann" {
		t.Errorf("upgrade: %s", a.raw)
	}
}

// TestSignsOut follows the bank that asks to sign in again after the first sync.
func TestSignsOut(t *testing.T) {
	b := openBank(customer{asks: "list", forgets: true})
	signedOut := func(when string, want bool) {
		t.Helper()
		for _, r := range [][3]string{
			{"POST", "/connect/get", " gte=2016-09-01"}, {"POST", "/info/get", ""}, {"GET", "/balance", ""}, {"POST", "/upgrade", " upgrade_to=info"},
		} {
			a := form(t, b, r[0], r[1], annToken+r[2])
			if (a.code() == 1215) != want || want && (a.status != 402 || a.body["access_token"] != "test_77001_ann_2") {
				t.Errorf("%s: %s %s: %d %.200s", when, r[0], r[1], a.status, a.raw)
			}
		}
	}
	signedOut("a token from before", true)
	a := form(t, b, "POST", "/connect", annSignsIn)
	if a.status != 201 || a.body["type"] != "device" {
		t.Fatalf("add: %s", a.raw)
	}
	form(t, b, "POST", "/connect/step", annToken+" mfa=1234")
	signedOut("while pages are read", false)
	if a := form(t, b, "POST", "/connect/get", annToken+" gte=2016-06-27 lte=2016-08-31"); a.status != 200 { // the oldest row
		t.Fatalf("last page: %s", a.raw)
	}
	signedOut("after the first sync", true)

	a = form(t, b, "PATCH", "/connect", annToken+" username=ann_2 password=secret")
	if a.status != 201 || a.body["access_token"] != "test_77001_ann_2_2" {
		t.Fatalf("update: %s", a.raw)
	}
	for range 2 {
		a = form(t, b, "PATCH", "/connect/step", "access_token=test_77001_ann_2_2 mfa=1234")
		if a.status != 200 || a.body["access_token"] != "test_77001_ann_2_2" {
			t.Fatalf("update step: %s", a.raw)
		}
		a = form(t, openBank(customer{forgets: true}), "POST", "/connect/get", "access_token=test_77001_ann_2_2")
		if a.status != 200 {
			t.Errorf("the second token in another process: %s", a.raw)
		}
	}
	form(t, b, "POST", "/connect", annSignsIn)
	signedOut("after adding again", false)
	form(t, b, "POST", "/connect/get", annToken) // without a lower bound
	signedOut("after a fetch without bounds", true)
}

// TestNamesAndTypesAreDistinct guards the tokens, which are made of both.
func TestNamesAndTypesAreDistinct(t *testing.T) {
	b := New(Options{Clock: func() time.Time { return fixedNow }})
	d := b.directory
	if len(d.byType) != len(d.all) || len(d.byID) != len(d.all) {
		t.Errorf("%d institutions, %d types, %d ids", len(d.all), len(d.byType), len(d.byID))
	}
	tokens := 0
	for _, p := range b.population.people {
		tokens++
		if p.signsOut() {
			tokens++
		}
		if i := p.institution(); i.URL == "" || i.Currency == "" || len(i.Products) == 0 || i.offers("income") || i.offers("risk") {
			t.Errorf("%s is not a bank of the long tail", i.Name)
		}
		if p.institution().Type != p.login().Institution {
			t.Errorf("%s signs in elsewhere", p.login().Username)
		}
	}
	if len(b.population.byToken) != tokens {
		t.Errorf("%d tokens, want %d", len(b.population.byToken), tokens)
	}
	for token := range b.population.byToken {
		if _, clash := d.ofType(strings.TrimPrefix(token, "test_")); clash {
			t.Errorf("%s is also the recorded user's", token)
		}
	}
}
