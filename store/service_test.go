package store

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"
	"time"
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
	case "locked":
		t.Run(mode, func(t *testing.T) { testUnusable(t, open(), Locked) })
	case "none":
		t.Run(mode, func(t *testing.T) { testUnusable(t, open(), NoKeyring) })
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
