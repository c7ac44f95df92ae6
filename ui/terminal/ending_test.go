//go:build linux

package terminal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

func TestSignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT} {
		t.Run(sig.String(), func(t *testing.T) {
			c := launch(t, "plain")
			c.expect(0, "0 seen")
			c.kill(sig)
			if code := c.exit(); code != 128+int(sig) {
				t.Errorf("exit code %d", code)
			}
			c.wantRestored()
		})
	}
}

func (c *console) kill(sig syscall.Signal) {
	c.t.Helper()
	if err := c.cmd.Process.Signal(sig); err != nil {
		c.t.Fatal(err)
	}
}

func TestOtherEnds(t *testing.T) {
	for _, e := range []struct {
		key, stderr string
		code        int
	}{
		{"C", "the caller had enough", 3},
		{"I", "", 128 + int(syscall.SIGINT)},
		{"\x03", "", 0},
	} {
		c := launch(t, "plain")
		c.expect(0, "0 seen")
		c.write(e.key)
		if code := c.exit(); code != e.code || c.stderr.String() != e.stderr {
			t.Errorf("%q: exit code %d, stderr %q", e.key, code, &c.stderr)
		}
		c.wantRestored()
	}
}

// TestPanics: in each place. The terminal is restored, and no value of the program leaves it.
func TestPanics(t *testing.T) {
	for place, e := range map[string]struct{ key, function string }{
		"update":        {"u", "(*probe).act"},
		"view":          {"v", "(*probe).View"},
		"command":       {"c", "(*probe).act.func"},
		"batch":         {"b", "(*probe).act.func"},
		"sequence":      {"s", "(*probe).act.func"},
		"exec":          {"E", "(*probe).act.func"},
		"exec callback": {"e", "(*probe).act.func"},
	} {
		t.Run(place, func(t *testing.T) {
			c := launch(t, "plain")
			c.expect(0, "0 seen")
			c.write(e.key)
			c.wantFault(e.function)
			c.wantRestored()
		})
	}
	t.Run("init command", func(t *testing.T) {
		c := launch(t, "init command")
		c.wantFault("(*probe).Init.func")
		c.wantLines()
	})
	t.Run("init", func(t *testing.T) {
		c := launch(t, "init")
		c.wantFault("(*probe).Init")
		if out, _ := c.output(); out != "" {
			t.Errorf("wrote %q before the first frame", out)
		}
		c.wantLines()
	})
}

// wantFault waits for the end after a panic in function and reads its report.
func (c *console) wantFault(function string) {
	c.t.Helper()
	if code := c.exit(); code != 1 {
		c.t.Errorf("exit code %d", code)
	}
	path, _, _ := strings.Cut(c.stderr.String(), "\n")
	report, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatalf("no report: %v; stderr %q", err, &c.stderr)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		c.t.Errorf("report has mode %v (%v)", info.Mode(), err)
	}
	if !strings.Contains(string(report), function) {
		c.t.Errorf("report does not name %s:\n%s", function, report)
	}
	out, _ := c.output()
	for _, text := range []string{out, c.stderr.String(), string(report)} {
		if strings.Contains(text, secret) || strings.Contains(text, "0xc") {
			c.t.Errorf("a value of the program stands in %q", text)
		}
	}
}

// TestBlockedUpdate: not even a model that hangs keeps SIGTERM from ending the program.
func TestBlockedUpdate(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.hang()
	c.kill(syscall.SIGTERM)
	if code := c.exit(); code != 128+int(syscall.SIGTERM) {
		t.Errorf("exit code %d", code)
	}
	c.wantRestored()
}

// TestBlockedTerminal: a terminal that takes no output stops neither keys nor signals, and is
// restored all the same.
func TestBlockedTerminal(t *testing.T) {
	for key, code := range map[string]int{"f": 0, "F": 128 + int(syscall.SIGTERM)} {
		c := launch(t, "plain")
		c.resize(200, 60)
		c.expect(0, "200x60 size")
		resume := c.pause()
		c.write(key) // more output than a terminal holds, then the end
		if got := c.exit(); got != code {
			t.Errorf("%s: exit code %d, want %d", key, got, code)
		}
		resume()
		c.wantRestored()
	}
}

// TestLeaveFullTerminal: output that a stuck terminal would never show makes room for the end.
func TestLeaveFullTerminal(t *testing.T) {
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer tty.Close()
	s, err := newScreen(Options{In: tty, Out: tty}, func(f func()) { f() })
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	s.resize(200, 60)
	s.waiting = true // as if somebody did, so that nobody does
	for i := 0; len(s.rest) == 0; i++ {
		s.show(strings.Repeat(strings.Repeat(string(rune('a'+i%26)), 200)+"\n", 60))
	}
	for err = nil; err == nil; {
		_, err = s.write([]byte("x"))
	}
	s.release(true)
	if err := unix.SetNonblock(int(master.Fd()), true); err != nil {
		t.Fatal(err)
	}
	var out []byte
	buf := make([]byte, 1<<16)
	for waitFor(int(master.Fd()), unix.POLLIN, stuckWait) {
		n, err := unix.Read(int(master.Fd()), buf)
		if err != nil {
			break
		}
		out = append(out, buf[:n]...)
	}
	if !strings.HasSuffix(string(out), "\x18"+leaveModes+leaveAlt) {
		t.Errorf("last output is %q", out[max(0, len(out)-150):])
	}
}

// TestSlowTerminal: output that the terminal takes late is shown in the end.
func TestSlowTerminal(t *testing.T) {
	c := launch(t, "plain")
	c.resize(200, 60)
	c.expect(0, "200x60 size")
	resume := c.pause()
	c.write("g")
	resume()
	c.expect(0, "the last of many frames")
	c.write("q")
	c.exit()
	c.wantRestored()
}

// TestUnread: what was typed and not read does not reach the next program.
func TestUnread(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.hang()
	c.kill(syscall.SIGTERM)
	c.exit()
	if n := c.unread(); n != 0 {
		t.Errorf("%d bytes are left to read", n)
	}
	c.wantRestored()
}

// hang makes Update block. The program then reads once more, and no further.
func (c *console) hang() {
	c.t.Helper()
	c.send("h", "hanging")
	c.write("jk")
	for c.unread() > 0 {
		runtime.Gosched()
	}
	c.write("rm -rf /\r")
}

// unread returns how many bytes of input wait for the program.
func (c *console) unread() int {
	c.t.Helper()
	n, err := unix.IoctlGetInt(int(c.tty.Fd()), unix.TIOCINQ)
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// TestHangUp: without its terminal the program ends.
func TestHangUp(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.kill(syscall.SIGSTOP) // so that our own end of the terminal is closed for sure
	_ = c.tty.Close()
	_ = c.master.Close()
	c.kill(syscall.SIGCONT)
	if code := c.exit(); code != 128+int(syscall.SIGHUP) {
		t.Errorf("exit code %d", code)
	}
}

func TestNotTerminal(t *testing.T) {
	c := launch(t, "version") // for its terminal
	c.exit()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, o := range []Options{{In: c.tty, Out: file}, {In: file, Out: c.tty}, {}, {In: c.tty}} {
		if err := Run(context.Background(), &probe{}, o); !errors.Is(err, ErrNotTerminal) {
			t.Errorf("error is %v", err)
		}
	}
	if info, err := file.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("wrote %d bytes (%v)", info.Size(), err)
	}
	if out, _ := c.output(); out != "" {
		t.Errorf("wrote %q", out)
	}
	c.wantLines()
}
