package ledger_test

import (
	"testing"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// Banks and accounts are called what the person calls them wherever they are told, and a bank is
// never told that name.
func TestOwnNamesAreTold(t *testing.T) {
	n := newNotebook(t, folder(t))
	defer func() { n.end() }()
	n.bank.next = []plaidapi.Changes{{Added: []plaidapi.Transaction{movement("t", 20, "")}}}
	n.sync("i")
	item, key := plaidapi.Subject{ItemID: "i"}, plaidapi.AccountKey{Item: "i", Account: "a"}
	account := plaidapi.Subject{ItemID: "i", AccountID: "a"}

	must := func(what string, bank, name, official string, out bool) {
		t.Helper()
		holdings, err := n.Holdings(t.Context())
		n.must(err)
		h := holdings[0]
		a := h.Accounts[0]
		if h.Item.Institution.Name != bank || h.Bank != "Bank i" || a.Name != name || a.OfficialName != official || h.Out["a"] != out || h.Out["b"] {
			t.Errorf("%s: %+v", what, h)
		}
		view, err := n.View(t.Context())
		n.must(err)
		want := query.Account{Name: name, Mask: "0000", Bank: bank, LeftOut: out}
		if got := view.Account(key); got != want {
			t.Errorf("%s: searches see %+v", what, got)
		}
	}
	must("as they are", "Bank i", "Checking", "Everyday Checking Plus", false)
	n.must(n.Write(t.Context(), "names",
		plaidapi.Mark{Subject: item, Field: plaidapi.OwnName, Value: "Mine"},
		plaidapi.Mark{Subject: account, Field: plaidapi.OwnName, Value: "Rent"},
		plaidapi.Mark{Subject: account, Field: plaidapi.LeftOut, Value: "yes"},
	))
	must("written", "Mine", "Rent", "Checking", true)
	n.restart()
	must("restarted", "Mine", "Rent", "Checking", true)

	n.bank.accounts[0].Name = "Renamed by the bank"
	accounts, err := n.Refresh(t.Context(), "i")
	n.must(err)
	if accounts[0].Name != "Rent" || accounts[0].OfficialName != "Renamed by the bank" {
		t.Errorf("refreshed: %+v", accounts)
	}
	holdings, err := n.Holdings(t.Context())
	n.must(err)
	_, err = n.Begin(t.Context(), plaidapi.LinkRequest{Mode: plaidapi.Update, ItemID: "i", Institution: holdings[0].Item.Institution})
	n.must(err)
	if n.bank.begun.Institution.Name != "Bank i" {
		t.Errorf("the bank was told %q", n.bank.begun.Institution.Name)
	}

	_, err = n.Undo(t.Context())
	n.must(err)
	must("undone", "Bank i", "Renamed by the bank", "Everyday Checking Plus", false)
	n.bank.accounts[0].Name = "Renamed again"
	_, err = n.Refresh(t.Context(), "i")
	n.must(err)
	must("read anew", "Bank i", "Renamed again", "Everyday Checking Plus", false)
}
