package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

var _ ledger.Vault = (*Store)(nil)

const home = "https://tartan.plaid.com"

func openOn(ring Ring) *Store {
	return Open(Options{Service: "tartan-test", Home: home, Ring: ring, Casual: true})
}

func item(id string) plaidapi.Item {
	return plaidapi.Item{
		ID: id, Wire: plaidapi.Legacy, Products: []plaidapi.Product{plaidapi.Connect, plaidapi.Auth},
		LinkedAt: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC),
		Institution: plaidapi.Institution{
			ID: "chase", Wire: plaidapi.Legacy, Name: "Chase “<&>” Bank", Site: "chase.example",
			Fields: []plaidapi.Field{{Label: "User ID"}, {Label: "PIN", Secret: true, Optional: true}},
		},
	}
}

func token(text string) plaidapi.Secret { return plaidapi.NewSecret(text) }

// mustKeep links Items with tokens "token-<id>".
func mustKeep(t *testing.T, s *Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := s.Keep(t.Context(), "", item(id), token("token-"+id)); err != nil {
			t.Fatalf("Keep(%s): %v", id, err)
		}
	}
}

// mustHold compares the Items and tokens of a store with those that mustKeep makes.
func mustHold(t *testing.T, s *Store, ids ...string) {
	t.Helper()
	items, err := s.Items(t.Context())
	if err != nil {
		t.Fatalf("Items: %v", err)
	}
	var got []string
	for _, it := range items {
		got = append(got, it.ID)
		secret, err := s.Token(t.Context(), it.ID)
		if err != nil || secret.Reveal() != "token-"+it.ID {
			t.Errorf("Token(%s) = %q, %v", it.ID, secret.Reveal(), err)
		}
	}
	if !slices.Equal(got, ids) {
		t.Errorf("Items are %q, want %q", got, ids)
	}
}

func TestItemsOutliveTheStore(t *testing.T) {
	ring := newFakeRing()
	mustKeep(t, openOn(ring), "one", "two", "three")

	again := openOn(ring)
	mustHold(t, again, "one", "two", "three")
	items, _ := again.Items(t.Context())
	if got, want := items[0], item("one"); !got.LinkedAt.Equal(want.LinkedAt) || got.Wire != want.Wire ||
		!slices.Equal(got.Products, want.Products) || got.Institution.Name != want.Institution.Name ||
		got.Institution.Site != want.Institution.Site || len(got.Institution.Fields) != 2 ||
		!got.Institution.Fields[1].Secret || got.Institution.Fields[1].Label != "PIN" {
		t.Errorf("an Item came back as %+v", got)
	}
	if again.Access().Notice != "" || again.Access().Where != "fake keyring" {
		t.Errorf("Where %q, Notice %q", again.Access().Where, again.Access().Notice)
	}
	if err := again.Forget(t.Context(), "two"); err != nil {
		t.Fatal(err)
	}
	mustHold(t, again, "one", "three")
	mustHold(t, openOn(ring), "one", "three")
	if n := len(ring.accounts()); n != 3 {
		t.Errorf("%d entries are left, want two Items and the index", n)
	}
}

func TestItemsOfAnotherServerAreNotReturned(t *testing.T) {
	ring := newFakeRing()
	mustKeep(t, openOn(ring), "here")
	there := Open(Options{Service: "tartan-test", Home: "https://elsewhere.example", Ring: ring})
	mustHold(t, there)
	if _, err := there.Token(t.Context(), "here"); !errors.Is(err, ErrNoItem) {
		t.Errorf("Token of another server: %v", err)
	}
	mustKeep(t, there, "there")
	mustHold(t, there, "there")
	mustHold(t, openOn(ring), "here")
}

func TestReadingTakesOneCallAnEntryAndIsDoneOnce(t *testing.T) {
	ring := newFakeRing()
	mustKeep(t, openOn(ring), "one", "two", "three")
	ring.calls = nil
	s := openOn(ring)
	if len(ring.calls) != 0 {
		t.Errorf("Open alone called the keyring: %q", ring.calls)
	}
	mustHold(t, s, "one", "two", "three")
	mustHold(t, s, "one", "two", "three")
	slices.Sort(ring.calls[:2])
	if len(ring.calls) != 5 || ring.calls[0] != "get items" || ring.calls[1] != "get log" {
		t.Errorf("calls: %q", ring.calls)
	}
}

func TestANewTokenTakesTheOldOnesPlace(t *testing.T) {
	ring := newFakeRing()
	s := openOn(ring)
	mustKeep(t, s, "one")
	before := ring.accounts()
	if err := s.Keep(t.Context(), "", item("one"), token("renewed")); err != nil {
		t.Fatal(err)
	}
	if after := ring.accounts(); !slices.Equal(before, after) {
		t.Errorf("entries were %q and are %q", before, after)
	}
	got, err := openOn(ring).Token(t.Context(), "one")
	if err != nil || got.Reveal() != "renewed" {
		t.Errorf("Token = %q, %v", got.Reveal(), err)
	}
}

func TestWritesComeInTheSafeOrder(t *testing.T) {
	ring := newFakeRing()
	s := openOn(ring)
	mustKeep(t, s, "one")
	writes := func() (verbs []string) {
		for _, call := range ring.calls {
			verb, account, _ := strings.Cut(call, " ")
			if account != indexAccount && account != probeAccount {
				account = "entry"
			}
			if verb != "get" && account != probeAccount {
				verbs = append(verbs, verb+" "+account)
			}
		}
		ring.calls = nil
		return verbs
	}
	if got := writes(); !slices.Equal(got, []string{"set entry", "set items"}) {
		t.Errorf("Keep: %q", got)
	}
	if err := s.Forget(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if got := writes(); !slices.Equal(got, []string{"set items", "delete entry"}) {
		t.Errorf("Forget: %q", got)
	}
}

func TestTwoStoresAddToOneIndex(t *testing.T) {
	ring := newFakeRing()
	a, b := openOn(ring), openOn(ring)
	mustHold(t, a)
	mustHold(t, b)
	mustKeep(t, a, "one")
	mustKeep(t, b, "two")
	mustHold(t, openOn(ring), "one", "two")
}

func TestNothingTellsNameOrBankOutsideASecret(t *testing.T) {
	ring := newFakeRing()
	mustKeep(t, openOn(ring), "one")
	for _, account := range ring.accounts() {
		name := strings.TrimPrefix(account, "tartan-test/")
		if name != indexAccount && len(name) != 26 {
			t.Errorf("account %q is neither the index nor random", name)
		}
	}
}

func TestForgottenItemsTakeNoMoreData(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	if err := s.Forget(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), "one"); err != nil {
		t.Errorf("forgetting again: %v", err)
	}
	if err := s.Apply(t.Context(), plaidapi.Page{ItemID: "one", Cursor: "x"}); !errors.Is(err, ErrNoItem) {
		t.Errorf("Apply: %v", err)
	}
	if err := s.SetAccounts(t.Context(), "one", nil, time.Time{}); !errors.Is(err, ErrNoItem) {
		t.Errorf("SetAccounts: %v", err)
	}
}

func TestCancelledCallsChangeNothing(t *testing.T) {
	ring := newFakeRing()
	s := openOn(ring)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Items(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Items: %v", err)
	}
	if err := s.Keep(ctx, "", item("one"), token("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("Keep: %v", err)
	}
	mustHold(t, s)
	if s.Access().Notice != "" {
		t.Errorf("cancelling counted against the keyring: %s", s.Access().Notice)
	}
}

func TestAForgottenFormDoesNotCostTheToken(t *testing.T) {
	long := item("one")
	for range 60 {
		long.Institution.Fields = append(long.Institution.Fields, plaidapi.Field{Label: strings.Repeat("x", 60)})
	}
	ring := newFakeRing()
	if err := openOn(ring).Keep(t.Context(), "", long, token("token-one")); err != nil {
		t.Fatal(err)
	}
	mustHold(t, openOn(ring), "one")
	for key, secret := range ring.entries {
		if len(secret) > maxSecret {
			t.Errorf("%s has %d bytes", key, len(secret))
		}
	}
	long.Institution.Name = strings.Repeat("y", maxSecret)
	if err := openOn(ring).Keep(t.Context(), "", long, token("z")); !errors.Is(err, TooLong) {
		t.Errorf("too long a name: %v", err)
	}
}

func TestClosingWithNothingToWriteIsNeverLate(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	for range 100 {
		s := openOn(newFakeRing())
		if err := s.Close(ended); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAClosedStoreKeepsNothingNew(t *testing.T) {
	ring := newFakeRing()
	s := openOn(ring)
	mustKeep(t, s, "one")
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(t.Context(), "", item("two"), token("x")); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed store kept a token: %v", err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Errorf("closing again: %v", err)
	}
	mustHold(t, s, "one")

	unread := openOn(newFakeRing()) // its first read probes, and so writes
	if err := unread.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustHold(t, unread)
	if err := unread.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
