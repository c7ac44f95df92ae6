package query

import (
	"slices"

	"tartan/plaidapi"
)

// Sum is what came in and what went out in one currency, and both together. Out is negative.
type Sum struct{ In, Out, Net plaidapi.Money }

// totals is the sums of some rows, a sum a currency, in the order that the currencies are met.
type totals struct {
	sums    []Sum
	unadded int // rows that are in no sum: amounts that cannot be read, or sums that do not fit
	pending bool

	transfers, leftOut int                 // rows that are in no sum because they are not to be
	aside              []plaidapi.Currency // of those rows
}

// tally adds up rows in units, as quickly as that goes.
type tally struct {
	units   []unitSum
	met     []uint16 // units, in the order they are met
	unread  int
	pending bool
	exceeds bool // an amount or a sum is beyond int64: the rows are to be added one by one

	no                 uncounted
	room               []uint32 // for the rows of a block that count
	transfers, leftOut int
	aside              []bool // units of rows that do not count
}

// unitSum is what came in and went out, counted in one unit.
type unitSum struct {
	in, out int64
	met     bool
}

func newTally(b *plaidapi.Batch, no uncounted) *tally {
	return &tally{units: make([]unitSum, len(b.Units)), no: no, aside: make([]bool, len(b.Units))}
}

// add adds rows.
func (t *tally) add(b *plaidapi.Batch, rows []uint32) {
	for _, row := range t.only(b, rows) {
		t.pending = t.pending || b.Pending[row]
		unit, amount := b.Unit[row], b.Amounts[row]
		if unreadable(b, row) {
			t.unread++
			continue
		}
		u := &t.units[unit]
		if !u.met {
			u.met = true
			t.met = append(t.met, unit)
			t.exceeds = t.exceeds || b.Units[unit].Wide
		}
		if amount > 0 {
			u.in += amount
			t.exceeds = t.exceeds || u.in < 0
		} else {
			u.out += amount
			t.exceeds = t.exceeds || u.out > 0
		}
	}
}

// only is those of a block of rows that count. Of the others it takes note.
func (t *tally) only(b *plaidapi.Batch, rows []uint32) []uint32 {
	if t.no.moved == nil && t.no.left == nil {
		return rows
	}
	t.room = t.room[:0]
	for _, row := range rows {
		switch {
		case t.no.left.has(row):
			t.leftOut++
		case t.no.moved.has(row):
			t.transfers++
		default:
			t.room = append(t.room, row)
			continue
		}
		t.pending = t.pending || b.Pending[row]
		t.aside[b.Unit[row]] = t.aside[b.Unit[row]] || !unreadable(b, row)
	}
	return t.room
}

// unreadable reports whether the bank sent an amount that nobody can read.
func unreadable(b *plaidapi.Batch, row uint32) bool {
	return b.Amounts[row] == 0 && b.Units[b.Unit[row]] == plaidapi.Unit{}
}

// join adds what another tally counted of the rows behind.
func (t *tally) join(other *tally) {
	for _, unit := range other.met {
		u, o := &t.units[unit], &other.units[unit]
		if !u.met {
			u.met = true
			t.met = append(t.met, unit)
		}
		u.in, u.out = u.in+o.in, u.out+o.out
		t.exceeds = t.exceeds || u.in < 0 || u.out > 0
	}
	t.unread += other.unread
	t.transfers, t.leftOut = t.transfers+other.transfers, t.leftOut+other.leftOut
	for unit, is := range other.aside {
		t.aside[unit] = t.aside[unit] || is
	}
	t.pending = t.pending || other.pending
	t.exceeds = t.exceeds || other.exceeds
}

// totals makes sums in currencies. It is not ok when something does not fit.
func (t *tally) totals(b *plaidapi.Batch) (all totals, ok bool) {
	all = totals{unadded: t.unread, pending: t.pending, transfers: t.transfers, leftOut: t.leftOut}
	for unit, is := range t.aside {
		if is {
			all.aside = append(all.aside, b.Units[unit].Currency)
		}
	}
	if t.exceeds {
		return all, false
	}
	for _, place := range t.met {
		unit, counted := b.Units[place], t.units[place]
		for _, units := range []int64{counted.in, counted.out} {
			m, err := plaidapi.NewMoney(units, int(unit.Decimals), unit.Currency)
			if err != nil || !all.add(m) {
				return all, false
			}
		}
	}
	return all, true
}

// add reports whether an amount fits into the sums.
func (t *totals) add(m plaidapi.Money) bool {
	i := slices.IndexFunc(t.sums, func(s Sum) bool { return s.Net.Currency() == m.Currency() })
	if i < 0 {
		i = len(t.sums)
		zero := plaidapi.Zero(m.Currency())
		t.sums = append(t.sums, Sum{zero, zero, zero})
	}
	s := &t.sums[i]
	side := &s.Out
	if m.Sign() > 0 {
		side = &s.In
	}
	part, err := side.Add(m)
	net, errNet := s.Net.Add(m)
	if err != nil || errNet != nil {
		return false
	}
	*side, s.Net = part, net
	return true
}

// mixed reports whether there are several currencies, among what is in no sum too.
func (t *totals) mixed() bool {
	return len(t.sums) > 1 || slices.ContainsFunc(t.aside, func(c plaidapi.Currency) bool {
		if len(t.sums) == 0 {
			return c != t.aside[0]
		}
		return c != t.sums[0].Net.Currency()
	})
}

// oneByOne is the totals where sums do not fit: each row that still fits is in them.
func oneByOne(b *plaidapi.Batch, rows []uint32, no uncounted, stop func() bool) totals {
	var t totals
	for n, row := range rows {
		if n%block == 0 && stop() {
			break
		}
		t.pending = t.pending || b.Pending[row]
		m := b.Money(int(row))
		switch {
		case no.left.has(row):
			t.leftOut++
		case no.moved.has(row):
			t.transfers++
		default:
			if !m.Known() || !t.add(m) {
				t.unadded++
			}
			continue
		}
		if m.Known() && !slices.Contains(t.aside, m.Currency()) {
			t.aside = append(t.aside, m.Currency())
		}
	}
	return t
}
