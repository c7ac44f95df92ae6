package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tartan/plaidapi"
)

func TestTheLogsKeyIsMadeOnce(t *testing.T) {
	ring := newFakeRing()
	k := tokensOn(Options{Ring: ring})
	_, err := k.master(t.Context(), false)
	mustBe(t, err, ErrNotFound)
	if len(ring.accounts()) != 0 {
		t.Errorf("asking for it made %q", ring.accounts())
	}
	first, err := k.master(t.Context(), true)
	must(t, err)
	if len(first) != masterSize || bytes.Equal(first, make([]byte, masterSize)) {
		t.Fatalf("the key is %x", first)
	}
	for _, k := range []*tokens{k, tokensOn(Options{Ring: ring})} {
		if again, err := k.master(t.Context(), true); err != nil || !bytes.Equal(first, again) {
			t.Errorf("the key is %x, then %x, %v", first, again, err)
		}
	}
}

func TestTwoTartansEndWithOneKey(t *testing.T) {
	ring := newFakeRing()
	a, b := tokensOn(Options{Ring: ring}), tokensOn(Options{Ring: ring})
	must(t, a.open(t.Context()))
	must(t, b.open(t.Context())) // both have seen that there is none
	var other []byte
	ring.misbehave(on("set", logAccount, func() error {
		ring.misbehave(nil)
		var err error
		if other, err = b.master(t.Context(), true); err != nil {
			t.Error(err)
		}
		ring.lies = func(account, secret string) string { // a's comes first, b's takes its place
			return ring.entries["tartan-test/"+account]
		}
		return nil
	}))
	mine, err := a.master(t.Context(), true)
	if err != nil || !bytes.Equal(mine, other) {
		t.Errorf("keys %x and %x, %v", mine, other, err)
	}
}

func TestALogKeyThatCannotBeReadStays(t *testing.T) {
	short, err := seal(logAccount, masterBody{make([]byte, 31)})
	must(t, err)
	for secret, fault := range map[string]Fault{"x": Damaged, `{"v":2}`: Newer, short: Damaged} {
		ring := newFakeRing()
		mustKeep(t, openOn(ring), "one")
		ring.entries["tartan-test/"+logAccount] = secret
		k := tokensOn(Options{Ring: ring})
		_, err := k.master(t.Context(), true)
		mustFail(t, err, fault, "Nothing was changed")
		if ring.entries["tartan-test/"+logAccount] != secret {
			t.Error("it was replaced")
		}
		if _, err := k.token(t.Context(), "one"); err != nil {
			t.Errorf("it hides the Items: %v", err)
		}
	}
}

func TestALogKeyIsReadBack(t *testing.T) {
	for name, lie := range map[string]func(_, secret string) string{
		"keeps nothing": func(string, string) string { return "" },
		"cuts it short": func(_, secret string) string { return secret[:len(secret)-9] },
	} {
		ring := newFakeRing()
		k := tokensOn(Options{Ring: ring})
		must(t, k.open(t.Context()))
		ring.lies = lie
		if key, err := k.master(t.Context(), true); err == nil {
			t.Errorf("%s: a key that is not kept: %x", name, key)
		}
	}
}

func TestWhereAPIKeysComeFrom(t *testing.T) {
	keys := func(name string) plaidapi.Keys { return plaidapi.Keys{ClientID: name, Secret: token(name + " secret")} }
	credentials := t.TempDir()
	must(t, os.WriteFile(filepath.Join(credentials, clientCredential), []byte("credentials\n"), 0o600))
	must(t, os.WriteFile(filepath.Join(credentials, secretCredential), []byte("credentials secret\n"), 0o600))
	for _, c := range []struct {
		name, credentials, want string
		given                   plaidapi.Keys
		kept                    bool
	}{
		{name: "given ones win", given: keys("given"), credentials: credentials, kept: true, want: "given"},
		{name: "then credentials", credentials: credentials, kept: true, want: "credentials"},
		{name: "then those that were kept", credentials: t.TempDir(), kept: true, want: "kept"},
		{name: "half of given ones is none", given: plaidapi.Keys{ClientID: "given"}, kept: true, want: "kept"},
		{name: "none"},
	} {
		ring := newFakeRing()
		if c.kept {
			must(t, tokensOn(Options{Ring: ring}).setKeys(t.Context(), keys("kept")))
		}
		k := tokensOn(Options{Ring: ring, Keys: c.given, Sources: Sources{CredentialsDir: c.credentials}})
		got, err := k.keys(t.Context())
		if c.want == "" {
			mustBe(t, err, plaidapi.ErrNoKeys)
			continue
		}
		if err != nil || got.ClientID != c.want || got.Secret.Reveal() != c.want+" secret" {
			t.Errorf("%s: keys of %q, %v", c.name, got.ClientID, err)
		}
	}
}

func TestKeepingAPIKeys(t *testing.T) {
	ring := newFakeRing()
	k := tokensOn(Options{Ring: ring})
	must(t, k.setKeys(t.Context(), plaidapi.Keys{ClientID: "a", Secret: token("b")}))
	ring.misbehave(on("set", "", refuse))
	err := k.setKeys(t.Context(), plaidapi.Keys{ClientID: "c", Secret: token("d")})
	mustFail(t, err, Refused, "The API keys are not saved.")
	ring.misbehave(nil)
	if got, err := k.keys(t.Context()); err != nil || got.ClientID != "a" {
		t.Errorf("keys %v, %v", got, err)
	}
	must(t, k.setKeys(t.Context(), plaidapi.Keys{}))
	_, err = k.keys(t.Context())
	mustBe(t, err, plaidapi.ErrNoKeys)
	ring.entries["tartan-test/"+keysAccount] = "x"
	_, err = k.keys(t.Context())
	mustFail(t, err, Damaged, "Nothing was changed")
	if err := k.setKeys(t.Context(), plaidapi.Keys{ClientID: strings.Repeat("x", maxSecret), Secret: token("y")}); err == nil {
		t.Error("more was kept than one entry holds")
	}
}
