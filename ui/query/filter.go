package query

import (
	"slices"
	"strings"

	"tartan/plaidapi"
)

// Filter says which transactions are looked for: those that fulfil all of it. The zero Filter is
// all of them.
type Filter struct {
	// Account is the one account, or with an empty Account all accounts of the Item. The zero
	// AccountKey is every account.
	Account plaidapi.AccountKey
	// Days are the days that are looked at. The zero Span is all days.
	Days plaidapi.Span
	// Query is what a person typed.
	Query Query
}

// clause is what a row fulfils that fulfils one of its atoms.
type clause []atom

// nots is how many of its atoms have a dash.
func (c clause) nots() int {
	n := 0
	for i := range c {
		if c[i].not {
			n++
		}
	}
	return n
}

// clauses is what has to hold.
func (f Filter) clauses() []clause {
	var all []clause
	if f.Account != (plaidapi.AccountKey{}) {
		all = append(all, clause{{kind: oneAccount, account: f.Account}})
	}
	if f.Days != (plaidapi.Span{}) {
		all = append(all, clause{{kind: ofDay, days: f.Days}})
	}
	return append(all, f.Query.clauses()...)
}

// Within reports whether all that f finds is found by wider too, so that f may be looked for in
// what wider found. It may say no where it is so: a word that close spellings may be found for is
// within itself only, because those need not have anything in common with a shorter word.
func (f Filter) Within(wider Filter) bool {
	own := f.clauses()
	for _, w := range wider.clauses() {
		if !slices.ContainsFunc(own, func(c clause) bool { return c.within(w) }) {
			return false
		}
	}
	return true
}

// within reports whether whatever fulfils c fulfils wider.
func (c clause) within(wider clause) bool {
	for i := range c {
		if !slices.ContainsFunc(wider, func(w atom) bool { return c[i].within(w) }) {
			return false
		}
	}
	return true
}

// within reports whether whatever fulfils a fulfils wider.
func (a atom) within(wider atom) bool {
	if a.kind != wider.kind || a.not != wider.not {
		return false
	}
	if a.not {
		a, wider = wider, a
	}
	switch a.kind {
	case ofAmount:
		return a.amounts.within(wider.amounts)
	case ofDay:
		return a.days.From >= wider.days.From && a.days.To <= wider.days.To
	case ofState:
		return a.state == wider.state
	case oneAccount:
		return a.account == wider.account || wider.account.Account == "" && a.account.Item == wider.account.Item
	}
	if a.word == wider.word && a.quoted == wider.quoted {
		return true
	}
	return !a.number && !a.guessable() && strings.Contains(a.word, wider.word)
}
