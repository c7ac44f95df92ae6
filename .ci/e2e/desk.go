package e2e

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Keyring is what stands behind the Secret Service of a Desk.
type Keyring string

// The keyrings of .ci/keyring.
const (
	Unlocked Keyring = "unlocked"
	Locked   Keyring = "locked"
	None     Keyring = "none" // nobody answers
)

// Desk is where a person sits: an empty home, and a session with a keyring. It lasts for one test.
type Desk struct {
	Home string // its folder; what tartan writes to disk is beneath it
	env  []string
}

// NewDesk sets up a Desk and takes it down when the test ends.
func NewDesk(t *testing.T, keyring Keyring) *Desk {
	t.Helper()
	// The session prints what a program needs to reach it, and ends with its stdin.
	session := exec.Command("bash", "../keyring", string(keyring), "sh", "-c",
		`printf '%s\n' "$HOME" "$XDG_RUNTIME_DIR" "$DBUS_SESSION_BUS_ADDRESS"; cat`)
	session.Stderr = os.Stderr
	stdin, err := session.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		if err := session.Wait(); err != nil {
			t.Errorf("the session of the keyring: %v", err)
		}
	})
	lines := bufio.NewScanner(stdout)
	var home, runtime, bus string
	for _, value := range []*string{&home, &runtime, &bus} {
		if !lines.Scan() {
			t.Fatal("no session with a keyring; see above")
		}
		*value = lines.Text()
	}
	return &Desk{Home: home, env: []string{
		"HOME=" + home,
		"XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"XDG_DATA_HOME=" + filepath.Join(home, ".local", "share"),
		"XDG_STATE_HOME=" + filepath.Join(home, ".local", "state"),
		"XDG_CACHE_HOME=" + filepath.Join(home, ".cache"),
		"XDG_RUNTIME_DIR=" + runtime,
		"DBUS_SESSION_BUS_ADDRESS=" + bus,
		"PATH=" + os.Getenv("PATH"),
		"LC_ALL=C.UTF-8",
		"TZ=UTC",
	}}
}

// Binary is the tartan under test.
func Binary(t *testing.T) string {
	t.Helper()
	name := os.Getenv("TARTAN_BIN")
	if !filepath.IsAbs(name) {
		t.Fatalf("TARTAN_BIN is %q, not the path of a built tartan: use make e2e", name)
	}
	return name
}

// Start runs tartan, without arguments, in a terminal of that size. env adds to its environment
// ("PLAID_ENV=legacy").
func (d *Desk) Start(t *testing.T, size Size, env ...string) *Terminal {
	t.Helper()
	return d.Run(t, size, env, Binary(t))
}

// Start is NewDesk with an unlocked keyring, and tartan started on it.
func Start(t *testing.T, size Size, env ...string) *Terminal {
	t.Helper()
	return NewDesk(t, Unlocked).Start(t, size, env...)
}

// Command runs a program without a terminal and gives what it wrote to stdout and stderr together,
// and its exit code.
func (d *Desk) Command(t *testing.T, env []string, argv ...string) (output string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), argv[0], argv[1:]...)
	cmd.Env = append(append(cmd.Env, d.env...), env...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatalf("run %q: %v", argv, err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}
