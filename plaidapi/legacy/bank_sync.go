package legacy

import (
	"context"
	"errors"
	"strings"
	"time"

	"tartan/plaidapi"
)

// The wire has no cursor, so Sync reads the history in windows of days, newest first. Each window
// replaces what was known between its days. The first is two weeks; how dense it is decides how many
// days the next may hold. The last is open towards the past.
const (
	firstDays  = 14
	wantedRows = 5_000  // a window aims at
	mostRows   = 50_000 // a window may have, unless it is one day
	openDays   = 2 * 365
	cutDays    = 5 * 365 // what an open window shrinks to when it is too large
)

// The ends of time. The past is sent as a date because no bound at all would mean 30 days.
var (
	past   = plaidapi.NewDate(2000, time.January, 1)
	future = plaidapi.NewDate(9999, time.December, 31)
)

// Sync reads one window of an Item's transactions, pending ones included. The cursor says which;
// an empty one, or one that is not ours, starts over, as does that of the last window.
func (b *Bank) Sync(ctx context.Context, item plaidapi.Item, token plaidapi.Secret, cursor string) (plaidapi.Changes, error) {
	today := plaidapi.DateOf(b.now())
	w, ok := parseCursor(cursor)
	if !ok {
		w = plaidapi.Span{From: today - firstDays + 1, To: future}
	}
	for {
		reply, err := b.client.Connect.Get(ctx, GetRequest{Token: token, Options: bounds(w)})
		if err != nil && !errors.Is(err, ErrTooLarge) {
			return plaidapi.Changes{}, err
		}
		if err == nil && reply.Transactions == nil {
			return plaidapi.Changes{}, unreadable("connect get", &reply.Answer, errNothing)
		}
		if err == nil && len(reply.Transactions) <= mostRows {
			return b.changes(ctx, item, w, today, reply)
		}
		smaller := halved(w, today)
		switch {
		case smaller != w:
			w = smaller
		case err != nil:
			return plaidapi.Changes{}, err
		default:
			return b.changes(ctx, item, w, today, reply)
		}
	}
}

// bounds are the options that ask for a window.
func bounds(w plaidapi.Span) GetOptions {
	o := GetOptions{Pending: true, IncludeOriginalDescription: true, GTE: max(w.From, past).String()}
	if w.To != future {
		o.LTE = w.To.String()
	}
	return o
}

// changes turns a window's reply into what it changes. Rows outside the window are left to theirs:
// a server may not heed the bounds.
func (b *Bank) changes(ctx context.Context, item plaidapi.Item, w plaidapi.Span, today plaidapi.Date, reply *Reply) (plaidapi.Changes, error) {
	in, err := b.reader(ctx, item, reply.Accounts)
	if err != nil {
		return plaidapi.Changes{}, err
	}
	c := plaidapi.Changes{Replace: &w, Added: make([]plaidapi.Transaction, 0, len(reply.Transactions))}
	for i := range reply.Transactions {
		row, err := in.transaction(&reply.Transactions[i])
		if err != nil {
			return plaidapi.Changes{}, unreadable("connect get", &reply.Answer, err)
		}
		if w.Has(row.Date) {
			c.Added = append(c.Added, row)
		}
	}
	if w.From != 0 {
		c.Next, c.More = formatCursor(next(w, today, len(c.Added))), true
	}
	return c, nil
}

// days counts the days of a window that can have rows.
func days(w plaidapi.Span, today plaidapi.Date) int {
	return max(int(min(w.To, today)-w.From)+1, 1)
}

// next is the window before w, which had that many rows.
func next(w plaidapi.Span, today plaidapi.Date, rows int) plaidapi.Span {
	before := plaidapi.Span{To: w.From - 1}
	if rows == 0 {
		return before
	}
	if size := max(days(w, today)*wantedRows/rows, 1); size < openDays {
		before.From = before.To - plaidapi.Date(size) + 1
	}
	return before
}

// halved is the newer half of w, or w itself when that is one day.
func halved(w plaidapi.Span, today plaidapi.Date) plaidapi.Span {
	if w.From == 0 {
		return plaidapi.Span{From: w.To - cutDays + 1, To: w.To}
	}
	return plaidapi.Span{From: w.From + plaidapi.Date(days(w, today)/2), To: w.To}
}

// A cursor is the window to read next: "2025-01-01/2025-06-30", or "/2024-12-31" for the open one.
func formatCursor(w plaidapi.Span) string { return w.From.String() + "/" + w.To.String() }

func parseCursor(cursor string) (w plaidapi.Span, ok bool) {
	from, to, _ := strings.Cut(cursor, "/")
	var err error
	if w.To, err = plaidapi.ParseDate(to); err != nil {
		return w, false
	}
	if from != "" {
		w.From, err = plaidapi.ParseDate(from)
	}
	return w, err == nil && w.From <= w.To
}
