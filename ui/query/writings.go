package query

import (
	"maps"
	"math/bits"
	"slices"
)

// writings is what the person wrote about rows, as it is searched: an entry a row.
type writings struct {
	rows          []uint32 // ascending
	placed        []uint64 // a bit for each row up to the last of them
	before        []uint32 // how many bits are set before each of these
	recategorised []bool   // the row has the person's own category

	all, categories, tags, notes entries
}

// writings is made when first needed.
func (p *placed) writings() *writings {
	p.searched.Do(func() { p.written = newWritings(p.rows) })
	return p.written
}

func newWritings(rows map[uint32]Written) *writings {
	w := &writings{rows: slices.Sorted(maps.Keys(rows))}
	if len(w.rows) == 0 {
		return w
	}
	const a = 64 // rows in one of placed
	w.placed = make([]uint64, w.rows[len(w.rows)-1]/a+1)
	w.before = make([]uint32, len(w.placed))
	for _, row := range w.rows {
		w.placed[row/a] |= 1 << (row % a)
		said := rows[row]
		w.all.add(append([]string{said.Name, said.Note, said.Category}, said.Tags...)...)
		w.categories.add(said.Category)
		w.tags.add(said.Tags...)
		w.notes.add(said.Note)
		w.recategorised = append(w.recategorised, said.Category != "")
	}
	for i := range w.placed[1:] {
		w.before[i+1] = w.before[i] + uint32(bits.OnesCount64(w.placed[i]))
	}
	return w
}

// find is the entry of a row, if it has one.
func (w *writings) find(row uint32) (entry uint32, is bool) {
	n := int(row / 64)
	if n >= len(w.placed) {
		return 0, false
	}
	bit := uint64(1) << (row % 64)
	if w.placed[n]&bit == 0 {
		return 0, false
	}
	return w.before[n] + uint32(bits.OnesCount64(w.placed[n]&(bit-1))), true
}

// mark sets a bit for each entry with a note or a tag, and reports whether there is any.
func (w *writings) mark(marks []uint8, bit uint8, s condition) (found bool) {
	all := &w.notes
	if s == isTagged {
		all = &w.tags
	}
	for i := range marks {
		if slices.ContainsFunc(all.entry(i), func(c byte) bool { return c != between }) {
			marks[i] |= bit
			found = true
		}
	}
	return found
}
