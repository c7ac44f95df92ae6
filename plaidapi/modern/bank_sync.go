package modern

import (
	"context"
	"errors"
	"strings"
	"time"

	"tartan/plaidapi"
)

// A round of pages counts as a whole: when the data changes while it is read, the pages that came
// are void and it begins again where it began (modern-api §7). So a round of news is read in one
// Sync. One that begins at the beginning of time is long and worth showing page by page; when it is
// void its first page replaces all that is known, which is what voiding means for it.
const (
	pageRows   = 500
	roundPages = 10 // one Sync reads; what is longer goes on page by page, and is replayed when void
	mostVoids  = 5
	paging     = "paging:" // before a cursor within a round that is read page by page
)

// Sync reads what is new since cursor; an empty one starts over, and then Replace is set. While Plaid
// has nothing yet, History says so and Next is the cursor that was given.
func (b *Bank) Sync(ctx context.Context, item plaidapi.Item, token plaidapi.Secret, cursor string) (plaidapi.Changes, error) {
	s := syncing{bank: b, item: item, token: token}
	at, paged := strings.CutPrefix(cursor, paging)
	if paged || cursor == "" {
		return s.step(ctx, at)
	}
	for range mostVoids {
		c, err := s.round(ctx, cursor)
		if void(err) {
			continue
		}
		if unknownCursor(err) {
			return s.step(ctx, "")
		}
		return c, err
	}
	return plaidapi.Changes{}, &plaidapi.Error{Problem: plaidapi.NotReady, Op: "transactions sync", Code: mutated, Err: errVoid}
}

// errVoid is the cause of an error about data that changed each time while it was read.
var errVoid = errors.New("the transactions changed while they were read")

// void reports that the pages of a round do not fit together.
func void(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == mutated
}

// unknownCursor reports that a cursor is refused: it is too old or of another Item. To start over
// loses nothing.
func unknownCursor(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Code == "INVALID_FIELD" || e.Code == "INVALID_CURSOR")
}

// syncing is one Sync.
type syncing struct {
	bank  *Bank
	item  plaidapi.Item
	token plaidapi.Secret
}

// step reads one page of a round that began at the beginning of time.
func (s syncing) step(ctx context.Context, cursor string) (plaidapi.Changes, error) {
	p, err := s.page(ctx, cursor)
	if cursor != "" && (void(err) || unknownCursor(err)) {
		cursor = ""
		p, err = s.page(ctx, cursor)
	}
	if err != nil {
		return plaidapi.Changes{}, err
	}
	c := plaidapi.Changes{Next: p.NextCursor, More: p.HasMore, History: history(p)}
	if c.More {
		c.Next = paging + p.NextCursor
	}
	if cursor == "" && c.History != plaidapi.NothingYet {
		c.Replace = &plaidapi.Span{To: plaidapi.NewDate(9999, time.December, 31)}
	}
	if err := newReader(s.item).append(&c, p); err != nil {
		return plaidapi.Changes{}, err
	}
	return c, nil
}

// round reads the news since cursor, all pages of it if they are few.
func (s syncing) round(ctx context.Context, cursor string) (plaidapi.Changes, error) {
	in := newReader(s.item)
	c := plaidapi.Changes{Next: cursor, More: true}
	for range roundPages {
		p, err := s.page(ctx, c.Next)
		if err != nil {
			return plaidapi.Changes{}, err
		}
		if c.History = history(p); p.NextCursor != "" {
			c.Next = p.NextCursor
		}
		if err := in.append(&c, p); err != nil {
			return plaidapi.Changes{}, err
		}
		if c.More = p.HasMore; !c.More {
			return c, nil
		}
	}
	c.Next = paging + c.Next
	return c, nil
}

// page reads one page.
func (s syncing) page(ctx context.Context, cursor string) (*SyncReply, error) {
	req := SyncRequest{
		AccessToken: s.token, Cursor: cursor, Count: pageRows,
		Options: SyncOptions{IncludeOriginalDescription: true, PersonalFinanceCategoryVersion: V2},
	}
	p, err := s.bank.client.TransactionsSync(ctx, req)
	switch {
	case err != nil:
		return nil, err
	case p.Added == nil, p.HasMore && (p.NextCursor == "" || p.NextCursor == cursor):
		return nil, incomplete("transactions sync", p.Answer, errNothing)
	}
	return p, nil
}

// history says how much of the past Plaid has got. Where it has nothing there is no cursor either.
func history(p *SyncReply) plaidapi.History {
	switch {
	case p.NextCursor == "" || p.UpdateStatus == NotReady && len(p.Added) == 0:
		return plaidapi.NothingYet
	case p.UpdateStatus == InitialComplete:
		return plaidapi.RecentOnly
	}
	return plaidapi.AllThere
}

// append adds a page to what has changed.
func (in *reader) append(c *plaidapi.Changes, p *SyncReply) error {
	var err error
	if c.Added, err = in.rows(c.Added, p.Added); err == nil {
		c.Modified, err = in.rows(c.Modified, p.Modified)
	}
	if err != nil {
		return incomplete("transactions sync", p.Answer, err)
	}
	for _, r := range p.Removed {
		c.Removed = append(c.Removed, r.ID)
	}
	return nil
}

// rows adds rows to those that came before.
func (in *reader) rows(all []plaidapi.Transaction, came []Transaction) ([]plaidapi.Transaction, error) {
	if all == nil {
		all = make([]plaidapi.Transaction, 0, len(came))
	}
	for i := range came {
		t, err := in.transaction(&came[i])
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}
