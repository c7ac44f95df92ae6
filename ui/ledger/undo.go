package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tartan/plaidapi"
)

// WriteError is why nothing was written, undone or redone. Compare with errors.Is.
type WriteError struct{ name, text string }

// Error is the reason in a few words, for logs and tests.
func (e *WriteError) Error() string { return "ledger: " + e.name }

// UserText says it in whole sentences.
func (e *WriteError) UserText() string { return e.text }

// The reasons.
var (
	ErrNothingToUndo error = &WriteError{"nothing to undo", "There is nothing to undo."}
	ErrNothingToRedo error = &WriteError{"nothing to redo", "There is nothing to redo."}
)

// ReadOnlyError reports that nothing can be written now. Notice is why, in the vault's words.
type ReadOnlyError struct{ Notice string }

// Error says so in a few words, for logs and tests.
func (e *ReadOnlyError) Error() string { return "ledger: read only" }

// ExitCode is 11: busy (security.md).
func (e *ReadOnlyError) ExitCode() int { return 11 }

// UserText says that nothing was saved, and then why.
func (e *ReadOnlyError) UserText() string {
	return strings.TrimSpace("Nothing can be changed here now, so this was not saved. " + e.Notice)
}

// Write stores changes as one that can be undone, all or nothing. An empty Value takes back what was
// written; what holds already changes nothing. about is what the change is, in a few words that Undo
// gives back: "category of 3 transactions". It fails with a ReadOnlyError, with ErrNoItem for what is
// no longer linked, or with what the vault says.
func (l *Ledger) Write(ctx context.Context, about string, marks ...plaidapi.Mark) error {
	_, err := l.change(ctx, func(w written) (string, []plaidapi.Mark, error) {
		items, err := l.vault.Items(ctx)
		if err != nil {
			return "", nil, fmt.Errorf("read items: %w", err)
		}
		wanted := map[slot]int{}
		var last []plaidapi.Mark // of each slot
		for _, m := range marks {
			m, err := l.tidied(m, items)
			if err != nil {
				return "", nil, err
			}
			if at, again := wanted[slotOf(m)]; again {
				last[at] = m
				continue
			}
			wanted[slotOf(m)] = len(last)
			last = append(last, m)
		}
		all, err := w.write(about, last, l.now())
		return about, all, err
	})
	return err
}

// Undo takes back the last change that was not, and gives what it was about. It fails with
// ErrNothingToUndo and as Write does.
func (l *Ledger) Undo(ctx context.Context) (about string, err error) {
	return l.change(ctx, func(w written) (string, []plaidapi.Mark, error) {
		if len(w.done) == 0 {
			return "", nil, ErrNothingToUndo
		}
		last := slices.Max(slices.Collect(maps.Keys(w.done)))
		return turned(w.done[last], plaidapi.CanRedo, func(p part) value { return p.Was })
	})
}

// Redo does again what Undo took back last, unless something was written since. It fails with
// ErrNothingToRedo and as Write does.
func (l *Ledger) Redo(ctx context.Context) (about string, err error) {
	return l.change(ctx, func(w written) (string, []plaidapi.Mark, error) {
		if len(w.undone) == 0 {
			return "", nil, ErrNothingToRedo
		}
		first := slices.Min(slices.Collect(maps.Keys(w.undone)))
		return turned(w.undone[first], plaidapi.CanUndo, func(p part) value { return p.Now })
	})
}

// change stores what edit makes of all that is written, alone.
func (l *Ledger) change(ctx context.Context, edit func(written) (about string, all []plaidapi.Mark, err error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if a := l.vault.Access(); a.ReadOnly {
		return "", &ReadOnlyError{a.Notice}
	}
	done, err := l.storing(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	w, err := l.written(ctx)
	if err != nil {
		return "", err
	}
	about, all, err := edit(w)
	if err != nil || len(all) == 0 {
		return about, err
	}
	if err := l.vault.Mark(ctx, all...); err != nil {
		return "", fmt.Errorf("store what was written: %w", err)
	}
	l.learn(ctx)
	return about, nil
}

// tidied is a mark as it is kept: about a transaction as it is now, for a screen may have shown it
// while it was pending.
func (l *Ledger) tidied(m plaidapi.Mark, items []plaidapi.Item) (plaidapi.Mark, error) {
	m.Value = strings.TrimSpace(m.Value)
	s := &m.Subject
	if s.ItemID != "" && !slices.ContainsFunc(items, func(item plaidapi.Item) bool { return item.ID == s.ItemID }) {
		return m, ErrNoItem
	}
	if s.TransactionID == "" {
		return m, nil
	}
	s.AccountID = "" // the transaction's ID is unique within its Item
	if index := l.inMemory(); index != nil {
		if posted, is := index.Posted(s.ItemID, s.TransactionID); is {
			s.TransactionID = posted
		}
	}
	return m, nil
}
