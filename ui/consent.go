package ui

import (
	"errors"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// reminded is how long before a consent runs out the person is told.
const reminded = 14 * 24 * time.Hour

// consented says until when a person has consented: "consent to 22 Nov 2027".
func (e *env) consented(h ledger.Holding) string {
	return "consent to " + h.ConsentUntil.In(e.now().Location()).Format("2 Jan 2006")
}

// lapsing reports whether a consent runs out soon, or has, and nothing worse is wrong with the bank.
func (e *env) lapsing(h ledger.Holding) bool {
	worse := h.Err != nil && !errors.Is(h.Err, plaidapi.Offline)
	return !h.ConsentUntil.IsZero() && !worse && h.ConsentUntil.Sub(e.now()) < reminded
}

// reminder tells of the first consent that runs out soon; none where none does.
func (s *accountsScreen) reminder() (remark, bool) {
	for _, h := range s.holdings {
		if !s.lapsing(h) {
			continue
		}
		name, day := h.Item.Institution.Name, h.ConsentUntil.In(s.now().Location()).Format("2 Jan")
		does := s.keys.fix.Help().Key
		return remark{
			"! Your consent at " + name + " lasts until " + day + ". On one of its accounts " + does + " signs in again; all history is kept.",
			"! Consent until " + day + ": " + cut(name, s.width-30) + ", " + does,
		}, true
	}
	return remark{}, false
}
