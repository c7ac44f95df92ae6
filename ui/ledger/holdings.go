package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tartan/plaidapi"
)

// Holding is one Item with what is known of it: what a home screen shows. Where the person has given
// the bank or an account a name, it is called by that: the Institution's Name is the person's, and
// an account whose Name is has the bank's in OfficialName.
type Holding struct {
	Item     plaidapi.Item
	Bank     string // the bank's name for itself
	Accounts []plaidapi.Account
	Out      map[string]bool // by account ID: left out of totals
	Read     time.Time       // when their balances were read; zero before the first time
	Rows     int             // transactions known
	Oldest   plaidapi.Date   // of them
	Fetched  bool            // accounts have been read in this run
	Partial  bool            // a sync was left before its end, and goes on from there
	Waiting  bool            // its bank is still being asked for its past: no rows do not mean that there are none
	Synced   time.Time       // when the last whole sync began; zero before the first
	Updated  time.Time       // when the bank was last asked, as far as its wire says
	Err      error           // why the last call for it failed, or else what is wrong with it: LoginRequired

	// InUse are the products that Plaid counts already: to read them costs nothing more, on any plan.
	// Empty before the bank's wire was asked in this run, or where it does not tell.
	InUse []plaidapi.Product

	// ConsentUntil is when the person has to sign in again; zero when they need not, or nobody knows.
	ConsentUntil time.Time
}

// Holdings lists what is linked, in the order of linking, from what is saved: no bank is asked.
func (l *Ledger) Holdings(ctx context.Context) ([]Holding, error) {
	notes, err := l.Notes(ctx)
	if err != nil {
		return nil, err
	}
	return l.holdings(ctx, notes)
}

// holdings is Holdings with these Notes.
func (l *Ledger) holdings(ctx context.Context, notes Notes) ([]Holding, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	slices.SortStableFunc(items, func(a, b plaidapi.Item) int { return a.LinkedAt.Compare(b.LinkedAt) })
	all := make([]Holding, 0, len(items))
	for _, item := range items {
		saved, err := l.vault.Saved(ctx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read what is saved: %w", err)
		}
		s, bank := l.known(item.ID), item.Institution.Name
		item.Institution.Name = cmp.Or(notes.Items[item.ID], bank)
		all = append(all, Holding{
			Item: item, Bank: bank, Accounts: saved.Accounts, Out: notes.name(item.ID, saved.Accounts), Read: saved.Read, Rows: saved.Rows, Oldest: saved.Oldest,
			Fetched: s.fetched, Partial: saved.Partial, Synced: saved.Synced, Err: s.trouble(),
			Waiting: s.pass.waiting, Updated: s.updated, ConsentUntil: item.ConsentUntil, InUse: s.inUse,
		})
	}
	return all, nil
}

// Refresh reads the accounts and balances of one Item from its bank and stores them. It gives them
// as Holdings does.
func (l *Ledger) Refresh(ctx context.Context, itemID string) ([]plaidapi.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	a, err := l.open(ctx, itemID)
	if err != nil {
		return nil, err
	}
	before := l.known(itemID)
	accounts, err := l.accounts(ctx, a, a.bank.Accounts)
	if err != nil {
		return nil, l.failed(ctx, a, fmt.Errorf("read accounts: %w", err))
	}
	if !before.fetched || before.ill != nil {
		l.examine(ctx, a)
	}
	return accounts, nil
}

// accounts reads the accounts of an Item in one of the ways there are, and stores them.
func (l *Ledger) accounts(ctx context.Context, a access, read func(context.Context, plaidapi.Item, plaidapi.Secret) ([]plaidapi.Account, error)) ([]plaidapi.Account, error) {
	itemID, at := a.item.ID, l.now()
	accounts, err := read(ctx, a.item, a.token)
	if err == nil {
		err = l.vault.SetAccounts(ctx, itemID, accounts, at)
	}
	if err != nil {
		return nil, err
	}
	l.note(itemID, func(s *state) { s.fetched, s.err = true, nil })
	l.learn(ctx)
	notes, err := l.Notes(ctx)
	if err != nil {
		return nil, err
	}
	notes.name(itemID, accounts)
	return accounts, nil
}

// trouble is what is wrong with an Item: that a person has to sign in says more than that a call failed.
func (s state) trouble() error {
	if s.err == nil || errors.Is(s.ill, plaidapi.LoginRequired) {
		return cmp.Or(s.ill, s.err)
	}
	return s.err
}

// known copies what the ledger knows of an Item.
func (l *Ledger) known(itemID string) state {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.state[itemID]; s != nil {
		return *s
	}
	return state{}
}

// note changes what the ledger knows of an Item.
func (l *Ledger) note(itemID string, change func(*state)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.state[itemID]
	if s == nil {
		s = &state{}
		l.state[itemID] = s
	}
	change(s)
}

// failed remembers why a call for an Item failed, unless it was the person who ended it.
func (l *Ledger) failed(ctx context.Context, a access, err error) error {
	if ctx.Err() != context.Canceled {
		l.note(a.item.ID, func(s *state) { s.err = err })
		if !errors.Is(err, plaidapi.Offline) {
			l.examine(context.WithoutCancel(ctx), a)
		}
	}
	return err
}

// turn waits until nobody else changes what is known of an Item.
func (l *Ledger) turn(ctx context.Context, itemID string) (done func(), err error) {
	l.mu.Lock()
	turn := l.turns[itemID]
	if turn == nil {
		turn = make(chan struct{}, 1)
		l.turns[itemID] = turn
	}
	l.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
