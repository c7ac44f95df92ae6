package ui

import (
	"slices"
	"strings"

	"tartan/plaidapi"
)

// narrow keeps the banks that match what has been typed: every word somewhere in name, site or
// abbreviation, names that begin with the query first. One slip in a word is forgiven where
// nothing matches exactly.
// A search for what was typed before is over.
func (s *banksScreen) narrow() {
	s.search.stop()
	words := strings.Fields(strings.ToLower(s.query.value()))
	s.found = s.matching(words, strings.Contains)
	s.close, s.beyond = len(s.found) == 0, false
	if s.close {
		s.found = s.matching(words, containsNearly)
	}
	if len(words) > 0 {
		query := strings.Join(words, " ")
		slices.SortStableFunc(s.found, func(a, b plaidapi.Institution) int { return rank(a, query) - rank(b, query) })
	}
	s.found = s.offered(s.found)
	s.list.resize(len(s.found), s.rows())
	s.list.to(0)
}

// offered are banks with the row that leaves the choice to Plaid's page, where there is one: first
// where nothing is searched for, else last.
func (s *banksScreen) offered(banks []plaidapi.Institution) []plaidapi.Institution {
	switch {
	case s.anywhere.Wire == "" || wantsKeys(s.err):
		return banks
	case s.query.value() == "":
		return append([]plaidapi.Institution{s.anywhere}, banks...)
	case s.load.running():
		return banks // what was typed ahead is meant for the list
	}
	return append(slices.Clip(banks), s.anywhere)
}

// anyBank reports whether a row stands for the choice on Plaid's page.
func anyBank(row plaidapi.Institution) bool { return row.ID == "" }

// toAnywhere reports whether the cursor is on that row.
func (s *banksScreen) toAnywhere() bool {
	return s.list.cursor < len(s.found) && anyBank(s.found[s.list.cursor])
}

// banks is how many of the rows are banks.
func (s *banksScreen) banks() int {
	if n := len(s.found); s.anywhere.Wire == "" || n == 0 || !anyBank(s.found[0]) && !anyBank(s.found[n-1]) {
		return n
	}
	return len(s.found) - 1
}

func (s *banksScreen) matching(words []string, has func(text, word string) bool) []plaidapi.Institution {
	found := make([]plaidapi.Institution, 0, len(s.all))
	for i, bank := range s.all {
		if !slices.ContainsFunc(words, func(w string) bool { return !has(s.folded[i], w) }) {
			found = append(found, bank)
		}
	}
	return found
}

// rank puts exact abbreviations and names that begin with the query before those that contain it.
func rank(bank plaidapi.Institution, query string) int {
	name := strings.ToLower(bank.Name)
	switch {
	case strings.ToLower(bank.ID) == query, name == query:
		return 0
	case strings.HasPrefix(name, query):
		return 1
	case strings.Contains(name, query):
		return 2
	}
	return 3
}

// containsNearly forgives one wrong, missing, extra or swapped letter in words of four or more.
func containsNearly(text, word string) bool {
	if len(word) < 4 {
		return strings.Contains(text, word)
	}
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool { return oneSlip(w, word) })
}

// oneSlip reports whether some beginning of have is at most one edit away from want.
func oneSlip(have, want string) bool {
	i := 0
	for i < len(have) && i < len(want) && have[i] == want[i] {
		i++
	}
	if i == len(want) {
		return true
	}
	h, w := have[min(i, len(have)):], want[i:]
	switch {
	case strings.HasPrefix(h, w[1:]): // an extra letter was typed
		return true
	case len(h) > 0 && strings.HasPrefix(h[1:], w): // one was left out
		return true
	case len(h) > 0 && strings.HasPrefix(h[1:], w[1:]): // another was typed
		return true
	}
	return len(h) > 1 && len(w) > 1 && h[0] == w[1] && h[1] == w[0] && strings.HasPrefix(h[2:], w[2:])
}
