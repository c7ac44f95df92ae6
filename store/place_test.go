package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tartan/plaidapi"
)

func TestWithoutAKeyringNothingIsAssumed(t *testing.T) {
	used := t.TempDir()
	touch(t, filepath.Join(used, "log"))
	for name, o := range map[string]Options{
		"a real bank":                      {Dir: t.TempDir()},
		"the practice bank, used before":   {Dir: used, Casual: true},
		"a real bank without any folder":   {},
		"a real bank that was used before": {Dir: used},
	} {
		eachTrouble(t, func(t *testing.T, fault Fault, trouble func() error) {
			ring := newFakeRing()
			ring.misbehave(func(string, string) error { return trouble() })
			o.Ring = ring
			k := tokensOn(o)
			err := k.open(t.Context())
			mustBe(t, err, plaidapi.ErrNoPlace)
			var e *Error
			if !errors.As(err, &e) || e.Fault != fault {
				t.Fatalf("%s: %v", name, err)
			}
			text := e.UserText()
			for _, part := range []string{
				fault.phrases().happened, " Nothing was changed. ", fault.phrases().advice,
				"sealed with a passphrase", "for this run only",
			} {
				if !strings.Contains(text, part) {
					t.Errorf("%s: people read %q without %q", name, text, part)
				}
			}
			calls := ring.asked()
			_, err = k.items(t.Context())
			mustBe(t, err, plaidapi.ErrNoPlace)
			mustBe(t, k.keep(t.Context(), "", item("one"), token("x")), plaidapi.ErrNoPlace)
			if n := ring.asked(); n != calls || k.place() != "" || len(ring.accounts()) != 0 {
				t.Errorf("%s: place %q, %d calls, then %d", name, k.place(), calls, n)
			}
		})
	}
}

func TestAnotherTryAfterNoPlace(t *testing.T) {
	ring := newFakeRing()
	ring.misbehave(func(string, string) error { return Locked })
	k := tokensOn(Options{Ring: ring, Dir: t.TempDir()})
	mustBe(t, k.open(t.Context()), plaidapi.ErrNoPlace)
	ring.misbehave(nil)
	must(t, k.open(t.Context()))
	if k.place() != plaidapi.InKeyring || k.notice() != "" {
		t.Errorf("place %q, notice %q", k.place(), k.notice())
	}
}

func TestChoosingAfterNoPlace(t *testing.T) {
	for _, to := range []plaidapi.AccessPlace{plaidapi.InFile, plaidapi.InMemory} {
		ring := newFakeRing()
		ring.misbehave(func(string, string) error { return NoKeyring })
		o := Options{Ring: ring, Dir: filepath.Join(t.TempDir(), "profile")}
		k := tokensOn(o)
		mustBe(t, k.open(t.Context()), plaidapi.ErrNoPlace)
		mustBe(t, k.choose(t.Context(), plaidapi.InKeyring, token("")), NoKeyring)
		must(t, k.choose(t.Context(), to, token(passphrase)))
		master := fill(t, k)
		holdsAll(t, k, master)
		if k.place() != to || (k.notice() == "") != (to == plaidapi.InFile) || strings.Contains(k.where(), "keyring") {
			t.Errorf("place %q, where %q, notice %q", k.place(), k.where(), k.notice())
		}
		k = tokensOn(o)
		if to == plaidapi.InMemory {
			mustBe(t, k.open(t.Context()), plaidapi.ErrNoPlace)
			continue
		}
		mustBe(t, k.open(t.Context()), plaidapi.ErrPassphrase)
		mustBe(t, k.unlock(t.Context(), token("incorrect horse")), plaidapi.ErrWrongPassphrase)
		must(t, k.unlock(t.Context(), token(passphrase)))
		holdsAll(t, k, master)
	}
}

func TestOpeningReadsOnlyWhatDecides(t *testing.T) {
	ring := newFakeRing()
	master := fill(t, tokensOn(Options{Ring: ring}))
	ring.calls = nil
	k := tokensOn(Options{Ring: ring})
	must(t, k.open(t.Context()))
	if _, err := k.master(t.Context(), true); err != nil || len(ring.calls) != 2 {
		t.Errorf("calls: %q, %v", ring.calls, err)
	}
	holdsAll(t, k, master)
}

func TestADamagedIndexIsNoReasonToGoElsewhere(t *testing.T) {
	for fault, secret := range map[Fault]string{Damaged: "x", Newer: `{"v":9}`} {
		ring := newFakeRing()
		ring.entries["tartan-test/"+indexAccount] = secret
		k := tokensOn(Options{Ring: ring, Casual: true})
		err := k.open(t.Context())
		mustFail(t, err, fault, "Nothing was changed")
		if errors.Is(err, plaidapi.ErrNoPlace) || k.place() != "" {
			t.Errorf("%v: place %q, %v", fault, k.place(), err)
		}
	}
}

func TestAVaultThatIsNoFileIsLeftAlone(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	must(t, os.Mkdir(filepath.Join(o.Dir, vaultFile), 0o700))
	touch(t, filepath.Join(o.Dir, vaultKeyFile))
	k := tokensOn(o)
	mustBe(t, k.open(t.Context()), plaidapi.ErrPassphrase)
	mustBe(t, k.unlock(t.Context(), token(passphrase)), VaultDamaged)
	if len(o.Ring.(*fakeRing).calls) != 0 {
		t.Error("the keyring was asked all the same")
	}
}

// askingRing is a keyring with a dialog open.
type askingRing struct {
	*fakeRing
	asking func() bool
}

func (r askingRing) Asking() bool { return r.asking() }

func TestADialogIsGivenTime(t *testing.T) {
	for name, c := range map[string]struct {
		asking func(release <-chan struct{}) bool
		answer time.Duration // when the keyring answers
		want   error
		took   time.Duration
	}{
		"no dialog":          {func(<-chan struct{}) bool { return false }, time.Hour, Slow, patience},
		"it panics":          {func(<-chan struct{}) bool { panic("odd") }, time.Hour, Slow, patience},
		"it cannot tell":     {func(r <-chan struct{}) bool { <-r; return true }, time.Hour, Slow, 2 * patience},
		"a dialog":           {func(<-chan struct{}) bool { return true }, time.Hour, Slow, unlocking},
		"an answered dialog": {func(<-chan struct{}) bool { return true }, 50 * time.Second, nil, 50 * time.Second},
		"a quick answer":     {func(<-chan struct{}) bool { return false }, time.Second, nil, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ring, release := newFakeRing(), make(chan struct{})
				answer := time.AfterFunc(c.answer, func() { close(release) })
				ring.misbehave(func(string, string) error { <-release; return nil })
				start := time.Now()
				k := tokensOn(Options{Ring: askingRing{ring, func() bool { return c.asking(release) }}})
				if err := k.open(t.Context()); !errors.Is(err, c.want) || time.Since(start) != c.took {
					t.Errorf("%v after %v, want %v after %v", err, time.Since(start), c.want, c.took)
				}
				if answer.Stop() {
					close(release)
				}
			})
		})
	}
}

func TestADialogCanBeGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring, release := newFakeRing(), make(chan struct{})
		ring.misbehave(func(string, string) error { <-release; return nil })
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Second, cancel)
		k := tokensOn(Options{Ring: askingRing{ring, func() bool { return true }}, Casual: true})
		start := time.Now()
		mustBe(t, k.open(ctx), context.Canceled)
		if took := time.Since(start); took != 20*time.Second || k.place() != "" {
			t.Errorf("gave up after %v, in %q", took, k.place())
		}
		close(release)
	})
}
