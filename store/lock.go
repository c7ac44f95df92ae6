package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockWait is how long a second tartan waits for the first (security.md 22).
const lockWait = 2 * time.Second

// writerLock makes one tartan at a time the one that writes. The system frees it when its owner dies.
type writerLock struct {
	file *flock.Flock
	wait time.Duration // until others are told that the lock is taken
}

func newWriterLock(dir string, wait time.Duration) *writerLock {
	if wait == 0 {
		wait = lockWait
	}
	file := flock.New(filepath.Join(dir, "lock"), flock.SetFlag(os.O_CREATE|os.O_RDWR|noFollow), flock.SetPermissions(0o600))
	return &writerLock{file, wait}
}

// await gets the lock, however long that takes. It calls busy once, when the wait is over. It fails
// when there can be no lock, or with ctx.
func (l *writerLock) await(ctx context.Context, d disk, busy func()) error {
	path := l.file.Path()
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := d.ask("create", path); err != nil {
			return writeError(path, err)
		}
	case err != nil:
		return readError(path, err)
	case !info.Mode().IsRegular() || !own(info):
		return &FileError{Fault: NotYours, Path: path}
	}
	over := time.NewTimer(l.wait)
	defer over.Stop()
	again := l.wait / 80
	for {
		ok, err := l.file.TryLock()
		if err != nil {
			return writeError(path, err)
		}
		if ok {
			return nil
		}
		next := time.NewTimer(again)
		select {
		case <-next.C:
		case <-over.C:
			busy()
			again = l.wait / 2
		case <-ctx.Done():
			return ctx.Err()
		}
		next.Stop()
	}
}

func (l *writerLock) free() { _ = l.file.Unlock() }
