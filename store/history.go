package store

import (
	"maps"
	"slices"
	"sort"

	"tartan/plaidapi"
)

// history is the transactions of one Item, newest first. Rows that were handed out are never
// changed: whatever is not an addition at the end goes into a new slice. A page that brings what
// is there already costs a comparison, and nothing older or newer than its rows is looked at.
type history struct {
	rows []*plaidapi.Transaction
	byID map[string]*plaidapi.Transaction
}

// apply brings the history up to date. The transactions of c become part of it, except for those
// it has in the same words.
func (h *history) apply(c plaidapi.Changes) {
	if h.byID == nil {
		h.byID = make(map[string]*plaidapi.Transaction, len(c.Added))
	}
	ch := newChange(c, h.byID)
	from, to := h.extent(ch)
	before := h.rows[from:to]
	after := merge(ch.keep(before), ch.fresh)
	if slices.Equal(before, after) {
		return
	}
	for _, t := range before {
		if ch.replaces(t) || ch.gone[t.ID] {
			delete(h.byID, t.ID)
		}
	}
	maps.Copy(h.byID, ch.put)
	if from == len(h.rows) {
		h.rows = append(h.rows, after...) // beyond the end of what was handed out
		return
	}
	h.rows = slices.Concat(h.rows[:from], after, h.rows[to:])
}

// extent is the part of the rows that ch may concern: rows[from:to], and what it adds in between.
func (h *history) extent(ch *change) (from, to int) {
	// before and after are the ends of the rows that are equal to t.
	before := func(t *plaidapi.Transaction) int {
		return sort.Search(len(h.rows), func(i int) bool { return h.rows[i].Compare(t) >= 0 })
	}
	after := func(t *plaidapi.Transaction) int {
		return sort.Search(len(h.rows), func(i int) bool { return h.rows[i].Compare(t) > 0 })
	}
	from = len(h.rows)
	reach := func(a, b int) { from, to = min(from, a), max(to, b) }
	if r := ch.replace; r != nil {
		reach(before(&plaidapi.Transaction{Date: r.To, Pending: true}), after(&plaidapi.Transaction{Date: r.From}))
	}
	if n := len(ch.fresh); n > 0 {
		reach(after(ch.fresh[0]), after(ch.fresh[n-1]))
	}
	if ch.newest != nil {
		reach(before(ch.newest), after(ch.oldest))
	}
	return from, max(from, to)
}

// merge joins two ordered lists in one order; of equal rows, those of a come first.
func merge(a, b []*plaidapi.Transaction) []*plaidapi.Transaction {
	if len(a) == 0 {
		return b
	}
	rows := make([]*plaidapi.Transaction, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if b[0].Compare(a[0]) < 0 {
			rows, b = append(rows, b[0]), b[1:]
		} else {
			rows, a = append(rows, a[0]), a[1:]
		}
	}
	return append(append(rows, a...), b...)
}
