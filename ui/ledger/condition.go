package ledger

import (
	"context"
	"fmt"

	"tartan/plaidapi"
)

// Examiner is a Bank that tells, for free, how an Item fares.
type Examiner interface {
	Condition(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) (plaidapi.Condition, error)
}

// examine asks how an Item fares, where its wire tells, and remembers that: once a run, and after each
// failure. A wire that does not answer has told nothing. The caller has not the Item's turn.
func (l *Ledger) examine(ctx context.Context, a access) {
	wire, is := a.bank.(Examiner)
	if !is {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, err := wire.Condition(ctx, a.item, a.token)
	if err != nil {
		return
	}
	l.note(a.item.ID, func(s *state) { s.ill, s.updated, s.inUse = c.Err, c.Updated, c.InUse })
	if !c.ConsentUntil.Equal(a.item.ConsentUntil) {
		_ = l.consented(ctx, a, c) // the next start asks again
	}
}

// consented keeps until when the person has consented. Nothing else of the Item changes, whatever
// became of it meanwhile.
func (l *Ledger) consented(ctx context.Context, was access, c plaidapi.Condition) error {
	done, err := l.turn(ctx, was.item.ID)
	if err != nil {
		return err
	}
	defer done()
	now, err := l.open(ctx, was.item.ID)
	if err != nil {
		return err
	}
	if now.item.ConsentUntil = c.ConsentUntil; !now.token.Equal(was.token) {
		return nil
	}
	if err := l.vault.Keep(ctx, "", now.item, now.token); err != nil {
		return fmt.Errorf("keep item: %w", err)
	}
	return nil
}
