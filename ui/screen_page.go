package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// pageScreen waits while the person signs in on a page outside the terminal: it shows the way there,
// looks every other second how far they have come, and goes on once they are done. It looks on while
// it is covered, and stops when it is left.
type pageScreen struct {
	env
	width, height int
	request       plaidapi.LinkRequest // what is linked, as it was asked for
	step          plaidapi.Step        // as it was seen last
	begin         task[plaidapi.Step]
	look          task[plaidapi.Step]
	compare       task[[]twin]
	opening       task[struct{}]
	unlink        task[struct{}]
	abandon       task[struct{}]
	given         []plaidapi.Step // attempts that nobody goes on with
	clock         seconds
	due           time.Time     // of the next look
	since         time.Time     // when the link was made
	misses        int           // looks in a row that failed
	err           error         // of the last look; nil once one succeeds
	lapsed        bool          // the link has run out
	failed        bool          // a page about a failure stands over this one
	told          bool          // what this is stands where the code does
	verdict       verdict       // about accounts that are linked already
	last          plaidapi.Step // once it is linked
}

// How often to look, and how long to wait after a look that failed: longer each time.
const (
	lookEvery   = 2 * time.Second
	firstMissed = 4 * time.Second
	lastMissed  = 30 * time.Second
)

func newPage(step plaidapi.Step, request plaidapi.LinkRequest) func(env) screen {
	return func(e env) screen {
		s := &pageScreen{env: e, request: request}
		s.arrive(step)
		return s
	}
}

func (s *pageScreen) Init() tea.Cmd { return s.clock.run(&s.env) }

func (s *pageScreen) SetSize(width, height int) { s.width, s.height = width, height }

// arrive shows a new link.
func (s *pageScreen) arrive(step plaidapi.Step) {
	s.step, s.since, s.due = step, s.now(), s.now().Add(lookEvery)
	s.misses, s.err, s.lapsed, s.verdict = 0, nil, false, verdict{}
}

func (s *pageScreen) kind() plaidapi.Kind { return s.step.Challenge.Kind }

// waiting reports whether the person may still finish on the page.
func (s *pageScreen) waiting() bool {
	return s.kind() == plaidapi.Browser && !s.lapsed && !s.begin.running()
}

// linking reports whether what the person agreed to is being carried out.
func (s *pageScreen) linking() bool {
	return s.kind() == plaidapi.Granted && s.look.running() || s.compare.running() || s.unlink.running()
}

func (s *pageScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	n, cmd := s.update(msg)
	return n, tea.Batch(cmd, s.giveUp())
}

func (s *pageScreen) update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case second:
		if s.clock.take(msg) {
			return nav{}, s.wake()
		}
	case reply[plaidapi.Step]:
		switch {
		case s.begin.take(msg):
			return s.began(msg)
		case s.look.take(msg):
			return s.looked(msg)
		}
	case reply[[]twin]:
		if s.compare.take(msg) {
			return s.compared(msg.value)
		}
	case reply[struct{}]:
		switch {
		case s.opening.take(msg):
			return s.opened(msg.err), nil
		case s.unlink.take(msg):
			return s.leads(msg.err == nil), nil
		}
	case dropped:
		s.given = append(s.given, s.step)
	case shown:
		return s.uncovered()
	case tea.KeyMsg:
		if !msg.Paste {
			return s.key(msg)
		}
	}
	return nav{}, nil
}

// wake looks when it is time to, and counts on.
func (s *pageScreen) wake() tea.Cmd {
	if !s.waiting() {
		return nil
	}
	cmd := s.clock.run(&s.env)
	if s.now().Before(s.due) || s.look.running() {
		return cmd
	}
	return tea.Batch(cmd, s.ask())
}

// ask looks at the page once, or carries out what was agreed to there.
func (s *pageScreen) ask() tea.Cmd {
	l, step := s.ledger, s.step
	return s.look.start(s.ctx, func(ctx context.Context) (plaidapi.Step, error) {
		return l.Answer(ctx, step, nil)
	})
}

// looked takes what a look saw, or what came of linking.
func (s *pageScreen) looked(msg reply[plaidapi.Step]) (nav, tea.Cmd) {
	switch {
	case msg.value.Challenge.Kind == plaidapi.Linked:
		return s.linked(msg.value, msg.err)
	case errors.Is(msg.err, plaidapi.AttemptOver):
		s.step.Challenge.Kind = plaidapi.Browser
		s.lapsed, s.err = true, nil
		return nav{}, nil
	case msg.err != nil && !passing(msg.err):
		return s.fail(msg.err), nil
	case msg.err != nil:
		s.err, s.due = msg.err, s.now().Add(min(firstMissed<<min(s.misses, 3), lastMissed))
		s.misses++
		return nav{}, nil
	}
	s.step, s.err, s.misses, s.due = msg.value, nil, 0, s.now().Add(lookEvery)
	if s.kind() != plaidapi.Granted {
		return nav{}, nil
	}
	l, item, accounts := s.ledger, plaidapi.Item{Institution: s.step.Request.Institution}, s.step.Challenge.Accounts
	return nav{}, s.compare.start(s.ctx, func(ctx context.Context) ([]twin, error) { return twins(ctx, l, item, accounts) })
}

// passing reports an error that may be over by the next look.
func passing(err error) bool {
	switch problem(err) {
	case plaidapi.Offline, plaidapi.RateLimited, plaidapi.ServerFault, plaidapi.BadReply, plaidapi.NotReady:
		return true
	}
	return false
}

// compared asks what is to become of accounts that are linked already, before anything is made. Where
// that cannot be told they are compared once more when they have been read.
func (s *pageScreen) compared(all []twin) (nav, tea.Cmd) {
	if len(all) == 0 {
		return nav{}, s.ask()
	}
	return open(newTwinsFirst(s.step.Request.Institution, all, &s.verdict)), nil
}

// uncovered goes on after another screen has left this one: with what was decided there, or with a
// new link after a failure.
func (s *pageScreen) uncovered() (nav, tea.Cmd) {
	switch {
	case s.failed:
		s.failed = false
		return nav{}, s.anew()
	case s.verdict.made && s.kind() == plaidapi.Granted && !s.linking():
		return nav{}, s.ask()
	}
	return nav{}, nil
}

// anew makes a new link, and gives the one there is up.
func (s *pageScreen) anew() tea.Cmd {
	s.look.stop()
	s.given = append(s.given, s.step)
	l, request := s.ledger, s.request
	return s.begin.start(s.ctx, func(ctx context.Context) (plaidapi.Step, error) {
		return begin(ctx, l, request)
	})
}

func (s *pageScreen) began(msg reply[plaidapi.Step]) (nav, tea.Cmd) {
	if msg.err != nil {
		return s.fail(msg.err), nil
	}
	s.arrive(msg.value)
	return nav{}, s.clock.run(&s.env)
}

// fail shows a page of its own; when that is left, a new link is made.
func (s *pageScreen) fail(err error) nav {
	s.failed = true
	request := s.request
	request.Institution.Name = s.bank()
	return open(newFailed(err, request))
}

// linked goes on to what was chosen about an older link, and then to the first reading: there is
// nothing to be given up any more.
func (s *pageScreen) linked(step plaidapi.Step, err error) (nav, tea.Cmd) {
	s.step, s.last = plaidapi.Step{}, step
	if err != nil {
		return nav{pop: home.pop, push: newUnsaved(step, err)}, nil
	}
	gone := s.verdict.gone
	if len(gone) == 0 {
		return s.leads(s.verdict.made), nil
	}
	l := s.ledger
	return nav{}, s.unlink.start(s.ctx, func(ctx context.Context) (none struct{}, err error) {
		return none, unlinkAll(ctx, l, gone)
	})
}

// leads goes on to the first reading. Accounts that are linked already are asked about there unless
// they have been.
func (s *pageScreen) leads(settled bool) nav {
	done := []worked{{"Signed in on the bank's page", s.now().Sub(s.since)}}
	return nav{pop: home.pop, push: newWorking(s.last.Item, done, s.request.Mode, settled)}
}

func (s *pageScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	k := s.keys
	if !key.Matches(msg, s.works()...) {
		return nav{}, nil
	}
	switch {
	case key.Matches(msg, k.copyLink):
		return s.toClipboard(s.step.Challenge.URL, "the link")
	case key.Matches(msg, k.openPage):
		page, show := s.step.Challenge.URL, s.browser
		return said("Opening the page in your browser."), s.opening.start(s.ctx, func(context.Context) (none struct{}, err error) {
			return none, show(page)
		})
	case key.Matches(msg, k.newLink):
		return nav{}, s.anew()
	case key.Matches(msg, k.about):
		s.told = !s.told
	case key.Matches(msg, k.submit):
		s.err = nil
		return nav{}, s.ask()
	case key.Matches(msg, k.back):
		return nav{pop: 1, say: s.stopped()}, nil
	}
	return nav{}, nil
}

// works lists the keys that do something now.
func (s *pageScreen) works() []key.Binding {
	k := s.keys
	leave := as(only(k.back), "stop waiting")
	if s.width < small {
		leave = as(leave, "stop")
	}
	switch {
	case s.linking():
		return []key.Binding{k.help}
	case s.kind() == plaidapi.Granted:
		return []key.Binding{as(k.submit, "link it"), as(leave, "link nothing"), k.help}
	case s.begin.running():
		return []key.Binding{leave, k.help}
	case s.lapsed:
		return []key.Binding{k.newLink, as(leave, "back"), k.help}
	}
	all := []key.Binding{k.copyLink, k.openPage, k.newLink, leave}
	if s.qr() != nil {
		all = append(all, as(k.about, s.folding()))
	}
	return append(all, k.help)
}

// opened says when no page was opened; that one was, the person sees.
func (s *pageScreen) opened(err error) nav {
	if err == nil {
		return nav{}
	}
	return said(fitting(s.width, "No browser could be opened here. The link works on any other device.", "No browser can be opened here."))
}

// giveUp ends attempts that nobody goes on with. It goes on when the screen is gone; what is left of
// one, home tells.
func (s *pageScreen) giveUp() tea.Cmd {
	l, given := s.ledger, slices.DeleteFunc(s.given, func(step plaidapi.Step) bool { return step.Attempt == "" })
	s.given = nil
	if len(given) == 0 {
		return nil
	}
	return s.abandon.start(context.WithoutCancel(s.ctx), func(ctx context.Context) (none struct{}, err error) {
		for _, step := range given {
			err = errors.Join(err, l.Abandon(ctx, step))
		}
		return none, err
	})
}

// unlinkAll unlinks Items. Those that are not linked any more are no failure.
func unlinkAll(ctx context.Context, l *ledger.Ledger, items []string) (err error) {
	for _, id := range items {
		if e := l.Unlink(ctx, id); e != nil && !errors.Is(e, ledger.ErrNoItem) {
			err = errors.Join(err, e)
		}
	}
	return err
}
