package ui

import (
	"strings"

	"tartan/plaidapi"
)

// above is what stands above the rows: the account's balance or the periods and sums, and the filter
// line.
func (s *activityScreen) above() []string {
	var lines []string
	if s.alone() {
		height := s.height
		if !s.charts() {
			height = min(height, noCharts)
		}
		lines = s.head.lines(s.width, height)
	}
	typed := s.filtering || s.query.value() != ""
	switch {
	case s.aside != nil:
		lines = append(lines, s.aside.draw(s.theme, s.width))
	case typed:
		lines = append(lines, s.filterLine())
	case !s.alone() && !s.tight():
		lines = append(lines, s.periods())
	case s.rows.chosen != nil && !s.tight():
		lines = append(lines, s.tallyStyle().paint(right(s.tally(), s.width)))
	}
	if s.err != nil && s.rows.found.Len() > 0 {
		lines = append(lines, s.theme.warning.paint(cut(because("! Not read again", s.err), s.width)))
	}
	if s.height >= tall {
		if !s.alone() {
			lines = append(lines, s.second(typed))
		}
		if s.width >= wide {
			lines = append(lines, s.theme.faint.paint(s.rows.drawTitles(s.rows.columns(s.width))))
		}
	}
	return lines
}

// noCharts is a body without room for a chart.
const noCharts = 14

// tall is a body with room for a blank line and the names of the columns.
const tall = 24

// second is the line between the sums and the rows: blank, unless there is something to say that has
// no place elsewhere.
func (s *activityScreen) second(typed bool) string {
	note := s.uncounted()
	switch {
	case typed && s.aside == nil:
		return s.periods()
	case note != "" && s.rows.rows+2 > s.height-len(s.foot())-3:
		return s.theme.faint.paint(right(note, s.width))
	}
	return ""
}

// periods is the line of the periods on offer, with the sums over exactly the rows below, or over what
// is picked, at its end.
func (s *activityScreen) periods() string {
	sums := s.tally()
	row := s.chips(s.width - width(sums) - 2)
	taken := 0
	if len(row) > 0 {
		taken = row[len(row)-1].to
	}
	return s.theme.drawChips(row) + blank(s.width-taken-width(sums)) + s.tallyStyle().paint(sums)
}

// tallyStyle is that of what stands at the end of the line of periods.
func (s *activityScreen) tallyStyle() style {
	if s.rows.chosen != nil {
		return s.theme.accent
	}
	return s.theme.faint
}

// chips are the periods on offer in so many cells. Where there is little room it is the one that is
// shown.
func (s *activityScreen) chips(cells int) []chip {
	switch {
	case s.rows.all.Len() == 0:
		return nil
	case s.width < medium:
		return side([]chip{{text: daysName(s.rows.days), days: s.rows.days, now: true}})
	case s.width < wide:
		return chips(s.rows.months, s.rows.days, 3, cells)
	}
	return chips(s.rows.months, s.rows.days, 4+min((s.width-wide)/10, 4), cells)
}

// tally is what stands at the end of the line of periods.
func (s *activityScreen) tally() string {
	if s.rows.chosen != nil {
		return s.picks(s.width * 3 / 4)
	}
	return s.flows(s.width * 3 / 4)
}

// picks says how many are picked and what they come to.
func (s *activityScreen) picks(cells int) string {
	v := s.rows.chosen
	text := number(v.Len()) + " selected"
	with := text
	for _, each := range v.Sums() {
		with += "  " + s.amount(each.Net) + code(each.Net, v.Mixed())
	}
	transfers, out := v.Uncounted()
	without := ""
	if n := transfers + out + v.Unadded(); n > 0 {
		without = "  without " + number(n)
	}
	return fitting(cells, with+without, with, text)
}

// flows writes the sums in cells, each currency apart: in, out and net where there is room, else
// the net alone, else as many nets as fit. A sum is whole or not there.
func (s *activityScreen) flows(cells int) string {
	gap := "   "
	if s.width < wide {
		gap = "  "
	}
	sums := s.rows.found.Sums()
	lacking := s.lacking(gap + "without " + count(s.rows.found.Unadded(), "amount"))
	switch len(sums) {
	case 0:
		return strings.TrimSpace(lacking)
	case 1:
		one := sums[0]
		net := "net " + s.rows.money(&s.env, one.Net)
		all := "in " + s.rows.money(&s.env, one.In) + gap + "out " + s.rows.money(&s.env, one.Out) + gap + net
		if s.width < medium {
			all = net
		}
		return fitting(cells, all+lacking, net+lacking, net+s.lacking(" !"))
	}
	for shown := len(sums); shown > 0; shown-- {
		parts := make([]string, 0, shown+1)
		for _, each := range sums[:shown] {
			parts = append(parts, "net "+s.rows.money(&s.env, each.Net))
		}
		if over := len(sums) - shown; over > 0 {
			parts = append(parts, plus(over))
		}
		nets := strings.Join(parts, gap)
		if text := fitting(cells, nets+lacking, nets+s.lacking(" !")); text != "" {
			return text
		}
	}
	return ""
}

// lacking is text where rows are in no sum because nobody can add them, and nothing where all are.
func (s *activityScreen) lacking(text string) string {
	if s.rows.found.Unadded() == 0 {
		return ""
	}
	return text
}

// headLines is how many lines stand above a row: the head of its month, and a blank one before it.
func (r *rows) headLines(row int) int {
	switch _, is := r.head(row); {
	case !is:
		return 0
	case row == 0:
		return 1
	}
	return 2
}

// lined draws the rows in view with the heads of months, and blank lines below them.
func (r *rows) lined(cells int, e *env, draw func(row int, current bool) string) []string {
	if r.above == nil {
		return r.view(draw)
	}
	lines := make([]string, 0, r.height+2)
	for row := r.from; row < r.list.rows && len(lines) < r.height; row++ {
		if h, is := r.head(row); is {
			if row > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, r.drawHead(e, h, row == r.heads[0].row, cells))
		}
		lines = append(lines, draw(row, row == r.cursor))
	}
	for len(lines) < r.height {
		lines = append(lines, "")
	}
	return lines[:r.height]
}

// drawHead is the head of a month: its name, and what it came to. The first names the column of
// balances too, where no other line does.
func (r *rows) drawHead(e *env, h head, first bool, cells int) string {
	text := h.month.Time().Format("January 2006")
	if h.month.Year() == plaidapi.DateOf(e.now()).Year() {
		text = h.month.Time().Format("January")
	}
	if len(h.sums) == 1 && !e.look.hidden {
		net := h.sums[0].Net
		switch net.Sign() {
		case 1:
			text += ", up " + balance(net)
		case -1:
			text += ", down " + balance(net.Abs())
		}
	}
	column := ""
	if first && cells < wide && r.columns(cells).balance > 0 {
		column = "balance"
	}
	return e.theme.faint.paint(ends(text, column, cells))
}
