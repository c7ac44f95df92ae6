//go:build unix

package store

import "syscall"

// umask sets the mask of this process and gives the one before.
func umask(mask int) int { return syscall.Umask(mask) }
