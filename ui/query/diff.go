package query

import (
	"slices"

	"tartan/plaidapi"
)

// difference is a page under way: what changes of an Item's rows would do to those that are known.
type difference struct {
	x    *Index
	item uint16
	seen bool // rows of the Item came before

	replace *plaidapi.Span
	told    []news          // what came and stays, the last version of each, in the order told
	gone    map[uint32]bool // the rows that are living no more
	rows    []uint32        // gone, in the order found
	put     []*plaidapi.Transaction
}

// news is a row that came.
type news struct {
	*plaidapi.Transaction
	old   uint32 // the row it was
	known bool   // there is one
	same  bool   // and it tells the same
}

// Diff is what changes that a bank told would do, as a page to save and then to Apply: only
// differences. A row that is known in the same words is left out, unless it comes behind one of its
// day that is new, reads otherwise or stood elsewhere: then it is put again, to stand behind that
// one. A pending row gives way to a posted one that names it, in whichever order they come. Nothing
// of the Index changes. Cursor, Partial and Began of the page are the caller's. It fails with
// plaidapi.ErrBatchFull.
func (x *Index) Diff(itemID string, c plaidapi.Changes) (plaidapi.Page, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	x.look()
	d := &difference{x: x, replace: c.Replace, gone: map[uint32]bool{}}
	d.item, d.seen = x.byID[itemID]
	d.hear(itemID, c)
	d.vanish()
	d.place()
	return d.page(itemID)
}

// hear takes in what was told: the last version of each row, where it came first; what was removed
// is not in it.
func (d *difference) hear(itemID string, c plaidapi.Changes) {
	removed := make(map[string]bool, len(c.Removed))
	for _, id := range c.Removed {
		removed[id] = true
		if row, known := d.find(id); known {
			d.lose(row)
		}
	}
	places := make(map[string]int, len(c.Added)+len(c.Modified))
	for _, rows := range [][]plaidapi.Transaction{c.Added, c.Modified} {
		for i := range rows {
			t := &rows[i]
			if removed[t.ID] {
				continue
			}
			if t.ItemID != itemID {
				own := *t
				own.ItemID = itemID
				t = &own
			}
			if at, again := places[t.ID]; again {
				d.told[at].Transaction = t
				continue
			}
			places[t.ID] = len(d.told)
			d.told = append(d.told, news{Transaction: t})
		}
	}
	for i := range d.told {
		n := &d.told[i]
		if n.old, n.known = d.find(n.ID); n.known {
			n.same = d.x.batch.Same(int(n.old), n.Transaction)
		}
	}
}

// find is the living row with that ID.
func (d *difference) find(id string) (row uint32, known bool) {
	if !d.seen {
		return 0, false
	}
	return d.x.find(d.item, id)
}

// lose notes that a row is gone.
func (d *difference) lose(row uint32) {
	if !d.gone[row] {
		d.gone[row] = true
		d.rows = append(d.rows, row)
	}
}

// vanish finds what is no more: known rows of days that were told without them, and pending rows
// that a posted one names.
func (d *difference) vanish() {
	x := d.x
	again := make(map[uint32]bool, len(d.told)) // known rows that were told
	posted := map[string]bool{}
	for _, n := range d.told {
		if n.known {
			again[n.old] = true
		}
		if !n.Pending && n.PendingID != "" {
			posted[n.PendingID] = true
		}
	}
	if d.seen && d.replace != nil {
		from, to := x.days(*d.replace)
		for _, row := range x.order.rows()[from:to] {
			if x.item(row) == d.item && !again[row] {
				d.lose(row)
			}
		}
	}
	for _, n := range d.told {
		if !posted[n.PendingID] {
			continue
		}
		if row, known := d.find(n.PendingID); known && x.batch.Pending[row] {
			d.lose(row)
		}
	}
	// Of the known rows that posted, those count that stay as they are; the others are in posted.
	d.told = slices.DeleteFunc(d.told, func(n news) bool {
		if !n.Pending {
			return false
		}
		superseded := posted[n.ID]
		if d.seen && !superseded {
			_, superseded = x.known.replaced.find([]byte(n.ID), func(row uint32) bool {
				return x.item(row) == d.item && !d.gone[row] && !again[row]
			})
		}
		if superseded && n.known {
			d.lose(n.old)
		}
		return superseded
	})
}

// replaced reports whether a known row stands on a day that was told anew.
func (d *difference) replaced(row uint32) bool {
	return d.replace != nil && d.replace.Has(d.x.batch.Dates[row])
}

// place finds which rows are put: those that differ, and those of the same day that come behind
// them. A row whose day is not told anew keeps its place in the day; the others follow as told.
func (d *difference) place() {
	versions := map[uint32]*plaidapi.Transaction{} // what takes the place of a known row
	var fresh []news
	for _, n := range d.told {
		switch {
		case !n.known || d.replaced(n.old) || !d.beside(n):
			fresh = append(fresh, n)
			if n.known && !d.beside(n) {
				d.lose(n.old)
			}
		case !n.same:
			versions[n.old] = n.Transaction
		}
	}
	d.revise(versions)
	slices.SortStableFunc(fresh, func(a, b news) int { return a.Compare(b.Transaction) })
	stays, last := true, uint32(0) // a part of the day, from its top, that reads as it did
	for i, n := range fresh {
		if i == 0 || n.Compare(fresh[i-1].Transaction) != 0 {
			stays, last = true, 0
		}
		if stays = stays && n.same && n.old >= last; stays {
			last = n.old
			continue
		}
		if n.known {
			d.lose(n.old)
		}
		d.put = append(d.put, n.Transaction)
	}
	slices.SortStableFunc(d.put, (*plaidapi.Transaction).Compare)
}

// beside reports whether what came has the day of the row it was, and is pending if that is.
func (d *difference) beside(n news) bool {
	return d.x.batch.Dates[n.old] == n.Date && d.x.batch.Pending[n.old] == n.Pending
}

// revise puts new versions in the places of known rows: what follows in the day comes again.
func (d *difference) revise(versions map[uint32]*plaidapi.Transaction) {
	x := d.x
	first := make([]uint32, 0, len(versions))
	for row := range versions {
		first = append(first, row)
	}
	slices.SortFunc(first, x.compare)
	rows := x.order.rows()
	for i, row := range first {
		if i > 0 && x.batch.Compare(int(first[i-1]), int(row)) == 0 {
			continue // it came with the one before
		}
		for _, next := range rows[x.place(row):] {
			if x.item(next) != d.item || x.batch.Compare(int(row), int(next)) != 0 {
				break
			}
			if d.gone[next] {
				continue
			}
			t := versions[next]
			if t == nil {
				known := x.batch.At(int(next))
				t = &known
			}
			d.lose(next)
			d.put = append(d.put, t)
		}
	}
}

// page writes down the difference.
func (d *difference) page(itemID string) (plaidapi.Page, error) {
	p := plaidapi.Page{ItemID: itemID}
	for _, row := range d.rows {
		id, _ := d.x.batch.ID(int(row))
		p.Gone = append(p.Gone, string(id))
	}
	if d.seen && int(d.item) < len(d.x.known.items) {
		was := d.x.known.items[d.item]
		p.Rows, p.Oldest = was.rows-len(d.rows), was.oldest
		if slices.ContainsFunc(d.rows, func(row uint32) bool { return d.x.batch.Dates[row] == was.oldest }) {
			p.Oldest = d.x.oldest(d.item, d.gone)
		}
	}
	if len(d.put) == 0 {
		return p, nil
	}
	p.Put = plaidapi.NewBatch(len(d.put))
	for _, t := range d.put {
		if err := p.Put.Append(t); err != nil {
			return plaidapi.Page{}, err
		}
	}
	if last := d.put[len(d.put)-1].Date; p.Rows == 0 || last < p.Oldest {
		p.Oldest = last
	}
	p.Rows += len(d.put)
	return p, nil
}
