package store

import "context"

// writable waits until it is decided whether changes are possible, and is why not.
func (b *book) writable(ctx context.Context) error {
	return b.writing(ctx, func() error { return nil })
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
