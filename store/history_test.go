package store

import (
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

func TestAccountsAreCopies(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	mine := []plaidapi.Account{{ID: "a", Name: "Checking"}}
	if err := s.SetAccounts(t.Context(), "one", mine); err != nil {
		t.Fatal(err)
	}
	mine[0].Name = "changed by its giver"
	got, _ := s.Accounts(t.Context(), "one")
	got[0].Name = "changed by its reader"
	if again, _ := s.Accounts(t.Context(), "one"); len(again) != 1 || again[0].Name != "Checking" {
		t.Errorf("accounts: %+v", again)
	}
}

