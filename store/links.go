package store

import (
	"context"
	"crypto/rand"
	"errors"

	"tartan/plaidapi"
)

// Probe makes sure that a token could be kept now: an entry is written, read and removed. Nothing is
// sent to a bank while that fails, nor from a second tartan.
func (s *Store) Probe(ctx context.Context) error {
	return s.writing(ctx, checking, func(b *book) error {
		if err := b.writable(ctx); err != nil {
			return err
		}
		return s.tokens.probe(ctx)
	})
}

// Begin notes that a bank is about to be asked for an Item. The note survives a loss of power, where
// there is a folder for it.
func (s *Store) Begin(ctx context.Context, a plaidapi.Attempt) (attempt string, err error) {
	if s.o.Dir == "" {
		return rand.Text(), nil
	}
	err = s.writing(ctx, checking, func(b *book) error {
		if err := b.writable(ctx); err != nil {
			return err
		}
		attempt, err = s.journal.begin(a)
		return err
	})
	return attempt, err
}

// Grant notes with an attempt that its Item is about to be asked for, once it is sure that a token
// could be kept. The note survives a loss of power, where there is a folder for it.
func (s *Store) Grant(ctx context.Context, attempt string, at plaidapi.Institution) error {
	return s.writing(ctx, checking, func(b *book) error {
		if err := b.writable(ctx); err != nil {
			return err
		}
		if err := s.tokens.probe(ctx); err != nil || s.o.Dir == "" {
			return err
		}
		return s.journal.grant(attempt, at)
	})
}

// Hold keeps the token of an Item that is not finished, under its attempt.
func (s *Store) Hold(ctx context.Context, attempt string, pending plaidapi.Secret) error {
	if attempt == "" {
		return nil
	}
	return s.writing(ctx, saving, func(*book) error { return s.tokens.hold(ctx, attempt, pending, s.journal.entry(attempt)) })
}

// Keep stores an Item and its token: the token first, read back, then what else is known, then its
// attempt is settled, now or at the next start. A known Item is overwritten where it stands, and a
// new token of it is first noted with the attempt. When Keep fails the token may be kept already; it
// may be repeated.
func (s *Store) Keep(ctx context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error {
	return s.linking(ctx, saving, func(b *book) error {
		if err := s.again(ctx, b, attempt, item.ID, token); err != nil {
			return err
		}
		if err := s.tokens.keep(ctx, attempt, item, token); err != nil {
			return err
		}
		if err := b.setItem(ctx, item); err != nil {
			return err
		}
		switch {
		case attempt == "" || s.o.Dir == "":
		case s.tokens.place() == plaidapi.InMemory && s.tokens.listed(attempt): // forgotten when tartan ends: the next start names it
		default:
			_ = s.journal.settle(ctx, s.tokens, attempt)
		}
		return nil
	})
}

// again notes with an attempt that it brought another token of an Item that was linked before.
func (s *Store) again(ctx context.Context, b *book, attempt, itemID string, token plaidapi.Secret) error {
	if attempt == "" || s.o.Dir == "" {
		return nil
	}
	kept, err := s.tokens.token(ctx, itemID)
	switch {
	case errors.Is(err, ErrNoItem):
		if !b.has(itemID) {
			return nil
		}
	case err != nil:
		return err
	case kept.Equal(token):
		return nil
	}
	return s.journal.again(attempt, itemID)
}

// Settle ends an attempt that leaves nothing at its bank.
func (s *Store) Settle(ctx context.Context, attempt string) error {
	if attempt == "" {
		return nil
	}
	return s.writing(ctx, removing, func(*book) error { return s.journal.settle(ctx, s.tokens, attempt) })
}

// Attempts are those that earlier runs left open, after those whose Item is kept were settled, and
// what a move that was cut off has left behind was cleared away, and the book lists again what tokens
// are kept for. A tartan that may only read leaves all that to the one that is open. It waits until
// it is known which of them this one is.
func (s *Store) Attempts(ctx context.Context) (open []plaidapi.Attempt, err error) {
	if s.o.Dir == "" {
		return nil, nil
	}
	err = s.linking(ctx, reading, func(b *book) error {
		barred := b.writable(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		if barred != nil || b.readOnly() {
			return nil
		}
		_ = s.tokens.tidy(ctx) // what could not be put in order is told
		if open, err = s.journal.unsettled(ctx, s.tokens); err != nil {
			return err
		}
		return s.learn(ctx, b)
	})
	return open, err
}

// linking is writing for what changes which Items there are: tokens and book must not be compared
// in between.
func (s *Store) linking(ctx context.Context, d deed, work func(*book) error) error {
	return s.writing(ctx, d, func(*book) error {
		done, err := s.alone(ctx)
		if err != nil {
			return err
		}
		defer done()
		b, err := s.now() // it may have been locked or moved meanwhile
		if err != nil {
			return err
		}
		return work(b)
	})
}

// learn enters into the book each Item that a token is kept for: a run that was cut off may not have
// come to that. The other way round nothing is forgotten: what was read, and what the person wrote,
// must not go because a token is not to be found.
func (s *Store) learn(ctx context.Context, b *book) error {
	items, err := s.tokens.items(ctx)
	if err != nil {
		return err
	}
	for _, item := range items {
		if err := s.enter(ctx, b, item.ID); err != nil {
			return err
		}
	}
	return nil
}
