package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree writes files, by path, into a folder of their own.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// imports is a file that imports the given packages.
func imports(names ...string) string {
	return "package p\n\nimport (\n\t\"" + strings.Join(names, "\"\n\t\"") + "\"\n)\n"
}

func body(text string) string { return "package p\n\nfunc f() {\n" + text + "\n}\n" }

func TestInspect(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		want             []string // the findings; none when the file is fine
	}{
		{"decimal in plaidapi", "plaidapi/money.go", imports("fmt", "github.com/govalues/decimal"), nil},
		{
			"network in plaidapi", "plaidapi/x.go", imports("net/http"),
			[]string{"plaidapi/x.go:4: plaidapi may not import net/http (style §3)"},
		},
		{"wires use internals", "plaidapi/legacy/x.go", imports("net/http", "tartan/plaidapi", "tartan/plaidapi/internal/wire"), nil},
		{
			"wires are apart", "plaidapi/legacy/x.go", imports("tartan/plaidapi/modern"),
			[]string{"plaidapi/legacy/x.go:4: plaidapi/legacy may not import tartan/plaidapi/modern (style §3)"},
		},
		{
			"the practice bank shares nothing", "plaidapi/sandbox/x.go", imports("net/http", "tartan/plaidapi"),
			[]string{"plaidapi/sandbox/x.go:5: plaidapi/sandbox may not import tartan/plaidapi (style §3)"},
		},
		{"the practice bank's tests may", "plaidapi/sandbox/x_test.go", imports("tartan/plaidapi/legacy"), nil},
		{
			"screens know no store", "ui/x.go", imports("os", "tartan/store", "tartan/ui/ledger"),
			[]string{"ui/x.go:4: ui may not import os (style §3)", "ui/x.go:5: ui may not import tartan/store (style §3)"},
		},
		{"the terminal may", "ui/terminal/x.go", imports("os", "golang.org/x/sys/unix", "github.com/charmbracelet/bubbletea"), nil},
		{
			"the terminal is no screen", "ui/terminal/x.go", imports("tartan/ui"),
			[]string{"ui/terminal/x.go:4: ui/terminal may not import tartan/ui (style §3)"},
		},
		{"early needs os", "ui/terminal/early/x.go", imports("os") + "func init() {}\n", nil},
		{
			"and nothing else", "ui/terminal/early/x.go", imports("os", "strings"),
			[]string{"ui/terminal/early/x.go:5: ui/terminal/early may not import strings (style §3)"},
		},
		{
			"a package without a row", "ui/utils/x.go", imports("fmt"),
			[]string{"ui/utils/x.go: package ui/utils is not in the table of style §3 (.ci/check/imports.go)"},
		},
		{"main may", "main.go", imports("os", "net/http", "tartan/store", "tartan/ui"), nil},
		{"the browser starts a process", "ui/browser.go", imports("os/exec", "github.com/cli/browser"), nil},
		{"and so does what prints the passphrase", "store/sources_command.go", imports("os/exec"), nil},
		{
			"others do not", "ui/x.go", imports("os/exec"),
			[]string{"ui/x.go:4: importing os/exec starts a process; only ui/browser.go, store/sources_command.go does"},
		},
		{"one keyring file", "store/keyring.go", imports("github.com/zalando/go-keyring"), nil},
		{
			"and no other", "store/x.go", imports("github.com/zalando/go-keyring"),
			[]string{"store/x.go:4: importing github.com/zalando/go-keyring calls the keyring; only store/keyring.go does"},
		},
		{"the wire sends", "plaidapi/internal/wire/call.go", body("http.NewRequestWithContext()"), nil},
		{
			"a client does not", "plaidapi/legacy/x.go", body("http.Get(u)"),
			[]string{"plaidapi/legacy/x.go:4: http.Get sends a request; only plaidapi/internal/wire/, plaidapi/sandbox/hook.go does"},
		},
		{
			"addresses are read, not dialled", "ui/cli/x.go", imports("net") + "\nfunc f() { net.SplitHostPort(a); net.Dial(a, b) }\n",
			[]string{"ui/cli/x.go:7: net.Dial opens a socket; only plaidapi/internal/wire/, plaidapi/sandbox/, main.go does"},
		},
		{"a header is no request", "plaidapi/legacy/x.go", body("h.Get(u)"), nil},
		{"the store reveals", "store/x.go", body("s.Reveal()"), nil},
		{
			"a screen does not", "ui/x.go", body("use(s.token.Reveal)"),
			[]string{"ui/x.go:4: .Reveal reveals a secret; only plaidapi/secret.go, plaidapi/legacy/, plaidapi/internal/, plaidapi/modern/, store/ does"},
		},
		{"tests reveal", "ui/x_test.go", body("s.Reveal()"), nil},
		{
			"init", "ui/x.go", "package ui\n\nfunc init() {}\n",
			[]string{"ui/x.go:3: an init function; only ui/terminal/early has one"},
		},
		{"a method named init", "ui/x.go", "package ui\n\nfunc (x) init() {}\n", nil},
		{
			"unfinished", "ui/x.go", "package ui\n\n// TO" + "DO later\nvar x = \"TO" + "DO\"\n",
			[]string{"ui/x.go:3: TO" + "DO: finish it, or open an issue"},
		},
		{"top level", "helpers.txt", "", []string{"helpers.txt: the top level is fixed (style §2); this is none of its names"}},
		{"hidden names are free", ".github/x.txt", "", nil},
		{"test data is not read", "ui/testdata/x.go", "no Go", nil},
		{"400 lines", "ui/x.go", "package ui\n" + strings.Repeat("\n", 399), nil},
		{
			"401 lines", "ui/x.go", "package ui\n" + strings.Repeat("\n", 400),
			[]string{"ui/x.go: 401 lines; over 400 a file holds two jobs"},
		},
		{
			"a long test", "ui/x_test.go", "package ui\n" + strings.Repeat("\n", 400),
			[]string{"note: ui/x_test.go: 401 lines; over 400 a file holds two jobs"},
		},
		{"a full screen", "ui/x.go", body(strings.Repeat("\n", 57)), nil},
		{
			"a long function", "ui/x.go", body(strings.Repeat("\n", 58)),
			[]string{"note: ui/x.go:3: f has 61 lines; 60 fit a screen"},
		},
		{"tools start processes", ".ci/e2e/x.go", imports("os/exec"), nil},
		{
			"tools are short", ".ci/e2e/x.go", "package e2e\n" + strings.Repeat("\n", 400),
			[]string{".ci/e2e/x.go: 401 lines; over 400 a file holds two jobs"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings, err := inspect(tree(t, map[string]string{c.path: c.text}))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, f.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	if _, err := inspect(tree(t, map[string]string{"ui/x.go": "no Go"})); err == nil {
		t.Error("a file that is no Go was accepted")
	}
	if _, err := inspect(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("a tree that is not there was accepted")
	}
}
