package store

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// profile is a keyring and a folder, and what the journal there knows of.
type profile struct {
	ring *fakeRing
	Options
	master []byte
}

// newProfile fills a place with something of everything.
func newProfile(t *testing.T, place plaidapi.AccessPlace) (profile, *tokens) {
	t.Helper()
	p := profile{ring: newFakeRing()}
	p.Options = Options{Ring: p.ring, Dir: t.TempDir()}
	k := tokensOn(p.Options)
	if place != plaidapi.InKeyring {
		must(t, k.choose(t.Context(), place, token(passphrase)))
	}
	p.master = fill(t, k)
	return p, k
}

// clone is the same profile elsewhere, made without waiting for the disk.
func (p profile) clone(t *testing.T) profile {
	t.Helper()
	p.ring = &fakeRing{entries: maps.Clone(p.ring.entries)}
	from := os.DirFS(p.Dir)
	p.Ring, p.Dir = p.ring, t.TempDir()
	must(t, os.CopyFS(p.Dir, from))
	return p
}

// next is the tartan that starts afterwards. The passphrase is asked for only if need be.
func (p profile) next(t *testing.T) *tokens {
	t.Helper()
	k := tokensOn(p.Options)
	must(t, k.unlock(t.Context(), token(passphrase)))
	return k
}

// onlyIn checks that a place holds everything and that no other holds anything of it.
func (p profile) onlyIn(t *testing.T, place plaidapi.AccessPlace) {
	t.Helper()
	k := p.next(t)
	if k.place() != place {
		t.Errorf("the next tartan finds access in %q, want %q", k.place(), place)
	}
	holdsAll(t, k, p.master)
	names, entries := folder(t, p.Dir), p.ring.accounts()
	entries = slices.DeleteFunc(entries, func(key string) bool { // it means nothing, and the next one takes it away
		return key == "tartan-test/"+probeAccount
	})
	if place == plaidapi.InFile && (len(entries) != 0 || !slices.Equal(names, []string{vaultFile, vaultKeyFile})) ||
		place == plaidapi.InKeyring && (len(entries) != 6 || len(names) != 0) {
		t.Errorf("in %s: the folder has %q, the keyring %q", place, names, entries)
	}
}

// settledAfter does at the next start what the Store does once it has the lock.
func (p profile) settledAfter(t *testing.T) *tokens {
	t.Helper()
	k := p.next(t)
	holdsAll(t, k, p.master)
	must(t, k.tidy(t.Context()))
	p.onlyIn(t, k.place())
	return k
}

func TestMovingThereAndBack(t *testing.T) {
	p, k := newProfile(t, plaidapi.InKeyring)
	for _, to := range []plaidapi.AccessPlace{plaidapi.InFile, plaidapi.InFile, plaidapi.InKeyring, plaidapi.InKeyring, plaidapi.InFile} {
		must(t, k.choose(t.Context(), to, token(passphrase), "attempt"))
		holdsAll(t, k, p.master)
		if k.place() != to || k.notice() != "" {
			t.Errorf("place %q, notice %q", k.place(), k.notice())
		}
		p.onlyIn(t, to)
		k = p.next(t)
	}
}

func TestAMoveIsAllOrNothing(t *testing.T) {
	for _, c := range []struct{ from, to plaidapi.AccessPlace }{
		{plaidapi.InKeyring, plaidapi.InFile}, {plaidapi.InFile, plaidapi.InKeyring}, {plaidapi.InFile, plaidapi.InFile},
	} {
		t.Run(string(c.from)+" to "+string(c.to), func(t *testing.T) {
			made, _ := newProfile(t, c.from)
			eachStrike(t, func(t *testing.T, s *strike) {
				p := made.clone(t)
				k := p.next(t)
				s.on(k.vault, p.ring)
				err := k.choose(t.Context(), c.to, token(passphrase), "attempt")
				s.off(k.vault, p.ring)
				if s.missed() && err != nil {
					t.Fatal(err)
				}
				if !s.dead && err != nil { // the same tartan goes on
					holdsAll(t, k, p.master)
					if k.place() != c.from {
						t.Errorf("after %v access is in %q", err, k.place())
					}
				}
				k = p.settledAfter(t)
				if err == nil && k.place() != c.to {
					t.Errorf("after a move that succeeded access is in %q", k.place())
				}
				if s.at%4 == 0 { // more often would tell nothing new
					must(t, k.choose(t.Context(), c.to, token(passphrase), "attempt"))
					p.onlyIn(t, c.to)
				}
			})
		})
	}
}

func TestTidyingCanBeCutOff(t *testing.T) {
	for _, c := range []struct{ from, to plaidapi.AccessPlace }{
		{plaidapi.InKeyring, plaidapi.InFile}, {plaidapi.InFile, plaidapi.InKeyring},
	} {
		made, k := newProfile(t, c.from)
		before := maps.Clone(made.ring.entries)
		must(t, k.choose(t.Context(), c.to, token(passphrase), "attempt"))
		eachStrike(t, func(t *testing.T, s *strike) {
			p := made.clone(t)
			k := p.next(t)
			if c.to == plaidapi.InFile { // as if killed right after the switch
				p.ring.entries = maps.Clone(before)
				must(t, k.vault.change(func(b *vaultBody) error {
					b.Copies = slices.Sorted(maps.Keys(b.Entries))
					return nil
				}))
			} else {
				for _, name := range []string{vaultKeyFile, vaultMade, vaultFile + ".new", vaultKeyFile + ".new"} {
					touch(t, filepath.Join(p.Dir, name))
				}
			}
			s.on(k.vault, p.ring)
			err := k.tidy(t.Context())
			s.off(k.vault, p.ring)
			if (err == nil) != s.missed() {
				t.Errorf("tidy: %v", err)
			}
			if told := k.notice() != ""; told != (err != nil && c.to == plaidapi.InFile) {
				t.Errorf("people read %q", k.notice())
			}
			p.settledAfter(t)
		})
	}
}

// From memory a killed tartan takes all with it, but what it had moved is whole.
func TestMovingOutOfMemory(t *testing.T) {
	for _, to := range []plaidapi.AccessPlace{plaidapi.InKeyring, plaidapi.InFile} {
		eachStrike(t, func(t *testing.T, s *strike) {
			p, k := newProfile(t, plaidapi.InMemory)
			if to == plaidapi.InKeyring {
				p.master = nil // it belongs to this run
			}
			s.on(k.vault, p.ring)
			err := k.choose(t.Context(), to, token(passphrase))
			s.off(k.vault, p.ring)
			if !s.dead && err != nil {
				if items, err := k.items(t.Context()); err != nil || len(items) != 2 || k.place() != plaidapi.InMemory {
					t.Errorf("%d Items in %q, %v", len(items), k.place(), err)
				}
				must(t, k.choose(t.Context(), to, token(passphrase)))
				err = nil
			}
			next := p.next(t)
			items, _ := next.items(t.Context())
			if next.notice() != "" || err == nil && (len(items) != 2 || next.place() != to) {
				t.Errorf("%d Items in %q, notice %q", len(items), next.place(), next.notice())
			}
			for _, it := range items {
				if secret, err := next.token(t.Context(), it.ID); err != nil || secret.Reveal() != "token-"+it.ID {
					t.Errorf("token of %s: %v", it.ID, err)
				}
			}
			if _, err := next.held(t.Context(), "attempt"); len(items) == 2 && s.missed() && err != nil {
				t.Errorf("the token under way: %v", err)
			}
		})
	}
}

func TestATokenDoesNotBecomeFleeting(t *testing.T) {
	for name, keep := range map[string]func(k *tokens) error{
		"an Item": func(k *tokens) error { return k.keep(t.Context(), "", item("one"), token("x")) },
		"a token": func(k *tokens) error { return k.hold(t.Context(), "attempt", token("x"), attempt()) },
		"keys":    func(k *tokens) error { return k.setKeys(t.Context(), plaidapi.Keys{ClientID: "a", Secret: token("b")}) },
	} {
		for _, from := range []plaidapi.AccessPlace{plaidapi.InKeyring, plaidapi.InFile} {
			k := tokensOn(Options{Ring: newFakeRing(), Dir: t.TempDir()})
			must(t, k.choose(t.Context(), from, token(passphrase)))
			must(t, keep(k))
			err := k.choose(t.Context(), plaidapi.InMemory, token(""))
			mustFail(t, err, StillKept, "All that is kept is where it was")
			mustBe(t, err, plaidapi.Unsupported)
			if k.place() != from {
				t.Errorf("%s: access is in %q", name, k.place())
			}
		}
	}
	k := tokensOn(Options{Ring: newFakeRing(), Dir: t.TempDir()})
	_, err := k.master(t.Context(), true)
	must(t, err)
	must(t, k.choose(t.Context(), plaidapi.InMemory, token("")))
	if k.place() != plaidapi.InMemory || !strings.Contains(k.notice(), "as you chose") {
		t.Errorf("place %q, notice %q", k.place(), k.notice())
	}
	err = tokensOn(Options{Ring: newFakeRing()}).choose(t.Context(), plaidapi.InFile, token(passphrase))
	mustFail(t, err, NoFolder, "is where it was")
	mustBe(t, err, plaidapi.Unsupported)
}

func TestBackFromMemoryIntoTheSameFile(t *testing.T) {
	p := profile{ring: newFakeRing()}
	p.Options = Options{Ring: p.ring, Dir: t.TempDir()}
	k := tokensOn(p.Options)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
	var err error
	p.master, err = k.master(t.Context(), true)
	must(t, err)
	must(t, k.choose(t.Context(), plaidapi.InMemory, token("")))
	fill(t, k)
	mustBe(t, k.choose(t.Context(), plaidapi.InFile, token("another passphrase")), plaidapi.ErrWrongPassphrase)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
	holdsAll(t, k, p.master)
	p.onlyIn(t, plaidapi.InFile)
}

func TestAnotherServersEntriesStayInTheKeyring(t *testing.T) {
	p, k := newProfile(t, plaidapi.InKeyring)
	other := tokensOn(Options{Ring: p.ring, Home: "https://elsewhere.example"})
	must(t, other.keep(t.Context(), "", item("there"), token("token-there")))
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase), "attempt"))
	holdsAll(t, p.next(t), p.master)
	if got := p.ring.accounts(); len(got) != 4 {
		t.Errorf("the keyring holds %q, want an Item, the index, API keys and the log's key", got)
	}
	there := func() {
		t.Helper()
		other := tokensOn(Options{Ring: p.ring, Home: "https://elsewhere.example"})
		if secret, err := other.token(t.Context(), "there"); err != nil || secret.Reveal() != "token-there" || other.notice() != "" {
			t.Errorf("the other's token: %v, %q", err, other.notice())
		}
		if key, err := other.master(t.Context(), false); err != nil || !slices.Equal(key, p.master) {
			t.Errorf("the other's key: %v", err)
		}
	}
	there()
	must(t, k.choose(t.Context(), plaidapi.InKeyring, token("")))
	holdsAll(t, p.next(t), p.master)
	there()
}

func TestAnotherKeyForSavedDataIsPutAside(t *testing.T) {
	p, k := newProfile(t, plaidapi.InFile)
	before, err := tokensOn(Options{Ring: p.ring}).master(t.Context(), true)
	must(t, err)
	must(t, k.choose(t.Context(), plaidapi.InKeyring, token("")))
	holdsAll(t, p.next(t), p.master)
	aside := ""
	for key, secret := range p.ring.entries {
		var body masterBody
		if strings.Contains(key, "/"+logAccount+".") && unseal(logAccount, secret, &body) == nil && slices.Equal(body.Key, before) {
			aside = key
		}
	}
	if aside == "" {
		t.Errorf("the key that was there is lost: %q", p.ring.accounts())
	}
}

func TestAnotherTartansMoveIsNoticed(t *testing.T) {
	p, k := newProfile(t, plaidapi.InKeyring)
	other := p.next(t)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase), "attempt"))
	mustBe(t, other.tidy(t.Context()), plaidapi.ErrPassphrase)
	mustBe(t, other.keep(t.Context(), "", item("three"), token("x")), plaidapi.ErrPassphrase)
	must(t, other.unlock(t.Context(), token(passphrase)))
	holdsAll(t, other, p.master)
	must(t, k.choose(t.Context(), plaidapi.InKeyring, token("")))
	must(t, other.tidy(t.Context()))
	holdsAll(t, other, p.master)
	if other.place() != plaidapi.InKeyring {
		t.Errorf("the other one is in %q", other.place())
	}
	p.onlyIn(t, plaidapi.InKeyring)
}

func TestAMoveThatCannotRemoveCopiesSaysSo(t *testing.T) {
	p, k := newProfile(t, plaidapi.InKeyring)
	p.ring.misbehave(func(verb, _ string) error {
		if verb == "delete" {
			return Locked
		}
		return nil
	})
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase), "attempt"))
	holdsAll(t, k, p.master)
	if k.notice() != copiesLeft {
		t.Errorf("people read %q", k.notice())
	}
	must(t, k.forget(t.Context(), "one"))
	p.ring.misbehave(nil)
	must(t, k.tidy(t.Context()))
	if k.notice() != "" || len(p.ring.accounts()) != 0 {
		t.Errorf("people read %q, the keyring holds %q", k.notice(), p.ring.accounts())
	}
	if _, err := os.Stat(filepath.Join(p.Dir, vaultFile)); err != nil {
		t.Error(err)
	}
}
