//go:build linux

package terminal

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"
)

// TestStart: on a terminal that answers nothing, the first frame comes at once, and nothing else.
func TestStart(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, syncEnd)
	out, _ := c.output()
	want := enterModes + mouseOn + syncBegin + "\x1b[m\x1b[2J\x1b[1H80x24 size\r\n0 seen, last: ;\r\n0 keys, 0 wheels" + syncEnd
	if out != want {
		t.Errorf("first output is %q, want %q", out, want)
	}
	if now, err := term.GetState(int(c.tty.Fd())); err != nil || fmt.Sprint(now) == fmt.Sprint(c.before) {
		t.Error("the terminal is not raw")
	}
	c.write("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	c.wantRestored()
}

// TestSilentWithoutRun: importing this package, and so Bubble Tea, writes nothing and waits for no
// answer; early is initialised before, and gives the terminal its name back.
func TestSilentWithoutRun(t *testing.T) {
	t.Setenv("GODEBUG", "inittrace=1")
	c := launch(t, "version")
	c.exit()
	if out, _ := c.output(); out != "" {
		t.Errorf("wrote %q", out)
	}
	trace := c.stderr.String()
	before, after := strings.Index(trace, "init tartan/ui/terminal/early "), strings.Index(trace, "init github.com/charmbracelet/bubbletea ")
	if before < 0 || after < before {
		t.Errorf("early is not initialised before Bubble Tea:\n%s", trace)
	}
	if !strings.Contains(trace, "TERM is xterm-256color") {
		t.Errorf("TERM was not restored:\n%s", trace)
	}
}

func TestTitle(t *testing.T) {
	t.Setenv("PROBE_TITLE", "tartan\x07\x1b]0;evil")
	c := launch(t, "plain")
	c.expect(0, saveTitle+enterModes+"\x1b]2;tartan]0;evil\x1b\\")
	c.write("q")
	c.exit()
	c.expect(0, leaveAlt+popTitle)
}

// TestCopy: a copy reaches the terminal by every way there is, one that is too long reaches none,
// and a terminal that would print it gets none.
func TestCopy(t *testing.T) {
	const put = "\x1b]52;c;w6k=\x07"
	for _, e := range []struct{ term, tmux, sty, want string }{
		{"xterm-256color", "", "", put},
		{"screen", "/tmp/x", "", put + "\x1bPtmux;\x1b" + put + "\x1b\\"},
		{"screen", "", "1.pts", "\x1bP" + put + "\x1b\\"},
		{"linux", "", "", ""},
	} {
		t.Setenv("TMUX", e.tmux)
		t.Setenv("STY", e.sty)
		c := launch(t, "plain", "env", "TERM="+e.term, os.Args[0])
		c.expect(0, "0 seen")
		if e.want == "" {
			c.send("y", "2 seen, last: no clipboard;")
		} else {
			c.send("y", e.want)
			c.send("Y", "6 seen, last: copied too long to copy;")
		}
		c.write("q")
		c.exit()
		if out, _ := c.output(); strings.Count(out, "]52;") != strings.Count(e.want, "]52;") {
			t.Errorf("%s: %d copies", e.term, strings.Count(out, "]52;"))
		}
		c.wantRestored()
	}
}

// TestTitleOnPlainTerminals: they would print it.
func TestTitleOnPlainTerminals(t *testing.T) {
	t.Setenv("PROBE_TITLE", "tartan")
	for _, term := range []string{"linux", "dumb"} {
		c := launch(t, "curious", "env", "TERM="+term, os.Args[0])
		c.expect(0, syncEnd)
		c.write("q")
		c.exit()
		if out, _ := c.output(); strings.Contains(out, "\x1b]") || strings.Contains(out, saveTitle) {
			t.Errorf("TERM=%s: %q", term, out)
		}
		c.wantRestored()
	}
}

// TestBackground: it is asked for after the first frame, nothing waits for it, and its answer comes
// as a message.
func TestBackground(t *testing.T) {
	c := launch(t, "curious")
	c.expect(0, syncEnd+askBackground)
	c.send("j", "1 seen, last: j;")
	c.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "2 seen, last: done dark false;")
	c.send("\x1b]11;rgb:0000/0000/0000\x07", "3 seen, last: done dark true;")
	c.write("q")
	c.exit()
	c.wantRestored()
}

// TestLateAnswer: an end waits for an answer that may be under way, and for no other.
func TestLateAnswer(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	s := &session{answered: make(chan struct{}), program: tea.NewProgram(nil, tea.WithContext(over))}
	s.settle() // nothing was asked
	long := time.Now().Add(-time.Hour)
	s.asked.Store(&long)
	s.settle() // nobody answers
	soon := time.Now().Add(time.Hour)
	s.asked.Store(&soon)
	settled := make(chan struct{})
	go func() {
		s.settle()
		close(settled)
	}()
	s.hear(tea.KeyMsg{})
	select {
	case <-settled:
		t.Error("a key is taken for an answer")
	default:
	}
	s.hear(background(true))
	s.hear(background(true))
	<-settled
}

func TestInput(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.send("jjj", "3 keys, 0 wheels")
	c.write("\x1b")
	c.send("[A", "4 seen, last: up;")
	c.send("\x1b", "5 seen, last: esc;")
	c.send(strings.Repeat("\x1b[<64;10;10M", 2000), "2005 seen, last: wheel up;")
	for _, part := range []string{"\x1b[20", "0~pas", "ted\x1b[2", "01~"} {
		c.write(part)
	}
	c.expect(0, "2006 seen, last: [pasted];")
	c.send("\x1b]11;rgb:ff/ff/ff\x07\x1b[?1;2c\xff!", "7 keys, 2000 wheels")
	c.write("q")
	c.exit()
	c.wantRestored()
}

// TestBurst: input that comes faster than it could be painted is painted now and then, and in
// any case at its end, even if that is no event.
func TestBurst(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.writeMuch(strings.Repeat("j", 4000) + strings.Repeat("\x1b[?1;2c", 200))
	c.expect(0, "4000 keys")
	if out, _ := c.output(); strings.Count(out, syncBegin) > 1000 {
		t.Errorf("%d frames for 4000 keys at once", strings.Count(out, syncBegin))
	}
	c.write("q")
	c.exit()
}

func TestPasteOfOneMegabyte(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.writeMuch(pasteBegin + strings.Repeat("q", maxPaste+100) + pasteEnd + "!")
	c.expect(0, "2 keys, 0 wheels")
	c.write("q")
	c.exit()
}

func TestRepaint(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.send("\x0c", "\x1b[2J\x1b[1H80x24 size\r\n1 seen, last: ctrl+l;")
	c.send("L", "\x1b[2J\x1b[1H80x24 size\r\n2 seen, last: L;")
	c.send("m", mouseOff)
	c.send("M", mouseOn)
	mark := c.mark()
	if err := c.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	c.expect(mark, "5 seen, last: resumed;")
	c.write("q")
	c.exit()
	c.wantRestored()
}

func TestResize(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	for _, size := range [][2]int{{100, 30}, {1, 1}, {200, 60}, {5, 2}, {120, 40}} {
		mark := c.mark()
		c.resize(size[0], size[1])
		c.expect(mark, fmt.Sprintf("%dx%d size", size[0], size[1])[:min(size[0], 8)])
	}
	mark := c.mark()
	c.resize(0, 0)
	c.expect(mark, "80x24 size")
	c.write("q")
	c.exit()
	c.wantRestored()
}

func TestExec(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.send("x", " icanon")
	out, _ := c.output()
	if on := c.modes(); !slices.Equal(on, []string{"25", "7"}) {
		t.Errorf("modes on for the other program: %q", on)
	}
	if strings.Contains(out, "-echo ") {
		t.Error("no echo for the other program")
	}
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGQUIT} { // typed at the other program
		if err := c.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
	}
	c.send("hello\n", "got hello")
	c.expect(0, "2 seen, last: done <nil>;")
	c.send("j", "3 seen, last: j;")
	c.send("X", "last: done fork/exec /nonexistent/program: no such file or directory;")
	c.send("q", leaveAlt)
	c.exit()
	c.wantRestored()
}

// TestSuspend: under a shell with job control.
func TestSuspend(t *testing.T) {
	c := launch(t, "plain", "sh", "-i")
	c.expect(0, "prompt: ")
	c.send("'"+os.Args[0]+"'\n", "0 seen")
	for i, stop := range []string{"\x1a", "S"} {
		mark := c.mark()
		c.write(stop)
		c.expect(mark, leaveAlt)
		c.expect(mark, "prompt: ")
		if on := c.modes(); !slices.Equal(on, []string{"25", "7"}) {
			t.Errorf("modes on while stopped: %q", on)
		}
		mark = c.mark()
		c.send("fg\n", fmt.Sprintf("%d seen, last: resumed;", 2*i+1))
		c.expect(mark, enterModes)
	}
	c.send("q", "prompt: ") // before that, what is typed is flushed
	c.write("exit\n")
	c.exit()
}

// TestSuspendRefused: with no shell to continue it, a program that stops would hang.
func TestSuspendRefused(t *testing.T) {
	c := launch(t, "plain")
	c.expect(0, "0 seen")
	c.write("\x1a")
	c.send("S", "1 seen, last: S;")
	c.send("j", "2 seen, last: j;")
	if err := c.cmd.Process.Signal(syscall.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	c.send("k", "3 seen, last: k;")
	c.write("q")
	c.exit()
	if out, _ := c.output(); strings.Count(out, leaveAlt) != 1 {
		t.Error("the terminal was released in between")
	}
	c.wantRestored()
}
