package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// failedScreen is the page of every situation in which a bank cannot be read or linked: what
// happened, what was kept, at most three ways on, and what its support can use.
type failedScreen struct {
	env
	told          situation
	crumbs        []string
	right         string
	site          string                // the bank's host name; empty when unknown
	to            func(env, action) nav // where an action leads
	width, height int
	list          list
	opening       task[struct{}]
}

// newFailed is about a link attempt; leaving it starts the attempt over.
func newFailed(err error, request plaidapi.LinkRequest) func(env) screen {
	return func(e env) screen {
		bank := request.Institution
		bank.Name = cmp.Or(bank.Name, unnamed)
		s := &failedScreen{
			env: e, told: explain(err, bank.Name, e.now()), crumbs: []string{"Link a bank", bank.Name},
			right: "could not sign in", site: bank.Site, to: afterAttempt,
		}
		if request.Mode == plaidapi.Add && problem(err) == plaidapi.LoginRequired { // nothing is linked yet
			s.told.kept, s.told.actions = nothingSaved, []action{tryAgain, otherBank, stopHere}
		}
		if request.Mode != plaidapi.Add {
			s.crumbs[0] = "Fix sign-in"
			s.told.actions = without(without(s.told.actions, otherBank), unlinkIt)
			if s.told.kept != "" {
				s.told.kept = "The accounts and all history fetched so far are kept."
			}
		}
		return s.allowed()
	}
}

// mendedThere reports whether something must be done at the bank, or at Plaid, before it can be read
// again.
func mendedThere(err error) bool {
	return errors.Is(err, plaidapi.NotShared) || errors.Is(err, plaidapi.NotAllowed) || errors.Is(err, plaidapi.Locked) || errors.Is(err, plaidapi.NotSetUp) || errors.Is(err, plaidapi.Unsupported)
}

// newTrouble is about a linked bank that could not be read.
func newTrouble(h ledger.Holding) func(env) screen {
	return func(e env) screen {
		bank := h.Item.Institution
		s := &failedScreen{
			env: e, told: explain(h.Err, bank.Name, e.now()), crumbs: []string{bank.Name},
			right: "could not be read", site: bank.Site, to: afterReading(h),
		}
		s.told.actions = without(s.told.actions, otherBank)
		if s.told.kept != "" {
			s.told.kept = keptOf(h, e)
		}
		return s.allowed()
	}
}

// keptOf says what is still there of a bank that could not be read.
func keptOf(h ledger.Holding, e env) string {
	if h.Read.IsZero() {
		return "The link is kept; nothing has been read yet."
	}
	return "What was read is kept: data is from " + since(h.Read, e.now()) + "."
}

// allowed leaves out what cannot be done here.
func (s *failedScreen) allowed() *failedScreen {
	if s.env.practice {
		s.told.actions = without(s.told.actions, changeKeys)
	}
	return s
}

func without(actions []action, unwanted action) []action {
	return slices.DeleteFunc(slices.Clone(actions), func(a action) bool { return a == unwanted })
}

// afterAttempt leads to the form again, the list of banks, or home.
func afterAttempt(_ env, a action) nav {
	switch a {
	case otherBank:
		return nav{pop: 2}
	case changeKeys:
		return nav{pop: 1, push: newAPIKeys(nil)}
	case stopHere:
		return home
	}
	return back
}

// afterReading leads to a new sign-in, to what unlinks the bank, or to the page below, which reads it
// once more.
func afterReading(h ledger.Holding) func(env, action) nav {
	return func(e env, a action) nav {
		switch a {
		case signInAgain:
			return nav{pop: 1, push: mend(h.Item)}
		case shareMore:
			return nav{pop: 1, push: newLink(plaidapi.LinkRequest{
				Mode: plaidapi.Upgrade, Institution: h.Item.Institution, Products: []plaidapi.Product{plaidapi.Connect}, ItemID: h.Item.ID,
			}, &draft{})}
		case unlinkIt:
			return nav{pop: 1, push: newUnlink(h.Item, h.Accounts, h.Rows)}
		case changeKeys:
			return nav{pop: 1, push: newAPIKeys(nil)}
		case stopHere:
			return back
		}
		return nav{pop: 1, then: &e.keys.refresh}
	}
}

func (s *failedScreen) Init() tea.Cmd { return nil }

func (s *failedScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.told.actions), len(s.told.actions))
}

func (s *failedScreen) Chrome() chrome {
	c := chrome{crumbs: s.crumbs, right: s.right, keys: []key.Binding{s.keys.choosing, as(s.keys.submit, "continue"), s.keys.back}}
	if s.told.details != "" {
		c.keys = append(c.keys, as(s.keys.copy, "copy details"))
	}
	if s.opens() {
		c.keys = append(c.keys, as(s.keys.openPage, "open bank site"))
	}
	c.keys = append(c.keys, s.keys.help)
	return c
}

// opens reports whether the bank has a site to open: those of the practice bank do not exist.
func (s *failedScreen) opens() bool { return s.site != "" && !s.practice }

func (s *failedScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) {
		return nav{}, nil
	}
	switch msg := msg.(type) {
	case tea.MouseMsg:
		if _, again := s.list.click(msg, rowAt(s.height, msg.Y, s.page()...)-s.list.from); again {
			return s.act(), nil
		}
	case tea.KeyMsg:
		switch {
		case msg.Paste:
		case key.Matches(msg, s.keys.submit):
			return s.act(), nil
		case key.Matches(msg, s.keys.copy) && s.told.details != "":
			return s.toClipboard(s.told.details, "the details for support")
		case key.Matches(msg, s.keys.openPage) && s.opens():
			page, show := "https://"+s.site, s.browser
			return said("Opening " + s.site + " in your browser."), s.opening.start(s.ctx, func(context.Context) (none struct{}, err error) {
				return none, show(page)
			})
		case key.Matches(msg, s.keys.back):
			return back, nil
		}
	case reply[struct{}]:
		if s.opening.take(msg) && msg.err != nil {
			return said("No browser could be opened here."), nil
		}
	}
	return nav{}, nil
}

// act leaves for where the chosen action leads.
func (s *failedScreen) act() nav { return s.to(s.env, s.told.actions[s.list.cursor]) }

func (s *failedScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *failedScreen) page() []para {
	room := s.width - inset(s.width)
	text := min(room, 76)
	ways := make([]wayOn, len(s.told.actions))
	for i, a := range s.told.actions {
		ways[i].label = a.label()
		if a == afterUnlocking || a == afterSettingUp {
			ways[i].detail = s.site
		}
	}
	rows, site := s.env.choices(&s.list, ways, room)
	var heading []string
	if s.height >= airy {
		heading = []string{s.theme.faint.paint("What works")}
	}
	return []para{
		{lines: s.theme.danger.wrap("! "+s.told.title, text), gap: min(2, s.height/10)},
		{lines: wrap(s.told.cause, text), keep: 2, gap: 1},
		{lines: wrap(s.told.kept, text), keep: 1},
		{lines: heading, keep: 6, gap: 1},
		{lines: rows, gap: 1, out: min(2, inset(s.width)), rows: s.list.inView()},
		{lines: s.theme.faint.wrap(site, room), keep: 5},
		{lines: s.support(room), keep: 4, gap: 5},
	}
}

// support is what the bank's or Plaid's support can use: nothing personal.
func (s *failedScreen) support(room int) []string {
	if s.told.details == "" || s.height < airy {
		return nil
	}
	line := "Details for support   " + s.told.details
	if copies := line + "   " + s.keys.copy.Help().Key + " " + s.keys.copy.Help().Desc; width(copies) <= room {
		line = copies
	}
	return s.theme.faint.wrap(line, room)
}
