package query

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// naive is the plainest way to apply changes to the rows of one Item: what Index must agree with.
func naive(rows []plaidapi.Transaction, c plaidapi.Changes) []plaidapi.Transaction {
	var order []string
	put := map[string]plaidapi.Transaction{}
	for _, t := range slices.Concat(c.Added, c.Modified) {
		if slices.Contains(c.Removed, t.ID) {
			continue
		}
		if _, again := put[t.ID]; !again {
			order = append(order, t.ID)
		}
		put[t.ID] = t
	}
	var out []plaidapi.Transaction
	placed := map[string]bool{}
	for _, t := range rows {
		fresh, again := put[t.ID]
		switch {
		case slices.Contains(c.Removed, t.ID), c.Replace != nil && c.Replace.Has(t.Date):
		case !again:
			out = append(out, t)
		case fresh.Date == t.Date && fresh.Pending == t.Pending:
			out = append(out, fresh)
			placed[t.ID] = true
		}
	}
	for _, id := range order {
		if !placed[id] {
			out = append(out, put[id])
		}
	}
	posted := map[string]bool{}
	for _, t := range out {
		if !t.Pending && t.PendingID != "" {
			posted[t.PendingID] = true
		}
	}
	out = slices.DeleteFunc(out, func(t plaidapi.Transaction) bool { return t.Pending && posted[t.ID] })
	sortRows(out)
	return out
}

// sortRows puts rows in the one order; equal ones stay as they are.
func sortRows(rows []plaidapi.Transaction) {
	sort.SliceStable(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		return a.Date > b.Date || a.Date == b.Date && a.Pending && !b.Pending
	})
}

// drawRow draws a transaction over few IDs, days and words, so that they meet each other often.
func drawRow(item string) *rapid.Generator[plaidapi.Transaction] {
	id := rapid.StringMatching("[a-h]")
	return rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
		amount, _ := plaidapi.NewMoney(rapid.Int64Range(-300, 300).Draw(t, "amount"), 2, "USD")
		tx := plaidapi.Transaction{
			ID: id.Draw(t, "id"), ItemID: item, AccountID: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "account"),
			Date:    plaidapi.Date(rapid.IntRange(1, 5).Draw(t, "date")),
			Name:    fmt.Sprint("version ", rapid.IntRange(0, 9).Draw(t, "version")),
			Amount:  amount,
			Pending: rapid.Bool().Draw(t, "pending"),
		}
		if rapid.Bool().Draw(t, "replaces") {
			tx.PendingID = id.Draw(t, "pending id")
		}
		return tx
	})
}

func drawSpan() *rapid.Generator[*plaidapi.Span] {
	return rapid.Custom(func(t *rapid.T) *plaidapi.Span {
		from := rapid.IntRange(0, 5).Draw(t, "from")
		return &plaidapi.Span{From: plaidapi.Date(from), To: plaidapi.Date(rapid.IntRange(from, 6).Draw(t, "to"))}
	})
}

// anything draws a page that knows nothing of what was told before.
func anything(t *rapid.T, item string) plaidapi.Changes {
	c := plaidapi.Changes{
		Added:    rapid.SliceOfN(drawRow(item), 0, 6).Draw(t, "added"),
		Modified: rapid.SliceOfN(drawRow(item), 0, 2).Draw(t, "modified"),
		Removed:  rapid.SliceOfN(rapid.StringMatching("[a-h]"), 0, 2).Draw(t, "removed"),
	}
	if rapid.Bool().Draw(t, "replaces") {
		c.Replace = drawSpan().Draw(t, "span")
	}
	return c
}

// again draws a window that tells some days of what is known once more: in the same words or with
// one row dropped, reworded or posted, and now and then in another order.
func again(t *rapid.T, item string, known []plaidapi.Transaction) plaidapi.Changes {
	c := plaidapi.Changes{Replace: drawSpan().Draw(t, "span")}
	for _, tx := range known {
		if c.Replace.Has(tx.Date) {
			c.Added = append(c.Added, tx)
		}
	}
	if n := len(c.Added); n > 0 {
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		switch tx := &c.Added[at]; rapid.SampledFrom([]string{"same", "dropped", "reworded", "posted", "stirred"}).Draw(t, "how") {
		case "dropped":
			c.Added = slices.Delete(c.Added, at, at+1)
		case "reworded":
			tx.Name += "!"
		case "posted": // maybe on a day of another window
			*tx = plaidapi.Transaction{
				ID: tx.ID + "'", ItemID: item, AccountID: "x", PendingID: tx.ID,
				Date: plaidapi.Date(rapid.IntRange(1, 5).Draw(t, "date")),
			}
		case "stirred":
			c.Added = rapid.Permutation(c.Added).Draw(t, "stirred")
		}
	}
	if rapid.Bool().Draw(t, "more") {
		c.Added = slices.Insert(c.Added, rapid.IntRange(0, len(c.Added)).Draw(t, "where"), drawRow(item).Draw(t, "one more"))
	}
	return c
}

// told is transactions as text, to compare and to read.
func told(rows []plaidapi.Transaction) []string {
	out := make([]string, len(rows))
	for i, t := range rows {
		out[i] = fmt.Sprintf("%+v", t)
	}
	return out
}

// all is the transactions of a View.
func all(v *View) []plaidapi.Transaction {
	rows := make([]plaidapi.Transaction, v.Len())
	for i := range rows {
		rows[i] = v.At(i)
	}
	return rows
}

// same fails unless a View has these rows.
func same(t *rapid.T, what string, v *View, want []plaidapi.Transaction) {
	t.Helper()
	if got := told(all(v)); !slices.Equal(got, told(want)) {
		t.Fatalf("%s\n got %q\nwant %q", what, got, told(want))
	}
}

// world is an Index, and what the model says of it.
type world struct {
	index *Index
	items []string // in the order of their first rows
	rows  map[string][]plaidapi.Transaction
	pages []plaidapi.Page
}

// list is all rows in the one order.
func (w *world) list() []plaidapi.Transaction {
	var out []plaidapi.Transaction
	for _, item := range w.items {
		out = append(out, w.rows[item]...)
	}
	sortRows(out)
	return out
}

// sync draws a page of an Item and applies it to both.
func (w *world) sync(t *rapid.T) {
	item := rapid.SampledFrom([]string{"one", "two", "three"}).Draw(t, "item")
	c := anything(t, item)
	if rapid.Bool().Draw(t, "again") {
		c = again(t, item, w.rows[item])
	}
	before := told(all(w.index.View()))
	w.rows[item] = naive(w.rows[item], c)
	p, err := w.index.Diff(item, c)
	if err != nil {
		t.Fatal(err)
	}
	if now := told(all(w.index.View())); !slices.Equal(before, now) {
		t.Fatalf("Diff changed the Index: %q", now)
	}
	w.onlyDifferences(t, p, c)
	if rapid.Bool().Draw(t, "rest") {
		w.index.Rest()
	}
	if err := w.index.Apply(p); err != nil {
		t.Fatal(err)
	}
	if len(w.rows[item]) > 0 && !slices.Contains(w.items, item) {
		w.items = append(w.items, item)
	}
	same(t, fmt.Sprintf("after %+v as %+v", c, p), w.index.View(), w.list())
	mine := w.rows[item]
	oldest := plaidapi.Date(0)
	if len(mine) > 0 {
		oldest = mine[len(mine)-1].Date
	}
	if p.Rows != len(mine) || p.Oldest != oldest {
		t.Fatalf("the page says %d rows since day %d, there are %d since %d", p.Rows, p.Oldest, len(mine), oldest)
	}
	w.pages = append(w.pages, p)
	if next, err := w.index.Diff(item, plaidapi.Changes{Added: mine, Replace: &plaidapi.Span{To: 9}}); err != nil ||
		next.Put != nil || len(next.Gone) > 0 {
		t.Fatalf("the same told again: %+v, %v", next, err)
	}
}

// onlyDifferences fails when a page has a row that is known in the same words, and that no other
// one was put before in its day; or when it takes away what is not known, or twice.
func (w *world) onlyDifferences(t *rapid.T, p plaidapi.Page, c plaidapi.Changes) {
	known := map[string]plaidapi.Transaction{}
	for _, tx := range all(w.index.View()) {
		if tx.ItemID == p.ItemID {
			known[tx.ID] = tx
		}
	}
	for i, id := range p.Gone {
		if _, is := known[id]; !is || slices.Contains(p.Gone[:i], id) {
			t.Fatalf("%q went, of %v", p.Gone, known)
		}
	}
	if p.Put == nil {
		return
	}
	for row := range p.Put.Len() {
		if row > 0 && p.Put.Compare(row-1, row) > 0 {
			t.Fatalf("row %d of the page is newer than the one before", row)
		}
	}
	if c.Replace != nil {
		return // in a window told anew the order counts too
	}
	var last plaidapi.Transaction
	for row := range p.Put.Len() {
		tx := p.Put.At(row)
		if old, is := known[tx.ID]; is && p.Put.Same(row, &old) && last.Compare(&tx) != 0 {
			t.Fatalf("%+v was known", tx)
		}
		last = tx
	}
}

func TestIndexAgreesWithTheNaiveWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{index: New(), rows: map[string][]plaidapi.Transaction{}}
		type snapshot struct {
			view *View
			was  []string
		}
		var handedOut []snapshot
		for range rapid.IntRange(1, 10).Draw(rt, "pages") {
			w.sync(rt)
			v := w.index.View()
			handedOut = append(handedOut, snapshot{v, told(all(v))})
		}
		for i, h := range handedOut {
			if now := told(all(h.view)); !slices.Equal(now, h.was) {
				rt.Fatalf("what was handed out after page %d changed:\n was %q\n  is %q", i, h.was, now)
			}
		}
		loaded := New()
		for _, p := range w.pages {
			if err := loaded.Load(p); err != nil {
				rt.Fatal(err)
			}
		}
		loaded.Loaded()
		same(rt, "loaded", loaded.View(), w.list())
		compacted := New()
		if err := w.index.Pages(compacted.Load); err != nil {
			rt.Fatal(err)
		}
		same(rt, "compacted", compacted.View(), w.list())
		if compacted.Dead() != 0 {
			rt.Fatalf("%d dead rows are in the pages", compacted.Dead())
		}
		w.index.Drop("two")
		delete(w.rows, "two")
		same(rt, "without two", w.index.View(), w.list())
		w.sync(rt)
		if _, err := w.index.View().Find(context.Background(), words("version")); err != nil {
			rt.Fatal(err)
		}
	})
}
