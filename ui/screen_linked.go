package ui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// linkedScreen shows real names and balances as the proof that a link worked.
type linkedScreen struct {
	env
	item          plaidapi.Item
	mode          plaidapi.Mode
	accounts      []plaidapi.Account
	progress      ledger.Progress
	width, height int
}

func newLinked(item plaidapi.Item, mode plaidapi.Mode, accounts []plaidapi.Account, p ledger.Progress) func(env) screen {
	return func(e env) screen {
		return &linkedScreen{env: e, item: item, mode: mode, accounts: accounts, progress: p}
	}
}

func (s *linkedScreen) Init() tea.Cmd { return nil }

func (s *linkedScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *linkedScreen) Chrome() chrome {
	return chrome{
		crumbs: []string{"Link a bank", s.item.Institution.Name}, right: "done",
		keys: []key.Binding{as(s.keys.submit, "go to accounts"), as(s.keys.link, "link another"), s.keys.help},
	}
}

func (s *linkedScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if msg, is := msg.(tea.KeyMsg); is {
		switch {
		case key.Matches(msg, s.keys.submit, s.keys.back):
			return back, nil
		case key.Matches(msg, s.keys.link):
			return nav{pop: 1, push: newBanks(map[string]bool{s.item.Institution.ID: true})}, nil
		}
	}
	return nav{}, nil
}

func (s *linkedScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 70)
	title := s.item.Institution.Name + " is linked"
	if s.mode == plaidapi.Update {
		title = s.item.Institution.Name + " works again"
	}
	rows := make([]string, 0, len(s.accounts))
	mixed := len(currencies(s.accounts)) > 1
	for _, a := range s.accounts {
		rows = append(rows, s.accountLine(a, room, 0, mixed))
	}
	return sheet(s.height, indent,
		para{lines: []string{s.theme.strong.paint(cut(title, room))}, gap: min(2, s.height/10)},
		para{lines: rows, gap: 1},
		para{lines: wrap(s.proof(), room), keep: 1, gap: 1},
		para{lines: wrap(s.kept(), room), keep: 2},
		para{lines: wrap("Unlink at any time with "+s.keys.unlink.Help().Key+" on the accounts page. That also removes access at the bank.", room), keep: 3, gap: 1},
	)
}

// kept says where the token is; where that is not the keyring, the notice says it and why.
func (s *linkedScreen) kept() string {
	access := s.ledger.Access()
	if access.Place == plaidapi.InMemory && access.Notice != "" {
		return access.Notice
	}
	return "Token kept in " + access.Where + "."
}

// proof says how much came.
func (s *linkedScreen) proof() string {
	if s.progress.Rows == 0 {
		return "No transactions yet."
	}
	today := plaidapi.DateOf(s.now())
	return count(s.progress.Rows, "transaction") + ", back to " + day(s.progress.Oldest, today) + "."
}

// unsavedScreen stands where an Item was linked but its token could not be kept: it is saved or
// unlinked here, never lost in silence.
type unsavedScreen struct {
	env
	step          plaidapi.Step
	err           error
	save, discard task[struct{}]
	abandon       task[struct{}]
	settled       bool // it was saved or unlinked
	list          list
	width, height int
}

func newUnsaved(step plaidapi.Step, err error) func(env) screen {
	return func(e env) screen { return &unsavedScreen{env: e, step: step, err: err} }
}

func (s *unsavedScreen) Init() tea.Cmd { return nil }

func (s *unsavedScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(2, 2)
}

func (s *unsavedScreen) Chrome() chrome {
	c := chrome{
		crumbs: []string{"Link a bank", s.step.Item.Institution.Name}, right: "not saved",
		keys: []key.Binding{s.keys.choosing, as(s.keys.submit, "continue"), s.keys.help},
	}
	if s.save.running() {
		c.busy = "saving"
	} else if s.discard.running() {
		c.busy = "unlinking"
	}
	return c
}

func (s *unsavedScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		saved := s.save.take(msg)
		if !saved && !s.discard.take(msg) {
			return nav{}, nil
		}
		if s.err = msg.err; s.err != nil {
			return nav{}, nil
		}
		s.settled = true
		if saved {
			return nav{pop: 1, push: newWorking(s.step.Item, nil, s.step.Request.Mode)}, nil
		}
		return back, nil
	case dropped:
		return nav{}, s.giveUp()
	case tea.KeyMsg:
		if !s.save.running() && !s.discard.running() {
			return nav{}, s.key(msg)
		}
	}
	return nav{}, nil
}

// giveUp unlinks what nobody chose about, as where tartan is locked meanwhile. What cannot be undone,
// home tells.
func (s *unsavedScreen) giveUp() tea.Cmd {
	if s.settled || s.save.running() || s.discard.running() {
		return nil
	}
	step, l := s.step, s.ledger
	return s.abandon.start(context.WithoutCancel(s.ctx), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Abandon(ctx, step)
	})
}

func (s *unsavedScreen) key(msg tea.KeyMsg) tea.Cmd {
	if s.list.move(s.keys, msg) || !key.Matches(msg, s.keys.submit) {
		return nil
	}
	step, l := s.step, s.ledger
	if s.list.cursor == 0 {
		return s.save.start(s.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, l.Keep(ctx, step) })
	}
	return s.discard.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		if step.Request.Mode != plaidapi.Add {
			return struct{}{}, l.Unlink(ctx, step.Item.ID) // what is kept of it here goes too
		}
		return struct{}{}, l.Discard(ctx, step)
	})
}

func (s *unsavedScreen) View() string {
	room := min(s.width, 76)
	choices := []string{"Save again", "Unlink at the bank, keep nothing"}
	rows := s.list.view(func(i int, current bool) string {
		if current {
			return s.theme.accent.paint("› ") + s.theme.selected.paint(choices[i])
		}
		return "  " + choices[i]
	})
	told := explain(s.err, s.step.Item.Institution.Name, s.now())
	return strings.Join(fit(s.height,
		para{lines: []string{s.theme.danger.paint(cut("! "+s.step.Item.Institution.Name+" is linked, but not saved here", room))}, gap: 1},
		para{lines: wrap(told.cause, room), keep: 1, gap: 1},
		para{lines: wrap("Until you choose, the bank keeps the link open and tartan cannot use it.", room), keep: 2},
		para{lines: rows, gap: 1},
	), "\n")
}
