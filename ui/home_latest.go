package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// latestRows is how many movements home knows, and fewRows how many it shows on most terminals.
const (
	latestRows = 12
	fewRows    = 5
)

// latest are the last few movements, under the person's own names for them.
func latest(ctx context.Context, l *ledger.Ledger) ([]plaidapi.Transaction, error) {
	rows, err := l.Latest(ctx, latestRows)
	if err != nil {
		return nil, err
	}
	notes, err := l.Notes(ctx)
	for i := range rows {
		rows[i].Name = cmp.Or(notes.Transactions[query.Key{Item: rows[i].ItemID, ID: rows[i].ID}].Name, rows[i].Name)
	}
	return rows, err
}

// inLatest stands for the rows of the latest movements, where the mouse asks.
const inLatest = -2

// newest is the last few movements of all accounts, in at most so many lines.
func (s *accountsScreen) newest(height int) para {
	most := fewRows
	if s.height >= 40 {
		most = latestRows
	}
	shown := min(len(s.latest), most, height-1)
	if shown <= 0 || s.crowded() {
		return para{}
	}
	all := s.keys.activity.Help()
	what := all.Desc
	if s.width < medium {
		what = "all"
	}
	lines := []string{ends(s.theme.strong.paint("Latest"), s.theme.faint.paint(what+"  ")+s.theme.strong.paint(all.Key), s.room())}
	c := s.latestColumns(s.latest[:shown])
	for i := range s.latest[:shown] {
		lines = append(lines, s.movement(&s.latest[i], c))
	}
	return para{lines: lines, gap: 1, rows: slices.Repeat([]int{inLatest}, len(lines))}
}

// latestWidths are how wide the parts of a movement are; one of no width is not drawn.
type latestWidths struct{ date, name, account, mark, money int }

// latestColumns shares out the room: the account leaves first, then what is said of a movement gets
// shorter, then the date leaves.
func (s *accountsScreen) latestColumns(rows []plaidapi.Transaction) latestWidths {
	c := latestWidths{date: 8}
	accounts, longest := 0, 0
	for i := range rows {
		t := &rows[i]
		c.date = max(c.date, width(s.dated(t))+2)
		c.money = max(c.money, width(s.moved(t)))
		longest, accounts = max(longest, width(t.Name)), max(accounts, width(s.nameOf(t)))
		if t.Pending {
			c.mark = len("pending") + 2
		}
	}
	if s.width >= medium {
		c.date, c.account = max(c.date, 12), max(min(accounts, named), 19)+2
	}
	rest := func() int { return s.room() - 3 - c.date - c.account - c.mark - c.money }
	wanted := min(longest, 20)
	if rest() < wanted {
		c.account = 0
	}
	if rest() < min(wanted, 12) && c.mark > 0 {
		c.mark = 2
	}
	if rest() < min(wanted, 8) {
		c.date = 0
	}
	if c.name = max(rest(), 0); c.account > 0 {
		c.name = min(c.name, max(longest+2, 25))
	}
	return c
}

// movement draws a transaction on home.
func (s *accountsScreen) movement(t *plaidapi.Transaction, c latestWidths) string {
	gap := 1
	if c.account > 0 {
		gap = 2
	}
	text := s.theme.faint.paint(left(s.dated(t), c.date)) + left(cut(strings.TrimSpace(t.Name), c.name-gap), c.name)
	if c.account > 0 {
		text += s.theme.faint.paint(left(cut(s.nameOf(t), c.account-2), c.account))
	}
	return "  " + ends(text+left(pendingMark(t, c.mark-1), c.mark), s.toned(t.Amount, s.moved(t)), s.room()-2)
}

func (s *accountsScreen) dated(t *plaidapi.Transaction) string {
	return day(t.Date, plaidapi.DateOf(s.now()))
}

func (s *accountsScreen) moved(t *plaidapi.Transaction) string {
	return s.amount(t.Amount) + code(t.Amount, s.mixed)
}

// toned paints text about an amount as money in or out. While amounts are hidden, so is which it is.
func (e *env) toned(m plaidapi.Money, text string) string {
	switch {
	case e.look.hidden:
		return text
	case m.Sign() > 0:
		return e.theme.moneyIn.paint(text)
	}
	return e.theme.moneyOut.paint(text)
}

// nameOf is the name of the account that a transaction is on.
func (s *accountsScreen) nameOf(t *plaidapi.Transaction) string {
	for _, h := range s.holdings {
		if h.Item.ID != t.ItemID {
			continue
		}
		for _, a := range h.Accounts {
			if a.ID == t.AccountID {
				return a.Name
			}
		}
	}
	return ""
}
