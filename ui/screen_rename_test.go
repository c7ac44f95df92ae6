package ui

import (
	"errors"
	"testing"

	"tartan/plaidapi"
)

func TestRename(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter", "down", "e")
		golden("rename")
		d.keys("ctrl+u", "House money q?", "enter").sees("› House money q?", "Renamed. u takes it back.")
		d.keys("enter").sees("House", "1,253.32").keys("esc")
		d.keys("u").sees("Undone: name of Plaid Checking", "› Plaid Checking").keys("U").sees("› House money q?")
		d.keys("e", "ctrl+u", "enter").sees("It has the bank's own name again.", "› Plaid Checking")
		d.keys("e", "enter").sees("› Plaid Checking").misses("Renamed").keys("e", "x", "esc").sees("› Plaid Checking")
	})
}

func TestANameThatCannotBeKept(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter", "e", "x")
	d.vault.Refuse(errors.New("no space"))
	d.keys("enter").sees("! ", "│ Plaid Savingsx▏")
	d.vault.Refuse(nil)
	d.keys("enter").sees("› Plaid Savingsx")
}

func TestRenameABank(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter", "4", "e").sees("Rename Wells Fargo")
	d.keys("ctrl+u", "Mine", "enter").sees("Mine", "Renamed.").misses("Wells Fargo").keys("1").sees("Mine")
	if items := d.items(); items[0].Institution.Name != "Wells Fargo" {
		t.Errorf("the bank's own name became %q", items[0].Institution.Name)
	}
}

// A movement that has a name of the person's own is called by it.
func TestTheLatestUnderTheirOwnNames(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("Gregorys Coffee")
	l, row := d.app.(*app).stack.env.ledger, plaidapi.Transaction{}
	for _, t := range d.app.(*app).stack.top().(*accountsScreen).latest {
		if t.Name == "Gregorys Coffee" {
			row = t
		}
	}
	mark := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: row.ItemID, TransactionID: row.ID}, Field: plaidapi.OwnName, Value: "Morning cup"}
	if err := l.Write(t.Context(), "a name", mark); err != nil {
		t.Fatal(err)
	}
	d.keys("2", "1").sees("Morning cup").misses("Gregorys")
}

// What is left out of totals is in none, and says so where there is room.
func TestAnAccountLeftOutOfTotals(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("7,507.90")
		l, item := d.app.(*app).stack.env.ledger, d.items()[0].ID
		var saver string
		for _, a := range d.app.(*app).stack.top().(*accountsScreen).holdings[0].Accounts {
			if a.Name == "Plaid Savings" {
				saver = a.ID
			}
		}
		mark := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: item, AccountID: saver}, Field: plaidapi.LeftOut, Value: "yes"}
		if err := l.Write(d.t.Context(), "totals", mark); err != nil {
			d.t.Fatal(err)
		}
		d.keys("2", "1").sees("6,232.97", "1,274.93").misses("7,507.90")
		golden("accounts_left_out")
	})
}
