package query

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// mustSum fails unless the sums of a View are those of its rows that count, one by one.
func mustSum(t *rapid.T, v *View) {
	t.Helper()
	var want totals
	no := v.uncounted()
	for i, tx := range all(v) {
		want.pending = want.pending || tx.Pending
		counts := !no.left.has(v.Row(i)) && !no.moved.has(v.Row(i))
		if counts && (!tx.Amount.Known() || !want.add(tx.Amount)) {
			want.unadded++
		}
	}
	if fmt.Sprint(v.Sums()) != fmt.Sprint(want.sums) || v.Unadded() != want.unadded || v.HasPending() != want.pending {
		t.Fatalf("got %v, %d left out, pending %v; want %v, %d, %v",
			v.Sums(), v.Unadded(), v.HasPending(), want.sums, want.unadded, want.pending)
	}
}

func TestSums(t *testing.T) {
	tests := []struct {
		name    string
		amounts []string
		want    string
		unadded int
	}{
		{"nothing", nil, "[]", 0},
		{"in and out", []string{"5 USD", "-1.5 USD", "-0.25 USD"}, "[{5.00 USD -1.75 USD 3.25 USD}]", 0},
		{"currencies as met", []string{"5 JPY", "-1.5 USD", "7 JPY"}, "[{12 JPY 0 JPY 12 JPY} {0.00 USD -1.50 USD -1.50 USD}]", 0},
		{"two units", []string{"0.005 USD", "1.50 USD"}, "[{1.505 USD 0.00 USD 1.505 USD}]", 0},
		{"nobody can read it", []string{"", "1 USD", ""}, "[{1.00 USD 0.00 USD 1.00 USD}]", 2},
		{"wide", []string{"9999999999999999999 USD"}, "[{9999999999999999999 USD 0.00 USD 9999999999999999999 USD}]", 0},
		{"beyond 19 digits", []string{"9999999999999999999 USD", "1 USD", "2 EUR"}, "[{9999999999999999999 USD 0.00 USD 9999999999999999999 USD} {2.00 EUR 0.00 EUR 2.00 EUR}]", 1},
		{"beyond int64", []string{"92233720368547758 USD", "3 USD", "9 EUR"}, "[{92233720368547761.00 USD 0.00 USD 92233720368547761.00 USD} {9.00 EUR 0.00 EUR 9.00 EUR}]", 0},
		{"beyond int64, out", []string{"-92233720368547758 USD", "-3 USD"}, "[{0.00 USD -92233720368547761.00 USD -92233720368547761.00 USD}]", 0},
		{"units too far apart", []string{"0.0000000000000000001 USD", "5 USD"}, "[{0.0000000000000000001 USD 0.00 USD 0.0000000000000000001 USD}]", 1},
	}
	for _, test := range tests {
		var rows []plaidapi.Transaction
		for _, amount := range test.amounts {
			rows = append(rows, plaidapi.Transaction{Amount: money(t, amount)})
		}
		v := viewOf(t, rows...)
		if got := fmt.Sprint(v.Sums()); got != test.want || v.Unadded() != test.unadded {
			t.Errorf("%s: %s, %d left out", test.name, got, v.Unadded())
		}
	}
}

// A pass by two finds and adds up the same as one by one.
func TestManyRowsAreSharedOut(t *testing.T) {
	pages := made(t, many+10_000)
	v := loaded(t, pages).View()
	for _, f := range []Filter{words("coffee"), words("zzz"), words("48"), {Account: plaidapi.AccountKey{Item: "item", Account: "account 3"}}} {
		found, err := v.Find(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		matches := newMatcher(t.Context(), v, f.clauses())
		one := pass(context.Background(), &v.batch, v.rows, matches, uncounted{})
		if rows := slices.Concat(one.rows...); !slices.Equal(found.rows, rows) {
			t.Errorf("%+v: %d rows, and %d by one", f, len(found.rows), len(rows))
		}
		sums, ok := one.tally.totals(&v.batch)
		if !ok || fmt.Sprint(found.sums.totals) != fmt.Sprint(sums) {
			t.Errorf("%+v: %v, and %v by one", f, found.sums.totals, sums)
		}
	}
	if len(v.Sums()) != 2 || v.Unadded() != 0 || !v.HasPending() {
		t.Errorf("all: %v, %d left out", v.Sums(), v.Unadded())
	}
}

// Sums of both halves that fit apart, but not together, are made row by row.
func TestHalvesThatDoNotFitTogether(t *testing.T) {
	batch := plaidapi.NewBatch(0)
	cent, fortune := money(t, "0.01 USD"), money(t, "49000000000000000.00 USD")
	for i := range many + 2 {
		amount := cent
		if i == 0 || i == many {
			amount = fortune
		}
		if err := batch.Append(&plaidapi.Transaction{ID: fmt.Sprint(i), Date: 1, Amount: amount}); err != nil {
			t.Fatal(err)
		}
	}
	x := New()
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	want := "[{98000000000000500.00 USD 0.00 USD 98000000000000500.00 USD}]"
	if got := fmt.Sprint(x.View().Sums()); got != want || x.View().Unadded() != 0 {
		t.Errorf("%s, %d left out", got, x.View().Unadded())
	}
}

// What only one of the two met counts as well.
func TestHalvesThatDiffer(t *testing.T) {
	tests := []struct {
		amount  string
		pending bool
		want    string
		unadded int
	}{
		{"-7 USD", false, "{0.00 USD -7.00 USD -7.00 USD}", 0},
		{"1 EUR", true, "", 0},
		{"", false, "", 1},
		{"9999999999999999999 USD", false, "{9999999999999999999 USD 0.00 USD 9999999999999999999 USD}", 0},
	}
	euro := money(t, "1 EUR")
	for _, test := range tests {
		for _, at := range []int{0, many} {
			batch := plaidapi.NewBatch(0)
			for i := range many + 1 {
				tx := plaidapi.Transaction{ID: fmt.Sprint(i), Date: 1, Amount: euro}
				if i == at {
					tx.Amount, tx.Pending, tx.Date = money(t, test.amount), test.pending, plaidapi.Date(many-at)
				}
				if err := batch.Append(&tx); err != nil {
					t.Fatal(err)
				}
			}
			x := New()
			if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
				t.Fatal(err)
			}
			v := x.View()
			if got := fmt.Sprint(v.Sums()); !strings.Contains(got, test.want) || v.Unadded() != test.unadded || v.HasPending() != test.pending {
				t.Errorf("%+v at %d: %s, %d left out, pending %v", test, at, got, v.Unadded(), v.HasPending())
			}
		}
	}
}

// over is a context that ends when it has been asked so many times.
type over struct {
	context.Context
	left int
}

func (o *over) Err() error {
	if o.left--; o.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestASearchEndsWithItsContext(t *testing.T) {
	v := loaded(t, made(t, 20_000)).View()
	for left := range 6 {
		if found, err := v.Find(&over{t.Context(), left}, words("coffee")); err != context.Canceled || found != nil {
			t.Errorf("asked %d times: %v", left, err)
		}
	}
	wide := viewOf(t, plaidapi.Transaction{Amount: money(t, "9999999999999999999 USD")})
	if _, err := wide.Find(&over{t.Context(), 1}, words(">1")); err != context.Canceled {
		t.Errorf("row by row: %v", err)
	}
}
