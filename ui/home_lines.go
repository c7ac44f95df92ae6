package ui

import (
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// total is one currency's share of home's first lines.
type total struct{ net, cash, owed plaidapi.Money }

// totals adds up balances, each currency apart. Cash is what stands in depository accounts; owed
// what stands against credit and loans.
func addUp(holdings []ledger.Holding) []total {
	var all []total
	find := func(c plaidapi.Currency) *total {
		for i := range all {
			if all[i].net.Currency() == c {
				return &all[i]
			}
		}
		zero := plaidapi.Zero(c)
		all = append(all, total{zero, zero, zero})
		return &all[len(all)-1]
	}
	for _, h := range holdings {
		for _, a := range h.Accounts {
			if a.Current == nil {
				continue
			}
			t := find(a.Current.Currency())
			put(&t.net, *a.Current)
			switch {
			case a.Type.Owes():
				put(&t.owed, *a.Current)
			case a.Type == plaidapi.Depository:
				put(&t.cash, *a.Current)
			}
		}
	}
	return all
}

// put adds to a sum; what does not fit into an exact amount is left out rather than shown wrong.
func put(sum *plaidapi.Money, m plaidapi.Money) {
	if s, err := sum.Add(m); err == nil {
		*sum = s
	}
}

// totals are home's first lines: net worth, cash and owed, a line for each currency.
func (s *accountsScreen) totals() []string {
	all := addUp(s.holdings)
	mixed := len(all) > 1
	var lines []string
	for i, t := range all {
		write := func(m plaidapi.Money) string { return balance(m) + code(t.net, mixed) }
		switch {
		case s.width < small:
			lines = append(lines, ends("Net worth", s.theme.strong.paint(write(t.net)), s.width))
		case s.width < medium:
			lines = append(lines, ends("Net worth", s.theme.strong.paint(write(t.net)), s.width),
				s.theme.faint.paint(cut("Cash "+write(t.cash)+"   Owed "+write(t.owed), s.width)))
		default:
			if i == 0 {
				lines = append(lines, s.theme.faint.paint(left("Net worth", 25)+left("Cash", 25)+"Owed"))
			}
			lines = append(lines, s.theme.strong.paint(left(write(t.net), 25))+left(write(t.cash), 25)+write(t.owed))
		}
	}
	return lines
}

// code is a currency behind an amount, where accounts differ.
func code(m plaidapi.Money, mixed bool) string {
	if !mixed || m.Currency() == "" {
		return ""
	}
	return " " + string(m.Currency())
}

// banks draws every bank with its accounts, and tells on which line the cursor is.
func (s *accountsScreen) banks() (lines []string, cursor int) {
	mixed := len(addUp(s.holdings)) > 1
	headings := s.height > minHeight+2
	for i, h := range s.holdings {
		if headings {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, ends(s.theme.strong.paint(cut(h.Item.Institution.Name, s.width-12)), s.standing(h), s.width))
		}
		for n, row := range s.rows {
			if row.holding != i {
				continue
			}
			current := n == s.list.cursor
			if current {
				cursor = len(lines)
			}
			lines = append(lines, s.line(h, row, current, mixed, headings))
		}
	}
	return lines, cursor
}

// line draws one account, or the bank that has none yet.
func (s *accountsScreen) line(h ledger.Holding, row homeRow, current, mixed, headings bool) string {
	text := "fetching accounts"
	switch {
	case row.account >= 0:
		text = accountLine(h.Accounts[row.account], s.width-2, s.width, mixed)
	case h.Err != nil:
		text = "no accounts could be read"
	}
	if row.account < 0 && !headings {
		text = h.Item.Institution.Name + ", " + text
	}
	text = cut(text, s.width-2)
	switch {
	case current:
		return s.theme.accent.paint("› ") + s.theme.selected.paint(text)
	case h.Err != nil && !headings:
		return s.theme.warning.paint("! ") + text
	}
	return "  " + text
}

// accountLine is name, last digits, what there is to say, and the balance. The note is left out
// where room, the width of the screen, is small.
func accountLine(a plaidapi.Account, cells, room int, mixed bool) string {
	figure := "no balance"
	if a.Current != nil {
		figure = balance(*a.Current) + code(*a.Current, mixed)
	}
	if cells < 50 {
		return ends(a.Name, figure, cells)
	}
	end := right(figure, max(16, width(figure)))
	if room >= medium {
		end = note(a) + "   " + end
	}
	return ends(left(a.Name, 24)+" "+mask(a.Mask), end, cells)
}

// note is what else there is to say of an account's balance.
func note(a plaidapi.Account) string {
	switch {
	case a.Type == plaidapi.Credit && a.Limit != nil:
		return "limit " + balance(*a.Limit)
	case a.Available != nil && a.Current != nil && a.Available.Cmp(*a.Current) != 0:
		return balance(*a.Available) + " available"
	}
	return ""
}

// standing is how a bank is doing: what is being fetched, what is wrong, or how fresh it is.
func (s *accountsScreen) standing(h ledger.Holding) string {
	id := h.Item.ID
	if len(s.queue) > 0 && s.queue[0] == id {
		if p := s.progress[id]; p.Rows > 0 {
			return s.theme.faint.paint("fetching, " + count(p.Rows, "transaction") + " so far")
		}
		return s.theme.faint.paint("fetching")
	}
	if h.Err != nil {
		return s.theme.warning.paint(brief(h.Err))
	}
	if h.Synced.IsZero() {
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
	lines := []string{ends("Latest", s.theme.faint.paint("all activity  2"), s.width)}
	mixed := len(addUp(s.holdings)) > 1
	for _, t := range s.latest {
		figure := amount(t.Amount) + code(t.Amount, mixed)
		if t.Pending {
			figure = "pending  " + right(figure, 12)
		}
		lines = append(lines, ends("  "+s.theme.faint.paint(left(day(t.Date, today), 12))+strings.TrimSpace(t.Name), figure, s.width))
	}
	return lines
}
