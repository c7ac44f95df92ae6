package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tartan/plaidapi"
)

// Attempts are the link attempts after which a bank may hold an Item that no token is kept for, or
// holds one that is not finished and could not be removed, oldest first. They are to be told with
// bank and time until they are dismissed. One that cannot be read any more has no Bank. Those that
// the person goes on with are not among them. One that is OnPage left nothing: its page may still be
// open somewhere, and the next start looks again.
func (l *Ledger) Attempts(ctx context.Context) ([]plaidapi.Attempt, error) {
	unlock, err := l.turn(ctx, journalTurn)
	if err != nil {
		return nil, err
	}
	defer unlock()
	all, err := l.vault.Attempts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read attempts: %w", err)
	}
	return slices.DeleteFunc(all, func(a plaidapi.Attempt) bool {
		at, ours := l.stageOf(a.ID)
		return ours && at != told
	}), nil
}

// SettleAttempts settles what earlier runs left open, as far as it can be: an Item whose token was
// stored is linked, one that was linked before stays so, and one that was not finished is removed at
// its bank. One that was finished on the bank's page is linked. What cannot be settled now stays for
// the next start, and Attempts tells it, as it does the others.
func (l *Ledger) SettleAttempts(ctx context.Context) error {
	all, err := l.vault.Attempts(ctx)
	if err != nil {
		return fmt.Errorf("read attempts: %w", err)
	}
	for _, a := range all {
		paged := !a.LinkToken.Empty() && a.ItemID == ""
		if _, ours := l.stageOf(a.ID); ours || a.Pending.Empty() && a.ItemID == "" && !paged {
			continue
		}
		_, err := finish(ctx, l, a.Bank, func(ctx context.Context) (none struct{}, err error) {
			if paged {
				return none, l.pickUp(ctx, a)
			}
			if l.clear(ctx, a) != nil {
				return none, nil
			}
			return none, l.vault.Settle(ctx, a.ID)
		}, nothing)
		if err != nil {
			return fmt.Errorf("settle attempt: %w", err)
		}
	}
	return nil
}

// clear takes back at its bank what an earlier run has left there.
func (l *Ledger) clear(ctx context.Context, a plaidapi.Attempt) error {
	was, err := l.open(ctx, a.ItemID)
	switch {
	case err == nil, !a.Pending.Empty() && errors.Is(err, plaidapi.ItemGone):
		return l.spare(ctx, was, a.Pending)
	case a.Pending.Empty() || !errors.Is(err, ErrNoItem):
		return err
	}
	return l.removeItem(ctx, plaidapi.Item{
		Wire: a.Wire, Products: a.Products,
		Institution: plaidapi.Institution{ID: a.InstitutionID, Wire: a.Wire, Name: a.Bank},
	}, a.Pending)
}

// Dismiss forgets an attempt that the person has been told of, and the token of its unfinished
// Item, if one was held.
func (l *Ledger) Dismiss(ctx context.Context, attempt string) error {
	return l.settle(ctx, attempt)
}

// Abandon gives up an attempt that waits for the person: what the bank holds of it is removed
// there. It is for leaving between two challenges; an answer under way is given up by ending its
// context, and then Abandon is not needed. A step that nothing was asked for needs nothing. A page that
// is finished after it links nothing.
func (l *Ledger) Abandon(ctx context.Context, step plaidapi.Step) error {
	if step.Request.Mode != plaidapi.Add || step.Attempt == "" {
		return nil
	}
	return l.attend(ctx, step, l.drop)
}

// abandon tidies up after a call that nobody waits for any more. A repaired Item stays: the person
// wanted it; so does one that was linked before. A new one is removed at the bank, then here.
func (l *Ledger) abandon(ctx context.Context, step plaidapi.Step) {
	if step.Request.Mode == plaidapi.Add && step.Attempt != "" {
		_ = l.inTurn(ctx, step, l.drop) // what is left is told, and Close tries again
	}
}

// drop undoes an attempt, unless that has been done, or tried and told.
func (l *Ledger) drop(ctx context.Context, step plaidapi.Step) error {
	if step.Challenge.Kind != plaidapi.Linked && !l.goesOn(step.Attempt) {
		return nil
	}
	return l.undo(ctx, step)
}

// attend does what ends an attempt, alone and to its end.
func (l *Ledger) attend(ctx context.Context, step plaidapi.Step, do func(context.Context, plaidapi.Step) error) error {
	_, err := finish(ctx, l, bankName(step.Request.Institution), func(ctx context.Context) (none struct{}, err error) {
		return none, l.inTurn(ctx, step, do)
	}, nothing)
	return err
}

// inTurn waits until nobody else goes on with an attempt.
func (l *Ledger) inTurn(ctx context.Context, step plaidapi.Step, do func(context.Context, plaidapi.Step) error) error {
	turn := step.Attempt
	if turn == "" {
		turn = step.Item.ID
	}
	unlock, err := l.turn(ctx, turn)
	if err != nil {
		return err
	}
	defer unlock()
	return do(ctx, step)
}

// waits notes how far an attempt has come.
func (l *Ledger) waits(step plaidapi.Step) {
	l.mark(step.Attempt, func(at *link) { at.step, at.stage = step, underWay })
}

// tell gives an attempt over to Attempts. Close still undoes it, where it can.
func (l *Ledger) tell(attempt string) {
	l.mark(attempt, func(at *link) { at.stage = told })
}

// ended notes that nothing is owed for an attempt.
func (l *Ledger) ended(attempt string) {
	l.mark(attempt, func(at *link) { at.step, at.stage = plaidapi.Step{}, done })
}

func (l *Ledger) mark(attempt string, change func(*link)) {
	if attempt == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.links[attempt]
	change(&at)
	l.links[attempt] = at
}

// stageOf tells where an attempt stands; false for one that is not of this run.
func (l *Ledger) stageOf(attempt string) (stage, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ours := l.links[attempt]
	return at.stage, ours
}

// goesOn reports whether an attempt can be gone on with.
func (l *Ledger) goesOn(attempt string) bool {
	at, ours := l.stageOf(attempt)
	return ours && at == underWay
}

// undone are the steps that something is left of at a bank, as far as it is known.
func (l *Ledger) undone() []plaidapi.Step {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []plaidapi.Step
	for _, at := range l.links {
		if !at.step.Pending.Empty() || at.step.Challenge.Kind == plaidapi.Linked {
			all = append(all, at.step)
		}
	}
	return all
}
