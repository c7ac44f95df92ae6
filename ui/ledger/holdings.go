package ledger

import (
	"cmp"
	"context"
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
	Synced   time.Time       // when the last whole sync began; zero before the first
	Err      error           // why the last call for it failed
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
			Fetched: s.fetched, Partial: saved.Partial, Synced: saved.Synced, Err: s.err,
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
	at := l.now()
	accounts, err := a.bank.Accounts(ctx, a.item, a.token)
	if err == nil {
		err = l.vault.SetAccounts(ctx, itemID, accounts, at)
	}
	if err != nil {
		return nil, l.failed(ctx, itemID, fmt.Errorf("read accounts: %w", err))
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
func (l *Ledger) failed(ctx context.Context, itemID string, err error) error {
	if ctx.Err() != context.Canceled {
		l.note(itemID, func(s *state) { s.err = err })
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
