package ui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// banksScreen chooses a bank to link: type to search, move, enter. What is to be known of a bank
// before the effort of signing in stands beside its name.
type banksScreen struct {
	env
	width, height int
	query         input
	list          list
	load          task[[]plaidapi.Institution]
	search        task[[]plaidapi.Institution]
	all           []plaidapi.Institution // the directory
	folded        []string               // its names and sites, folded for searching
	found         []plaidapi.Institution // what matches the query
	close         bool                   // only by forgiving a slip
	beyond        bool                   // found was searched for: nothing is known of second factors
	linked        map[string]bool        // institutions that have an Item, by ID
	read          task[[]ledger.Holding]
	holdings      []ledger.Holding // what is linked
	count         task[int]
	used          int   // links of the plan, if known
	counted       bool  // they are
	legend        bool  // what the notes mean stands where the banks do
	draft         draft // of the sign-in that was left last
	entered       bool  // Enter came before the directory
	err           error
}

// newBanks begins with what is known to be linked, by institution; it then looks itself.
func newBanks(linked map[string]bool) func(env) screen {
	return func(e env) screen {
		s := &banksScreen{env: e, linked: linked}
		s.found = s.offered(nil)
		return s
	}
}

func (s *banksScreen) Init() tea.Cmd {
	return tea.Batch(s.directory(), s.reread())
}

// spent asks how many links of a plan that has only so many are used.
func (s *banksScreen) spent() tea.Cmd {
	if s.mostLinks == 0 {
		return nil
	}
	return s.count.start(s.ctx, s.ledger.Linked)
}

// reread asks what is linked.
func (s *banksScreen) reread() tea.Cmd {
	return tea.Batch(s.read.start(s.ctx, s.ledger.Holdings), s.spent())
}

// directory asks which banks there are.
func (s *banksScreen) directory() tea.Cmd {
	s.err = nil
	return s.load.start(s.ctx, func(ctx context.Context) ([]plaidapi.Institution, error) {
		return s.ledger.Institutions(ctx, "")
	})
}

func (s *banksScreen) Chrome() chrome {
	c := chrome{crumbs: []string{"Link a bank"}, right: "1 of 4  choose", typing: true, keys: s.works()}
	if s.width < small {
		c.right = "1/4  choose"
	}
	if s.load.running() {
		c.busy, c.hold = "reading the list of banks", s.entered
	} else if s.search.running() {
		c.busy, c.hold = "searching", s.entered
	}
	return c
}

// works lists the keys that do something now.
func (s *banksScreen) works() []key.Binding {
	k := s.keys
	leave := k.erase
	if s.query.value() == "" || s.legend {
		leave = only(k.back)
	}
	switch {
	case s.legend:
		return []key.Binding{leave}
	case s.err != nil && len(s.found) == 0:
		return []key.Binding{as(k.submit, "try again"), leave}
	}
	return []key.Binding{k.choosing, as(k.submit, "continue"), k.legend, leave}
}

func (s *banksScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.found), s.rows())
}

// tall reports whether there is room for what stands above and below the list.
func (s *banksScreen) tall() bool { return s.height >= 16 }

// above is how many lines stand above the list.
func (s *banksScreen) above() int {
	if s.tall() {
		return 4
	}
	return 1
}

// rows is how many banks are seen.
func (s *banksScreen) rows() int {
	return max(s.height-s.above()-len(s.below()), 0)
}

func (s *banksScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]plaidapi.Institution]:
		s.taken(msg)
		if s.entered && !s.load.running() && !s.search.running() {
			s.entered = false
			return s.enter()
		}
	case reply[[]ledger.Holding]:
		if s.read.take(msg) && msg.err == nil {
			s.holdings, s.linked = msg.value, map[string]bool{}
			for _, h := range msg.value {
				s.linked[h.Item.Institution.ID] = true
			}
		}
	case reply[int]:
		if s.count.take(msg) {
			s.used, s.counted = msg.value, msg.err == nil
		}
	case tea.MouseMsg:
		if s.legend || s.list.move(s.keys, msg) {
			return nav{}, nil
		}
		if _, again := s.list.click(msg, msg.Y-s.above()); again {
			return s.enter()
		}
	case shown:
		if s.err != nil {
			return nav{}, s.Init()
		}
		return nav{}, s.reread()
	case tea.KeyMsg:
		return s.key(msg)
	}
	return nav{}, nil
}

func (s *banksScreen) taken(msg reply[[]plaidapi.Institution]) {
	switch {
	case s.load.take(msg):
		s.all, s.err = msg.value, msg.err
		s.folded = make([]string, len(s.all))
		for i, bank := range s.all {
			s.folded[i] = strings.ToLower(bank.Name + " " + bank.Site + " " + bank.ID)
		}
		s.narrow()
	case s.search.take(msg):
		if msg.err == nil {
			s.beyond, s.found = true, s.offered(msg.value)
			s.list.resize(len(s.found), s.rows())
			s.list.to(0)
		}
		s.err = msg.err
	}
}

func (s *banksScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if s.legend {
		s.legend = false
		if key.Matches(msg, s.keys.legend, only(s.keys.back)) {
			return nav{}, nil
		}
	}
	switch {
	case key.Matches(msg, s.keys.legend):
		s.legend = true
	case key.Matches(msg, only(s.keys.open)) && !msg.Paste:
		return s.enter()
	case key.Matches(msg, only(s.keys.back)):
		if s.query.value() == "" {
			return back, nil
		}
		s.query.clear()
		s.narrow()
	case key.Matches(msg, only(s.keys.up), only(s.keys.down), only(s.keys.pageUp), only(s.keys.pageDown)):
		s.list.move(s.keys, msg)
	case s.query.key(msg):
		s.narrow()
		if s.banks() == 0 && !s.load.running() {
			return nav{}, s.ask()
		}
	}
	return nav{}, nil
}

// ask looks beyond the saved directory for what is not in it.
func (s *banksScreen) ask() tea.Cmd {
	query := strings.TrimSpace(s.query.value())
	if len(query) < 2 {
		return nil
	}
	return s.search.start(s.ctx, func(ctx context.Context) ([]plaidapi.Institution, error) {
		return s.ledger.Institutions(ctx, query)
	})
}

func (s *banksScreen) enter() (nav, tea.Cmd) {
	switch {
	case s.load.running() && !s.toAnywhere(), s.search.running():
		s.entered = true
		return nav{}, nil
	case s.err != nil && len(s.found) == 0:
		if wantsKeys(s.err) && !s.practice {
			return open(newAPIKeys(nil)), nil
		}
		return nav{}, s.directory()
	}
	if s.list.cursor >= len(s.found) {
		return nav{}, nil
	}
	bank := s.found[s.list.cursor]
	switch {
	case bank.Health.State == plaidapi.Down:
		return said(fitting(s.width, bank.Name+" lets nobody in just now. Try again later.", "Nobody can sign in there now.")), nil
	case s.linked[bank.ID]:
		return open(newAnother(bank, s.holdings, &s.draft)), nil
	}
	return open(newLink(plaidapi.LinkRequest{Institution: bank}, &s.draft)), nil
}
