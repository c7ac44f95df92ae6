package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// filterOn begins to type a filter, and remembers where the cursor was.
func (s *activityScreen) filterOn() {
	if s.query.value() == "" {
		s.before = s.rows.here()
	}
	s.filtering = true
	s.SetSize(s.width, s.height)
}

// clear takes the filter away and puts the cursor back where it was before.
func (s *activityScreen) clear() tea.Cmd {
	s.query.clear()
	s.filtering = false
	s.help.edited()
	s.SetSize(s.width, s.height)
	return s.search(s.before)
}

// search looks for what is typed now, once there is something to look in.
func (s *activityScreen) search(here rowKey) tea.Cmd {
	if s.load.running() && !s.loaded {
		return nil
	}
	return s.read(here)
}

// typingDeeds are the keys that work while the filter line has the focus.
func (s *activityScreen) typingDeeds() []key.Binding {
	k := s.keys
	all := []key.Binding{as(k.submit, "keep"), k.complete}
	if saved := s.saved(); saved != "" {
		all = append(all, as(k.save, "forget "+saved))
	} else if s.query.value() != "" {
		all = append(all, k.save)
	}
	return append(all, k.erase)
}

// filterKey edits the query; the list follows every letter.
func (s *activityScreen) filterKey(msg tea.KeyMsg) (nav, tea.Cmd) {
	k, last := s.keys, s.help.number
	s.help.number = 0
	switch {
	case msg.Paste:
	case key.Matches(msg, k.submit):
		s.filtering = false
		s.help.edited()
		s.SetSize(s.width, s.height)
		return nav{}, nil
	case key.Matches(msg, only(k.back)):
		return nav{}, s.clear()
	case key.Matches(msg, k.choosing):
		s.rows.move(k, msg)
		return nav{}, nil
	case key.Matches(msg, k.complete):
		return nav{}, s.complete()
	case key.Matches(msg, k.save):
		return s.save()
	case s.quick(msg, last):
		return nav{}, s.searched()
	}
	if before := s.query.value(); s.query.key(msg) && s.query.value() != before {
		return nav{}, s.searched()
	}
	return nav{}, nil
}

// searched looks for what was edited, with the cursor on the first that is found.
func (s *activityScreen) searched() tea.Cmd {
	s.help.edited()
	s.SetSize(s.width, s.height)
	s.rows.to(0)
	at := s.help.edits
	return tea.Batch(s.search(rowKey{}), s.after(pause, paused{at}.come))
}

// quick takes a saved filter by its number while the line is empty. A digit right after the last one
// says that this was the beginning of an amount.
func (s *activityScreen) quick(msg tea.KeyMsg, last rune) bool {
	if msg.Type != tea.KeyRunes || msg.Alt || len(msg.Runes) != 1 {
		return false
	}
	switch r := msg.Runes[0]; {
	case last != 0 && (r >= '0' && r <= '9' || r == '.'):
		s.query.set(string(last) + string(r))
		return true
	case s.query.value() == "" && r >= '1' && int(r-'1') < min(len(s.rows.filters), mostQuick):
		s.query.set(s.rows.filters[r-'1'].Query)
		s.help.number = r
		return true
	}
	return false
}

// mostQuick is how many saved filters have a number key.
const mostQuick = 9

// filterLine is the line that the query is typed into, with how many were found at its end.
func (s *activityScreen) filterLine() string {
	end := s.found()
	cells := s.width - 2
	if end != "" {
		cells -= width(end) + 3
	}
	return ends(s.theme.accent.paint("/ ")+s.typed(max(cells, 8)), s.theme.faint.paint(end), s.width)
}

// found is how many were found, in which days unless in all, and what they come to where no other
// line has it.
func (s *activityScreen) found() string {
	counted := number(s.rows.found.Len())
	if s.alone() {
		counted += " found"
	} else {
		counted += " of " + number(s.rows.all.Len())
	}
	switch {
	case s.height >= tall && !s.alone():
		return counted
	case s.rows.chosen != nil:
		return s.picks(s.width / 2)
	case s.rows.days != plaidapi.Span{}:
		counted = number(s.rows.found.Len()) + " in " + daysName(s.rows.days)
	}
	if sums := s.rows.found.Sums(); len(sums) == 1 && !s.tight() {
		net := "net " + s.rows.money(&s.env, sums[0].Net) + s.lacking(" !")
		return fitting(s.width*3/5, net+"  "+counted, counted)
	}
	return fitting(s.width/2, counted)
}

// typed is the query in so many cells, with its mistakes underlined.
func (s *activityScreen) typed(cells int) string {
	text := s.query.value()
	mistakes := query.Parse(text, 0).Mistakes()
	if len(mistakes) == 0 || width(text)+1 > cells || !utf8.ValidString(text) {
		return s.query.view(cells, s.filtering, false)
	}
	var b strings.Builder
	at := len(string(s.query.text[:s.query.at]))
	cursor := func(i int) {
		if s.filtering && i == at {
			b.WriteString("▏")
		}
	}
	for i, r := range text {
		cursor(i)
		wrong := false
		for _, m := range mistakes {
			wrong = wrong || i >= m.From && i < m.To
		}
		if letter := string(r); wrong {
			b.WriteString(s.theme.mistake.paint(letter))
		} else {
			b.WriteString(letter)
		}
	}
	cursor(len(text))
	return b.String()
}

// noMatch says that nothing matches, and what would.
func (s *activityScreen) noMatch() []string {
	k, typed := s.keys, "Nothing matches `"+s.query.value()+"`"
	text := typed + ". " + k.erase.Help().Key + " clears, backspace widens."
	if n := s.rows.matched.Len(); n > 0 {
		text = typed + " in " + daysName(s.rows.days) + ". " + number(n) + " at other times: " + k.prevMonth.Help().Key + " and " + k.nextMonth.Help().Key + " step to them."
	}
	lines := wrap(text, s.width-gutter)
	if s.rows.looser != "" {
		lines = append(lines, cut(s.rows.looser, s.width-gutter))
	}
	return lines
}
