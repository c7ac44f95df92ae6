package ledger

import (
	"context"
	"errors"
	"fmt"

	"tartan/plaidapi"
)

// before gives the Item of a Linked step as it was linked before the attempt came to it; zero for a
// new one. It is looked up once, before anything of the Item is kept: what the attempt itself keeps
// does not count.
func (l *Ledger) before(ctx context.Context, step plaidapi.Step) (access, error) {
	l.mu.Lock()
	at := l.links[step.Attempt]
	l.mu.Unlock()
	if at.looked {
		return at.before, nil
	}
	was, err := l.again(ctx, step)
	if err == nil {
		l.mark(step.Attempt, func(at *link) { at.looked, at.before = true, was })
	}
	return was, err
}

// again finds the linked Item that a Linked step has brought once more, by its ID or by its token;
// zero if there is none. A bank that was cut off may give the same token under another ID.
func (l *Ledger) again(ctx context.Context, step plaidapi.Step) (access, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return access{}, fmt.Errorf("read items: %w", err)
	}
	var found access
	for _, item := range items {
		a, err := l.open(ctx, item.ID)
		switch {
		case err == nil && a.token.Equal(step.Token):
			return a, nil
		case item.ID != step.Item.ID || errors.Is(err, ErrNoItem): // another, or unlinked meanwhile
		case err != nil && !errors.Is(err, plaidapi.ItemGone):
			return access{}, err
		default:
			found = a
		}
	}
	return found, nil
}

// spare leaves an Item linked that was so before somebody signed in once more and gave up. token is
// what came of that. The Item keeps the token that it had, unless the bank does not take that any
// more. No token of it is removed at the bank, for the Item may go with any of them.
func (l *Ledger) spare(ctx context.Context, was access, token plaidapi.Secret) error {
	now, err := l.open(ctx, was.item.ID)
	switch {
	case errors.Is(err, ErrNoItem): // unlinked meanwhile
		return nil
	case err != nil && !errors.Is(err, plaidapi.ItemGone):
		return err
	case err == nil && !now.token.Equal(was.token) && !now.token.Equal(token): // repaired meanwhile
		return nil
	}
	if !was.token.Empty() && !was.token.Equal(token) {
		switch _, err := was.bank.Accounts(ctx, was.item, was.token); {
		case err == nil:
			token = was.token
		case token.Empty() || !errors.Is(err, plaidapi.ItemGone):
			return fmt.Errorf("try the token of before: %w", err)
		}
	}
	if now.token.Equal(token) {
		return nil
	}
	if err := l.vault.Keep(ctx, "", was.item, token); err != nil {
		return fmt.Errorf("keep the token of before: %w", err)
	}
	return nil
}
