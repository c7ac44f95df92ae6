package query

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

func TestWithin(t *testing.T) {
	item, x := plaidapi.AccountKey{Item: "one"}, plaidapi.AccountKey{Item: "one", Account: "x"}
	on := func(f Filter, account plaidapi.AccountKey, days plaidapi.Span) Filter {
		f.Account, f.Days = account, days
		return f
	}
	all := plaidapi.Span{}
	tests := []struct {
		f, wider Filter
		want     bool
	}{
		{words(""), words(""), true},
		{words("a"), words(""), true},
		{words(""), words("a"), false},
		{words("cof"), words("co"), true},
		{words("co"), words("cof"), false},
		{words("ab xco"), words("co b"), true},
		{words("coffee"), words("coffee"), true},
		{words("coffee"), words("coff"), false}, // it may be guessed
		{words(`"coffee"`), words("coff"), true},
		{words(`"coffee"`), words(`"coff`), true},
		{words("coffee"), words(`"coffee"`), false},
		{words(`"coffee"`), words("coffee"), true},
		{words("#2500"), words("#25"), true},
		{words("48"), words("48"), true},
		{words("48"), words("4"), false},
		{words("48"), words(`"48"`), false},
		{words("48th"), words("4"), true},
		{words("-co"), words("-cof"), true},
		{words("-cof"), words("-co"), false},
		{words("-co"), words("co"), false},
		{words("a or b"), words("a or b or c"), true},
		{words("a or b"), words("a"), false},
		{words("a"), words("a or b"), true},
		{words("cat:ab"), words("cat:a"), true},
		{words("cat:ab"), words("ab"), false},
		{words(">50"), words(">=50"), true},
		{words(">=50"), words(">50"), false},
		{words("<50"), words("<=50"), true},
		{words("<=50"), words("<50"), false},
		{words(">50"), words(">50"), true},
		{words("<50"), words("<50"), true},
		{words("40..60"), words("..60"), true},
		{words("40..60"), words("50.."), false},
		{words("..60"), words("40..60"), false},
		{words("40.."), words("40..60"), false},
		{words("since:oct"), words("since:2026"), true},
		{words("until:oct"), words("since:2026"), false},
		{words("is:in"), words("is:out"), false},
		{words("is:posted"), words("-is:pending"), true},
		{words("a colour:red"), words("a"), true},
		{on(words(""), x, all), on(words(""), item, all), true},
		{on(words(""), item, all), on(words(""), x, all), false},
		{words(""), on(words(""), item, all), false},
		{on(words(""), item, plaidapi.Span{From: 5, To: 6}), on(words(""), item, plaidapi.Span{From: 5, To: 7}), true},
		{on(words(""), item, plaidapi.Span{From: 4, To: 6}), on(words(""), item, plaidapi.Span{From: 5, To: 7}), false},
	}
	for _, test := range tests {
		if got := test.f.Within(test.wider); got != test.want {
			t.Errorf("%+v within %+v: %v", test.f, test.wider, got)
		}
	}
}

func TestKinHoldsWithin(t *testing.T) {
	var kin []Filter // terms that find much the same
	for _, text := range []string{
		"coff", "coffe", "coffee", "coffees", `"coffe"`, `"coffee"`, "cof", "-coff", "-coffee", "cat:coff", "cat:coffee",
		"2", "21", `"2"`, ">2", ">=2", "<2", "<=2", "=2", "2..", "..2", "-2", "->2", "->=2",
	} {
		kin = append(kin, words(text))
	}
	rapid.Check(t, func(rt *rapid.T) {
		v := viewOf(rt, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
			return plaidapi.Transaction{
				Name:   rapid.SampledFrom([]string{"cofe", "coffe", "cofef", "coffee", "cffee", "2", "21"}).Draw(t, "name"),
				Amount: money(t, rapid.SampledFrom([]string{"2 USD", "2 JPY", "-2.5 USD", "21 USD", "1 USD", ""}).Draw(t, "amount")),
			}
		}), 1, 4).Draw(rt, "rows")...)
		mustHold(rt, v, kin)
	})
}

// A Query that is typed letter by letter never finds more or less in what it found before than in
// everything, where it is within that.
func TestWithinHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, v := drawKnown(rt)
		texts := []string{drawAsked(rt, rows).text, drawAsked(rt, rows).text}
		texts = append(texts, texts[0]+" "+texts[1], strings.ReplaceAll(texts[0], " ", " or "))
		for range 6 {
			text := rapid.SampledFrom(texts).Draw(rt, "text")
			if text != "" {
				texts = append(texts, text[:rapid.IntRange(0, len(text)).Draw(rt, "cut")])
			}
		}
		filters := make([]Filter, len(texts))
		for i, text := range texts {
			filters[i] = words(text)
			filters[i].Account = plaidapi.AccountKey{
				Item:    rapid.SampledFrom([]string{"", "", "one", "two"}).Draw(rt, "item"),
				Account: rapid.SampledFrom([]string{"", "", "x", "y"}).Draw(rt, "account"),
			}
			if rapid.IntRange(0, 3).Draw(rt, "days") == 0 {
				filters[i].Days = plaidapi.Span{From: plaidapi.NewDate(2026, time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), 1), To: plaidapi.NewDate(2026, 8, 9)}
			}
		}
		mustHold(rt, v, filters)
	})
}

// mustHold fails unless those Filters that are within others find the same in what these found.
func mustHold(t *rapid.T, v *View, filters []Filter) {
	find := func(in *View, f Filter) *View {
		found, err := in.Find(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, wider := range filters {
		among := find(v, wider)
		for _, f := range filters {
			if !f.Within(wider) {
				continue
			}
			whole, narrowed := find(v, f), find(among, f)
			if ids(narrowed) != ids(whole) || len(f.clauses()) > 0 && !slices.Equal(narrowed.Close(), whole.Close()) {
				t.Fatalf("%q is not within %q: %q, and in it %q", f.Query.Text(), wider.Query.Text(), ids(whole), ids(narrowed))
			}
		}
	}
}
