package query

import (
	"context"
	"slices"
	"sync"

	"tartan/plaidapi"
)

// View is a list of transactions as they were when it was made. It never changes, and is safe for
// concurrent use.
type View struct {
	batch plaidapi.Batch // a copy of the header: it grows no more
	rows  []uint32
	words *folded
	facts *placed

	guessed []string // words of the last Filter that only close spellings were found for

	counted sync.Once
	totals  totals
}

func newView(b plaidapi.Batch, rows []uint32, words *folded, facts *placed) *View {
	return &View{batch: b, rows: rows, words: words, facts: facts}
}

// Len is the number of transactions.
func (v *View) Len() int { return len(v.rows) }

// At is a transaction: 0 is the newest.
func (v *View) At(i int) plaidapi.Transaction { return v.batch.At(int(v.rows[i])) }

// Find is those of v's transactions that f looks for, in their order, with their sums. It fails
// with the error of ctx, which it looks at now and then. For a Filter of everything it is v.
func (v *View) Find(ctx context.Context, f Filter) (*View, error) {
	clauses := f.clauses()
	if len(clauses) == 0 {
		v.count()
		return v, ctx.Err()
	}
	found := newView(v.batch, v.rows, v.words, v.facts)
	var all totals
	var guessed []string
	for len(clauses) > 0 {
		n := together(clauses)
		m := newMatcher(ctx, v, clauses[:n])
		found.rows, all = scan(ctx, &v.batch, found.rows, m)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		guessed = append(guessed, m.guessed...)
		clauses = clauses[n:]
	}
	found.guessed = guessed
	found.counted.Do(func() { found.totals = all })
	return found, nil
}

// count gives the totals, which are made once.
func (v *View) count() *totals {
	v.counted.Do(func() { _, v.totals = scan(context.Background(), &v.batch, v.rows, nil) })
	return &v.totals
}

// Sums are what came in and went out, a Sum a currency, in the order that currencies are met. The
// first call on an Index's own View takes a pass over it; not to be changed.
func (v *View) Sums() []Sum { return slices.Clip(v.count().sums) }

// Unadded is how many transactions are in no sum: their amounts cannot be read, or do not fit.
func (v *View) Unadded() int { return v.count().unadded }

// Mixed reports whether there are several currencies.
func (v *View) Mixed() bool { return len(v.count().sums) > 1 }

// HasPending reports whether any transaction is pending.
func (v *View) HasPending() bool { return v.count().pending }

// Oldest is the day of the last transaction, 0 if there is none.
func (v *View) Oldest() plaidapi.Date {
	if len(v.rows) == 0 {
		return 0
	}
	return v.batch.Dates[v.rows[len(v.rows)-1]]
}

// Position is where an Item's transaction stands; -1 when it is not in the list.
func (v *View) Position(itemID, id string) int {
	for i, row := range v.rows {
		own, _ := v.batch.ID(int(row))
		if string(own) == id && v.batch.Accounts[v.batch.Account[row]].Item == itemID {
			return i
		}
	}
	return -1
}

// Newest is a Batch of the first n transactions, or of all if there are less.
func (v *View) Newest(n int) *plaidapi.Batch {
	b := plaidapi.NewBatch(0)
	_ = b.AppendRows(&v.batch, v.rows[:min(n, len(v.rows))]) // a part fits where all did
	return b
}
