//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// The queues of a terminal, as TIOCFLUSH counts them.
const (
	readQueue  = 1
	writeQueue = 2
)

// flushInput discards what was typed and not read.
func flushInput(f *os.File) error {
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.TIOCFLUSH, readQueue)
}

// flushOutput discards what was written and not shown.
func flushOutput(f *os.File) error {
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.TIOCFLUSH, writeQueue)
}
