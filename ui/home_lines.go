package ui

import (
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// banks draws every bank with its accounts, and tells on which line the cursor is.
func (s *accountsScreen) banks() (lines []string, cursor int) {
	headings := s.height > minHeight+2
	for i, h := range s.holdings {
		if headings {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, ends(s.theme.strong.paint(h.Item.Institution.Name), s.standing(h), s.width))
		}
		for n, row := range s.rows {
			if row.holding != i {
				continue
			}
			current := n == s.list.cursor
			if current {
				cursor = len(lines)
			}
			lines = append(lines, s.line(h, row, current, headings))
		}
	}
	return lines, cursor
}

// line draws one account, or the bank that has none yet.
func (s *accountsScreen) line(h ledger.Holding, row homeRow, current, headings bool) string {
	text := "not read yet"
	switch {
	case row.account >= 0:
		text = s.accountLine(h.Accounts[row.account], s.width-2, s.width, s.mixed)
	case slices.Contains(s.queue, h.Item.ID):
		text = "fetching accounts"
	case h.Err != nil:
		text = "no accounts could be read"
	case h.Fetched:
		text = "no accounts"
	}
	if row.account < 0 {
		if !headings {
			text = h.Item.Institution.Name + ", " + text
		}
		text = cut(text, s.width-2)
	}
	switch {
	case current:
		return s.theme.accent.paint("› ") + s.theme.selected.paint(text)
	case h.Err != nil && !headings:
		return s.theme.warning.paint("! ") + text
	}
	return "  " + text
}

// named is how wide account names are where there is room.
const named = 24

// accountLine is name, last digits, what there is to say, and the balance. The note is left out
// where room, the width of the screen, is small, and where it would cost the name; the digits where
// the name would have none.
func (e *env) accountLine(a plaidapi.Account, cells, room int, mixed bool) string {
	figure := "no balance"
	if a.Current != nil {
		figure = e.balance(*a.Current) + code(*a.Current, mixed)
	}
	digits := " " + mask(a.Mask)
	end := right(figure, max(16, width(figure)))
	if noted := e.note(a) + "   " + end; room >= medium && width(noted) <= cells-named-width(digits)-1 {
		end = noted
	}
	names := min(named, cells-width(end)-width(digits)-1)
	if cells < 50 || names < 8 {
		return ends(a.Name, figure, cells)
	}
	return ends(left(a.Name, names)+digits, end, cells)
}

// note is what else there is to say of an account's balance.
func (e *env) note(a plaidapi.Account) string {
	switch {
	case a.Type == plaidapi.Credit && a.Limit != nil && a.Limit.Known():
		return "limit " + e.balance(*a.Limit)
	case a.Available != nil && a.Current != nil && a.Available.Known() && a.Available.Cmp(*a.Current) != 0:
		return e.balance(*a.Available) + " available"
	}
	return ""
}

// standing is how a bank is doing: what is being fetched, what is wrong, or how fresh it is.
func (s *accountsScreen) standing(h ledger.Holding) string {
	id := h.Item.ID
	if len(s.queue) > 0 && s.queue[0] == id {
		if p := s.progress[id]; p.Rows > 0 {
			return s.theme.faint.paint(fitting(s.width-12, "fetching, "+count(p.Rows, "transaction")+" so far", "fetching"))
		}
		return s.theme.faint.paint("fetching")
	}
	aged := s.aged(h)
	switch {
	case h.Err != nil && aged != "":
		return s.theme.warning.paint(fitting(s.width-7, brief(h.Err)+" · data from "+aged, brief(h.Err), "!"))
	case h.Err != nil:
		return s.theme.warning.paint(fitting(s.width-7, brief(h.Err), "!"))
	case aged != "":
		return s.theme.faint.paint("as of " + aged)
	case !h.Fetched && !h.Read.IsZero():
		return s.theme.faint.paint("saved " + age(h.Read, s.now()))
	case h.Synced.IsZero():
		return ""
	}
	return s.theme.faint.paint("synced " + age(h.Synced, s.now()))
}

// newest is the last few movements of all accounts.
func (s *accountsScreen) newest() []string {
	if len(s.latest) == 0 || s.height <= minHeight+2 {
		return nil
	}
	today := plaidapi.DateOf(s.now())
	more := s.keys.activity.Help()
	lines := []string{ends("Latest", s.theme.faint.paint(more.Key+" "+more.Desc), s.width)}
	for i := range s.latest {
		lines = append(lines, s.movement(&s.latest[i], today))
	}
	return lines
}

// movement draws a transaction on home. Where its amount is long, what is said of it gives way whole.
func (s *accountsScreen) movement(t *plaidapi.Transaction, today plaidapi.Date) string {
	const dates, names = 12, 8
	money := s.amount(t.Amount) + code(t.Amount, s.mixed)
	mark := ""
	if t.Pending {
		mark = "pending  " + blank(12-width(money))
	}
	room := s.width - width(money) - 3
	if t.Pending && room < dates+names+width(mark) {
		mark = pendingMark(t, 1) + " "
	}
	date := left(day(t.Date, today), dates)
	if room < dates+width(mark)+1 {
		date = ""
	}
	return ends("  "+s.theme.faint.paint(date)+strings.TrimSpace(t.Name), mark+money, s.width)
}
