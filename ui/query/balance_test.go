package query

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// was is what a balance was before the posted ones of some transactions, the plain way.
type was struct {
	exact *big.Rat // nil when an amount cannot be read, or is of another currency
	fits  bool     // so did every balance in between
}

func balanceBefore(current plaidapi.Money, newer []plaidapi.Transaction) was {
	w := was{new(big.Rat), true}
	number := func(m plaidapi.Money) *big.Rat {
		r, _ := new(big.Rat).SetString(m.Decimal())
		return r
	}
	w.exact = number(current)
	for _, tx := range newer {
		if tx.Pending {
			continue
		}
		if !tx.Amount.Known() || tx.Amount.Currency() != current.Currency() {
			return was{}
		}
		w.exact.Sub(w.exact, number(tx.Amount))
		next, err := current.Add(tx.Amount.Neg())
		if err == nil {
			current = next
		}
		w.fits = w.fits && err == nil
	}
	return w
}

// fit reports whether a balance is what it was. Where one in between does not fit it may be unknown.
func (w was) fit(got plaidapi.Money, ok bool) bool {
	if !ok {
		return w.exact == nil || !w.fits
	}
	r, _ := new(big.Rat).SetString(got.Decimal())
	return w.exact != nil && r.Cmp(w.exact) == 0
}

func TestRunning(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		amount := drawPlain()
		if rapid.IntRange(0, 3).Draw(rt, "any") == 0 {
			amount = drawAnyAmount()
		}
		list := drawTable(amount, 12).Draw(rt, "list")
		v := foundBy(rt, indexOf(rt, list, Facts{}).View(), Filter{Account: accountKeys[0]})
		current := amount.Draw(rt, "current")
		running := v.Running(current)
		rows := all(v)
		for i, tx := range rows {
			got, ok := running.At(i)
			want := balanceBefore(current, rows[:i])
			if !current.Known() || tx.Pending {
				want.exact = nil
			}
			if !want.fit(got, ok) {
				rt.Fatalf("%s: %v, %v after %v; want %+v", current, got, ok, tx, want)
			}
		}
	})
}

// Balances are right beyond the first mark, across units and beyond int64.
func TestRunningLong(t *testing.T) {
	amounts := []string{"1 USD", "-2.5 USD", "0.25 USD", "-48000000000000000 USD", "48000000000000000 USD"}
	var list []plaidapi.Transaction
	batch := plaidapi.NewBatch(0)
	for i := range 3*stride + 10 {
		amount := amounts[i%3]
		if i > 2*stride+1 {
			amount = amounts[i/2%2+3]
		}
		list = append(list, plaidapi.Transaction{ID: fmt.Sprint(i), Date: plaidapi.Date(5000 - i), Amount: money(t, amount), Pending: i < 2*stride && i%11 == 0})
		if err := batch.Append(&list[i]); err != nil {
			t.Fatal(err)
		}
	}
	x := New()
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	current := money(t, "100 USD")
	running := x.View().Running(current)
	for i, tx := range list {
		got, ok := running.At(i)
		want := balanceBefore(current, list[:i])
		if !want.fits {
			t.Fatalf("at %d the balance does not fit", i)
		}
		if tx.Pending {
			want.exact = nil
		}
		if !want.fit(got, ok) {
			t.Fatalf("at %d: %v, %v, want %+v", i, got, ok, want)
		}
	}
}

func TestTrends(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		amount := drawPlain()
		if rapid.IntRange(0, 3).Draw(rt, "any") == 0 {
			amount = drawAnyAmount()
		}
		list := drawTable(amount, 40).Draw(rt, "list")
		v := indexOf(rt, list, Facts{}).View()
		current := map[plaidapi.AccountKey]plaidapi.Money{{Item: "nobody"}: money(rt, "5 EUR")}
		for _, key := range accountKeys[:3] {
			current[key] = amount.Draw(rt, "current")
		}
		until := plaidapi.NewDate(2026, 1, 20) + plaidapi.Date(rapid.IntRange(-10, 50).Draw(rt, "until"))
		step, n := rapid.IntRange(0, 10).Draw(rt, "step"), rapid.IntRange(0, 8).Draw(rt, "n")
		trends := drawSorted(rt, v).Trends(current, until, step, n)
		for key, now := range current {
			var rows []plaidapi.Transaction
			for _, tx := range all(v) {
				if key == (plaidapi.AccountKey{Item: tx.ItemID, Account: tx.AccountID}) {
					rows = append(rows, tx)
				}
			}
			mustTrend(rt, trends[key], now, rows, until, step, n)
			if one := v.Trend(key, now, until, step, n); fmt.Sprint(one) != fmt.Sprint(trends[key]) {
				rt.Fatalf("%v alone: %v, want %v", key, one, trends[key])
			}
		}
		if _, is := trends[accountKeys[3]]; is {
			rt.Fatal("a trend that nobody asked for")
		}
	})
}

// mustTrend fails unless a trend is the balances of an account with these rows.
func mustTrend(t *rapid.T, got []plaidapi.Money, now plaidapi.Money, rows []plaidapi.Transaction, until plaidapi.Date, step, n int) {
	t.Helper()
	if step == 0 || n == 0 || !now.Known() {
		if got != nil {
			t.Fatalf("got %v", got)
		}
		return
	}
	if got != nil && len(got) != n {
		t.Fatalf("%d balances, not %d", len(got), n)
	}
	known := false
	for k := range n {
		day := until - plaidapi.Date((n-1-k)*step)
		newer := slices.DeleteFunc(slices.Clone(rows), func(tx plaidapi.Transaction) bool { return tx.Date <= day })
		want := balanceBefore(now, newer)
		if got != nil && !want.fit(got[k], true) {
			t.Fatalf("on day %v: %v, want %+v", day, got[k], want)
		}
		if k == 0 {
			known = want.exact != nil && want.fits
		}
	}
	if known && got == nil {
		t.Fatalf("%s on day %v is not known", now, until)
	}
}

func TestTogether(t *testing.T) {
	key := func(account string) plaidapi.AccountKey { return plaidapi.AccountKey{Account: account} }
	trend := func(amounts ...string) (out []plaidapi.Money) {
		for _, amount := range amounts {
			out = append(out, money(t, amount))
		}
		return out
	}
	sums := Together(map[plaidapi.AccountKey][]plaidapi.Money{
		key("a"): trend("1 USD", "2 USD"), key("b"): trend("-3.5 USD", "0.125 USD"), key("c"): trend("7 EUR", "8 EUR"),
		key("d"): trend("1 JPY", "9999999999999999999 JPY"), key("e"): trend("1 JPY", "9999999999999999999 JPY"), key("f"): nil,
	})
	if got := fmt.Sprint(sums); got != "map[EUR:[7.00 EUR 8.00 EUR] USD:[-2.50 USD 2.125 USD]]" {
		t.Errorf("together %s", got)
	}
}
