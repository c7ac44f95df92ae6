package store

import (
	"context"

	"tartan/plaidapi"
)

// OpenStruck is Open with a hook that is asked before each change on disk; see disk. A passphrase
// that it seals takes no time to guess.
func OpenStruck(o Options, hook func(op, path string) error) *Store {
	s := openOver(o, disk{hook: hook})
	s.tokens.vault.work = 10
	return s
}

// CutShort is a hook's answer to a write: so many bytes are written, then is called, if any, and the
// write fails.
func CutShort(n int, then func()) error { return errShort{n, then} }

// Kept are the tokens that are kept of linked Items, by Item, whatever the book says.
func (s *Store) Kept(ctx context.Context) (map[string]string, error) {
	items, err := s.tokens.items(ctx)
	kept := map[string]string{}
	for _, item := range items {
		var token plaidapi.Secret
		if token, err = s.tokens.token(ctx, item.ID); err != nil {
			break
		}
		kept[item.ID] = token.Reveal()
	}
	return kept, err
}

// Sealing is what seals all that is saved: the log's key, and the identity of the passphrase file.
func (s *Store) Sealing(ctx context.Context) (key []byte, identity string, err error) {
	key, err = s.tokens.master(ctx, false)
	return key, s.tokens.vault.identity.String(), err
}
