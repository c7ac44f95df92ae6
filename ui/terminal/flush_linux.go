package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// flushInput discards what was typed and not read.
func flushInput(f *os.File) error {
	return unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCIFLUSH)
}

// flushOutput discards what was written and not shown.
func flushOutput(f *os.File) error {
	return unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCOFLUSH)
}
