package ui

import (
	"errors"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

// twoBanks are linked one after the other.
var twoBanks = append(append([]string{}, linkedBank...), "a", "wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")

func TestUnlinkingIsAskedAndSaid(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(twoBanks...).keys("G", "d").sees("Unlink Wells Fargo?", "delete its token from test keyring")
	d.keys("enter").sees("Net worth", "Wells Fargo")
	d.keys("d", "tab", "left", "enter").sees("Wells Fargo")
	d.keys("d", "right", "enter").sees("Unlinked Wells Fargo.").keys("j").misses("Wells Fargo")
	if n := len(d.items()); n != 1 {
		t.Errorf("%d Items are left", n)
	}
}

// What the person wrote goes with the bank, and is counted.
func TestUnlinkingTellsOfNotes(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...)
	l := d.app.(*app).stack.env.ledger
	rows, err := l.Latest(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		about := plaidapi.Subject{ItemID: row.ItemID, TransactionID: row.ID}
		if err := l.Write(t.Context(), "note", plaidapi.Mark{Subject: about, Field: plaidapi.OwnNote, Value: "lunch"}); err != nil {
			t.Fatal(err)
		}
	}
	d.keys("d").sees("delete what you wrote on 2 transactions").golden("unlink_notes_100x30").resize(40, 12).golden("unlink_notes_40x12")
}

// A click on the safe answer leaves; the other one wants two.
func TestUnlinkingByMouse(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(twoBanks...).keys("G", "d").click("Keep it").sees("Wells Fargo", "Net worth")
	d.keys("d").click("─ Unlink").click("Unlink  ").sees("Unlink Wells Fargo?").click("Unlink  ").sees("Unlinked Wells Fargo.")
}

func TestForgettingEverything(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(twoBanks...).keys("4", "G", "enter", "enter")
		if d.folds() {
			d.keys("enter")
		}
		d.sees("Forget everything?", "revoke access at 2 banks")
		d.keys("forge", "enter").sees("Type forget first.")
		golden("forget")
		d.keys("t")
		golden("forget_typed")
		d.keys("enter").misses("Forget").sees("Explore the practice bank")
		if n := len(d.items()); n != 0 {
			d.t.Errorf("%d Items are left", n)
		}
	})
}

// folds reports whether the settings are a list of sections.
func (d *driver) folds() bool { return d.app.(*app).frame.width < 60 }

// A bank that cannot be reached stays, all others go, and the rest goes with the last one.
func TestForgettingWhatCanBeForgotten(t *testing.T) {
	inEverySize(t, setting{real: true}, func(d *driver, golden func(string)) {
		d.keys(twoBanks...).keys("4", "G", "enter")
		if d.folds() {
			d.keys("enter")
		}
		d.sees("delete the Plaid API keys")
		down := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1303, Times: 1})
		d.keys("FORGET", "enter").sees("First Gingham Credit Union is")
		golden("forget_failed")
		if n := len(d.items()); n != 1 {
			d.t.Errorf("%d Items are left", n)
		}
		down()
		d.keys("enter").misses("Forget")
		if _, err := d.vault.Keys(d.t.Context()); !errors.Is(err, plaidapi.ErrNoKeys) || len(d.items()) != 0 {
			d.t.Errorf("%v, %d Items", err, len(d.items()))
		}
	})
}

// Where the last of it cannot be deleted, that is tried again by itself.
func TestForgettingTheKeysFails(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{real: true})
	d.keys("esc", "4", "G", "enter").sees("delete the Plaid API keys").misses("revoke")
	d.refuse(&keyringError{plaidapi.ErrNoPlace})
	d.keys("forget", "enter").sees("! ")
	d.refuse(nil)
	d.keys("enter").misses("Forget")
}
