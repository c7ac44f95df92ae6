package query

import (
	"encoding/binary"

	"tartan/plaidapi"
)

// Load takes in a page that was saved. Pages come in the order they were applied in, and after the
// last one Loaded puts all in order. It fails with plaidapi.ErrBatchFull, and then the page is not
// taken in.
func (x *Index) Load(p plaidapi.Page) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	before := uint32(x.batch.Len())
	if p.Put != nil {
		if err := x.batch.AppendBatch(p.Put); err != nil {
			return err
		}
		x.know()
	}
	for _, id := range p.Gone {
		x.gone = append(x.gone, gone{p.ItemID, id, before})
	}
	return nil
}

// Loaded puts what was loaded in order, without what later pages took away. Whatever else is asked
// of the Index does so first if it has to.
func (x *Index) Loaded() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
}

// settle is Loaded.
func (x *Index) settle() {
	total := x.batch.Len()
	if x.loaded == total && len(x.gone) == 0 {
		return
	}
	rows := append(make([]uint32, 0, x.order.len()+total-x.loaded), x.order.rows()...)
	for row := x.loaded; row < total; row++ {
		rows = append(rows, uint32(row))
	}
	if len(x.gone) > 0 {
		rows = x.living(rows)
	}
	x.order = newOrder(x.sorted(rows))
	x.loaded, x.gone, x.known, x.view = total, nil, nil, nil
}

// living drops rows that a page took away. Of most rows it looks at the end of the ID only.
func (x *Index) living(rows []uint32) []uint32 {
	type key struct {
		item uint16
		id   string
	}
	before := make(map[key]uint32, len(x.gone))
	size := 1 << 10
	for size < 16*len(x.gone) {
		size *= 2
	}
	marked := make([]bool, size)
	last := uint32(0)
	for _, g := range x.gone {
		n, known := x.byID[g.item]
		if !known {
			continue
		}
		before[key{n, g.id}] = g.before
		marked[ending(g.id)%uint64(size)] = true
		last = max(last, g.before)
	}
	kept := rows[:0]
	for _, row := range rows {
		if row < last {
			id, _ := x.batch.ID(int(row))
			if marked[ending(id)%uint64(size)] && before[key{x.item(row), string(id)}] > row {
				continue
			}
		}
		kept = append(kept, row)
	}
	return kept
}

// ending makes a number of the last bytes of an ID, which differ the most.
func ending[T string | []byte](id T) uint64 {
	var end [8]byte
	copy(end[:], id[max(0, len(id)-8):])
	return binary.LittleEndian.Uint64(end[:]) * 0x9E3779B97F4A7C15 >> 32
}
