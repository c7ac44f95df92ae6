package ui

import (
	"testing"

	"tartan/plaidapi"
)

// older keeps a link of First Gingham Credit Union that reads some of what its practice login does.
func (d *driver) older(names ...string) {
	d.t.Helper()
	item := plaidapi.Item{
		ID: "older", Wire: plaidapi.Legacy, LinkedAt: noon.AddDate(0, -1, 0),
		Institution: plaidapi.Institution{ID: "900002", Wire: plaidapi.Legacy, Name: "First Gingham Credit Union"},
	}
	var accounts []plaidapi.Account
	for i, name := range names {
		accounts = append(accounts, plaidapi.Account{ID: name, ItemID: item.ID, Name: name, Mask: []string{"4821", "4839", "1"}[i]})
	}
	if err := d.vault.Keep(d.t.Context(), "", item, plaidapi.NewSecret("unknown to the bank")); err != nil {
		d.t.Fatal(err)
	}
	if err := d.vault.SetAccounts(d.t.Context(), item.ID, accounts, noon); err != nil {
		d.t.Fatal(err)
	}
}

// gingham are the keys that link First Gingham Credit Union from the list of banks.
var gingham = []string{"gingham cred", "enter", "ctrl+f", "enter", "1", "1234", "enter"}

func TestAccountsThatAreLinkedTwice(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.older("Joint Checking")
		d.keys(gingham...).sees("Joint Checking ··4821 is already linked", "› Replace the older link")
		golden("twins")
		d.keys("enter").sees("is linked")
		if items := d.items(); len(items) != 1 || items[0].ID == "older" {
			d.t.Errorf("%+v", items)
		}
	})
}

func TestWhatBecomesOfAccountsThatAreLinkedTwice(t *testing.T) {
	for _, c := range []struct {
		keys  []string
		sees  string
		older bool
		items int
	}{
		{[]string{"enter"}, "is linked", false, 1},
		{[]string{"down", "enter"}, "The older link is kept, the new one is unlinked.", true, 1},
		{[]string{"down", "down", "enter"}, "is linked", true, 2},
		{[]string{"esc"}, "is linked", true, 2},
	} {
		d := newDriver(t, 100, 30)
		d.older("Joint Checking", "Joint Savings", "Old One")
		d.keys(gingham...).sees("2 accounts are already linked", "It also reads 1 account that this one does not.")
		d.keys(c.keys...).sees(c.sees)
		items := d.items()
		older := false
		for _, i := range items {
			older = older || i.ID == "older"
		}
		if len(items) != c.items || older != c.older {
			t.Errorf("%v: %d items, the older one %v", c.keys, len(items), older)
		}
	}
}

// What the person wrote is not lost by pressing enter.
func TestTheOlderLinkStaysWhereSomethingIsWritten(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.older("Joint Checking")
	err := d.app.(*app).stack.env.ledger.Write(t.Context(), "a name", plaidapi.Mark{
		Subject: plaidapi.Subject{ItemID: "older", AccountID: "Joint Checking"}, Field: plaidapi.OwnName, Value: "Ours",
	})
	if err != nil {
		t.Fatal(err)
	}
	d.keys(gingham...).sees("What you wrote there (names, notes, tags) would go", "› Keep the older link").golden("twins_written_80x24")
	d.taps("Keep both").taps("Keep both").sees("is linked")
}
