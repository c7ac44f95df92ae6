package ui

import (
	"context"
	"errors"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// unlockScreen stands where nothing may be seen before what is kept is opened: at the start, where a
// passphrase is asked for, and while tartan is locked.
type unlockScreen struct {
	env
	locked        bool // tartan was open before: the screen shows one line and nothing else
	asks          bool // opening takes a passphrase
	entry         entry
	lock          task[struct{}]
	width, height int
}

// newPassphrase asks for the passphrase at the start; why may be that the one tartan was given is
// wrong.
func newPassphrase(why error) func(env) screen {
	return func(e env) screen {
		s := unlocking(e, false, true)
		if errors.Is(why, plaidapi.ErrWrongPassphrase) {
			s.entry.said = "The passphrase that tartan was given is not the right one."
		}
		return s
	}
}

// newLocked locks what is kept, and stands before it until it is opened again.
func newLocked(e env) screen { return unlocking(e, true, e.ledger.Access().Asks) }

func unlocking(e env, locked, asks bool) *unlockScreen {
	s := &unlockScreen{env: e, locked: locked, asks: asks}
	if asks {
		s.entry.form = newForm([]plaidapi.Field{{Label: "Passphrase", Secret: true}})
	}
	return s
}

func (s *unlockScreen) Init() tea.Cmd {
	if !s.locked {
		return nil
	}
	l := s.ledger
	return s.lock.start(s.ctx, func(context.Context) (struct{}, error) {
		l.Lock()
		return struct{}{}, nil
	})
}

func (s *unlockScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *unlockScreen) Chrome() chrome {
	k := s.keys
	c := chrome{shut: true, bare: s.locked, typing: s.asks, hold: s.lock.running(), keys: []key.Binding{as(k.submit, "unlock"), k.help, k.quit}}
	switch {
	case s.entry.call.running():
		c.busy, c.keys = "unlocking", []key.Binding{as(only(k.back), "stop waiting")}
	case s.asks && len(s.entry.form.inputs[0].text) > 0:
		c.keys = []key.Binding{as(k.submit, "open"), as(k.show, "show or hide"), k.erase}
	case s.asks && s.locked:
		c.keys = []key.Binding{as(k.submit, "unlock"), k.stop}
	case s.asks:
		c.keys = []key.Binding{as(k.submit, "open"), as(only(k.back), "quit")}
	}
	if !s.locked {
		c.crumbs = []string{"Passphrase"}
	}
	return c
}

func (s *unlockScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		switch {
		case s.lock.take(msg):
		case s.entry.call.take(msg):
			return s.opened(msg.err), nil
		}
	case lookup:
		return nav{}, s.entry.expire(&s.env, msg)
	case dropped:
		s.entry.form.clear()
	case tea.KeyMsg:
		return nav{}, s.key(msg)
	}
	return nav{}, nil
}

// opened goes home, or says why not. Where there is no place any more, one is chosen first.
func (s *unlockScreen) opened(err error) nav {
	switch {
	case err == nil:
		return afresh(newAccounts)
	case errors.Is(err, plaidapi.ErrPassphrase) && !s.asks: // the place has become another one
		return afresh(newPassphrase(err))
	case errors.Is(err, plaidapi.ErrNoPlace):
		return afresh(newPlace(err))
	case errors.Is(err, plaidapi.ErrWrongPassphrase):
		s.entry.said = "That is not the passphrase. Nothing is lost."
	default:
		s.entry.said = sentence(err, "It could not be opened. Nothing is lost.")
	}
	return nav{}
}

// key takes a key. Esc empties the field; at the start, where there is nothing to go back to, it
// then leaves tartan.
func (s *unlockScreen) key(msg tea.KeyMsg) tea.Cmd {
	esc := key.Matches(msg, only(s.keys.back)) && !s.entry.call.running()
	switch {
	case esc && s.entry.form.touched():
		s.entry.form.clear()
		return nil
	case esc && !s.locked:
		return tea.Quit
	case !s.asks && !s.entry.call.running() && key.Matches(msg, s.keys.submit):
		return s.open(plaidapi.Secret{})
	case !s.asks && !s.entry.call.running():
		return nil
	}
	event, watch := s.entry.key(&s.env, msg)
	if event != sent {
		return watch
	}
	passphrase := s.entry.form.answers()[0]
	s.entry.form.clear()
	return tea.Batch(watch, s.open(passphrase))
}

func (s *unlockScreen) open(passphrase plaidapi.Secret) tea.Cmd {
	s.entry.said = ""
	l := s.ledger
	return s.entry.call.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Unlock(ctx, passphrase)
	})
}

func (s *unlockScreen) View() string {
	if s.locked {
		return s.blank()
	}
	indent := inset(s.width)
	room := min(s.width-indent, 76)
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap("Your banks are in a sealed file", room), gap: min(2, s.height/10)},
		para{lines: s.entry.form.view(s.theme, s.keys, room, s.height-2), gap: 1},
		para{lines: s.entry.fault(s.theme, room), gap: 1},
		para{lines: s.theme.faint.wrap("Its passphrase opens it, and is asked for once a run. Without it nobody can, tartan included.", room), keep: 1, gap: 2},
	)
}

// blank is the page of a locked tartan: one line in the middle, and what must be said of it.
func (s *unlockScreen) blank() string {
	enter := s.keys.submit.Help().Key
	line := "Locked. " + strings.ToUpper(enter[:1]) + enter[1:] + " unlocks with " + s.ledger.Access().Where + "."
	if s.asks {
		line = "Locked. The passphrase unlocks."
	}
	text, room := wrap(line, s.width), min(s.width, 46)
	if s.asks {
		text = append(text, "")
		text = append(text, left(s.theme.accent.paint("│ ")+s.entry.form.inputs[0].view(room-2, true, s.entry.form.hidden(0)), width(text[0])))
	}
	text = s.centred(text)
	if said := s.entry.fault(s.theme, room); len(said) > 0 {
		text = append(append(text, ""), s.centred(said)...)
	}
	above := max((s.height-len(text))/2, 0)
	return strings.Join(fit(s.height, para{lines: append(make([]string, above), text...)}), "\n")
}

// centred puts lines in the middle of the screen, all of them equally far from its edge.
func (s *unlockScreen) centred(lines []string) []string {
	widest := 0
	for _, line := range lines {
		widest = max(widest, width(line))
	}
	for i := range lines {
		lines[i] = strings.TrimRight(blank((s.width-widest)/2)+lines[i], " ")
	}
	return lines
}
