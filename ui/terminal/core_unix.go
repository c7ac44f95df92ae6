//go:build unix

package terminal

import "golang.org/x/sys/unix"

// NoCore keeps the program's memory, which may hold secrets, to itself: a crash does not write it
// to disk and, on Linux, no other program of the same user may read it or look into it with a
// debugger.
func NoCore() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	conceal()
}
