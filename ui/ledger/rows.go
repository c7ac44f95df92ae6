package ledger

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// frontRows is how many of the newest transactions the next start finds without reading all.
const frontRows = 100

// From so many rows on their columns are nearly all of the heap. The collector need not look into
// them, so it may look often: garbage is at most so many per cent more.
const (
	many    = 200_000
	garbage = 20
)

// waste is how much more is stored than there is.
type waste struct{ pages, rows int }

// The store is rewritten once it holds twice what there is, and more than rewriting is worth.
const (
	spareRows  = 20_000
	sparePages = 1_000
)

// inMemory is the index, or nil until all that is stored has been read.
func (l *Ledger) inMemory() *query.Index {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.index
}

// View is all transactions, newest first. The first call reads them; later ones do not wait.
func (l *Ledger) View(ctx context.Context) (*query.View, error) {
	index, err := l.loaded(ctx)
	if err != nil {
		return nil, err
	}
	view := index.View()
	l.release(view.Len())
	return view, nil
}

// Latest are the newest n transactions. Until all have been read they come from where the last run
// has left them.
func (l *Ledger) Latest(ctx context.Context, n int) ([]plaidapi.Transaction, error) {
	var newest *plaidapi.Batch
	if l.inMemory() == nil {
		var err error
		if newest, err = l.vault.Newest(ctx); err != nil {
			return nil, fmt.Errorf("read newest transactions: %w", err)
		}
	}
	if newest == nil {
		view, err := l.View(ctx)
		if err != nil {
			return nil, err
		}
		newest = view.Newest(n)
	}
	rows := make([]plaidapi.Transaction, min(n, newest.Len()))
	for i := range rows {
		rows[i] = newest.At(i)
	}
	return rows, nil
}

// loaded gives the index, reading all that is stored the first time.
func (l *Ledger) loaded(ctx context.Context) (*query.Index, error) {
	if index := l.inMemory(); index != nil {
		return index, nil
	}
	done, err := l.storing(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return l.load(ctx)
}

// load reads all that is stored, unless it has been. The caller holds the store.
func (l *Ledger) load(ctx context.Context) (*query.Index, error) {
	if index := l.inMemory(); index != nil {
		return index, nil
	}
	index, stored := query.New(), waste{}
	rows, err := l.rows(ctx)
	if err != nil {
		return nil, err
	}
	if rows > many {
		debug.SetGCPercent(garbage)
	}
	index.Reserve(rows)
	err = l.vault.Replay(ctx, func(p plaidapi.Page) error {
		stored.add(p)
		return index.Load(p)
	})
	if err != nil {
		return nil, fmt.Errorf("read transactions: %w", err)
	}
	index.Loaded()
	l.release(rows)
	l.facts.Lock()
	defer l.facts.Unlock()
	if err := l.teach(ctx, index); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index, l.waste = index, stored
	return index, nil
}

// rows is how many transactions are known, of all Items.
func (l *Ledger) rows(ctx context.Context) (int, error) {
	items, err := l.vault.Items(ctx)
	if err != nil {
		return 0, fmt.Errorf("read items: %w", err)
	}
	rows := 0
	for _, item := range items {
		saved, err := l.vault.Saved(ctx, item.ID)
		if err != nil {
			return 0, fmt.Errorf("read what is saved: %w", err)
		}
		rows += saved.Rows
	}
	return rows, nil
}

func (w *waste) add(p plaidapi.Page) {
	w.pages++
	if p.Put != nil {
		w.rows += p.Put.Len()
	}
}

// storing waits until nobody else reads or stores transactions.
func (l *Ledger) storing(ctx context.Context) (done func(), err error) {
	select {
	case l.store <- struct{}{}:
		return func() { <-l.store }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// keepRows stores a page and takes it into the index. The caller holds the store.
func (l *Ledger) keepRows(ctx context.Context, index *query.Index, p plaidapi.Page) error {
	if err := l.vault.Apply(ctx, p); err != nil {
		l.unload() // another tartan may have stored some before this one could
		return fmt.Errorf("store transactions: %w", err)
	}
	l.mu.Lock()
	l.waste.add(p)
	l.mu.Unlock()
	if err := index.Apply(p); err != nil {
		return err
	}
	return l.follow(ctx, index, p)
}

// unload has all that is stored read anew, the next time it is asked for.
func (l *Ledger) unload() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index = nil
}

// tidy leaves the newest rows for the next start, and rewrites the store where much of it is of no
// use any more. Neither is needed: the next sync tries again. The caller holds the store.
func (l *Ledger) tidy(ctx context.Context, index *query.Index) {
	view := index.View()
	l.mu.Lock()
	w := l.waste
	l.mu.Unlock()
	if w.rows > 2*view.Len()+spareRows || w.pages > view.Len()/1000+sparePages {
		if l.vault.Rewrite(ctx, index.Pages) == nil {
			l.mu.Lock()
			l.waste = waste{rows: view.Len()}
			l.mu.Unlock()
		}
	}
	_ = l.vault.Front(ctx, view.Newest(frontRows))
	index.Rest()
	l.release(view.Len())
}

// release gives back the memory that reading, fetching, searching or sorting very many rows has
// taken, once none of it has begun for a moment: those who did it have let go of it too by then.
// Nobody waits for it.
func (l *Ledger) release(rows int) {
	if rows <= many {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sweep == nil {
		l.sweep = time.AfterFunc(time.Second, debug.FreeOSMemory)
		return
	}
	l.sweep.Reset(time.Second)
}

// forgotten takes an Item that is no longer linked out of what is in memory.
func (l *Ledger) forgotten(itemID string) {
	l.mu.Lock()
	delete(l.state, itemID)
	l.mu.Unlock()
	if index := l.inMemory(); index != nil {
		index.Drop(itemID)
	}
	l.learn(context.Background())
}
