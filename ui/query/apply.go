package query

import (
	"slices"

	"tartan/plaidapi"
)

// known finds living rows, and what Diff must know of Items.
type known struct {
	own      *table // by ID
	replaced *table // posted ones, by the ID of the pending row that each replaced
	items    []state
}

// state is what is known of an Item's living rows.
type state struct {
	rows   int
	oldest plaidapi.Date
}

// look makes what finds rows, the first time that somebody asks.
func (x *Index) look() *known {
	if x.known != nil {
		return x.known
	}
	b := x.batch
	x.known = &known{
		own: newTable(x.order.len(), func(row uint32) []byte {
			id, _ := b.ID(int(row))
			return id
		}),
		replaced: newTable(0, func(row uint32) []byte {
			_, pending := b.ID(int(row))
			return pending
		}),
	}
	for _, row := range x.order.rows() {
		x.enter(row)
	}
	return x.known
}

// enter makes a row known.
func (x *Index) enter(row uint32) {
	k, n := x.known, int(x.item(row))
	for n >= len(k.items) {
		k.items = append(k.items, state{})
	}
	if it, date := &k.items[n], x.batch.Dates[row]; it.rows == 0 || date < it.oldest {
		it.oldest = date
	}
	k.items[n].rows++
	k.own.add(row)
	if x.names(row) && !k.replaced.crowded(row) {
		k.replaced.add(row)
	}
}

// leave forgets a row. Its Item's oldest day may be another afterwards.
func (x *Index) leave(row uint32) {
	x.known.items[x.item(row)].rows--
	x.known.own.remove(row)
	if x.names(row) {
		x.known.replaced.remove(row)
	}
}

// names reports whether a row posted and names the pending one that it replaced.
func (x *Index) names(row uint32) bool {
	_, pending := x.batch.ID(int(row))
	return len(pending) > 0 && !x.batch.Pending[row]
}

// find is the living row of an Item with that ID.
func (x *Index) find(item uint16, id string) (row uint32, found bool) {
	return x.look().own.find([]byte(id), func(row uint32) bool { return x.item(row) == item })
}

// Apply takes in a page that Diff made, once it is saved. It fails with plaidapi.ErrBatchFull, and
// then nothing has changed.
func (x *Index) Apply(p plaidapi.Page) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	x.look()
	gone := x.goneRows(p)
	if p.Put != nil {
		if err := x.batch.AppendBatch(p.Put); err != nil {
			return err
		}
		x.know()
	}
	fresh := make([]uint32, 0, x.batch.Len()-x.loaded)
	for row := x.loaded; row < x.batch.Len(); row++ {
		fresh = append(fresh, uint32(row))
	}
	fresh = x.sorted(fresh)
	x.loaded = x.batch.Len()
	if len(gone) == 0 && len(fresh) == 0 {
		return nil
	}
	was, places := make([]int, len(gone)), make([]int, len(fresh))
	n, stale := x.byID[p.ItemID], false
	for i, row := range gone {
		was[i] = x.place(row)
		stale = stale || x.batch.Dates[row] == x.known.items[n].oldest
		x.leave(row)
	}
	for i, row := range fresh {
		places[i] = x.place(row)
		x.enter(row)
	}
	slices.Sort(was)
	x.order.change(was, fresh, places)
	x.view = nil
	if stale {
		x.known.items[n].oldest = x.oldest(n, nil)
	}
	x.tidy()
	return nil
}

// goneRows finds the rows that a page takes away, each once.
func (x *Index) goneRows(p plaidapi.Page) []uint32 {
	n, known := x.byID[p.ItemID]
	if !known {
		return nil
	}
	var rows []uint32
	for _, id := range p.Gone {
		if row, found := x.find(n, id); found {
			rows = append(rows, row)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// oldest is the day of an Item's last row that is not gone; 0 when there is none.
func (x *Index) oldest(item uint16, gone map[uint32]bool) plaidapi.Date {
	for _, row := range slices.Backward(x.order.rows()) {
		if x.item(row) == item && !gone[row] {
			return x.batch.Dates[row]
		}
	}
	return 0
}
