package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// follow has what was written about pending transactions be about the posted ones that took their
// places, and what can be undone and redone of it as well. It does so after each page that brings
// posted ones, and at the end of each sync: tartan may have been killed between the two. The caller
// holds the store.
func (l *Ledger) follow(ctx context.Context, index *query.Index, p plaidapi.Page) error {
	if p.Partial && !posts(p.Put) {
		return nil
	}
	w, err := l.written(ctx)
	if err != nil {
		return err
	}
	all, err := w.moved(p.ItemID, func(id string) (string, bool) { return index.Posted(p.ItemID, id) })
	if err != nil || len(all) == 0 {
		return err
	}
	if err := l.vault.Mark(ctx, all...); err != nil {
		return fmt.Errorf("store what was written: %w", err)
	}
	l.learn(ctx)
	return nil
}

// posts reports whether a row names the pending one that it took the place of.
func posts(b *plaidapi.Batch) bool {
	if b == nil {
		return false
	}
	for row := range b.Len() {
		if _, pending := b.ID(row); len(pending) > 0 {
			return true
		}
	}
	return false
}

// moved is what to store so that what is written about an Item's transactions is about those that
// took their places. What is written about the latter already stays.
func (w written) moved(itemID string, posted func(id string) (string, bool)) (all []plaidapi.Mark, err error) {
	for _, m := range w.marks {
		if m.Subject.ItemID != itemID || m.Subject.TransactionID == "" {
			continue
		}
		id, is := posted(m.Subject.TransactionID)
		if !is {
			continue
		}
		at := m
		at.Subject.TransactionID, m.Value = id, ""
		all = append(all, m)
		if _, own := w.marks[slotOf(at)]; !own {
			all = append(all, at)
		}
	}
	for _, changes := range []map[int][]plaidapi.Mark{w.done, w.undone} {
		for _, m := range slices.Concat(slices.Collect(maps.Values(changes))...) {
			if m.Subject.ItemID != itemID {
				continue
			}
			c, err := changeOf(m)
			if err != nil {
				return nil, err
			}
			if !c.move(posted) {
				continue
			}
			if err := c.keep(&m); err != nil {
				return nil, err
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// move has a change be about the transactions that took the places of others.
func (c *change) move(posted func(id string) (string, bool)) (moved bool) {
	for i := range c.Parts {
		if id, is := posted(c.Parts[i].Transaction); is {
			c.Parts[i].Transaction, moved = id, true
		}
	}
	return moved
}
