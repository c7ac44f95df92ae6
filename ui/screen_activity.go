package ui

import (
	"context"
	"slices"
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
	filtering     bool       // the query line has the focus
	before        rowKey     // where the cursor was before there was a query
	help          completing // what may be typed there
	aside         *aside     // a line that is typed into for a moment; nil when there is none
	period        period
	by            query.Column
	up            bool // sorted ascending
	err           error
	write         task[string] // what it says when it is done
}

// newActivity lists the transactions of all accounts.
func newActivity(e env) screen { return newList(e, plaidapi.AccountKey{}) }

// newFilter is newActivity with the filter line open.
func newFilter(e env) screen {
	s := newList(e, plaidapi.AccountKey{})
	s.filtering = true
	return s
}

// newSearch is newActivity with what is looked for.
func newSearch(text string) func(env) screen {
	return func(e env) screen {
		s := newList(e, plaidapi.AccountKey{})
		s.query.set(text)
		return s
	}
}

// newAccount lists those of one account, below its balance.
func newAccount(bank string, a plaidapi.Account) func(env) screen {
	return func(e env) screen {
		s := newList(e, plaidapi.AccountKey{Item: a.ItemID, Account: a.ID})
		s.head = newAccountHead(e, bank, a)
		return s
	}
}

// newList lists the transactions of one account, or of all.
func newList(e env, only plaidapi.AccountKey) *activityScreen {
	s := &activityScreen{env: e, only: only, rows: newRows(only != (plaidapi.AccountKey{}))}
	s.rows.reread = s.reread
	return s
}

func (s *activityScreen) Init() tea.Cmd { return s.reread() }

// reread reads everything anew, and stays on the transaction under the cursor.
func (s *activityScreen) reread() tea.Cmd {
	if !s.alone() {
		return s.read(s.rows.here())
	}
	return tea.Batch(s.read(s.rows.here()), s.head.read())
}

// readTop reads what is asked for now and stays at the top of it, whatever stands there.
func (s *activityScreen) readTop() tea.Cmd { return s.read(rowKey{}) }

func (s *activityScreen) read(here rowKey) tea.Cmd {
	l, a, last := s.ledger, s.ask(), s.rows.book
	s.rows.began = s.rows.cursor
	return s.load.start(s.ctx, func(ctx context.Context) (book, error) { return read(ctx, l, a, last, here) })
}

// ask is what the list is to show now.
func (s *activityScreen) ask() ask {
	return ask{filter: s.filter(), period: s.period, by: s.by, down: !s.up}
}

// filter is what the list looks for.
func (s *activityScreen) filter() query.Filter {
	return query.Filter{Account: s.only, Query: query.Parse(s.query.value(), plaidapi.DateOf(s.now()))}
}

func (s *activityScreen) SetSize(width, height int) {
	s.width, s.height = min(width, mostWide), height
	s.rows.above = nil
	if s.grouped() {
		s.rows.above = s.rows.headLines
	}
	s.rows.resize(s.rows.found.Len(), max(height-len(s.above())-len(s.foot()), 0))
}

// alone reports whether the list is of one account.
func (s *activityScreen) alone() bool { return s.only != (plaidapi.AccountKey{}) }

// grouped reports whether the months of an account have heads.
func (s *activityScreen) grouped() bool { return !s.tight() && len(s.rows.heads) > 0 && s.height >= 12 }

// tight reports whether there is only room for rows, so that the header tells the month.
func (s *activityScreen) tight() bool { return s.height <= minHeight+2 || s.width < small }

func (s *activityScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[book]:
		if s.load.take(msg) {
			return nav{}, s.taken(msg)
		}
	case reply[string]:
		if s.write.take(msg) {
			if msg.err != nil {
				return said(inShort(msg.err)), nil
			}
			return said(msg.value), s.Init()
		}
	case reply[statement]:
		if s.head.take(msg) {
			s.SetSize(s.width, s.height)
		}
	case reply[[]query.Completion]:
		if s.help.search.take(msg) {
			return nav{}, s.offered(msg.value)
		}
	case paused:
		if msg.at == s.help.edits {
			return nav{}, s.offer()
		}
	case shown:
		return nav{}, s.Init()
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
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
	if first && s.late(msg.value.ask) {
		return s.read(s.rows.here())
	}
	return nil
}

// late reports whether something else is asked for by now.
func (s *activityScreen) late(a ask) bool { return a.filter.Query.Text() != s.query.value() }

func (s *activityScreen) View() string {
	today := plaidapi.DateOf(s.now())
	columns := s.rows.columns(s.width)
	lines := s.rows.lined(s.width, &s.env, func(i int, current bool) string { return s.rows.draw(&s.env, i, current, columns, today) })
	if s.rows.found.Len() == 0 {
		for i, line := range s.empty() {
			if i < len(lines) {
				lines[i] = blank(gutter) + line
			}
		}
	} else if note := s.uncounted(); note != "" && s.rows.rows+2 <= len(lines) && !s.grouped() {
		lines[s.rows.rows+1] = blank(gutter) + s.theme.faint.paint(cut(note, s.width-gutter))
	}
	return strings.Join(append(append(s.above(), lines...), s.foot()...), "\n")
}

// charts reports whether there is room for a chart of one account. A filter takes its place.
func (s *activityScreen) charts() bool {
	return s.alone() && !s.filtering && s.query.value() == "" && s.head.charts(s.width, s.height)
}

// uncounted says which of the rows are in no sum because they are not to be.
func (s *activityScreen) uncounted() string {
	transfers, out := s.rows.found.Uncounted()
	between := count(transfers, "transfer") + " between your own accounts"
	switch {
	case transfers > 0 && out > 0:
		return between + " and " + number(out) + " left out of totals are not counted."
	case transfers == 1:
		return between + " is not counted."
	case transfers > 1:
		return between + " are not counted."
	case out > 0:
		return number(out) + " left out of totals."
	}
	return ""
}

// empty says why there are no rows.
func (s *activityScreen) empty() []string {
	switch {
	case s.err != nil:
		told := explain(s.err, "The list", s.now())
		return wrap("! "+told.title+". "+told.cause, s.width-gutter)
	case s.load.running() && !s.loaded:
		return nil
	case s.query.value() != "":
		return s.noMatch()
	case s.rows.matched.Len() > 0:
		return wrap("Nothing in "+daysName(s.rows.days)+". "+s.keys.nextMonth.Help().Key+" goes on, "+s.keys.back.Help().Key+" goes back.", s.width-gutter)
	}
	return wrap("No transactions yet. The first fetch of a bank can take a minute; "+s.keys.accounts.Help().Key+" shows how it goes.", s.width-gutter)
}

// place is where this list is, for the header.
func (s *activityScreen) place() []string {
	if s.alone() {
		return []string{s.head.bank, s.head.account.Name}
	}
	return []string{"Activity"}
}

func (s *activityScreen) Chrome() chrome {
	c := chrome{crumbs: s.place(), typing: s.filtering || s.aside != nil, browse: true, right: s.position(), keys: s.deeds()}
	if s.tight() && !s.alone() && s.rows.cursor < s.rows.found.Len() {
		c.crumbs = []string{s.rows.found.At(s.rows.cursor).Date.Time().Format("Jan 2006")}
		switch sums := s.rows.found.Sums(); {
		case s.rows.chosen != nil:
			c.right = s.picks(s.width / 3)
		case len(sums) == 1:
			c.right = "net " + s.amount(sums[0].Net) + s.lacking(" !")
			if s.rows.days != monthOf(s.rows.days.From) && s.query.value() == "" {
				c.crumbs[0] = "all · " + c.crumbs[0] // the month is only that of the cursor
			}
		}
	}
	if s.load.running() && !s.loaded || s.head.awaited() {
		c.busy, c.hold = "reading", !s.filtering
	}
	return c
}

// position is how many rows there are, or, of more than are seen, on which the cursor is.
func (s *activityScreen) position() string {
	if s.rows.rows > s.rows.height && s.rows.height > 0 {
		return number(s.rows.cursor+1) + " of " + number(s.rows.rows)
	}
	return count(s.rows.rows, "transaction")
}

// deeds are the keys that work now, the most used first. Help comes last: it stays when others leave.
func (s *activityScreen) deeds() []key.Binding {
	k := s.keys
	if s.aside != nil {
		return []key.Binding{as(k.submit, s.aside.does), as(only(k.back), "leave it")}
	}
	leave := as(only(k.back), "back")
	switch {
	case s.rows.chosen != nil:
		leave = as(k.erase, "clear selection")
	case s.query.value() != "":
		leave = k.erase
	}
	if s.filtering {
		return s.typingDeeds()
	}
	all := make([]key.Binding, 0, 20)
	switch {
	case s.rows.all.Len() == 0:
		return append(all, leave, k.help)
	case s.rows.found.Len() == 0 && s.alone():
		return append(all, k.filter, leave, k.help)
	case s.rows.found.Len() == 0:
		return append(all, k.filter, leave, k.prevMonth, k.nextMonth, k.month, k.help)
	case s.rows.chosen != nil:
		all = append(all, k.pick, k.category, k.note, k.tags, as(k.leaveOut, "leave out"), leave, only(k.open), k.filter, k.sort, k.copy, k.rename)
	case s.charts():
		all = append(all, only(k.open), k.filter, k.sort, k.chart, k.pick, k.copy, leave, k.category, k.note, k.tags, k.leaveOut, k.rename)
	default:
		all = append(all, only(k.open), k.filter, k.sort, k.pick, k.category, k.copy, leave, k.note, k.tags, k.leaveOut, k.rename)
	}
	all = append(all, k.copyAs, k.prevMonth, k.nextMonth, k.month, k.pickAll, k.reverse, k.help)
	if s.alone() { // all its months are there
		all = slices.Delete(all, len(all)-4, len(all)-3)
	}
	return all
}
