package store

import (
	"context"
	"reflect"
	"time"

	"tartan/plaidapi"
)

// setItem saves that an Item is linked, or what it is now. What is known already costs nothing.
func (b *book) setItem(ctx context.Context, item plaidapi.Item) error {
	return b.writing(ctx, func() error {
		if at := b.state.find(item.ID); at >= 0 && reflect.DeepEqual(b.state.items[at], item) {
			return nil
		}
		return b.record(ctx)(encodeItem(item))
	})
}

// forget saves that an Item is not linked any more: its transactions, accounts and cursor are gone,
// and so is what was written about them. One that is not known is fine.
func (b *book) forget(ctx context.Context, itemID string) error {
	return b.writing(ctx, func() error {
		if _, known := b.state.saved[itemID]; !known && b.state.find(itemID) < 0 {
			return nil
		}
		return b.record(ctx)(encodeForget(itemID), nil)
	})
}

// setAccounts saves an Item's accounts and when they were read. An Item that is not known is ErrNoItem.
func (b *book) setAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account, at time.Time) error {
	return b.writing(ctx, func() error {
		if b.state.find(itemID) < 0 {
			return ErrNoItem
		}
		return b.record(ctx)(encodeSaved(kindAccounts, itemID, plaidapi.Saved{Accounts: accounts, Read: at}))
	})
}

// apply saves a page of a sync. An Item that is not known is ErrNoItem.
func (b *book) apply(ctx context.Context, p plaidapi.Page) error {
	return b.writing(ctx, func() error {
		if b.state.find(p.ItemID) < 0 {
			return ErrNoItem
		}
		return b.record(ctx)(encodePage(p), nil)
	})
}

// mark saves what the person wrote: all of it or nothing.
func (b *book) mark(ctx context.Context, marks ...plaidapi.Mark) error {
	return b.writing(ctx, func() error {
		if len(marks) == 0 {
			return nil
		}
		return b.record(ctx)(encodeMarks(marks))
	})
}

// setFront saves what the next start shows first: all that is known now, and these rows, a few
// hundred. It is a cache: losing it loses nothing.
func (b *book) setFront(ctx context.Context, newest *plaidapi.Batch) error {
	return b.writing(ctx, func() error {
		if !b.memory && b.log != nil {
			page := frontPage{b.log.header, b.at, b.snapshot(), newest}
			file, err := page.seal(b.master, b.o.home)
			if err != nil {
				return err
			}
			if err := b.o.disk.replace(b.path("front"), file, false); err != nil {
				return err
			}
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.first = newest
		return nil
	})
}

// writing does a change alone, once it is decided that changes are possible.
func (b *book) writing(ctx context.Context, change func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	opened := b.opened
	b.mu.Unlock()
	if !opened {
		return ErrClosed
	}
	select {
	case <-b.decided:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.end()
	if b.closed {
		return ErrClosed
	}
	if b.locked && !b.ready {
		if err := b.adopt(ctx); err != nil {
			return err
		}
	}
	b.mu.Lock()
	err := b.barred()
	memory := b.memory
	b.mu.Unlock()
	if err != nil && !memory {
		return err
	}
	return change()
}

// record gives what appends a record to the log and then takes it into the state.
func (b *book) record(ctx context.Context) func(plain []byte, err error) error {
	return func(plain []byte, err error) error {
		if err != nil {
			return err
		}
		r, err := decodeRecord(plain)
		if err != nil {
			return err
		}
		after := b.at
		if !b.memory {
			if after, err = b.append(ctx, plain); err != nil {
				return err
			}
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.state.take(b.at.Next, r)
		if b.at = after; b.memory {
			b.at.Next++
		}
		if r.kind == kindPage || r.kind == kindForget {
			b.first = nil
		}
		return nil
	}
}

// append writes one frame and gives where the log ends then. When it fails the log ends where it did.
func (b *book) append(ctx context.Context, plain []byte) (extent, error) {
	if b.log == nil {
		none := func(func([]byte) error) error { return nil }
		if err := b.compact(ctx, "", b.snapshot(), none); err != nil {
			return extent{}, err
		}
	}
	if err := b.clean(); err != nil {
		return extent{}, err
	}
	frame, err := b.log.seal(b.at.Next, plain)
	if err != nil {
		return extent{}, err
	}
	b.dirty = true
	err = b.o.disk.write(b.log.file, frame)
	if err == nil {
		err = b.o.disk.sync(b.log.file)
	}
	if err != nil {
		_ = b.clean() // or before the next frame
		return extent{}, err
	}
	b.dirty = false
	b.as.size = b.at.End + int64(len(frame))
	return extent{b.as.size, b.at.Next + 1, 0}, nil
}

// clean makes sure that the log ends behind its last frame, and that its name is durable.
func (b *book) clean() error {
	if b.dirty {
		if err := b.o.disk.truncate(b.log.file, b.at.End); err != nil {
			return err
		}
		b.dirty, b.as.size = false, b.at.End
	}
	return b.syncFolder()
}

// syncFolder makes the names of files durable, if they may not be.
func (b *book) syncFolder() error {
	if b.unsynced {
		if err := b.o.disk.syncDir(b.o.dir); err != nil {
			return err
		}
		b.unsynced = false
	}
	return nil
}
