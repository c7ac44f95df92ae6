package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// pass is one reading of an Item's transactions, from the first page to the last.
type pass struct {
	number   int       // counts the passes of the Item in this run; 0 before the first
	cursor   string    // where it goes on
	began    time.Time // when it asked for its first page
	pages    int
	thorough bool // compare all, however much of it is known already
	first    bool // nothing was whole before it
	ended    bool // it came to its end
	waits    int  // how often the bank had not told all of its past yet
	waiting  bool // it has not, as far as is known
}

// mostWaits is how often a bank that has not told all of its past is asked again: for three minutes
// (modern-api §7).
const mostWaits = 9

// wait is how long to wait before that, the first time, the second, and so on.
func wait(after int) time.Duration {
	waits := [...]time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 15 * time.Second, 30 * time.Second}
	return waits[min(after, len(waits))-1]
}

// The most that one pass reads (security.md 12), and how long a bank may be left before all of its
// past is compared again.
const (
	mostPages = 1_000
	settled   = 7 * 24 * time.Hour
)

// Progress is how far the sync of one Item has come.
type Progress struct {
	Rows     int           // transactions known so far
	Oldest   plaidapi.Date // of them
	Done     bool          // nothing more to fetch now
	Thorough bool          // asked for: compare all with what is known, not only what is recent
	Waiting  time.Duration // ask again after so long: the bank is still being asked for its past; 0 is at once
	pass     int           // which one of the Item this is
}

// SyncPage fetches and stores one page of an Item's transactions. Call it with the zero Progress,
// then with what it returned, until Done. Each page is stored whole before it returns, so a sync
// may be left after any of them: the next one goes on from there, in a later run too. Callers for
// one Item take turns at the same sync and are all Done when it is.
//
// A bank that was linked just now may have nothing to tell yet, or the last days only: then Waiting
// says when to go on. It ends after three minutes at most; a Holding that is Waiting still then is
// complete after a later sync.
func (l *Ledger) SyncPage(ctx context.Context, itemID string, last Progress) (Progress, error) {
	ctx, cancel := context.WithTimeout(ctx, slowTime)
	defer cancel()
	var asked *access
	next, err := l.syncPage(ctx, itemID, last, &asked)
	if err != nil && asked != nil {
		return Progress{}, l.failed(ctx, *asked, err)
	}
	return next, err
}

// syncPage is SyncPage, but for what is remembered of a failure. asked is set once the bank was.
func (l *Ledger) syncPage(ctx context.Context, itemID string, last Progress, asked **access) (Progress, error) {
	done, err := l.turn(ctx, itemID)
	if err != nil {
		return Progress{}, err
	}
	defer done()
	a, err := l.open(ctx, itemID)
	if err != nil {
		return Progress{}, err
	}
	saved, err := l.vault.Saved(ctx, itemID)
	if err != nil {
		return Progress{}, fmt.Errorf("read what is saved: %w", err)
	}
	p := l.known(itemID).pass
	if last.pass != 0 && (last.pass != p.number || p.ended) {
		return Progress{Rows: saved.Rows, Oldest: saved.Oldest, Done: true, pass: p.number}, nil
	}
	if p.number == 0 || p.ended {
		p = l.start(p.number+1, saved)
	}
	p.thorough = p.thorough || last.Thorough
	*asked = &a
	page, p, err := l.page(ctx, a, saved, p)
	if err != nil {
		return Progress{}, fmt.Errorf("sync: %w", err)
	}
	l.note(itemID, func(s *state) { s.pass, s.err = p, nil })
	next := Progress{Rows: page.Rows, Oldest: page.Oldest, Done: p.ended, pass: p.number}
	if p.waiting && !p.ended {
		next.Waiting = wait(p.waits)
	}
	return next, nil
}

// start is a new pass, or one that goes on where an earlier run has left it.
func (l *Ledger) start(number int, saved plaidapi.Saved) pass {
	p := pass{number: number, cursor: saved.Cursor, began: l.now(), first: saved.Synced.IsZero()}
	if saved.Partial {
		p.began, p.first = saved.Began, true
	}
	p.thorough = l.now().Sub(saved.Synced) > settled
	return p
}

// page carries one page from bank to vault: only what differs from what is known.
func (l *Ledger) page(ctx context.Context, a access, saved plaidapi.Saved, p pass) (plaidapi.Page, pass, error) {
	changes, err := a.bank.Sync(ctx, a.item, a.token, p.cursor)
	switch {
	case (errors.Is(err, plaidapi.Unsupported) || errors.Is(err, plaidapi.NotShared)) && !tells(a.item):
		changes, err = plaidapi.Changes{}, nil // linked for its numbers or names: there are no rows to read
	case errors.Is(err, plaidapi.NotReady) && p.waits < mostWaits:
		changes, err = plaidapi.Changes{Next: p.cursor, History: plaidapi.NothingYet}, nil
	}
	if err != nil {
		return plaidapi.Page{}, p, err
	}
	release, err := l.storing(ctx)
	if err != nil {
		return plaidapi.Page{}, p, err
	}
	defer release()
	index, err := l.load(ctx)
	if err != nil {
		return plaidapi.Page{}, p, err
	}
	page, err := index.Diff(a.item.ID, changes)
	if err != nil {
		return plaidapi.Page{}, p, err
	}
	return l.turnPage(ctx, index, changes, page, saved, p)
}

// tells reports whether an Item was linked for its transactions.
func tells(item plaidapi.Item) bool {
	return slices.Contains(item.Products, plaidapi.Connect) || slices.Contains(item.Products, plaidapi.Transactions)
}

// turnPage stores a page and says where its pass goes on. A page without news is stored only where it
// makes a sync whole: until then there is nothing to lose. Nothing yet is no sync at all.
func (l *Ledger) turnPage(ctx context.Context, index *query.Index, c plaidapi.Changes, page plaidapi.Page, saved plaidapi.Saved, p pass) (plaidapi.Page, pass, error) {
	p.pages++
	if c.More && p.pages >= mostPages {
		return page, p, &plaidapi.Error{Problem: plaidapi.BadReply, Op: "sync", Err: errors.New("too many pages")}
	}
	news := len(page.Gone) > 0 || page.Put != nil && page.Put.Len() > 0
	whole := !c.More
	if p.cursor = c.Next; !whole && p.enough(c, news, l.now()) {
		p.cursor, whole = "", true
	}
	if p.waiting = whole && c.History != plaidapi.AllThere; p.waiting {
		p.waits++
	}
	p.ended = whole && (!p.waiting || p.waits > mostWaits)
	page.Cursor, page.Partial, page.Began = p.cursor, !whole, p.began
	if c.History == plaidapi.NothingYet || !news && (!whole || p.waits > 1 && p.waiting) {
		return page, p, nil
	}
	if err := l.keepRows(ctx, index, page); err != nil {
		return page, p, err
	}
	if !p.ended {
		return page, p, nil
	}
	l.tidy(ctx, index)
	if plaidapi.DateOf(p.began) < plaidapi.DateOf(l.now()) {
		// Left on another day: what came since stands before where it began.
		saved.Cursor, saved.Partial, saved.Synced = p.cursor, false, p.began
		p = l.start(p.number, saved)
	}
	return page, p, nil
}

// recent is how far back a bank may still change what it has told.
const recent = 45

// enough reports whether a pass may end before the past does: a wire that tells all days anew has
// told some that are not recent, and nothing on them is news.
func (p pass) enough(c plaidapi.Changes, news bool, now time.Time) bool {
	return c.Replace != nil && !news && !p.first && !p.thorough && c.Replace.To < plaidapi.DateOf(now)-recent
}
