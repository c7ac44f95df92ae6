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
	kinds *kinds

	sorted  bool     // rows are in another order than that of the list
	single  bool     // found as the transactions of one account
	guessed []string // words of the last Filter that only close spellings were found for
	sums    *counted
}

// counted is the totals of some rows, made once. A sorted View shares those of what it was made of.
type counted struct {
	once   sync.Once
	rows   []uint32
	totals totals
}

// newView is the View of all rows of an Index: the list.
func newView(b plaidapi.Batch, rows []uint32, words *folded, facts *placed) *View {
	return &View{batch: b, rows: rows, words: words, facts: facts, kinds: &kinds{list: rows}, sums: &counted{rows: rows}}
}

// with is a View of other rows of the same list.
func (v *View) with(rows []uint32) *View {
	other := *v
	other.rows, other.sums = rows, &counted{rows: rows}
	return &other
}

// Len is the number of transactions.
func (v *View) Len() int { return len(v.rows) }

// At is a transaction: 0 is the first, which is the newest unless the View is Sorted otherwise.
func (v *View) At(i int) plaidapi.Transaction { return v.batch.At(int(v.rows[i])) }

// Row is what tells a transaction from the others in all Views that are the Same.
func (v *View) Row(i int) uint32 { return v.rows[i] }

// Same reports whether a Row is the same transaction in the same words in both Views. It is not
// when the Index has rebuilt itself in between.
func (v *View) Same(other *View) bool { return v.words == other.words }

// Find is those of v's transactions that f looks for, in their order, with their sums. It fails
// with the error of ctx, which it looks at now and then. For a Filter of everything it is v.
func (v *View) Find(ctx context.Context, f Filter) (*View, error) {
	clauses := f.clauses()
	if len(clauses) == 0 {
		v.count()
		return v, ctx.Err()
	}
	found := v.with(v.rows)
	found.single = v.single || f.Account.Account != ""
	var all totals
	var guessed []string
	for len(clauses) > 0 {
		n := together(clauses)
		m := newMatcher(ctx, v, clauses[:n])
		found.rows, all = scan(ctx, &v.batch, found.rows, m, found.uncounted())
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		guessed = append(guessed, m.guessed...)
		clauses = clauses[n:]
	}
	found.guessed = guessed
	found.sums.once.Do(func() { found.sums.totals = all })
	return found, nil
}

// count gives the totals.
func (v *View) count() *totals {
	v.sums.once.Do(func() {
		_, v.sums.totals = scan(context.Background(), &v.batch, v.sums.rows, nil, v.uncounted())
	})
	return &v.sums.totals
}

// Sums are what came in and went out, a Sum a currency, in the order that currencies are met. The
// first call on a View that Find did not make takes a pass over it; not to be changed.
//
// What the person left out of totals is in none, and neither are transfers between two of the
// person's own accounts. In a View that Find made for one account, transfers count, and so does
// what is left out only because the whole account is.
func (v *View) Sums() []Sum { return slices.Clip(v.count().sums) }

// Unadded is how many transactions are in no sum because their amounts cannot be read, or do not fit.
func (v *View) Unadded() int { return v.count().unadded }

// Uncounted is how many transactions are in no sum because they are transfers, or left out. What is
// both is left out.
func (v *View) Uncounted() (transfers, leftOut int) {
	t := v.count()
	return t.transfers, t.leftOut
}

// Mixed reports whether there are several currencies, among what is in no sum too.
func (v *View) Mixed() bool { return v.count().mixed() }

// HasPending reports whether any transaction is pending.
func (v *View) HasPending() bool { return v.count().pending }

// list is v's rows in the order of the list.
func (v *View) list() []uint32 {
	if !v.sorted {
		return v.rows
	}
	if len(v.rows) == len(v.kinds.list) {
		return v.kinds.list
	}
	own := newBitset(v.batch.Len())
	for _, row := range v.rows {
		own.set(row)
	}
	rows := make([]uint32, 0, len(v.rows))
	for _, row := range v.kinds.list {
		if own.has(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// Oldest is the day of the oldest transaction, 0 if there is none.
func (v *View) Oldest() plaidapi.Date {
	switch {
	case len(v.rows) == 0:
		return 0
	case !v.sorted:
		return v.batch.Dates[v.rows[len(v.rows)-1]]
	}
	oldest := v.batch.Dates[v.rows[0]]
	for _, row := range v.rows {
		oldest = min(oldest, v.batch.Dates[row])
	}
	return oldest
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

// key names the transaction of a row.
func (v *View) key(row uint32) Key {
	id, _ := v.batch.ID(int(row))
	return Key{v.batch.Accounts[v.batch.Account[row]].Item, string(id)}
}

// Newest is a Batch of the newest n transactions, or of all if there are less.
func (v *View) Newest(n int) *plaidapi.Batch {
	b := plaidapi.NewBatch(0)
	rows := v.list()
	_ = b.AppendRows(&v.batch, rows[:min(n, len(rows))]) // a part fits where all did
	return b
}
