package query

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// IDs are an Item's own; days are shared, Items in the order in which they came.
func TestItemsDoNotMeet(t *testing.T) {
	x := New()
	bring(t, x, "two", plaidapi.Changes{Added: rows("a 9 two", "b 8")})
	bring(t, x, "one", plaidapi.Changes{Added: rows("a 9 one", "c 8")})
	bring(t, x, "two", plaidapi.Changes{Added: rows("d 9 two")})
	if got := ids(x.View()); got != "adabc" {
		t.Errorf("rows %q", got)
	}
	if got := x.View().Position("one", "a"); got != 2 {
		t.Errorf("a of one stands at %d", got)
	}
	if p := bring(t, x, "two", plaidapi.Changes{Modified: rows("a 9 again")}); len(p.Gone) != 2 || ids(x.View()) != "adabc" {
		t.Errorf("after a of two was reworded: %q, %q gone", ids(x.View()), p.Gone)
	}
	bring(t, x, "one", plaidapi.Changes{Removed: []string{"a", "b"}})
	if got := ids(x.View()); got != "adbc" {
		t.Errorf("after a went: %q", got)
	}
	bring(t, x, "one", plaidapi.Changes{Replace: &plaidapi.Span{To: 99}})
	if got := ids(x.View()); got != "adb" {
		t.Errorf("after all of one went: %q", got)
	}
	x.Drop("nobody")
	x.Drop("two")
	if v := x.View(); v.Len() != 0 || v.Oldest() != 0 || len(v.Sums()) != 0 || v.HasPending() {
		t.Errorf("after two was dropped: %q", ids(v))
	}
	if p := bring(t, x, "two", plaidapi.Changes{Added: rows("a 9 two")}); p.Rows != 1 || ids(x.View()) != "a" {
		t.Errorf("linked again: %+v, %q", p, ids(x.View()))
	}
}

// A row that went and came again in the pages that are loaded is there once, in its last words.
func TestLoadedRowsComeAndGo(t *testing.T) {
	page := func(item string, gone []string, texts ...string) plaidapi.Page {
		p := plaidapi.Page{ItemID: item, Gone: gone, Put: plaidapi.NewBatch(0)}
		for _, tx := range rows(texts...) {
			tx.ItemID = item
			if err := p.Put.Append(&tx); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	x := New()
	for _, p := range []plaidapi.Page{
		page("one", nil, "a 9 first", "b 8"),
		page("two", []string{"a", "nobody"}, "a 9 two", "b 8"),
		page("one", []string{"a"}, "a 9 second"),
		{ItemID: "one", Gone: []string{"a"}},
		page("one", nil, "a 9 third"),
		page("two", []string{"b"}),
		{ItemID: "nobody", Gone: []string{"a"}},
	} {
		if err := x.Load(p); err != nil {
			t.Fatal(err)
		}
	}
	x.Loaded()
	v := x.View()
	if ids(v) != "aab" || v.At(0).Name != "third" || v.At(1).Name != "two" || v.At(2).ItemID != "one" {
		t.Errorf("rows %q: %+v", ids(v), all(v))
	}
	if x.Dead() != 3 {
		t.Errorf("%d rows are dead", x.Dead())
	}
	x.Loaded()
	if x.View() != v {
		t.Error("nothing changed, and yet there is another View")
	}
	if err := x.Load(plaidapi.Page{ItemID: "two", Gone: []string{"a"}}); err != nil {
		t.Fatal(err)
	}
	if got := ids(x.View()); got != "ab" {
		t.Errorf("after one more went: %q", got)
	}
}

// The Index makes itself anew when too much of it is dead, and then goes on as before.
func TestDeadRowsDoNotStay(t *testing.T) {
	const n = 12_000
	x := New()
	round := func(name string) plaidapi.Changes {
		c := plaidapi.Changes{Replace: &plaidapi.Span{To: n}}
		for i := range n {
			c.Added = append(c.Added, plaidapi.Transaction{ID: fmt.Sprint(i), Name: name, Date: plaidapi.Date(n - i)})
		}
		return c
	}
	bring(t, x, "one", round("first"))
	first := x.View()
	if _, err := first.Find(t.Context(), words("first")); err != nil {
		t.Fatal(err)
	}
	bring(t, x, "one", round("second"))
	if x.Dead() != n {
		t.Errorf("%d rows are dead", x.Dead())
	}
	bring(t, x, "one", round("third"))
	if x.Dead() != 0 {
		t.Errorf("%d rows are dead", x.Dead())
	}
	for name, v := range map[string]*View{"first": first, "third": x.View()} {
		found, err := v.Find(t.Context(), words(name))
		if err != nil || found.Len() != n || v.At(n-1).ID != fmt.Sprint(n-1) || v.At(7).Name != name {
			t.Errorf("%s: %d rows, the last %+v, %v", name, found.Len(), v.At(n-1), err)
		}
	}
	if p := bring(t, x, "one", round("third")); p.Put != nil || p.Gone != nil || p.Rows != n || p.Oldest != 1 {
		t.Errorf("the same told again: %d rows since day %d, %d gone", p.Rows, p.Oldest, len(p.Gone))
	}
	bring(t, x, "two", plaidapi.Changes{Added: rows("a 5")})
	x.Drop("one")
	if x.Dead() != 0 || ids(x.View()) != "a" {
		t.Errorf("%d rows are dead after all but one went", x.Dead())
	}
}

// What does not fit is said, and leaves the Index as it was.
func TestAFullIndexStaysWhole(t *testing.T) {
	full := plaidapi.NewBatch(0)
	for i := range math.MaxUint16 - 1 {
		if _, err := full.AccountNumber(plaidapi.AccountKey{Item: "one", Account: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	tx := row("a 9")
	tx.ItemID = "one"
	if err := full.Append(&tx); err != nil {
		t.Fatal(err)
	}
	x := New()
	if err := x.Load(plaidapi.Page{ItemID: "one", Put: full}); err != nil {
		t.Fatal(err)
	}
	tx.ItemID, tx.Date = "two", 10
	p, err := x.Diff("two", plaidapi.Changes{Added: []plaidapi.Transaction{tx}})
	if err != nil {
		t.Fatal(err)
	}
	for how, err := range map[string]error{"Apply": x.Apply(p), "Load": x.Load(p)} {
		if !errors.Is(err, plaidapi.ErrBatchFull) {
			t.Errorf("%s: %v", how, err)
		}
	}
	if v := x.View(); ids(v) != "a" || v.At(0).ItemID != "one" {
		t.Errorf("rows %q", ids(v))
	}
	if p := bring(t, x, "one", plaidapi.Changes{Modified: rows("a 9 word")}); p.Rows != 1 || x.View().At(0).Name != "word" {
		t.Errorf("a known account: %+v", p)
	}
}

func TestPagesEndWithAnError(t *testing.T) {
	x := loaded(t, made(t, PageRows+5))
	var sizes []int
	if err := x.Pages(func(p plaidapi.Page) error {
		sizes = append(sizes, p.Put.Len(), p.Rows)
		return nil
	}); err != nil || !slices.Equal(sizes, []int{PageRows, PageRows, 5, PageRows + 5}) {
		t.Errorf("pages %v, %v", sizes, err)
	}
	full := errors.New("disk full")
	pages := 0
	if err := x.Pages(func(plaidapi.Page) error { pages++; return full }); !errors.Is(err, full) || pages != 1 {
		t.Errorf("%d pages, %v", pages, err)
	}
}

func TestRadixAgreesWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := New()
		batch := plaidapi.NewBatch(0)
		day := rapid.OneOf(rapid.Int32Range(1, 9), rapid.Int32Range(1, 3_700_000))
		for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
			if err := batch.Append(&plaidapi.Transaction{
				ID: fmt.Sprint(i), ItemID: rapid.SampledFrom([]string{"one", "two", "three"}).Draw(t, "item"),
				Date: plaidapi.Date(day.Draw(t, "day")), Pending: rapid.Bool().Draw(t, "pending"),
			}); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
			t.Fatal(err)
		}
		want := identity(batch.Len())
		slices.SortFunc(want, x.compare)
		if got := x.radix(identity(batch.Len())); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// Readers search what they have while pages come in at both ends.
func TestViewsAreReadWhileTheIndexGoesOn(t *testing.T) {
	x := New()
	bring(t, x, "one", plaidapi.Changes{Added: rows("m 500 Café")})
	var readers sync.WaitGroup
	for i := range 120 {
		bring(t, x, "one", plaidapi.Changes{Added: rows(
			fmt.Sprintf("new%d %d Café", i, 501+i), fmt.Sprintf("old%d %d Café%d", i, 499-i, i),
		)})
		v := x.View()
		readers.Go(func() {
			if found, err := v.Find(t.Context(), words("cafe")); err != nil || found.Len() != 2*i+3 {
				t.Errorf("page %d: %d found, %v", i, found.Len(), err)
			}
			if v.At(0).ID != fmt.Sprint("new", i) || v.At(v.Len()-1).ID != fmt.Sprint("old", i) || v.Oldest() != plaidapi.Date(499-i) {
				t.Errorf("page %d: from %s to %s", i, v.At(0).ID, v.At(v.Len()-1).ID)
			}
			if v.Position("one", "m") != i+1 || v.Newest(2).Len() != 2 || v.Newest(1000).Len() != v.Len() || len(v.Sums()) != 0 {
				t.Errorf("page %d: m stands at %d", i, v.Position("one", "m"))
			}
		})
		readers.Go(func() {
			if _, err := x.Diff("one", plaidapi.Changes{Added: rows("m 500 Café")}); err != nil {
				t.Error(err)
			}
			x.View()
		})
	}
	readers.Wait()
}
