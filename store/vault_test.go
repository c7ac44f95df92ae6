package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"tartan/plaidapi"
)

// sealedIn makes a passphrase file that holds something of everything.
func sealedIn(t *testing.T, o Options) (k *tokens, master []byte) {
	t.Helper()
	k = tokensOn(o)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
	return k, fill(t, k)
}

// opened opens a passphrase file as the next tartan does.
func openTokens(t *testing.T, o Options) *tokens {
	t.Helper()
	k := tokensOn(o)
	mustBe(t, k.open(t.Context()), plaidapi.ErrPassphrase)
	must(t, k.unlock(t.Context(), token(passphrase)))
	return k
}

func TestAPassphraseFileOutlivesTheProgram(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: filepath.Join(t.TempDir(), "a", "profile")}
	k, master := sealedIn(t, o)
	holdsAll(t, k, master)
	again := openTokens(t, o)
	holdsAll(t, again, master)
	if again.place() != plaidapi.InFile || again.where() != "passphrase file "+filepath.Join(o.Dir, vaultFile) || again.notice() != "" {
		t.Errorf("place %q, where %q, notice %q", again.place(), again.where(), again.notice())
	}
	must(t, again.forget(t.Context(), "one"))
	must(t, again.release(t.Context(), "attempt"))
	if items, err := openTokens(t, o).items(t.Context()); err != nil || len(items) != 1 {
		t.Errorf("%d Items, %v", len(items), err)
	}
	if got := o.Ring.(*fakeRing).accounts(); len(got) != 0 {
		t.Errorf("the keyring holds %q", got)
	}
}

func TestThePassphraseFileIsTheUsersAlone(t *testing.T) {
	if !shared {
		t.Skip("modes say nothing here")
	}
	old := umask(0)
	defer umask(old)
	o := Options{Ring: newFakeRing(), Dir: filepath.Join(t.TempDir(), "profile")}
	sealedIn(t, o)
	wantMode(t, o.Dir, 0o700)
	for _, name := range folder(t, o.Dir) {
		wantMode(t, filepath.Join(o.Dir, name), 0o600)
	}
}

// decrypt reads an age file as any other program does.
func decrypt(t *testing.T, path string, key age.Identity) string {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer func() { _ = f.Close() }()
	plain, err := age.Decrypt(f, key)
	must(t, err)
	text, err := io.ReadAll(plain)
	must(t, err)
	return string(text)
}

func TestTheAgeProgramOpensBothFiles(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	sealedIn(t, o)
	key, err := age.NewScryptIdentity(passphrase)
	must(t, err)
	identities, err := age.ParseIdentities(strings.NewReader(decrypt(t, filepath.Join(o.Dir, vaultKeyFile), key)))
	must(t, err)
	var body struct {
		V       int
		Entries map[string]string
	}
	must(t, json.Unmarshal([]byte(decrypt(t, filepath.Join(o.Dir, vaultFile), identities[0])), &body))
	if body.V != 1 || len(body.Entries) != 6 || !strings.Contains(body.Entries["attempt"], "token-pending") {
		t.Errorf("version %d, %d entries", body.V, len(body.Entries))
	}
	for _, name := range folder(t, o.Dir) {
		data, err := os.ReadFile(filepath.Join(o.Dir, name))
		must(t, err)
		for _, secret := range []string{"token-one", "api-secret", "AGE-SECRET-KEY"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s stands open in %s", secret, name)
			}
		}
	}
}

func TestThePassphraseCanBeChanged(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	k, master := sealedIn(t, o)
	for _, short := range []string{"", "7 signs", "äöüßäöü"} {
		mustFail(t, k.choose(t.Context(), plaidapi.InFile, token(short)), TooShort, "is where it was")
	}
	holdsAll(t, openTokens(t, o), master)
	must(t, k.choose(t.Context(), plaidapi.InFile, token("eight: ä")))
	k = tokensOn(o)
	mustBe(t, k.unlock(t.Context(), token(passphrase)), plaidapi.ErrWrongPassphrase)
	must(t, k.unlock(t.Context(), token("eight: ä")))
	holdsAll(t, k, master)
}

// opens tries what an altered file still opens: the key file by passphrase, the other by its key.
func (v *vault) opens(name string) error {
	if name == vaultKeyFile {
		return (&vault{dir: v.dir}).unlock(token(passphrase))
	}
	_, err := v.body()
	return err
}

func TestEveryByteOfAPassphraseFileCounts(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	k := tokensOn(o)
	must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
	must(t, k.keep(t.Context(), "", item("one"), token("token-one")))
	for _, name := range []string{vaultKeyFile, vaultFile} {
		path := filepath.Join(o.Dir, name)
		data, err := os.ReadFile(path)
		must(t, err)
		spoil := func(altered []byte) {
			must(t, os.WriteFile(path, altered, 0o600))
			err := k.vault.opens(name)
			wrong := name == vaultKeyFile && errors.Is(err, plaidapi.ErrWrongPassphrase)
			if !wrong && !errors.Is(err, VaultDamaged) && !errors.Is(err, VaultNewer) {
				t.Errorf("%s, %d bytes for %d: %v", name, len(altered), len(data), err)
			}
		}
		for i := range data {
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << (i % 8)
			spoil(flipped)
			spoil(data[:i])
		}
		spoil(append(bytes.Clone(data), 0))
		must(t, os.WriteFile(path, data, 0o600))
	}
	if items, err := openTokens(t, o).items(t.Context()); err != nil || len(items) != 1 {
		t.Errorf("%d Items, %v", len(items), err)
	}
}

func TestADamagedPassphraseFileIsSaidAndLeftAlone(t *testing.T) {
	ring := newFakeRing()
	o := Options{Ring: ring, Dir: t.TempDir(), Casual: true}
	k, _ := sealedIn(t, o)
	path := filepath.Join(o.Dir, vaultFile)
	data, err := os.ReadFile(path)
	must(t, err)
	data = data[:len(data)/2]
	must(t, os.WriteFile(path, data, 0o600))
	before := ring.asked()
	mustFail(t, tokensOn(o).unlock(t.Context(), token(passphrase)), VaultDamaged, "Nothing was changed")
	mustFail(t, k.keep(t.Context(), "", item("three"), token("x")), VaultDamaged, "not saved")
	if after, _ := os.ReadFile(path); !bytes.Equal(after, data) || len(folder(t, o.Dir)) != 2 {
		t.Error("the file was touched")
	}
	if ring.asked() != before {
		t.Error("the keyring was asked instead")
	}
}

func TestAPassphraseFileOfALaterVersion(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	k, _ := sealedIn(t, o)
	for body, want := range map[string]Fault{
		`{"v":2,"entries":[]}`: VaultNewer, `{"v":2}`: VaultNewer, `{"v":1,"entries":[]}`: VaultDamaged,
		`{"v":1}`: VaultDamaged, `{"v":0,"entries":{}}`: VaultDamaged, `x`: VaultDamaged, ``: VaultDamaged,
	} {
		sealed, err := sealFor(k.vault.identity.Recipient(), []byte(body))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(o.Dir, vaultFile), sealed, 0o600))
		mustFail(t, tokensOn(o).unlock(t.Context(), token(passphrase)), want, "Nothing was changed")
		mustFail(t, k.keep(t.Context(), "", item("three"), token("x")), want, "not saved")
		if after, _ := os.ReadFile(filepath.Join(o.Dir, vaultFile)); !bytes.Equal(after, sealed) {
			t.Errorf("%s was written over", body)
		}
	}
	must(t, os.Remove(filepath.Join(o.Dir, vaultKeyFile)))
	mustFail(t, tokensOn(o).unlock(t.Context(), token(passphrase)), VaultDamaged, "a part of it is missing")
}

func TestTwoTartansWriteOneFile(t *testing.T) {
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	a, _ := sealedIn(t, o)
	b := openTokens(t, o)
	must(t, b.keep(t.Context(), "", item("three"), token("token-three")))
	must(t, a.keep(t.Context(), "", item("four"), token("token-four")))
	if items, err := openTokens(t, o).items(t.Context()); err != nil || len(items) != 4 {
		t.Errorf("%d Items, %v", len(items), err)
	}
}

func TestEveryChangeOfTheFileIsAllOrNothing(t *testing.T) {
	for name, change := range map[string]func(v *vault) error{
		"set":    func(v *vault) error { return v.Set("", "b", "new") },
		"delete": func(v *vault) error { return v.Delete("", "b") },
	} {
		eachStrike(t, func(t *testing.T, s *strike) {
			k := tokensOn(Options{Ring: newFakeRing(), Dir: t.TempDir()})
			must(t, k.choose(t.Context(), plaidapi.InFile, token(passphrase)))
			for account, secret := range map[string]string{"a": "1", "b": "2"} {
				must(t, k.vault.Set("", account, secret))
			}
			before, err := k.vault.body()
			must(t, err)
			s.on(k.vault, newFakeRing())
			err = change(k.vault)
			s.off(k.vault, newFakeRing())
			if (err == nil) != s.missed() {
				t.Errorf("%s: %v", name, err)
			}
			var file *FileError
			if err != nil && !errors.As(err, &file) {
				t.Errorf("%s: %v is no failure of a file", name, err)
			}
			next := &vault{dir: k.vault.dir, work: 1}
			must(t, next.unlock(token(passphrase)))
			after, err := next.body()
			must(t, err)
			done := after.Entries["b"] == "new" || len(after.Entries) == len(before.Entries)-1
			if after.Entries["a"] != "1" || !done && !after.same(before) || err == nil && s.missed() && !done {
				t.Errorf("%s left %d entries", name, len(after.Entries))
			}
			must(t, next.Set("", "c", "3"))
		})
	}
}
