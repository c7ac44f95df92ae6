//go:build linux

package terminal

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

const patience = 20 * time.Second // until a test gives up waiting

// console is a terminal with a program in it. It answers nothing.
type console struct {
	t           *testing.T
	master, tty *os.File
	cmd         *exec.Cmd
	stderr      bytes.Buffer
	before      *term.State
	exited      chan struct{}
	ended       chan struct{} // reading has ended

	mu     sync.Mutex
	out    []byte
	grown  chan struct{} // closed and replaced when out grows
	paused chan struct{} // if not nil, output is left unread until it is closed
}

// launch runs argv, or this binary as a probe of the given kind, in a terminal of 80x24.
func launch(t *testing.T, kind string, argv ...string) *console {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, master: master, tty: tty, grown: make(chan struct{}), exited: make(chan struct{}), ended: make(chan struct{})}
	c.resize(80, 24)
	c.before, err = term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if len(argv) == 0 {
		argv = os.Args[:1]
	}
	c.cmd = exec.Command(argv[0], argv[1:]...)
	c.cmd.Env = append(os.Environ(), probeEnv+"="+kind, "TERM=xterm-256color", "TMPDIR="+t.TempDir(), "PS1=prompt: ", "ENV=")
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, &c.stderr
	if len(argv) > 1 {
		c.cmd.Stderr = tty // a shell's prompt
	}
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.read()
	go func() {
		_ = c.cmd.Wait()
		close(c.exited)
	}()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		<-c.exited
		_ = tty.Close()
		_ = master.Close()
	})
	return c
}

func (c *console) read() {
	defer close(c.ended)
	buf := make([]byte, 1<<16)
	for {
		n, err := c.master.Read(buf)
		c.mu.Lock()
		c.out = append(c.out, buf[:n]...)
		close(c.grown)
		c.grown = make(chan struct{})
		paused := c.paused
		c.mu.Unlock()
		if err != nil {
			return
		}
		if paused != nil {
			<-paused
		}
	}
}

// pause leaves output unread, but for what comes next, until the returned function is called.
func (c *console) pause() (resume func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paused = make(chan struct{})
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		close(c.paused)
		c.paused = nil
	}
}

// output returns all output so far, and a channel that is closed when there is more.
func (c *console) output() (string, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.out), c.grown
}

// mark returns how much output there is, for expect.
func (c *console) mark() int {
	out, _ := c.output()
	return len(out)
}

// expect waits for text in the output after mark.
func (c *console) expect(mark int, text string) {
	c.t.Helper()
	deadline := time.After(patience)
	for {
		out, more := c.output()
		if strings.Contains(out[mark:], text) {
			return
		}
		select {
		case <-more:
		case <-deadline:
			c.t.Fatalf("no %q in %q; stderr %q", text, out[mark:], c.stderr.String())
		}
	}
}

// send types text and waits for an answer that contains want.
func (c *console) send(text, want string) {
	c.t.Helper()
	mark := c.mark()
	c.write(text)
	c.expect(mark, want)
}

func (c *console) write(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.master, text); err != nil {
		c.t.Fatal(err)
	}
}

// writeMuch writes more than a terminal holds, as fast as the program reads it.
func (c *console) writeMuch(text string) {
	go func() { _, _ = io.WriteString(c.master, text) }() // what fails to arrive, the test misses
}

func (c *console) resize(width, height int) {
	c.t.Helper()
	if err := pty.Setsize(c.master, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		c.t.Fatal(err)
	}
}

// exit waits for the end and returns the exit code.
func (c *console) exit() int {
	c.t.Helper()
	select {
	case <-c.exited:
	case <-time.After(patience):
		out, _ := c.output()
		c.t.Fatalf("still running after %q", out)
	}
	return c.cmd.ProcessState.ExitCode()
}

var modePattern = regexp.MustCompile(`\x1b\[\?([0-9]+)([hl])`)

// modes returns which modes are on after the output so far.
func (c *console) modes() []string {
	out, _ := c.output()
	var on []string
	for _, m := range modePattern.FindAllStringSubmatch(out, -1) {
		on = slices.DeleteFunc(on, func(s string) bool { return s == m[1] })
		if m[2] == "h" {
			on = append(on, m[1])
		}
	}
	slices.Sort(on)
	return on
}

// wantRestored checks line settings and modes; the cursor and wrapping are on, all else is off.
func (c *console) wantRestored() {
	c.t.Helper()
	c.expect(0, leaveAlt)
	if on := c.modes(); !slices.Equal(on, []string{"25", "7"}) {
		c.t.Errorf("modes left on: %q", on)
	}
	if out, _ := c.output(); !strings.HasSuffix(out, leaveModes+leaveAlt) {
		c.t.Errorf("last output is %q", out[max(0, len(out)-120):])
	}
	c.wantLines()
}

func (c *console) wantLines() {
	c.t.Helper()
	now, err := term.GetState(int(c.tty.Fd()))
	if err != nil || !reflect.DeepEqual(now, c.before) {
		c.t.Errorf("line settings are %+v, were %+v (%v)", now, c.before, err)
	}
}
