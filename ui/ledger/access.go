package ledger

import (
	"context"

	"tartan/plaidapi"
)

// Open makes ready what is kept. Where the person must do something first it fails with
// plaidapi.ErrPassphrase, ErrNoPlace or ErrLocked.
func (l *Ledger) Open(ctx context.Context) error { return l.vault.Open(ctx) }

// Unlock opens what ErrPassphrase or ErrLocked has kept shut; the passphrase is empty where none
// is asked. A wrong one is plaidapi.ErrWrongPassphrase.
func (l *Ledger) Unlock(ctx context.Context, passphrase plaidapi.Secret) error {
	return l.vault.Unlock(ctx, passphrase)
}

// Lock forgets all that is held in memory. Calls fail with plaidapi.ErrLocked until Unlock.
func (l *Ledger) Lock() {
	l.vault.Lock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index = nil
	clear(l.state)
}

// Choose moves what is kept to another place. Nothing is lost when it fails. Transactions that were
// kept for this run only are stored as well, and should that fail, fetched again.
func (l *Ledger) Choose(ctx context.Context, place plaidapi.AccessPlace, passphrase plaidapi.Secret) error {
	fleeting := l.vault.Access().Place == plaidapi.InMemory
	if err := l.vault.Choose(ctx, place, passphrase); err != nil {
		return err
	}
	index := l.inMemory()
	if !fleeting || index == nil {
		return nil
	}
	done, err := l.storing(ctx)
	if err != nil {
		return nil
	}
	defer done()
	if l.vault.Rewrite(ctx, index.Pages) == nil {
		_ = l.vault.Front(ctx, index.View().Newest(frontRows))
	}
	return nil
}

// Access tells where tokens are kept now, without waiting for anything.
func (l *Ledger) Access() plaidapi.Access { return l.vault.Access() }

// Keyed fails with plaidapi.ErrNoKeys where API keys are needed and none are kept.
func (l *Ledger) Keyed(ctx context.Context) error {
	_, err := l.vault.Keys(ctx)
	return err
}

// SetKeys keeps API keys.
func (l *Ledger) SetKeys(ctx context.Context, keys plaidapi.Keys) error {
	return l.vault.SetKeys(ctx, keys)
}
