package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// source writes a file for a Sources to read.
func source(t *testing.T, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), passphraseCredential)
	must(t, os.WriteFile(path, []byte(content), mode))
	must(t, os.Chmod(path, mode))
	return path
}

func TestWhereAPassphraseComesFrom(t *testing.T) {
	file := source(t, "of the file\n", 0o600)
	credentials := filepath.Dir(source(t, "of the credentials", 0o400))
	command := []string{"printf", `of the command\n`}
	for _, c := range []struct {
		name string
		Sources
		want string
	}{
		{"nothing at all", Sources{}, ""},
		{"the file first", Sources{file, credentials, command}, "of the file"},
		{"then credentials", Sources{"", credentials, command}, "of the credentials"},
		{"then the command", Sources{"", t.TempDir(), command}, "of the command"},
		{"one line end goes", Sources{PassphraseFile: source(t, " a b \r\n", 0o600)}, " a b "},
		{"but one alone", Sources{PassphraseFile: source(t, "a\n\n", 0o600)}, "a\n"},
		{"and no other byte", Sources{PassphraseFile: source(t, "a\r", 0o600)}, "a\r"},
		{"as long as can be", Sources{PassphraseFile: source(t, strings.Repeat("x", maxSource), 0o600)}, strings.Repeat("x", maxSource)},
		{"no shell", Sources{PassphraseCommand: []string{"printf", "%s", "$HOME;x"}}, "$HOME;x"},
		{"no input", Sources{PassphraseCommand: []string{"sh", "-c", "cat; printf end"}}, "end"},
		{"complaints are no passphrase", Sources{PassphraseCommand: []string{"sh", "-c", "echo no >&2; echo yes"}}, "yes"},
	} {
		got, notice, err := c.passphrase(t.Context())
		if err != nil || got.Reveal() != c.want || notice != "" {
			t.Errorf("%s: %q, %q, %v", c.name, got.Reveal(), notice, err)
		}
	}
}

func TestASourceThatFailsIsSaid(t *testing.T) {
	folder := t.TempDir()
	half := t.TempDir()
	must(t, os.WriteFile(filepath.Join(half, clientCredential), []byte("x"), 0o600))
	long := strings.Repeat("x", maxSource+1)
	for text, s := range map[string]Sources{
		"is not there.":         {PassphraseFile: filepath.Join(folder, "none")},
		"not an ordinary file.": {PassphraseFile: folder},
		"gives nothing.":        {PassphraseFile: source(t, "\n", 0o600)},
		"gives more than":       {PassphraseFile: source(t, long, 0o600)},
		`The command "sh" gives more than a passphrase`: {PassphraseCommand: []string{"sh", "-c", "yes"}},
		`The command "sh" gives nothing.`:               {PassphraseCommand: []string{"sh", "-c", ":"}},
		`"sh", which should print the passphrase, fail`: {PassphraseCommand: []string{"sh", "-c", "echo half; exit 3"}},
		`"no such \"program\"", which should`:           {PassphraseCommand: []string{`no such "program"`}},
	} {
		pass, _, err := s.passphrase(t.Context())
		var e *Error
		if !errors.As(err, &e) || e.Fault != NoSource || e.ExitCode() != 9 || !pass.Empty() {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if told := e.UserText(); !strings.Contains(told, text) || !strings.HasSuffix(told, "Nothing was changed. Put it right, then try again.") {
			t.Errorf("people read %q, want %q", told, text)
		}
	}
	_, err := Sources{CredentialsDir: half}.keys()
	mustFail(t, err, NoSource, "only one is there")
}

func TestAPassphraseThatOthersCanReadIsUsedAndSaid(t *testing.T) {
	if !shared {
		t.Skip("modes say nothing here")
	}
	o := Options{Ring: newFakeRing(), Dir: t.TempDir()}
	must(t, tokensOn(o).choose(t.Context(), plaidapi.InFile, token(passphrase)))
	o.Sources.PassphraseFile = source(t, passphrase+"\n", 0o640)
	k := tokensOn(o)
	must(t, k.open(t.Context()))
	if n := k.notice(); !strings.Contains(n, "Other users") || !strings.Contains(n, o.Sources.PassphraseFile) {
		t.Errorf("people read %q", n)
	}
	o.Sources.PassphraseFile = source(t, "wrong horse\n", 0o600)
	k = tokensOn(o)
	mustBe(t, k.open(t.Context()), plaidapi.ErrWrongPassphrase)
	must(t, os.Remove(o.Sources.PassphraseFile))
	_, err := k.items(t.Context()) // it is not read again
	mustBe(t, err, plaidapi.ErrWrongPassphrase)
	must(t, k.unlock(t.Context(), token(passphrase)))
	if k.notice() != "" {
		t.Errorf("people read %q", k.notice())
	}
}
