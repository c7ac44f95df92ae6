package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// await gets the lock, and then makes the log one that can be written to.
func (b *book) await(ctx context.Context) {
	defer close(b.ended)
	told := false
	decide := func() {
		if !told {
			told = true
			close(b.decided)
		}
	}
	defer decide()
	err := b.lock.await(ctx, b.o.disk, func() {
		b.mu.Lock()
		b.busy = true
		b.mu.Unlock()
		decide()
	})
	if b.begin(ctx) != nil { // closed meanwhile
		if err == nil {
			b.lock.free()
		}
		return
	}
	defer b.end()
	b.locked = err == nil
	b.mu.Lock()
	b.busy, b.trouble = false, err
	b.mu.Unlock()
	if b.locked {
		_ = b.adopt(ctx) // the notice tells
	}
}

// adopt makes the log one that can be written to. It may be repeated. The lock is held.
func (b *book) adopt(ctx context.Context) error {
	err := safely(func() error { return b.adopting(ctx) })
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.trouble = err; ctx.Err() != nil {
		b.trouble = nil
	}
	return err
}

func (b *book) adopting(ctx context.Context) error {
	if b.changed() {
		r, err := b.read(ctx)
		if err != nil {
			return err
		}
		b.install(r)
		b.mu.Lock()
		b.epoch++
		b.mu.Unlock()
	}
	if b.as.newer {
		b.ready = true
		return nil
	}
	if err := b.o.disk.remove(b.path("log.new")); err != nil {
		return err
	}
	if err := b.repair(ctx); err != nil {
		return err
	}
	if b.log != nil && !b.ready {
		file, err := b.o.disk.appending(b.path("log"))
		if err != nil {
			return err
		}
		r := b.as
		r.log, r.at, r.state, r.newest = newSealedLog(file, b.log.sealer), b.at, b.state, b.first
		b.install(r)
		b.dirty = b.as.size > b.at.End
		if err := b.clean(); err != nil {
			return err
		}
		b.unsynced = true // who renamed it may have died before that was durable
	}
	b.ready = true
	return nil
}

// changed reports whether the log is not what was read.
func (b *book) changed() bool {
	name := "log"
	if b.as.last {
		if _, err := os.Lstat(b.path("log")); err == nil {
			return true
		}
		name = "log.last"
	}
	info, err := os.Lstat(b.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return b.as.info != nil
	}
	return err != nil || b.as.info == nil || !os.SameFile(info, b.as.info) || info.Size() != b.as.size
}

// key is the master key of the log. It is asked for until it was given once.
func (b *book) key(ctx context.Context, make bool) ([]byte, error) {
	if b.master != nil {
		return b.master, nil
	}
	key, err := b.o.master(ctx, make)
	if err == nil {
		b.master = key
	}
	return key, err
}
