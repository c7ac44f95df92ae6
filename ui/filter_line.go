package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

func (s *activityScreen) clear() tea.Cmd {
	s.query.clear()
	s.filtering = false
	s.SetSize(s.width, s.height)
	return s.search()
}

// search looks for what is typed now, once there is something to look in.
func (s *activityScreen) search() tea.Cmd {
	if s.load.running() && !s.loaded {
		return nil
	}
	return s.Init()
}

// typingDeeds are the keys that work while the filter line has the focus.
func (s *activityScreen) typingDeeds() []key.Binding {
	k := s.keys
	return []key.Binding{as(k.submit, "keep"), k.erase}
}

// filterKey edits the query; the list follows every letter.
func (s *activityScreen) filterKey(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case msg.Paste:
	case key.Matches(msg, s.keys.submit):
		s.filtering = false
		s.SetSize(s.width, s.height)
		return nav{}, nil
	case key.Matches(msg, only(s.keys.back)):
		return nav{}, s.clear()
	case key.Matches(msg, s.keys.choosing):
		s.rows.move(s.keys, msg)
		return nav{}, nil
	}
	if s.query.key(msg) {
		return nav{}, s.search()
	}
	return nav{}, nil
}

// filterLine is the line that the query is typed into, with how many were found at its end.
func (s *activityScreen) filterLine() string {
	return s.theme.accent.paint("/ ") + s.query.view(min(s.width-2, 60), s.filtering, false)
}

// foot is what stands below the rows while a filter is typed.
func (s *activityScreen) foot() []string { return nil }

// noMatch says that nothing was found.
func (s *activityScreen) noMatch() []string {
	return wrap("Nothing matches. "+s.keys.erase.Help().Key+" clears, backspace widens.", s.width)
}
