package store

import (
	"context"
	"crypto/rand"

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

// Hold keeps the token of an Item that is not finished, under its attempt.
func (s *Store) Hold(ctx context.Context, attempt string, pending plaidapi.Secret) error {
	if attempt == "" {
		return nil
	}
	return s.writing(ctx, saving, func(*book) error { return s.tokens.hold(ctx, attempt, pending, s.journal.entry(attempt)) })
}

// Keep stores an Item and its token: the token first, read back, then what else is known, then its
// attempt is settled. A known Item is overwritten where it stands. When Keep fails the token may be
// kept already; it may be repeated.
func (s *Store) Keep(ctx context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error {
	return s.writing(ctx, saving, func(b *book) error {
		if err := s.tokens.keep(ctx, attempt, item, token); err != nil {
			return err
		}
		if err := b.setItem(ctx, item); err != nil {
			return err
		}
		if attempt == "" || s.o.Dir == "" || s.tokens.place() == plaidapi.InMemory {
			return nil // forgotten when tartan ends: the next start names it
		}
		return s.journal.remove(attempt)
	})
}

// Settle ends an attempt that leaves nothing at its bank.
func (s *Store) Settle(ctx context.Context, attempt string) error {
	if attempt == "" {
		return nil
	}
	return s.writing(ctx, removing, func(*book) error { return s.journal.settle(ctx, s.tokens, attempt) })
}

// Attempts are those that earlier runs left open, after those whose Item is kept were settled, and
// what a move that was cut off has left behind was cleared away. A tartan that may only read leaves
// all that to the one that is open.
func (s *Store) Attempts(ctx context.Context) (open []plaidapi.Attempt, err error) {
	if s.o.Dir == "" {
		return nil, nil
	}
	err = s.writing(ctx, reading, func(b *book) error {
		if b.writable(ctx) != nil {
			return nil
		}
		_ = s.tokens.tidy(ctx) // what could not be put in order is told
		open, err = s.journal.unsettled(ctx, s.tokens)
		return err
	})
	return open, err
}
