package store

import (
	"context"
	"errors"
	"sync"
	"time"
)

// How long a place may take for one call, and how long while a dialog of its own may be waiting for
// the person (security.md 17).
const (
	patience  = 5 * time.Second
	unlocking = 60 * time.Second
)

// readers is how many entries are asked for at once: enough to hide the way there and back, few
// enough where each of them starts a process.
const readers = 8

// guard stands between the store and a ring that may hang, panic or lie. Each call runs in a
// goroutine of its own, under a deadline, and alone: while one that nobody waits for any more is
// still under way, later ones wait, so that calls take effect in the order they were made.
type guard struct {
	ring    Ring
	service string
	turn    chan struct{} // holds one token while a call is under way
	writes  *writes
}

func newGuard(ring Ring, service string, w *writes) *guard {
	return &guard{ring, service, make(chan struct{}, 1), w}
}

// job is one piece of work with the ring.
type job[T any] struct {
	work  func() (T, error)
	write bool   // Close waits for it, even when nobody else does
	undo  func() // takes back a success that comes when nobody waits for it; may be nil
}

// asker is a Ring that can tell whether a dialog of its own may be waiting for the person.
type asker interface{ Asking() bool }

// asking sends one answer once the ring has told whether it may be asking the person something.
func (g *guard) asking() <-chan bool {
	told := make(chan bool, 1)
	go func() {
		var yes bool
		_ = safely(func() error {
			if a, ok := g.ring.(asker); ok {
				yes = a.Asking()
			}
			return nil
		})
		told <- yes
	}()
	return told
}

// result is what a job came to.
type result[T any] struct {
	value T
	err   error
}

// call does a job and hands over its result, unless ctx or patience end first.
func call[T any](ctx context.Context, g *guard, j job[T]) (T, error) {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	came := make(chan result[T]) // without a buffer: handed over or late, never both
	if j.write {
		g.writes.begin()
	}
	go work(waiting, g, j, came)
	limit := time.NewTimer(patience)
	defer limit.Stop()
	var asking <-chan bool // nil until patience has ended once
	var none T
	for {
		select {
		case r := <-came:
			return r.value, fault(r.err)
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return none, ctx.Err()
			}
			return none, fault(Slow)
		case <-limit.C:
			if asking != nil {
				return none, fault(Slow)
			}
			asking = g.asking()
			limit.Reset(patience)
		case yes := <-asking:
			if !yes {
				return none, fault(Slow)
			}
			limit.Reset(unlocking - patience)
		}
	}
}

// work does a job when it is its turn, and takes back what comes when nobody is waiting any more.
func work[T any](waiting context.Context, g *guard, j job[T], came chan<- result[T]) {
	if j.write {
		defer g.writes.end()
	}
	select {
	case g.turn <- struct{}{}:
	case <-waiting.Done():
		return
	}
	defer func() { <-g.turn }()
	if waiting.Err() != nil {
		return
	}
	var r result[T]
	r.err = safely(func() (err error) { r.value, err = j.work(); return })
	select {
	case came <- r:
	case <-waiting.Done():
		if r.err == nil && j.undo != nil {
			_ = safely(func() error { j.undo(); return nil })
		}
	}
}

// safely turns a panic into a fault. The panic's value is not kept: it may hold anything.
func safely(work func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = Broke
		}
	}()
	return work()
}

// get reads one entry's secret.
func (g *guard) get(ctx context.Context, account string) (string, error) {
	return call(ctx, g, job[string]{work: func() (string, error) { return g.ring.Get(g.service, account) }})
}

// reply is what a ring answered for one account.
type reply struct {
	secret string
	err    error // nil or ErrNotFound
}

// getAll reads many entries side by side. It fails when any of them fails otherwise than by not being there.
func (g *guard) getAll(ctx context.Context, accounts []string) ([]reply, error) {
	return call(ctx, g, job[[]reply]{work: func() ([]reply, error) {
		replies := make([]reply, len(accounts))
		next := make(chan int)
		var team sync.WaitGroup
		for range min(readers, len(accounts)) {
			team.Go(func() {
				for i := range next {
					r := &replies[i]
					r.err = safely(func() (err error) { r.secret, err = g.ring.Get(g.service, accounts[i]); return })
				}
			})
		}
		for i := range accounts {
			next <- i
		}
		close(next)
		team.Wait()
		for _, r := range replies {
			if r.err != nil && !errors.Is(r.err, ErrNotFound) {
				return nil, r.err
			}
		}
		return replies, nil
	}})
}

// set writes an entry and reads it back: a keyring can report success and store nothing. A fresh
// entry, one that was not there before, is taken away again when it cannot be vouched for, even
// when it arrives after everybody has gone.
func (g *guard) set(ctx context.Context, account, secret string, fresh bool) error {
	if err := g.put(ctx, account, secret, fresh); err != nil {
		return err
	}
	back, err := g.get(ctx, account)
	if errors.Is(err, ErrNotFound) || err == nil && back != secret {
		err = fault(Lied)
	}
	if err != nil && fresh {
		_ = g.delete(context.WithoutCancel(ctx), account)
	}
	return err
}

// put writes an entry, and takes a fresh one back that comes late.
func (g *guard) put(ctx context.Context, account, secret string, fresh bool) error {
	if len(secret) > maxSecret {
		return fault(TooLong)
	}
	store := job[struct{}]{write: true, work: func() (struct{}, error) {
		return struct{}{}, discreet(g.ring.Set(g.service, account, secret))
	}}
	if fresh {
		store.undo = func() { _ = g.ring.Delete(g.service, account) }
	}
	_, err := call(ctx, g, store)
	return err
}

// discreet keeps of a failed write only what kind it was: its text may echo the secret. A failure of
// the disk is told by the system, which knows no secrets.
func discreet(err error) error {
	var f Fault
	var file *FileError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &file):
		return file
	case errors.As(err, &f):
		return f
	default:
		return Refused
	}
}

// delete removes an entry and makes sure that it is gone. One that is not there is fine.
func (g *guard) delete(ctx context.Context, account string) error {
	_, err := call(ctx, g, job[struct{}]{write: true, work: func() (struct{}, error) {
		return struct{}{}, g.ring.Delete(g.service, account)
	}})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	switch _, err := g.get(ctx, account); {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return err
	default:
		return fault(Lied)
	}
}
