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

// inOrder are the transactions of a View sorted the plain way.
func inOrder(v *View, by Column, descending bool) []plaidapi.Transaction {
	places := make([]int, v.Len())
	for i := range places {
		places[i] = i
	}
	sort.SliceStable(places, func(i, j int) bool {
		c, last := compareRows(v, by, places[i], places[j])
		if descending && !last {
			c = -c
		}
		return c < 0
	})
	var out []plaidapi.Transaction
	for _, i := range places {
		out = append(out, v.At(i))
	}
	return out
}

func TestSorted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 12).Draw(rt, "list")
		v := drawView(rt, indexOf(rt, list, drawWritten(rt, list)).View())
		among := v
		if rapid.Bool().Draw(rt, "sorted before") {
			among = drawSorted(rt, v)
		}
		for by := ByDate; by <= ByAmount; by++ {
			for _, descending := range []bool{false, true} {
				s, err := among.Sorted(rt.Context(), by, descending)
				if err != nil {
					rt.Fatal(err)
				}
				same(rt, fmt.Sprint("by ", by, descending), s, inOrder(v, by, descending))
				if fmt.Sprint(s.Sums()) != fmt.Sprint(v.Sums()) || s.Oldest() != v.Oldest() || !s.Same(v) || s.sums != among.sums {
					rt.Fatalf("by %d: %v since %d, want %v since %d", by, s.Sums(), s.Oldest(), v.Sums(), v.Oldest())
				}
				for i, tx := range all(s) {
					if got := s.Position(tx.ItemID, tx.ID); got != i {
						rt.Fatalf("%s is %d, not at %d", tx.ID, i, got)
					}
				}
				mustKeepOrder(rt, v, s)
			}
		}
	})
}

// mustKeepOrder fails unless what is found in a sorted View is in its order, and can be put back.
func mustKeepOrder(t *rapid.T, v, s *View) {
	f := Filter{Account: plaidapi.AccountKey{Item: "one"}}
	found, plain := foundBy(t, s, f), foundBy(t, v, f)
	wanted := told(all(plain))
	want := slices.DeleteFunc(all(s), func(tx plaidapi.Transaction) bool { return !slices.Contains(wanted, fmt.Sprintf("%+v", tx)) })
	same(t, "found in a sorted list", found, want)
	back, err := found.Sorted(t.Context(), ByDate, true)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "put back", back, all(plain))
	newest, same := s.Newest(3), v.Newest(3)
	for row := range newest.Len() {
		if a, b := newest.At(row), same.At(row); a.ID != b.ID {
			t.Fatalf("%s is the newest, not %s", b.ID, a.ID)
		}
	}
}

// Amounts are compared as numbers whatever they are counted in, and what has none stands last.
func TestSortedByAmount(t *testing.T) {
	tests := []struct {
		amounts  []string
		up, down string
	}{
		{nil, "", ""},
		{[]string{"5 USD", "", "7 USD", "-5.001 USD", "1 EUR", "-7 JPY", "0.12345 USD", "5.00 USD"}, "efdgahcb", "efcahgdb"},
		{[]string{"5 USD", "9999999999999999999 USD", "-0.0000000000000000001 USD"}, "cab", "bac"},
		{[]string{"-0.5 USD", "-92233720368547758 USD", "-0.001 USD", "92233720368547758 USD"}, "bacd", "dcab"},
		{[]string{"0.0000000000000000001 USD", "5 USD", "0 USD"}, "cab", "bac"},
	}
	for _, test := range tests {
		var rows []plaidapi.Transaction
		for _, amount := range test.amounts {
			rows = append(rows, plaidapi.Transaction{Amount: money(t, amount)})
		}
		v := viewOf(t, rows...)
		up, err := v.Sorted(t.Context(), ByAmount, false)
		down, errDown := v.Sorted(t.Context(), ByAmount, true)
		if err != nil || errDown != nil || ids(up) != test.up || ids(down) != test.down {
			t.Errorf("%q: %q and %q, want %q and %q", test.amounts, ids(up), ids(down), test.up, test.down)
		}
	}
}

// Many rows need keys of many digits, of one word and of two.
func TestSortedMany(t *testing.T) {
	amounts := []int64{0, 1, 1 << 12, 1 << 23, 1 << 31, 1 << 32, 1 << 40, 1 << 62}
	batch := plaidapi.NewBatch(0)
	for i := range 3000 {
		m, err := plaidapi.NewMoney(amounts[i%len(amounts)]-int64(i*7919%1000), 2, "USD")
		if err != nil {
			t.Fatal(err)
		}
		if err := batch.Append(&plaidapi.Transaction{ID: fmt.Sprint(i), Date: plaidapi.Date(5000 - i), Amount: m}); err != nil {
			t.Fatal(err)
		}
	}
	x := New()
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	for _, descending := range []bool{false, true} {
		s, err := x.View().Sorted(t.Context(), ByAmount, descending)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(told(all(s)), told(inOrder(x.View(), ByAmount, descending))) {
			t.Errorf("descending %v: not in order", descending)
		}
	}
}

func TestSortingEndsWithItsContext(t *testing.T) {
	v := viewOf(t, plaidapi.Transaction{Amount: money(t, "5 USD")})
	for by := ByDate; by <= ByAmount; by++ {
		if s, err := v.Sorted(&over{t.Context(), 0}, by, false); err != context.Canceled || s != nil {
			t.Errorf("by %d: %v, %v", by, s, err)
		}
	}
}

// What is pending comes first, and everything else stays in its order.
func TestPendingFirst(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 12).Draw(rt, "list")
		v := drawView(rt, indexOf(rt, list, drawWritten(rt, list)).View())
		all, posted := v.PendingFirst()
		var first, rest []string
		for i := range v.Len() {
			if t := v.At(i); t.Pending {
				first = append(first, t.ID)
			} else {
				rest = append(rest, t.ID)
			}
		}
		ids := func(v *View) (out []string) {
			for i := range v.Len() {
				out = append(out, v.At(i).ID)
			}
			return out
		}
		if got, want := ids(all), slices.Concat(first, rest); !slices.Equal(got, want) {
			rt.Fatalf("all are %q, want %q", got, want)
		}
		if got := ids(posted); !slices.Equal(got, rest) {
			rt.Fatalf("posted are %q, want %q", got, rest)
		}
	})
}
