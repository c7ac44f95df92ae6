package ui

import (
	"testing"
)

// What is typed before the first screen is ready reaches the screens it was meant for.
func TestTypedAhead(t *testing.T) {
	d := unsettled(t, 80, 24, setting{})
	for _, msg := range press("enter", "wells", "enter", "plaid_test", "enter", "plaid_good", "enter") {
		d.send(msg)
	}
	d.settle()
	d.sees("Wells Fargo is linked")
}

func TestQuitIsHeardBeforeAnythingIsReady(t *testing.T) {
	d := unsettled(t, 80, 24, setting{})
	_, cmd := d.app.Update(press("ctrl+c")[0])
	if cmd == nil {
		t.Error("ctrl+c waits")
	}
}
