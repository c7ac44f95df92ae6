package ui

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

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
			return nav{pop: 1, push: newWorking(s.step.Item, nil, s.step.Request.Mode, false)}, nil
		}
		return back, nil
	case dropped:
		return nav{}, s.giveUp()
	case tea.MouseMsg:
		if _, again := s.list.click(msg, rowAt(s.height, msg.Y, s.page()...)-s.list.from); again && !s.working() {
			return nav{}, s.act()
		}
	case tea.KeyMsg:
		if !s.working() && !msg.Paste {
			return nav{}, s.key(msg)
		}
	}
	return nav{}, nil
}

// giveUp unlinks what nobody chose about, as where tartan is locked meanwhile. What cannot be undone,
// home tells.
func (s *unsavedScreen) giveUp() tea.Cmd {
	if s.settled || s.working() {
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
	return s.act()
}

// working reports whether what was chosen is under way.
func (s *unsavedScreen) working() bool { return s.save.running() || s.discard.running() }

// act does what was chosen.
func (s *unsavedScreen) act() tea.Cmd {
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

// ways are the rows of the choice, and what each of them does.
func (s *unsavedScreen) ways() []wayOn {
	giveUp := wayOn{label: "Give this link up", detail: "removed at the bank; if it was linked here before, that stays"}
	if s.step.Request.Mode != plaidapi.Add {
		giveUp = wayOn{label: "Unlink this bank", detail: "at the bank, and with all that is kept of it here"}
	}
	return []wayOn{{label: "Save again", detail: "when that is mended"}, giveUp}
}

func (s *unsavedScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *unsavedScreen) page() []para {
	room := s.width - inset(s.width)
	text, bank := min(room, 76), s.step.Item.Institution.Name
	rows, chosen := s.env.choices(&s.list, s.ways(), room)
	told := explain(s.err, bank, s.now())
	return []para{
		{lines: s.theme.danger.wrap("! "+bank+" is linked, but not saved here", text), gap: min(2, s.height/10)},
		{lines: wrap(told.cause, text), keep: 2, gap: 1},
		{lines: wrap("Until you choose, the bank keeps this link open and tartan cannot use it.", text), keep: 3},
		{lines: rows, gap: 1, out: min(2, inset(s.width)), rows: s.list.inView()},
		{lines: s.theme.faint.wrap(chosen, room), keep: 1, gap: 1},
	}
}
