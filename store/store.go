// Package store is what survives a restart: the Items that were linked and their tokens, in the
// system's keyring. What banks said about them (accounts, transactions, cursors) is kept in memory.
//
// In the keyring, under one service name, each Item has one entry, whose account is a random name:
// no bank and no number stands in a label. One more entry, "items", lists those names. Every entry
// is a short JSON text with a version and a check value.
//
// keyring.go calls the keyring, guard.go makes that safe (deadline, recover, read-back), entry.go
// is the form of entries, store.go the order of writes. memory.go holds what banks said, change.go
// works out what a page of it alters, and history.go does so.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"

	"tartan/plaidapi"
)

const (
	indexAccount = "items"
	probeAccount = "probe"
)

// Options say where a Store keeps things.
type Options struct {
	Service string // name of the keyring service: "tartan", or "tartan-sandbox" for the practice bank
	Home    string // the server that tokens belong to; those of another are never returned
	Ring    Ring   // nil: the keyring of this system
}

// Store implements ledger.Vault. It is safe for concurrent use.
type Store struct {
	home   string
	writes *writes
	busy   chan struct{} // holds one token while the keyring is read or changed as a whole

	// Under busy.
	decided bool // where tokens live in this run
	guard   *guard
	listed  []string          // accounts in the index, as last read or written
	missing map[string]bool   // of those, the ones without an entry
	names   map[string]string // Item ID to account, also of Items whose Keep failed

	mu     sync.Mutex // for what follows, never held during work; all but kept[…].fetched is written under busy as well
	loaded bool
	order  []string // Item IDs as they were listed
	kept   map[string]*kept

	sign sign
}

// sign is what screens read each time they are drawn: nothing is ever done under its lock.
type sign struct {
	mu            sync.Mutex
	where, notice string
}

// Open makes a Store. It reads nothing: the first call that needs the keyring does, and decides
// for this run whether tokens live there or, where it cannot be used, in memory.
func Open(o Options) *Store {
	if o.Ring == nil {
		o.Ring = osRing{}
	}
	w := &writes{idle: make(chan struct{})}
	return &Store{
		home: o.Home, writes: w, busy: make(chan struct{}, 1), guard: newGuard(o.Ring, o.Service, w),
		missing: map[string]bool{}, names: map[string]string{}, kept: map[string]*kept{},
		sign: sign{where: o.Ring.Name()},
	}
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
func (s *Store) Where() string {
	s.sign.mu.Lock()
	defer s.sign.mu.Unlock()
	return s.sign.where
}

// Notice is what people must see all the time: that tokens live in memory only and why, or that
// an entry cannot be used. Empty when all is well.
func (s *Store) Notice() string {
	s.sign.mu.Lock()
	defer s.sign.mu.Unlock()
	return s.sign.notice
}

// Probe writes, reads and removes an entry. Nothing is sent to a bank while that fails.
func (s *Store) Probe(ctx context.Context) error {
	return s.writing(ctx, checking, func() error { return s.probe(ctx) })
}

// Items lists what is linked on this server, in the order of linking.
func (s *Store) Items(ctx context.Context) ([]plaidapi.Item, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	items := make([]plaidapi.Item, 0, len(s.order))
	for _, id := range s.order {
		items = append(items, s.kept[id].item)
	}
	return items, nil
}

// Token is what opens an Item, or ErrNoItem.
func (s *Store) Token(ctx context.Context, itemID string) (plaidapi.Secret, error) {
	if err := s.ready(ctx); err != nil {
		return plaidapi.Secret{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[itemID]
	if !ok {
		return plaidapi.Secret{}, ErrNoItem
	}
	return k.token, nil
}

// Keep stores an Item and its token: the entry first, then the index, each read back. A known Item
// is overwritten where it stands. When Keep fails nothing new is left behind, and it may be repeated.
func (s *Store) Keep(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error {
	return s.writing(ctx, saving, func() error {
		account, named := s.names[item.ID]
		if !named {
			account = rand.Text()
		}
		secret, err := sealItem(account, s.home, item, token)
		if err != nil {
			return err
		}
		_, known := s.kept[item.ID]
		if err := s.guard.set(ctx, account, secret, !known); err != nil {
			return err
		}
		s.names[item.ID] = account
		if !known {
			if err := s.list(ctx, func(names []string) []string { return append(names, account) }); err != nil {
				_ = s.guard.delete(context.WithoutCancel(ctx), account)
				return err
			}
		}
		s.remember(item, token)
		return nil
	})
}

// Forget removes an Item here: from the index, then its entry, then from memory. Until all of it
// has succeeded the Item stays listed, so that Forget can be repeated. An unknown Item is no error.
func (s *Store) Forget(ctx context.Context, itemID string) error {
	return s.writing(ctx, removing, func() error {
		account, ok := s.names[itemID]
		if !ok {
			return nil
		}
		drop := func(name string) bool { return name == account }
		if err := s.list(ctx, func(names []string) []string { return slices.DeleteFunc(names, drop) }); err != nil {
			return err
		}
		if err := s.guard.delete(ctx, account); err != nil {
			return err
		}
		delete(s.names, itemID)
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.kept, itemID)
		s.order = slices.DeleteFunc(s.order, func(id string) bool { return id == itemID })
		return nil
	})
}

// remember takes an Item into memory, or its new token and products.
func (s *Store) remember(item plaidapi.Item, token plaidapi.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.kept[item.ID]
	if k == nil {
		k = &kept{}
		s.kept[item.ID] = k
		s.order = append(s.order, item.ID)
	}
	k.item, k.token = item, token
}

// ready makes sure that the keyring has been read. Once it has, nothing waits for the keyring here.
func (s *Store) ready(ctx context.Context) error {
	s.mu.Lock()
	loaded := s.loaded
	s.mu.Unlock()
	if loaded {
		return nil
	}
	return s.using(ctx, reading, func() error { return nil })
}

// writing is using for work that Close must not cut off.
func (s *Store) writing(ctx context.Context, d deed, work func() error) error {
	if !s.writes.open() {
		return ErrClosed
	}
	defer s.writes.end()
	return s.using(ctx, d, work)
}

// using runs work alone, after the keyring was read.
func (s *Store) using(ctx context.Context, d deed, work func() error) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer func() { <-s.busy }()
	if err := s.load(ctx); err != nil {
		return during(d, err)
	}
	return during(d, work())
}

// lock waits until nobody else uses the keyring.
func (s *Store) lock(ctx context.Context) error {
	select {
	case s.busy <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// list changes the index. It is read afresh each time, so that another tartan's additions stay;
// names whose entry was found to be gone are dropped on the way.
func (s *Store) list(ctx context.Context, edit func([]string) []string) error {
	names, err := s.readIndex(ctx)
	first := errors.Is(err, ErrNotFound)
	if err != nil && !first {
		return err
	}
	if first {
		names = slices.Clone(s.listed)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return s.missing[name] })
	names = edit(names)
	secret, err := seal(indexAccount, index{names})
	if err != nil {
		return err
	}
	if err := s.guard.set(ctx, indexAccount, secret, false); err != nil {
		return err
	}
	s.listed = names
	return nil
}
