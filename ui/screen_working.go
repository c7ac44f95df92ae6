package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// workingScreen reads a newly linked Item for the first time: accounts, then transactions page by
// page. Leaving it loses nothing: home goes on where it stopped.
type workingScreen struct {
	env
	item          plaidapi.Item
	mode          plaidapi.Mode
	width, height int
	done          []worked
	accounts      task[[]plaidapi.Account]
	sync          task[ledger.Progress]
	progress      ledger.Progress
	read          []plaidapi.Account
	since         time.Time // when the step under way began
	err           error
}

func newWorking(item plaidapi.Item, done []worked, mode plaidapi.Mode) func(env) screen {
	return func(e env) screen {
		kept := worked{label: "Token kept in " + e.ledger.Access().Where}
		return &workingScreen{env: e, item: item, mode: mode, done: append(done, kept)}
	}
}

func (s *workingScreen) Init() tea.Cmd {
	s.err, s.since = nil, s.now()
	id := s.item.ID
	return s.accounts.start(s.ctx, func(ctx context.Context) ([]plaidapi.Account, error) {
		return s.ledger.Refresh(ctx, id)
	})
}

func (s *workingScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *workingScreen) Chrome() chrome {
	c := chrome{
		crumbs: []string{"Link a bank", s.item.Institution.Name}, right: "4 of 4  reading your accounts",
		keys: []key.Binding{s.keys.later, as(only(s.keys.back), "cancel and unlink"), s.keys.help},
	}
	switch {
	case s.accounts.running():
		c.busy = "reading accounts"
	case s.sync.running():
		c.busy = "fetching"
	case s.err != nil:
		c.keys = []key.Binding{as(s.keys.submit, "try again"), s.keys.later, as(only(s.keys.back), "cancel and unlink"), s.keys.help}
	}
	return c
}

func (s *workingScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]plaidapi.Account]:
		if s.accounts.take(msg) {
			return s.readAccounts(msg)
		}
	case reply[ledger.Progress]:
		if s.sync.take(msg) {
			return s.fetched(msg)
		}
	case tea.KeyMsg:
		return s.key(msg)
	}
	return nav{}, nil
}

func (s *workingScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case key.Matches(msg, s.keys.later):
		return back, nil
	case key.Matches(msg, only(s.keys.back)):
		return open(newUnlink(s.item, s.read, s.progress.Rows)), nil
	case key.Matches(msg, s.keys.submit) && s.err != nil:
		if s.read == nil {
			return nav{}, s.Init()
		}
		s.err = nil
		return nav{}, s.page()
	}
	return nav{}, nil
}

func (s *workingScreen) readAccounts(msg reply[[]plaidapi.Account]) (nav, tea.Cmd) {
	if msg.err != nil {
		s.err = msg.err
		return nav{}, nil
	}
	s.read = msg.value
	s.done = append(s.done, worked{count(len(s.read), "account") + " read", s.now().Sub(s.since)})
	s.since = s.now()
	return nav{}, s.page()
}

func (s *workingScreen) page() tea.Cmd {
	id, last := s.item.ID, s.progress
	return s.sync.start(s.ctx, func(ctx context.Context) (ledger.Progress, error) {
		return s.ledger.SyncPage(ctx, id, last)
	})
}

func (s *workingScreen) fetched(msg reply[ledger.Progress]) (nav, tea.Cmd) {
	if msg.err != nil {
		s.err = msg.err
		return nav{}, nil
	}
	s.progress = msg.value
	if !s.progress.Done {
		return nav{}, s.page()
	}
	return nav{pop: 1, push: newLinked(s.item, s.mode, s.read, s.progress)}, nil
}

func (s *workingScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 70)
	steps := make([]string, 0, len(s.done)+3)
	for _, w := range s.done {
		spent := ""
		if w.took > 0 {
			spent = took(w.took)
		}
		steps = append(steps, ends("✓ "+w.label, s.theme.faint.paint(spent), room))
	}
	switch {
	case s.err != nil:
		steps = append(steps, s.theme.danger.wrap(s.failure(), room)...)
	case s.accounts.running():
		steps = append(steps, "◌ Reading accounts")
	default:
		steps = append(steps, cut("◌ Fetching transactions   "+s.soFar(), room))
	}
	title := "Linking " + s.item.Institution.Name
	return sheet(s.height, indent,
		para{lines: []string{s.theme.strong.paint(cut(title, room))}, gap: min(2, s.height/10)},
		para{lines: steps, gap: 1},
		para{lines: wrap("Some banks take a minute for the first fetch. You can leave this screen.", room), keep: 1, gap: 2},
	)
}

// failure says why reading stopped. Unlike on the way here, the link is made and stays.
func (s *workingScreen) failure() string {
	what := "The accounts"
	if s.read != nil {
		what = "The transactions"
	}
	return because("! "+what+" could not be read", s.err) + " The link is kept: " +
		s.keys.refresh.Help().Key + " on the accounts page reads it again later."
}

func (s *workingScreen) soFar() string {
	if s.progress.Rows == 0 {
		return ""
	}
	return count(s.progress.Rows, "transaction") + " so far, back to " + s.progress.Oldest.Time().Format("Jan 2006")
}
