package store

import "context"

// writable waits until it is decided whether changes are possible, and is why not.
func (b *book) writable(ctx context.Context) error {
	return b.writing(ctx, func() error { return nil })
}

// fronted has the front page follow a change after which the newest rows are still the newest, so
// that the next start need not read the log first. err is the change's own.
func (b *book) fronted(ctx context.Context, err error) error {
	if newest := b.newest(); err == nil && newest != nil {
		_ = b.setFront(ctx, newest) // it is a cache
	}
	return err
}

// has reports whether an Item is known.
func (b *book) has(itemID string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state.find(itemID) >= 0
}

// lasting reports whether anything is written.
func (b *book) lasting() bool { return b.o.dir != "" }

// take saves what another book knows, but for transactions: until these are written too, the next
// sync fetches them all.
func (b *book) take(ctx context.Context, from *book) error {
	state := from.snapshot()
	state.unsynced()
	for _, item := range state.items {
		if err := b.setItem(ctx, item); err != nil {
			return err
		}
		known := state.saved[item.ID]
		if err := b.writing(ctx, func() error { return b.record(ctx)(encodeSaved(kindSaved, item.ID, known)) }); err != nil {
			return err
		}
	}
	return b.mark(ctx, state.markList()...)
}
