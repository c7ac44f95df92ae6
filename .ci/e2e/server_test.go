package e2e

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// serve runs `tartan practice` and gives its URL, which must be its first line, and what stops it
// by SIGTERM before the test's end.
func serve(t *testing.T) (url string, stop func()) {
	t.Helper()
	return serveUntil(t, syscall.SIGTERM)
}

func TestPracticeStopsWhenInterrupted(t *testing.T) { serveUntil(t, syscall.SIGINT) }

// The second line tells where today's API is, and is there when it is asked for only.
func TestPracticeServesBothWires(t *testing.T) {
	server := exec.CommandContext(t.Context(), Binary(t), "practice", "--modern-addr", "127.0.0.1:0")
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	for _, wire := range [...]string{"legacy ", "modern "} {
		if !lines.Scan() || !strings.HasPrefix(lines.Text(), wire+"http://127.0.0.1:") {
			t.Fatalf("%q is not the line of %s", lines.Text(), wire)
		}
	}
	answer, err := http.Post(strings.TrimPrefix(lines.Text(), "modern ")+"/categories/get", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Error(answer.Status)
	}
	_ = server.Process.Signal(syscall.SIGTERM)
	if err := server.Wait(); err != nil {
		t.Errorf("tartan practice ended with %v", err)
	}
}

func serveUntil(t *testing.T, end syscall.Signal) (url string, stop func()) {
	t.Helper()
	server := exec.Command(Binary(t), "practice", "--legacy-addr", "127.0.0.1:0")
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		_ = server.Process.Signal(end)
		if err := server.Wait(); err != nil {
			t.Errorf("after %v, tartan practice ended with %v", end, err)
		}
	})
	t.Cleanup(stop)
	lines := bufio.NewScanner(stdout)
	if !lines.Scan() {
		t.Fatal("tartan practice said nothing")
	}
	url, ok := strings.CutPrefix(lines.Text(), "legacy ")
	if !ok || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the first line of tartan practice is %q", lines.Text())
	}
	return url, stop
}

// legacyAt is the environment for that server of the legacy API.
func legacyAt(url string) []string {
	return []string{"PLAID_ENV=legacy", "PLAID_HOST=" + url, "PLAID_CLIENT_ID=test_id", "PLAID_SECRET=test_secret"}
}

// entries asks the Secret Service how many secrets tartan's legacy service has there.
func (d *Desk) entries(t *testing.T, service string) int {
	t.Helper()
	out, code := d.Command(t, nil, "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
		"/org/freedesktop/secrets", "org.freedesktop.Secret.Service.SearchItems", "dict:string:string:service,"+service)
	if code != 0 {
		t.Fatalf("dbus-send: %s", out)
	}
	return strings.Count(out, "object path")
}

// The legacy API of another process: linked over a socket, the token in a real Secret Service, found
// again by the next start, gone after unlinking.
func TestLegacyServerAndKeyring(t *testing.T) {
	url, _ := serve(t)
	env := legacyAt(url)
	desk := NewDesk(t, Unlocked)
	term := desk.Start(t, ends[0], env...)
	find(term, "chase", "Chase")
	term.Wait(`legacy API at 127\.0\.0\.1`)
	signIn(term, login)
	term.Wait(`phone`)
	term.Type("1")
	term.Wait(`Enter the code`)
	term.Type("1234\n")
	term.Wait(`Chase is linked`)
	if n := desk.entries(t, "tartan-legacy"); n != 3 {
		t.Errorf("%d entries in the keyring, want the token, the index and the data key", n)
	}
	term.Keys("q")
	term.Exited()

	term = desk.Start(t, ends[0], env...)
	term.Wait(`Plaid Premier Checking`)
	term.Wait(`synced`)
	term.Keys("d")
	term.Wait(`Unlink Chase\?`)
	term.Keys("Right", "Enter")
	term.Wait(`No banks yet`)
	if n := desk.entries(t, "tartan-legacy"); n != 2 {
		t.Errorf("%d entries in the keyring after unlinking, want the index and the data key", n)
	}
	term.Keys("q")
	term.Exited()
}

// Without a keyring the walk works just the same, and the screen says where the token is.
func TestWithoutAKeyring(t *testing.T) {
	for _, keyring := range []Keyring{None, Locked} {
		t.Run(string(keyring), func(t *testing.T) {
			t.Parallel()
			term := NewDesk(t, keyring).Start(t, ends[0])
			find(term, "wells", "Wells Fargo")
			signIn(term, login)
			term.Wait(`Wells Fargo is linked`)
			term.Wait(`kept\s+in\s+memory`)
			term.Keys("Enter")
			term.Wait(`Plaid Savings`)
			term.Wait(`kept\s+in\s+memory`)
		})
	}
}

// What makes no sense is said in a sentence, with the code for it.
func TestWrongUse(t *testing.T) {
	desk := NewDesk(t, None)
	for _, c := range []struct {
		argv, env []string
		code      int
		says      string
	}{
		{[]string{"nonsense"}, nil, 64, "no such command"},
		{[]string{"--secret", "hunter2"}, nil, 64, "never given as flags"},
		{[]string{"--profile", "../up"}, nil, 64, "--profile"},
		{nil, []string{"TARTAN_PROFILE=a b"}, 64, "TARTAN_PROFILE"},
		{nil, []string{"PLAID_ENV=legacy", "PLAID_SECRET=hunter2"}, 64, "PLAID_CLIENT_ID"},
		{nil, []string{"PLAID_ENV=legacy"}, 10, "terminal"},
		{nil, []string{"PLAID_ENV=legacy", "PLAID_CLIENT_ID=a", "PLAID_SECRET=hunter2", "PLAID_HOST=http://plaid.example"}, 64, "PLAID_HOST"},
		{nil, nil, 10, "terminal"},
		{[]string{"practice", "--legacy-addr", "0.0.0.0:0"}, nil, 9, ""},
		{[]string{"practice", "--modern-addr", "0.0.0.0:0"}, nil, 9, "not this computer alone"},
	} {
		out, code := desk.Command(t, c.env, append([]string{Binary(t)}, c.argv...)...)
		if code != c.code || !strings.Contains(out, c.says) || strings.Contains(out, "hunter2") {
			t.Errorf("tartan %q %q: %q, code %d", c.argv, c.env, out, code)
		}
	}
}

// A mistake in a config file is said before the screen opens, with file and line.
func TestMistakesInConfig(t *testing.T) {
	desk := NewDesk(t, None)
	folder := filepath.Join(desk.Home, ".config", "tartan")
	if err := os.MkdirAll(filepath.Join(folder, "profiles"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, text, says string
		code             int
	}{
		{"config.toml", "\nlock_afer = 1", `did you mean lock_after? (line 2 of "` + folder + `/config.toml")`, 64},
		{"config.toml", "plaid_secret = 'hunter2'", "Secrets never stand in the config file", 64},
		{"config.toml", "mouse = false", "terminal", 10},
		{"profiles/main.toml", "mouse = 'hunter2'", "mouse takes true or false", 64},
	} {
		if err := os.WriteFile(filepath.Join(folder, c.file), []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, code := desk.Command(t, nil, Binary(t))
		if code != c.code || !strings.Contains(out, c.says) || strings.Contains(out, "hunter2") {
			t.Errorf("%s with %q: %q, code %d", c.file, c.text, out, code)
		}
	}
}

// A signal in the middle of a sign-in: what may be left at the bank is said, by name.
func TestSignalDuringASignIn(t *testing.T) {
	url, _ := serve(t)
	answer, err := http.Post(url+"/practice/faults", "application/json", strings.NewReader(`{"path":"/connect","delay":"20s","times":1}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	desk := NewDesk(t, Unlocked)
	term := desk.Start(t, ends[0], legacyAt(url)...)
	find(term, "wells", "Wells Fargo")
	signIn(term, []string{"plaid_test", "hunter2 secret "})
	screen := term.Wait(`signing in [1-9]`) // seconds: the keyring was tried, and the request is on its way
	if strings.Contains(screen, "hunter2") || !strings.Contains(screen, "•••••••••••••••") {
		t.Errorf("the password is not hidden:\n%s", screen)
	}
	if err := syscall.Kill(term.PID(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := term.Exited(); code != 128+int(syscall.SIGTERM) {
		t.Errorf("exit code %d", code)
	}
	term.WaitWritten("Something was left open at Wells Fargo")
	if strings.Contains(term.Written(), "hunter2") {
		t.Error("the password was written to the terminal")
	}
}
