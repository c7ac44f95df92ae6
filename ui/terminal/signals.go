//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// signals are those that end a session, apart those that can be typed, and those that only change
// something: passing on the latter may have to wait for an Update.
type signals struct {
	fatal, typed, nudge chan os.Signal
	sink                chan os.Signal // of typed, too, so that they never do what they do by default
}

func catch() signals {
	c := signals{make(chan os.Signal, 4), make(chan os.Signal, 4), make(chan os.Signal, 4), make(chan os.Signal, 1)}
	signal.Notify(c.fatal, syscall.SIGHUP, syscall.SIGTERM)
	signal.Notify(c.typed, syscall.SIGINT, syscall.SIGQUIT)
	signal.Notify(c.sink, syscall.SIGINT, syscall.SIGQUIT)
	signal.Notify(c.nudge, syscall.SIGWINCH, syscall.SIGCONT, syscall.SIGTSTP)
	return c
}

func (c signals) stop() {
	for _, ch := range []chan os.Signal{c.fatal, c.typed, c.nudge, c.sink} {
		signal.Stop(ch)
	}
}

// lend leaves the signals that are typed to another program, which shares them with us.
func (c signals) lend() { signal.Stop(c.typed) }

// takeBack ends lend. Stop returns when what has arrived so far is delivered, so that none of the
// other program's signals comes late and ends us.
func (c signals) takeBack() {
	late := make(chan os.Signal, 1)
	signal.Notify(late, syscall.SIGWINCH)
	signal.Stop(late)
	signal.Notify(c.typed, syscall.SIGINT, syscall.SIGQUIT)
}

// resized and continued are what the nudges become.
type (
	resized   struct{}
	continued struct{}
)

// fatal ends the session at the first signal that asks for it.
func (s *session) fatal(ctx context.Context) {
	var sig os.Signal
	select {
	case <-ctx.Done():
		return
	case sig = <-s.signals.fatal:
	case sig = <-s.signals.typed:
	}
	s.end(&SignalError{sig.(syscall.Signal)})
}

// nudges passes on the other signals. While another program has the terminal we only stop with it.
func (s *session) nudges(ctx context.Context) {
	for {
		var sig os.Signal
		select {
		case <-ctx.Done():
			return
		case sig = <-s.signals.nudge:
		}
		switch lent := s.lent.Load(); {
		case lent && sig == syscall.SIGTSTP:
			_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		case lent:
		case sig == syscall.SIGWINCH:
			s.program.Send(resized{})
		case sig == syscall.SIGCONT:
			s.program.Send(continued{})
		case sig == syscall.SIGTSTP:
			s.program.Send(tea.SuspendMsg{})
		}
	}
}

// suspend stops the whole job, as ctrl+z does elsewhere. SIGCONT brings it back. SIGSTOP, since a
// Go program that has once asked for SIGTSTP is not stopped by it any more.
func (s *session) suspend() {
	if orphaned() {
		return
	}
	s.release()
	_ = syscall.Kill(0, syscall.SIGSTOP)
}

// orphaned reports whether nobody would be there to continue us: no ancestor of this job is a
// shell of the same session.
func orphaned() bool {
	group := syscall.Getpgrp()
	session, err := unix.Getsid(0)
	if err != nil {
		return true
	}
	for pid := os.Getppid(); pid > 1; pid = parent(pid) {
		if sid, err := unix.Getsid(pid); err != nil || sid != session {
			return true
		}
		if g, err := syscall.Getpgid(pid); err != nil || g != group {
			return err != nil
		}
	}
	return true
}

// parent returns the parent of a process, 0 where the system does not tell.
func parent(pid int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:]) // the name before may hold anything
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(string(fields[1]))
	return n
}

// foreground reports whether the terminal is this job's; true if that cannot be told.
func (s *session) foreground() bool {
	group, err := unix.IoctlGetInt(int(s.screen.in.Fd()), unix.TIOCGPGRP)
	return err != nil || group == 0 || group == syscall.Getpgrp()
}
