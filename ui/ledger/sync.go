package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tartan/plaidapi"
)

// Holding is one Item with what is known of it: what a home screen shows.
type Holding struct {
	Item     plaidapi.Item
	Accounts []plaidapi.Account
	Rows     int           // transactions known
	Oldest   plaidapi.Date // of them
	Fetched  bool          // accounts have been read in this run
	Partial  bool          // a sync was left before its end, and goes on from there
	Synced   time.Time     // when the last sync came to its end; zero before the first
	Err      error         // why the last call for it failed
}

// Holdings lists what is linked, in the order of linking, from what is saved: no bank is asked.
func (l *Ledger) Holdings(ctx context.Context) ([]Holding, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	slices.SortStableFunc(items, func(a, b plaidapi.Item) int { return a.LinkedAt.Compare(b.LinkedAt) })
	all := make([]Holding, 0, len(items))
	for _, item := range items {
		accounts, err := l.vault.Accounts(ctx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read accounts: %w", err)
		}
		cursor, err := l.vault.Cursor(ctx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read cursor: %w", err)
		}
		s := l.known(item.ID)
		all = append(all, Holding{
			Item: item, Accounts: accounts, Rows: s.rows, Oldest: s.oldest,
			Fetched: s.fetched, Partial: cursor != "", Synced: s.synced, Err: s.err,
		})
	}
	return all, nil
}

// Refresh reads the accounts and balances of one Item from its bank and stores them.
func (l *Ledger) Refresh(ctx context.Context, itemID string) ([]plaidapi.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	a, err := l.open(ctx, itemID)
	if err != nil {
		return nil, err
	}
	accounts, err := a.bank.Accounts(ctx, a.item, a.token)
	if err == nil {
		err = l.vault.SetAccounts(ctx, itemID, accounts)
	}
	if err != nil {
		return nil, l.failed(ctx, itemID, fmt.Errorf("read accounts: %w", err))
	}
	l.note(itemID, func(s *state) { s.fetched, s.err = true, nil })
	return accounts, nil
}

// Progress is how far the sync of one Item has come.
type Progress struct {
	Rows   int           // transactions known so far
	Oldest plaidapi.Date // of them
	Done   bool          // nothing more to fetch now
	run    int           // which sync of the Item this was
}

// SyncPage fetches and stores one page of an Item's transactions. Call it with the zero Progress,
// then with what it returned, until Done. Each page is stored whole before it returns, so a sync
// may be left after any of them: the next one goes on from there. Callers for one Item take turns
// at the same sync and are all Done when it is.
func (l *Ledger) SyncPage(ctx context.Context, itemID string, last Progress) (Progress, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	done, err := l.turn(ctx, itemID)
	if err != nil {
		return Progress{}, err
	}
	defer done()
	a, err := l.open(ctx, itemID)
	if err != nil {
		return Progress{}, err
	}
	if s := l.known(itemID); last.run != 0 && (last.run != s.run || s.ended) {
		return Progress{Rows: s.rows, Oldest: s.oldest, Done: true, run: s.run}, nil
	}
	changes, err := l.page(ctx, a)
	if err != nil {
		return Progress{}, l.failed(ctx, itemID, fmt.Errorf("sync: %w", err))
	}
	return l.progress(ctx, itemID, !changes.More)
}

// progress takes stock after a page.
func (l *Ledger) progress(ctx context.Context, itemID string, done bool) (Progress, error) {
	rows, err := l.vault.Transactions(ctx, itemID)
	if err != nil {
		return Progress{}, fmt.Errorf("read transactions: %w", err)
	}
	p := Progress{Rows: len(rows), Done: done}
	if len(rows) > 0 {
		p.Oldest = rows[len(rows)-1].Date
	}
	l.note(itemID, func(s *state) {
		p.run = s.run
		s.rows, s.oldest, s.err, s.ended = p.Rows, p.Oldest, nil, done
		if done {
			s.synced = s.began
		}
	})
	return p, nil
}

// page carries one page from bank to vault.
func (l *Ledger) page(ctx context.Context, a access) (plaidapi.Changes, error) {
	cursor, err := l.vault.Cursor(ctx, a.item.ID)
	if err != nil {
		return plaidapi.Changes{}, err
	}
	began := l.now()
	changes, err := a.bank.Sync(ctx, a.item, a.token, cursor)
	if errors.Is(err, plaidapi.Unsupported) && !slices.Contains(a.item.Products, plaidapi.Connect) {
		changes, err = plaidapi.Changes{}, nil // linked for its numbers or names: there are no rows to read
	}
	if err == nil {
		err = l.vault.Apply(ctx, a.item.ID, changes)
	}
	if err != nil {
		return plaidapi.Changes{}, err
	}
	l.note(a.item.ID, func(s *state) {
		if cursor == "" || s.run == 0 {
			s.run, s.began = s.run+1, began
		}
	})
	return changes, nil
}

// Transactions are all that is known, of all Items, newest first; for equal days pending first.
// They are not to be changed.
func (l *Ledger) Transactions(ctx context.Context) ([]*plaidapi.Transaction, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	var all []*plaidapi.Transaction
	for _, item := range items {
		some, err := l.vault.Transactions(ctx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read transactions: %w", err)
		}
		if all == nil {
			all = some
			continue
		}
		all = merge(all, some)
	}
	return all, nil
}

// Latest are the newest n transactions of all Items.
func (l *Ledger) Latest(ctx context.Context, n int) ([]*plaidapi.Transaction, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	var newest []*plaidapi.Transaction
	for _, item := range items {
		some, err := l.vault.Transactions(ctx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read transactions: %w", err)
		}
		newest = merge(newest, some[:min(n, len(some))])
	}
	return newest[:min(n, len(newest))], nil
}

// merge joins two lists that are newest first into a new one.
func merge(a, b []*plaidapi.Transaction) []*plaidapi.Transaction {
	out := make([]*plaidapi.Transaction, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if b[0].Compare(a[0]) < 0 {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
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
