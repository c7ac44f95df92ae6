package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"tartan/plaidapi"
)

// notice is one of the things that people must see all the time.
type notice int

const (
	placeNotice  notice = iota // access is kept in memory only, and why
	lostNotice                 // entries cannot be used
	copiesNotice               // copies are left in a place where access was kept before
	sourceNotice               // others can read the passphrase
	notices
)

// sign is what screens read each time they are drawn: nothing is ever done under its lock.
type sign struct {
	mu    sync.Mutex
	place plaidapi.AccessPlace
	where string
	told  [notices]string
}

// say changes one thing that people are told; an empty text takes it back.
func (s *sign) say(n notice, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told[n] = text
}

// place is where access is kept; empty while that is not decided.
func (t *tokens) place() plaidapi.AccessPlace {
	t.sign.mu.Lock()
	defer t.sign.mu.Unlock()
	return t.sign.place
}

// where names that place for people. Before it is decided it is the keyring.
func (t *tokens) where() string {
	t.sign.mu.Lock()
	defer t.sign.mu.Unlock()
	return t.sign.where
}

// notice is what people must see all the time, in whole sentences; empty when all is well.
func (t *tokens) notice() string {
	t.sign.mu.Lock()
	defer t.sign.mu.Unlock()
	told := slices.DeleteFunc(slices.Clone(t.sign.told[:]), func(text string) bool { return text == "" })
	return strings.Join(told, " ")
}

// open decides where access is kept, once it succeeds: in the passphrase file if there is one, else
// in the keyring if it answers, else, where that may be so without asking, in memory for this run.
// It fails with plaidapi.ErrPassphrase, with ErrWrongPassphrase when a source gave that, with an
// *Error that is plaidapi.ErrNoPlace or that of a source, or with another failure of the place. Then
// it may be repeated; other calls do not ask a keyring or a source again that was of no use.
func (t *tokens) open(ctx context.Context) error {
	return t.alone(ctx, func() error {
		t.refused = nil
		return during(reading, t.decide(ctx))
	})
}

// unlock opens the place after open asked for a passphrase, or after lock. It fails as open does.
// An empty passphrase is that of the sources. What is open already stays so, whatever the passphrase.
func (t *tokens) unlock(ctx context.Context, pass plaidapi.Secret) error {
	select {
	case t.busy <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-t.busy }()
	t.refused = nil
	if err := t.decideWith(ctx, pass); err != nil {
		return during(reading, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.locked = false
	return nil
}

// lock forgets tokens, keys and what opens the passphrase file, once work under way has ended:
// every call then fails with plaidapi.ErrLocked until unlock. What is kept for this run only stays,
// since it is nowhere else.
func (t *tokens) lock() {
	t.mu.Lock()
	t.locked = true
	t.mu.Unlock()
	t.busy <- struct{}{}
	defer func() { <-t.busy }()
	t.empty()
	if t.place() == plaidapi.InMemory {
		return
	}
	t.guard = nil
	t.vault.forget()
}

// probe writes, reads and removes an entry. Nothing is sent to a bank while that fails.
func (t *tokens) probe(ctx context.Context) error {
	return t.writing(ctx, checking, func() error { return t.guard.probe(ctx) })
}

// probe writes, reads and removes an entry of no meaning.
func (g *guard) probe(ctx context.Context) error {
	secret, err := seal(probeAccount, "tartan was here")
	if err != nil {
		return err
	}
	if err := g.set(ctx, probeAccount, secret, true); err != nil {
		return err
	}
	return g.delete(ctx, probeAccount)
}

// decide finds the place where access is kept, unless that is known.
func (t *tokens) decide(ctx context.Context) error { return t.decideWith(ctx, plaidapi.Secret{}) }

func (t *tokens) decideWith(ctx context.Context, pass plaidapi.Secret) error {
	if t.moved() {
		t.empty()
		t.guard = nil
	}
	switch {
	case t.guard != nil:
		return t.reread(ctx)
	case t.refused != nil:
		return t.refused
	}
	err := t.find(ctx, pass)
	for _, final := range []error{plaidapi.ErrNoPlace, plaidapi.ErrPassphrase, plaidapi.ErrWrongPassphrase, NoSource} {
		if errors.Is(err, final) {
			t.refused = err
		}
	}
	return err
}

// find looks for the place where access is kept.
func (t *tokens) find(ctx context.Context, pass plaidapi.Secret) error {
	sealed, err := t.vault.there()
	switch {
	case err != nil:
		return err
	case sealed:
		return t.openVault(ctx, pass)
	}
	err = t.settle(ctx, t.system, plaidapi.InKeyring)
	var e *Error
	if !errors.As(err, &e) || e.Fault == Damaged || e.Fault == Newer {
		return err
	}
	if !t.options.Casual || t.usedBefore() {
		return during(placing, err)
	}
	p := e.Fault.phrases()
	t.sign.say(placeNotice, p.happened+" What you link is kept in memory and forgotten when tartan ends. "+
		p.advice+", then start tartan again.")
	return t.settle(ctx, newGuard(memoryRing{}, t.options.Service, t.writes), plaidapi.InMemory)
}

// moved reports that another tartan has moved what is kept to a passphrase file, or out of it.
func (t *tokens) moved() bool {
	if t.guard == nil || t.place() == plaidapi.InMemory {
		return false
	}
	there, err := t.vault.there()
	return err == nil && there != (t.place() == plaidapi.InFile)
}

// reread reads the index again after lock has emptied what was known of a place in memory.
func (t *tokens) reread(ctx context.Context) error {
	if !t.isLocked() {
		return nil
	}
	return t.settle(ctx, t.guard, t.place())
}

// usedBefore reports that there is a log of this profile, and so a key that opens it somewhere:
// memory would be no stand-in for that.
func (t *tokens) usedBefore() bool {
	if t.options.Dir == "" {
		return false
	}
	_, err := os.Lstat(filepath.Join(t.options.Dir, "log"))
	return !errors.Is(err, fs.ErrNotExist)
}

// openVault opens the passphrase file with a passphrase or, if that is empty, with the sources'.
func (t *tokens) openVault(ctx context.Context, pass plaidapi.Secret) error {
	told := ""
	if pass.Empty() {
		var err error
		if pass, told, err = t.options.Sources.passphrase(ctx); err != nil {
			return err
		}
	}
	if pass.Empty() {
		return plaidapi.ErrPassphrase
	}
	if err := t.vault.unlock(pass); err != nil {
		return err
	}
	t.sign.say(sourceNotice, told)
	return t.settle(ctx, newGuard(t.vault, t.options.Service, t.writes), plaidapi.InFile)
}

// settle makes a place the one where access is kept, if it answers: an index that can be read, or a
// probe where there is none yet. The log's key comes with the index, since it is needed next.
func (t *tokens) settle(ctx context.Context, g *guard, place plaidapi.AccessPlace) error {
	replies, err := g.getAll(ctx, []string{indexAccount, logAccount})
	if err != nil {
		return err
	}
	names, err := unsealIndex(replies[0])
	if errors.Is(err, ErrNotFound) {
		err = g.probe(ctx)
	}
	if err != nil {
		return err
	}
	t.empty()
	t.guard, t.key, t.refused = g, &replies[1], nil
	t.setIndexed(names)
	t.sign.mu.Lock()
	defer t.sign.mu.Unlock()
	t.sign.place, t.sign.where = place, g.ring.Name()
	if place != plaidapi.InMemory {
		t.sign.told[placeNotice] = ""
	}
	return nil
}
