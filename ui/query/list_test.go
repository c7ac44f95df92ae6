package query

import (
	"cmp"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// The accounts that drawn transactions are of, and what is known of them. Two of them are of one
// name, and of one nothing is known.
var (
	accountKeys = []plaidapi.AccountKey{{Item: "one", Account: "x"}, {Item: "one", Account: "y"}, {Item: "two", Account: "x"}, {Item: "two", Account: "z"}}
	cardNames   = map[plaidapi.AccountKey]Account{
		accountKeys[0]: {Name: "checking", Mask: "2222", Bank: "B"},
		accountKeys[1]: {Name: "Chécking", Mask: "1111", Bank: "A"},
		accountKeys[2]: {Name: "Saver", Bank: "A"},
	}
)

// drawAnyAmount draws an amount over few values in several currencies and units, now and then one that
// is beyond int64 or that nobody can read.
func drawAnyAmount() *rapid.Generator[plaidapi.Money] {
	return rapid.Custom(func(t *rapid.T) plaidapi.Money {
		currency := plaidapi.Currency(rapid.SampledFrom([]string{"USD", "USD", "USD", "EUR", "JPY", ""}).Draw(t, "currency"))
		digits := rapid.SampledFrom([]string{"5", "5", "5", "7", "0", "5.001", "5.0000000000000005", "9223372036854775807", "9999999999999999999", "1e18", "?"}).Draw(t, "digits")
		if digits == "?" {
			return plaidapi.Money{}
		}
		if rapid.Bool().Draw(t, "out") {
			digits = "-" + digits
		}
		return money(t, digits+" "+string(currency))
	})
}

// drawPlain draws an amount in dollars, of two units.
func drawPlain() *rapid.Generator[plaidapi.Money] {
	return rapid.Custom(func(t *rapid.T) plaidapi.Money {
		m, _ := plaidapi.NewMoney(rapid.Int64Range(-9999, 9999).Draw(t, "units"), rapid.IntRange(2, 3).Draw(t, "decimals"), "USD")
		return m
	})
}

// drawTable draws transactions of all accounts.
func drawTable(amount *rapid.Generator[plaidapi.Money], days int) *rapid.Generator[[]plaidapi.Transaction] {
	name := rapid.SampledFrom([]string{"Café", "cafe", "Bakery", "Über", "", "Online Transfer", "ÁUTOPAY"})
	path := rapid.SampledFrom([][]string{nil, {"Shops"}, {"Food", "Coffee"}, {"Transfer", "Internal"}, {"Payment", "Crédit"}, {"zoo", "coffee"}})
	return rapid.Custom(func(t *rapid.T) []plaidapi.Transaction {
		list := make([]plaidapi.Transaction, rapid.IntRange(0, 14).Draw(t, "rows"))
		first := plaidapi.NewDate(2026, 1, 20)
		for i := range list {
			key := rapid.SampledFrom(accountKeys).Draw(t, "account")
			list[i] = plaidapi.Transaction{
				ID: fmt.Sprint("id", i), ItemID: key.Item, AccountID: key.Account,
				Date:   first + plaidapi.Date(rapid.IntRange(0, days).Draw(t, "day")),
				Amount: amount.Draw(t, "amount"), Name: name.Draw(t, "name"), Category: plaidapi.Category{Path: path.Draw(t, "path")},
				Pending: rapid.IntRange(0, 4).Draw(t, "pending") == 0,
			}
			if rapid.IntRange(0, 3).Draw(t, "bank text") == 0 {
				list[i].BankText = "XFER 123"
			}
		}
		return list
	})
}

// drawWritten draws what a person wrote about some of them.
func drawWritten(t *rapid.T, list []plaidapi.Transaction) Facts {
	f := Facts{Accounts: map[plaidapi.AccountKey]Account{}, Written: map[Key]Written{}}
	for key, a := range cardNames {
		a.LeftOut = rapid.IntRange(0, 4).Draw(t, "account left out") == 0
		f.Accounts[key] = a
	}
	for _, tx := range list {
		if rapid.IntRange(0, 3).Draw(t, "written") == 0 {
			f.Written[Key{tx.ItemID, tx.ID}] = Written{
				Name:     rapid.SampledFrom([]string{"", "bakery", "Mum's transfer"}).Draw(t, "own name"),
				Category: rapid.SampledFrom([]string{"", "COFFEE", "Gifts", "transfer"}).Draw(t, "own category"),
				LeftOut:  rapid.Bool().Draw(t, "left out"),
			}
		}
	}
	return f
}

// indexOf is an Index of transactions, each Item's in its own pages, with what is known of them.
func indexOf(t *rapid.T, list []plaidapi.Transaction, f Facts) *Index {
	x := New()
	retell(t, x, list)
	x.SetFacts(f)
	return x
}

// retell tells an Index all transactions of its Items anew.
func retell(t *rapid.T, x *Index, list []plaidapi.Transaction) {
	for _, item := range []string{"one", "two"} {
		c := plaidapi.Changes{Replace: &plaidapi.Span{To: 1 << 30}}
		for _, tx := range list {
			if tx.ItemID == item {
				c.Added = append(c.Added, tx)
			}
		}
		p, err := x.Diff(item, c)
		if err == nil {
			err = x.Apply(p)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// drawView draws a View: all of v, or some of it.
func drawView(t *rapid.T, v *View) *View {
	switch rapid.SampledFrom([]string{"all", "found", "days", "account"}).Draw(t, "view") {
	case "found":
		return foundBy(t, v, Filter{Account: plaidapi.AccountKey{Item: "two"}})
	case "days":
		return v.Days(plaidapi.Span{From: plaidapi.NewDate(2026, 1, 22), To: plaidapi.NewDate(2026, 1, 30)})
	case "account":
		return foundBy(t, v, Filter{Account: rapid.SampledFrom(accountKeys).Draw(t, "account")})
	}
	return v
}

func foundBy(t *rapid.T, v *View, f Filter) *View {
	found, err := v.Find(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// drawSorted is a View in a drawn order.
func drawSorted(t *rapid.T, v *View) *View {
	by := rapid.SampledFrom([]Column{ByDate, ByName, ByCategory, ByAccount, ByAmount}).Draw(t, "column")
	s, err := v.Sorted(t.Context(), by, rapid.Bool().Draw(t, "descending"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// compareRows is how the transactions at two places of a View compare by a column, and whether one
// of them has nothing there, and so stands behind the other whatever the direction.
func compareRows(v *View, by Column, i, j int) (c int, last bool) {
	a, b := v.At(i), v.At(j)
	texts := func(x, y string) (int, bool) {
		if x == "" || y == "" {
			return cmp.Compare(y, x), true
		}
		return cmp.Compare(fold(x), fold(y)), false
	}
	switch by {
	case ByName:
		return texts(cmp.Or(v.Written(i).Name, a.Name), cmp.Or(v.Written(j).Name, b.Name))
	case ByCategory:
		return texts(cmp.Or(v.Written(i).Category, narrowest(a.Category)), cmp.Or(v.Written(j).Category, narrowest(b.Category)))
	case ByAccount:
		x, y := v.Account(plaidapi.AccountKey{Item: a.ItemID, Account: a.AccountID}), v.Account(plaidapi.AccountKey{Item: b.ItemID, Account: b.AccountID})
		if c, last := texts(x.Name, y.Name); c != 0 || last {
			return c, last
		}
		return cmp.Or(cmp.Compare(x.Mask, y.Mask), cmp.Compare(x.Bank, y.Bank)), false
	case ByAmount:
		switch x, y := a.Amount, b.Amount; {
		case !x.Known() || !y.Known():
			return slices.Index([]bool{true, false}, x.Known()) - slices.Index([]bool{true, false}, y.Known()), true
		case x.Currency() != y.Currency():
			return cmp.Compare(x.Currency(), y.Currency()), true
		default:
			return x.Cmp(y), false
		}
	}
	return cmp.Compare(a.Date, b.Date), false
}
