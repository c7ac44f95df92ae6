package ui

import (
	"testing"

	"tartan/plaidapi"
)

func TestUndoSaysWhatItTookBack(t *testing.T) {
	d := onAccounts(t)
	l := d.app.(*app).stack.env.ledger
	item := d.items()[0]
	err := l.Write(t.Context(), "name of a bank", plaidapi.Mark{Subject: plaidapi.Subject{ItemID: item.ID}, Field: plaidapi.OwnName, Value: "My bank"})
	if err != nil {
		t.Fatal(err)
	}
	d.keys("2", "1").sees("My bank")
	d.keys("u").sees("Undone: name of a bank").misses("My bank")
	d.keys("u").sees("There is nothing to undo.")
	d.keys("U").sees("Made again: name of a bank", "My bank")
	d.keys("j").misses("Made again")
}
