package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// failedScreen is the page of every situation in which a link cannot go on: what happened, what
// was kept, and at most three ways on.
type failedScreen struct {
	env
	told          situation
	bank          string
	site          string // the bank's host name; empty when unknown
	width, height int
	list          list
}

func newFailed(err error, request plaidapi.LinkRequest) func(env) screen {
	return func(e env) screen {
		bank := request.Institution
		s := &failedScreen{env: e, told: explain(err, bank.Name, e.now()), bank: bank.Name, site: bank.Site}
		if request.Mode != plaidapi.Add {
			s.told.actions = without(s.told.actions, otherBank)
		}
		if e.practice {
			s.told.actions = without(s.told.actions, changeKeys)
		}
		return s
	}
}

func without(actions []action, unwanted action) []action {
	kept := make([]action, 0, len(actions))
	for _, a := range actions {
		if a != unwanted {
			kept = append(kept, a)
		}
	}
	return kept
}

func (s *failedScreen) Init() tea.Cmd { return nil }

func (s *failedScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.told.actions), len(s.told.actions))
}

func (s *failedScreen) Chrome() chrome {
	return chrome{
		crumbs: []string{"Link a bank", s.bank}, right: "could not sign in",
		keys: []key.Binding{s.keys.choosing, as(s.keys.submit, "continue"), s.keys.back, s.keys.help},
	}
}

func (s *failedScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) {
		return nav{}, nil
	}
	if msg, is := msg.(tea.KeyMsg); is && !msg.Paste {
		switch {
		case key.Matches(msg, s.keys.submit):
			return s.act(s.told.actions[s.list.cursor]), nil
		case key.Matches(msg, s.keys.back):
			return back, nil
		}
	}
	return nav{}, nil
}

// act leaves for where an action leads: the form again, the list of banks, or home.
func (s *failedScreen) act(a action) nav {
	switch a {
	case otherBank:
		return nav{pop: 2}
	case changeKeys:
		return nav{pop: 1, push: newAPIKeys(nil)}
	case stopHere:
		return home
	}
	return back
}

func (s *failedScreen) View() string {
	indent := inset(s.width)
	room := s.width - indent
	actions := s.list.view(func(i int, current bool) string {
		label := s.told.actions[i].label()
		if s.told.actions[i] == afterSite && s.site != "" {
			label += "   " + s.site
		}
		if current {
			return s.theme.accent.paint("› ") + s.theme.selected.paint(cut(label, room-2))
		}
		return "  " + cut(label, room-2)
	})
	return sheet(s.height, indent,
		para{lines: s.theme.danger.wrap("! "+s.told.title, room), gap: min(2, s.height/10)},
		para{lines: wrap(s.told.cause, room), keep: 2, gap: 1},
		para{lines: wrap(s.told.kept, room), keep: 1},
		para{lines: actions, gap: 2},
		para{lines: s.support(room), keep: 3, gap: 3},
	)
}

// support is what the bank's or Plaid's support can use.
func (s *failedScreen) support(room int) []string {
	if s.told.details == "" {
		return nil
	}
	return s.theme.faint.wrap("Details for support   "+s.told.details, room)
}
