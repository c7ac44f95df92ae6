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
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// lateness is how long after another program's end its signals may still reach us: they are sent
// to both at once, but nothing says which of our threads takes ours, and when.
const lateness = 100 * time.Millisecond

// signals are those that end a session and those that only change something. They come apart:
// passing on the latter may have to wait for an Update.
type signals struct {
	fatal, nudge chan os.Signal
}

func catch() signals {
	c := signals{make(chan os.Signal, 4), make(chan os.Signal, 4)}
	signal.Notify(c.fatal, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT)
	signal.Notify(c.nudge, syscall.SIGWINCH, syscall.SIGCONT, syscall.SIGTSTP)
	return c
}

func (c signals) stop() {
	signal.Stop(c.fatal)
	signal.Stop(c.nudge)
}

// resized and continued are what the nudges become.
type (
	resized   struct{}
	continued struct{}
)

// fatal ends the session at the first signal that asks for it. What is typed at another program
// is not meant for us.
func (s *session) fatal(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case sig := <-s.signals.fatal:
			typed := sig == syscall.SIGINT || sig == syscall.SIGQUIT
			if !typed || !s.lentLately() {
				s.end(&SignalError{sig.(syscall.Signal)})
				return
			}
		}
	}
}

// lentLately reports whether a signal that arrives now may be another program's.
func (s *session) lentLately() bool {
	back := s.back.Load()
	return s.lent.Load() || back != nil && time.Since(*back) < lateness
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
