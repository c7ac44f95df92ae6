package ui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"tartan/plaidapi"
)

// unlinkScreen asks before a bank is unlinked: consequences as facts, the safe answer preselected.
type unlinkScreen struct {
	env
	item          plaidapi.Item
	facts         []string
	yes           bool // the cursor is on Unlink
	unlink        task[struct{}]
	err           error
	width, height int
}

func newUnlink(item plaidapi.Item, accounts []plaidapi.Account, rows int) func(env) screen {
	return func(e env) screen {
		return &unlinkScreen{env: e, item: item, facts: []string{
			"remove access at the bank",
			"delete its token here",
			"forget " + count(len(accounts), "account") + ", " + count(rows, "transaction"),
		}}
	}
}

func (s *unlinkScreen) Init() tea.Cmd { return nil }

func (s *unlinkScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *unlinkScreen) Chrome() chrome {
	c := chrome{
		crumbs: []string{"Unlink"},
		keys:   []key.Binding{s.keys.sideways, as(s.keys.submit, "confirm"), as(only(s.keys.back), "keep it")},
	}
	if s.unlink.running() {
		c.busy = "unlinking"
	}
	return c
}

func (s *unlinkScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		if s.unlink.take(msg) {
			if s.err = msg.err; s.err == nil {
				return home, nil
			}
		}
	case tea.KeyMsg:
		if s.unlink.running() || msg.Paste {
			return nav{}, nil
		}
		switch {
		case key.Matches(msg, s.keys.sideways):
			s.yes = !s.yes
		case key.Matches(msg, only(s.keys.back)), key.Matches(msg, s.keys.submit) && !s.yes:
			return back, nil
		case key.Matches(msg, s.keys.submit):
			l, id := s.ledger, s.item.ID
			return nav{}, s.unlink.start(s.ctx, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, l.Unlink(ctx, id)
			})
		}
	}
	return nav{}, nil
}

func (s *unlinkScreen) View() string {
	room := max(min(s.width-4, 60), 10)
	buttons := "   Keep it        Unlink"
	marks := "   ▔▔▔▔▔▔▔"
	if s.yes {
		marks = "                  ▔▔▔▔▔▔"
	}
	var text []string
	text = append(text, s.theme.strong.paint(cut("Unlink "+s.item.Institution.Name+"?", room)))
	text = append(text, "tartan will")
	for _, fact := range s.facts {
		for _, line := range wrap(fact, room-2) {
			text = append(text, "  "+line)
		}
	}
	if s.err != nil {
		told := explain(s.err, s.item.Institution.Name, s.now())
		kept := "Nothing was forgotten."
		if told.kept == "" {
			kept = told.cause // which says what was kept
		}
		text = append(text, s.theme.danger.wrap("! "+told.title+". "+kept, room)...)
	}
	text = append(text, "", buttons, s.theme.accent.paint(marks))
	for len(text)+2 > s.height && len(text) > 4 {
		text = append(text[:1], text[2:]...)
	}
	box := lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).Padding(0, 1).Width(room + 2).Render(strings.Join(text, "\n"))
	placed := lipgloss.Place(s.width, s.height, lipgloss.Center, lipgloss.Center, box)
	return strings.Join(fit(s.height, para{lines: strings.Split(placed, "\n")}), "\n")
}
