//go:build !unix

package store

import (
	"errors"
	"io/fs"
	"syscall"
)

// Here the user's folder is protected by rules that modes do not show.
const (
	noFollow     = 0
	syncsFolders = false
	shared       = false
)

func own(fs.FileInfo) bool { return true }

// full reports that there is no room for a write: Windows' ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
func full(err error) bool {
	return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
}
