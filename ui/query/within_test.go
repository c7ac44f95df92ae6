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

// kin is terms that find much the same.
var kin = []string{
	"coff", "coffe", "coffee", "coffees", `"coffe"`, `"coffee"`, "cof", "kaffe", "-coff", "-coffee", "cat:coff", "cat:coffee",
	"2", "21", `"2"`, ">2", ">=2", "<2", "<=2", "=2", "2..", "..2", "-2", "->2", "->=2",
}

// A Query that is typed letter by letter never finds more or less in what it found before than in
// everything, where it is within that.
func TestWithinHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, v := drawKnown(rt)
		texts := []string{drawAsked(rt, rows).text, drawAsked(rt, rows).text}
		texts = append(texts, texts[0]+" "+texts[1], strings.ReplaceAll(texts[0], " ", " or "))
		for range 4 {
			texts = append(texts, rapid.SampledFrom(kin).Draw(rt, "kin"))
		}
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
		found := make([]*View, len(texts))
		for i, f := range filters {
			var err error
			if found[i], err = v.Find(t.Context(), f); err != nil {
				rt.Fatal(err)
			}
		}
		for i, f := range filters {
			for k, wider := range filters {
				if !f.Within(wider) {
					continue
				}
				narrowed, err := found[k].Find(t.Context(), f)
				if err != nil {
					rt.Fatal(err)
				}
				if ids(narrowed) != ids(found[i]) || !slices.Equal(narrowed.Close(), found[i].Close()) && f.Query.Text() != "" {
					rt.Fatalf("%+v is not within %+v: %q, and in it %q", f, wider, ids(found[i]), ids(narrowed))
				}
			}
		}
	})
}
