package query

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"tartan/plaidapi"
)

// BenchmarkSorted sorts by each column. Library is what slices.SortFunc takes for the amounts alone,
// which are packed already.
func BenchmarkSorted(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		accounts := map[plaidapi.AccountKey]Account{}
		for i := range 10 {
			accounts[plaidapi.AccountKey{Item: "item", Account: fmt.Sprint("account ", i)}] = Account{Name: brands[i], Mask: "0000"}
		}
		x.SetFacts(Facts{Accounts: accounts})
		v := x.View()
		for by, name := range []string{"date", "name", "category", "account", "amount"} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if s, err := v.Sorted(b.Context(), Column(by), false); err != nil || s.Len() != v.Len() {
						b.Fatal(err)
					}
				}
			})
		}
		s, err := v.Sorted(b.Context(), ByAmount, true)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("back", func(b *testing.B) {
			for b.Loop() {
				if back, err := s.Sorted(b.Context(), ByDate, true); err != nil || back.Len() != v.Len() {
					b.Fatal(err)
				}
			}
		})
		b.Run("library", func(b *testing.B) {
			type packed struct {
				amount int64
				row    uint32
			}
			rows := make([]packed, v.Len())
			for b.Loop() {
				for i, row := range v.rows {
					rows[i] = packed{v.batch.Amounts[row], row}
				}
				slices.SortFunc(rows, func(a, b packed) int { return cmp.Or(cmp.Compare(a.amount, b.amount), cmp.Compare(a.row, b.row)) })
			}
		})
	})
}

// BenchmarkList is what else a table asks of a list of everything.
func BenchmarkList(b *testing.B) {
	today := plaidapi.NewDate(2026, 11, 23)
	current, _ := plaidapi.NewMoney(500_000, 2, "USD")
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		for i := range pages { // one currency, so that balances are known
			pages[i].Put.Units[2].Currency = "USD"
			pages[i].Put.Units[1].Currency = "USD"
		}
		v := loaded(b, pages).View()
		balances := map[plaidapi.AccountKey]plaidapi.Money{}
		for _, key := range v.batch.Accounts[1:] {
			balances[key] = current
		}
		for name, run := range map[string]func() bool{
			"months":  func() bool { return len(v.Months()) > 200 },
			"days":    func() bool { return v.Days(plaidapi.Span{From: today - 30, To: today}).Len() > 100 },
			"trends":  func() bool { return len(v.Trends(balances, today, 7, 12)) == len(balances) },
			"year":    func() bool { return len(v.Trends(balances, today, 1, 365)) == len(balances) },
			"running": func() bool { _, ok := v.Running(current).At(v.Len() - 1); return ok },
			"transfers": func() bool {
				v.kinds = &kinds{list: v.kinds.list}
				return len(v.transfers().pairs) > 0
			},
		} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if !run() {
						b.Fatal("not what was asked for")
					}
				}
			})
		}
		b.ReportMetric(float64(len(v.transfers().pairs)), "transfers")
		running := v.Running(current)
		b.Run("screen", func(b *testing.B) { // forty balances
			for b.Loop() {
				for i := range 40 {
					running.At(v.Len()/2 + i)
				}
			}
		})
		b.Run("select", func(b *testing.B) {
			for b.Loop() {
				var s Selection
				s.All(v)
				if s.View(v).Len() != v.Len() {
					b.Fatal(s.Len())
				}
			}
		})
	})
}

// BenchmarkCounted adds up everything: all of it, without transfers, and without one row and one
// account besides.
func BenchmarkCounted(b *testing.B) {
	sizes(b, func(b *testing.B, pages []plaidapi.Page) {
		x := loaded(b, pages)
		v := x.View()
		first := v.At(30)
		x.SetFacts(Facts{
			Written:  map[Key]Written{{first.ItemID, first.ID}: {LeftOut: true}},
			Accounts: map[plaidapi.AccountKey]Account{{Item: "item", Account: "account 3"}: {LeftOut: true}},
		})
		for name, no := range map[string]uncounted{"all": {}, "transfers": v.uncounted(), "left out": x.View().uncounted()} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					scan(b.Context(), &v.batch, v.rows, nil, no)
				}
			})
		}
	})
}
