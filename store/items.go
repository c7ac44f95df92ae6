package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"tartan/plaidapi"
)

// Items lists what is linked on this server, in the order of linking. It waits for the place of
// tokens only where nothing is saved yet: what is saved is shown first.
func (s *Store) Items(ctx context.Context) ([]plaidapi.Item, error) {
	b, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	if items := b.items(); len(items) > 0 {
		return items, nil
	}
	return s.tokens.items(ctx)
}

// Token is what opens an Item, or ErrNoItem. That of an Item which is saved, but whose token is not
// where it was kept, is plaidapi.ItemGone.
func (s *Store) Token(ctx context.Context, itemID string) (plaidapi.Secret, error) {
	b, err := s.opened(ctx)
	if err != nil {
		return plaidapi.Secret{}, err
	}
	token, err := s.tokens.token(ctx, itemID)
	if errors.Is(err, ErrNoItem) && b.has(itemID) {
		err = &Error{Fault: Missing, deed: reading}
	}
	return token, err
}

// Forget removes an Item here: all that is saved of it, its token, and then the journal's entry of
// it, if there still is one. As long as the token is kept the Item is listed, at the latest after
// the next start, so that Forget can be repeated. An unknown Item is no error.
func (s *Store) Forget(ctx context.Context, itemID string) error {
	return s.linking(ctx, removing, func(b *book) error {
		account, err := s.tokens.account(ctx, itemID)
		if err != nil {
			return err
		}
		if err := b.forget(ctx, itemID); err != nil {
			return err
		}
		if err := s.tokens.forget(ctx, itemID); err != nil {
			_ = s.learn(ctx, b)
			return err
		}
		if account != "" && s.o.Dir != "" {
			_ = s.journal.remove(account) // one that stays is told at the next start
		}
		return nil
	})
}

// Saved is what is known of an Item besides its transactions: nothing, if it is not linked.
func (s *Store) Saved(ctx context.Context, itemID string) (plaidapi.Saved, error) {
	b, err := s.opened(ctx)
	if err != nil {
		return plaidapi.Saved{}, err
	}
	return b.saved(itemID), nil
}

// SetAccounts stores the accounts of an Item and when they were read. An Item that was forgotten
// meanwhile is ErrNoItem.
func (s *Store) SetAccounts(ctx context.Context, itemID string, accounts []plaidapi.Account, at time.Time) error {
	return s.writing(ctx, saving, func(b *book) error {
		if err := s.enter(ctx, b, itemID); err != nil {
			return err
		}
		return b.fronted(ctx, b.setAccounts(ctx, itemID, accounts, at))
	})
}

// Apply stores one page of a sync and the cursor after it, all or nothing. An Item that was
// forgotten meanwhile is ErrNoItem.
func (s *Store) Apply(ctx context.Context, page plaidapi.Page) error {
	return s.writing(ctx, saving, func(b *book) error {
		if err := s.enter(ctx, b, page.ItemID); err != nil {
			return err
		}
		return b.apply(ctx, page)
	})
}

// enter makes sure that the book knows an Item that is linked.
func (s *Store) enter(ctx context.Context, b *book, itemID string) error {
	if b.has(itemID) {
		return nil
	}
	items, err := s.tokens.items(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(items, func(item plaidapi.Item) bool { return item.ID == itemID }); i >= 0 {
		return b.setItem(ctx, items[i])
	}
	return ErrNoItem
}

// Replay hands over every page that was stored of Items that are linked, in order.
func (s *Store) Replay(ctx context.Context, yield func(plaidapi.Page) error) error {
	b, err := s.opened(ctx)
	if err != nil {
		return err
	}
	return b.replay(ctx, yield)
}

// Rewrite makes these pages all that is stored of transactions. What was stored before stays as it
// was until the new is whole.
func (s *Store) Rewrite(ctx context.Context, pages func(yield func(plaidapi.Page) error) error) error {
	return s.writing(ctx, saving, func(b *book) error { return b.rewrite(ctx, pages) })
}

// Newest gives what Front has stored, or nil when something was stored after it.
func (s *Store) Newest(ctx context.Context) (*plaidapi.Batch, error) {
	b, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	return b.newest(), nil
}

// Front stores the newest transactions where the next start finds them first.
func (s *Store) Front(ctx context.Context, newest *plaidapi.Batch) error {
	return s.writing(ctx, saving, func(b *book) error { return b.setFront(ctx, newest) })
}

// Mark stores what the person wrote, all or nothing.
func (s *Store) Mark(ctx context.Context, marks ...plaidapi.Mark) error {
	return s.writing(ctx, saving, func(b *book) error { return b.fronted(ctx, b.mark(ctx, marks...)) })
}

// Marks are the last of each subject and field.
func (s *Store) Marks(ctx context.Context) ([]plaidapi.Mark, error) {
	b, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	return b.marks(), nil
}

// Keys are the API keys, or plaidapi.ErrNoKeys.
func (s *Store) Keys(ctx context.Context) (plaidapi.Keys, error) {
	if _, err := s.opened(ctx); err != nil {
		return plaidapi.Keys{}, err
	}
	return s.tokens.keys(ctx)
}

// SetKeys keeps API keys.
func (s *Store) SetKeys(ctx context.Context, keys plaidapi.Keys) error {
	return s.writing(ctx, setting, func(*book) error { return s.tokens.setKeys(ctx, keys) })
}

// writing is for work that Close must not cut off.
func (s *Store) writing(ctx context.Context, d deed, work func(*book) error) error {
	if !s.writes.open() {
		return ErrClosed
	}
	defer s.writes.end()
	b, err := s.opened(ctx)
	if err != nil {
		return during(d, err)
	}
	return work(b)
}
