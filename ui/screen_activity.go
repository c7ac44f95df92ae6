package ui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// activityScreen is a list of transactions: of all accounts, or of one.
type activityScreen struct {
	env
	only          plaidapi.AccountKey // zero for all accounts
	head          accountHead         // of the one, if there is one
	width, height int
	rows          rows
	load          task[book]
	loaded        bool
	query         input
	filtering     bool // the query line has the focus
	err           error
}

// newActivity lists the transactions of all accounts.
func newActivity(e env) screen { return &activityScreen{env: e, rows: newRows(false)} }

// newFilter is newActivity with the filter line open.
func newFilter(e env) screen { return &activityScreen{env: e, rows: newRows(false), filtering: true} }

// newAccount lists those of one account, below its balance.
func newAccount(bank string, a plaidapi.Account) func(env) screen {
	return func(e env) screen {
		only := plaidapi.AccountKey{Item: a.ItemID, Account: a.ID}
		return &activityScreen{env: e, only: only, head: newAccountHead(e, bank, a), rows: newRows(true)}
	}
}

func (s *activityScreen) Init() tea.Cmd {
	if s.only == (plaidapi.AccountKey{}) {
		return s.find()
	}
	return tea.Batch(s.find(), s.head.read())
}

// find reads the transactions that the list looks for.
func (s *activityScreen) find() tea.Cmd {
	l, filter, last, here := s.ledger, s.filter(), s.rows.book, s.rows.here()
	s.rows.began = s.rows.cursor
	return s.load.start(s.ctx, func(ctx context.Context) (book, error) { return read(ctx, l, filter, last, here) })
}

// filter is what the list looks for.
func (s *activityScreen) filter() query.Filter {
	return query.Filter{Account: s.only, Query: query.Parse(s.query.value(), plaidapi.DateOf(s.now()))}
}

func (s *activityScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.rows.resize(s.rows.found.Len(), max(height-len(s.above()), 0))
}

func (s *activityScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: s.place(), typing: s.filtering, browse: true, right: count(s.rows.rows, "transaction")}
	if s.tight() && s.rows.cursor < s.rows.found.Len() && s.only == (plaidapi.AccountKey{}) {
		c.crumbs = []string{s.rows.found.At(s.rows.cursor).Date.Time().Format("Jan 2006")}
		if sums := s.rows.found.Sums(); len(sums) == 1 {
			c.right = "net " + s.amount(sums[0].Net) + s.lacking(" !")
		}
	}
	if s.load.running() && !s.loaded || s.head.awaited() {
		c.busy, c.hold = "reading", !s.filtering
	}
	leave := only(k.back)
	if s.query.value() != "" {
		leave = k.erase
	}
	c.keys = []key.Binding{only(k.open), k.filter, leave, k.help}
	if s.charts() {
		c.keys = []key.Binding{only(k.open), k.filter, k.chart, leave, k.help}
	}
	if s.filtering {
		c.keys = []key.Binding{as(k.submit, "keep"), leave}
	}
	return c
}

// charts reports whether there is room for a chart of one account.
func (s *activityScreen) charts() bool {
	return s.only != (plaidapi.AccountKey{}) && s.head.charts(s.width, s.height)
}

// place is where this list is, for the header.
func (s *activityScreen) place() []string {
	if s.only != (plaidapi.AccountKey{}) {
		return []string{s.head.bank, s.head.account.Name}
	}
	return []string{"Activity"}
}

// tight reports whether there is only room for rows, so that the header tells the month.
func (s *activityScreen) tight() bool { return s.height <= minHeight+2 || s.width < small }

func (s *activityScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[book]:
		if s.load.take(msg) {
			return nav{}, s.taken(msg)
		}
	case reply[statement]:
		if s.head.take(msg) {
			s.SetSize(s.width, s.height)
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

// taken shows what was read. What was typed while everything was read for the first time is looked
// for now: no letter has begun that reading anew.
func (s *activityScreen) taken(msg reply[book]) tea.Cmd {
	s.err = msg.err
	if msg.err != nil {
		s.SetSize(s.width, s.height)
		return nil
	}
	first := !s.loaded
	s.loaded = true
	s.rows.show(msg.value, s.now().Year())
	s.SetSize(s.width, s.height)
	if first && msg.value.filter.Query.Text() != s.query.value() {
		return s.find()
	}
	return nil
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
		if s.rows.cursor < s.rows.found.Len() {
			return open(newTransaction(&s.rows, s.place())), nil
		}
	case key.Matches(msg, s.keys.chart) && s.charts():
		words := s.head.turn()
		s.SetSize(s.width, s.height)
		return said(words), nil
	case key.Matches(msg, s.keys.filter):
		s.filtering = true
		s.SetSize(s.width, s.height)
	case key.Matches(msg, s.keys.back):
		if s.query.value() == "" {
			return back, nil
		}
		return nav{}, s.clear()
	}
	return nav{}, nil
}

func (s *activityScreen) clear() tea.Cmd {
	s.query.clear()
	s.filtering = false
	s.SetSize(s.width, s.height)
	return s.search()
}

// search looks for what is typed now, once there is something to look in.
func (s *activityScreen) search() tea.Cmd {
	if s.load.running() && !s.loaded {
		return nil
	}
	return s.find()
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
		return nav{}, s.search()
	}
	return nav{}, nil
}

func (s *activityScreen) View() string {
	today := plaidapi.DateOf(s.now())
	columns := s.rows.columns(s.width)
	lines := s.rows.view(func(i int, current bool) string { return s.rows.draw(&s.env, i, current, columns, today) })
	if s.rows.found.Len() == 0 {
		copy(lines, s.empty())
	}
	return strings.Join(append(s.above(), lines...), "\n")
}

// above is what stands above the rows: the account's balance or the sums, and the filter line.
func (s *activityScreen) above() []string {
	var lines []string
	switch {
	case s.only != (plaidapi.AccountKey{}):
		lines = s.head.lines(s.width, s.height)
	case !s.tight():
		lines = append(lines, s.totals(func(cells int) string { return cut("All accounts", cells) }))
	}
	if s.filtering || s.query.value() != "" {
		if len(lines) > 0 && !s.tight() && s.only == (plaidapi.AccountKey{}) {
			lines[0] = s.totals(s.prompt)
		} else {
			lines = append(lines, s.prompt(s.width))
		}
	}
	if s.err != nil && s.rows.found.Len() > 0 {
		lines = append(lines, s.theme.warning.paint(cut(because("! Not read again", s.err), s.width)))
	}
	if s.height >= 24 {
		if s.only == (plaidapi.AccountKey{}) {
			lines = append(lines, "")
		}
		if s.width >= wide {
			lines = append(lines, s.titles())
		}
	}
	return lines
}

// prompt is the line that the query is typed into.
func (s *activityScreen) prompt(cells int) string {
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
	sums := s.rows.found.Sums()
	lacking := s.lacking(gap + "without " + count(s.rows.found.Unadded(), "amount"))
	switch len(sums) {
	case 0:
		return strings.TrimSpace(lacking)
	case 1:
		one := sums[0]
		net := "net " + s.rows.money(&s.env, one.Net)
		all := "in " + s.rows.money(&s.env, one.In) + gap + "out " + s.rows.money(&s.env, one.Out) + gap + net
		if s.width < medium {
			all = net
		}
		return fitting(cells, all+lacking, net+lacking, net+s.lacking(" !"))
	}
	for shown := len(sums); shown > 0; shown-- {
		parts := make([]string, 0, shown+1)
		for _, each := range sums[:shown] {
			parts = append(parts, "net "+s.rows.money(&s.env, each.Net))
		}
		if over := len(sums) - shown; over > 0 {
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
	if s.rows.found.Unadded() == 0 {
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
