package store

import (
	"reflect"
	"testing"

	"tartan/plaidapi"
)

func TestAPostedRowTakesThePlaceOfThePendingOne(t *testing.T) {
	var h history
	h.apply(plaidapi.Changes{Added: []plaidapi.Transaction{{ID: "p", Date: 9, Pending: true}, {ID: "a", Date: 8}}})
	h.apply(plaidapi.Changes{Added: []plaidapi.Transaction{{ID: "q", Date: 7, PendingID: "p"}}})
	if len(h.rows) != 2 || h.rows[0].ID != "a" || h.rows[1].ID != "q" {
		t.Errorf("rows: %q", values(h.rows))
	}
}

func TestAReadersAppendIsItsOwn(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	for _, page := range windows(400, 40) { // pages leave room behind the rows again and again
		rows, _ := s.Transactions(t.Context(), "one")
		mine := append(rows, &plaidapi.Transaction{ID: "mine"})
		if err := s.Apply(t.Context(), "one", page); err != nil {
			t.Fatal(err)
		}
		if mine[len(rows)].ID != "mine" {
			t.Fatalf("the page wrote %s into the reader's rows", mine[len(rows)].ID)
		}
	}
}

// Every field counts when a row is compared with the one that is known.
func TestEqualLooksAtEveryField(t *testing.T) {
	full := func() plaidapi.Transaction {
		return plaidapi.Transaction{ID: "a", Category: plaidapi.Category{ID: "c", Path: []string{"Travel", "Airlines"}}}
	}
	edits := map[string]func(*plaidapi.Transaction){
		"ID":        func(t *plaidapi.Transaction) { t.ID = "x" },
		"ItemID":    func(t *plaidapi.Transaction) { t.ItemID = "x" },
		"AccountID": func(t *plaidapi.Transaction) { t.AccountID = "x" },
		"Date":      func(t *plaidapi.Transaction) { t.Date = 1 },
		"Amount":    func(t *plaidapi.Transaction) { t.Amount = plaidapi.Zero("USD") },
		"Name":      func(t *plaidapi.Transaction) { t.Name = "x" },
		"BankText":  func(t *plaidapi.Transaction) { t.BankText = "x" },
		"Category":  func(t *plaidapi.Transaction) { t.Category.ID = "x" },
		"Pending":   func(t *plaidapi.Transaction) { t.Pending = true },
		"PendingID": func(t *plaidapi.Transaction) { t.PendingID = "x" },
		"Place":     func(t *plaidapi.Transaction) { t.Place.Zip = "x" },
		"Channel":   func(t *plaidapi.Transaction) { t.Channel = "x" },
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[plaidapi.Transaction]()) {
		if edits[f.Name] == nil {
			t.Errorf("nobody says whether %s counts", f.Name)
		}
	}
	edits["Category.Path"] = func(t *plaidapi.Transaction) { t.Category.Path[1] = "x" }
	for name, edit := range edits {
		a, b := full(), full()
		if !equal(&a, &b) {
			t.Fatal("two of a kind are not equal")
		}
		if edit(&b); equal(&a, &b) {
			t.Errorf("%s does not count", name)
		}
	}
}

// A page that brings one new row among many known ones is not kept in memory for it.
func TestLittleNewsDoesNotKeepItsPage(t *testing.T) {
	first := windows(40, 40)[0]
	h := synced([]plaidapi.Changes{first})
	page := retold(first)
	page.Added[7].Name = "told otherwise"
	h.apply(page)
	for i, tx := range h.rows {
		if tx == &page.Added[i] {
			t.Errorf("row %d is the page's own", i)
		}
	}
	if h.rows[7].Name != "told otherwise" {
		t.Errorf("row 7: %+v", *h.rows[7])
	}
}
