package store

import (
	"context"
	"errors"
	"slices"

	"tartan/plaidapi"
)

// held is what stands under an account: the token of an unfinished Item, or an Item's entry.
type held struct {
	linked  bool             // it is an Item's
	item    plaidapi.Item    // of a linked one
	token   plaidapi.Secret  // either's
	attempt plaidapi.Attempt // of a pending one: wire, institution, mode, time and token
}

// hold keeps the token of an unfinished Item under an account, read back. It goes into no index.
func (t *tokens) hold(ctx context.Context, account string, pending plaidapi.Secret, a plaidapi.Attempt) error {
	return t.writing(ctx, saving, func() error {
		secret, err := sealPending(account, t.options.Home, pending, a)
		if err != nil {
			return err
		}
		if err := t.guard.set(ctx, account, secret, !t.loose[account]); err != nil {
			return err
		}
		t.loose[account] = true
		return nil
	})
}

// held reads what stands under an account: ErrNotFound if nothing does.
func (t *tokens) held(ctx context.Context, account string) (held, error) {
	var h held
	err := t.using(ctx, reading, func() error {
		e, err := t.entry(ctx, account)
		if err != nil {
			return err
		}
		if !t.listed(account) {
			t.loose[account] = true
		}
		h = held{linked: e.Kind == linkedKind, token: e.secret()}
		if h.linked {
			h.item = e.item()
		} else {
			h.attempt = e.attempt()
		}
		return nil
	})
	return h, err
}

// entry reads the entry of an account. One of another server is Damaged: it does not belong there.
func (t *tokens) entry(ctx context.Context, account string) (entry, error) {
	secret, err := t.guard.get(ctx, account)
	if err != nil {
		return entry{}, err
	}
	e, err := unsealEntry(account, secret)
	if err == nil && e.Home != t.options.Home {
		err = fault(Damaged)
	}
	return e, err
}

// adopt puts an Item's entry that is in no index into it. An entry that is not there is
// ErrNotFound, one that is no Item's ErrNoItem.
func (t *tokens) adopt(ctx context.Context, account string) error {
	return t.writing(ctx, saving, func() error {
		e, err := t.entry(ctx, account)
		switch {
		case err != nil:
			return err
		case e.Kind != linkedKind:
			return ErrNoItem
		}
		if err := t.load(ctx); err != nil {
			return err
		}
		delete(t.missing, account)
		if err := t.list(ctx, func(names []string) []string { return include(names, account) }); err != nil {
			return err
		}
		delete(t.loose, account)
		t.names[e.Item] = account
		t.remember(e.item(), e.secret())
		return nil
	})
}

// release removes an entry that is in no index. One that is in it stays, and one that is gone is fine.
func (t *tokens) release(ctx context.Context, account string) error {
	return t.writing(ctx, removing, func() error {
		names, err := t.guard.index(ctx)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if slices.Contains(names, account) {
			return nil
		}
		if err := t.guard.delete(ctx, account); err != nil {
			return err
		}
		delete(t.loose, account)
		return nil
	})
}

// opens reports whether a token is that of a linked Item.
func (t *tokens) opens(ctx context.Context, token plaidapi.Secret) (bool, error) {
	if err := t.ready(ctx); err != nil {
		return false, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range t.linked {
		if l.token.Equal(token) {
			return true, nil
		}
	}
	return false, nil
}

// account is where an Item's token stands; empty for one that is not linked.
func (t *tokens) account(ctx context.Context, itemID string) (account string, err error) {
	err = t.using(ctx, removing, func() error {
		if err := t.load(ctx); err != nil {
			return err
		}
		account = t.names[itemID]
		return nil
	})
	return account, err
}
