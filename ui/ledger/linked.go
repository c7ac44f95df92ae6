package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"tartan/plaidapi"
)

// A free plan has so many links in all, and to unlink gives none back (modern-api §12). So each Item
// that was ever linked leaves a mark that stays when the Item goes.

// Linked is how many Items were ever linked with the API keys in use, as far as was noted here; those
// of the legacy wire are not counted.
func (l *Ledger) Linked(ctx context.Context) (ever int, err error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	client, err := l.client(ctx)
	if err != nil {
		return 0, err
	}
	marks, err := l.vault.Marks(ctx)
	if err != nil {
		return 0, fmt.Errorf("read what was linked: %w", err)
	}
	items, err := l.vault.Items(ctx)
	if err != nil {
		return 0, fmt.Errorf("read items: %w", err)
	}
	all, others := map[string]bool{}, map[string]bool{}
	for _, m := range marks {
		switch {
		case m.Field != plaidapi.EverLinked:
		case m.Value == client:
			all[m.Subject.Name] = true
		default:
			others[m.Subject.Name] = true
		}
	}
	for _, item := range items { // one that was linked when tartan was killed has no mark yet
		if name := hashed(item.ID); item.Wire == plaidapi.Modern && !others[name] {
			all[name] = true
		}
	}
	return len(all), nil
}

// count notes that an Item is or was linked.
func (l *Ledger) count(ctx context.Context, item plaidapi.Item) error {
	if item.Wire != plaidapi.Modern {
		return nil
	}
	marks, err := l.vault.Marks(ctx)
	if err != nil {
		return fmt.Errorf("read what was linked: %w", err)
	}
	subject := plaidapi.Subject{Name: hashed(item.ID)}
	for _, m := range marks {
		if m.Subject == subject && m.Field == plaidapi.EverLinked {
			return nil
		}
	}
	client, err := l.client(ctx)
	if err != nil {
		return err
	}
	if err := l.vault.Mark(ctx, plaidapi.Mark{Subject: subject, Field: plaidapi.EverLinked, Value: client, At: l.now()}); err != nil {
		return fmt.Errorf("note what was linked: %w", err)
	}
	return nil
}

// client stands for whose API keys are in use.
func (l *Ledger) client(ctx context.Context) (string, error) {
	keys, err := l.vault.Keys(ctx)
	if err != nil && !errors.Is(err, plaidapi.ErrNoKeys) {
		return "", fmt.Errorf("read keys: %w", err)
	}
	return hashed(keys.ClientID), nil
}

// hashed is a name that tells nothing, and always the same for the same text.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
