package ledger_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// Each kind of thing that can be written is undone and redone exactly, whatever was written first,
// and in a later run as well.
func TestUndoRestoresExactly(t *testing.T) {
	item, account := plaidapi.Subject{ItemID: "i"}, plaidapi.Subject{ItemID: "i", AccountID: "a"}
	for name, texts := range map[string][2]plaidapi.Mark{
		"bank's name":    {{Subject: item, Field: plaidapi.OwnName, Value: "Mine"}, {Subject: item, Field: plaidapi.OwnName, Value: "Ours"}},
		"account's name": {{Subject: account, Field: plaidapi.OwnName, Value: "Rent"}, {Subject: account, Field: plaidapi.OwnName, Value: "Bills"}},
		"account left":   {{Subject: account, Field: plaidapi.LeftOut, Value: "yes"}, {Subject: account, Field: plaidapi.LeftOut}},
		"name":           {about("t", plaidapi.OwnName, "Lunch"), about("t", plaidapi.OwnName, "Dinner")},
		"note":           {about("t", plaidapi.OwnNote, "with Ann"), about("t", plaidapi.OwnNote, "with Bo\nand Cy")},
		"tags":           {about("t", plaidapi.OwnTags, "family, work"), about("t", plaidapi.OwnTags, "work")},
		"category":       {about("t", plaidapi.OwnCategory, "Coffee"), about("t", plaidapi.OwnCategory, "Food")},
		"left out":       {about("t", plaidapi.LeftOut, "yes"), about("t", plaidapi.LeftOut, "")},
		"filter":         {filter("big", ">50"), filter("big", ">500")},
		"filter removed": {filter("big", ">50"), filter("big", "")},
	} {
		for _, dir := range []string{"", folder(t)} {
			t.Run(fmt.Sprintf("%s, on disk %t", name, dir != ""), func(t *testing.T) {
				n := newNotebook(t, dir)
				defer func() { n.end() }()
				other := filter("an older one", "coffee")
				n.must(n.Write(t.Context(), "another", other))
				stages := []ledger.Notes{n.notes()}
				for i, m := range texts {
					n.must(n.Write(t.Context(), fmt.Sprint("stage ", i), m))
					n.restart()
					if stages = append(stages, n.notes()); reflect.DeepEqual(stages[i], stages[i+1]) {
						t.Fatalf("writing %+v changed nothing", m)
					}
				}
				turn := func(what string, call func() (string, error), about string, want ledger.Notes) {
					t.Helper()
					got, err := call()
					if err != nil || got != about {
						t.Fatalf("%s: %q, %v", what, got, err)
					}
					n.mustHold(what, want)
					n.restart()
					n.mustHold(what+", restarted", want)
				}
				undo := func() (string, error) { return n.Undo(t.Context()) }
				redo := func() (string, error) { return n.Redo(t.Context()) }
				turn("undo", undo, "stage 1", stages[1])
				turn("redo", redo, "stage 1", stages[2])
				turn("undo", undo, "stage 1", stages[1])
				turn("undo", undo, "stage 0", stages[0])
				n.compact()
				turn("redo", redo, "stage 0", stages[1])
				turn("redo", redo, "stage 1", stages[2])
				if _, err := redo(); !errors.Is(err, ledger.ErrNothingToRedo) {
					t.Fatal(err)
				}
			})
		}
	}
}

// What is written is told by what it is about, and read as one would write it.
func TestNotes(t *testing.T) {
	n := newNotebook(t, folder(t))
	defer func() { n.end() }()
	n.must(n.Write(t.Context(), "much",
		plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "i"}, Field: plaidapi.OwnName, Value: " Mine "},
		plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "j", AccountID: "b"}, Field: plaidapi.LeftOut, Value: "yes"},
		about("t", plaidapi.OwnTags, "work"), about("t", plaidapi.OwnTags, " family,,Work, work "),
		plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "i", AccountID: "a", TransactionID: "t"}, Field: plaidapi.OwnNote, Value: "a note"},
		about("u", plaidapi.OwnNote, "  "),
		filter("z", "first"), filter("a", "second"), filter("m", "third"),
	))
	n.must(n.Write(t.Context(), "again", filter("z", "changed")))
	n.must(n.Write(t.Context(), "nothing", filter("z", "changed")))
	want := ledger.Notes{
		Items:        map[string]string{"i": "Mine"},
		Accounts:     map[plaidapi.AccountKey]ledger.AccountNote{{Item: "j", Account: "b"}: {LeftOut: true}},
		Transactions: map[query.Key]query.Written{{Item: "i", ID: "t"}: {Note: "a note", Tags: []string{"family", "Work"}}},
		Filters:      []ledger.SavedFilter{{Name: "z", Query: "changed"}, {Name: "a", Query: "second"}, {Name: "m", Query: "third"}},
	}
	n.mustHold("written", want)
	if about, err := n.Undo(t.Context()); err != nil || about != "again" {
		t.Error("what changes nothing is not a change to undo", about, err)
	}
	want.Filters[0].Query = "first"
	n.mustHold("undone", want)
}

// A change that is written after Undo takes the place of what was undone.
func TestWritingEndsRedo(t *testing.T) {
	n := newNotebook(t, "")
	defer n.end()
	n.must(n.Write(t.Context(), "one", filter("one", "1")))
	n.must(n.Write(t.Context(), "two", filter("two", "2")))
	_, err := n.Undo(t.Context())
	n.must(err)
	n.must(n.Write(t.Context(), "three", filter("three", "3")))
	if _, err := n.Redo(t.Context()); !errors.Is(err, ledger.ErrNothingToRedo) {
		t.Error(err)
	}
	for _, want := range []string{"three", "one"} {
		if about, err := n.Undo(t.Context()); err != nil || about != want {
			t.Errorf("%q, %v, want %q", about, err, want)
		}
	}
}

// The last 200 changes can be undone, unless they are very large; the last one always.
func TestHowMuchCanBeUndone(t *testing.T) {
	for _, c := range []struct{ writes, size, want int }{{205, 1, 200}, {6, 900_000, 2}, {2, 5_000_000, 1}} {
		n := newNotebook(t, "")
		for i := range c.writes {
			n.must(n.Write(t.Context(), "note", about("t", plaidapi.OwnNote, fmt.Sprint(i, strings.Repeat("x", c.size)))))
		}
		undone := 0
		for ; ; undone++ {
			if _, err := n.Undo(t.Context()); err != nil {
				if !errors.Is(err, ledger.ErrNothingToUndo) {
					t.Error(err)
				}
				break
			}
		}
		if undone != c.want {
			t.Errorf("%d changes of %d bytes: %d undone, want %d", c.writes, c.size, undone, c.want)
		}
		n.end()
	}
}

// Unlinking a bank takes what was written about it, and what could be undone of that; the rest of a
// change stays one.
func TestUnlinkingTakesWhatWasWritten(t *testing.T) {
	n := newNotebook(t, folder(t))
	defer func() { n.end() }()
	other := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "j", TransactionID: "t"}, Field: plaidapi.OwnNote, Value: "stays"}
	n.must(n.Write(t.Context(), "both", about("t", plaidapi.OwnNote, "goes"), other))
	n.must(n.Write(t.Context(), "one", about("t", plaidapi.OwnNote, "goes, too")))
	n.must(n.Unlink(t.Context(), "i"))
	n.restart()
	none := ledger.Notes{
		Items: map[string]string{}, Accounts: map[plaidapi.AccountKey]ledger.AccountNote{}, Transactions: map[query.Key]query.Written{},
	}
	left := none
	left.Transactions = map[query.Key]query.Written{{Item: "j", ID: "t"}: {Note: "stays"}}
	n.mustHold("unlinked", left)
	if err := n.Write(t.Context(), "late", about("t", plaidapi.OwnNote, "late")); !errors.Is(err, ledger.ErrNoItem) {
		t.Error(err)
	}
	if about, err := n.Undo(t.Context()); err != nil || about != "both" {
		t.Fatal(about, err)
	}
	n.mustHold("undone", none)
	_, err := n.Redo(t.Context())
	n.must(err)
	n.mustHold("redone", left)
}

// Where nothing can be written, nothing changes, and a sentence says so.
func TestWritingMayBeImpossible(t *testing.T) {
	n := newNotebook(t, "")
	defer n.end()
	n.must(n.Write(t.Context(), "one", filter("one", "1")))
	before := n.notes()
	calls := map[string]func() error{
		"write": func() error { return n.Write(t.Context(), "two", filter("two", "2")) },
		"undo":  func() error { _, err := n.Undo(t.Context()); return err },
		"redo":  func() error { _, err := n.Redo(t.Context()); return err },
	}
	n.vault.readOnly = true
	for what, call := range calls {
		var told *ledger.ReadOnlyError
		if err := call(); !errors.As(err, &told) || told.UserText() != "Nothing can be changed here now, so this was not saved. Another tartan is open." {
			t.Errorf("%s: %v", what, err)
		}
	}
	n.vault.readOnly, n.vault.why = false, errFull
	for _, what := range []string{"write", "undo"} {
		if err := calls[what](); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", what, err)
		}
	}
	n.mustHold("failed", before)
}

// Whoever writes, reads and refreshes at the same time, each change is one, and searches see the last.
func TestWritingAtOnce(t *testing.T) {
	n := pending(t)
	defer func() { n.end() }()
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 5 {
				err := n.Write(t.Context(), "both", about("old", plaidapi.OwnNote, fmt.Sprint(w, i)), about("old", plaidapi.OwnName, fmt.Sprint(w, i)))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 10 {
		n.sync("i")
		if written, _ := n.writtenAbout("old"); written.Name != written.Note {
			t.Errorf("half a change: %+v", written)
		}
	}
	all.Wait()
	n.mustBeAbout("old", n.notes().Transactions[query.Key{Item: "i", ID: "old"}])
	for range 20 {
		_, err := n.Undo(t.Context())
		n.must(err)
	}
	n.mustBeAbout("old", query.Written{})
}
