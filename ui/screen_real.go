package ui

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// realScreen tells how banks other than the practice bank are linked: tartan is started with keys.
type realScreen struct {
	env
	width, height int
}

// withKeys starts tartan on real banks; it asks for keys then.
const withKeys = "PLAID_ENV=production tartan"

// realSteps are what to do for real banks (modern-api §12).
func realSteps() []string {
	return []string{
		"Sign up at https://dashboard.plaid.com and ask for its Trial plan: free, in the United States and Canada, ten banks in all. Most are let in within a minute.",
		"Choose a use case there, under Link › Customization › Data Transparency. The keys are under Developers › Keys.",
		"Leave tartan and start it like this. It asks for the keys, once.",
	}
}

// realStepsShort are the same where there is little room.
func realStepsShort() []string {
	return []string{
		"Sign up at dashboard.plaid.com for the Trial plan: free, ten banks.",
		"Choose a use case there, under Link.",
		"Start tartan like this:",
	}
}

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
	steps := realSteps()
	if s.width < small {
		steps = realStepsShort()
	}
	var how []string
	for i, text := range steps {
		how = append(how, step(strconv.Itoa(i+1), text)...)
	}
	var also []string
	if s.width >= medium {
		also = s.theme.faint.wrap("PLAID_CLIENT_ID and PLAID_SECRET in the environment work too. Nothing of the practice bank is among real banks.", room)
	}
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap("Link a real bank", room), keep: 4, gap: min(2, s.height/10)},
		para{lines: wrap("You sign in on your bank's own page: tartan never sees the password. It speaks to Plaid with keys of your own, so nobody else stands in between.", room), keep: 2, gap: 1},
		para{lines: how, gap: 1},
		para{lines: []string{"   " + s.theme.strong.paint(withKeys)}, gap: 1},
		para{lines: s.theme.faint.wrap("To try it first with invented banks, start it with PLAID_ENV=sandbox and the sandbox secret.", room), keep: 3, gap: 1},
		para{lines: also, keep: 4},
	)
}
