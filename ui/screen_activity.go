package ui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// activityScreen is a list of transactions: of all accounts, or of one.
type activityScreen struct {
	env
	only          accountKey       // zero for all accounts
	account       plaidapi.Account // the one, if there is one
	bank          string           // its bank's name
	width, height int
	rows          rows
	sums          []sum
	load          task[book]
	loaded        bool
	query         input
	filtering     bool // the query line has the focus
	err           error
}

// newActivity lists the transactions of all accounts.
func newActivity(e env) screen { return &activityScreen{env: e} }

// newFilter is newActivity with the filter line open.
func newFilter(e env) screen { return &activityScreen{env: e, filtering: true} }

// newAccount lists those of one account, below its balance.
func newAccount(bank string, a plaidapi.Account) func(env) screen {
	return func(e env) screen {
		return &activityScreen{env: e, only: accountKey{a.ItemID, a.ID}, account: a, bank: bank, rows: rows{one: true}}
	}
}

func (s *activityScreen) Init() tea.Cmd {
	l, only, query := s.ledger, s.only, s.query.value()
	return s.load.start(s.ctx, func(ctx context.Context) (book, error) { return read(ctx, l, only, query) })
}

func (s *activityScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.rows.resize(len(s.rows.all), max(height-len(s.head()), 0))
}

func (s *activityScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: []string{"Activity"}, typing: s.filtering, right: count(s.rows.rows, "transaction")}
	if s.only != (accountKey{}) {
		c.crumbs = []string{s.bank, s.account.Name}
	}
	if s.tight() && s.rows.cursor < len(s.rows.all) && s.only == (accountKey{}) {
		c.crumbs = []string{s.rows.all[s.rows.cursor].Date.Time().Format("Jan 2006")}
		if len(s.sums) == 1 {
			c.right = "net " + amount(s.sums[0].net)
		}
	}
	if s.load.running() && !s.loaded {
		c.busy = "reading"
	}
	leave := only(k.back)
	if s.query.value() != "" {
		leave = k.erase
	}
	c.keys = []key.Binding{only(k.open), k.filter, leave, k.help}
	if s.filtering {
		c.keys = []key.Binding{as(k.submit, "keep"), leave}
	}
	return c
}

// tight reports whether there is only room for rows, so that the header tells the month.
func (s *activityScreen) tight() bool { return s.height <= minHeight+2 || s.width < small }

func (s *activityScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[book]:
		if s.load.take(msg) {
			s.taken(msg)
		}
	case shown:
		return nav{}, s.Init()
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		s.rows.move(s.keys, msg)
	}
	return nav{}, nil
}

func (s *activityScreen) taken(msg reply[book]) {
	s.err = msg.err
	if msg.err != nil {
		return
	}
	s.loaded = true
	s.sums = msg.value.sums
	s.rows.show(msg.value, s.now().Year())
	if a, known := msg.value.accounts[s.only]; known {
		s.account = a
	}
	s.SetSize(s.width, s.height)
}

func (s *activityScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if s.filtering {
		return s.filterKey(msg)
	}
	if msg.Paste {
		return nav{}, nil
	}
	switch {
	case s.rows.move(s.keys, msg):
	case key.Matches(msg, s.keys.open):
		if s.rows.cursor < len(s.rows.all) {
			return open(newTransaction(&s.rows)), nil
		}
	case key.Matches(msg, s.keys.filter):
		s.filtering = true
		s.SetSize(s.width, s.height)
	case key.Matches(msg, s.keys.back):
		if s.query.value() == "" {
			return back, nil
		}
		return nav{}, s.clear()
	case key.Matches(msg, s.keys.activity) && s.only != (accountKey{}):
		return open(newActivity), nil
	case key.Matches(msg, s.keys.accounts):
		return home, nil
	}
	return nav{}, nil
}

func (s *activityScreen) clear() tea.Cmd {
	s.query.clear()
	s.filtering = false
	s.SetSize(s.width, s.height)
	return s.Init()
}

// filterKey edits the query; the list follows every letter.
func (s *activityScreen) filterKey(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case msg.Paste:
	case key.Matches(msg, s.keys.submit):
		s.filtering = false
		s.SetSize(s.width, s.height)
		return nav{}, nil
	case key.Matches(msg, only(s.keys.back)):
		return nav{}, s.clear()
	case key.Matches(msg, s.keys.choosing):
		s.rows.move(s.keys, msg)
		return nav{}, nil
	}
	if s.query.key(msg) {
		return nav{}, s.Init()
	}
	return nav{}, nil
}

func (s *activityScreen) View() string {
	today := plaidapi.DateOf(s.now())
	columns := s.rows.columns(s.width)
	lines := s.rows.view(func(i int, current bool) string { return s.rows.draw(&s.env, i, current, columns, today) })
	if len(s.rows.all) == 0 {
		copy(lines, s.empty())
	}
	return strings.Join(append(s.head(), lines...), "\n")
}

// head is what stands above the rows: the account's balance or the sums, and the filter line.
func (s *activityScreen) head() []string {
	var lines []string
	switch {
	case s.only != (accountKey{}):
		lines = s.balances()
	case !s.tight():
		lines = append(lines, s.totals())
	}
	if s.filtering || s.query.value() != "" {
		text := s.theme.accent.paint("/ ") + s.query.view(min(s.width-2, 60), s.filtering, false)
		if len(lines) > 0 && !s.tight() && s.only == (accountKey{}) {
			lines[0] = ends(text, s.theme.faint.paint(s.flows()), s.width)
		} else {
			lines = append(lines, text)
		}
	}
	if s.height >= 24 {
		lines = append(lines, "")
		if s.width >= wide {
			lines = append(lines, s.titles())
		}
	}
	return lines
}

// totals is the line of sums over exactly the rows below.
func (s *activityScreen) totals() string {
	return ends("All accounts", s.theme.faint.paint(s.flows()), s.width)
}

// flows writes the sums, each currency apart; where there is little room, the net alone.
func (s *activityScreen) flows() string {
	parts := make([]string, 0, len(s.sums))
	for _, each := range s.sums {
		text := "net " + s.rows.money(each.net)
		if s.width >= medium && len(s.sums) == 1 {
			text = "in " + s.rows.money(each.in) + "   out " + s.rows.money(each.out) + "   " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "   ")
}

// titles names the columns.
func (s *activityScreen) titles() string {
	c := s.rows.columns(s.width)
	line := "  " + left("Date", c.date) + left("Name", c.name)
	if c.category > 0 {
		line += left("Category", c.category)
	}
	if c.account > 0 {
		line += left("Account", c.account)
	}
	return s.theme.faint.paint(line + blank(c.mark) + right("Amount", c.amount))
}

// balances is the head of one account.
func (s *activityScreen) balances() []string {
	a := s.account
	current := "no balance"
	if a.Current != nil {
		current = balance(*a.Current) + code(*a.Current, s.rows.mixed || a.Current.Currency() != "USD")
	}
	first := ends(s.theme.strong.paint(cut(a.Name+"  "+mask(a.Mask), s.width-width(current)-1)), s.theme.strong.paint(current), s.width)
	if s.tight() {
		return []string{first}
	}
	detail := s.bank
	if a.Subtype != "" {
		detail += " · " + a.Subtype
	}
	spare := note(a)
	return []string{first, s.theme.faint.paint(ends(detail, spare, s.width))}
}

func (s *activityScreen) empty() []string {
	switch {
	case s.err != nil:
		told := explain(s.err, "The list", s.now())
		return wrap("! "+told.title+". "+told.cause, s.width)
	case s.load.running() && !s.loaded:
		return nil
	case s.query.value() != "":
		return wrap("Nothing matches. esc clears, backspace widens.", s.width)
	}
	return wrap("No transactions yet.", s.width)
}
