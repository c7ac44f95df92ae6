package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Size is a terminal's, in cells.
type Size struct{ Columns, Rows int }

// How long something may take to show, and how often it is looked for. The limit is generous: it
// only decides how long a failing test takes.
const (
	limit = 15 * time.Second
	tick  = 10 * time.Millisecond
)

// settings make a tmux that adds nothing of its own to the screen and keeps it when the program ends.
const settings = `
set -g default-terminal tmux-256color
set -g remain-on-exit on
set -g remain-on-exit-format ''
set -g status off
set -s escape-time 0
set -s set-clipboard off
`

// starter runs a program once the record of what it writes has begun, and notes its process and
// its exit code: tmux 3.3 forgets the latter now and then. Its own words, such as "Terminated", do
// not get to the screen.
const starter = `exec 3>&2 2>/dev/null
trap : INT QUIT
tmux wait-for start
sh -c 'echo $$ >"$0/pid"; exec "$@" 2>&3 3>&-' "$0" "$@"
echo $? >"$0/code"`

// Terminal is a terminal with one program in it, on a tmux server of its own.
type Terminal struct {
	t      *testing.T
	folder string // of the server's socket and the record
	env    []string
}

// Run starts a program in a terminal of that size. env adds to the desk's environment.
func (d *Desk) Run(t *testing.T, size Size, env []string, argv ...string) *Terminal {
	t.Helper()
	// Not t.TempDir: a socket's path is at most 107 bytes.
	folder, err := os.MkdirTemp("", "e2e")
	if err != nil {
		t.Fatal(err)
	}
	term := &Terminal{t, folder, append(append([]string(nil), d.env...), env...)}
	t.Cleanup(term.end)
	conf := filepath.Join(folder, "conf")
	if err := os.WriteFile(conf, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	held := append([]string{"sh", "-c", starter, folder}, argv...)
	term.tmux(append([]string{
		"-f", conf, "new-session", "-d",
		"-x", strconv.Itoa(size.Columns), "-y", strconv.Itoa(size.Rows), "--",
	}, held...)...)
	term.tmux("pipe-pane", "-O", "cat >'"+term.record()+"'")
	term.tmux("wait-for", "-S", "start")
	return term
}

func (term *Terminal) record() string { return filepath.Join(term.folder, "record") }

// end kills the server and all that runs on it.
func (term *Terminal) end() {
	_ = term.command("kill-server").Run()
	_ = os.RemoveAll(term.folder)
}

func (term *Terminal) command(args ...string) *exec.Cmd {
	cmd := exec.Command("tmux", append([]string{"-u", "-S", filepath.Join(term.folder, "tmux")}, args...)...)
	cmd.Env = term.env
	return cmd
}

// tmux runs one tmux command and gives its output.
func (term *Terminal) tmux(args ...string) string {
	term.t.Helper()
	out, err := term.command(args...).CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// Keys presses keys by tmux's names, in one go: "Enter", "Escape", "C-c", "Up", "x".
func (term *Terminal) Keys(names ...string) {
	term.t.Helper()
	term.tmux(append([]string{"send-keys", "--"}, names...)...)
}

// Type presses the keys that make text, in one go: "\n" is Enter, "\t" is Tab.
func (term *Terminal) Type(text string) {
	term.t.Helper()
	term.tmux("send-keys", "-l", "--", strings.ReplaceAll(text, "\n", "\r"))
}

// Paste pastes text, bracketed if the program has asked for that.
func (term *Terminal) Paste(text string) {
	term.t.Helper()
	term.tmux("set-buffer", "--", text)
	term.tmux("paste-buffer", "-p", "-d")
}

// Resize gives the terminal another size.
func (term *Terminal) Resize(size Size) {
	term.t.Helper()
	term.tmux("resize-window", "-x", strconv.Itoa(size.Columns), "-y", strconv.Itoa(size.Rows))
}

// Screen is what is seen now, one line a row, without blanks at the ends of lines.
func (term *Terminal) Screen() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p")
}

// Styled is Screen with its colours and weights as escape sequences.
func (term *Terminal) Styled() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p", "-e")
}

// Written is every byte that the program has written to the terminal so far.
func (term *Terminal) Written() string {
	term.t.Helper()
	bytes, err := os.ReadFile(term.record())
	if err != nil && !os.IsNotExist(err) {
		term.t.Fatal(err)
	}
	return string(bytes)
}

// Wait looks until the screen matches a regular expression, and gives that screen. "(?m)^" finds
// the beginning of a line. It fails at once when the program ends without showing it.
func (term *Terminal) Wait(pattern string) string {
	term.t.Helper()
	want := regexp.MustCompile(pattern)
	return term.WaitFor(strconv.Quote(pattern), want.MatchString)
}

// WaitGone looks until the screen does not match a regular expression any more.
func (term *Terminal) WaitGone(pattern string) string {
	term.t.Helper()
	unwanted := regexp.MustCompile(pattern)
	return term.WaitFor("no "+strconv.Quote(pattern), func(s string) bool { return !unwanted.MatchString(s) })
}

// WaitFor looks until the screen satisfies a condition, which what describes.
func (term *Terminal) WaitFor(what string, satisfied func(screen string) bool) string {
	term.t.Helper()
	var screen string
	var ended bool
	if !until(func() bool {
		_, ended = term.status() // before the screen, so that its last words are seen
		screen = term.Screen()
		return satisfied(screen) || ended
	}) || !satisfied(screen) {
		state := "after " + limit.String()
		if ended {
			state = "and the program has ended"
		}
		term.t.Fatalf("not seen, %s: %s\n%s", state, what, framed(screen))
	}
	return screen
}

// WaitWritten looks until the program has written text, escape sequences included.
func (term *Terminal) WaitWritten(text string) {
	term.t.Helper()
	if !until(func() bool { return strings.Contains(term.Written(), text) }) {
		term.t.Fatalf("not written: %q\nbut: %q", text, term.Written())
	}
}

// Exited waits for the program's end and gives its exit code; 128 and the signal's number if a
// signal ended it.
func (term *Terminal) Exited() int {
	term.t.Helper()
	var code int
	if !until(func() (ended bool) { code, ended = term.status(); return }) {
		term.t.Fatalf("still running after %v\n%s", limit, framed(term.Screen()))
	}
	return code
}

// status tells whether the program has ended, and how. It has not before all it wrote is on the screen.
func (term *Terminal) status() (code int, ended bool) {
	term.t.Helper()
	if strings.TrimSpace(term.tmux("display-message", "-p", "#{pane_dead}")) != "1" {
		return 0, false
	}
	return term.noted("code")
}

// PID is the program's process, for signals.
func (term *Terminal) PID() int {
	term.t.Helper()
	var pid int
	if !until(func() (known bool) { pid, known = term.noted("pid"); return }) {
		term.t.Fatal("the program did not start")
	}
	return pid
}

// noted reads a number that starter has noted, if it has.
func (term *Terminal) noted(name string) (int, bool) {
	text, err := os.ReadFile(filepath.Join(term.folder, name))
	if err != nil || !strings.HasSuffix(string(text), "\n") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	return n, err == nil
}

// until asks again and again, until the answer is yes or the limit is over.
func until(done func() bool) bool {
	over := time.After(limit)
	again := time.NewTicker(tick)
	defer again.Stop()
	for {
		if done() {
			return true
		}
		select {
		case <-over:
			return false
		case <-again.C:
		}
	}
}

// framed sets a screen, without the blank rows at its end, apart from the words of a failure.
func framed(screen string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(screen, "\n")) {
		fmt.Fprintf(&b, "  | %s", line)
	}
	return b.String()
}
