package ui

import (
	"strings"

	"tartan/plaidapi"
)

// column is one total: what it is, a figure a currency, and what is to be known of them.
type column struct {
	caption string
	figures []string
	remarks []string
}

// lines are what stands in a column of so many currencies.
func (c *column) lines(currencies, remarks int) []string {
	all := []string{c.caption}
	for i := range currencies {
		all = append(all, at(c.figures, i))
	}
	for i := range remarks {
		all = append(all, at(c.remarks, i))
	}
	return all
}

// table writes the totals in columns, a line a currency; nothing where there is no room for it. The
// month leaves before that.
func (s *accountsScreen) table() []string {
	all := s.worth.totals
	if s.width < medium || s.crowded() || len(all) == 0 || len(all)+1 > s.height/3 {
		return nil
	}
	columns := s.fourTotals()
	lines, cells := s.side(columns)
	if cells > s.room() {
		lines, cells = s.side(columns[:len(columns)-1])
	}
	if cells > s.room() {
		return nil
	}
	return lines
}

// side puts columns side by side, and tells how wide that is.
func (s *accountsScreen) side(columns []column) (lines []string, cells int) {
	currencies, remarks, pitch := len(s.worth.totals), 0, 20
	if s.width >= wide {
		pitch = 25
	}
	for _, c := range columns {
		remarks = max(remarks, len(c.remarks))
	}
	lines = make([]string, 1+currencies+remarks)
	for i, c := range columns {
		texts, own := c.lines(currencies, remarks), 0
		for _, text := range texts {
			own = max(own, width(text))
		}
		if i < len(columns)-1 {
			own = max(pitch, own+2)
		}
		cells += own
		for n, text := range texts {
			how := s.theme.faint
			switch figure := n > 0 && n <= currencies; {
			case figure && i == 0:
				how = s.theme.strong
			case figure:
				how = style{}
			}
			lines[n] += how.paint(text) + blank(own-width(text))
		}
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines, cells
}

// at is the text at i, or nothing.
func at(texts []string, i int) string {
	if i < len(texts) {
		return texts[i]
	}
	return ""
}

// fourTotals are net worth, cash, what is owed, and what came of this month.
func (s *accountsScreen) fourTotals() []column {
	net, cash := column{caption: "Net worth"}, column{caption: "Cash"}
	owed, month := column{caption: "Owed"}, column{caption: s.now().Format("January")}
	if series := s.worthTrend(); len(s.worth.totals) == 1 && len(series) > 0 && s.width >= wide {
		net.caption += "  " + s.drawnTrend(series, weeks)
	}
	for _, t := range s.worth.totals {
		net.figures = append(net.figures, s.money(t.net))
		cash.figures = append(cash.figures, s.money(t.cash))
		owed.figures = append(owed.figures, s.money(t.owed))
		month.figures = append(month.figures, s.monthNet(t.net.Currency()))
	}
	if without := s.worth.without(); without != "" {
		net.remarks = append(net.remarks, strings.TrimPrefix(without, ", "))
	}
	for _, c := range []struct {
		*column
		counts func(plaidapi.AccountType) bool
	}{
		{&net, anyAccount},
		{&cash, func(t plaidapi.AccountType) bool { return t == plaidapi.Depository }},
		{&owed, plaidapi.AccountType.Owes},
	} {
		if stale := s.stale(c.counts); stale != "" {
			c.remarks = append(c.remarks, stale)
		}
	}
	return []column{net, cash, owed, month}
}

func anyAccount(plaidapi.AccountType) bool { return true }
