package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// aside is a line that is typed into for a moment: a month, or the name of a filter.
type aside struct {
	input
	label, hint string
	does        string // what enter does
	wrong       string // why what was typed will not do
	take        func(text string) (n nav, cmd tea.Cmd, wrong string)
}

// draw is the line of it.
func (a *aside) draw(t *theme, cells int) string {
	hint := t.faint.paint(a.hint)
	if a.wrong != "" {
		hint = t.warning.paint(a.wrong)
	}
	hint = fitting(cells-width(a.label)-8, hint)
	line := t.accent.paint(a.label+" ") + a.view(max(cells-width(a.label)-width(hint)-3, 4), true, false)
	return ends(line, hint, cells)
}

// asideKey types into the line, takes what was typed, or leaves it.
func (s *activityScreen) asideKey(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case msg.Paste:
	case key.Matches(msg, s.keys.submit):
		n, cmd, wrong := s.aside.take(s.aside.value())
		if s.aside.wrong = wrong; wrong == "" {
			s.aside = nil
			s.SetSize(s.width, s.height)
		}
		return n, cmd
	case key.Matches(msg, only(s.keys.back)):
		s.aside = nil
		s.SetSize(s.width, s.height)
		return nav{}, nil
	}
	if s.aside.key(msg) {
		s.aside.wrong = ""
	}
	return nav{}, nil
}

// askMonth asks which days to show.
func (s *activityScreen) askMonth() {
	if s.alone() {
		return
	}
	s.aside = &aside{label: "month", hint: "nov, 2026-03, 2025 or all", does: "show", take: func(text string) (nav, tea.Cmd, string) {
		days, ok := s.daysOf(text)
		if !ok {
			return nav{}, nil, "! nov, 2026-03, 2025 or all"
		}
		return nav{}, s.choose(days), ""
	}}
	s.SetSize(s.width, s.height)
}

// daysOf is the days that were typed.
func (s *activityScreen) daysOf(text string) (plaidapi.Span, bool) {
	text = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), " ", "")
	if text == "all" || text == strings.ReplaceAll(allTime, " ", "") {
		return plaidapi.Span{}, true
	}
	return query.Days(text, plaidapi.DateOf(s.now()))
}
