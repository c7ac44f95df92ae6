package query

import (
	"context"
	"slices"

	"tartan/plaidapi"
)

// matcher is clauses made ready for the rows of one Batch: what can be looked up once a text, an
// account or a unit is, so that a row costs a few look-ups by number. Each clause has a bit, which
// is set for a row that fulfils any of its atoms, and one more for each atom with a dash, which is
// set where that does not hold. Of all bits together ok knows whether the row matches.
type matcher struct {
	view  *View
	batch *plaidapi.Batch
	ok    [1 << mostBits]bool
	never bool // no row can match

	// The bits of each entry of the dictionaries; nil where none is asked for.
	texts      []uint8
	words      []uint8 // of abouts: from words
	categories []uint8 // of abouts: from cat:, which counts only without the person's own word
	abouts     []uint8 // both
	accounts   []uint8
	written    []uint8 // of what is written about rows

	columns []column

	guessed []string // words that only close spellings were found for
}

// mostBits is how many bits there are for a row.
const mostBits = 8

// bits is how many a clause needs.
func (c clause) bits() int {
	n := c.nots()
	if n < len(c) {
		n++
	}
	return n
}

// together is how many of the clauses one matcher takes.
func together(clauses []clause) int {
	n, bits := 0, 0
	for n < len(clauses) && bits+clauses[n].bits() <= mostBits {
		bits += clauses[n].bits()
		n++
	}
	return n
}

// newMatcher makes clauses ready that go together. What it makes when ctx ends is of no use.
func newMatcher(ctx context.Context, v *View, clauses []clause) *matcher {
	m := &matcher{view: v, batch: &v.batch}
	type asked struct{ yes, nots uint8 }
	var all []asked
	next := uint8(1)
	for _, c := range clauses {
		var own asked
		possible := false
		for i := range c {
			if !c[i].not {
				own.yes = next
				possible = m.enter(ctx, &c[i], next) || possible
			}
		}
		if own.yes != 0 {
			next <<= 1
		}
		for i := range c {
			if c[i].not {
				own.nots |= next
				m.enter(ctx, &c[i], next)
				possible = true
				next <<= 1
			}
		}
		if !possible {
			m.never = true
			return m
		}
		all = append(all, own)
	}
	for has := range m.ok {
		m.ok[has] = !slices.ContainsFunc(all, func(a asked) bool { return uint8(has)&a.yes == 0 && ^uint8(has)&a.nots == 0 })
	}
	m.abouts = slices.Clone(m.words)
	if m.words == nil {
		m.abouts = m.categories
	}
	for i, bits := range m.categories {
		m.abouts[i] |= bits
	}
	return m
}

// enter gives the rows that fulfil an atom its bit, and reports whether there may be any.
func (m *matcher) enter(ctx context.Context, a *atom, bit uint8) bool {
	written := m.view.facts.writings()
	switch {
	case a.kind == oneAccount:
		found := false
		for i, key := range m.batch.Accounts {
			if key == a.account || a.account.Account == "" && key.Item == a.account.Item {
				marks(&m.accounts, len(m.batch.Accounts))[i] |= bit
				found = true
			}
		}
		return found
	case a.kind == ofState && (a.state == isNoted || a.state == isTagged):
		return written.mark(marks(&m.written, len(written.rows)), bit, a.state)
	case a.kind == ofAmount, a.kind == ofDay, a.kind == ofState:
		m.columns = append(m.columns, newColumn(m.batch, a, bit))
		return true
	}
	found := m.look(ctx, a, bit, m.places(a.kind, written))
	if a.number {
		m.columns = append(m.columns, newColumn(m.batch, a, bit))
	}
	return found || a.number
}

// place is texts that are searched, and the marks they are given.
type place struct {
	texts entries
	marks []uint8
}

// places are where an atom's word is looked for.
func (m *matcher) places(k kind, written *writings) []place {
	b := m.batch
	if k == ofAccount || k == ofBank {
		return []place{{m.view.accounts(k), marks(&m.accounts, len(b.Accounts))}}
	}
	own := marks(&m.written, len(written.rows))
	switch k {
	case ofTag:
		return []place{{written.tags, own}}
	case ofNote:
		return []place{{written.notes, own}}
	}
	texts, abouts := m.view.words.of(b)
	if k == ofCategory {
		return []place{{abouts, marks(&m.categories, len(b.Abouts))}, {written.categories, own}}
	}
	return []place{{texts, marks(&m.texts, len(b.Texts))}, {abouts, marks(&m.words, len(b.Abouts))}, {written.all, own}}
}

// accounts is what accounts may be called, or their banks.
func (v *View) accounts(k kind) entries {
	var all entries
	for _, key := range v.batch.Accounts {
		if a := v.facts.accounts[key]; k == ofBank {
			all.add(a.Bank)
		} else {
			all.add(a.Name, a.Mask)
		}
	}
	return all
}

// marks is a mark for each of so many entries, made when first needed.
func marks(all *[]uint8, entries int) []uint8 {
	if *all == nil {
		*all = make([]uint8, entries)
	}
	return *all
}

// look marks the entries that have an atom's word, or, where none has it, those close to it. It asks
// all texts that are known, not only those of v's rows: so what is found in a part of a list is what
// is found in the list, and is in that part.
func (m *matcher) look(ctx context.Context, a *atom, bit uint8, in []place) (found bool) {
	for _, p := range in {
		found = p.texts.mark(p.marks, bit, a.word) || found
	}
	if found || !a.guessable() {
		return found
	}
	for _, p := range in {
		found = p.texts.near(ctx, p.marks, bit, a.word) || found
	}
	if found {
		m.guessed = append(m.guessed, a.said)
	}
	return found
}

// find puts those of a block of rows that match into hits, which has room for all, and returns how
// many they are.
func (m *matcher) find(rows, hits []uint32) int {
	n, ok := 0, &m.ok
	if m.texts != nil && len(m.written) == 0 && m.accounts == nil && m.columns == nil {
		name, bank, about, texts, abouts := m.batch.Name, m.batch.BankText, m.batch.About, m.texts, m.abouts
		for _, row := range rows {
			hits[n] = row
			if ok[texts[name[row]]|texts[bank[row]]|abouts[about[row]]] {
				n++
			}
		}
		return n
	}
	var all [block]uint8
	has := all[:len(rows)]
	m.texted(rows, has)
	if m.accounts != nil {
		for i, row := range rows {
			has[i] |= m.accounts[m.batch.Account[row]]
		}
	}
	for k := range m.columns {
		c := &m.columns[k]
		for i, row := range rows {
			if has[i]&c.bit == 0 && c.has(m.view, row) {
				has[i] |= c.bit
			}
		}
	}
	for i, row := range rows {
		hits[n] = row
		if ok[has[i]] {
			n++
		}
	}
	return n
}

// texted sets the bits of what the texts of rows have, the bank's and the person's.
func (m *matcher) texted(rows []uint32, has []uint8) {
	name, bank, about := m.batch.Name, m.batch.BankText, m.batch.About
	switch {
	case m.texts != nil:
		for i, row := range rows {
			has[i] = m.texts[name[row]] | m.texts[bank[row]] | m.abouts[about[row]]
		}
	case m.abouts != nil:
		for i, row := range rows {
			has[i] = m.abouts[about[row]]
		}
	}
	if len(m.written) == 0 {
		return
	}
	written := m.view.facts.writings()
	for i, row := range rows {
		n, is := written.find(row)
		if !is {
			continue
		}
		if m.categories != nil && written.recategorised[n] {
			has[i] = 0
			if m.texts != nil {
				has[i] = m.texts[name[row]] | m.texts[bank[row]] | m.words[about[row]]
			}
		}
		has[i] |= m.written[n]
	}
}
