package ledger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tartan/plaidapi"
)

// ErrClosed reports a call to a Ledger that has been closed.
var ErrClosed = errors.New("ledger: closed")

// errFault stands for a panic in a call: its value may hold anything and is not kept.
var errFault = errors.New("ledger: a fault in the program")

// finish makes a call that neither esc nor quitting cuts off: what it may change at a bank or in
// the keyring cannot be taken back by not looking. Ending ctx ends the waiting only; late is then
// told what came of the call. Close waits for it.
func finish[T any](ctx context.Context, l *Ledger, bank string,
	call func(context.Context) (T, error), late func(context.Context, T),
) (T, error) {
	type result struct {
		value T
		err   error
	}
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	leave, err := l.enter(bank)
	if err != nil {
		return none, err
	}
	came := make(chan result)
	go func() {
		defer leave()
		var r result
		r.value, r.err = guarded(context.WithoutCancel(ctx), call)
		select {
		case came <- r:
		case <-ctx.Done():
			_, _ = guarded(context.WithoutCancel(ctx), func(ctx context.Context) (none struct{}, err error) {
				late(ctx, r.value)
				return none, nil
			})
		}
	}()
	select {
	case r := <-came:
		return r.value, r.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// guarded makes a call with the time a link may take, and turns a panic into an error.
func guarded[T any](ctx context.Context, call func(context.Context) (T, error)) (value T, err error) {
	ctx, cancel := context.WithTimeout(ctx, linkTime)
	defer cancel()
	defer func() {
		if recover() != nil {
			err = errFault
		}
	}()
	return call(ctx)
}

// nothing is for calls that need no tidying up when nobody waits for them any more.
func nothing[T any](context.Context, T) {}

// enter counts a call that Close waits for, with the name of its bank.
func (l *Ledger) enter(bank string) (leave func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, ErrClosed
	}
	l.calls++
	number := l.calls
	l.underWay[number] = bank
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.underWay, number)
		if l.closed && len(l.underWay) == 0 {
			close(l.idle)
		}
	}, nil
}

// UnfinishedError names the banks at which something was left open when the program ended. Its
// sentence is for people: what may be there, and what to do.
type UnfinishedError struct {
	Banks []string
	At    time.Time
}

// ExitCode is 3: something was done in part (security.md).
func (e *UnfinishedError) ExitCode() int { return 3 }

func (e *UnfinishedError) Error() string { return "ledger: left unfinished at " + e.names() }

// UserText says what may be left at which bank, since when, and what to do.
func (e *UnfinishedError) UserText() string {
	return fmt.Sprintf("Something was left open at %s (%s). The bank may hold a link that tartan has no token for: "+
		"look for it among the connected apps on the bank's site.", e.names(), e.At.Format("2 Jan 2006 15:04"))
}

func (e *UnfinishedError) names() string { return strings.Join(e.Banks, ", ") }

// Close waits for what must not be cut off. Then it removes at their banks the Items that nobody
// would hold a token for: unfinished ones, those whose tokens could not be kept, and those whose
// tokens are kept for this run only. What it cannot settle before ctx ends it reports as an
// UnfinishedError, and the next start tells it again. No call that changes anything is accepted
// after it.
func (l *Ledger) Close(ctx context.Context) error {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		if len(l.underWay) == 0 {
			close(l.idle)
		}
	}
	l.mu.Unlock()
	select {
	case <-l.idle:
	case <-ctx.Done():
	}
	open := slices.Concat(l.openAtBanks(), l.undoAll(ctx), l.unlinkAll(ctx))
	if len(open) == 0 {
		return nil
	}
	slices.Sort(open)
	return &UnfinishedError{slices.Compact(open), l.now()}
}

func (l *Ledger) openAtBanks() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Values(l.underWay))
}

// undoAll removes what link attempts have left at banks, and names those where it could not.
func (l *Ledger) undoAll(ctx context.Context) (open []string) {
	for _, step := range l.undone() {
		if l.inTurn(ctx, step, l.leave) != nil {
			open = append(open, bankName(step.Request.Institution))
		}
	}
	return open
}

// leave undoes an attempt when the program ends. Where its token is kept all the same, the Item stays.
func (l *Ledger) leave(ctx context.Context, step plaidapi.Step) error {
	switch {
	case onPage(step):
		return l.leavePage(ctx, step)
	case step.Challenge.Kind == plaidapi.Linked:
		switch linked, err := l.opens(ctx, step.Token); {
		case err != nil:
			return err
		case linked:
			return l.settle(ctx, step.Attempt)
		}
	}
	return l.undo(ctx, step)
}

// unlinkAll removes the Items whose tokens are kept for this run only, and names the banks where
// it could not.
func (l *Ledger) unlinkAll(ctx context.Context) (open []string) {
	if l.vault.Access().Place != plaidapi.InMemory {
		return nil
	}
	items, err := l.vault.Items(ctx)
	if err != nil {
		return nil // the journal has them
	}
	for _, item := range items {
		a, err := l.open(ctx, item.ID)
		if err == nil {
			err = l.unlink(ctx, a)
		}
		if err != nil {
			open = append(open, item.Institution.Name)
		}
	}
	return open
}
