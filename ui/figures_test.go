package ui

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"pgregory.net/rapid"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// figure is what looks like an amount, whole or cut: digits with a point, a comma or an ellipsis.
var figure = regexp.MustCompile(`[-+]?[0-9][0-9,.]*…?`)

// shownWhole fails where a screen shows part of an amount. Every amount that may be there is known.
func shownWhole(t rapid.TB, view string, known map[string]bool) {
	for line := range strings.SplitSeq(stripped(view), "\n") {
		for _, f := range figure.FindAllString(line, -1) {
			if strings.ContainsAny(f, ",.…") && !known[strings.TrimRight(f, ",.")] && !known[f] {
				t.Fatalf("%q is shown:\n%s", f, stripped(view))
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
	f.knowSums(viewOf(all))
	return all
}

func (f *figures) knowSums(v *query.View) {
	for _, s := range v.Sums() {
		f.know(s.In)
		f.know(s.Out)
		f.know(s.Net)
	}
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

// feed answers the reading of rows.
func (s *activityScreen) feed(all []plaidapi.Transaction, err error) {
	view := viewOf(all)
	b := book{ask: ask{down: true}, all: view, matched: view, found: view, at: -1}
	s.Update(s.load.start(s.ctx, func(context.Context) (book, error) { return b, err })())
}
