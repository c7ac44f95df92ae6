package store

import (
	"slices"
	"sort"

	"tartan/plaidapi"
)

// history is the transactions of one Item, newest first. Rows that were handed out are never
// changed: whatever is not an addition at the end goes into a new slice.
type history struct {
	rows []*plaidapi.Transaction
	byID map[string]*plaidapi.Transaction
}

// compare is the order of rows: later days first, pending before posted in a day. Equal rows stay
// in the order they came in, which is the bank's.
func compare(a, b *plaidapi.Transaction) int {
	switch {
	case a.Date != b.Date:
		return int(b.Date - a.Date)
	case a.Pending == b.Pending:
		return 0
	case a.Pending:
		return -1
	default:
		return 1
	}
}

// change is what one page of a sync does to a history.
type change struct {
	put     map[string]*plaidapi.Transaction // the last version of each row that came
	order   []string                         // their IDs as they came
	gone    map[string]bool                  // rows that were removed, or have posted under another ID
	replace *plaidapi.Span
}

func newChange(c plaidapi.Changes) change {
	size := len(c.Added) + len(c.Modified)
	ch := change{
		put:     make(map[string]*plaidapi.Transaction, size),
		order:   make([]string, 0, size),
		gone:    make(map[string]bool, len(c.Removed)),
		replace: c.Replace,
	}
	for _, rows := range [][]plaidapi.Transaction{c.Added, c.Modified} {
		for i := range rows {
			t := &rows[i]
			if _, again := ch.put[t.ID]; !again {
				ch.order = append(ch.order, t.ID)
			}
			ch.put[t.ID] = t
			if t.PendingID != "" && !t.Pending {
				ch.gone[t.PendingID] = true
			}
		}
	}
	for _, id := range c.Removed {
		ch.gone[id] = true
	}
	for id := range ch.gone {
		delete(ch.put, id)
	}
	return ch
}

// apply brings the history up to date. The transactions of c become part of it.
func (h *history) apply(c plaidapi.Changes) {
	if h.byID == nil {
		h.byID = make(map[string]*plaidapi.Transaction, len(c.Added))
	}
	ch := newChange(c)
	from := h.firstTouched(ch)
	kept := h.keep(from, ch)
	fresh := make([]*plaidapi.Transaction, 0, len(ch.put))
	for _, id := range ch.order {
		if t := ch.put[id]; t != nil {
			fresh = append(fresh, t)
			h.byID[id] = t
		}
	}
	if !slices.IsSortedFunc(fresh, compare) {
		slices.SortStableFunc(fresh, compare)
	}
	if from == len(h.rows) {
		h.rows = append(h.rows, fresh...) // beyond the end of what was handed out
		return
	}
	rows := make([]*plaidapi.Transaction, from, from+len(kept)+len(fresh))
	copy(rows, h.rows)
	h.rows = merge(rows, kept, fresh)
}

// firstTouched is where the rows begin that ch may concern; all before it stay as they are.
func (h *history) firstTouched(ch change) int {
	first := len(h.rows)
	// reach moves first before t; after equal rows where t is to be added behind them.
	reach := func(t *plaidapi.Transaction, after bool) {
		if first == 0 {
			return
		}
		if order := compare(h.rows[first-1], t); order < 0 || order == 0 && after {
			return // the usual case while a bank is read for the first time, newest rows first
		}
		first = min(first, sort.Search(first, func(i int) bool {
			order := compare(h.rows[i], t)
			return order > 0 || order == 0 && !after
		}))
	}
	for id, t := range ch.put {
		reach(t, true)
		if old := h.byID[id]; old != nil {
			reach(old, false)
		}
	}
	for id := range ch.gone {
		if old := h.byID[id]; old != nil {
			reach(old, false)
		}
	}
	if ch.replace != nil {
		reach(&plaidapi.Transaction{Date: ch.replace.To, Pending: true}, false)
	}
	return first
}

// keep gives those of the rows from there on that remain. A row that came anew and belongs where
// the old one stood takes its place, and is taken out of ch.
func (h *history) keep(from int, ch change) []*plaidapi.Transaction {
	kept := make([]*plaidapi.Transaction, 0, len(h.rows)-from)
	for _, t := range h.rows[from:] {
		replaced := ch.replace != nil && ch.replace.Has(t.Date)
		fresh := ch.put[t.ID]
		switch {
		case fresh != nil && !replaced && compare(fresh, t) == 0:
			kept = append(kept, fresh)
			h.byID[t.ID] = fresh
			delete(ch.put, t.ID)
		case fresh != nil || replaced || ch.gone[t.ID]:
			delete(h.byID, t.ID)
		default:
			kept = append(kept, t)
		}
	}
	return kept
}

// merge appends two ordered lists to rows in one order; of equal rows, those of a come first.
func merge(rows, a, b []*plaidapi.Transaction) []*plaidapi.Transaction {
	for len(a) > 0 && len(b) > 0 {
		if compare(b[0], a[0]) < 0 {
			rows, b = append(rows, b[0]), b[1:]
		} else {
			rows, a = append(rows, a[0]), a[1:]
		}
	}
	return append(append(rows, a...), b...)
}
