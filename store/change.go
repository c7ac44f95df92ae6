package store

import (
	"slices"

	"tartan/plaidapi"
)

// change is what one page of a sync does to a history.
type change struct {
	put     map[string]*plaidapi.Transaction // the last version of each row that came and stays
	gone    map[string]bool                  // rows that were removed, or have posted under another ID
	replace *plaidapi.Span
	fresh   []*plaidapi.Transaction // of put, in order, those that do not take the place of an older version

	newest, oldest *plaidapi.Transaction // of the known rows that put and gone concern; nil if none
}

// newChange works out what c does to the rows that are known. It alters none of them.
func newChange(c plaidapi.Changes, known map[string]*plaidapi.Transaction) *change {
	size := len(c.Added) + len(c.Modified)
	ch := &change{
		put:     make(map[string]*plaidapi.Transaction, size),
		gone:    make(map[string]bool, len(c.Removed)),
		replace: c.Replace,
	}
	order := make([]*plaidapi.Transaction, 0, size) // a version of each row, as they came
	for _, rows := range [][]plaidapi.Transaction{c.Added, c.Modified} {
		for i := range rows {
			t := &rows[i]
			if ch.put[t.ID] = t; len(ch.put) > len(order) {
				order = append(order, t)
			}
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
		ch.concern(known[id])
	}
	order = slices.DeleteFunc(order, func(t *plaidapi.Transaction) bool { return ch.gone[t.ID] })
	ch.place(order, known)
	return ch
}

// place sorts out which of the rows that came are known in the same words, which take the place of
// an older version, and which go in fresh.
func (ch *change) place(order []*plaidapi.Transaction, known map[string]*plaidapi.Transaction) {
	same := 0
	for i, t := range order {
		old := known[t.ID]
		if t = ch.put[t.ID]; old != nil && equal(old, t) {
			t, ch.put[t.ID] = old, old
			same++
		}
		order[i] = t
		ch.concern(old)
	}
	// One row keeps its whole page in memory. A page with little news is not worth that.
	little := same > len(order)/2
	ch.fresh = order[:0]
	for _, t := range order {
		old := known[t.ID]
		if little && t != old {
			news := *t
			t, ch.put[t.ID] = &news, &news
		}
		if old == nil || ch.replaces(old) || t.Compare(old) != 0 {
			ch.fresh = append(ch.fresh, t)
		}
	}
	if !slices.IsSortedFunc(ch.fresh, (*plaidapi.Transaction).Compare) {
		slices.SortStableFunc(ch.fresh, (*plaidapi.Transaction).Compare)
	}
}

// concern notes that ch is about a known row, if there is one.
func (ch *change) concern(t *plaidapi.Transaction) {
	if t == nil {
		return
	}
	if ch.newest == nil || t.Compare(ch.newest) < 0 {
		ch.newest = t
	}
	if ch.oldest == nil || t.Compare(ch.oldest) > 0 {
		ch.oldest = t
	}
}

// replaces reports whether a known row stands on a day that the page tells anew.
func (ch *change) replaces(t *plaidapi.Transaction) bool {
	return ch.replace != nil && ch.replace.Has(t.Date)
}

// keep gives those of the known rows that remain, or what takes their place.
func (ch *change) keep(rows []*plaidapi.Transaction) []*plaidapi.Transaction {
	var kept []*plaidapi.Transaction
	for _, t := range rows {
		if ch.replaces(t) || ch.gone[t.ID] {
			continue
		}
		fresh := ch.put[t.ID]
		switch {
		case fresh == nil:
			kept = append(kept, t)
		case fresh.Compare(t) == 0:
			kept = append(kept, fresh)
		}
	}
	return kept
}

// equal compares all that two transactions tell.
func equal(a, b *plaidapi.Transaction) bool {
	return a.ID == b.ID && a.ItemID == b.ItemID && a.AccountID == b.AccountID &&
		a.Date == b.Date && a.Amount == b.Amount && a.Pending == b.Pending && a.PendingID == b.PendingID &&
		a.Name == b.Name && a.BankText == b.BankText && a.Place == b.Place && a.Channel == b.Channel &&
		a.Category.ID == b.Category.ID && slices.Equal(a.Category.Path, b.Category.Path)
}
