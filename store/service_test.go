package store

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// TestSecretService uses the real keyring of the session that .ci/keyring makes. It never runs
// against a person's own: without SECRET_SERVICE_MODE it does nothing.
func TestSecretService(t *testing.T) {
	open := func() *Store {
		return Open(Options{Service: "tartan-test", Home: home, Casual: true})
	}
	switch mode := os.Getenv("SECRET_SERVICE_MODE"); mode {
	case "unlocked":
		t.Run(mode, func(t *testing.T) { testUnlocked(t, open) })
		t.Run("secrets", testSecretsInService)
		t.Run("moving", testMovingService)
		t.Run("killed", testKilledService)
	case "locked":
		t.Run(mode, func(t *testing.T) { testUnusable(t, open(), Locked) })
		t.Run("asking", func(t *testing.T) {
			if !(osRing{}).Asking() {
				t.Error("a locked keyring may be asking for its password")
			}
		})
		testNoPlace(t, Locked)
	case "none":
		t.Run(mode, func(t *testing.T) { testUnusable(t, open(), NoKeyring) })
		testNoPlace(t, NoKeyring)
	case "":
		t.Skip("no session of its own: make test runs this inside .ci/keyring")
	default:
		t.Fatalf("SECRET_SERVICE_MODE is %q", mode)
	}
}

func testUnlocked(t *testing.T, open func() *Store) {
	s := open()
	mustHold(t, s)
	if s.Access().Where != "system keyring (Secret Service)" || s.Access().Notice != "" {
		t.Fatalf("Where %q, Notice %q", s.Access().Where, s.Access().Notice)
	}
	if err := s.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	mustKeep(t, s, ids...)
	mustHold(t, open(), ids...)

	other := Open(Options{Service: "tartan-test-other", Home: home})
	mustHold(t, other)

	again := open()
	for _, id := range ids {
		if err := again.Forget(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	mustHold(t, open())
	for _, account := range again.tokens.names {
		t.Errorf("account %s is still known", account)
	}
	if _, err := (osRing{}).Get("tartan-test", probeAccount); err != ErrNotFound {
		t.Errorf("the probe was left behind: %v", err)
	}
}

// system makes tokens in the keyring of the session.
func system(dir string) *tokens { return tokensOn(Options{Dir: dir, Ring: osRing{}}) }

func testSecretsInService(t *testing.T) {
	k := system("")
	master := fill(t, k)
	holdsAll(t, system(""), master)
	if (osRing{}).Asking() {
		t.Error("an open keyring asks for nothing")
	}
	for _, id := range []string{"one", "two"} {
		must(t, k.forget(t.Context(), id))
	}
	must(t, k.release(t.Context(), "attempt"))
	must(t, k.setKeys(t.Context(), plaidapi.Keys{}))
	must(t, k.guard.delete(t.Context(), logAccount))
}

func testMovingService(t *testing.T) {
	dir := t.TempDir()
	k := system(dir)
	master := fill(t, k)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase), "attempt"))
	for _, account := range append(k.indexed(), indexAccount, "attempt", keysAccount, logAccount) {
		if _, err := (osRing{}).Get("tartan-test", account); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s is still in the keyring: %v", account, err)
		}
	}
	k = system(dir)
	must(t, k.unlock(t.Context(), token(passphrase)))
	holdsAll(t, k, master)
	must(t, k.choose(t.Context(), plaidapi.InKeyring, token("")))
	holdsAll(t, system(dir), master)
	if names := folder(t, dir); len(names) != 0 {
		t.Errorf("the folder still has %q", names)
	}
}

// testNoPlace checks that a real bank's tokens go nowhere by themselves, and then into a file.
func testNoPlace(t *testing.T, fault Fault) {
	k := system(t.TempDir())
	err := k.open(t.Context())
	mustBe(t, err, plaidapi.ErrNoPlace)
	mustBe(t, err, fault)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
	holdsAll(t, k, fill(t, k))
}

// Run these with .ci/keyring unlocked go test -run '^$' -bench Service ./store
func BenchmarkServiceGet(b *testing.B) {
	k := benched(b)
	for b.Loop() {
		if _, err := k.guard.get(b.Context(), indexAccount); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkServiceOpen(b *testing.B) {
	benched(b)
	for b.Loop() {
		if err := system("").open(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkServiceItems10(b *testing.B) {
	benched(b)
	for b.Loop() {
		if items, err := system("").items(b.Context()); err != nil || len(items) != 10 {
			b.Fatal(len(items), err)
		}
	}
}

// benched has ten Items in the keyring of the session.
func benched(b *testing.B) *tokens {
	if os.Getenv("SECRET_SERVICE_MODE") != "unlocked" {
		b.Skip("no keyring of its own")
	}
	k := system("")
	for i := range 10 {
		if err := k.keep(b.Context(), "", item(strconv.Itoa(i)), token("x")); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := k.master(b.Context(), true); err != nil {
		b.Fatal(err)
	}
	return k
}

// testUnusable checks that a store falls back to memory at once and says why.
func testUnusable(t *testing.T, s *Store, fault Fault) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	items, err := s.Items(ctx)
	if err != nil || len(items) != 0 {
		t.Fatalf("Items: %v, %v", items, err)
	}
	if !strings.HasPrefix(s.Access().Notice, fault.phrases().happened) {
		t.Errorf("people read: %s", s.Access().Notice)
	}
	if s.Access().Where != "memory, for this run only" {
		t.Errorf("tokens live in %s", s.Access().Where)
	}
	if err := s.Probe(ctx); err != nil {
		t.Errorf("Probe: %v", err)
	}
	secret := rand.Text()
	if err := s.Keep(ctx, "", item("one"), token(secret)); err != nil {
		t.Errorf("Keep: %v", err)
	}
	if got, err := s.Token(ctx, "one"); err != nil || got.Reveal() != secret {
		t.Errorf("Token: %v", err)
	}
}
