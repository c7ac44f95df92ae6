package query

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tartan/plaidapi"
)

// The parts that the names of made transactions are put together from: about 3,000 of them.
var (
	brands = []string{
		"Blue Bottle Coffee", "Acme Market", "United Airlines", "Café du Monde", "Corner Bakery", "Shell", "Harbor Books",
		"Green Grocer", "Metro Transit", "Night Owl Diner", "Sunrise Yoga", "Tectra", "Pine Street Hardware", "Lotus Thai",
		"Vela Mobile", "Northern Power", "Juniper Pharmacy", "Old Town Cinema", "Kite & Key", "Salt Cellar",
	}
	branches = []string{"", " Downtown", " Airport", " Online", " No. 7", " West", " East", " Union Square", " Station", " Outlet"}
	paths    = [][]string{
		{"Food and Drink", "Restaurants", "Coffee Shop"},
		{"Shops", "Supermarkets and Groceries"},
		{"Travel", "Airlines and Aviation Services"},
		{"Service", "Utilities"},
		{"Transfer", "Payroll"},
		{"Recreation", "Arts and Entertainment"},
	}
)

// made makes n transactions, newest first, in pages as they are saved: IDs of 37 characters, about
// 3,000 names, two currencies, ten accounts at two Items, and a few that are pending.
func made(tb testing.TB, n int) []plaidapi.Page {
	const alphabet = "0123456789ABDEJKLMNOPQRVXYZabdegjkmnopqrvwxyz"
	dice := rand.New(rand.NewPCG(1, 2))
	texts, banks := make([]string, 3000), make([]string, 3000)
	for i := range texts {
		texts[i] = fmt.Sprintf("%s%s %d", brands[i%len(brands)], branches[i/len(brands)%len(branches)], i/200)
		banks[i] = fmt.Sprintf("POS PURCHASE %s #%04d", brands[i%len(brands)], i)
	}
	today := plaidapi.NewDate(2026, 11, 23)
	var pages []plaidapi.Page
	var batch *plaidapi.Batch
	id := make([]byte, 37)
	for i := range n {
		if i%PageRows == 0 {
			batch = plaidapi.NewBatch(min(PageRows, n-i))
			pages = append(pages, plaidapi.Page{ItemID: "item", Put: batch})
		}
		for k := range id {
			id[k] = alphabet[dice.IntN(len(alphabet))]
		}
		name := min(dice.IntN(len(texts)), dice.IntN(len(texts))) // some shops are seen more often
		currency := plaidapi.Currency("USD")
		if dice.IntN(20) == 0 {
			currency = "EUR"
		}
		amount, err := plaidapi.NewMoney(int64(dice.ExpFloat64()*-4000)-1, 2, currency)
		if err != nil {
			tb.Fatal(err)
		}
		if name%50 == 4 {
			amount = amount.Neg()
		}
		t := plaidapi.Transaction{
			ID: string(id), ItemID: "item", AccountID: fmt.Sprint("account ", dice.IntN(10)),
			Date: today - plaidapi.Date(i*20*365/n), Amount: amount, Name: texts[name], BankText: banks[name],
			Category: plaidapi.Category{ID: fmt.Sprint(name % len(paths)), Path: paths[name%len(paths)]},
			Pending:  i < 20, Place: plaidapi.Place{City: branches[name/len(brands)%len(branches)]}, Channel: "in person",
		}
		if err := batch.Append(&t); err != nil {
			tb.Fatal(err)
		}
	}
	return pages
}

// loaded is an Index of pages.
func loaded(tb testing.TB, pages []plaidapi.Page) *Index {
	x := New()
	rows := 0
	for _, p := range pages {
		rows += p.Put.Len()
	}
	x.Reserve(rows)
	for _, p := range pages {
		if err := x.Load(p); err != nil {
			tb.Fatal(err)
		}
	}
	x.Loaded()
	return x
}
