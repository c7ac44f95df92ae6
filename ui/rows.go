package ui

import (
	"context"
	"sort"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// rows is a list of transactions with what is needed to draw one: only those in view are made and
// drawn.
type rows struct {
	list
	book
	began  int  // where the cursor was when reading began
	one    bool // all of one account: none is named
	years  bool // not all of this year or of one month: dates carry their year
	picked query.Selection
	chosen *query.View    // those that are picked among all; nil when none is
	reread func() tea.Cmd // reads the list anew
}

// ask is what a list is to show.
type ask struct {
	filter query.Filter
	period period
	by     query.Column
	down   bool // sorted descending
}

// plain reports whether it is all of an account, in the order of the list.
func (a ask) plain() bool { return a.filter.Account.Account != "" && !a.searching() && a.usual() }

// searching reports whether it is less than all because of what is typed.
func (a ask) searching() bool { return strings.TrimSpace(a.filter.Query.Text()) != "" }

// usual reports whether it is in the order of the list: newest first.
func (a ask) usual() bool { return a.by == query.ByDate && a.down }

// book is what a list of transactions is made from, read in one task.
type book struct {
	ask
	all      *query.View // every transaction that is known
	matched  *query.View // those of them that the filter looks for
	found    *query.View // those of them that are in the days that are shown, sorted
	days     plaidapi.Span
	months   []query.Month // of matched
	accounts map[plaidapi.AccountKey]plaidapi.Account
	banks    map[string]string // names, by Item
	filters  []ledger.SavedFilter
	at       int    // where what the cursor was on is now; -1 when it is not here
	looser   string // where nothing matches: without what how many would

	heads    []head         // of an account's months
	balances *query.Running // of an account
}

// rowKey names a transaction among all Items.
type rowKey struct{ item, id string }

func newRows(one bool) rows {
	none := query.New().View()
	return rows{book: book{ask: ask{down: true}, all: none, matched: none, found: none}, one: one}
}

// read gathers the transactions that are asked for, and looks for the one at here among them. Where
// nothing was known but what last has, and last found all of them, only those are searched.
func read(ctx context.Context, l *ledger.Ledger, a ask, last book, here rowKey) (book, error) {
	b := book{ask: a, accounts: map[plaidapi.AccountKey]plaidapi.Account{}, banks: map[string]string{}}
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return book{}, err
	}
	for _, h := range holdings {
		b.banks[h.Item.ID] = h.Item.Institution.Name
		for _, a := range h.Accounts {
			b.accounts[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}] = a
		}
	}
	notes, err := l.Notes(ctx)
	if err != nil {
		return book{}, err
	}
	b.filters = notes.Filters
	if b.all, err = l.View(ctx); err != nil {
		return book{}, err
	}
	among := b.all
	if last.all == b.all && a.filter.Within(last.filter) {
		among = last.matched
	}
	if b.matched, err = among.Find(ctx, a.filter); err != nil {
		return book{}, err
	}
	if b.matched.Len() == 0 && !a.filter.Query.Empty() {
		term, rows, err := b.all.Looser(ctx, a.filter)
		if err != nil {
			return book{}, err
		}
		if rows > 0 {
			b.looser = number(rows) + " without " + term.Text
		}
	}
	return b, b.arrange(ctx, here)
}

// arrange takes what is shown out of what matched.
func (b *book) arrange(ctx context.Context, here rowKey) (err error) {
	b.months = b.matched.Months()
	b.days = b.period.in(b.months, b.matched.Len(), b.searching() || b.filter.Account.Account != "")
	b.found = b.matched
	if b.days != (plaidapi.Span{}) {
		b.found = b.matched.Days(b.days)
	}
	if b.found, err = b.found.Sorted(ctx, b.by, b.down); err != nil {
		return err
	}
	if b.at = -1; here != (rowKey{}) {
		b.at = b.found.Position(here.item, here.id)
	}
	b.found.Sums() // counted here, not when they are first drawn
	if !b.plain() {
		return nil
	}
	b.heads = heads(b.found, b.months)
	if a := b.accounts[b.filter.Account]; a.Current != nil {
		b.balances = b.found.Running(*a.Current)
	}
	return nil
}

// head is what stands above the first transaction of an account's month.
type head struct {
	row   int
	month plaidapi.Date
	sums  []query.Sum
}

// heads are those of all months. What is pending at the top stands above the first of them.
func heads(v *query.View, months []query.Month) []head {
	all := make([]head, 0, len(months))
	for i, m := range months {
		h := head{row: m.From, month: m.First, sums: v.Days(monthOf(m.First)).Sums()}
		for i == 0 && h.row < m.To && v.At(h.row).Pending {
			h.row++
		}
		if h.row < m.To {
			all = append(all, h)
		}
	}
	return all
}

// head is what stands above a row, if anything does.
func (b *book) head(row int) (h head, is bool) {
	i := sort.Search(len(b.heads), func(i int) bool { return b.heads[i].row >= row })
	if i == len(b.heads) || b.heads[i].row != row {
		return head{}, false
	}
	return b.heads[i], true
}

// here names the transaction under the cursor.
func (r *rows) here() rowKey {
	if r.cursor >= r.found.Len() {
		return rowKey{}
	}
	t := r.found.At(r.cursor)
	return rowKey{t.ItemID, t.ID}
}

// show takes over what was read, keeping the cursor on the transaction it was on. Where the cursor
// has moved since reading began, it stays as far from that one as it had come.
func (r *rows) show(b book, thisYear int) {
	moved := r.cursor - r.began
	r.book = b
	r.years = b.found.Len() > 0 && b.found.Oldest().Year() != thisYear && (b.days == plaidapi.Span{} || b.days != monthOf(b.days.From))
	r.resize(b.found.Len(), r.height)
	if b.at >= 0 {
		r.to(b.at + moved)
	}
	r.pick(func(*query.Selection) {})
}

// pick changes what is picked.
func (r *rows) pick(change func(*query.Selection)) {
	change(&r.picked)
	r.chosen = nil
	if r.picked.Len() == 0 {
		return
	}
	if r.chosen = r.picked.View(r.all); r.chosen.Len() == 0 {
		r.chosen = nil
		r.picked.Clear()
		return
	}
	r.chosen.Sums()
}
