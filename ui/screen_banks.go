package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// banksScreen chooses a bank to link: type to search, move, enter.
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
	linked        map[string]bool        // institutions that have an Item, by ID
	draft         draft                  // of the sign-in that was left last
	entered       bool                   // Enter came before the directory
	err           error
}

func newBanks(linked map[string]bool) func(env) screen {
	return func(e env) screen { return &banksScreen{env: e, linked: linked} }
}

func (s *banksScreen) Init() tea.Cmd {
	s.err = nil
	return s.load.start(s.ctx, func(ctx context.Context) ([]plaidapi.Institution, error) {
		return s.ledger.Institutions(ctx, "")
	})
}

func (s *banksScreen) Chrome() chrome {
	c := chrome{
		crumbs: []string{"Link a bank"}, right: "1 of 4  choose", typing: true,
		keys: []key.Binding{
			as(s.keys.open, "continue"), s.keys.choosing, s.keys.erase, s.keys.stop,
		},
	}
	if s.query.value() == "" {
		c.keys[2] = only(s.keys.back)
	}
	if s.load.running() {
		c.busy, c.hold = "reading the list of banks", s.entered
	} else if s.search.running() {
		c.busy = "searching"
	}
	return c
}

func (s *banksScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.found), s.rows())
}

// rows is how many banks are seen: what prompt and hints leave.
func (s *banksScreen) rows() int {
	if s.height < 16 {
		return max(s.height-1, 0)
	}
	return s.height - 7
}

func (s *banksScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]plaidapi.Institution]:
		s.taken(msg)
		if s.entered && !s.load.running() {
			s.entered = false
			return s.enter()
		}
	case tea.MouseMsg:
		s.list.move(s.keys, msg)
	case shown:
		if s.err != nil {
			return nav{}, s.Init()
		}
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
			s.found = msg.value
			s.list.resize(len(s.found), s.rows())
		}
		s.err = msg.err
	}
}

func (s *banksScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
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
		if len(s.found) == 0 && !s.load.running() {
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
	case s.load.running():
		s.entered = true
		return nav{}, nil
	case s.err != nil && len(s.found) == 0:
		if wantsKeys(s.err) && !s.practice {
			return open(newAPIKeys(nil)), nil
		}
		return nav{}, s.Init()
	}
	if s.list.cursor >= len(s.found) {
		return nav{}, nil
	}
	bank := s.found[s.list.cursor]
	if bank.Health.State == plaidapi.Down {
		return nav{}, nil
	}
	return open(newLink(plaidapi.LinkRequest{Institution: bank, Products: wanted}, &s.draft)), nil
}

// wanted is what tartan asks a bank for, best first: transactions, else numbers, else names.
var wanted = []plaidapi.Product{plaidapi.Connect, plaidapi.Auth, plaidapi.Info}

// narrow keeps the banks that match what has been typed: every word somewhere in name, site or
// abbreviation, names that begin with the query first. One slip in a word is forgiven where
// nothing matches exactly.
// A search for what was typed before is over.
func (s *banksScreen) narrow() {
	s.search.stop()
	words := strings.Fields(strings.ToLower(s.query.value()))
	s.found = s.matching(words, strings.Contains)
	if len(s.found) == 0 {
		s.found = s.matching(words, containsNearly)
	}
	if len(words) > 0 {
		query := strings.Join(words, " ")
		slices.SortStableFunc(s.found, func(a, b plaidapi.Institution) int { return rank(a, query) - rank(b, query) })
	}
	s.list.resize(len(s.found), s.rows())
	s.list.to(0)
}

func (s *banksScreen) matching(words []string, has func(text, word string) bool) []plaidapi.Institution {
	found := make([]plaidapi.Institution, 0, len(s.all))
	for i, bank := range s.all {
		if !slices.ContainsFunc(words, func(w string) bool { return !has(s.folded[i], w) }) {
			found = append(found, bank)
		}
	}
	return found
}

// rank puts exact abbreviations and names that begin with the query before those that contain it.
func rank(bank plaidapi.Institution, query string) int {
	name := strings.ToLower(bank.Name)
	switch {
	case strings.ToLower(bank.ID) == query, name == query:
		return 0
	case strings.HasPrefix(name, query):
		return 1
	case strings.Contains(name, query):
		return 2
	}
	return 3
}

// containsNearly forgives one wrong, missing, extra or swapped letter in words of four or more.
func containsNearly(text, word string) bool {
	if len(word) < 4 {
		return strings.Contains(text, word)
	}
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool { return oneSlip(w, word) })
}

// oneSlip reports whether some beginning of have is at most one edit away from want.
func oneSlip(have, want string) bool {
	i := 0
	for i < len(have) && i < len(want) && have[i] == want[i] {
		i++
	}
	if i == len(want) {
		return true
	}
	h, w := have[min(i, len(have)):], want[i:]
	switch {
	case strings.HasPrefix(h, w[1:]): // an extra letter was typed
		return true
	case len(h) > 0 && strings.HasPrefix(h[1:], w): // one was left out
		return true
	case len(h) > 0 && strings.HasPrefix(h[1:], w[1:]): // another was typed
		return true
	}
	return len(h) > 1 && len(w) > 1 && h[0] == w[1] && h[1] == w[0] && strings.HasPrefix(h[2:], w[2:])
}

func (s *banksScreen) View() string {
	t := s.theme
	prompt := t.accent.paint("/ ") + s.query.view(min(s.width-2, 60), true, false)
	rows := s.list.view(s.row)
	if len(s.found) == 0 {
		copy(rows, s.empty())
	}
	if s.height < 16 {
		return strings.Join(append([]string{prompt}, rows...), "\n")
	}
	head := []string{"Which bank?", "", prompt, ""}
	foot := []string{"", t.faint.paint(cut(s.counted(), s.width)), ""}
	return strings.Join(append(append(head, rows...), foot...), "\n")
}

// empty is what stands where there is nothing to choose from.
func (s *banksScreen) empty() []string {
	switch {
	case s.load.running(), s.search.running():
		return nil
	case s.err != nil:
		told := explain(s.err, "the directory", s.now())
		does := " tries again"
		if wantsKeys(s.err) && !s.practice {
			does = " changes the API keys"
		}
		return append(wrap("! "+told.title+". "+told.cause, s.width), s.keys.submit.Help().Key+does)
	case s.query.value() == "":
		return []string{"No banks are listed."}
	}
	return wrap("No bank matches. The name on your card is often shorter than the full one. "+s.keys.erase.Help().Key+" clears.", s.width)
}

func (s *banksScreen) counted() string {
	if s.load.running() && len(s.all) == 0 {
		return ""
	}
	counted := count(len(s.all), "bank")
	if len(s.found) < len(s.all) {
		counted = number(len(s.found)) + " of " + counted
	}
	if s.list.height < len(s.found) {
		counted = number(s.list.from+1) + "–" + number(min(s.list.from+s.list.height, len(s.found))) + " of " + counted
	}
	return counted
}

// row draws one bank: name, site, and what its sign-in involves.
func (s *banksScreen) row(i int, current bool) string {
	bank := s.found[i]
	note := s.note(bank)
	names := s.width - 2 - 24
	site := ""
	switch {
	case s.width < small:
		names = s.width - 2 - 15
		note = cut(note, 14)
	case s.width >= medium:
		names = min(36, s.width-2-18-26)
		site = left(cut(bank.Site, s.width-2-18-names-2), s.width-2-18-names)
	}
	name := left(cut(bank.Name, names-1), names)
	if current {
		return s.theme.accent.paint("› ") + s.theme.selected.paint(name+site+note)
	}
	return "  " + name + s.theme.faint.paint(site+note)
}

// note says in a few words what to expect of a bank.
func (s *banksScreen) note(bank plaidapi.Institution) string {
	switch {
	case bank.Health.State == plaidapi.Down:
		return "down"
	case s.linked[bank.ID]:
		return "linked"
	case bank.Health.State == plaidapi.Slow:
		return "slow today"
	case len(bank.Fields) == 0:
		return "own page"
	}
	code, question := false, false
	for _, factor := range bank.Factors {
		switch factor {
		case plaidapi.Code, plaidapi.Device:
			code = true
		case plaidapi.Selection, plaidapi.Question:
			question = true
		}
	}
	switch {
	case code && question:
		return "code, question"
	case code:
		return "sends a code"
	case question:
		return "asks questions"
	}
	return "no extra step"
}
