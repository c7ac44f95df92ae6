package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// copyScreen chooses what of a transaction to copy.
type copyScreen struct {
	env
	of            record
	from          []string
	list          list
	width, height int
}

func newCopyAs(of record, from []string) func(env) screen {
	return func(e env) screen { return &copyScreen{env: e, of: of, from: from} }
}

func (s *copyScreen) Init() tea.Cmd { return nil }

// on are the kinds that may be copied now.
func (s *copyScreen) on() []kind {
	return slices.DeleteFunc(kinds(), func(k kind) bool { return k.money && s.look.hidden })
}

func (s *copyScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.on()), max(0, height-s.listAt()))
}

func (s *copyScreen) Chrome() chrome {
	return chrome{crumbs: append(slices.Clone(s.from), "Copy as"), keys: []key.Binding{s.keys.choosing, as(only(s.keys.open), "copy"), only(s.keys.back), s.keys.help}}
}

func (s *copyScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	s.SetSize(s.width, s.height)
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch {
		case msg.Paste:
		case s.list.move(s.keys, msg):
		case key.Matches(msg, s.keys.back):
			return back, nil
		case key.Matches(msg, s.keys.open):
			return s.copy()
		}
	case tea.MouseMsg:
		if on, again := s.list.click(msg, msg.Y-s.listAt()); on && again {
			return s.copy()
		} else if !on {
			s.list.wheel(msg)
		}
	}
	return nav{}, nil
}

// copy copies the kind under the cursor and leaves.
func (s *copyScreen) copy() (nav, tea.Cmd) {
	n, cmd := s.copied(s.on()[s.list.cursor], s.of)
	n.pop = 1
	return n, cmd
}

// top is what stands above the kinds.
func (s *copyScreen) top() []string {
	room := s.width - 2*inset(s.width)
	var lines []string
	if s.height >= 14 {
		lines = append(lines, "")
	}
	lines = append(lines, s.theme.strong.paint(cut("Copy of "+called(&s.of.bank, s.of.own), room)))
	if s.look.hidden {
		lines = append(lines, s.theme.faint.wrap("Amounts are hidden, so what has one in it is not offered.", room)...)
	}
	if s.height >= 14 {
		lines = append(lines, "")
	}
	return lines
}

func (s *copyScreen) listAt() int { return len(s.top()) }

func (s *copyScreen) View() string {
	indent, room := blank(inset(s.width)), s.width-2*inset(s.width)
	lines := s.top()
	for i := range lines {
		if lines[i] != "" {
			lines[i] = indent + lines[i]
		}
	}
	on := s.on()
	lines = append(lines, s.list.view(func(i int, current bool) string {
		if i >= len(on) {
			return ""
		}
		const labels = 14
		line, sample := left(on[i].label, labels), cut(s.sample(on[i]), room-labels-2)
		if current {
			return indent + s.theme.accent.paint("› ") + s.theme.selected.paint(line) + s.theme.faint.paint(sample)
		}
		return indent + "  " + line + s.theme.faint.paint(sample)
	})...)
	return strings.Join(fit(s.height, para{lines: lines}), "\n")
}

// sample is what of a kind is shown: itself, or where it has an amount in it what it is.
func (s *copyScreen) sample(k kind) string {
	switch {
	case k.about != "":
		return k.about
	case k.money:
		return s.amount(s.of.bank.Amount)
	}
	return k.text(s.of)
}
