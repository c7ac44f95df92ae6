package query

import (
	"slices"

	"tartan/plaidapi"
)

// matcher is a Filter made ready for the rows of one Batch: what can be looked up once a text or
// once a unit is, so that a row costs a few look-ups by number.
type matcher struct {
	batch    *plaidapi.Batch
	accounts []bool // those that are looked for; nil is all

	all           uint8   // a bit for each word
	texts, abouts []uint8 // which words are in each entry of the dictionaries
	numbers       []number

	ranged bool // there is a Min or a Max
	within number
	never  bool // no row can match
}

// number is a range of amounts, and what it is in each of the Batch's units.
type number struct {
	bit     uint8 // of the word that it is
	amounts amounts
	spans   []span
}

// mostWords is how many words one matcher takes.
const mostWords = 8

func newMatcher(v *View, f Filter) *matcher {
	b := &v.batch
	m := &matcher{batch: b, accounts: accounts(b, f.Account)}
	if f.Min != nil || f.Max != nil {
		m.ranged = true
		if f.Min != nil {
			m.within.amounts.from = exact(*f.Min)
		}
		if f.Max != nil {
			m.within.amounts.to = exact(*f.Max)
		}
		m.within.count(b)
	}
	if len(f.Words) == 0 {
		return m
	}
	texts, abouts := v.words.of(b)
	m.texts, m.abouts = make([]uint8, len(b.Texts)), make([]uint8, len(b.Abouts))
	for i, word := range f.Words {
		if word = fold(word); word == "" {
			continue
		}
		bit := uint8(1) << i
		m.all |= bit
		found := texts.mark(m.texts, bit, word)
		found = abouts.mark(m.abouts, bit, word) || found
		if r, ok := numberRange(word); ok {
			n := number{bit: bit, amounts: r}
			n.count(b)
			m.numbers = append(m.numbers, n)
			found = true
		}
		m.never = m.never || !found
	}
	return m
}

// accounts are the places in the dictionary of the accounts that are looked for; nil is all.
func accounts(b *plaidapi.Batch, key plaidapi.AccountKey) []bool {
	if key == (plaidapi.AccountKey{}) {
		return nil
	}
	is := make([]bool, len(b.Accounts))
	for i, a := range b.Accounts {
		is[i] = a == key || key.Account == "" && a.Item == key.Item
	}
	return is
}

// count works out the range in each unit.
func (n *number) count(b *plaidapi.Batch) {
	n.spans = make([]span, len(b.Units))
	counted := map[uint8]span{}
	for i, unit := range b.Units {
		s, done := counted[unit.Decimals]
		if !done {
			s = n.amounts.in(unit.Decimals)
			counted[unit.Decimals] = s
		}
		n.spans[i] = s
	}
}

// has reports whether the amount of a row is in the range.
func (n *number) has(b *plaidapi.Batch, row uint32) bool {
	amount, unit := b.Amounts[row], b.Unit[row]
	if b.Units[unit].Wide {
		return n.amounts.has(exact(b.Money(int(row))))
	}
	if amount < 0 {
		amount = -amount
	}
	s := &n.spans[unit]
	return amount >= s.from && amount <= s.to && !unreadable(b, row)
}

// find puts those of a block of rows that match into hits, which has room for all, and returns how
// many they are.
func (m *matcher) find(rows, hits []uint32) int {
	if m.all == 0 {
		return m.keep(hits, copy(hits, rows))
	}
	name, bank, about := m.batch.Name, m.batch.BankText, m.batch.About
	n := 0
	if len(m.numbers) == 0 {
		for _, row := range rows {
			hits[n] = row
			if m.texts[name[row]]|m.texts[bank[row]]|m.abouts[about[row]] == m.all {
				n++
			}
		}
		return m.keep(hits, n)
	}
	for _, row := range rows {
		has := m.texts[name[row]] | m.texts[bank[row]] | m.abouts[about[row]]
		for i := range m.numbers {
			if has&m.numbers[i].bit == 0 && m.numbers[i].has(m.batch, row) {
				has |= m.numbers[i].bit
			}
		}
		hits[n] = row
		if has == m.all {
			n++
		}
	}
	return m.keep(hits, n)
}

// keep drops those of the first n rows that are of other accounts or amounts.
func (m *matcher) keep(rows []uint32, n int) int {
	if m.accounts == nil && !m.ranged {
		return n
	}
	return len(slices.DeleteFunc(rows[:n], func(row uint32) bool {
		return m.accounts != nil && !m.accounts[m.batch.Account[row]] || m.ranged && !m.within.has(m.batch, row)
	}))
}
