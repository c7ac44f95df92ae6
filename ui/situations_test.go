package ui

import (
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// Every problem has a title, a cause, what was kept and a way on: none shows an empty page.
func TestEveryProblemHasWords(t *testing.T) {
	for p := plaidapi.Unknown; p.String() != plaidapi.Unknown.String() || p == plaidapi.Unknown; p++ {
		s := explain(&plaidapi.Error{Problem: p}, "First Bank", time.Time{})
		if s.title == "" || s.cause == "" || s.kept == "" || len(s.actions) == 0 || strings.Contains(s.title, "BANK") {
			t.Errorf("%v: %+v", p, s)
		}
	}
}
