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
// asked (security.md 19a). For Update and Upgrade the ledger adds the Item's token itself. An
// Upgrade that asks nothing is Linked at once, and kept as in Answer.
func (l *Ledger) Begin(ctx context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	probing, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if err := l.vault.Probe(probing); err != nil {
		return plaidapi.Step{}, fmt.Errorf("probe vault: %w", err)
	}
	if req.Mode != plaidapi.Add {
		a, err := l.open(probing, req.ItemID)
		if err != nil {
			return plaidapi.Step{}, err
		}
		req.Token = a.token
		req.Institution.Name = a.item.Institution.Name // not the person's own name for it, which screens show
		if len(req.Institution.Fields) == 0 {
			req.Institution = a.item.Institution
		}
	}
	bank, err := l.bank(req.Institution.Wire)
	if err != nil {
		return plaidapi.Step{}, err
	}
	call := func(ctx context.Context) (plaidapi.Step, error) { return bank.Begin(ctx, req) }
	return finish(ctx, l, bankName(req.Institution), func(ctx context.Context) (plaidapi.Step, error) {
		if req.Mode == plaidapi.Add {
			return l.add(ctx, call)
		}
		return l.extend(ctx, plaidapi.Step{Request: req}, call)
	}, l.abandon)
}

// mostRounds is how many challenges one attempt may have (security.md 12): a bank that asks on and
// on is not answered for ever.
const mostRounds = 10

// Answer sends the answers to a challenge, once, and gives the next Step; with an error, the one it
// was given. A token is stored before Answer returns; a Linked Step together with a NotKeptError
// means: linked, not saved. After AttemptOver the way on is Begin.
//
// Browser is answered with nothing, and as often as there is reason to look. It becomes Granted, and
// to answer that links; after an error it may be answered again, and nothing is linked twice.
//
// When it cannot be known whether the bank made an Item, Attempts names the bank from then on, and
// the Step may be answered again. A person who gives up between two challenges calls Abandon.
//
// Cancelling ctx stops the waiting, not the call: a request that is under way may still make an
// Item at the bank. If it does, that Item is removed there again, and Close waits for that. Not to
// wait for a look at a page gives nothing up.
func (l *Ledger) Answer(ctx context.Context, step plaidapi.Step, answers []plaidapi.Secret) (plaidapi.Step, error) {
	bank, err := l.bank(step.Request.Institution.Wire)
	if err != nil {
		return step, err
	}
	call := func(ctx context.Context) (plaidapi.Step, error) {
		if step.Round >= mostRounds {
			return step, over("too many questions")
		}
		next, err := bank.Answer(ctx, step, answers)
		if next.Round = step.Round; step.Challenge.Kind != plaidapi.Browser {
			next.Round++
		}
		return next, err
	}
	return finish(ctx, l, bankName(step.Request.Institution), func(ctx context.Context) (plaidapi.Step, error) {
		if step.Request.Mode == plaidapi.Add {
			return l.ask(ctx, step, call)
		}
		return l.extend(ctx, step, call)
	}, func(ctx context.Context, next plaidapi.Step) {
		if step.Challenge.Kind != plaidapi.Browser || !onPage(next) {
			l.abandon(ctx, next)
		}
	})
}

// extend makes a call that repairs an Item or adds to it, and keeps the token it brings. It needs
// no entry in the journal: the Item and a token of it are kept all the while, and losing a newer
// token costs the person another repair.
func (l *Ledger) extend(ctx context.Context, given plaidapi.Step, call func(context.Context) (plaidapi.Step, error)) (plaidapi.Step, error) {
	next, err := call(ctx)
	switch {
	case err != nil:
		return given, err
	case next.Challenge.Kind != plaidapi.Linked:
		return next, nil
	}
	return next, l.keep(ctx, next)
}

// Keep stores the token of a Linked step. It cannot be cut off: a token is kept or reported.
func (l *Ledger) Keep(ctx context.Context, step plaidapi.Step) error {
	return l.attend(ctx, step, l.keep)
}

// keep stores a token, or remembers that it could not be stored.
func (l *Ledger) keep(ctx context.Context, step plaidapi.Step) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTime)
	defer cancel()
	was, err := l.before(ctx, step)
	item := l.merged(step.Item, was.item)
	if err == nil {
		err = l.vault.Keep(ctx, step.Attempt, item, step.Token)
	}
	_ = l.count(ctx, item) // what is not counted now is when it is unlinked
	if err != nil {
		l.waits(step)
		return &NotKeptError{err}
	}
	l.ended(step.Attempt)
	l.note(item.ID, func(s *state) { s.err, s.ill = nil, nil })
	return nil
}

// merged is an Item as it is to be kept: a repair or an upgrade knows only one product of it, and
// not when it was linked. known is the Item as it is linked; zero for a new one.
func (l *Ledger) merged(item, known plaidapi.Item) plaidapi.Item {
	if known.ID == "" {
		item.LinkedAt = l.now()
		item.Institution.Name = bankName(item.Institution)
		return item
	}
	item.ID, item.LinkedAt = known.ID, known.LinkedAt
	for _, p := range known.Products {
		if !slices.Contains(item.Products, p) {
			item.Products = append(slices.Clone(item.Products), p)
		}
	}
	return item
}

// Discard removes at the bank, and here, a Linked step whose token could not be kept. An Item that
// was linked before stays as it was.
func (l *Ledger) Discard(ctx context.Context, step plaidapi.Step) error {
	return l.attend(ctx, step, l.undo)
}

// Unlink removes an Item at its bank, then here. Each half can be repeated: an Item that the bank
// no longer knows counts as removed, and one whose token is gone can only be forgotten here. When
// the bank cannot be reached, nothing is forgotten. What was written about it goes as well.
func (l *Ledger) Unlink(ctx context.Context, itemID string) error {
	a, err := l.open(ctx, itemID)
	if err != nil && !errors.Is(err, plaidapi.ItemGone) {
		return err
	}
	_, err = finish(ctx, l, a.item.Institution.Name, func(ctx context.Context) (none struct{}, err error) {
		return none, l.unlink(ctx, a)
	}, nothing)
	return err
}

func (l *Ledger) unlink(ctx context.Context, a access) error {
	done, err := l.turn(ctx, a.item.ID)
	if err != nil {
		return err
	}
	defer done()
	if err := l.vault.Probe(ctx); err != nil { // a bank is not asked for what cannot be followed here
		return fmt.Errorf("probe vault: %w", err)
	}
	if err := l.count(ctx, a.item); err != nil {
		return err
	}
	if !a.token.Empty() {
		if err := gone(a.bank.Unlink(ctx, a.item, a.token)); err != nil {
			return fmt.Errorf("unlink at the bank: %w", err)
		}
	}
	if err := l.vault.Forget(ctx, a.item.ID); err != nil {
		return fmt.Errorf("forget token: %w", err)
	}
	l.forgotten(a.item.ID)
	return nil
}

// gone takes an Item that the bank does not know any more as removed.
func gone(err error) error {
	if errors.Is(err, plaidapi.ItemGone) {
		return nil
	}
	return err
}
