package store

import (
	"context"
	"errors"
	"fmt"
)

// index gives the accounts that hold Items, or ErrNotFound before the first was kept.
func (g *guard) index(ctx context.Context) ([]string, error) {
	secret, err := g.get(ctx, indexAccount)
	return unsealIndex(reply{secret, err})
}

// setIndex replaces the index.
func (g *guard) setIndex(ctx context.Context, names []string) error {
	secret, err := seal(indexAccount, index{names})
	if err != nil {
		return err
	}
	return g.set(ctx, indexAccount, secret, false)
}

// unsealIndex reads what was answered for the index.
func unsealIndex(r reply) ([]string, error) {
	if r.err != nil {
		return nil, r.err
	}
	var list index
	err := unseal(indexAccount, r.secret, &list)
	return list.Items, err
}

// load reads the entry of every Item at once, the first time it succeeds.
func (t *tokens) load(ctx context.Context) error {
	if t.loaded { // written under busy alone
		return nil
	}
	names := t.indexed()
	replies, err := t.guard.getAll(ctx, names)
	if err != nil {
		return err
	}
	t.take(names, replies)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.loaded = true
	return nil
}

// take remembers the Items of this server. An entry that is gone or unreadable is told of; nothing
// is deleted for it.
func (t *tokens) take(names []string, replies []reply) {
	lost := 0
	for i, r := range replies {
		if errors.Is(r.err, ErrNotFound) {
			t.missing[names[i]] = true
			lost++
			continue
		}
		switch e, err := unsealEntry(names[i], r.secret); {
		case err != nil || e.Kind != linkedKind:
			lost++
		case e.Home == t.options.Home:
			t.names[e.Item] = names[i]
			t.remember(e.item(), e.secret())
		}
	}
	told := ""
	if lost > 0 {
		told = fmt.Sprintf("%d of the banks linked earlier cannot be read from the %s. "+
			"Nothing was changed. Link them again to see them here.", lost, t.guard.ring.Name())
	}
	t.sign.say(lostNotice, told)
}
