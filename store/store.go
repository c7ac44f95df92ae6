// Package store is what survives a restart: the Items that were linked and their tokens, in the
// place that was decided on: the system's keyring, a file sealed with a passphrase, or, for this run
// only, memory. What banks said about them (accounts, transactions, cursors) is kept in memory.
//
// tokens.go keeps the secrets of one profile: each Item has one entry, whose account is a random
// name, and one more, "items", lists those names. Every entry is a short JSON text with a version
// and a check value (entry.go). place.go decides where they are, move.go and tidy.go move them
// elsewhere, held.go has those of links under way, and keys.go the API keys and the key of saved
// data. keyring.go calls the keyring and vault.go the passphrase file; guard.go makes both safe
// (deadline, recover, read-back). sources.go takes a passphrase or keys from outside. memory.go
// holds what banks said, change.go works out what a page of it alters, and history.go does so.
package store

import (
	"context"
	"sync"

	"tartan/plaidapi"
)

// Store implements ledger.Vault. It is safe for concurrent use.
type Store struct {
	tokens *tokens
	writes *writes

	mu   sync.Mutex // never held during work
	kept map[string]*kept
}

// Open makes a Store. It reads nothing: the first call that needs the keyring does, and decides
// for this run where tokens live.
func Open(o Options) *Store {
	w := &writes{idle: make(chan struct{})}
	return &Store{tokens: newTokens(o, w), writes: w, kept: map[string]*kept{}}
}

// Close waits for writes under way, those included that nobody else waits for, until ctx ends: then
// what was being written may be lost, and Close says so. Later writes fail with ErrClosed.
func (s *Store) Close(ctx context.Context) error {
	idle := s.writes.close()
	select {
	case <-idle:
		return nil // whatever became of ctx
	default:
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return during(saving, fault(Slow))
	}
}

// Where names the place that tokens are kept in, for people. Before the first use of the keyring it
// is the place they are meant for.
func (s *Store) Where() string { return s.tokens.where() }

// Notice is what people must see all the time: that tokens live in memory only and why, or that
// an entry cannot be used. Empty when all is well.
func (s *Store) Notice() string { return s.tokens.notice() }

// Probe writes, reads and removes an entry. Nothing is sent to a bank while that fails.
func (s *Store) Probe(ctx context.Context) error { return s.tokens.probe(ctx) }

// Items lists what is linked on this server, in the order of linking.
func (s *Store) Items(ctx context.Context) ([]plaidapi.Item, error) {
	if err := s.tokens.open(ctx); err != nil {
		return nil, err
	}
	items, err := s.tokens.items(ctx)
	for _, item := range items {
		s.remember(item)
	}
	return items, err
}

// Token is what opens an Item, or ErrNoItem.
func (s *Store) Token(ctx context.Context, itemID string) (plaidapi.Secret, error) {
	return s.tokens.token(ctx, itemID)
}

// Keep stores an Item and its token, read back. A known Item is overwritten where it stands. When
// Keep fails nothing new is left behind, and it may be repeated.
func (s *Store) Keep(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error {
	err := s.tokens.keep(ctx, "", item, token)
	if err == nil {
		s.remember(item)
	}
	return err
}

// Forget removes an Item here. Until all of it has succeeded the Item stays listed, so that Forget
// can be repeated. An unknown Item is no error.
func (s *Store) Forget(ctx context.Context, itemID string) error {
	err := s.tokens.forget(ctx, itemID)
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.kept, itemID)
	}
	return err
}

// remember makes room for what a bank will say of an Item.
func (s *Store) remember(item plaidapi.Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[item.ID] == nil {
		s.kept[item.ID] = &kept{}
	}
}
