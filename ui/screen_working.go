package ui

import (
	"context"
	"strconv"
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
	compare       task[[]twin]
	sync          task[ledger.Progress]
	progress      ledger.Progress
	read          []plaidapi.Account
	settled       bool      // what becomes of accounts that are linked twice has been decided
	twice         bool      // it is being asked what is to become of accounts that are linked twice
	since         time.Time // when the step under way began
	err           error
	again         retry
	next          time.Time // when to ask on, where the bank is still being asked for its past
}

// retry waits before a read is tried once more, longer each time.
type retry struct {
	seconds
	times int
	due   time.Time // zero while nothing is waited for
}

// The shortest and the longest wait.
const (
	firstWait = 5 * time.Second
	lastWait  = time.Minute
)

// newWorking begins to read. Where it is settled what becomes of accounts that are linked twice, it
// does not look for them.
func newWorking(item plaidapi.Item, done []worked, mode plaidapi.Mode, settled bool) func(env) screen {
	return func(e env) screen {
		kept := worked{label: "Access saved to " + e.ledger.Access().Where}
		return &workingScreen{env: e, item: item, mode: mode, settled: settled, done: append(done, kept)}
	}
}

func (s *workingScreen) Init() tea.Cmd {
	s.err, s.since, s.again.due = nil, s.now(), time.Time{}
	id := s.item.ID
	return s.accounts.start(s.ctx, func(ctx context.Context) ([]plaidapi.Account, error) {
		return s.ledger.Refresh(ctx, id)
	})
}

func (s *workingScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *workingScreen) Chrome() chrome {
	c := chrome{crumbs: []string{"Link a bank", s.item.Institution.Name}, right: "4 of 4  reading your accounts"}
	later, leave := s.keys.later, as(only(s.keys.back), "cancel and unlink")
	if s.width < medium {
		later, leave = as(later, "leave"), as(leave, "cancel")
	}
	if s.mode != plaidapi.Add {
		c.crumbs[0], leave = "Fix sign-in", only(s.keys.back)
	}
	if s.width < small {
		c.right = "4/4"
	}
	c.keys = []key.Binding{later, leave, s.keys.help}
	switch {
	case s.accounts.running(), s.compare.running():
		c.busy = "reading accounts"
	case s.sync.running(), !s.next.IsZero():
		c.busy = "fetching"
	case s.err != nil:
		c.keys = append([]key.Binding{as(s.keys.submit, "try again")}, c.keys...)
	}
	return c
}

func (s *workingScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]plaidapi.Account]:
		if s.accounts.take(msg) {
			return s.readAccounts(msg)
		}
	case reply[[]twin]:
		if s.compare.take(msg) {
			return s.compared(msg)
		}
	case reply[ledger.Progress]:
		if s.sync.take(msg) {
			return s.fetched(msg)
		}
	case second:
		if s.again.take(msg) {
			return nav{}, s.wait()
		}
	case shown:
		if s.twice {
			s.twice = false
			return nav{}, s.page()
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
	case key.Matches(msg, only(s.keys.back)) && s.mode != plaidapi.Add: // it was linked before
		return back, nil
	case key.Matches(msg, only(s.keys.back)):
		return open(newUnlink(s.item, s.read, s.progress.Rows)), nil
	case key.Matches(msg, s.keys.submit) && s.err != nil:
		return nav{}, s.resume()
	}
	return nav{}, nil
}

// resume goes on where reading failed.
func (s *workingScreen) resume() tea.Cmd {
	if s.read == nil {
		return s.Init()
	}
	s.since = s.now()
	return s.page()
}

// failed tells why reading stopped. Where it is the network or the server it goes on by itself after
// a while: reading once more costs nothing.
func (s *workingScreen) failed(err error) tea.Cmd {
	s.err, s.again.due = err, time.Time{}
	switch problem(err) {
	case plaidapi.Offline, plaidapi.RateLimited, plaidapi.ServerFault:
		s.again.due = s.now().Add(min(firstWait<<min(s.again.times, 8), lastWait))
		s.again.times++
		return s.wait()
	}
	return nil
}

// wait goes on waiting, or reads once more when that is over.
func (s *workingScreen) wait() tea.Cmd {
	switch {
	case !s.next.IsZero() && s.now().Before(s.next):
		return s.again.run(&s.env)
	case !s.next.IsZero():
		return s.page()
	case s.err == nil || s.again.due.IsZero():
		return nil
	case s.now().Before(s.again.due):
		return s.again.run(&s.env)
	}
	return s.resume()
}

func (s *workingScreen) readAccounts(msg reply[[]plaidapi.Account]) (nav, tea.Cmd) {
	if msg.err != nil {
		return nav{}, s.failed(msg.err)
	}
	s.read = msg.value
	if s.read == nil {
		s.read = []plaidapi.Account{}
	}
	s.again.times = 0
	s.done = append(s.done, worked{count(len(s.read), "account") + " read", s.now().Sub(s.since)})
	s.since = s.now()
	if s.mode != plaidapi.Add || s.settled {
		return nav{}, s.page()
	}
	l, item, accounts := s.ledger, s.item, s.read
	return nav{}, s.compare.start(s.ctx, func(ctx context.Context) ([]twin, error) { return twins(ctx, l, item, accounts) })
}

// compared asks what is to become of accounts that another login reads already, before they are
// counted twice. Where that cannot be told, reading goes on.
func (s *workingScreen) compared(msg reply[[]twin]) (nav, tea.Cmd) {
	if len(msg.value) == 0 {
		return nav{}, s.page()
	}
	s.twice = true
	return open(newTwins(s.item, msg.value)), nil
}

func (s *workingScreen) page() tea.Cmd {
	s.err, s.again.due, s.next = nil, time.Time{}, time.Time{}
	id, last := s.item.ID, s.progress
	return s.sync.start(s.ctx, func(ctx context.Context) (ledger.Progress, error) {
		return s.ledger.SyncPage(ctx, id, last)
	})
}

func (s *workingScreen) fetched(msg reply[ledger.Progress]) (nav, tea.Cmd) {
	if msg.err != nil {
		return nav{}, s.failed(msg.err)
	}
	s.progress, s.again.times = msg.value, 0
	switch {
	case s.progress.Waiting > 0:
		s.next = s.now().Add(s.progress.Waiting)
		return nav{}, s.again.run(&s.env)
	case !s.progress.Done:
		return nav{}, s.page()
	}
	return nav{pop: 1, push: newLinked(s.item, s.mode, s.read, s.progress)}, nil
}

func (s *workingScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 70)
	steps := make([]string, 0, len(s.done)+1)
	for _, w := range s.done {
		spent := ""
		if w.took > 0 {
			spent = took(w.took)
		}
		steps = append(steps, ends("✓ "+w.label, s.theme.faint.paint(spent), room))
	}
	title := "Linking " + s.item.Institution.Name
	if s.mode != plaidapi.Add {
		title = "Reading " + s.item.Institution.Name + " again"
	}
	var failure []string
	if s.err != nil {
		failure = s.theme.danger.wrap(s.failure(), room)
	}
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap(title, room), keep: 3, gap: min(2, s.height/10)},
		para{lines: append(steps, s.step(room)), gap: 1},
		para{lines: failure, gap: 1},
		para{lines: s.theme.faint.wrap("Some banks take a minute for the first fetch. You can leave this screen.", min(s.width-indent, 76)), keep: 2, gap: 2},
	)
}

// step is the one under way: how far it has come, and since when or until when it waits.
func (s *workingScreen) step(room int) string {
	doing, far := "◌ Fetching transactions", s.soFar()
	if s.read == nil {
		doing, far = "◌ Reading accounts", ""
	}
	spent := s.theme.faint.paint(took(s.now().Sub(s.since)))
	switch {
	case s.err != nil && s.again.due.IsZero():
		spent = "stopped"
	case s.err != nil:
		left := max(s.again.due.Sub(s.now()), 0).Round(time.Second) / time.Second
		spent = fitting(room-width(doing)-1, "waiting to retry in "+strconv.Itoa(int(left))+" s", "again in "+strconv.Itoa(int(left))+" s")
		far = ""
	}
	if far != "" && width(doing+far+spent) < room-4 {
		doing += "   " + far
	} else if far != "" {
		doing = "◌ " + far
	}
	return ends(doing, spent, room)
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
	switch {
	case s.progress.Rows == 0 && !s.next.IsZero():
		return "none yet"
	case s.progress.Rows == 0:
		return ""
	}
	return number(s.progress.Rows) + " so far, back to " + s.progress.Oldest.Time().Format("Jan 2006")
}
