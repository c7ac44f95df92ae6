package query

import (
	"bytes"
	"hash/maphash"
)

// table finds rows by an ID: row numbers in an open-addressing hash table, 5 to 8 bytes a row.
type table struct {
	seed  maphash.Seed
	id    func(row uint32) []byte
	slots []uint32 // a row plus firstRow, or free or removed
	used  int      // slots that are not free
	rows  int
}

// What else than a row a slot holds.
const (
	free = iota
	removed
	firstRow
)

func newTable(rows int, id func(row uint32) []byte) *table {
	t := &table{seed: maphash.MakeSeed(), id: id}
	t.resize(rows)
	return t
}

// resize makes all slots free: enough for that many rows and some more.
func (t *table) resize(rows int) {
	t.slots, t.used, t.rows = make([]uint32, rows+rows/2+16), 0, 0
}

// first is the slot where the search for an ID begins.
func (t *table) first(id []byte) int {
	return int(maphash.Bytes(t.seed, id) >> 32 * uint64(len(t.slots)) >> 32)
}

// add makes t find a row. Several may have one ID.
func (t *table) add(row uint32) {
	if t.used*5 >= len(t.slots)*4 {
		t.rehash()
	}
	i := t.first(t.id(row))
	for t.slots[i] >= firstRow {
		i = t.after(i)
	}
	if t.slots[i] == free {
		t.used++
	}
	t.slots[i] = row + firstRow
	t.rows++
}

// crowded reports whether many rows have the ID of this one already. A bank whose rows all name one
// pending row must not make a search walk along all of them; a few of them do.
func (t *table) crowded(row uint32) bool {
	const most = 16
	n := 0
	t.find(t.id(row), func(uint32) bool {
		n++
		return n == most
	})
	return n == most
}

// remove makes t find a row no more.
func (t *table) remove(row uint32) {
	for i := t.first(t.id(row)); t.slots[i] != free; i = t.after(i) {
		if t.slots[i] == row+firstRow {
			t.slots[i] = removed
			t.rows--
			return
		}
	}
}

// find is the first row with that ID which is the one that is looked for.
func (t *table) find(id []byte, is func(row uint32) bool) (row uint32, found bool) {
	for i := t.first(id); t.slots[i] != free; i = t.after(i) {
		if t.slots[i] < firstRow {
			continue
		}
		if row = t.slots[i] - firstRow; bytes.Equal(t.id(row), id) && is(row) {
			return row, true
		}
	}
	return 0, false
}

func (t *table) after(i int) int {
	if i++; i < len(t.slots) {
		return i
	}
	return 0
}

// rehash makes room, and forgets where rows were removed.
func (t *table) rehash() {
	old := t.slots
	t.resize(t.rows)
	for _, slot := range old {
		if slot >= firstRow {
			t.add(slot - firstRow)
		}
	}
}
