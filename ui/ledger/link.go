package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tartan/plaidapi"
)

// NotKeptError reports an Item that was linked at the bank but whose token could not be stored.
// The Step it comes with is Linked: Keep tries again, Discard unlinks.
type NotKeptError struct{ Err error }

func (e *NotKeptError) Error() string { return "keep token: " + e.Err.Error() }
func (e *NotKeptError) Unwrap() error { return e.Err }

// Begin opens a link attempt. The vault is probed first: where a token cannot be kept, no bank is
// asked (security.md 19a). For Update and Upgrade the ledger adds the Item's token itself.
func (l *Ledger) Begin(ctx context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	ctx, cancel := context.WithTimeout(ctx, linkTime)
	defer cancel()
	if err := l.vault.Probe(ctx); err != nil {
		return plaidapi.Step{}, fmt.Errorf("probe vault: %w", err)
	}
	if req.Mode != plaidapi.Add {
		a, err := l.open(ctx, req.ItemID)
		if err != nil {
			return plaidapi.Step{}, err
		}
		req.Token = a.token
		if len(req.Institution.Fields) == 0 {
			req.Institution = a.item.Institution
		}
	}
	bank, err := l.bank(req.Institution.Wire)
	if err != nil {
		return plaidapi.Step{}, err
	}
	return bank.Begin(ctx, req)
}

// mostRounds is how many challenges one attempt may have (security.md 12): a bank that asks on and
// on is not answered for ever.
const mostRounds = 10

// Answer sends the answers to a challenge, once, and gives the next Step. A token is stored before
// Answer returns; a Linked Step together with a NotKeptError means: linked, not saved.
//
// Cancelling ctx stops the waiting, not the call: a request that is under way may still make an
// Item at the bank. If it does, that Item is removed there again, and Close waits for that.
func (l *Ledger) Answer(ctx context.Context, step plaidapi.Step, answers []plaidapi.Secret) (plaidapi.Step, error) {
	bank, err := l.bank(step.Request.Institution.Wire)
	if err != nil {
		return plaidapi.Step{}, err
	}
	if step.Round >= mostRounds {
		return plaidapi.Step{}, &plaidapi.Error{Problem: plaidapi.AttemptOver, Op: "answer", Err: errors.New("too many questions")}
	}
	type result struct {
		step plaidapi.Step
		err  error
	}
	came := make(chan result)
	l.cleanup.Add(1)
	go func() {
		defer l.cleanup.Done()
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), linkTime)
		defer cancel()
		next, err := bank.Answer(call, step, answers)
		select {
		case came <- result{next, err}:
		case <-ctx.Done():
			l.abandon(call, bank, next)
		}
	}()
	select {
	case r := <-came:
		r.step.Round = step.Round + 1
		if r.err != nil || r.step.Challenge.Kind != plaidapi.Linked {
			return r.step, r.err
		}
		return r.step, l.Keep(ctx, r.step)
	case <-ctx.Done():
		return plaidapi.Step{}, ctx.Err()
	}
}

// abandon tidies up after a link attempt that nobody waits for any more. A repaired Item is kept:
// the person wanted it; a new one is removed at the bank.
func (l *Ledger) abandon(ctx context.Context, bank Bank, step plaidapi.Step) {
	if step.Challenge.Kind != plaidapi.Linked {
		return
	}
	if step.Request.Mode == plaidapi.Add {
		_ = bank.Unlink(ctx, step.Item, step.Token)
		return
	}
	_ = l.Keep(ctx, step)
}

// Keep stores the token of a Linked step. It cannot be cancelled: a token is kept or reported.
func (l *Ledger) Keep(ctx context.Context, step plaidapi.Step) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTime)
	defer cancel()
	item, err := l.merged(ctx, step.Item)
	if err == nil {
		err = l.vault.Keep(ctx, item, step.Token)
	}
	if err != nil {
		return &NotKeptError{err}
	}
	l.note(item.ID, func(s *state) { s.err = nil })
	return nil
}

// merged is an Item as it is to be kept: a repair or an upgrade knows only one product of it, and
// not when it was linked.
func (l *Ledger) merged(ctx context.Context, item plaidapi.Item) (plaidapi.Item, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return plaidapi.Item{}, err
	}
	item.LinkedAt = l.now()
	for _, known := range items {
		if known.ID != item.ID {
			continue
		}
		item.LinkedAt = known.LinkedAt
		for _, p := range known.Products {
			if !slices.Contains(item.Products, p) {
				item.Products = append(slices.Clone(item.Products), p)
			}
		}
	}
	return item, nil
}

// Discard removes at the bank a Linked step whose token could not be kept.
func (l *Ledger) Discard(ctx context.Context, step plaidapi.Step) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), linkTime)
	defer cancel()
	bank, err := l.bank(step.Item.Wire)
	if err != nil {
		return err
	}
	return gone(bank.Unlink(ctx, step.Item, step.Token))
}

// Unlink removes an Item at its bank, then here. Each half can be repeated: an Item that the bank
// no longer knows counts as removed. When the bank cannot be reached, nothing is forgotten.
func (l *Ledger) Unlink(ctx context.Context, itemID string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), linkTime)
	defer cancel()
	a, err := l.open(ctx, itemID)
	if err != nil {
		return err
	}
	if err := gone(a.bank.Unlink(ctx, a.item, a.token)); err != nil {
		return fmt.Errorf("unlink at the bank: %w", err)
	}
	if err := l.vault.Forget(ctx, itemID); err != nil {
		return fmt.Errorf("forget token: %w", err)
	}
	l.mu.Lock()
	delete(l.state, itemID)
	l.mu.Unlock()
	return nil
}

// gone takes an Item that the bank does not know any more as removed.
func gone(err error) error {
	if errors.Is(err, plaidapi.ItemGone) {
		return nil
	}
	return err
}
