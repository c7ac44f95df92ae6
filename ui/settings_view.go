package ui

import "strings"

// How wide the columns of the settings are where there is room: labels or banks, and how a bank is
// doing.
const (
	settingLabels = 32
	standings     = 28
)

// widest is how wide a page of text and figures gets: longer lines do not help.
const widest = 116

// View draws as much of the page as there is room for, around the cursor.
func (s *settingsScreen) View() string {
	lines, _ := s.page()
	return strings.Join(fit(s.height, para{lines: lines}), "\n")
}

// page is what is seen of the settings, and which row each line belongs to; -1 is none.
func (s *settingsScreen) page() (lines []string, rows []int) {
	cursor, section := 0, ""
	add := func(row int, line string) {
		lines, rows = append(lines, line), append(rows, row)
	}
	headings := !s.folded()
	if len(s.holdings) == 0 && headings {
		add(-1, s.theme.strong.paint(ofBanks))
	}
	if len(s.holdings) == 0 && (headings || s.opened == ofBanks) {
		add(-1, s.empty())
	}
	for i, r := range s.shown() {
		if headings && r.section != section {
			if len(lines) > 0 {
				add(-1, "")
			}
			add(-1, s.theme.strong.paint(r.section))
			section = r.section
		}
		if i == s.list.cursor {
			cursor = len(lines)
		}
		add(i, s.row(r, i == s.list.cursor))
		if more := s.below(r); more != "" && i == s.list.cursor {
			add(i, s.theme.faint.paint(more))
		}
	}
	from := max(0, min(cursor-s.height/2, len(lines)-s.height))
	to := min(len(lines), from+max(s.height, 0))
	return lines[from:to], rows[from:to]
}

// empty stands where there are no banks.
func (s *settingsScreen) empty() string {
	switch {
	case s.err != nil:
		return s.theme.danger.paint("  " + cut(because("! What is kept could not be read", s.err), s.width-2))
	case !s.loaded || !s.mayChange():
		return "  No banks yet."
	}
	return "  No banks yet. " + s.keys.link.Help().Key + " links one."
}

// beside is how much of a row's value stands beside its label without cutting that: of a bank that
// wants attention at least the mark.
func (s *settingsScreen) beside(r settingRow) string {
	text := fitting(s.width-3-width(r.label), r.values...)
	if text == "" && r.bank >= 0 && s.holdings[r.bank].Err != nil {
		return "!"
	}
	return text
}

// labels is how wide the first column is.
func (s *settingsScreen) labels() int { return min(settingLabels, (s.width-2)*2/5+2) }

// row draws one row: in columns where there is room, else what it is called at the left and how it
// is at the right.
func (s *settingsScreen) row(r settingRow, current bool) string {
	cells := s.width - 2
	text, rest := "", ""
	switch {
	case s.folded() || r.bank >= 0 && s.width < medium:
		text = ends(r.label, s.beside(r), cells)
	case r.bank >= 0:
		text = s.bankRow(r, cells)
	default:
		text = left(r.label, s.labels()) + fitting(cells-s.labels(), r.values...)
		if hint := "    " + r.hint; r.hint != "" && width(text+hint) <= cells {
			rest = s.theme.faint.paint(hint)
		}
	}
	switch {
	case current:
		return s.theme.accent.paint("› ") + s.theme.selected.paint(text) + rest
	case r.bank >= 0 && s.holdings[r.bank].Err != nil:
		return "  " + s.theme.warning.paint(text)
	}
	return "  " + text + rest
}

// bankRow is a bank in columns: its name, how it is doing, from when its data are, its accounts.
func (s *settingsScreen) bankRow(r settingRow, cells int) string {
	h := s.holdings[r.bank]
	accounts := count(len(h.Accounts), "account")
	text := left(r.label, s.labels()-2) + "  " + r.values[0]
	column := max(s.labels()+standings, width(text)+2)
	if dates := s.dated(h); column+width(dates)+width(accounts) < cells {
		text = left(text, column) + dates
	}
	return ends(text, accounts, cells)
}

// below is what stands under a row while it is chosen, where its columns have no room.
func (s *settingsScreen) below(r settingRow) string {
	var more []string
	switch {
	case s.width >= medium:
	case r.bank >= 0:
		h := s.holdings[r.bank]
		accounts := count(len(h.Accounts), "account")
		more = []string{accounts}
		if dates := s.dated(h); dates != "" {
			more = []string{dates + " · " + accounts, dates}
		}
		if s.beside(r) != r.values[0] {
			more = []string{r.values[0] + " · " + more[0], r.values[0]}
		}
	case s.folded() && len(r.values) > 0 && s.beside(r) != r.values[0]:
		more = r.values
	}
	if text := fitting(s.width-4, more...); text != "" {
		return "    " + text
	}
	return ""
}
