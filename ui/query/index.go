package query

import (
	"sync"

	"tartan/plaidapi"
)

// Index is the transactions of all Items. It is safe for concurrent use; nobody waits for a search.
type Index struct {
	mu    sync.Mutex
	batch *plaidapi.Batch // all rows, the dead among them
	order order           // the living ones
	words *folded         // what searches read
	items []string        // IDs, in the order of their first appearance
	byID  map[string]uint16
	of    []uint16 // the Item of each of the batch's accounts: a place in items

	loaded int    // rows from here on were loaded, but are not in order yet
	gone   []gone // what the loaded pages took away
	known  *known // finds rows; nil until somebody asks, and after Rest
	view   *View  // of all; nil when something changed since it was made
	facts  Facts
}

// gone is a row that a loaded page took away: those before a row number.
type gone struct {
	item, id string
	before   uint32
}

// New makes an empty Index.
func New() *Index {
	x := &Index{byID: map[string]uint16{}}
	x.begin(plaidapi.NewBatch(0))
	return x
}

// begin goes on with a Batch that nothing is known of.
func (x *Index) begin(b *plaidapi.Batch) {
	x.batch, x.words, x.of, x.known, x.view = b, &folded{}, nil, nil, nil
	x.know()
}

// Reserve makes room for that many more rows, so that loading them copies nothing twice, and for
// some that come afterwards.
func (x *Index) Reserve(rows int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.batch.Grow(rows + rows/64 + 1_000)
}

// View is all transactions as they are now.
func (x *Index) View() *View {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	if x.view == nil {
		x.view = newView(*x.batch, x.order.rows(), x.words, x.placed())
	}
	return x.view
}

// Dead is how many rows take room although they are gone.
func (x *Index) Dead() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	return x.batch.Len() - x.order.len()
}

// Rest gives up what only Diff and Apply need, 6 bytes a row. The next of them makes it again, at
// 40 ms a million rows.
func (x *Index) Rest() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.known = nil
}

// Drop forgets an Item's transactions.
func (x *Index) Drop(itemID string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	n, known := x.byID[itemID]
	if !known {
		return
	}
	kept := make([]uint32, 0, x.order.len())
	for _, row := range x.order.rows() {
		if x.item(row) != n {
			kept = append(kept, row)
		}
	}
	x.order = newOrder(kept)
	x.known, x.view = nil, nil
	x.tidy()
}

// know gives accounts that are new their Items.
func (x *Index) know() {
	for _, key := range x.batch.Accounts[len(x.of):] {
		n, known := x.byID[key.Item]
		if !known {
			n = uint16(len(x.items)) // there are no more than accounts
			x.items, x.byID[key.Item] = append(x.items, key.Item), n
		}
		x.of = append(x.of, n)
	}
}

// item is which Item a row belongs to.
func (x *Index) item(row uint32) uint16 { return x.of[x.batch.Account[row]] }

// compare is the order of the list. It is 0 only for a row and itself.
func (x *Index) compare(a, b uint32) int {
	if c := x.batch.Compare(int(a), int(b)); c != 0 {
		return c
	}
	if c := int(x.item(a)) - int(x.item(b)); c != 0 {
		return c
	}
	return int(a) - int(b)
}

// tidy makes a new Batch of the living rows when the dead take too much room.
func (x *Index) tidy() {
	const few = 10_000
	if dead := x.batch.Len() - x.order.len(); dead <= x.order.len()/2+few {
		return
	}
	b := plaidapi.NewBatch(0)
	if err := b.AppendRows(x.batch, x.order.rows()); err != nil {
		return // a part has room where all had; and the old Batch does as well
	}
	x.begin(b)
	x.order = newOrder(identity(b.Len()))
	x.loaded = b.Len()
}
