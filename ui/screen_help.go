package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// helpScreen lists the keys that work where it was opened, and those that work everywhere. Both
// come from the bindings themselves, as the footer does, so they cannot disagree.
type helpScreen struct {
	env
	about         chrome
	width, height int
	list          list
	lines         []string
}

func newHelp(e env, about chrome) screen { return &helpScreen{env: e, about: about} }

func (s *helpScreen) Init() tea.Cmd { return nil }

func (s *helpScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.lines = s.draw()
	s.list.resize(max(len(s.lines)-height+1, 1), 1)
}

func (s *helpScreen) Chrome() chrome {
	return chrome{
		crumbs: append(append([]string{}, s.about.crumbs...), "Keys"),
		keys:   []key.Binding{s.keys.walk, as(only(s.keys.back), "close")},
		help:   true,
	}
}

func (s *helpScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) {
		return nav{}, nil
	}
	if msg, is := msg.(tea.KeyMsg); is && key.Matches(msg, s.keys.back, s.keys.submit) {
		return back, nil
	}
	return nav{}, nil
}

// draw lists the keys: two columns where there is room, else one below the other.
func (s *helpScreen) draw() []string {
	k := s.keys
	here := s.column("Here", s.about.keys)
	all := []key.Binding{k.walk, k.first, k.last, k.pageDown, k.pageUp, k.filter, k.back, k.lock, k.help, k.repaint, k.suspend, k.quit, k.stop}
	if s.about.shut {
		all = all[slices.IndexFunc(all, func(b key.Binding) bool { return b.Help() == k.help.Help() }):]
	}
	everywhere := s.column("Everywhere", s.besides(all))
	if s.width < medium {
		return append(append(here, ""), everywhere...)
	}
	half := s.width / 2
	lines := make([]string, max(len(here), len(everywhere)))
	for i := range lines {
		l, r := "", ""
		if i < len(here) {
			l = here[i]
		}
		if i < len(everywhere) {
			r = everywhere[i]
		}
		lines[i] = left(l, half) + cut(r, s.width-half)
	}
	return lines
}

// besides leaves out the bindings that are listed for the screen already.
func (s *helpScreen) besides(all []key.Binding) []key.Binding {
	return slices.DeleteFunc(all, func(b key.Binding) bool {
		return slices.ContainsFunc(s.about.keys, func(here key.Binding) bool { return here.Help().Key == b.Help().Key })
	})
}

func (s *helpScreen) column(title string, bindings []key.Binding) []string {
	lines := []string{s.theme.strong.paint(title)}
	for _, b := range bindings {
		if b.Enabled() && b.Help().Key != "" {
			lines = append(lines, left(b.Help().Key, 12)+s.theme.faint.paint(b.Help().Desc))
		}
	}
	return lines
}

func (s *helpScreen) View() string {
	from := min(s.list.cursor, max(len(s.lines)-s.height, 0))
	return strings.Join(fit(s.height, para{lines: s.lines[from:min(from+s.height, len(s.lines))]}), "\n")
}
