package query

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"tartan/plaidapi"
)

const (
	// apart is how many days there are between both sides of a transfer at most: a weekend, and a
	// bank that is slow.
	apart = 4
	// mostTried is how many rows of one amount are tried for one row, so that a bank that tells one
	// amount a million times does not make a search of all by all.
	mostTried = 64
)

// pair is the two rows of a transfer.
type pair struct{ row, other uint32 }

// pairing looks for the transfers in a list.
type pairing struct {
	batch *plaidapi.Batch
	rows  []uint32
	facts *placed

	texts, abouts []answer // whether each text or category speaks of a transfer
}

// answer is whether a text speaks of a transfer; 0 is not asked yet.
type answer uint8

const (
	silent answer = iota + 1
	speaking
)

// side is a row that may be one side of a transfer.
type side struct {
	amount int64 // without its sign; 0 for wide ones
	unit   uint16
	speaks bool // of a transfer or a payment
	paired bool
	row    uint32
	place  uint32 // in the list
}

func newPairing(v *View) *pairing {
	return &pairing{batch: &v.batch, rows: v.kinds.list, facts: v.facts}
}

// pairs are the transfers, by row, each both ways. Sides that are nearest find each other first: of
// one day, then of two days in a row, and so on; then those that are next to each other in the list.
func (p *pairing) pairs() []pair {
	if len(p.batch.Accounts) < 3 { // the first is none
		return nil
	}
	var pairs []pair
	for sides := p.sides(); len(sides) > 0; {
		n := 1
		for n < len(sides) && sides[n].unit == sides[0].unit && sides[n].amount == sides[0].amount {
			n++
		}
		pairs = p.match(pairs, sides[:n])
		sides = sides[n:]
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.row, b.row) })
	return pairs
}

// sides are the rows that have an opposite near, and maybe a few others: those of one amount
// together, in the order of the list.
func (p *pairing) sides() []side {
	older, newer := newBitset(len(p.rows)), newBitset(len(p.rows))
	var both sync.WaitGroup
	both.Go(func() {
		last := newLastSeen()
		for i := range p.rows {
			last.meet(p, older, i)
		}
	})
	last := newLastSeen()
	for i := len(p.rows) - 1; i >= 0; i-- {
		last.meet(p, newer, i)
	}
	both.Wait()
	for i := range older {
		older[i] |= newer[i]
	}
	p.texts, p.abouts = make([]answer, len(p.batch.Texts)), make([]answer, len(p.batch.Abouts))
	sides := make([]side, 0, older.len())
	for i := range older.all() {
		row := p.rows[i]
		s := side{unit: p.batch.Unit[row], row: row, place: i, speaks: p.speaks(row)}
		if !p.batch.Units[s.unit].Wide {
			s.amount = max(p.batch.Amounts[row], -p.batch.Amounts[row])
		}
		sides = append(sides, s)
	}
	slices.SortFunc(sides, func(a, b side) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.amount, b.amount), cmp.Compare(a.place, b.place))
	})
	return sides
}

// lastSeen is the day on which each amount was last seen on a way through the list. Some amounts
// share a place.
type lastSeen []plaidapi.Date

const seenBits = 15

func newLastSeen() lastSeen {
	return slices.Repeat(lastSeen{math.MinInt32}, 1<<seenBits)
}

// meet marks the row at a place in the list when its opposite was seen not long before.
func (l lastSeen) meet(p *pairing, marks bitset, i int) {
	row := p.rows[i]
	amount, unit, day := p.batch.Amounts[row], p.batch.Unit[row], p.batch.Dates[row]
	if amount == 0 {
		return
	}
	if p.batch.Units[unit].Wide {
		amount = 0 // it is no number, and such are rare
	}
	place := func(amount int64) uint64 {
		return (uint64(amount)*0x9E3779B97F4A7C15 ^ uint64(unit)*0xC2B2AE3D27D4EB4F) >> (64 - seenBits)
	}
	if days := int64(l[place(-amount)]) - int64(day); -apart <= days && days <= apart {
		marks.set(uint32(i))
	}
	l[place(amount)] = day
}

// match pairs sides of one amount.
func (p *pairing) match(pairs []pair, sides []side) []pair {
	dates := p.batch.Dates
	for days := plaidapi.Date(0); days <= apart && len(sides) > 1; days++ {
		for i := range sides {
			b := &sides[i]
			for j := i - 1; j >= max(0, i-mostTried) && !b.paired; j-- {
				a := &sides[j]
				between := dates[a.row] - dates[b.row]
				if between > days {
					break
				}
				if between == days && !a.paired && p.fit(a, b) {
					a.paired, b.paired = true, true
					pairs = append(pairs, pair{a.row, b.row}, pair{b.row, a.row})
				}
			}
		}
	}
	return pairs
}

// fit reports whether two rows, both of one amount, are the sides of a transfer.
func (p *pairing) fit(a, b *side) bool {
	batch := p.batch
	if batch.Account[a.row] == batch.Account[b.row] || !a.speaks && !b.speaks {
		return false
	}
	if batch.Units[a.unit].Wide {
		return batch.Money(int(a.row)).Cmp(batch.Money(int(b.row)).Neg()) == 0
	}
	return batch.Amounts[a.row] == -batch.Amounts[b.row]
}

// speaks reports whether a row tells of a transfer or a payment: in the words of the person, where
// there are any, else in those of the bank.
func (p *pairing) speaks(row uint32) bool {
	b, written := p.batch, p.facts.rows[row]
	if written.Category != "" && tells(written.Category) || written.Name != "" && tells(written.Name) {
		return true
	}
	return written.Category == "" && answered(&p.abouts[b.About[row]], b.Abouts[b.About[row]].Category.Path...) ||
		written.Name == "" && answered(&p.texts[b.Name[row]], b.Texts[b.Name[row]]) ||
		answered(&p.texts[b.BankText[row]], b.Texts[b.BankText[row]])
}

// answered is an answer, found once.
func answered(a *answer, texts ...string) bool {
	if *a == 0 {
		*a = silent
		if slices.ContainsFunc(texts, tells) {
			*a = speaking
		}
	}
	return *a == speaking
}

// tells reports whether a text has one of the words of a transfer, or what statements make of them.
func tells(text string) bool {
	text = fold(text)
	for _, word := range [...]string{"transfer", "payment", "autopay", "xfer", "pmt"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
