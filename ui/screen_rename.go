package ui

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// renameScreen gives a bank or an account a name of the person's own.
type renameScreen struct {
	env
	subject       plaidapi.Subject
	name          string // what it is called now
	kind          string // "bank" or "account"
	field         input
	call          task[struct{}]
	said          string // why it could not be kept; empty when nothing is wrong
	width, height int
}

// newRenameBank gives a bank a name.
func newRenameBank(item plaidapi.Item) func(env) screen {
	return newRename(plaidapi.Subject{ItemID: item.ID}, "bank", item.Institution.Name)
}

// newRenameAccount gives an account a name.
func newRenameAccount(a plaidapi.AccountKey, name string) func(env) screen {
	return newRename(plaidapi.Subject{ItemID: a.Item, AccountID: a.Account}, "account", name)
}

func newRename(subject plaidapi.Subject, kind, name string) func(env) screen {
	return func(e env) screen {
		s := &renameScreen{env: e, subject: subject, kind: kind, name: name}
		s.field.set(name)
		return s
	}
}

func (s *renameScreen) Init() tea.Cmd { return nil }

func (s *renameScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *renameScreen) Chrome() chrome {
	c := chrome{crumbs: []string{"Rename"}, typing: true, keys: []key.Binding{as(s.keys.submit, "keep this name"), only(s.keys.back)}}
	if s.call.running() {
		c.busy = "saving"
	}
	return c
}

func (s *renameScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		switch {
		case !s.call.take(msg):
		case msg.err != nil:
			s.said = sentence(msg.err, "The name could not be kept. Nothing was changed.")
		default:
			return nav{pop: 1, say: s.came()}, nil
		}
	case tea.KeyMsg:
		switch {
		case key.Matches(msg, only(s.keys.back)):
			return back, nil
		case s.call.running():
		case !msg.Paste && key.Matches(msg, s.keys.submit):
			return s.keep()
		default:
			s.field.key(msg)
			s.said = ""
		}
	}
	return nav{}, nil
}

// keep writes the name. One that is the same changes nothing.
func (s *renameScreen) keep() (nav, tea.Cmd) {
	name := s.field.value()
	if name == s.name {
		return back, nil
	}
	l, about := s.ledger, "name of "+s.name
	mark := plaidapi.Mark{Subject: s.subject, Field: plaidapi.OwnName, Value: name}
	return nav{}, s.call.start(s.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, l.Write(ctx, about, mark) })
}

// came says what came of it.
func (s *renameScreen) came() string {
	if s.field.value() == "" {
		return "It has the bank's own name again."
	}
	return "Renamed. " + s.keys.undo.Help().Key + " takes it back."
}

func (s *renameScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 76)
	var fault []string
	if s.said != "" {
		fault = s.theme.danger.wrap("! "+s.said, room)
	}
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap("Rename "+s.name, room), gap: min(2, s.height/10)},
		para{lines: []string{s.theme.accent.paint("│ ") + s.field.view(room-2, true, false)}, gap: 1},
		para{lines: fault, gap: 1},
		para{lines: s.theme.faint.wrap("Only you see this name. Without one, the "+s.kind+" is called what the bank calls it.", room), keep: 1, gap: 1},
	)
}
