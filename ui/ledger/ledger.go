// Package ledger is what any front end may ask of tartan: find a bank, link it, fetch what it
// holds, forget it. It owns the interfaces to the two worlds behind it, banks and vault, and
// knows neither terminals nor wires.
//
// A call either returns what was asked or an error; nothing is reported in between. Long work is
// cut into calls that a screen can show between: Answer once a challenge, SyncPage once a page.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"tartan/plaidapi"
)

// Bank is all the ledger asks of one wire.
type Bank interface {
	Linker
	Reader
}

// Linker finds institutions and carries link attempts forward. Begin, Answer and Unlink are sent
// once: a bank locks accounts, and a code works once.
type Linker interface {
	// Institutions lists the directory for an empty query, else the banks that match, best first.
	Institutions(ctx context.Context, query string) ([]plaidapi.Institution, error)
	Begin(ctx context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error)
	Answer(ctx context.Context, step plaidapi.Step, answers []plaidapi.Secret) (plaidapi.Step, error)
	Unlink(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error
}

// Reader fetches what a linked Item holds.
type Reader interface {
	Accounts(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error)
	Numbers(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Numbers, error)
	// Sync fetches one page of what is new since cursor; an empty cursor starts over.
	Sync(ctx context.Context, item plaidapi.Item, token plaidapi.Secret, cursor string) (plaidapi.Changes, error)
}

// Vault remembers Items, their tokens, and what was fetched for them.
type Vault interface {
	// Probe reports whether a token could be kept now. It is asked before any bank is.
	Probe(ctx context.Context) error
	// Where names the place that tokens are kept in, for people: "GNOME Keyring".
	Where() string

	Items(ctx context.Context) ([]plaidapi.Item, error)
	Keep(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error
	Token(ctx context.Context, itemID string) (plaidapi.Secret, error)
	Forget(ctx context.Context, itemID string) error

	// Apply stores one page of a sync, all or nothing, and the cursor after it.
	Apply(ctx context.Context, itemID string, c plaidapi.Changes) error
	Cursor(ctx context.Context, itemID string) (string, error)
	SetAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account) error
	Accounts(ctx context.Context, itemID string) ([]plaidapi.Account, error)
	// Transactions are those of one Item, newest first, not to be changed.
	Transactions(ctx context.Context, itemID string) ([]*plaidapi.Transaction, error)
}

// How long one call may take. Links wait for people's banks; reads only for a server.
const (
	linkTime = 120 * time.Second
	readTime = 60 * time.Second
)

// Ledger is safe for concurrent use.
type Ledger struct {
	vault Vault
	banks map[plaidapi.Wire]Bank
	now   func() time.Time

	mu       sync.Mutex
	state    map[string]*state        // by Item ID
	turns    map[string]chan struct{} // by Item ID: who holds its one token may change what is known
	unkept   map[string]plaidapi.Step // by Item ID: linked, but the token could not be stored
	calls    int                      // that Close waits for, counted to tell them apart
	underWay map[int]string           // of those, the ones that have not ended: their banks
	closed   bool
	idle     chan struct{} // closed once closed and nothing is under way
}

// state is what the ledger knows of an Item beyond what the vault keeps.
type state struct {
	run     int       // number of the sync that is or was last under way
	began   time.Time // when that one asked for its first page
	ended   bool      // it came to its end
	synced  time.Time // when the last one to come to its end began
	rows    int
	oldest  plaidapi.Date
	fetched bool  // accounts have been read in this run
	err     error // why the last call for it failed; nil once one succeeds
}

// New makes a Ledger over a vault and one Bank a wire. now is the clock.
func New(vault Vault, banks map[plaidapi.Wire]Bank, now func() time.Time) *Ledger {
	return &Ledger{
		vault: vault, banks: banks, now: now, state: map[string]*state{}, turns: map[string]chan struct{}{},
		unkept: map[string]plaidapi.Step{}, underWay: map[int]string{}, idle: make(chan struct{}),
	}
}

// Where names the place that tokens are kept in.
func (l *Ledger) Where() string { return l.vault.Where() }

// Institutions lists the banks that can be linked, or those that match query, of all wires.
func (l *Ledger) Institutions(ctx context.Context, query string) ([]plaidapi.Institution, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	var all []plaidapi.Institution
	for _, wire := range []plaidapi.Wire{plaidapi.Legacy, plaidapi.Modern} {
		bank, ok := l.banks[wire]
		if !ok {
			continue
		}
		some, err := bank.Institutions(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("list banks: %w", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// bank picks the Bank for a wire.
func (l *Ledger) bank(wire plaidapi.Wire) (Bank, error) {
	if b, ok := l.banks[wire]; ok {
		return b, nil
	}
	return nil, &plaidapi.Error{Problem: plaidapi.Unsupported, Op: "pick wire " + string(wire)}
}

// access is what a call for one Item needs.
type access struct {
	item  plaidapi.Item
	token plaidapi.Secret
	bank  Bank
}

// ErrNoItem reports an Item that is not, or no longer, linked.
var ErrNoItem = errors.New("ledger: no such item")

// open finds an Item, its token and its bank.
func (l *Ledger) open(ctx context.Context, itemID string) (access, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return access{}, fmt.Errorf("read items: %w", err)
	}
	for _, item := range items {
		if item.ID != itemID {
			continue
		}
		bank, err := l.bank(item.Wire)
		if err != nil {
			return access{}, err
		}
		token, err := l.vault.Token(ctx, itemID)
		if err != nil {
			return access{}, fmt.Errorf("read token: %w", err)
		}
		return access{item, token, bank}, nil
	}
	return access{}, ErrNoItem
}
