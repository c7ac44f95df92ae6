package store

import (
	"context"
	"slices"
	"sync"

	"tartan/plaidapi"
)

// kept is all that is known of an Item. fetched is under Store.mu.
type kept struct {
	fetched fetched

	applying sync.Mutex // one page after the other; locked before Store.mu, never after
	history  history    // under applying
}

// fetched is what a bank said about its Item, kept for this run. Slices are replaced, never changed.
type fetched struct {
	accounts []plaidapi.Account
	cursor   string
	rows     []*plaidapi.Transaction // those of the history after the last page
}

// find gives what is known of an Item, or nil. What stands under mu is not to be read from it.
func (s *Store) find(itemID string) *kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[itemID]
}

// known copies what was fetched for an Item: nothing, if it is not linked.
func (s *Store) known(itemID string) fetched {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok := s.kept[itemID]; ok {
		return k.fetched
	}
	return fetched{}
}

// Apply stores one page of a sync and the cursor after it, all or nothing. With Replace set, rows
// of that span which the page does not bring vanish; a pending row vanishes when the posted row
// that names it comes. The store keeps c's transactions: they are not to be changed afterwards.
// Pages of one Item take turns, and nothing else waits for them. An Item that was forgotten
// meanwhile is ErrNoItem.
func (s *Store) Apply(ctx context.Context, itemID string, c plaidapi.Changes) error {
	k := s.find(itemID)
	if k == nil {
		return ErrNoItem
	}
	k.applying.Lock()
	defer k.applying.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	k.history.apply(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[itemID] != k {
		return ErrNoItem
	}
	k.fetched.rows, k.fetched.cursor = k.history.rows, c.Next
	return nil
}

// Cursor is where the next sync of an Item begins; empty before the first.
func (s *Store) Cursor(_ context.Context, itemID string) (string, error) {
	return s.known(itemID).cursor, nil
}

// SetAccounts replaces the accounts of an Item. An Item that was forgotten meanwhile is ErrNoItem.
func (s *Store) SetAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	own := slices.Clone(accounts)
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[itemID]
	if !ok {
		return ErrNoItem
	}
	k.fetched.accounts = own
	return nil
}

// Accounts are those of an Item as its bank last told them; none before it was asked.
func (s *Store) Accounts(_ context.Context, itemID string) ([]plaidapi.Account, error) {
	return slices.Clone(s.known(itemID).accounts), nil
}

// Transactions are those of an Item, newest first, not to be changed. What was handed out stays as
// it is, whatever is applied later.
func (s *Store) Transactions(_ context.Context, itemID string) ([]*plaidapi.Transaction, error) {
	return slices.Clip(s.known(itemID).rows), nil
}
