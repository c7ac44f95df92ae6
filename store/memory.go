package store

import (
	"context"
	"slices"

	"tartan/plaidapi"
)

// fetched is what banks said about one Item, kept for this run.
type fetched struct {
	accounts []plaidapi.Account
	cursor   string
	history  history
}

// change lets work change what is known of an Item, if that is still linked.
func (s *Store) change(ctx context.Context, itemID string, work func(*fetched)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[itemID]
	if !ok {
		return ErrNoItem
	}
	work(&k.fetched)
	return nil
}

// known copies what is known of an Item: nothing, if it is not linked.
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
// An Item that was forgotten meanwhile is ErrNoItem.
func (s *Store) Apply(ctx context.Context, itemID string, c plaidapi.Changes) error {
	return s.change(ctx, itemID, func(f *fetched) {
		f.history.apply(c)
		f.cursor = c.Next
	})
}

// Cursor is where the next sync of an Item begins; empty before the first.
func (s *Store) Cursor(_ context.Context, itemID string) (string, error) {
	return s.known(itemID).cursor, nil
}

// SetAccounts replaces the accounts of an Item. An Item that was forgotten meanwhile is ErrNoItem.
func (s *Store) SetAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account) error {
	return s.change(ctx, itemID, func(f *fetched) { f.accounts = slices.Clone(accounts) })
}

// Accounts are those of an Item as its bank last told them; none before it was asked.
func (s *Store) Accounts(_ context.Context, itemID string) ([]plaidapi.Account, error) {
	return slices.Clone(s.known(itemID).accounts), nil
}

// Transactions are those of an Item, newest first, not to be changed. What was handed out stays as
// it is, whatever is applied later.
func (s *Store) Transactions(_ context.Context, itemID string) ([]*plaidapi.Transaction, error) {
	return slices.Clip(s.known(itemID).history.rows), nil
}
