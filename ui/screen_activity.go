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
	unadded       int // rows that are in no sum
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
	l, only, query, here := s.ledger, s.only, s.query.value(), s.rows.here()
	s.rows.began = s.rows.cursor
	return s.load.start(s.ctx, func(ctx context.Context) (book, error) { return read(ctx, l, only, query, here) })
}

func (s *activityScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.rows.resize(len(s.rows.all), max(height-len(s.head()), 0))
}

func (s *activityScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: s.place(), typing: s.filtering, right: count(s.rows.rows, "transaction")}
	if s.tight() && s.rows.cursor < len(s.rows.all) && s.only == (accountKey{}) {
		c.crumbs = []string{s.rows.all[s.rows.cursor].Date.Time().Format("Jan 2006")}
		if len(s.sums) == 1 {
			c.right = "net " + amount(s.sums[0].net) + s.lacking(" !")
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

// place is where this list is, for the header.
func (s *activityScreen) place() []string {
	if s.only != (accountKey{}) {
		return []string{s.bank, s.account.Name}
	}
	return []string{"Activity"}
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
		s.SetSize(s.width, s.height)
		return
	}
	s.loaded = true
	s.sums, s.unadded = msg.value.sums, msg.value.unadded
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
			return open(newTransaction(&s.rows, s.place())), nil
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
		lines = append(lines, s.totals(func(cells int) string { return cut("All accounts", cells) }))
	}
	if s.filtering || s.query.value() != "" {
		if len(lines) > 0 && !s.tight() && s.only == (accountKey{}) {
			lines[0] = s.totals(s.filter)
		} else {
			lines = append(lines, s.filter(s.width))
		}
	}
	if s.err != nil && len(s.rows.all) > 0 {
		lines = append(lines, s.theme.warning.paint(cut(because("! Not read again", s.err), s.width)))
	}
	if s.height >= 24 {
		lines = append(lines, "")
		if s.width >= wide {
			lines = append(lines, s.titles())
		}
	}
	return lines
}

// filter is the line that the query is typed into.
func (s *activityScreen) filter(cells int) string {
	return s.theme.accent.paint("/ ") + s.query.view(min(cells-2, 60), s.filtering, false)
}

// totals is a line with the sums over exactly the rows below at its end.
func (s *activityScreen) totals(begin func(cells int) string) string {
	sums := s.flows(s.width * 3 / 4)
	return ends(begin(s.width-width(sums)-1), s.theme.faint.paint(sums), s.width)
}

// flows writes the sums in cells, each currency apart: in, out and net where there is room, else
// the net alone, else as many nets as fit. A sum is whole or not there.
func (s *activityScreen) flows(cells int) string {
	const gap = "   "
	lacking := s.lacking(gap + "without " + count(s.unadded, "amount"))
	switch len(s.sums) {
	case 0:
		return strings.TrimSpace(lacking)
	case 1:
		one := s.sums[0]
		net := "net " + s.rows.money(one.net)
		all := "in " + s.rows.money(one.in) + gap + "out " + s.rows.money(one.out) + gap + net
		if s.width < medium {
			all = net
		}
		return fitting(cells, all+lacking, net+lacking, net+s.lacking(" !"))
	}
	for shown := len(s.sums); shown > 0; shown-- {
		parts := make([]string, 0, shown+1)
		for _, each := range s.sums[:shown] {
			parts = append(parts, "net "+s.rows.money(each.net))
		}
		if over := len(s.sums) - shown; over > 0 {
			parts = append(parts, plus(over))
		}
		nets := strings.Join(parts, gap)
		if text := fitting(cells, nets+lacking, nets+s.lacking(" !")); text != "" {
			return text
		}
	}
	return ""
}

// lacking is text where rows are in no sum, and nothing where all are.
func (s *activityScreen) lacking(text string) string {
	if s.unadded == 0 {
		return ""
	}
	return text
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
	digits := "  " + mask(a.Mask)
	title := cut(a.Name, s.width-width(current)-width(digits)-1) + digits
	if width(title)+width(current) >= s.width {
		title = a.Name
	}
	first := ends(s.theme.strong.paint(title), s.theme.strong.paint(current), s.width)
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
		return wrap("Nothing matches. "+s.keys.erase.Help().Key+" clears, backspace widens.", s.width)
	}
	return wrap("No transactions yet.", s.width)
}
