package ui

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// anotherScreen stands between the list of banks and a bank that is linked already: most often its
// sign-in is to be mended, not a second one added.
type anotherScreen struct {
	env
	bank          string
	ways          []wayOn
	list          list
	width, height int
}

// wayOn is a row of a small choice: what it does, more of that, and where it leads.
type wayOn struct {
	label, detail string
	to            nav
}

func newAnother(bank plaidapi.Institution, holdings []ledger.Holding, d *draft) func(env) screen {
	return func(e env) screen {
		s := &anotherScreen{env: e, bank: bank.Name}
		add := wayOn{"Add another login", "a second one of yours, or somebody else's", nav{
			pop: 1, push: newLink(plaidapi.LinkRequest{Institution: bank}, d),
		}}
		var broken, working []wayOn
		for _, h := range holdings {
			if h.Item.Institution.ID != bank.ID {
				continue
			}
			again := wayOn{"Sign in again", contents(h), nav{pop: 1, push: mend(h.Item)}}
			if errors.Is(h.Err, plaidapi.LoginRequired) {
				again.label = "Fix the sign-in"
				broken = append(broken, again)
			} else {
				working = append(working, again)
			}
		}
		s.ways = append(slices.Concat(broken, []wayOn{add}, working), wayOn{"Choose a different bank", "", back})
		return s
	}
}

// mend signs in to a linked Item again.
func mend(item plaidapi.Item) func(env) screen {
	return newLink(plaidapi.LinkRequest{
		Mode: plaidapi.Update, Institution: item.Institution, Products: item.Products, ItemID: item.ID,
	}, &draft{})
}

// contents names what a login opens: its first account, and how many more.
func contents(h ledger.Holding) string {
	if len(h.Accounts) == 0 {
		return "no accounts read yet"
	}
	first := strings.TrimSpace(h.Accounts[0].Name + " " + mask(h.Accounts[0].Mask))
	if n := len(h.Accounts) - 1; n > 0 {
		first += " and " + number(n) + " more"
	}
	return first
}

func (s *anotherScreen) Init() tea.Cmd { return nil }

func (s *anotherScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.ways), min(len(s.ways), max(height-3, 1)))
}

func (s *anotherScreen) Chrome() chrome {
	return chrome{
		crumbs: []string{"Link a bank", s.bank}, right: "linked already",
		keys: []key.Binding{s.keys.choosing, as(s.keys.submit, "continue"), s.keys.back, s.keys.help},
	}
}

func (s *anotherScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) {
		return nav{}, nil
	}
	switch msg := msg.(type) {
	case tea.MouseMsg:
		if _, again := s.list.click(msg, rowAt(s.height, msg.Y, s.page()...)-s.list.from); again {
			return s.ways[s.list.cursor].to, nil
		}
	case tea.KeyMsg:
		switch {
		case msg.Paste:
		case key.Matches(msg, s.keys.back):
			return back, nil
		case key.Matches(msg, s.keys.submit):
			return s.ways[s.list.cursor].to, nil
		}
	}
	return nav{}, nil
}

func (s *anotherScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *anotherScreen) page() []para {
	room := s.width - inset(s.width)
	rows, chosen := s.env.choices(&s.list, s.ways, room)
	return []para{
		{lines: s.theme.strong.wrap(s.bank+" is linked already", room), gap: min(2, s.height/10)},
		{lines: rows, gap: 1, out: min(2, inset(s.width)), rows: s.list.inView()},
		{lines: s.theme.faint.wrap(chosen, room), gap: 1},
		{lines: s.theme.faint.wrap("Signing in again keeps all history. Another login is linked beside the one that is there.", min(room, 76)), keep: 1, gap: 2},
	}
}

// choices draws a small choice. Where there is no room beside the labels for what more there is to
// say of each, that of the chosen one is for the page to tell.
func (e *env) choices(l *list, ways []wayOn, room int) (rows []string, chosen string) {
	labels, details := 0, 0
	for _, w := range ways {
		labels, details = max(labels, width(w.label)), max(details, width(w.detail))
	}
	beside := labels+details+6 <= room
	if !beside && l.cursor < len(ways) {
		chosen = ways[l.cursor].detail
	}
	return l.view(func(i int, current bool) string {
		label, detail := cut(ways[i].label, room-2), ""
		if beside {
			label, detail = left(label, labels+4), ways[i].detail
		}
		if current {
			return e.theme.accent.paint("› ") + e.theme.selected.paint(label) + detail
		}
		return "  " + label + e.theme.faint.paint(detail)
	}), chosen
}
