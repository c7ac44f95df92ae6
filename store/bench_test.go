package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// windows cuts n rows, newest first, into pages that each replace their days. Every day has 40
// rows, and pages end with days.
func windows(n, page int) []plaidapi.Changes {
	var pages []plaidapi.Changes
	for start := 0; start < n; start += page {
		rows := make([]plaidapi.Transaction, min(page, n-start))
		for i := range rows {
			rows[i] = plaidapi.Transaction{
				ID: fmt.Sprintf("transaction-%08d", start+i), AccountID: "account", ItemID: "item",
				Date: plaidapi.Date(n/40 - (start+i)/40), Name: "Acme Market",
			}
		}
		pages = append(pages, plaidapi.Changes{
			Added: rows, More: true,
			Replace: &plaidapi.Span{From: rows[len(rows)-1].Date, To: rows[0].Date},
		})
	}
	return pages
}

// retold is a window as a bank tells it again: the same words in other places of memory.
func retold(c plaidapi.Changes) plaidapi.Changes {
	c.Added = slices.Clone(c.Added)
	for i := range c.Added {
		t := &c.Added[i]
		t.ID, t.AccountID, t.Name = strings.Clone(t.ID), strings.Clone(t.AccountID), strings.Clone(t.Name)
	}
	return c
}

// million is the history that the benchmarks are about: what a bank tells in 200 windows.
func million() []plaidapi.Changes { return windows(1_000_000, 5_000) }

// synced is a history after its first sync.
func synced(pages []plaidapi.Changes) *history {
	h := &history{}
	for _, p := range pages {
		h.apply(p)
	}
	return h
}

func BenchmarkFirstSync1M(b *testing.B) {
	pages := million()
	b.ReportAllocs()
	for b.Loop() {
		if h := synced(pages); len(h.rows) != 1_000_000 {
			b.Fatalf("%d rows", len(h.rows))
		}
	}
}

// syncAgain measures the second sync of a million rows, with edit made to every window.
func syncAgain(b *testing.B, edit func(c *plaidapi.Changes, round int)) {
	pages := million()
	h := synced(pages)
	b.ReportAllocs()
	for round := 0; b.Loop(); round++ {
		for _, p := range pages {
			b.StopTimer()
			p = retold(p)
			edit(&p, round)
			b.StartTimer()
			h.apply(p)
		}
	}
	if len(h.rows) != 1_000_000 {
		b.Fatalf("%d rows", len(h.rows))
	}
}

func BenchmarkSecondSync1M(b *testing.B) {
	syncAgain(b, func(*plaidapi.Changes, int) {})
}

// BenchmarkSecondSync1MAllStirred has one row in every window that reads otherwise than before.
func BenchmarkSecondSync1MAllStirred(b *testing.B) {
	syncAgain(b, func(c *plaidapi.Changes, round int) {
		c.Added[len(c.Added)/2].Name = fmt.Sprint("told otherwise ", round)
	})
}

// BenchmarkOneChange1M tells the newest window of a million rows again, one row of it in other words.
func BenchmarkOneChange1M(b *testing.B) {
	pages := million()
	h := synced(pages)
	newest := retold(pages[0])
	b.ReportAllocs()
	for round := 0; b.Loop(); round++ {
		newest.Added[0].Name = fmt.Sprint("new ", round)
		h.apply(newest)
	}
}
