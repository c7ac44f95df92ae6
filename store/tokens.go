package store

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"

	"tartan/plaidapi"
)

// The accounts of entries that are not of one bank.
const (
	indexAccount = "items"
	probeAccount = "probe"
	keysAccount  = "keys"
	logAccount   = "log"
)

// tokens are the secrets of one profile, in the one place that was decided on: an entry for each
// token, under a random account name so that no bank and no number stands in a label, and entries
// for the index of those, for the API keys and for the log's key. It is safe for concurrent use.
type tokens struct {
	options Options
	system  *guard // the keyring, whether access is kept there or not
	vault   *vault // the passphrase file, likewise
	writes  *writes
	busy    chan struct{} // holds one token while the place is read or changed as a whole

	// Under busy.
	guard   *guard            // of the place where access is kept; nil while that is not decided
	refused error             // the ErrNoPlace that was decided on last; nil if that was not the decision
	key     *reply            // the log's key, as it was read with the index; nil once it was asked for
	missing map[string]bool   // of the accounts in the index, the ones without an entry
	names   map[string]string // Item ID to account, also of Items whose keep failed
	loose   map[string]bool   // accounts of entries that are in no index, as far as this run knows

	mu     sync.Mutex // for what follows, never held during work; written under busy as well
	locked bool
	loaded bool
	index  []string // accounts in the index, as last read or written
	order  []string // Item IDs as they were listed
	linked map[string]linked

	sign sign
}

// linked is an Item and what opens it.
type linked struct {
	item  plaidapi.Item
	token plaidapi.Secret
}

// newTokens reads nothing: open does, or the first call that needs to.
func newTokens(o Options, w *writes) *tokens {
	t := &tokens{
		options: o, writes: w, busy: make(chan struct{}, 1),
		system: newGuard(o.Ring, o.Service, w), vault: &vault{dir: o.Dir, work: vaultWork},
		loose: map[string]bool{},
	}
	t.sign.where = o.Ring.Name()
	t.empty()
	return t
}

// empty forgets what was read.
func (t *tokens) empty() {
	t.key, t.missing, t.names = nil, map[string]bool{}, map[string]string{}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.loaded, t.index, t.order, t.linked = false, nil, nil, map[string]linked{}
}

// items lists what is linked on this server, in the order of linking.
func (t *tokens) items(ctx context.Context) ([]plaidapi.Item, error) {
	if err := t.ready(ctx); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	items := make([]plaidapi.Item, 0, len(t.order))
	for _, id := range t.order {
		items = append(items, t.linked[id].item)
	}
	return items, nil
}

// token is what opens an Item, or ErrNoItem.
func (t *tokens) token(ctx context.Context, itemID string) (plaidapi.Secret, error) {
	if err := t.ready(ctx); err != nil {
		return plaidapi.Secret{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	l, ok := t.linked[itemID]
	if !ok {
		return plaidapi.Secret{}, ErrNoItem
	}
	return l.token, nil
}

// keep stores an Item and its token: the entry first, then the index, each read back. A known Item
// is overwritten where it stands, whatever account says; a new one gets the account or, if that is
// empty, a random one. When keep fails it may be repeated. Nothing new is then left behind, but for
// an entry under a given account: its giver knows of it, and may adopt or release it.
func (t *tokens) keep(ctx context.Context, account string, item plaidapi.Item, token plaidapi.Secret) error {
	return t.writing(ctx, saving, func() error {
		if err := t.load(ctx); err != nil {
			return err
		}
		given := account != ""
		if own, named := t.names[item.ID]; named {
			account = own
		} else if !given {
			account = rand.Text()
		}
		secret, err := sealItem(account, t.options.Home, item, token)
		if err != nil {
			return err
		}
		known := t.listed(account)
		if err := t.guard.set(ctx, account, secret, !known && !t.loose[account]); err != nil {
			return err
		}
		t.names[item.ID] = account
		delete(t.missing, account)
		if !known {
			err = t.list(ctx, func(names []string) []string { return include(names, account) })
		}
		if err == nil {
			delete(t.loose, account)
			t.remember(item, token)
			return nil
		}
		if given {
			t.loose[account] = true
		} else {
			_ = t.guard.delete(context.WithoutCancel(ctx), account)
		}
		return err
	})
}

// forget removes an Item here: from the index, then its entry, then from memory. Until all of it
// has succeeded the Item stays listed, so that forget can be repeated. An unknown Item is no error.
func (t *tokens) forget(ctx context.Context, itemID string) error {
	return t.writing(ctx, removing, func() error {
		if err := t.load(ctx); err != nil {
			return err
		}
		account, ok := t.names[itemID]
		if !ok {
			return nil
		}
		drop := func(name string) bool { return name == account }
		if err := t.list(ctx, func(names []string) []string { return slices.DeleteFunc(names, drop) }); err != nil {
			return err
		}
		if err := t.guard.delete(ctx, account); err != nil {
			return err
		}
		delete(t.names, itemID)
		delete(t.loose, account)
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.linked, itemID)
		t.order = slices.DeleteFunc(t.order, func(id string) bool { return id == itemID })
		return nil
	})
}

// remember takes an Item into memory, or its new token and products.
func (t *tokens) remember(item plaidapi.Item, token plaidapi.Secret) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.linked[item.ID]; !known {
		t.order = append(t.order, item.ID)
	}
	t.linked[item.ID] = linked{item, token}
}

// ready makes sure that all Items have been read. Once they have, nothing waits here.
func (t *tokens) ready(ctx context.Context) error {
	t.mu.Lock()
	loaded, locked := t.loaded, t.locked
	t.mu.Unlock()
	switch {
	case locked:
		return plaidapi.ErrLocked
	case loaded:
		return nil
	}
	return t.using(ctx, reading, func() error { return t.load(ctx) })
}

// writing is using for work that Close must not cut off.
func (t *tokens) writing(ctx context.Context, d deed, work func() error) error {
	if !t.writes.open() {
		return ErrClosed
	}
	defer t.writes.end()
	return t.using(ctx, d, work)
}

// using runs work alone, in the place where access is kept.
func (t *tokens) using(ctx context.Context, d deed, work func() error) error {
	return t.alone(ctx, func() error {
		if err := t.decide(ctx); err != nil {
			return during(d, err)
		}
		return during(d, work())
	})
}

// alone runs work while nobody else uses the place, unless tartan is locked.
func (t *tokens) alone(ctx context.Context, work func() error) error {
	select {
	case t.busy <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-t.busy }()
	if t.isLocked() {
		return plaidapi.ErrLocked
	}
	return work()
}

func (t *tokens) isLocked() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.locked
}

// listed reports whether an account is in the index, as last read or written.
func (t *tokens) listed(account string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Contains(t.index, account)
}

// list changes the index. It is read afresh each time, so that another tartan's additions stay;
// names whose entry was found to be gone are dropped on the way.
func (t *tokens) list(ctx context.Context, edit func([]string) []string) error {
	names, err := t.guard.index(ctx)
	if errors.Is(err, ErrNotFound) {
		names, err = t.indexed(), nil
	}
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return t.missing[name] })
	names = edit(names)
	if err := t.guard.setIndex(ctx, names); err != nil {
		return err
	}
	t.setIndexed(names)
	return nil
}

// indexed copies the index as last read or written; setIndexed replaces that.
func (t *tokens) indexed() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.index)
}

func (t *tokens) setIndexed(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.index = names
}

// include adds a name that is not there yet.
func include(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
