package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"unicode/utf8"

	"filippo.io/age"

	"tartan/plaidapi"
)

// A move copies everything, reads it back, switches, and then removes the old copies. It may be
// killed anywhere:
//
//	keyring or memory to file   Until vault.age gets its name the old place holds, whole. From then
//	                            on the file does, and names what the keyring still has copies of.
//	file to keyring             The file first names what the keyring will have copies of. Until
//	                            vault.age is gone the file holds, whole. From then on the keyring does.
//	memory to keyring           Each entry is followed by its place in the index, as in keep.
//
// tidy removes the copies of the place that does not hold, at the next choose or when it is called.

// choose moves all that is kept to another place; in the file's case it sets the passphrase, also
// of a file that is the place already. Accounts are those that the journal knows of: what stands
// under them is in no index. On a failure the old place holds. It fails with an *Error that is
// plaidapi.Unsupported where tokens would be forgotten with this run, or no folder is there for a
// file. Call it under the folder's lock.
func (t *tokens) choose(ctx context.Context, to plaidapi.AccessPlace, pass plaidapi.Secret, accounts ...string) error {
	if !t.writes.open() {
		return ErrClosed
	}
	defer t.writes.end()
	return t.alone(ctx, func() error {
		if err := t.decide(ctx); err != nil && !errors.Is(err, plaidapi.ErrNoPlace) {
			return during(moving, err)
		}
		entries, err := t.collect(ctx, accounts)
		switch {
		case err != nil:
		case to == plaidapi.InKeyring:
			err = t.toKeyring(ctx, entries)
		case to == plaidapi.InFile:
			err = t.toFile(ctx, pass, entries)
		default:
			err = t.toRun(ctx, entries)
		}
		if err == nil && t.guard != nil {
			_ = t.clean(ctx) // it tells the person what is left
		}
		return during(moving, err)
	})
}

// sealedEntry is an entry as it stands in a place.
type sealedEntry struct {
	account string
	secret  plaidapi.Secret
	listed  bool
}

// collect reads everything that is to move. From a keyring that is what belongs to this server: it
// may hold entries of others, and cannot list them.
func (t *tokens) collect(ctx context.Context, journal []string) ([]sealedEntry, error) {
	if t.guard == nil {
		return nil, nil
	}
	names, err := t.guard.index(ctx)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	others := slices.Concat([]string{keysAccount, logAccount}, slices.Sorted(maps.Keys(t.loose)), journal)
	own, lists := t.guard.ring.(lister)
	if lists {
		if others, err = call(ctx, t.guard, job[[]string]{work: own.accounts}); err != nil {
			return nil, err
		}
	}
	accounts := slices.Clone(names)
	for _, account := range others {
		if account != indexAccount && account != probeAccount {
			accounts = include(accounts, account)
		}
	}
	replies, err := t.guard.getAll(ctx, accounts)
	if err != nil {
		return nil, err
	}
	var all []sealedEntry
	for i, r := range replies {
		if r.err == nil && (lists || t.ours(accounts[i], r.secret)) {
			all = append(all, sealedEntry{accounts[i], plaidapi.NewSecret(r.secret), i < len(names)})
		}
	}
	return all, nil
}

// lister is a Ring of ours, which has no entries but those of this profile and server.
type lister interface{ accounts() ([]string, error) }

// ours reports whether an entry belongs to this server, or to all.
func (t *tokens) ours(account, secret string) bool {
	if account == keysAccount || account == logAccount {
		return true
	}
	e, err := unsealEntry(account, secret)
	return err == nil && e.Home == t.options.Home
}

// toFile seals all that is kept with a passphrase.
func (t *tokens) toFile(ctx context.Context, pass plaidapi.Secret, entries []sealedEntry) error {
	there, err := t.vault.there()
	switch {
	case t.options.Dir == "":
		return fault(NoFolder)
	case err != nil:
		return err
	case there && t.place() != plaidapi.InFile:
		return t.intoFile(ctx, pass, entries)
	case utf8.RuneCountInString(pass.Reveal()) < minPassphrase:
		return fault(TooShort)
	case there:
		return t.vault.lockUp(pass)
	}
	body := vaultBody{Entries: map[string]bare{}}
	var names []string
	for _, e := range entries {
		body.Entries[e.account] = bare(e.secret.Reveal())
		if e.listed {
			names = append(names, e.account)
		}
		if t.place() == plaidapi.InKeyring {
			body.Copies = append(body.Copies, e.account)
		}
	}
	sealed, err := seal(indexAccount, index{names})
	if err != nil {
		return err
	}
	body.Entries[indexAccount] = bare(sealed)
	if err := t.makeVault(body, pass); err != nil {
		return err
	}
	return t.switched(ctx, newGuard(t.vault, t.options.Service, t.writes), plaidapi.InFile)
}

// intoFile adds what was kept for this run to a passphrase file that is there already.
func (t *tokens) intoFile(ctx context.Context, pass plaidapi.Secret, entries []sealedEntry) error {
	if err := t.vault.unlock(pass); err != nil {
		return err
	}
	file := newGuard(t.vault, t.options.Service, t.writes)
	if err := t.copyTo(ctx, file, entries); err != nil {
		return err
	}
	return t.switched(ctx, file, plaidapi.InFile)
}

// makeVault writes both files of a new vault, and makes sure that they can be read.
func (t *tokens) makeVault(body vaultBody, pass plaidapi.Secret) error {
	v := t.vault
	if err := v.disk.mkdir(v.dir); err != nil {
		return err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	v.identity = identity
	if err := v.lockUp(pass); err != nil {
		return err
	}
	if err := v.write(vaultMade, body); err != nil {
		return err
	}
	if back, err := v.bodyOf(vaultMade); err != nil || !back.same(body) {
		return readError(v.path(vaultMade), errOtherwise)
	}
	err = v.disk.rename(v.path(vaultMade), v.path(vaultFile))
	switch there, _ := v.there(); {
	case there:
		return nil // whatever was reported: the next tartan goes by this too
	case err == nil:
		return readError(v.path(vaultFile), errOtherwise)
	}
	return err
}

// toKeyring copies all that is kept to the system's keyring.
func (t *tokens) toKeyring(ctx context.Context, entries []sealedEntry) error {
	switch {
	case t.guard == nil:
		return t.settle(ctx, t.system, plaidapi.InKeyring)
	case t.place() == plaidapi.InKeyring:
		return nil
	}
	if err := t.system.probe(ctx); err != nil {
		return err
	}
	sealed := t.place() == plaidapi.InFile
	if sealed {
		if err := t.announce(ctx, entries); err != nil {
			return err
		}
	}
	if err := t.copyTo(ctx, t.system, entries); err != nil {
		return err
	}
	if sealed {
		err := t.vault.disk.remove(t.vault.path(vaultFile))
		switch there, looked := t.vault.there(); {
		case looked != nil || err != nil && there:
			return errors.Join(err, looked)
		case there:
			return writeError(t.vault.path(vaultFile), errOtherwise)
		}
		_ = t.vault.disk.syncDir(t.vault.dir) // should the file come back, it holds no less
	}
	return t.switched(ctx, t.system, plaidapi.InKeyring)
}

// copyTo writes entries into another place. The log's key of this run stays: nothing was sealed with it.
func (t *tokens) copyTo(ctx context.Context, to *guard, entries []sealedEntry) error {
	for _, e := range entries {
		if e.account == logAccount && t.place() == plaidapi.InMemory {
			continue
		}
		if err := to.take(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// switched goes on in the place that holds now. Should it not answer, the next call decides anew.
func (t *tokens) switched(ctx context.Context, g *guard, place plaidapi.AccessPlace) error {
	t.guard = nil
	if err := t.settle(ctx, g, place); errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// announce lets the passphrase file say what the keyring is about to have copies of.
func (t *tokens) announce(ctx context.Context, entries []sealedEntry) error {
	_, err := call(ctx, t.guard, job[struct{}]{write: true, work: func() (struct{}, error) {
		return struct{}{}, t.vault.change(func(b *vaultBody) error {
			for _, e := range entries {
				b.Copies = include(b.Copies, e.account)
			}
			return nil
		})
	}})
	return err
}

// take writes an entry of another place, and its account into the index if it was in one there. A
// key for saved data that stands there already is put aside: another file may need it.
func (g *guard) take(ctx context.Context, e sealedEntry) error {
	if e.account == logAccount {
		if err := g.putAside(ctx, e.secret.Reveal()); err != nil {
			return err
		}
	}
	if err := g.set(ctx, e.account, e.secret.Reveal(), false); err != nil || !e.listed {
		return err
	}
	names, err := g.index(ctx)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return g.setIndex(ctx, include(names, e.account))
}

// putAside keeps the key for saved data that another one is about to replace, under a name that is
// its alone.
func (g *guard) putAside(ctx context.Context, next string) error {
	before, err := g.get(ctx, logAccount)
	if errors.Is(err, ErrNotFound) || before == next {
		return nil
	}
	if err != nil {
		return err
	}
	return g.set(ctx, logAccount+"."+checkOf(logAccount, []byte(before)), before, false)
}

// toRun keeps nothing beyond this run, if nothing is kept. The key for saved data stays where it is.
func (t *tokens) toRun(ctx context.Context, entries []sealedEntry) error {
	if t.place() == plaidapi.InMemory {
		return nil
	}
	for _, e := range entries {
		if e.account != logAccount {
			return fault(StillKept)
		}
	}
	if err := t.settle(ctx, newGuard(memoryRing{}, t.options.Service, t.writes), plaidapi.InMemory); err != nil {
		return err
	}
	t.sign.say(placeNotice, "What you link is kept in memory, as you chose, and forgotten when tartan ends.")
	return nil
}
