package ui

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// figure is what looks like an amount, whole or cut: digits with a point, a comma or an ellipsis.
var figure = regexp.MustCompile(`[-+]?[0-9][0-9,.]*…?`)

// shownWhole fails where a screen shows part of an amount. Every amount that may be there is known.
func shownWhole(t *rapid.T, name, view string, known map[string]bool) {
	for line := range strings.SplitSeq(stripped(view), "\n") {
		for _, f := range figure.FindAllString(line, -1) {
			if strings.ContainsAny(f, ",.…") && !known[strings.TrimRight(f, ",.")] && !known[f] {
				t.Fatalf("%s shows %q:\n%s", name, f, view)
			}
		}
	}
}

// figures draws money and remembers how it may be shown.
type figures struct {
	*rapid.T
	currencies []string
	known      map[string]bool
}

func (f *figures) money(label string) plaidapi.Money {
	digits := rapid.StringMatching(`-?[1-9][0-9]{0,14}\.[0-9]{2}`).Draw(f.T, label)
	m, err := plaidapi.ParseMoney(digits, plaidapi.Currency(rapid.SampledFrom(f.currencies).Draw(f.T, "currency")))
	if err != nil {
		f.Fatal(err)
	}
	f.know(m)
	return m
}

func (f *figures) know(m plaidapi.Money) {
	f.known[balance(m)], f.known[amount(m)] = true, true
	f.known[strings.TrimSuffix(balance(m), ".00")] = true // a limit
}

// name is what a bank may call anything: no digits, which would look like figures.
func (f *figures) name() string {
	return rapid.StringOf(rapid.SampledFrom([]rune("ab …,.-+é日本語ไทยعربית👩‍👩‍👧🇫🇷e\u0301\u200d"))).Draw(f.T, "name")
}

func (f *figures) holdings() []ledger.Holding {
	var all []ledger.Holding
	for i := range rapid.IntRange(1, 3).Draw(f.T, "banks") {
		id := string(rune('a' + i))
		h := ledger.Holding{Item: plaidapi.Item{ID: id, Institution: plaidapi.Institution{ID: id, Name: f.name()}}, Fetched: true, Synced: noon}
		for j := range rapid.IntRange(0, 5).Draw(f.T, "accounts") {
			current, limit := f.money("current"), f.money("limit")
			a := plaidapi.Account{
				ID: string(rune('a' + j)), ItemID: id, Name: f.name(), Mask: "0000", Current: &current, Limit: &limit, Available: &limit,
				Type: rapid.SampledFrom([]plaidapi.AccountType{plaidapi.Depository, plaidapi.Credit, plaidapi.Other}).Draw(f.T, "type"),
			}
			if rapid.IntRange(0, 9).Draw(f.T, "unreadable") == 0 {
				a.Current = &plaidapi.Money{}
			}
			h.Accounts = append(h.Accounts, a)
		}
		all = append(all, h)
	}
	for _, t := range addUp(all).totals {
		f.know(t.net)
		f.know(t.cash)
		f.know(t.owed)
	}
	return all
}

func (f *figures) transactions() []plaidapi.Transaction {
	var all []plaidapi.Transaction
	for i := range rapid.IntRange(1, 12).Draw(f.T, "rows") {
		all = append(all, plaidapi.Transaction{
			ID: fmt.Sprint(i), ItemID: "a", AccountID: "a", Name: f.name(), Amount: f.money("amount"),
			Pending: rapid.Bool().Draw(f.T, "pending"), Date: plaidapi.NewDate(2026-i%2, 11, 1+i),
			Category: plaidapi.Category{Path: []string{f.name()}},
		})
	}
	for _, s := range viewOf(all).Sums() {
		f.know(s.In)
		f.know(s.Out)
		f.know(s.Net)
	}
	return all
}

// series are balances of as many days, with gaps.
func (f *figures) series(n int) []plaidapi.Money {
	few := []plaidapi.Money{{}, f.money("balance"), f.money("balance"), f.money("balance")}
	all := make([]plaidapi.Money, n)
	for i := range all {
		all[i] = few[i*7%len(few)]
	}
	return all
}

func (f *figures) trends(holdings []ledger.Holding) map[plaidapi.AccountKey][]plaidapi.Money {
	all := map[plaidapi.AccountKey][]plaidapi.Money{}
	for _, h := range holdings {
		for _, a := range h.Accounts {
			f.know(plaidapi.Zero(a.Current.Currency()))
			all[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}] = f.series(weeks)
		}
	}
	return all
}

// Numbers are sacred: whatever the size, the amounts, the currencies and the names, an amount is
// shown whole or not at all, and net worth is always there.
func TestNoNumberIsEverCut(t *testing.T) {
	e := newDriver(t, 80, 24).app.(*app).stack.env
	rapid.Check(t, func(t *rapid.T) {
		frame := frame{
			theme: e.theme, keys: e.keys, place: "practice bank", short: "practice",
			width:  rapid.SampledFrom([]int{40, 47, 59, 60, 79, 80, 81, 99, 100, 120, 200}).Draw(t, "width"),
			height: rapid.IntRange(8, 40).Draw(t, "height"),
		}
		f := &figures{t, []string{"USD", "EUR", "GBP", "CHF", "CREDITS"}[:rapid.IntRange(1, 5).Draw(t, "currencies")], map[string]bool{"12.50": true, "40..60": true}}
		holdings, rows := f.holdings(), f.transactions()

		homeView := newAccounts(e).(*accountsScreen)
		homeView.SetSize(frame.body())
		homeView.feed(holdings, rows[:min(len(rows), latestRows)], nil)
		homeView.past = past{f.trends(holdings), viewOf(rows).Sums(), rapid.Bool().Draw(t, "read")}

		list := newActivity(e).(*activityScreen)
		list.filtering = rapid.Bool().Draw(t, "filtering")
		one := newAccount("Bank", plaidapi.Account{ID: "a", ItemID: "a", Name: f.name()})(e).(*activityScreen)
		if accounts := holdings[0].Accounts; len(accounts) > 0 {
			one.head.account = accounts[0]
			one.head.known = statement{days: f.series(yearDays), until: plaidapi.NewDate(2026, 11, 22), interest: f.money("interest"), paid: f.money("paid")}
		}
		for _, s := range []*activityScreen{list, one} {
			s.SetSize(frame.body())
			s.query.set(strings.Repeat("x", rapid.IntRange(0, 80).Draw(t, "query")))
			s.feed(rows, nil)
		}
		list.rows.pick(func(p *query.Selection) { p.All(list.rows.found) })
		receipt := newTransaction(&list.rows, nil)(e).(*transactionScreen)
		receipt.SetSize(frame.body())
		receipt.also = also{count: 2, total: rows[0].Amount, last: rows[:1]}
		edit := newEdit(categoryField(), subjects(list.rows.found, 0, 1), nil)(e).(*editScreen)
		edit.all = []string{f.name(), f.name()}
		edit.SetSize(frame.body())
		edit.fit()
		copies := newCopyAs(list.rows.record(list.rows.found, 0), nil)(e)
		copies.SetSize(frame.body())
		linked := newLinked(holdings[0].Item, plaidapi.Add, holdings[0].Accounts, ledger.Progress{})(e)
		linked.SetSize(frame.body())
		settings := newSettings(e).(*settingsScreen)
		settings.holdings, settings.loaded = holdings, true
		settings.SetSize(frame.body())
		f.known["1,234.56"], f.known[settings.settings.version] = true, true // not of any account
		finds := newPalette(e, list.Chrome()).(*paletteScreen)
		finds.offers = append(finds.offers, byName(holdings)...)
		finds.narrow()
		finds.SetSize(frame.body())
		asks := newForget(holdings, true)(e)
		asks.SetSize(frame.body())
		keys := newHelp(e, list.Chrome())
		keys.SetSize(frame.body())
		for name, s := range map[string]screen{
			"settings": settings, "palette": finds, "forget": asks, "keys": keys, "home": homeView, "activity": list, "account": one, "transaction": receipt, "linked": linked,
			"edit": edit, "copy": copies,
		} {
			view := frame.draw(s.Chrome(), s.View(), 0, "")
			shownWhole(t, name, view, f.known)
			for line := range strings.SplitSeq(view, "\n") {
				if width(line) > frame.width {
					t.Fatalf("%s: %d cells in %d: %q", name, width(line), frame.width, line)
				}
			}
		}
		if totals := homeView.worth.totals; len(totals) > 0 && !strings.Contains(stripped(homeView.View()), balance(totals[0].net)) {
			t.Fatalf("net worth %s is not on\n%s", balance(totals[0].net), homeView.View())
		}
		if money := amount(list.rows.found.At(0).Amount); !strings.Contains(stripped(receipt.View()), money) {
			t.Fatalf("%s is not on its own page:\n%s", money, receipt.View())
		}
	})
}

// feed answers the reading of rows.
func (s *activityScreen) feed(all []plaidapi.Transaction, err error) {
	view := viewOf(all)
	b := book{ask: ask{down: true}, all: view, matched: view, found: view, at: -1}
	s.Update(s.load.start(s.ctx, func(context.Context) (book, error) { return b, err })())
}
