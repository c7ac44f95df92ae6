package ui

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// keysScreen takes the API keys that Plaid knows its customer by.
type keysScreen struct {
	env
	then          func(env) screen // what follows once they are kept; nil: what was there before
	entry         entry
	width, height int
}

func newAPIKeys(then func(env) screen) func(env) screen {
	return func(e env) screen {
		s := &keysScreen{env: e, then: then}
		s.entry.form = newForm([]plaidapi.Field{{Label: "Client ID"}, {Label: "Secret", Secret: true}})
		return s
	}
}

func (s *keysScreen) Init() tea.Cmd { return nil }

func (s *keysScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *keysScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: []string{"Plaid API keys"}, typing: true, keys: []key.Binding{
		k.nextField, as(k.submit, "keep them"), as(k.show, "show or hide"), only(k.back),
	}}
	if s.entry.call.running() {
		c.busy, c.keys = "saving", []key.Binding{as(only(k.back), "stop waiting")}
	}
	return c
}

func (s *keysScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		switch {
		case !s.entry.call.take(msg):
		case msg.err != nil:
			s.entry.said = sentence(msg.err, "The keys could not be kept. Nothing else was changed.")
		default:
			return nav{pop: 1, push: s.then}, nil
		}
	case lookup:
		return nav{}, s.entry.expire(&s.env, msg)
	case dropped:
		s.entry.form.clear()
	case tea.MouseMsg:
		if at := rowAt(s.height, msg.Y, s.page()...); at >= 0 && pointed(msg) && !s.entry.call.running() {
			s.entry.form.click(s.rows()[at])
		}
	case tea.KeyMsg:
		return s.key(msg)
	}
	return nav{}, nil
}

func (s *keysScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if key.Matches(msg, only(s.keys.back)) && !s.entry.call.running() {
		return back, nil
	}
	event, watch := s.entry.key(&s.env, msg)
	if event != sent {
		return nav{}, watch
	}
	l, typed := s.ledger, s.entry.form.answers()
	keys := plaidapi.Keys{ClientID: s.entry.form.inputs[0].value(), Secret: typed[1]}
	s.entry.said = ""
	return nav{}, tea.Batch(watch, s.entry.call.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.SetKeys(ctx, keys)
	}))
}

func (s *keysScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *keysScreen) page() []para {
	room := s.room()
	fields, at := texts(s.rows())
	return []para{
		{lines: s.theme.strong.wrap("Plaid API keys", room), gap: min(2, s.height/10)},
		{lines: fields, rows: at, gap: 1},
		{lines: s.entry.fault(s.theme, room), gap: 1},
		{lines: s.theme.faint.wrap("They are at https://dashboard.plaid.com, under Developers › Keys.", room), keep: 1, gap: 2},
		{lines: s.theme.faint.wrap("They will be kept in "+s.ledger.Access().Where+", and are shown nowhere again.", room), keep: 2},
	}
}

func (s *keysScreen) room() int { return min(s.width-inset(s.width), 76) }

// rows draws the fields in what title and fault leave.
func (s *keysScreen) rows() []formRow {
	return s.entry.form.draw(s.theme, s.keys, s.room(), s.height-1-len(s.entry.fault(s.theme, s.room())))
}
