package query

import "tartan/plaidapi"

// column is an atom that each row is asked for.
type column struct {
	*atom
	bit   uint8
	spans []span // of amounts, in each of the Batch's units
}

func newColumn(b *plaidapi.Batch, a *atom, bit uint8) column {
	c := column{atom: a, bit: bit}
	if a.kind == ofDay || a.kind == ofState {
		return c
	}
	c.spans = make([]span, len(b.Units))
	counted := map[uint8]span{}
	for i, unit := range b.Units {
		s, done := counted[unit.Decimals]
		if !done {
			s = a.amounts.in(unit.Decimals)
			counted[unit.Decimals] = s
		}
		c.spans[i] = s
	}
	return c
}

// has reports whether a row fulfils the atom, apart from its dash.
func (c *column) has(v *View, row uint32) bool {
	b := &v.batch
	switch c.kind {
	case ofDay:
		return c.days.Has(b.Dates[row])
	case ofState:
		return c.state.of(v, row)
	}
	amount, unit := b.Amounts[row], b.Unit[row]
	if b.Units[unit].Wide {
		return c.amounts.has(exact(b.Money(int(row))))
	}
	if amount < 0 {
		amount = -amount
	}
	s := &c.spans[unit]
	return amount >= s.from && amount <= s.to && !unreadable(b, row)
}

// of reports whether a row is in this state, as far as what is written about it does not tell.
func (s condition) of(v *View, row uint32) bool {
	switch s {
	case isPending:
		return v.batch.Pending[row]
	case isIn:
		return v.sign(row) > 0
	case isOut:
		return v.sign(row) < 0
	case isLeftOut:
		return v.isLeftOut(row)
	}
	return s == isTransfer && v.isTransfer(row)
}

// sign is that of a row's amount; 0 also for one that cannot be read.
func (v *View) sign(row uint32) int {
	amount := v.batch.Amounts[row]
	switch {
	case v.batch.Units[v.batch.Unit[row]].Wide:
		return v.batch.Money(int(row)).Sign()
	case amount > 0:
		return 1
	case amount < 0:
		return -1
	}
	return 0
}
