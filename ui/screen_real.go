package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// realScreen tells how banks other than the practice bank are linked: tartan is started with keys.
type realScreen struct {
	env
	width, height int
}

// withKeys starts tartan on Plaid's legacy API; it asks for keys then.
const withKeys = "PLAID_ENV=legacy tartan"

func newRealBanks(e env) screen { return &realScreen{env: e} }

func (s *realScreen) Init() tea.Cmd { return nil }

func (s *realScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *realScreen) Chrome() chrome {
	return chrome{crumbs: []string{"Link a real bank"}, keys: []key.Binding{
		as(s.keys.copy, "copy the command"), only(s.keys.back), s.keys.quit, s.keys.help,
	}}
}

func (s *realScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if msg, is := msg.(tea.KeyMsg); is && !msg.Paste {
		switch {
		case key.Matches(msg, s.keys.copy):
			return s.toClipboard(withKeys, "the command")
		case key.Matches(msg, s.keys.back):
			return back, nil
		}
	}
	return nav{}, nil
}

func (s *realScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 76)
	step := func(number, text string) []string {
		lines := wrap(text, room-3)
		for i := range lines {
			lines[i] = left(number, 3) + lines[i]
			number = ""
		}
		return lines
	}
	how := append(step("1", "Make keys at https://dashboard.plaid.com, under Developers › Keys."),
		step("2", "Leave tartan and start it like this. It asks for the keys, once.")...)
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap("Link a real bank", room), gap: min(2, s.height/10)},
		para{lines: wrap("tartan speaks to Plaid with keys of your own, so nobody stands in between.", room), keep: 2, gap: 1},
		para{lines: how, gap: 1},
		para{lines: []string{"   " + s.theme.strong.paint(withKeys)}, gap: 1},
		para{lines: s.theme.faint.wrap("PLAID_CLIENT_ID and PLAID_SECRET in the environment work too.", room), keep: 1, gap: 1},
		para{lines: s.theme.faint.wrap("Real banks are kept apart: nothing of the practice bank is among them.", room), keep: 3},
	)
}
