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
	"tartan/ui/query"
)

// Bank is all the ledger asks of one wire.
type Bank interface {
	Linker
	Reader
}

// Linker finds institutions and carries link attempts forward. Begin, Answer and Unlink are sent
// once: a bank locks accounts, and a code works once. To add an Item, Begin makes none yet. Beside
// an error the Step is the one that was given, but for a Pending that came with the error: the
// token of an Item that was begun and cannot be finished. Of a Granted step it is Browser where the
// error came before the Item was asked for. To answer Browser or Granted again is safe, and gives the
// same Item. Unlink removes unfinished Items, too.
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

// Vault remembers Items, their tokens, what was fetched for them and what the person wrote.
type Vault interface {
	// Open makes the vault ready. It fails with plaidapi.ErrPassphrase, ErrNoPlace or ErrLocked where
	// the person must do something first.
	Open(ctx context.Context) error
	// Unlock opens it after ErrPassphrase or ErrLocked; plaidapi.ErrWrongPassphrase.
	Unlock(ctx context.Context, passphrase plaidapi.Secret) error
	// Lock forgets what is held in memory. Every call is ErrLocked until Unlock.
	Lock()
	// Choose moves what is kept to another place.
	Choose(ctx context.Context, place plaidapi.AccessPlace, passphrase plaidapi.Secret) error
	Access() plaidapi.Access
	Keys(ctx context.Context) (plaidapi.Keys, error) // plaidapi.ErrNoKeys before they were set
	SetKeys(ctx context.Context, keys plaidapi.Keys) error

	// Probe reports whether a token could be kept now. It is asked before any bank is.
	Probe(ctx context.Context) error
	// Begin notes durably that a bank is about to be asked for an Item, and names the attempt.
	Begin(ctx context.Context, a plaidapi.Attempt) (attempt string, err error)
	// Grant notes durably that the Item of an attempt is about to be asked for: the person is done on
	// the page of a bank, this one. It fails where a token could not be kept.
	Grant(ctx context.Context, attempt string, at plaidapi.Institution) error
	// Hold keeps the token of an Item that is not finished.
	Hold(ctx context.Context, attempt string, pending plaidapi.Secret) error
	// Keep stores an Item and its token, and ends the attempt, if it names one.
	Keep(ctx context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error
	// Settle ends an attempt that leaves nothing at the bank.
	Settle(ctx context.Context, attempt string) error
	// Attempts are those that are open, after what can be settled here is.
	Attempts(ctx context.Context) ([]plaidapi.Attempt, error)

	Items(ctx context.Context) ([]plaidapi.Item, error)
	Token(ctx context.Context, itemID string) (plaidapi.Secret, error)
	// Forget removes an Item with all that is known and written about it.
	Forget(ctx context.Context, itemID string) error

	// Saved is what is known of an Item besides its transactions.
	Saved(ctx context.Context, itemID string) (plaidapi.Saved, error)
	SetAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account, at time.Time) error
	// Apply stores one page of a sync and the cursor after it, all or nothing.
	Apply(ctx context.Context, page plaidapi.Page) error
	// Replay hands over every page that was stored, in order.
	Replay(ctx context.Context, yield func(plaidapi.Page) error) error
	// Rewrite makes these pages all that is stored of transactions.
	Rewrite(ctx context.Context, pages func(yield func(plaidapi.Page) error) error) error
	// Front stores the newest transactions where the next start finds them first, and Newest finds
	// them: nil when something was stored after them.
	Front(ctx context.Context, newest *plaidapi.Batch) error
	Newest(ctx context.Context) (*plaidapi.Batch, error)

	// Mark stores what the person wrote, all or nothing, and Marks gives the last one of each subject
	// and field that is not empty.
	Mark(ctx context.Context, marks ...plaidapi.Mark) error
	Marks(ctx context.Context) ([]plaidapi.Mark, error)
}

// How long one call may take. Links wait for people's banks, a first sync and what a bank is asked for
// now as well; other reads only for a server.
const (
	linkTime = 120 * time.Second
	slowTime = 120 * time.Second
	readTime = 60 * time.Second
)

// Ledger is safe for concurrent use.
type Ledger struct {
	vault Vault
	banks map[plaidapi.Wire]Bank
	now   func() time.Time
	store chan struct{} // holds one token while transactions are read, stored or rewritten, or something is written about them
	facts sync.Mutex    // held while the index learns them, so that the newest stay

	mu       sync.Mutex
	index    *query.Index             // of all transactions; nil until they have been read
	waste    waste                    // under store as well
	state    map[string]*state        // by Item ID
	turns    map[string]chan struct{} // by Item ID: who holds its one token may change what is known
	links    map[string]link          // by attempt: those of this run
	listed   map[plaidapi.Wire][]plaidapi.Institution
	calls    int            // that Close waits for, counted to tell them apart
	underWay map[int]string // of those, the ones that have not ended: their banks
	sweep    *time.Timer    // gives back memory that is not needed any more
	closed   bool
	idle     chan struct{} // closed once closed and nothing is under way
}

// state is what the ledger knows of an Item beyond what the vault keeps.
type state struct {
	pass    pass  // the sync that is or was last under way
	fetched bool  // accounts have been read in this run
	err     error // why the last call for it failed; nil once one succeeds
	ill     error // what its wire said was wrong with it when asked last
	updated time.Time
	inUse   []plaidapi.Product // not to be changed in place: who knows the state shares it

	investments Told[plaidapi.Holding]
	liabilities Told[plaidapi.Liability]
}

// New makes a Ledger over a vault and one Bank a wire. now is the clock.
func New(vault Vault, banks map[plaidapi.Wire]Bank, now func() time.Time) *Ledger {
	return &Ledger{
		vault: vault, banks: banks, now: now, store: make(chan struct{}, 1),
		state: map[string]*state{}, turns: map[string]chan struct{}{},
		links: map[string]link{}, listed: map[plaidapi.Wire][]plaidapi.Institution{}, underWay: map[int]string{}, idle: make(chan struct{}),
	}
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

// open finds an Item, its token and its bank. Where its token is gone it fails with
// plaidapi.ItemGone, and gives the rest.
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
			return access{item: item, bank: bank}, fmt.Errorf("read token: %w", err)
		}
		return access{item, token, bank}, nil
	}
	return access{}, ErrNoItem
}
