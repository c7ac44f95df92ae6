package store

import (
	"fmt"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// naive is the plainest way to apply changes: what history must agree with.
func naive(rows []plaidapi.Transaction, c plaidapi.Changes) []plaidapi.Transaction {
	var order []string
	put, gone := map[string]plaidapi.Transaction{}, map[string]bool{}
	for _, t := range slices.Concat(c.Added, c.Modified) {
		if !slices.Contains(order, t.ID) {
			order = append(order, t.ID)
		}
		put[t.ID] = t
		if !t.Pending {
			gone[t.PendingID] = true
		}
	}
	for _, id := range c.Removed {
		gone[id] = true
	}
	placed := map[string]bool{}
	var out []plaidapi.Transaction
	for _, t := range rows {
		fresh, again := put[t.ID]
		switch {
		case gone[t.ID], c.Replace != nil && c.Replace.Has(t.Date):
		case again && fresh.Date == t.Date && fresh.Pending == t.Pending:
			out = append(out, fresh)
			placed[t.ID] = true
		case !again:
			out = append(out, t)
		}
	}
	for _, id := range order {
		if !gone[id] && !placed[id] {
			out = append(out, put[id])
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		return a.Date > b.Date || a.Date == b.Date && a.Pending && !b.Pending
	})
	return out
}

// row draws a transaction over few IDs, days and words, so that they meet each other often.
func row() *rapid.Generator[plaidapi.Transaction] {
	id := rapid.StringMatching("[a-h]")
	return rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
		tx := plaidapi.Transaction{
			ID:      id.Draw(t, "id"),
			Date:    plaidapi.Date(rapid.IntRange(1, 5).Draw(t, "date")),
			Name:    fmt.Sprint("version ", rapid.IntRange(0, 9).Draw(t, "version")),
			Pending: rapid.Bool().Draw(t, "pending"),
		}
		if rapid.Bool().Draw(t, "replaces") {
			tx.PendingID = id.Filter(func(other string) bool { return other != tx.ID }).Draw(t, "pending id")
		}
		return tx
	})
}

func span() *rapid.Generator[*plaidapi.Span] {
	return rapid.Custom(func(t *rapid.T) *plaidapi.Span {
		from := rapid.IntRange(0, 5).Draw(t, "from")
		return &plaidapi.Span{From: plaidapi.Date(from), To: plaidapi.Date(rapid.IntRange(from, 6).Draw(t, "to"))}
	})
}

// anything draws a page that knows nothing of what was told before.
func anything(t *rapid.T) plaidapi.Changes {
	c := plaidapi.Changes{
		Added:    rapid.SliceOfN(row(), 0, 6).Draw(t, "added"),
		Modified: rapid.SliceOfN(row(), 0, 2).Draw(t, "modified"),
		Removed:  rapid.SliceOfN(rapid.StringMatching("[a-h]"), 0, 2).Draw(t, "removed"),
	}
	if rapid.Bool().Draw(t, "replaces") {
		c.Replace = span().Draw(t, "span")
	}
	return c
}

// again draws a window that tells some days of what is known once more: in the same words or with
// one row dropped, added, reworded or posted, and now and then in another order.
func again(t *rapid.T, known []plaidapi.Transaction) plaidapi.Changes {
	c := plaidapi.Changes{Replace: span().Draw(t, "span")}
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
			*tx = plaidapi.Transaction{ID: tx.ID + "'", PendingID: tx.ID, Date: plaidapi.Date(rapid.IntRange(1, 5).Draw(t, "date"))}
		case "stirred":
			c.Added = rapid.Permutation(c.Added).Draw(t, "stirred")
		}
	}
	if rapid.Bool().Draw(t, "more") {
		c.Added = append(c.Added, row().Draw(t, "one more"))
	}
	return c
}

func page(t *rapid.T, known []plaidapi.Transaction) plaidapi.Changes {
	if rapid.Bool().Draw(t, "again") {
		return again(t, known)
	}
	return anything(t)
}

func values(rows []*plaidapi.Transaction) []string {
	out := make([]string, len(rows))
	for i, t := range rows {
		out[i] = fmt.Sprintf("%+v", *t)
	}
	return out
}

// told writes a model as values does.
func told(model []plaidapi.Transaction) []string {
	rows := make([]*plaidapi.Transaction, len(model))
	for i := range model {
		rows[i] = &model[i]
	}
	return values(rows)
}

// mustSpare fails when a row that reads as before is another one than before, or when rows that all
// do were copied.
func mustSpare(t *rapid.T, before, after []*plaidapi.Transaction) {
	was := map[string]*plaidapi.Transaction{}
	for _, tx := range before {
		was[tx.ID] = tx
	}
	for _, tx := range after {
		if old := was[tx.ID]; old != nil && old != tx && equal(old, tx) {
			t.Fatalf("%+v was taken in twice", *tx)
		}
	}
	if len(after) > 0 && slices.Equal(before, after) && &before[0] != &after[0] {
		t.Fatal("nothing changed, but all was copied")
	}
}

func TestApplyAgreesWithTheNaiveWay(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	rapid.Check(t, func(rt *rapid.T) {
		s.kept["one"] = &kept{}
		var model []plaidapi.Transaction
		type snapshot struct {
			rows []*plaidapi.Transaction
			was  []string
		}
		handedOut := []snapshot{{}}
		for i := range rapid.IntRange(1, 8).Draw(rt, "pages") {
			c := page(rt, model)
			c.Next = fmt.Sprint("cursor ", i)
			model = naive(model, c)
			if err := s.Apply(t.Context(), "one", c); err != nil {
				rt.Fatal(err)
			}
			rows, err := s.Transactions(t.Context(), "one")
			if err != nil {
				rt.Fatal(err)
			}
			got := values(rows)
			if want := told(model); !slices.Equal(got, want) {
				rt.Fatalf("after %+v\n got %q\nwant %q", c, got, want)
			}
			if n := len(s.kept["one"].history.byID); n != len(rows) {
				rt.Fatalf("%d IDs are known for %d rows", n, len(rows))
			}
			mustSpare(rt, handedOut[i].rows, rows)
			handedOut = append(handedOut, snapshot{rows, got})
		}
		for i, h := range handedOut {
			if now := values(h.rows); !slices.Equal(now, h.was) {
				rt.Fatalf("what was handed out after page %d changed:\n was %q\n  is %q", i, h.was, now)
			}
		}
		if cursor, _ := s.Cursor(t.Context(), "one"); cursor != fmt.Sprint("cursor ", len(handedOut)-2) {
			rt.Fatalf("the cursor is %q", cursor)
		}
	})
}
