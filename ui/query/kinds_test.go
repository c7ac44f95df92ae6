package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// transfersOf are the transfers of a list the plain way: each place, and that of the other side.
func transfersOf(v *View) map[int]int {
	speaks := func(i int) bool {
		tx, w := v.At(i), v.Written(i)
		texts := append([]string{tx.BankText}, cmp.Or(w.Name, tx.Name), w.Category)
		if w.Category == "" {
			texts = append(texts, tx.Category.Path...)
		}
		text := fold(strings.Join(texts, "|"))
		return strings.Contains(text, "transfer") || strings.Contains(text, "payment") || strings.Contains(text, "xfer") ||
			strings.Contains(text, "autopay")
	}
	pairs := map[int]int{}
	for days := plaidapi.Date(0); days <= 4; days++ {
		for i := range v.Len() {
			for j := i - 1; j >= 0; j-- {
				a, b := v.At(i), v.At(j)
				_, taken := pairs[i]
				_, other := pairs[j]
				if taken || other || b.Date-a.Date != days || !a.Amount.Known() || !b.Amount.Known() || a.Amount.Sign() == 0 ||
					a.Amount.Currency() != b.Amount.Currency() || a.Amount.Cmp(b.Amount.Neg()) != 0 ||
					a.AccountID == b.AccountID && a.ItemID == b.ItemID || !speaks(i) && !speaks(j) {
					continue
				}
				pairs[i], pairs[j] = j, i
			}
		}
	}
	return pairs
}

func TestTransfers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 9).Draw(rt, "list")
		v := indexOf(rt, list, drawWritten(rt, list)).View()
		want := transfersOf(v)
		s := drawSorted(rt, v)
		for i, tx := range all(s) {
			at := v.Position(tx.ItemID, tx.ID)
			j, is := want[at]
			other := Key{}
			if is {
				other = Key{v.At(j).ItemID, v.At(j).ID}
			}
			got, got2 := s.Transfer(i)
			if got != other || got2 != is || s.isTransfer(s.Row(i)) != is {
				rt.Fatalf("%v: the other side is %v, want %v", tx, got, other)
			}
		}
	})
}

func TestWhatIsATransfer(t *testing.T) {
	type row struct {
		account, amount, name string
		day                   int
	}
	shop := row{"card", "-200 USD", "Shop", 9}
	from := row{"checking", "-200 USD", "Online Transfer to Saver", 9}
	tests := []struct {
		name string
		a, b row
		want bool
	}{
		{"both sides", from, row{"saver", "200 USD", "Online Transfer from Checking", 9}, true},
		{"one side says so", from, row{"saver", "200 USD", "Deposit", 9}, true},
		{"neither does", shop, row{"saver", "200 USD", "Deposit", 9}, false},
		{"a card is paid", row{"checking", "-81.20 USD", "Platinum Payment", 9}, row{"card", "81.2 USD", "Thank you", 8}, true},
		{"four days later", from, row{"saver", "200 USD", "Deposit", 13}, true},
		{"five days later", from, row{"saver", "200 USD", "Deposit", 14}, false},
		{"another currency", from, row{"saver", "200 EUR", "Deposit", 9}, false},
		{"a cent more", from, row{"saver", "200.01 USD", "Deposit", 9}, false},
		{"the same account", from, row{"checking", "200 USD", "Transfer came back", 9}, false},
		{"the same direction", from, row{"saver", "-200 USD", "Transfer", 9}, false},
		{"nothing", row{"checking", "0 USD", "Transfer", 9}, row{"saver", "0 USD", "Transfer", 9}, false},
		{"wide", row{"checking", "-9999999999999999999 USD", "Transfer", 9}, row{"saver", "9999999999999999999 USD", "", 9}, true},
		{"as statements write it", row{"checking", "-5 USD", "ONLINE XFER 12", 9}, row{"saver", "5 USD", "", 9}, true},
	}
	for _, test := range tests {
		b := plaidapi.NewBatch(0)
		for i, r := range []row{test.a, test.b} {
			if err := b.Append(&plaidapi.Transaction{
				ID: fmt.Sprint(i), ItemID: "one", AccountID: r.account, Date: plaidapi.Date(r.day), Amount: money(t, r.amount), Name: r.name,
			}); err != nil {
				t.Fatal(err)
			}
		}
		x := New()
		if err := x.Load(plaidapi.Page{ItemID: "one", Put: b}); err != nil {
			t.Fatal(err)
		}
		v := x.View()
		if _, is := v.Transfer(0); is != test.want {
			t.Errorf("%s: %v", test.name, is)
		}
		if n, _ := v.Uncounted(); (n == 2) != test.want || (len(v.Sums()) == 0) != test.want {
			t.Errorf("%s: %d are not counted, sums %v", test.name, n, v.Sums())
		}
		one := Filter{Account: plaidapi.AccountKey{Item: "one", Account: test.a.account}}
		if found, err := v.Find(t.Context(), one); err != nil || len(found.Sums()) == 0 || found.Sums()[0].Net.Cmp(money(t, test.a.amount)) != 0 && test.a.account != test.b.account {
			t.Errorf("%s: in its account %v, %v", test.name, found.Sums(), err)
		}
	}
}

// Today's categories speak of transfers as those of old do.
func TestTodaysCategoriesTellOfTransfers(t *testing.T) {
	for _, c := range modern.Taxonomy(modern.V2) {
		moves := strings.HasPrefix(c.ID, "TRANSFER_") || strings.HasPrefix(c.ID, "LOAN_PAYMENTS_")
		if told := slices.ContainsFunc(c.Path, tells); told != moves && c.ID != "GOVERNMENT_AND_NON_PROFIT_TAX_PAYMENT" {
			t.Errorf("%s, %q: %v", c.ID, c.Path, told)
		}
	}
}

// The person's own name and category count instead of the bank's.
func TestOwnWordsTellOfTransfers(t *testing.T) {
	for _, test := range []struct {
		name, category string
		want           bool
	}{
		{"", "", true},
		{"", "Rent", true},
		{"Landlord", "", true},
		{"Landlord", "Rent", false},
		{"Landlord", "my transfers", true},
		{"Payment", "Rent", true},
	} {
		b := plaidapi.NewBatch(0)
		for i, amount := range []string{"-9 USD", "9 USD"} {
			tx := plaidapi.Transaction{ID: fmt.Sprint(i), ItemID: "one", AccountID: fmt.Sprint(i), Amount: money(t, amount)}
			if i == 0 {
				tx.Name, tx.Category.Path = "Transfer", []string{"Transfer", "Debit"}
			}
			if err := b.Append(&tx); err != nil {
				t.Fatal(err)
			}
		}
		x := New()
		if err := x.Load(plaidapi.Page{ItemID: "one", Put: b}); err != nil {
			t.Fatal(err)
		}
		x.SetFacts(Facts{Written: map[Key]Written{{"one", "0"}: {Name: test.name, Category: test.category}}})
		if _, is := x.View().Transfer(0); is != test.want {
			t.Errorf("%+v: %v", test, is)
		}
	}
}

// A row a day for as many days as are needed to fall upon each other in what remembers amounts.
func TestAmountsThatShareAPlace(t *testing.T) {
	b := plaidapi.NewBatch(0)
	const n = 100_000
	for i := range n {
		m, _ := plaidapi.NewMoney(int64(i/2+1)*int64(1-i%2*2), 2, "USD")
		if err := b.Append(&plaidapi.Transaction{ID: fmt.Sprint(i), ItemID: "one", AccountID: fmt.Sprint(i % 2), Date: plaidapi.Date(n - i/1000), Amount: m, Name: "Transfer"}); err != nil {
			t.Fatal(err)
		}
	}
	x := New()
	if err := x.Load(plaidapi.Page{ItemID: "one", Put: b}); err != nil {
		t.Fatal(err)
	}
	v := x.View()
	for i := range n {
		if other, is := v.Transfer(i); !is || other.ID != fmt.Sprint(i^1) {
			t.Fatalf("%d and %v", i, other)
		}
	}
}

func TestSumsOfWhatCounts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 12).Draw(rt, "list")
		facts := drawWritten(rt, list)
		whole := indexOf(rt, list, facts).View()
		pairs := transfersOf(whole)
		v := drawView(rt, whole)
		single := v.single
		if rapid.Bool().Draw(rt, "days") {
			v = v.Days(plaidapi.Span{From: plaidapi.NewDate(2026, 1, 22), To: plaidapi.NewDate(2026, 1, 28)})
		}
		var want totals
		currencies := map[plaidapi.Currency]bool{}
		for i, tx := range all(v) {
			if tx.Amount.Known() {
				currencies[tx.Amount.Currency()] = true
			}
			_, moved := pairs[whole.Position(tx.ItemID, tx.ID)]
			account := v.Account(plaidapi.AccountKey{Item: tx.ItemID, Account: tx.AccountID}).LeftOut
			want.pending = want.pending || tx.Pending
			switch {
			case v.isLeftOut(v.Row(i)) != (v.Written(i).LeftOut || account):
				rt.Fatalf("%v is left out: %v", tx, v.isLeftOut(v.Row(i)))
			case v.Written(i).LeftOut || account && !single:
				want.leftOut++
			case moved && !single:
				want.transfers++
			case !tx.Amount.Known() || !want.add(tx.Amount):
				want.unadded++
			}
		}
		transfers, leftOut := v.Uncounted()
		if fmt.Sprint(v.Sums()) != fmt.Sprint(want.sums) || v.Unadded() != want.unadded || v.HasPending() != want.pending ||
			transfers != want.transfers || leftOut != want.leftOut || v.Mixed() != (len(currencies) > 1) {
			rt.Fatalf("got %v and %+v, want %+v", v.Sums(), v.sums.totals, want)
		}
	})
}

// Both halves of a long list are without what does not count.
func TestSumsOfManyThatDoNotCount(t *testing.T) {
	x := loaded(t, made(t, 2*many))
	v := x.View()
	first, last := v.At(30), v.At(v.Len()-1)
	x.SetFacts(Facts{Written: map[Key]Written{{first.ItemID, first.ID}: {LeftOut: true}, {last.ItemID, last.ID}: {LeftOut: true}}})
	now := x.View()
	want := slices.Clone(v.rows)
	want = slices.DeleteFunc(want, func(row uint32) bool { return now.isLeftOut(row) || now.isTransfer(row) })
	_, sums := scan(t.Context(), &v.batch, want, nil, uncounted{})
	transfers, leftOut := now.Uncounted()
	if fmt.Sprint(now.Sums()) != fmt.Sprint(sums.sums) || leftOut != 2 || transfers != v.Len()-2-len(want) || transfers == 0 {
		t.Errorf("sums %v without %d transfers and %d left out, want %v", now.Sums(), transfers, leftOut, sums.sums)
	}
}

// Views of one list, used at once, find out the same about it.
func TestViewsAreForMany(t *testing.T) {
	v := loaded(t, made(t, 5000)).View()
	found, err := v.Find(t.Context(), Filter{Account: plaidapi.AccountKey{Item: "item"}})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, view := range []*View{v, found, v, v.Days(plaidapi.Span{To: 1 << 30})} {
		all.Go(func() {
			s, err := view.Sorted(t.Context(), ByName, true)
			if err != nil || fmt.Sprint(s.Sums()) != fmt.Sprint(v.Sums()) || s.isTransfer(s.Row(0)) != v.isTransfer(s.Row(0)) {
				t.Errorf("%v, %v", s, err)
			}
		})
	}
	all.Wait()
}
