package store

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"tartan/plaidapi"
)

const passphrase = "correct horse battery"

// tokensOn makes tokens whose passphrase file takes no time to open.
func tokensOn(o Options) *tokens {
	o.Service = "tartan-test"
	if o.Home == "" {
		o.Home = home
	}
	t := newTokens(o, &writes{idle: make(chan struct{})})
	t.vault.work = 1
	return t
}

func attempt() plaidapi.Attempt {
	return plaidapi.Attempt{
		Wire: plaidapi.Legacy, InstitutionID: "chase", Bank: "Chase", Mode: plaidapi.Upgrade,
		At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
	}
}

func mustBe(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// fill keeps something of everything: two Items, a token under way, API keys, the log's key.
func fill(t *testing.T, k *tokens) (master []byte) {
	t.Helper()
	for _, id := range []string{"one", "two"} {
		must(t, k.keep(t.Context(), "", item(id), token("token-"+id)))
	}
	must(t, k.hold(t.Context(), "attempt", token("token-pending"), attempt()))
	must(t, k.setKeys(t.Context(), plaidapi.Keys{ClientID: "client", Secret: token("api-secret")}))
	master, err := k.master(t.Context(), true)
	must(t, err)
	return master
}

// holdsAll reports what is not as fill has left it.
func holdsAll(t *testing.T, k *tokens, master []byte) {
	t.Helper()
	items, err := k.items(t.Context())
	must(t, err)
	var ids []string
	for _, it := range items {
		ids = append(ids, it.ID)
		if secret, err := k.token(t.Context(), it.ID); err != nil || secret.Reveal() != "token-"+it.ID {
			t.Errorf("token of %s: %v", it.ID, err)
		}
	}
	if !slices.Equal(ids, []string{"one", "two"}) {
		t.Errorf("Items are %q", ids)
	}
	if h, err := k.held(t.Context(), "attempt"); err != nil || h.linked || h.token.Reveal() != "token-pending" {
		t.Errorf("the token under way: %+v, %v", h, err)
	}
	if got, err := k.keys(t.Context()); err != nil || got.ClientID != "client" || got.Secret.Reveal() != "api-secret" {
		t.Errorf("API keys: %v, %v", got, err)
	}
	if got, err := k.master(t.Context(), false); err != nil || !slices.Equal(got, master) {
		t.Errorf("the log's key is %x, %v; want %x", got, err, master)
	}
	if n := k.sign.told[lostNotice]; n != "" {
		t.Errorf("people read: %s", n)
	}
}

// folder lists the names in a folder.
func folder(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// touch makes a file that says nothing.
func touch(t *testing.T, path string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte("x"), 0o600))
}

func TestWhatTheJournalKnowsOf(t *testing.T) {
	ring := newFakeRing()
	k := tokensOn(Options{Ring: ring})
	_, err := k.held(t.Context(), "attempt")
	mustBe(t, err, ErrNotFound)
	mustBe(t, k.adopt(t.Context(), "attempt"), ErrNotFound)
	must(t, k.release(t.Context(), "attempt"))

	must(t, k.hold(t.Context(), "attempt", token("first"), attempt()))
	must(t, k.hold(t.Context(), "attempt", token("second"), attempt()))
	k = tokensOn(Options{Ring: ring})
	h, err := k.held(t.Context(), "attempt")
	must(t, err)
	want := attempt()
	if got := h.attempt; h.linked || h.token.Reveal() != "second" || got.Pending.Reveal() != "second" ||
		got.Bank != want.Bank || got.InstitutionID != want.InstitutionID || got.Mode != want.Mode || !got.At.Equal(want.At) {
		t.Errorf("held %+v", h)
	}
	mustBe(t, k.adopt(t.Context(), "attempt"), ErrNoItem)
	if k.listed("attempt") {
		t.Error("a token under way is in the index")
	}

	must(t, k.keep(t.Context(), "attempt", item("one"), token("token-one")))
	if !k.listed("attempt") {
		t.Error("the Item has another account than the attempt")
	}
	must(t, k.release(t.Context(), "attempt"))
	if h, err := k.held(t.Context(), "attempt"); err != nil || !h.linked || h.item.ID != "one" || h.token.Reveal() != "token-one" {
		t.Errorf("release removed what is in the index: %+v, %v", h, err)
	}
	must(t, k.hold(t.Context(), "other", token("x"), attempt()))
	must(t, k.release(t.Context(), "other"))
	if _, err := k.held(t.Context(), "other"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a released entry: %v", err)
	}
}

func TestAnEntryThatIsNotInTheIndexYetCanBeAdopted(t *testing.T) {
	for name, hold := range map[string]bool{"nothing before": false, "a token under way": true} {
		ring := newFakeRing()
		k := tokensOn(Options{Ring: ring})
		if hold {
			must(t, k.hold(t.Context(), "attempt", token("x"), attempt()))
		}
		ring.misbehave(on("set", indexAccount, refuse))
		mustFail(t, k.keep(t.Context(), "attempt", item("one"), token("token-one")), Refused, "not saved")
		ring.misbehave(nil)

		k = tokensOn(Options{Ring: ring})
		if items, err := k.items(t.Context()); err != nil || len(items) != 0 {
			t.Fatalf("%s: %d Items, %v", name, len(items), err)
		}
		must(t, k.adopt(t.Context(), "attempt"))
		must(t, k.adopt(t.Context(), "attempt"))
		for _, k := range []*tokens{k, tokensOn(Options{Ring: ring})} {
			items, err := k.items(t.Context())
			if secret, _ := k.token(t.Context(), "one"); err != nil || len(items) != 1 || secret.Reveal() != "token-one" {
				t.Errorf("%s: adopted as %d Items, %v", name, len(items), err)
			}
		}
	}
}

func TestAFailingHoldLeavesWhatWasHeld(t *testing.T) {
	for _, verb := range []string{"set", "get"} {
		ring := newFakeRing()
		k := tokensOn(Options{Ring: ring})
		must(t, k.open(t.Context()))
		ring.misbehave(on(verb, "", refuse))
		mustFail(t, k.hold(t.Context(), "attempt", token("first"), attempt()), Refused, "not saved")
		ring.misbehave(nil)
		if n := len(ring.accounts()); n != 0 {
			t.Errorf("%s: %q were left", verb, ring.accounts())
		}
		must(t, k.hold(t.Context(), "attempt", token("first"), attempt()))
		ring.misbehave(on(verb, "", refuse))
		mustFail(t, k.hold(t.Context(), "attempt", token("second"), attempt()), Refused, "not saved")
		ring.misbehave(nil)
		if _, err := k.held(t.Context(), "attempt"); err != nil {
			t.Errorf("%s: what was held before: %v", verb, err)
		}
	}
}

func TestTokensOfAnotherServerAreNotHeldHere(t *testing.T) {
	ring := newFakeRing()
	must(t, tokensOn(Options{Ring: ring, Home: "https://elsewhere.example"}).hold(t.Context(), "attempt", token("x"), attempt()))
	k := tokensOn(Options{Ring: ring})
	_, err := k.held(t.Context(), "attempt")
	mustFail(t, err, Damaged, "Nothing was changed")
	mustFail(t, k.adopt(t.Context(), "attempt"), Damaged, "not saved")
}

// An entry has all of an Item that is kept.
func TestAnItemComesBackFromItsEntry(t *testing.T) {
	want := plaidapi.Item{
		ID: "modern:one", Wire: plaidapi.Modern, Products: []plaidapi.Product{plaidapi.Transactions},
		LinkedAt: time.Unix(0, 0).UTC(), ConsentUntil: time.Unix(1, 0).UTC(),
		Institution: plaidapi.Institution{ID: "ins_1", Wire: plaidapi.Modern, Name: "First", Site: "first.example"},
	}
	secret, err := sealItem("A", home, want, plaidapi.NewSecret("token"))
	must(t, err)
	e, err := unsealEntry("A", secret)
	must(t, err)
	if !reflect.DeepEqual(e.item(), want) || e.secret().Reveal() != "token" {
		t.Errorf("%+v", e.item())
	}
}

func TestEntriesOfTheFirstFormAreRead(t *testing.T) {
	ring := newFakeRing()
	old := struct {
		Home, Item, Token string
		Linked            time.Time
	}{home, "one", "token-one", time.Unix(0, 0).UTC()}
	for account, body := range map[string]any{"A": old, indexAccount: index{[]string{"A"}}} {
		secret, err := seal(account, body)
		must(t, err)
		ring.entries["tartan-test/"+account] = secret
	}
	k := tokensOn(Options{Ring: ring})
	if items, err := k.items(t.Context()); err != nil || !items[0].ConsentUntil.IsZero() {
		t.Errorf("items: %+v, %v", items, err)
	}
	if secret, err := k.token(t.Context(), "one"); err != nil || secret.Reveal() != "token-one" {
		t.Errorf("token: %v", err)
	}
	unknown, err := seal("B", map[string]string{"kind": "something new", "home": home})
	must(t, err)
	ring.entries["tartan-test/B"] = unknown
	_, err = k.held(t.Context(), "B")
	mustFail(t, err, Newer, "Nothing was changed")
}

func TestLocking(t *testing.T) {
	dir := t.TempDir()
	for place, o := range map[plaidapi.AccessPlace]Options{
		plaidapi.InKeyring: {Ring: newFakeRing()},
		plaidapi.InFile:    {Ring: newFakeRing(), Dir: dir},
		plaidapi.InMemory:  {Ring: newFakeRing(), Dir: filepath.Join(dir, "other")},
	} {
		k := tokensOn(o)
		if place != plaidapi.InKeyring {
			must(t, k.choose(t.Context(), place, token(passphrase)))
		}
		master := fill(t, k)
		k.lock()
		_, items := k.items(t.Context())
		_, secret := k.token(t.Context(), "one")
		_, keys := k.keys(t.Context())
		_, key := k.master(t.Context(), true)
		for _, err := range []error{
			items, secret, keys, key, k.open(t.Context()), k.probe(t.Context()), k.forget(t.Context(), "one"),
			k.choose(t.Context(), plaidapi.InKeyring, token("")),
		} {
			mustBe(t, err, plaidapi.ErrLocked)
		}
		if len(k.linked) != 0 || k.vault.identity != nil {
			t.Errorf("%s: something is still in memory", place)
		}
		pass := token("")
		if place == plaidapi.InFile {
			mustBe(t, k.unlock(t.Context(), token("")), plaidapi.ErrPassphrase)
			mustBe(t, k.unlock(t.Context(), token("wrong horse")), plaidapi.ErrWrongPassphrase)
			mustBe(t, k.open(t.Context()), plaidapi.ErrLocked)
			pass = token(passphrase)
		}
		must(t, k.unlock(t.Context(), pass))
		holdsAll(t, k, master)
		if k.place() != place {
			t.Errorf("unlocked in %s, want %s", k.place(), place)
		}
	}
}
