package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"tartan/plaidapi"
)

// A link by a bank's own page leaves nothing at the bank before its Item is asked for, and asking
// again gives the same Item. So such an attempt may be given up, or left for the next start, at any
// time; only while an answer to the asking is missing there may be an Item that nobody knows.

// onPage reports a step that waits for a bank's own page, or that came from it with nothing made yet.
func onPage(step plaidapi.Step) bool {
	return step.Challenge.Kind == plaidapi.Browser || step.Challenge.Kind == plaidapi.Granted
}

// bankName is what an institution is called; one that is to be chosen on a page has no name yet.
func bankName(at plaidapi.Institution) string { return cmp.Or(at.Name, "a bank chosen on its page") }

// missedPage decides what becomes of an attempt on a bank's page whose call failed and gave came.
func (l *Ledger) missedPage(ctx context.Context, step, came plaidapi.Step, err error) {
	asked := step.Challenge.Kind == plaidapi.Granted && came.Challenge.Kind != plaidapi.Browser
	if asked && !refused(err) {
		l.mark(step.Attempt, func(at *link) { at.doubt = true })
	}
	switch {
	case !ended(err):
	case l.linkOf(step.Attempt).doubt:
		l.tell(step.Attempt)
	default:
		_ = l.settle(ctx, step.Attempt)
	}
}

// linkOf copies what is known of an attempt of this run.
func (l *Ledger) linkOf(attempt string) link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.links[attempt]
}

// mostLooks is how often a page is looked at to settle what an earlier call or run left: once to see
// it done, once to ask for the Item, once more in case.
const mostLooks = 3

// errStillOpen is why the Item of an attempt cannot be had although it was asked for once.
var errStillOpen = errors.New("ledger: the page tells nothing of the link it made")

// made is what came of a step on a bank's page: its Item, Linked, where that was asked for; else the
// step itself, and there is none.
func (l *Ledger) made(ctx context.Context, step plaidapi.Step) (plaidapi.Step, error) {
	at := l.linkOf(step.Attempt)
	if !at.doubt {
		return step, nil
	}
	bank, err := l.bank(step.Request.Institution.Wire)
	if err != nil {
		return step, err
	}
	next := at.step
	for range mostLooks {
		if next, err = bank.Answer(ctx, next, nil); err != nil {
			return step, fmt.Errorf("ask for what was made: %w", err)
		}
		if next.Challenge.Kind == plaidapi.Linked {
			next.Attempt = step.Attempt
			_ = l.count(ctx, next.Item)
			l.mark(step.Attempt, func(at *link) { at.step, at.doubt = next, false })
			return next, nil
		}
	}
	return step, errStillOpen
}

// leavePage is what the program does about a page when it ends: nothing, for the next start looks at
// it again. An Item that was asked for is kept, unless the person has given it up.
func (l *Ledger) leavePage(ctx context.Context, step plaidapi.Step) error {
	at := l.linkOf(step.Attempt)
	switch {
	case !at.doubt:
		return nil
	case at.stage == told:
		return l.undo(ctx, step)
	}
	made, err := l.made(ctx, step)
	if err != nil {
		return err
	}
	return l.keep(ctx, made)
}

// pickUp goes on with a page that an earlier run left. An Item that its person has finished is linked.
// One of accounts that are linked already is not: nobody said that it is to be linked twice. What is
// still open on the page stays for the next start.
func (l *Ledger) pickUp(ctx context.Context, a plaidapi.Attempt) error {
	bank, err := l.bank(a.Wire)
	if err != nil {
		return nil // it is told
	}
	step := plaidapi.Step{
		Request: plaidapi.LinkRequest{
			Mode: a.Mode, Products: a.Products,
			Institution: plaidapi.Institution{ID: a.InstitutionID, Wire: a.Wire, Name: a.Bank},
		},
		Pending: a.LinkToken, Attempt: a.ID, Challenge: plaidapi.Challenge{Kind: plaidapi.Browser},
	}
	l.mark(a.ID, func(at *link) { *at = link{step: step, doubt: a.Granted} })
	for range mostLooks {
		if !a.Granted && step.Challenge.Kind == plaidapi.Granted {
			switch twice, err := l.twice(ctx, step); {
			case err != nil:
				l.putDown(a.ID)
				return err
			case twice:
				return l.settle(ctx, a.ID)
			}
		}
		step, err = l.ask(ctx, step, func(ctx context.Context) (plaidapi.Step, error) { return bank.Answer(ctx, step, nil) })
		if err != nil || step.Challenge.Kind == plaidapi.Linked {
			break
		}
	}
	if step.Challenge.Kind == plaidapi.Linked && err != nil { // Close removes it, unless it can be kept meanwhile
		l.tell(a.ID)
		return nil
	}
	l.putDown(a.ID)
	return nil
}

// putDown leaves an attempt of an earlier run to Attempts and to the next start, unless it is settled.
func (l *Ledger) putDown(attempt string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.links[attempt].stage != done {
		delete(l.links, attempt)
	}
}

// twice reports whether a Granted step is about accounts that are linked already.
func (l *Ledger) twice(ctx context.Context, step plaidapi.Step) (bool, error) {
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return false, err
	}
	bank := step.Request.Institution
	return slices.ContainsFunc(holdings, func(h Holding) bool {
		at := h.Item.Institution
		return at.ID == bank.ID && at.Wire == bank.Wire && slices.ContainsFunc(h.Accounts, func(a plaidapi.Account) bool {
			return slices.ContainsFunc(step.Challenge.Accounts, func(b plaidapi.Account) bool { return Alike(b, a) })
		})
	}), nil
}

// Alike reports whether an account looks like one that a Holding has: with the same name and the same
// last digits. Where the person gave that one a name, the bank's is the official one.
func Alike(a, held plaidapi.Account) bool {
	return a.Mask != "" && a.Mask == held.Mask && (a.Name == held.Name || a.Name == held.OfficialName)
}
