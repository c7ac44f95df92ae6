package query

import (
	"fmt"
	"runtime"
	"testing"

	"tartan/plaidapi"
)

// sizes runs a benchmark with 100,000 and with 1,000,000 rows.
func sizes(b *testing.B, run func(b *testing.B, pages []plaidapi.Page)) {
	for _, rows := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) { run(b, made(b, rows)) })
	}
}

// decoded is pages as they come from decoding: nothing is known of their dictionaries.
func decoded(pages []plaidapi.Page) []plaidapi.Page {
	out := make([]plaidapi.Page, len(pages))
	for i, p := range pages {
		o := p.Put
		p.Put = &plaidapi.Batch{
			Texts: o.Texts, Accounts: o.Accounts, Units: o.Units, Abouts: o.Abouts, IDs: o.IDs, Ends: o.Ends, Dates: o.Dates,
			Amounts: o.Amounts, Unit: o.Unit, Account: o.Account, Name: o.Name, BankText: o.BankText, About: o.About, Pending: o.Pending,
		}
		out[i] = p
	}
	return out
}

func BenchmarkLoad(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		for b.Loop() {
			loaded(b, decoded(pages))
		}
	})
}

// BenchmarkLoadGone has, before the newest page, one that takes a few rows away.
func BenchmarkLoadGone(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		pages = decoded(pages)
		for row := range 100 {
			id, _ := pages[0].Put.ID(row * 50)
			pages[len(pages)-1].Gone = append(pages[len(pages)-1].Gone, string(id))
		}
		for b.Loop() {
			if x := loaded(b, pages); x.Dead() != 100 {
				b.Fatalf("%d rows are gone", x.Dead())
			}
		}
	})
}

// BenchmarkLoadBackwards loads the oldest rows first, so that all have to be put in order.
func BenchmarkLoadBackwards(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		var back []plaidapi.Page
		for _, p := range pages {
			back = append([]plaidapi.Page{p}, back...)
		}
		for b.Loop() {
			loaded(b, decoded(back))
		}
	})
}

func BenchmarkFind(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		v := loaded(b, pages).View()
		for name, f := range map[string]Filter{
			"all": {}, "letter": words("c"), "common": words("coffee"), "rare": words("#2500"), "none": words("zzz"), "two": words("coffee airport"),
			"typo": words("cofffee"), "mixed": words("coffee or cat:travel >20 since:2020 -is:pending"),
			"number": words("48.12"), "range": words("20..21"), "account": {Account: plaidapi.AccountKey{Item: "item", Account: "account 3"}},
		} {
			b.Run(name, func(b *testing.B) {
				hits := 0
				for b.Loop() {
					found, err := v.Find(b.Context(), f)
					if err != nil {
						b.Fatal(err)
					}
					hits = found.Len()
				}
				b.ReportMetric(float64(hits), "hits")
			})
		}
	})
}

// BenchmarkSums makes a list of everything, with its sums.
func BenchmarkSums(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		for b.Loop() {
			x.view = nil
			if v := x.View(); len(v.Sums()) != 2 {
				b.Fatal(v.Sums())
			}
		}
	})
}

// BenchmarkApply finds the differences of a page of 500 new rows, the newest, and takes them in.
func BenchmarkApply(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		if _, err := x.Diff("item", plaidapi.Changes{}); err != nil { // what finds rows is made once
			b.Fatal(err)
		}
		round := 0
		rows := make([]plaidapi.Transaction, 500)
		for b.Loop() {
			round++
			for i := range rows {
				rows[i] = pages[0].Put.At(i)
				rows[i].ID = fmt.Sprintf("%030d%07d", round, i)
				rows[i].Date = plaidapi.NewDate(2027, 1, round)
			}
			p, err := x.Diff("item", plaidapi.Changes{Added: rows})
			if err != nil {
				b.Fatal(err)
			}
			if err := x.Apply(p); err != nil {
				b.Fatal(err)
			}
			x.View()
		}
	})
}

// BenchmarkOneChange tells the newest 5,000 rows again, one of them in other words, and takes it in.
func BenchmarkOneChange(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		v := x.View()
		var rows []plaidapi.Transaction
		for at := 0; len(rows) < 5000 || v.At(at).Date == rows[len(rows)-1].Date; at++ {
			rows = append(rows, v.At(at))
		}
		round := 0
		for b.Loop() {
			round++
			rows[100].Name = fmt.Sprint("told otherwise ", round)
			bring(b, x, "item", plaidapi.Changes{Added: rows, Replace: &plaidapi.Span{From: rows[len(rows)-1].Date, To: rows[0].Date}})
			x.View()
		}
	})
}

// BenchmarkTell tells everything again, in windows of 5,000 rows: nothing differs.
func BenchmarkTell(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		v := x.View()
		for b.Loop() {
			for at := 0; at < v.Len(); {
				b.StopTimer()
				var rows []plaidapi.Transaction
				for ; at < v.Len() && (len(rows) < 5000 || v.At(at).Date == rows[len(rows)-1].Date); at++ {
					rows = append(rows, v.At(at))
				}
				b.StartTimer()
				p, err := x.Diff("item", plaidapi.Changes{
					Added: rows, Replace: &plaidapi.Span{From: rows[len(rows)-1].Date, To: rows[0].Date},
				})
				if err != nil || p.Put != nil || p.Gone != nil {
					b.Fatal(p, err)
				}
			}
		}
	})
}

// BenchmarkLookup makes what finds rows by their IDs, as the first Diff does.
func BenchmarkLookup(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		for b.Loop() {
			x.known = nil
			x.look()
		}
	})
}

// BenchmarkMemory reports what a row takes: loaded, searched once, and with what Diff needs.
func BenchmarkMemory(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		live := func() float64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return float64(m.HeapAlloc)
		}
		for b.Loop() {
			before := live()
			x := loaded(b, decoded(pages))
			if _, err := x.View().Find(b.Context(), words("coffee")); err != nil {
				b.Fatal(err)
			}
			rows := float64(x.View().Len())
			b.ReportMetric((live()-before)/rows, "B/row")
			x.look()
			b.ReportMetric((live()-before)/rows, "B/row-synced")
			runtime.KeepAlive(x)
		}
		runtime.KeepAlive(pages)
	})
}
