package query

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"tartan/plaidapi"
)

func TestCloseSpellings(t *testing.T) {
	v := viewOf(t,
		plaidapi.Transaction{Name: "Amazon Marketplace"},
		plaidapi.Transaction{Name: "Café O'Brien", BankText: "POS#COFFEE 12"},
		plaidapi.Transaction{Name: "Blue Bottle", Category: plaidapi.Category{Path: []string{"Coffee Shop"}}},
		plaidapi.Transaction{Name: "東京コーヒー店"},
		plaidapi.Transaction{Name: "coffers"},
	)
	tests := []struct{ query, want, close string }{
		{"amazon", "a", "[]"},
		{"amzon", "a", "[amzon]"},     // one missing
		{"ammazon", "a", "[ammazon]"}, // one too many
		{"Amezon", "a", "[Amezon]"},   // another one
		{"maazon", "a", "[maazon]"},   // two swapped
		{"mazonn", "", "[]"},
		{"amzn", "", "[]"}, // two slips
		{"azonx", "", "[]"},
		{"marketpalce", "a", "[marketpalce]"},
		{"marktp", "a", "[marktp]"},
		{"amz", "", "[]"}, // too short to guess
		{"cofffe", "bce", "[cofffe]"},
		{"coffey", "bce", "[coffey]"},
		{"obrien", "b", "[obrien]"},
		{"o'brein", "b", "[o'brein]"},
		{"brein", "b", "[brein]"},
		{"coffee", "bc", "[]"}, // coffers is close, and does not count
		{`"coffey"`, "", "[]"},
		{"東京コヒー", "d", "[東京コヒー]"},
		{"京都コーヒー", "", "[]"},
		{"bleu amzon", "", "[bleu amzon]"},
		{"bleu or amzon or amzon", "ac", "[bleu amzon amzon]"},
		{"-amzon", "bcde", "[amzon]"},
		{"cat:cofee", "c", "[cofee]"},
		{"48125 4812", "", "[]"},
	}
	for _, test := range tests {
		found, err := v.Find(t.Context(), words(test.query))
		if err != nil {
			t.Fatal(err)
		}
		if ids(found) != test.want || fmt.Sprint(found.Close()) != test.close {
			t.Errorf("%q: %q with close %q, want %q with %s", test.query, ids(found), found.Close(), test.want, test.close)
		}
	}
}

func TestGuessingEndsWithItsContext(t *testing.T) {
	var e entries
	for i := range 10 * block {
		e.add(fmt.Sprint("coffee ", i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	marks := make([]uint8, len(e.ends))
	if e.near(ctx, marks, 1, "cofee") || slices.Max(marks) != 0 {
		t.Error("it went on")
	}
	if !e.near(t.Context(), marks, 1, "cofee") || slices.Min(marks) != 1 {
		t.Error("not all are close")
	}
}

// BenchmarkClose guesses among 100,000 texts of which none is there twice.
func BenchmarkClose(b *testing.B) {
	batch := plaidapi.NewBatch(0)
	for i := range 50_000 {
		tx := plaidapi.Transaction{
			ID: fmt.Sprint(i), Name: fmt.Sprintf("%s%s %d", brands[i%len(brands)], branches[i%len(branches)], i),
			BankText: fmt.Sprintf("POS PURCHASE %s #%07d", brands[i%len(brands)], i), Date: 1,
		}
		if err := batch.Append(&tx); err != nil {
			b.Fatal(err)
		}
	}
	v := loaded(b, []plaidapi.Page{{Put: batch}}).View()
	for _, query := range []string{"coffee", "cofffee", "harbxr", "zzzzzz"} {
		b.Run(query, func(b *testing.B) {
			hits := 0
			for b.Loop() {
				found, err := v.Find(b.Context(), words(query))
				if err != nil {
					b.Fatal(err)
				}
				hits = found.Len()
			}
			b.ReportMetric(float64(hits), "hits")
		})
	}
}
