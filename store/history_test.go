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

// transactions draws rows over few IDs and days, so that they meet each other often.
func transactions(most int) *rapid.Generator[[]plaidapi.Transaction] {
	id := rapid.StringMatching("[a-h]")
	row := rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
		tx := plaidapi.Transaction{
			ID:      id.Draw(t, "id"),
			Date:    plaidapi.Date(rapid.IntRange(1, 5).Draw(t, "date")),
			Name:    fmt.Sprint(rapid.IntRange(0, 1<<30).Draw(t, "version")),
			Pending: rapid.Bool().Draw(t, "pending"),
		}
		if rapid.Bool().Draw(t, "replaces") {
			tx.PendingID = id.Filter(func(other string) bool { return other != tx.ID }).Draw(t, "pending id")
		}
		return tx
	})
	return rapid.SliceOfN(row, 0, most)
}

func changes() *rapid.Generator[plaidapi.Changes] {
	return rapid.Custom(func(t *rapid.T) plaidapi.Changes {
		c := plaidapi.Changes{
			Added:    transactions(6).Draw(t, "added"),
			Modified: transactions(2).Draw(t, "modified"),
			Removed:  rapid.SliceOfN(rapid.StringMatching("[a-h]"), 0, 2).Draw(t, "removed"),
		}
		if rapid.Bool().Draw(t, "replaces") {
			from := rapid.IntRange(0, 5).Draw(t, "from")
			c.Replace = &plaidapi.Span{
				From: plaidapi.Date(from),
				To:   plaidapi.Date(rapid.IntRange(from, 6).Draw(t, "to")),
			}
		}
		return c
	})
}

func values(rows []*plaidapi.Transaction) []string {
	out := make([]string, len(rows))
	for i, t := range rows {
		out[i] = fmt.Sprintf("%+v", *t)
	}
	return out
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
		var handedOut []snapshot
		for i := range rapid.IntRange(1, 8).Draw(rt, "pages") {
			c := changes().Draw(rt, "page")
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
			want := make([]string, len(model))
			for j := range model {
				want[j] = fmt.Sprintf("%+v", model[j])
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("after %+v\n got %q\nwant %q", c, got, want)
			}
			if n := len(s.kept["one"].history.byID); n != len(rows) {
				rt.Fatalf("%d IDs are known for %d rows", n, len(rows))
			}
			handedOut = append(handedOut, snapshot{rows, got})
		}
		for i, h := range handedOut {
			if now := values(h.rows); !slices.Equal(now, h.was) {
				rt.Fatalf("what was handed out after page %d changed:\n was %q\n  is %q", i, h.was, now)
			}
		}
		if cursor, _ := s.Cursor(t.Context(), "one"); cursor != fmt.Sprint("cursor ", len(handedOut)-1) {
			rt.Fatalf("the cursor is %q", cursor)
		}
	})
}

func TestAPostedRowTakesThePlaceOfThePendingOne(t *testing.T) {
	var h history
	h.apply(plaidapi.Changes{Added: []plaidapi.Transaction{{ID: "p", Date: 9, Pending: true}, {ID: "a", Date: 8}}})
	h.apply(plaidapi.Changes{Added: []plaidapi.Transaction{{ID: "q", Date: 7, PendingID: "p"}}})
	if len(h.rows) != 2 || h.rows[0].ID != "a" || h.rows[1].ID != "q" {
		t.Errorf("rows: %q", values(h.rows))
	}
}

func TestAReadersAppendIsItsOwn(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	for _, page := range windows(400, 40) { // pages leave room behind the rows again and again
		rows, _ := s.Transactions(t.Context(), "one")
		mine := append(rows, &plaidapi.Transaction{ID: "mine"})
		if err := s.Apply(t.Context(), "one", page); err != nil {
			t.Fatal(err)
		}
		if mine[len(rows)].ID != "mine" {
			t.Fatalf("the page wrote %s into the reader's rows", mine[len(rows)].ID)
		}
	}
}

func TestAccountsAreCopies(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	mine := []plaidapi.Account{{ID: "a", Name: "Checking"}}
	if err := s.SetAccounts(t.Context(), "one", mine); err != nil {
		t.Fatal(err)
	}
	mine[0].Name = "changed by its giver"
	got, _ := s.Accounts(t.Context(), "one")
	got[0].Name = "changed by its reader"
	if again, _ := s.Accounts(t.Context(), "one"); len(again) != 1 || again[0].Name != "Checking" {
		t.Errorf("accounts: %+v", again)
	}
}

// windows cuts n rows, newest first, into pages that each replace their days. Every day has 40
// rows, and pages end with days.
func windows(n, page int) []plaidapi.Changes {
	var pages []plaidapi.Changes
	for start := 0; start < n; start += page {
		rows := make([]plaidapi.Transaction, min(page, n-start))
		for i := range rows {
			rows[i] = plaidapi.Transaction{ID: fmt.Sprintf("transaction-%08d", start+i), Date: plaidapi.Date(n/40 - (start+i)/40)}
		}
		pages = append(pages, plaidapi.Changes{
			Added: rows, More: true,
			Replace: &plaidapi.Span{From: rows[len(rows)-1].Date, To: rows[0].Date},
		})
	}
	return pages
}

// BenchmarkFirstSync applies a million rows in windows of 20,000, newest first.
func BenchmarkFirstSync(b *testing.B) {
	pages := windows(1_000_000, 20_000)
	for b.Loop() {
		var h history
		for _, p := range pages {
			h.apply(p)
		}
		if len(h.rows) != 1_000_000 {
			b.Fatalf("%d rows", len(h.rows))
		}
	}
}

// BenchmarkLaterSync replaces the newest 20,000 of a million rows.
func BenchmarkLaterSync(b *testing.B) {
	pages := windows(1_000_000, 20_000)
	var h history
	for _, p := range pages {
		h.apply(p)
	}
	for b.Loop() {
		h.apply(pages[0])
	}
}
