package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"

	"tartan/plaidapi"
)

// desk is a Store over a folder and a keyring, with a disk that can be made to fail.
type desk struct {
	*Store
	t    *testing.T
	ring *fakeRing
	fail func(op, path string) error
}

func newDesk(t *testing.T, ring *fakeRing, dir string) *desk {
	t.Helper()
	d := &desk{t: t, ring: ring}
	d.Store = openOver(Options{Dir: dir, Service: "tartan-test", Home: home, Ring: ring, Casual: true}, disk{hook: func(op, path string) error {
		if d.fail == nil {
			return nil
		}
		return d.fail(op, path)
	}})
	must(t, d.Open(t.Context()))
	return d
}

// begin opens an attempt and holds a token for it, unless that is empty.
func (d *desk) begin(pending string) string {
	d.t.Helper()
	id, err := d.Begin(d.t.Context(), attemptAt(9, "Chase"))
	must(d.t, err)
	if pending != "" {
		must(d.t, d.Hold(d.t.Context(), id, token(pending)))
	}
	return id
}

func (d *desk) open() []plaidapi.Attempt {
	d.t.Helper()
	open, err := d.Attempts(d.t.Context())
	must(d.t, err)
	return open
}

func (d *desk) noted() int {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.o.Dir, "journal", "*"))
	must(d.t, err)
	return len(files)
}

// entryStays makes every removal from the journal fail.
func entryStays(op, path string) error {
	if op == "remove" && strings.Contains(path, "journal") {
		return syscall.EIO
	}
	return nil
}

// Once token and Item are kept, an entry that stays in the journal is no failure: it goes later.
func TestKeepDoesNotFailForItsEntry(t *testing.T) {
	d := newDesk(t, newFakeRing(), t.TempDir())
	defer func() { must(t, d.Close(t.Context())) }()
	attempt := d.begin("token-one")
	d.fail = entryStays
	must(t, d.Keep(t.Context(), attempt, item("one"), token("token-one")))
	mustHold(t, d.Store, "one")
	if d.noted() != 1 {
		t.Fatal("the entry is gone")
	}
	d.fail = nil
	if open := d.open(); len(open) != 0 || d.noted() != 0 {
		t.Errorf("open %+v, %d entries", open, d.noted())
	}
	mustHold(t, d.Store, "one")
}

// A login that is linked already is kept where it stood, and what was held for the attempt goes.
func TestKeepReleasesWhatWasHeld(t *testing.T) {
	d := newDesk(t, newFakeRing(), t.TempDir())
	defer func() { must(t, d.Close(t.Context())) }()
	must(t, d.Keep(t.Context(), d.begin(""), item("one"), token("token-one")))
	before := d.ring.accounts()
	must(t, d.Keep(t.Context(), d.begin("token-one"), item("one"), token("token-one")))
	if after := d.ring.accounts(); strings.Join(after, " ") != strings.Join(before, " ") || d.noted() != 0 {
		t.Errorf("the keyring has %q, had %q; %d entries", after, before, d.noted())
	}
	mustHold(t, d.Store, "one")

	d.fail = entryStays
	must(t, d.Keep(t.Context(), d.begin("token-one"), item("one"), token("token-one")))
	d.fail = nil
	if open := d.open(); len(open) != 1 || !open[0].Pending.Empty() {
		t.Errorf("what is told has no token to remove: %+v", open)
	}
}

// A new token of an Item that is linked is noted before anything is changed: a run that ends there
// leaves to the next the token that was kept, the one that was held, and whose they are.
func TestKeepNotesAnotherTokenOfAnItemFirst(t *testing.T) {
	for about, tc := range map[string]struct {
		disk, ring bool // fails
		itemID     string
	}{
		"not noted": {disk: true}, "not kept": {ring: true, itemID: "one"},
	} {
		ring, dir := newFakeRing(), t.TempDir()
		d := newDesk(t, ring, dir)
		mustKeep(t, d.Store, "one")
		attempt := d.begin("token-new")
		if tc.disk {
			d.fail = func(op, path string) error {
				if op == "rename" && strings.Contains(path, "journal") {
					return syscall.EIO
				}
				return nil
			}
		}
		if tc.ring {
			ring.misbehave(on("set", "", refuse))
		}
		if err := d.Keep(t.Context(), attempt, item("one"), token("token-new")); err == nil {
			t.Errorf("%s: kept", about)
		}
		must(t, d.Close(t.Context()))
		ring.misbehave(nil)

		d = newDesk(t, ring, dir)
		open := d.open()
		if len(open) != 1 || open[0].ID != attempt || open[0].Pending.Reveal() != "token-new" || open[0].ItemID != tc.itemID {
			t.Errorf("%s: open %+v", about, open)
		}
		mustHold(t, d.Store, "one")
		must(t, d.Keep(t.Context(), "", item("one"), token("token-new")))
		if open := d.open(); len(open) != 0 || d.noted() != 0 {
			t.Errorf("%s: kept, but open %+v", about, open)
		}
		must(t, d.Close(t.Context()))
	}
}

// An Item that is saved, but whose token is gone, was linked before as well.
func TestKeepNotesAnItemWhoseTokenIsGone(t *testing.T) {
	ring, dir := newFakeRing(), t.TempDir()
	d := newDesk(t, ring, dir)
	mustKeep(t, d.Store, "one")
	account := d.tokens.names["one"]
	must(t, d.Close(t.Context()))
	delete(ring.entries, "tartan-test/"+account)

	d = newDesk(t, ring, dir)
	defer func() { must(t, d.Close(t.Context())) }()
	attempt := d.begin("token-new")
	ring.misbehave(on("set", "", refuse))
	if err := d.Keep(t.Context(), attempt, item("one"), token("token-new")); err == nil {
		t.Error("kept")
	}
	ring.misbehave(nil)
	if open := d.open(); len(open) != 1 || open[0].ItemID != "one" {
		t.Errorf("open %+v", open)
	}
}

// An entry of an Item that is kept for this run only goes with the Item, and stays with a crash.
func TestForgetEndsTheEntryOfThisRun(t *testing.T) {
	ring, dir := newFakeRing(), t.TempDir()
	ring.misbehave(func(string, string) error { return NoKeyring })
	d := newDesk(t, ring, dir)
	must(t, d.Keep(t.Context(), d.begin(""), item("one"), token("token-one")))
	must(t, d.Keep(t.Context(), d.begin(""), item("two"), token("token-two")))
	must(t, d.Keep(t.Context(), d.begin("token-two"), item("two"), token("token-two")))
	if open := d.open(); len(open) != 0 || d.noted() != 2 {
		t.Fatalf("open %+v, %d entries", open, d.noted())
	}
	must(t, d.Forget(t.Context(), "one"))
	mustHold(t, d.Store, "two")
	must(t, d.Close(t.Context()))
	next := newDesk(t, ring, dir)
	defer func() { must(t, next.Close(t.Context())) }()
	if open := next.open(); len(open) != 1 || next.noted() != 1 {
		t.Errorf("open %+v, %d entries", open, next.noted())
	}
}

// What a run was cut off from telling the book, the next one does. An Item whose token is not to be
// found stays, with all that is saved of it, until it is forgotten.
func TestTheBookListsWhatTokensAreKeptFor(t *testing.T) {
	ring, dir := newFakeRing(), t.TempDir()
	d := newDesk(t, ring, dir)
	mustKeep(t, d.Store, "one", "two")
	must(t, d.tokens.keep(t.Context(), "", item("new"), token("token-new")))
	must(t, d.Close(t.Context()))

	d = newDesk(t, ring, dir)
	d.open()
	mustHold(t, d.Store, "one", "two", "new")
	account := d.tokens.names["two"]
	must(t, d.Close(t.Context()))

	for _, lost := range []string{account, indexAccount} {
		delete(ring.entries, "tartan-test/"+lost)
		d = newDesk(t, ring, dir)
		d.open()
		if items, err := d.Items(t.Context()); err != nil || len(items) != 3 {
			t.Errorf("without %s: %+v, %v", lost, items, err)
		}
		if _, err := d.Token(t.Context(), "two"); !errors.Is(err, plaidapi.ItemGone) {
			t.Errorf("without %s: %v", lost, err)
		}
		must(t, d.Close(t.Context()))
	}
	d = newDesk(t, ring, dir)
	must(t, d.Forget(t.Context(), "two"))
	must(t, d.Close(t.Context()))
	d = newDesk(t, ring, dir)
	if items, err := d.Items(t.Context()); err != nil || len(items) != 2 {
		t.Errorf("forgotten: %+v, %v", items, err)
	}
	must(t, d.Close(t.Context()))
}

// A second tartan is told of nothing that the first may be at, and settles none of it.
func TestAttemptsAreTheWritersOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring, dir := newFakeRing(), t.TempDir()
		first := newDesk(t, ring, dir)
		attempt := first.begin("pending")
		torn := filepath.Join(dir, "journal", "X"+noteEnd+torn)
		must(t, os.WriteFile(torn, nil, 0o600))

		second := newDesk(t, ring, dir)
		if open := second.open(); len(open) != 0 || second.noted() != 2 || !second.Access().ReadOnly {
			t.Errorf("open %+v, %d entries", open, second.noted())
		}
		must(t, first.Close(t.Context()))
		must(t, second.Close(t.Context()))
		third := newDesk(t, ring, dir)
		if open := third.open(); len(open) != 1 || open[0].ID != attempt || open[0].Pending.Reveal() != "pending" {
			t.Errorf("open %+v", open)
		}
		must(t, third.Close(t.Context()))
	})
}

// Looking for what is open does not take away what is being linked, nor bring back what is unlinked.
func TestAttemptsBesideLinks(t *testing.T) {
	d := newDesk(t, newFakeRing(), t.TempDir())
	mustKeep(t, d.Store, "one")
	var all sync.WaitGroup
	for _, id := range []string{"two", "three", "four"} {
		all.Go(func() {
			for range 20 {
				if err := d.Keep(t.Context(), "", item(id), token("token-"+id)); err != nil {
					t.Error(err)
				}
				if err := d.Forget(t.Context(), id); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 20 {
				if _, err := d.Attempts(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	mustHold(t, d.Store, "one")
	must(t, d.Close(t.Context()))
}
