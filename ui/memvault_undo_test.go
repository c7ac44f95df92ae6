package ui

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// Over the vault that screens are tested with, what is written is undone and redone as over the real
// one.
func TestMemVaultKeepsWhatIsWritten(t *testing.T) {
	vault := newMemVault(memOptions{})
	l := ledger.New(vault, nil, func() time.Time { return noon })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	notes := func() ledger.Notes {
		t.Helper()
		n, err := l.Notes(t.Context())
		must(err)
		return n
	}
	must(vault.Keep(t.Context(), "", plaidapi.Item{ID: "i"}, plaidapi.NewSecret("token")))
	var stages []ledger.Notes
	for _, m := range []plaidapi.Mark{
		{Subject: plaidapi.Subject{ItemID: "i", TransactionID: "t"}, Field: plaidapi.OwnNote, Value: "lunch"},
		{Subject: plaidapi.Subject{Name: "z"}, Field: plaidapi.SavedFilter, Value: ">50"},
		{Subject: plaidapi.Subject{Name: "a"}, Field: plaidapi.SavedFilter, Value: "<5"},
		{Subject: plaidapi.Subject{Name: "z"}, Field: plaidapi.SavedFilter},
		{Subject: plaidapi.Subject{ItemID: "i", TransactionID: "t"}, Field: plaidapi.OwnNote},
	} {
		stages = append(stages, notes())
		must(l.Write(t.Context(), "something", m))
	}
	last := notes()
	for i := len(stages) - 1; i >= 0; i-- {
		if _, err := l.Undo(t.Context()); err != nil || !reflect.DeepEqual(notes(), stages[i]) {
			t.Errorf("stage %d: %v, %+v, want %+v", i, err, notes(), stages[i])
		}
	}
	for range stages {
		_, err := l.Redo(t.Context())
		must(err)
	}
	if !reflect.DeepEqual(notes(), last) {
		t.Errorf("redone: %+v, want %+v", notes(), last)
	}
	must(vault.Forget(t.Context(), "i"))
	if n := notes(); len(n.Transactions) != 0 || len(n.Filters) != 1 {
		t.Errorf("forgotten: %+v", n)
	}
	vault.Refuse(errNoItem)
	if _, err := l.Undo(t.Context()); !errors.Is(err, errNoItem) {
		t.Error(err)
	}
}
