package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tartan/plaidapi"
)

const canary = "canary-5309"

// conceals checks that nothing secret shows in a value, however it is printed.
func conceals(t *testing.T, v any) {
	t.Helper()
	text := fmt.Sprintf("%v %+v %#v %s %q %d %x", v, v, v, v, v, v, v)
	if data, err := json.Marshal(v); err == nil {
		text += string(data)
	}
	if err, ok := v.(error); ok {
		var told interface{ UserText() string }
		if errors.As(err, &told) {
			text += told.UserText()
		}
	}
	if hex := fmt.Sprintf("%x", canary); strings.Contains(text, canary) || strings.Contains(text, hex) {
		t.Errorf("%T shows a secret: %s", v, text)
	}
}

func TestNothingSecretIsPrinted(t *testing.T) {
	secret := token(canary)
	keys := plaidapi.Keys{ClientID: "client", Secret: secret}
	a := attempt()
	a.Pending = secret
	o := Options{Ring: newFakeRing(), Dir: t.TempDir(), Keys: keys}
	k := tokensOn(o)
	must(t, k.choose(t.Context(), plaidapi.InFile, secret))
	must(t, k.keep(t.Context(), "", item("one"), secret))
	must(t, k.hold(t.Context(), "attempt", secret, attempt()))
	must(t, k.setKeys(t.Context(), keys))
	pending, err := k.held(t.Context(), "attempt")
	must(t, err)
	for _, v := range []any{keys, o, pending, linked{item("one"), secret}, &Store{tokens: k}, a} {
		conceals(t, v)
	}
	body, err := k.vault.body()
	must(t, err)
	for _, v := range []any{body, entry{Token: canary}, keysBody{"client", canary}, sealedEntry{"a", token(canary), true}} {
		if text := fmt.Sprintf("%v %+v %#v %s %q %x", v, v, v, v, v, v); strings.Contains(text, canary) {
			t.Errorf("%T shows a secret: %s", v, text)
		}
	}
}

func TestNoFailureTellsASecret(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pass")
	must(t, os.WriteFile(path, []byte(canary+strings.Repeat("x", maxSource)), 0o600))
	echo := func() error { return errors.New("bad secret " + canary) }
	ring := newFakeRing()
	k := tokensOn(Options{Ring: ring, Dir: dir})
	must(t, k.open(t.Context()))
	ring.misbehave(on("set", "", echo))
	_, _, file := Sources{PassphraseFile: path}.passphrase(t.Context())
	_, _, command := Sources{PassphraseCommand: []string{"sh", "-c", "echo " + canary + " | tee /dev/stderr; exit 1"}}.passphrase(t.Context())
	all := []error{
		file, command,
		k.keep(t.Context(), "", item("one"), token(canary)),
		k.hold(t.Context(), "attempt", token(canary), attempt()),
		k.setKeys(t.Context(), plaidapi.Keys{ClientID: "a", Secret: token(canary)}),
		k.choose(t.Context(), plaidapi.InFile, token(canary[:7])),
	}
	ring.misbehave(nil)
	must(t, k.keep(t.Context(), "", item("one"), token(canary)))
	k.vault.disk.hook = func(op, _ string) error {
		if op == "rename" {
			return errNo
		}
		return nil
	}
	all = append(all, k.choose(t.Context(), plaidapi.InFile, token(canary)))
	k.vault.disk.hook = nil
	must(t, k.choose(t.Context(), plaidapi.InFile, token(canary+" and more")))
	all = append(all, tokensOn(Options{Ring: ring, Dir: dir}).unlock(t.Context(), token(canary)))
	touch(t, filepath.Join(dir, vaultFile))
	all = append(all, k.keep(t.Context(), "", item("two"), token(canary)))
	for i, err := range all {
		if err == nil {
			t.Errorf("failure %d is none", i)
			continue
		}
		conceals(t, err)
		for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
			conceals(t, cause)
		}
	}
}
