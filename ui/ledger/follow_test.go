package ledger_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// writtenAbout is what the index knows to be written about a transaction of "i".
func (n *notebook) writtenAbout(id string) (w query.Written, found bool) {
	n.t.Helper()
	view, err := n.View(n.t.Context())
	n.must(err)
	for i := range view.Len() {
		if view.At(i).ID == id {
			return view.Written(i), true
		}
	}
	return w, false
}

// mustBeAbout makes sure that this, and nothing of another transaction, is written about one.
func (n *notebook) mustBeAbout(id string, want query.Written) {
	n.t.Helper()
	if got, found := n.writtenAbout(id); !found || !reflect.DeepEqual(got, want) {
		n.t.Fatalf("%s: found %t, %+v, want %+v", id, found, got, want)
	}
	notes := n.notes().Transactions
	if got := notes[query.Key{Item: "i", ID: id}]; len(notes) > 1 || !reflect.DeepEqual(got, want) {
		n.t.Fatalf("%+v, want %+v of %s", notes, want, id)
	}
}

// pending has a notebook know a pending transaction, and one that is not.
func pending(t *testing.T) *notebook {
	n := newNotebook(t, folder(t))
	p := movement("p", 20, "")
	p.Pending = true
	n.bank.next = []plaidapi.Changes{{Added: []plaidapi.Transaction{p, movement("old", 10, "")}}}
	n.sync("i")
	return n
}

var posts = plaidapi.Changes{Added: []plaidapi.Transaction{movement("q", 21, "p")}, Removed: []string{"p"}}

// What is written about a pending transaction is about the posted one once there is one, and so is
// what can be undone and redone of it.
func TestWhatIsWrittenFollowsToThePostedOne(t *testing.T) {
	n := pending(t)
	defer func() { n.end() }()
	all := query.Written{Name: "Lunch", Note: "with Ann", Tags: []string{"work"}, Category: "Food", LeftOut: true}
	n.must(n.Write(t.Context(), "much",
		about("p", plaidapi.OwnName, all.Name), about("p", plaidapi.OwnNote, all.Note), about("p", plaidapi.OwnTags, "work"),
		about("p", plaidapi.OwnCategory, all.Category), about("p", plaidapi.LeftOut, "yes"),
	))
	n.must(n.Write(t.Context(), "note", about("p", plaidapi.OwnNote, "with Bo")))
	n.mustBeAbout("p", query.Written{Name: "Lunch", Note: "with Bo", Tags: []string{"work"}, Category: "Food", LeftOut: true})
	_, err := n.Undo(t.Context())
	n.must(err)
	n.mustBeAbout("p", all)

	n.bank.next = []plaidapi.Changes{posts}
	n.sync("i")
	n.mustBeAbout("q", all)
	n.restart()
	n.mustBeAbout("q", all)

	late := all
	late.Note = "with Bo"
	_, err = n.Redo(t.Context())
	n.must(err)
	n.mustBeAbout("q", late)
	for range 2 {
		_, err = n.Undo(t.Context())
		n.must(err)
	}
	n.mustBeAbout("q", query.Written{})
}

// The posted one may come a page after the pending one went, and tartan may be killed, or the disk
// be full, once the page is stored.
func TestWhatIsWrittenFollowsLate(t *testing.T) {
	gone, came := plaidapi.Changes{Removed: []string{"p"}, Next: "1", More: true}, plaidapi.Changes{Added: posts.Added}
	n := pending(t)
	defer func() { n.end() }()
	n.must(n.Write(t.Context(), "note", about("p", plaidapi.OwnNote, "lunch")))
	n.bank.next = []plaidapi.Changes{gone, came}
	p, err := n.SyncPage(t.Context(), "i", ledger.Progress{})
	n.must(err)
	n.vault.why = errFull
	if _, err = n.SyncPage(t.Context(), "i", p); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	n.restart()
	n.mustHold("between the two", ledger.Notes{
		Items: map[string]string{}, Accounts: map[plaidapi.AccountKey]ledger.AccountNote{},
		Transactions: map[query.Key]query.Written{{Item: "i", ID: "p"}: {Note: "lunch"}},
	})
	n.sync("i")
	n.mustBeAbout("q", query.Written{Note: "lunch"})
}

// A screen may still show a transaction as pending when something is written about it. What is
// written about the posted one stays.
func TestWritingAboutOneThatHasPosted(t *testing.T) {
	n := pending(t)
	defer func() { n.end() }()
	n.bank.next = []plaidapi.Changes{posts}
	n.sync("i")
	n.must(n.Write(t.Context(), "note", about("p", plaidapi.OwnNote, "late")))
	n.mustBeAbout("q", query.Written{Note: "late"})

	n.must(n.kept.Mark(context.Background(), about("p", plaidapi.OwnNote, "early"), about("p", plaidapi.OwnName, "Lunch")))
	n.sync("i")
	n.mustBeAbout("q", query.Written{Note: "late", Name: "Lunch"})
}
