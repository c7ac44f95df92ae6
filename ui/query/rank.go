package query

import (
	"cmp"
	"encoding/binary"
	"slices"

	"tartan/plaidapi"
)

// nameKeys are the ranks of rows by what they are called.
func (v *View) nameKeys(descending bool) func(row uint32) uint32 {
	b := &v.batch
	return v.textKeys(b.Name, len(b.Texts), descending,
		func(entry int) string { return b.Texts[entry] }, func(w Written) string { return w.Name })
}

// categoryKeys are the ranks of rows by their categories.
func (v *View) categoryKeys(descending bool) func(row uint32) uint32 {
	b := &v.batch
	return v.textKeys(b.About, len(b.Abouts), descending,
		func(entry int) string { return narrowest(b.Abouts[entry].Category) }, func(w Written) string { return w.Category })
}

// narrowest is the last word of a category.
func narrowest(c plaidapi.Category) string {
	if len(c.Path) == 0 {
		return ""
	}
	return c.Path[len(c.Path)-1]
}

// accountKeys are the ranks of rows by their accounts.
func (v *View) accountKeys(descending bool) func(row uint32) uint32 {
	b := &v.batch
	texts := make([]string, len(b.Accounts))
	for i, key := range b.Accounts {
		if a := v.facts.accounts[key]; a.Name != "" || a.Mask != "" {
			texts[i] = a.Name + "\x00" + a.Mask + "\x00" + a.Bank
		}
	}
	ranks := ranked(texts, descending)
	return func(row uint32) uint32 { return ranks[b.Account[row]] }
}

// textKeys are the ranks of rows by what a column names in a dictionary of so many entries, or by
// the person's own words where something is written. Each text that v has is ranked once.
func (v *View) textKeys(column []uint32, entries int, descending bool,
	text func(entry int) string, own func(Written) string,
) func(row uint32) uint32 {
	used := make([]bool, entries)
	for _, row := range v.rows {
		used[column[row]] = true
	}
	var texts []string
	places := make([]uint32, entries) // of each entry among texts
	for entry, is := range used {
		if is {
			places[entry] = uint32(len(texts))
			texts = append(texts, text(entry))
		}
	}
	var written bitset
	words := map[string]uint32{} // of the person: their places among texts
	for row, w := range v.facts.rows {
		word := own(w)
		if word == "" {
			continue
		}
		if written == nil {
			written = newBitset(v.batch.Len())
		}
		written.set(row)
		if _, is := words[word]; !is {
			words[word] = uint32(len(texts))
			texts = append(texts, word)
		}
	}
	ranks := ranked(texts, descending)
	return func(row uint32) uint32 {
		if written.has(row) {
			return ranks[words[own(v.facts.rows[row])]]
		}
		return ranks[places[column[row]]]
	}
}

// ranked is the rank of each text among all, without regard to capitals and accents. Those without
// any letters have the last.
func ranked(texts []string, descending bool) []uint32 {
	type entry struct {
		start uint64 // the first letters, which decide most comparisons
		text  string
		place int
	}
	entries := make([]entry, len(texts))
	for i, text := range texts {
		text = fold(text)
		var start [8]byte
		copy(start[:], text)
		entries[i] = entry{binary.BigEndian.Uint64(start[:]), text, i}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.text, b.text))
	})
	ranks, rank, last := make([]uint32, len(texts)), uint32(0), uint32(len(texts))
	for i, e := range entries {
		if i > 0 && e.text != entries[i-1].text {
			rank++
		}
		switch {
		case e.text == "":
			ranks[e.place] = last
		case descending:
			ranks[e.place] = last - 1 - rank
		default:
			ranks[e.place] = rank
		}
	}
	return ranks
}
