package query

import "tartan/plaidapi"

// PageRows is how many rows Pages puts on a page at most.
const PageRows = 16_384

// Pages yields what is known as pages to load again: one Item after the other, its rows in their
// order, none of them dead. It is a snapshot, and it ends with the first error of yield. Cursor,
// Partial and Began of the pages are the caller's.
func (x *Index) Pages(yield func(plaidapi.Page) error) error {
	x.mu.Lock()
	x.settle()
	items := make([][]uint32, len(x.items))
	for _, row := range x.order.rows() {
		n := x.item(row)
		items[n] = append(items[n], row)
	}
	b, ids := *x.batch, x.items
	x.mu.Unlock()
	for n, rows := range items {
		for at := 0; at < len(rows); at += PageRows {
			end := min(at+PageRows, len(rows))
			p := plaidapi.Page{ItemID: ids[n], Put: plaidapi.NewBatch(0), Rows: end, Oldest: b.Dates[rows[end-1]]}
			if err := p.Put.AppendRows(&b, rows[at:end]); err != nil {
				return err
			}
			if err := yield(p); err != nil {
				return err
			}
		}
	}
	return nil
}
