package ledger_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/store"
	"tartan/ui/ledger"
)

// notebook is a ledger over the real store, with two Items, "i" and "j", of a bank that tells what
// it is given to tell.
type notebook struct {
	*ledger.Ledger
	t       testing.TB
	options store.Options
	bank    *clerk
	kept    *store.Store
	vault   *reluctant
}

// clerk is a bank that tells one of these Changes after the other, and then nothing new.
type clerk struct {
	ledger.Bank
	accounts []plaidapi.Account
	next     []plaidapi.Changes
	begun    plaidapi.LinkRequest
}

func (b *clerk) Accounts(context.Context, plaidapi.Item, plaidapi.Secret) ([]plaidapi.Account, error) {
	return append([]plaidapi.Account(nil), b.accounts...), nil
}

func (b *clerk) Sync(context.Context, plaidapi.Item, plaidapi.Secret, string) (plaidapi.Changes, error) {
	if len(b.next) == 0 {
		return plaidapi.Changes{}, nil
	}
	told := b.next[0]
	b.next = b.next[1:]
	return told, nil
}

func (b *clerk) Begin(_ context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	b.begun = req
	return plaidapi.Step{Request: req}, nil
}

func (b *clerk) Unlink(context.Context, plaidapi.Item, plaidapi.Secret) error { return nil }

// reluctant is a vault that fails to store marks as long as it has a reason to.
type reluctant struct {
	ledger.Vault
	why      error
	readOnly bool
}

func (v *reluctant) Mark(ctx context.Context, marks ...plaidapi.Mark) error {
	if v.why != nil {
		return v.why
	}
	return v.Vault.Mark(ctx, marks...)
}

func (v *reluctant) Access() plaidapi.Access {
	a := v.Vault.Access()
	if v.readOnly {
		a.ReadOnly, a.Notice = true, "Another tartan is open."
	}
	return a
}

// newNotebook makes one over a folder; with none, nothing is on disk.
func newNotebook(t testing.TB, dir string) *notebook {
	t.Helper()
	n := &notebook{t: t, bank: &clerk{accounts: []plaidapi.Account{
		{ID: "a", Name: "Checking", OfficialName: "Everyday Checking Plus", Mask: "0000"}, {ID: "b", Name: "Saver", Mask: "1111"},
	}}}
	n.options = store.Options{Dir: dir, Service: "tartan-test", Home: "practice", Ring: &ring{kept: map[string]string{}}, Casual: true, Now: clock}
	n.open()
	for _, id := range []string{"i", "j"} {
		item := plaidapi.Item{ID: id, Wire: plaidapi.Legacy, Institution: plaidapi.Institution{Name: "Bank " + id, Wire: plaidapi.Legacy}, Products: []plaidapi.Product{plaidapi.Connect}}
		n.must(n.kept.Keep(t.Context(), "", item, plaidapi.NewSecret("token of "+id)))
	}
	return n
}

// folder is one where storing costs little, if there is such a place.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "tartan-test-")
	if err != nil {
		return filepath.Join(t.TempDir(), "kept")
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "kept")
}

func (n *notebook) must(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *notebook) open() {
	n.kept = store.Open(n.options)
	n.vault = &reluctant{Vault: n.kept}
	n.Ledger = ledger.New(n.vault, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: n.bank}, clock)
}

// end is the end of a run.
func (n *notebook) end() {
	n.t.Helper()
	if n.options.Dir != "" { // else its Items are unlinked
		n.must(n.Close(context.Background()))
	}
	n.must(n.kept.Close(context.Background()))
}

// restart ends a run and begins another, where anything is on disk.
func (n *notebook) restart() {
	n.t.Helper()
	if n.options.Dir != "" {
		n.end()
		n.open()
	}
}

// sync reads all that the bank tells of an Item.
func (n *notebook) sync(itemID string) {
	n.t.Helper()
	_, err := n.Refresh(n.t.Context(), itemID)
	n.must(err)
	for p := (ledger.Progress{}); !p.Done; {
		p, err = n.SyncPage(n.t.Context(), itemID, p)
		n.must(err)
	}
}

// compact makes the log as short as it can be.
func (n *notebook) compact() {
	n.t.Helper()
	n.must(n.kept.Rewrite(n.t.Context(), func(func(plaidapi.Page) error) error { return nil }))
}

func (n *notebook) notes() ledger.Notes {
	n.t.Helper()
	notes, err := n.Notes(n.t.Context())
	n.must(err)
	return notes
}

func (n *notebook) mustHold(what string, want ledger.Notes) {
	n.t.Helper()
	if got := n.notes(); !reflect.DeepEqual(got, want) {
		n.t.Fatalf("%s:\n%+v\nwant:\n%+v", what, got, want)
	}
}

// about makes the mark of a transaction of "i".
func about(transaction string, field plaidapi.MarkField, value string) plaidapi.Mark {
	return plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "i", TransactionID: transaction}, Field: field, Value: value}
}

func filter(name, query string) plaidapi.Mark {
	return plaidapi.Mark{Subject: plaidapi.Subject{Name: name}, Field: plaidapi.SavedFilter, Value: query}
}

// movement is a transaction of "i" on a day of November.
func movement(id string, day int, pending string) plaidapi.Transaction {
	return plaidapi.Transaction{ID: id, ItemID: "i", AccountID: "a", Date: plaidapi.NewDate(2026, time.November, day), Name: "shop", PendingID: pending}
}
