// Package store is what survives a restart: the Items that were linked and their tokens, what their
// banks said, and what the person wrote about it.
//
//	Store ─┬─ tokens   the system's keyring, or a file sealed with a passphrase: tokens, API keys, the book's key
//	       ├─ book     the sealed log: Items, accounts, transactions, cursors, marks; and the front page
//	       └─ journal  links under way, so that none is lost
//
// Secrets are in tokens alone. The book is sealed with a key that is kept there; the journal holds
// names and times. No transaction stays in memory: pages are stored as they come, and handed back
// when they are asked for.
package store

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"tartan/plaidapi"
)

// Options say where a Store keeps things.
type Options struct {
	Dir     string // folder of this profile and server, made when it is needed; empty keeps nothing on disk
	Service string // name of the keyring service: "tartan", or "tartan-sandbox" for the practice bank
	Home    string // the server that tokens belong to; those of another are never returned
	Casual  bool   // the practice bank: without a keyring, this run only will do
	Keys    plaidapi.Keys
	Sources Sources
	Ring    Ring // nil: the keyring of this system
	Now     func() time.Time
}

// Store implements ledger.Vault. It is safe for concurrent use.
type Store struct {
	o       Options
	writes  *writes
	disk    disk
	tokens  *tokens
	journal *journal
	turn    chan struct{} // holds one token while the store is opened or moved, or the Items in it change

	mu     sync.Mutex
	book   *book // nil until it is opened
	locked bool
}

// Open makes a Store. It reads nothing: that is for its method of the same name.
func Open(o Options) *Store { return openOver(o, disk{}) }

// openOver makes a Store that changes files through d alone.
func openOver(o Options, d disk) *Store {
	if o.Ring == nil {
		o.Ring = osRing{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	w := &writes{idle: make(chan struct{})}
	s := &Store{
		o: o, writes: w, disk: d, tokens: newTokens(o, w), journal: newJournal(d, filepath.Join(o.Dir, "journal")),
		turn: make(chan struct{}, 1),
	}
	s.tokens.vault.disk = d
	return s
}

// Open makes ready what is kept. It fails with plaidapi.ErrPassphrase, ErrNoPlace or ErrLocked where
// the person must do something first; it may be repeated.
func (s *Store) Open(ctx context.Context) error {
	_, err := s.opened(ctx)
	return err
}

// opened gives the book, opening all the first time.
func (s *Store) opened(ctx context.Context) (*book, error) {
	if b, err := s.now(); b != nil || err != nil {
		return b, err
	}
	done, err := s.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if b, err := s.now(); b != nil || err != nil {
		return b, err
	}
	if err := s.tokens.open(ctx); err != nil {
		return nil, err
	}
	return s.openBook(ctx)
}

// now is the book as far as it is open.
func (s *Store) now() (*book, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, plaidapi.ErrLocked
	}
	return s.book, nil
}

// openBook opens the book of the place that was decided on: one that forgets when tartan ends, where
// tokens do.
func (s *Store) openBook(ctx context.Context) (*book, error) {
	dir := s.o.Dir
	if s.tokens.place() == plaidapi.InMemory {
		dir = ""
	}
	b := newBook(bookOptions{dir: dir, home: s.o.Home, master: s.tokens.master, now: s.o.Now, disk: s.disk})
	if err := b.open(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.book, s.locked = b, false
	return b, nil
}

// alone waits until nobody else opens or moves the store, or changes which Items are in it.
func (s *Store) alone(ctx context.Context) (done func(), err error) {
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Unlock opens what waits for a passphrase, or was locked; the passphrase is empty where none is asked.
func (s *Store) Unlock(ctx context.Context, passphrase plaidapi.Secret) error {
	done, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := s.tokens.unlock(ctx, passphrase); err != nil {
		return err
	}
	_, err = s.openBook(ctx)
	return err
}

// Lock forgets tokens, keys and what was read. Every call is plaidapi.ErrLocked until Unlock.
func (s *Store) Lock() {
	s.mu.Lock()
	b := s.book
	s.book, s.locked = nil, true
	s.mu.Unlock()
	s.tokens.lock()
	if b != nil && s.writes.open() {
		go func() { // the lock on the folder goes once writes under way have ended
			defer s.writes.end()
			_ = b.close(context.Background())
		}()
	}
}

// Choose moves tokens and keys to another place: all of it is copied and read back before anything
// is removed where it was.
func (s *Store) Choose(ctx context.Context, place plaidapi.AccessPlace, passphrase plaidapi.Secret) error {
	done, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer done()
	if !s.writes.open() {
		return ErrClosed
	}
	defer s.writes.end()
	before, err := s.now()
	if err != nil {
		return err
	}
	var accounts []string
	if s.o.Dir != "" {
		if accounts, err = s.journal.accounts(); err != nil {
			return err
		}
	}
	if before != nil {
		if err := before.writable(ctx); err != nil {
			return err
		}
	}
	if err := s.tokens.choose(ctx, place, passphrase, accounts...); err != nil {
		return err
	}
	if before != nil && before.lasting() == (place != plaidapi.InMemory) {
		return nil
	}
	b, err := s.openBook(ctx)
	if err != nil || before == nil {
		return err
	}
	return b.take(ctx, before)
}

// Access tells where tokens are kept, and what must be said about it.
func (s *Store) Access() plaidapi.Access {
	s.mu.Lock()
	b := s.book
	s.mu.Unlock()
	place := s.tokens.place()
	a := plaidapi.Access{
		Place: place, Where: s.tokens.where(), Notice: s.tokens.notice(), Asks: place == plaidapi.InFile,
	}
	if b == nil {
		return a
	}
	a.ReadOnly = b.readOnly()
	if told := b.notice(); told != "" {
		if a.Notice != "" {
			a.Notice += " "
		}
		a.Notice += told
	}
	return a
}

// Close waits for writes under way, those included that nobody else waits for, until ctx ends: then
// what was being written may be lost, and Close says so. Later writes fail with ErrClosed.
func (s *Store) Close(ctx context.Context) error {
	idle := s.writes.close()
	select {
	case <-idle: // whatever became of ctx
	default:
		select {
		case <-idle:
		case <-ctx.Done():
			return during(saving, fault(Slow))
		}
	}
	s.mu.Lock()
	b := s.book
	s.mu.Unlock()
	if b == nil {
		return nil
	}
	return b.close(ctx)
}
