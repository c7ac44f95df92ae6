package store

import (
	"context"
	"errors"
	"slices"

	"tartan/plaidapi"
)

const copiesLeft = "Copies of access to your banks are still in the system keyring. " +
	"tartan removes them as soon as the keyring answers; unlock it and start tartan again."

// tidy removes what a move that was cut off, or whose end failed, has left in the place that access
// was kept in before. Call it under the folder's lock.
func (t *tokens) tidy(ctx context.Context) error {
	return t.writing(ctx, removing, func() error { return t.clean(ctx) })
}

// clean is tidy. The person is told as long as copies are left in a keyring.
func (t *tokens) clean(ctx context.Context) error {
	switch t.place() {
	case plaidapi.InKeyring:
		return errors.Join(t.cleanFolder(), t.discard(vaultKeyFile))
	case plaidapi.InFile:
		err := errors.Join(t.cleanFolder(), t.cleanKeyring(ctx))
		told := ""
		if err != nil {
			told = copiesLeft
		}
		t.sign.say(copiesNotice, told)
		return err
	}
	return nil
}

// cleanFolder removes what was being written when a tartan was killed.
func (t *tokens) cleanFolder() error {
	var all []error
	for _, name := range []string{vaultMade, vaultFile, vaultKeyFile} {
		all = append(all, t.discard(name+".new"))
	}
	return errors.Join(append(all, t.discard(vaultMade))...)
}

// discard removes a file that is not there for anything.
func (t *tokens) discard(name string) error {
	if t.options.Dir == "" {
		return nil
	}
	return t.vault.disk.remove(t.vault.path(name))
}

// cleanKeyring removes the copies that the passphrase file names, if the keyring has them in the
// same words: first from the index, then the entries. What belongs to all is left to other servers,
// if the keyring holds Items of theirs.
func (t *tokens) cleanKeyring(ctx context.Context) error {
	body, err := call(ctx, t.guard, job[vaultBody]{work: t.vault.body})
	if err != nil || len(body.Copies) == 0 {
		return err
	}
	if err := t.vault.disk.syncDir(t.vault.dir); err != nil {
		return err // the file may not survive a loss of power yet
	}
	ring := t.system
	gone, err := ring.same(ctx, body)
	if err != nil {
		return err
	}
	others, err := ring.unlist(ctx, gone)
	if err != nil {
		return err
	}
	for _, account := range gone {
		if others && (account == keysAccount || account == logAccount) {
			continue
		}
		if err := ring.delete(ctx, account); err != nil {
			return err
		}
	}
	_, err = call(ctx, t.guard, job[struct{}]{write: true, work: func() (struct{}, error) {
		return struct{}{}, t.vault.change(func(b *vaultBody) error {
			b.Copies = nil
			return nil
		})
	}})
	return err
}

// same gives those of the announced copies that stand in the ring as in the file, or that the file
// has done away with since.
func (g *guard) same(ctx context.Context, body vaultBody) ([]string, error) {
	replies, err := g.getAll(ctx, body.Copies)
	if err != nil {
		return nil, err
	}
	var all []string
	for i, r := range replies {
		kept, there := body.Entries[body.Copies[i]]
		if r.err == nil && (!there || string(kept) == r.secret) {
			all = append(all, body.Copies[i])
		}
	}
	return all, nil
}

// unlist takes accounts out of the index, and those without an entry. It reports whether any are left.
func (g *guard) unlist(ctx context.Context, accounts []string) (left bool, err error) {
	names, err := g.index(ctx)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	rest := slices.DeleteFunc(names, func(name string) bool { return slices.Contains(accounts, name) })
	replies, err := g.getAll(ctx, rest)
	if err != nil {
		return false, err
	}
	var there []string
	for i, r := range replies {
		if r.err == nil {
			there = append(there, rest[i])
		}
	}
	if len(there) == 0 {
		return false, g.delete(ctx, indexAccount)
	}
	return true, g.setIndex(ctx, there)
}
