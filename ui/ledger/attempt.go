package ledger

import (
	"context"
	"errors"
	"fmt"

	"tartan/plaidapi"
)

// link is a link attempt of this run. Each has an entry in the vault's journal from before the
// first request that may make an Item until nothing is owed for it any more (security.md 19). An
// entry stands for one such request: after one whose outcome is not known the next has its own,
// or its success would hide what the first may have made.
type link struct {
	step   plaidapi.Step // as it stands at the bank; its token is what undo removes
	stage  stage
	doubt  bool   // the Item of a page was asked for, and no answer came
	looked bool   // before is known; it is looked up before anything of the Item is kept
	before access // the Item and its token as they were linked before; zero for a new Item
}

// stage is where an attempt stands with the person.
type stage uint8

const (
	underWay stage = iota // a call, or the person, goes on with it
	told                  // nobody does, and its entry is open: Attempts names it
	done                  // nothing is owed for it
)

// over reports that an attempt cannot go on.
func over(why string) error {
	return &plaidapi.Error{Problem: plaidapi.AttemptOver, Op: "answer", Err: errors.New(why)}
}

// add makes the call that opens an attempt to add an Item. No wire makes one in it: either a form
// comes back, and no bank was asked, or the address of a page, which nobody has seen before the
// entry is written.
func (l *Ledger) add(ctx context.Context, call func(context.Context) (plaidapi.Step, error)) (plaidapi.Step, error) {
	step, err := call(ctx)
	if err != nil || step.Challenge.Kind != plaidapi.Browser {
		return step, err
	}
	if step.Attempt, err = l.begin(ctx, step); err != nil {
		return plaidapi.Step{}, err
	}
	return step, nil
}

// begin writes the entry of an attempt.
func (l *Ledger) begin(ctx context.Context, step plaidapi.Step) (attempt string, err error) {
	at := step.Request.Institution
	a := plaidapi.Attempt{
		Wire: at.Wire, InstitutionID: at.ID, Bank: bankName(at), Products: step.Request.Products, Mode: step.Request.Mode, At: l.now(),
	}
	if onPage(step) {
		a.LinkToken = step.Pending
	}
	// Attempts must not see the entry before it is known to be of this run.
	unlock, err := l.turn(ctx, journalTurn)
	if err != nil {
		return "", err
	}
	defer unlock()
	if step.Attempt, err = l.vault.Begin(ctx, a); err != nil {
		return "", fmt.Errorf("note attempt: %w", err)
	}
	l.waits(step)
	return step.Attempt, nil
}

// journalTurn stands for the journal among the turns, which are otherwise those of Items and
// attempts.
const journalTurn = ""

// ask makes a call that may make an Item, or go on with one, and keeps the token that it brings
// before it returns. With an error it gives back the step that it was given.
func (l *Ledger) ask(ctx context.Context, given plaidapi.Step, call func(context.Context) (plaidapi.Step, error)) (plaidapi.Step, error) {
	step := given
	if step.Attempt == "" {
		var err error
		if step.Attempt, err = l.begin(ctx, step); err != nil {
			return given, err
		}
	}
	unlock, err := l.turn(ctx, step.Attempt)
	if err != nil {
		return given, err
	}
	defer unlock()
	if !l.goesOn(step.Attempt) {
		return given, over("the attempt has been given up")
	}
	if step.Challenge.Kind == plaidapi.Granted {
		if err := l.vault.Grant(ctx, step.Attempt, step.Request.Institution); err != nil {
			return given, fmt.Errorf("note attempt: %w", err)
		}
	}
	next, err := guarded(ctx, call)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTime)
	defer cancel()
	if err != nil {
		if onPage(step) {
			l.missedPage(ctx, step, next, err)
		} else {
			l.missed(ctx, step, next.Pending, err)
		}
		return given, err
	}
	next.Attempt = step.Attempt
	if next.Challenge.Kind == plaidapi.Linked {
		if was, err := l.before(ctx, next); err == nil && was.item.ID != "" {
			next.Item.ID = was.item.ID
		}
		return next, l.keep(ctx, next)
	}
	l.waits(next)
	if !onPage(next) && !next.Pending.Equal(step.Pending) {
		if err := l.vault.Hold(ctx, next.Attempt, next.Pending); err != nil {
			_ = l.undo(ctx, next) // what is left is told
			return given, fmt.Errorf("hold token: %w", err)
		}
	}
	return next, nil
}

// missed decides what becomes of an attempt whose call failed. pending is the token that came all
// the same; it may be the one that is held already.
func (l *Ledger) missed(ctx context.Context, step plaidapi.Step, pending plaidapi.Secret, err error) {
	news := !pending.Empty() && !pending.Equal(step.Pending)
	switch ended := ended(err); {
	case news: // an Item was begun, and there is no telling how it goes on
		step.Pending = pending
		l.waits(step)
		_ = l.vault.Hold(ctx, step.Attempt, pending) // for the next start, should this one not remove it
		_ = l.undo(ctx, step)
	case ended && !step.Pending.Empty():
		_ = l.undo(ctx, step)
	case ended, step.Pending.Empty() && refused(err):
		_ = l.settle(ctx, step.Attempt)
	case step.Pending.Empty():
		l.tell(step.Attempt)
	}
}

// ended reports that an error means: there is nothing to go on with.
func ended(err error) bool {
	return errors.Is(err, plaidapi.AttemptOver) || errors.Is(err, plaidapi.ItemGone)
}

// refused reports that an error means: nothing was made. An answer that did not come, or that
// cannot be read, leaves that open.
func refused(err error) bool {
	var e *plaidapi.Error
	if !errors.As(err, &e) {
		return errors.Is(err, plaidapi.ErrNoKeys) || errors.Is(err, plaidapi.ErrLocked)
	}
	if e.Unsent {
		return true
	}
	switch e.Problem {
	case plaidapi.Offline, plaidapi.ServerFault, plaidapi.BadReply:
		return false
	}
	return e.Status < 500 || e.Problem != plaidapi.Unknown
}

// removalTries is how often an Item that nobody holds a token for is removed at its bank.
const removalTries = 3

// undo removes at its bank what a step stands for there, then what is kept of it here, then its
// entry. An Item that was linked before the attempt stays. When the bank cannot be made to, the
// entry stays and is told.
func (l *Ledger) undo(ctx context.Context, step plaidapi.Step) error {
	if err := l.takeBack(ctx, step); err != nil {
		l.tell(step.Attempt)
		return err
	}
	return l.settle(ctx, step.Attempt)
}

// takeBack is undo, but for the entry.
func (l *Ledger) takeBack(ctx context.Context, step plaidapi.Step) error {
	if onPage(step) {
		made, err := l.made(ctx, step)
		if err != nil || onPage(made) {
			return err
		}
		step = made
	}
	if step.Challenge.Kind == plaidapi.Linked {
		was, err := l.before(ctx, step)
		if err != nil {
			return err
		}
		if was.item.ID != "" {
			return l.spare(ctx, was, step.Token)
		}
	}
	if err := l.remove(ctx, step); err != nil {
		return fmt.Errorf("remove at the bank: %w", err)
	}
	if step.Challenge.Kind == plaidapi.Linked {
		if err := l.vault.Forget(ctx, step.Item.ID); err != nil {
			return fmt.Errorf("forget token: %w", err)
		}
		l.forgotten(step.Item.ID)
	}
	return nil
}

// remove takes back at its bank what a step stands for. Who signs in again where a bank is linked
// may be given the token that is kept already: that Item stays.
func (l *Ledger) remove(ctx context.Context, step plaidapi.Step) error {
	item, token := step.Item, step.Token
	if step.Challenge.Kind != plaidapi.Linked {
		if linked, err := l.opens(ctx, step.Pending); linked || err != nil {
			return err
		}
		item = plaidapi.Item{
			Wire: step.Request.Institution.Wire, Institution: step.Request.Institution, Products: step.Request.Products,
		}
		token = step.Pending
	}
	return l.removeItem(ctx, item, token)
}

// opens reports whether a token is that of a linked Item.
func (l *Ledger) opens(ctx context.Context, token plaidapi.Secret) (bool, error) {
	was, err := l.again(ctx, plaidapi.Step{Token: token})
	return was.item.ID != "", err
}

// removeItem removes an Item at its bank. One that the bank does not know any more is removed.
func (l *Ledger) removeItem(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error {
	bank, err := l.bank(item.Wire)
	if err != nil {
		return err
	}
	for range removalTries {
		if err = gone(bank.Unlink(ctx, item, token)); err == nil {
			return nil
		}
	}
	return err
}

// settle ends an attempt that leaves nothing at its bank; "" is none.
func (l *Ledger) settle(ctx context.Context, attempt string) error {
	if attempt == "" {
		return nil
	}
	if err := l.vault.Settle(ctx, attempt); err != nil {
		l.tell(attempt)
		return fmt.Errorf("settle attempt: %w", err)
	}
	l.ended(attempt)
	return nil
}
