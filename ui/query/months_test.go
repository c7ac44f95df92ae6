package query

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

func TestMonthsAndDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 70).Draw(rt, "list")
		v := drawView(rt, indexOf(rt, list, Facts{}).View())
		s := drawSorted(rt, v)
		var want []Month
		for i, tx := range all(v) {
			first := plaidapi.NewDate(tx.Date.Year(), tx.Date.Month(), 1)
			if len(want) == 0 || want[len(want)-1].First != first {
				want = append(want, Month{first, i, i})
			}
			want[len(want)-1].To = i + 1
		}
		if got := v.Months(); !slices.Equal(got, want) || !slices.Equal(s.Months(), want) {
			rt.Fatalf("months %v and %v sorted, want %v", got, s.Months(), want)
		}
		from := plaidapi.NewDate(2026, 1, 15) + plaidapi.Date(rapid.IntRange(0, 80).Draw(rt, "from"))
		span := plaidapi.Span{From: from, To: from + plaidapi.Date(rapid.IntRange(-5, 80).Draw(rt, "days"))}
		if rapid.Bool().Draw(rt, "open") {
			span.From = 0
		}
		for _, among := range []*View{v, s} {
			want := slices.DeleteFunc(all(among), func(tx plaidapi.Transaction) bool { return !span.Has(tx.Date) })
			days := among.Days(span)
			same(rt, fmt.Sprint("days of ", span), days, want)
			mustBeSorted(rt, days)
		}
	})
}

// mustBeSorted fails unless a View can be put in the order of the list.
func mustBeSorted(t *rapid.T, v *View) {
	back, err := v.Sorted(t.Context(), ByDate, true)
	if err != nil {
		t.Fatal(err)
	}
	want := all(v)
	slices.SortStableFunc(want, func(a, b plaidapi.Transaction) int { return a.Compare(&b) })
	for i, tx := range all(back) {
		if tx.Compare(&want[i]) != 0 {
			t.Fatalf("%v stands where %v is to", tx, want[i])
		}
	}
}

// What has no date is in no month, and the first month of all begins before the first day.
func TestMonthsAtTheBeginningOfTime(t *testing.T) {
	batch := plaidapi.NewBatch(0)
	for i, day := range []plaidapi.Date{plaidapi.NewDate(1, 1, 31), 1, 0, -5} {
		if err := batch.Append(&plaidapi.Transaction{ID: fmt.Sprint(i), Date: day}); err != nil {
			t.Fatal(err)
		}
	}
	x := New()
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	if got := x.View().Months(); !slices.Equal(got, []Month{{1, 0, 2}}) {
		t.Errorf("months %v", got)
	}
	if got := New().View().Months(); got != nil {
		t.Errorf("months of nothing: %v", got)
	}
}
