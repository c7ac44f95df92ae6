//go:build unix

package terminal

import "golang.org/x/sys/unix"

// NoCore keeps a crash from writing the program's memory, which may hold secrets, to disk.
func NoCore() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
