//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// Modes set for the time the screen is ours. Wrapping is off, so that a row that the terminal
// finds wider than we do spoils itself only.
const (
	enterModes = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[?2004h"
	leaveModes = "\x1b[?2026l\x1b[r\x1b[m" + mouseOff + "\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h"
	leaveAlt   = "\x1b[?1049l"
	mouseOn    = "\x1b[?1000h\x1b[?1006h"
	mouseOff   = "\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l"
	saveTitle  = "\x1b[22;2t"
	popTitle   = "\x1b[23;2t"
)

const (
	stuckPoll = 20 * time.Millisecond  // how often a stuck terminal is looked at on leaving
	stuckWait = 200 * time.Millisecond // how long it may hold up the end
)

// screen is the terminal while it is ours: its line settings, its modes and what it shows. It
// never waits for the terminal to take output: what is left over follows when there is room, and
// the newest frame after it. It is safe for concurrent use.
type screen struct {
	in, out *os.File
	private int // the terminal, opened again to write without waiting; -1 where that fails
	title   string
	powers  powers

	mu      sync.Mutex
	before  *term.State // line settings to go back to
	held    bool        // the terminal is ours now
	touched bool        // and we have written to it
	mouse   bool
	painter painter
	frame   string
	modes   string // what must precede the next frame: modes and commands
	rest    []byte // what the terminal has not taken yet
	waiting bool   // a goroutine waits for it to take more

	guard func(func()) // runs a function whose panic ends the session
}

// newScreen acquires the terminal. What it does beside the caller runs in guard.
func newScreen(o Options, guard func(func())) (*screen, error) {
	before, err := term.GetState(int(o.In.Fd()))
	if err != nil {
		return nil, err
	}
	s := &screen{in: o.In, out: o.Out, before: before, mouse: o.Mouse, guard: guard}
	if o.Env != nil {
		s.powers = powersOf(o.Env)
	}
	if s.powers.commands {
		s.title = printable(o.Title)
	}
	s.private = reopen(o.Out, os.O_WRONLY)
	if err := s.acquire(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// printable leaves out what could end a title and begin a command.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// size returns columns and rows. A terminal that knows no size counts as 80 by 24.
func (s *screen) size() (width, height int) {
	width, height, err := term.GetSize(int(s.out.Fd()))
	if err != nil || width < 1 || height < 1 {
		return 80, 24
	}
	return width, height
}

// acquire makes the terminal ours, again if need be. The modes go out with the next frame.
func (s *screen) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := term.MakeRaw(int(s.in.Fd())); err != nil {
		return err
	}
	s.modes = enterModes
	if s.title != "" {
		s.modes += "\x1b]2;" + s.title + "\x1b\\"
		if !s.held {
			s.modes = saveTitle + s.modes
		}
	}
	if s.mouse {
		s.modes += mouseOn
	}
	s.held = true
	s.painter.forget()
	return nil
}

// release gives the terminal back as it was. Without final, what was typed and not yet read stays
// for the next program.
func (s *screen) release(final bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.held {
		return
	}
	if s.touched {
		s.writeLeave()
	}
	s.held, s.touched = false, false
	if final {
		_ = flushInput(s.in)
	}
	_ = term.Restore(int(s.in.Fd()), s.before)
}

// close frees what newScreen took but the terminal itself, which release gives back.
func (s *screen) close() {
	if s.private >= 0 {
		_ = unix.Close(s.private)
	}
}

// writeLeave undoes the modes. Output that a stuck terminal has not taken is discarded, and the
// sequence it may be cut in is cancelled.
func (s *screen) writeLeave() {
	const cancel = "\x18"
	leave := leaveModes + leaveAlt
	if s.title != "" {
		leave += popTitle
	}
	b := leave
	if len(s.rest) > 0 {
		s.rest = nil
		b = cancel + leave
	}
	for end := time.Now().Add(stuckWait); ; {
		n, err := s.write([]byte(b))
		if n == len(b) || err != nil && !errors.Is(err, unix.EAGAIN) || time.Now().After(end) {
			return
		}
		_ = flushOutput(s.out) // with what was taken of b
		b = cancel + leave
		_ = waitFor(s.private, unix.POLLOUT, stuckPoll)
	}
}

// resize fits the painter to the screen's size and makes the next frame a full one.
func (s *screen) resize(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.painter.resize(width, height)
}

// refresh makes the next frame a full one.
func (s *screen) refresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.painter.forget()
}

// setMouse switches mouse reports with the next frame.
func (s *screen) setMouse(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mouse == on {
		return
	}
	s.mouse = on
	if on {
		s.modes += mouseOn
	} else {
		s.modes += mouseOff
	}
}

// show makes the terminal show frame, soon.
func (s *screen) show(frame string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frame = frame
	s.flow()
}

// command sends the terminal a command of the operating system kind after what it was sent before;
// false when it takes none.
func (s *screen) command(bytes string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.held || !s.powers.commands {
		return false
	}
	s.modes += bytes
	s.flow()
	return true
}

// flow writes what is to be written, without waiting for it.
func (s *screen) flow() {
	if s.push() || s.waiting {
		return
	}
	s.waiting = true
	go s.guard(s.follow)
}

// push writes what is to be written; false when the terminal takes no more now.
func (s *screen) push() bool {
	for s.held {
		if len(s.rest) == 0 {
			s.rest = s.painter.paint(s.frame)
			if s.modes != "" {
				s.rest = append([]byte(s.modes), s.rest...)
				s.modes, s.touched = "", true
			}
		}
		if len(s.rest) == 0 {
			break
		}
		n, err := s.write(s.rest)
		s.rest = s.rest[n:]
		switch {
		case errors.Is(err, unix.EAGAIN):
			return false
		case err != nil: // the terminal is gone, and SIGHUP on its way
			s.rest = nil
			return true
		}
	}
	return true
}

// follow writes what push could not, as soon as the terminal takes it, and ends with that.
func (s *screen) follow() {
	for done := false; !done; {
		_ = waitFor(s.private, unix.POLLOUT, stuckWait)
		done = s.pushed()
	}
}

// pushed is push for a goroutine that waits for the terminal; it notes whether it must go on.
func (s *screen) pushed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = !s.push()
	return !s.waiting
}

// write writes once, without waiting where the terminal could be opened again.
func (s *screen) write(b []byte) (int, error) {
	if s.private < 0 {
		return s.out.Write(b)
	}
	for {
		n, err := unix.Write(s.private, b)
		if !errors.Is(err, unix.EINTR) {
			return max(n, 0), err
		}
	}
}

// reopen opens the terminal behind f a second time, to read or write it without waiting. Setting
// that on f itself would set it for the shell as well. It returns -1 where the system has no way.
func reopen(f *os.File, flag int) int {
	fd, err := unix.Open("/dev/fd/"+strconv.Itoa(int(f.Fd())), flag|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1
	}
	was, err := unix.FcntlInt(f.Fd(), unix.F_GETFL, 0)
	if err != nil || was&unix.O_NONBLOCK != 0 { // some systems hand out f itself
		_ = unix.Close(fd)
		return -1
	}
	return fd
}

// waitFor waits until one of events happens on fd, forever if limit is negative, and reports
// whether it did.
func waitFor(fd int, events int16, limit time.Duration) bool {
	fds := []unix.PollFd{{Fd: int32(fd), Events: events}}
	n, err := unix.Poll(fds, int(limit.Milliseconds()))
	return n > 0 && err == nil
}
