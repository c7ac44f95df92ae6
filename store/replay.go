package store

import (
	"context"

	"tartan/plaidapi"
)

// replay gives every page of every linked Item, in the order they were saved. It reads ahead, but
// never the whole log. A page's rows are the caller's from then on. What another tartan saved since
// open is not in it, unless this one got the lock meanwhile. It ends with yield's error, if that
// has one. Frames that are damaged are left out; notice tells of them then.
func (b *book) replay(ctx context.Context, yield func(plaidapi.Page) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	log, at, state, opened := b.log, b.at, b.state.clone(), b.opened
	b.replayed = b.epoch
	if log != nil {
		log.retain()
	}
	b.mu.Unlock()
	switch {
	case !opened:
		return ErrClosed
	case log == nil:
		return nil
	}
	defer log.release()
	read := func(number uint64, plain []byte) (*plaidapi.Page, error) {
		r, err := decodeRecord(plain)
		if err != nil || r.kind != kindPage || !state.live(number, r.itemID) {
			return nil, err
		}
		p, err := r.page()
		return &p, err
	}
	take := func(_ uint64, p *plaidapi.Page) error {
		if p == nil {
			return nil
		}
		return yield(*p)
	}
	found, err := walk(ctx, log, extent{End: headerSize}, at.End, read, take)
	if err != nil || found.lost == 0 {
		return err
	}
	return b.discover(ctx, log, harm{frameLost, found.lost, int(found.Next)})
}

// discover is for damage that opening did not find, for it trusted the front page.
func (b *book) discover(ctx context.Context, log *sealedLog, h harm) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.end()
	if b.closed || b.log != log || b.as.harm.kind != unharmed {
		return nil
	}
	b.as.harm, b.ready = h, false
	b.mu.Lock()
	b.harmed = h.told("")
	b.mu.Unlock()
	if b.locked {
		_ = b.adopt(ctx) // the notice tells
	}
	return nil
}
