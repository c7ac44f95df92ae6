package ui

import (
	"context"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// rows is a list of transactions with what is needed to draw one: only those in view are made and
// drawn.
type rows struct {
	list
	book
	began int  // where the cursor was when reading began
	one   bool // all of one account: none is named
	years bool // not all of this year: dates carry theirs
}

// book is what a list of transactions is made from, read in one task.
type book struct {
	all      *query.View // every transaction that is known
	found    *query.View // those of them that filter looks for
	filter   query.Filter
	accounts map[plaidapi.AccountKey]plaidapi.Account
	saved    time.Time // when the balance of the filter's account was read
	at       int       // where what the cursor was on is now; -1 when it is not here
}

// rowKey names a transaction among all Items.
type rowKey struct{ item, id string }

func newRows(one bool) rows {
	none := query.New().View()
	return rows{book: book{all: none, found: none}, one: one}
}

// read gathers the transactions that a filter looks for, and looks for the one at here among them.
// Where nothing was known but what last has, and last found all of them, only those are searched.
func read(ctx context.Context, l *ledger.Ledger, filter query.Filter, last book, here rowKey) (book, error) {
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return book{}, err
	}
	b := book{filter: filter, accounts: map[plaidapi.AccountKey]plaidapi.Account{}}
	for _, h := range holdings {
		for _, a := range h.Accounts {
			b.accounts[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}] = a
		}
		if h.Item.ID == filter.Account.Item {
			b.saved = h.Read
		}
	}
	if b.all, err = l.View(ctx); err != nil {
		return book{}, err
	}
	among := b.all
	if last.all == b.all && filter.Within(last.filter) {
		among = last.found
	}
	if b.found, err = among.Find(ctx, filter); err != nil {
		return book{}, err
	}
	b.at = b.found.Position(here.item, here.id)
	b.found.Sums() // counted here, not when they are first drawn
	return b, nil
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
	r.years = b.found.Len() > 0 && b.found.Oldest().Year() != thisYear
	r.resize(b.found.Len(), r.height)
	if b.at >= 0 {
		r.to(b.at + moved)
	}
}

// layout is how wide each column of the table is; a column of no width is not drawn.
type layout struct{ date, name, category, account, mark, amount int }

// wholeDate is a column wide enough for a date with all four digits of its year.
const wholeDate = 13

// columns shares out the room: names shorten first, then columns leave. The amount never does.
func (r *rows) columns(room int) layout {
	c := layout{date: 8, mark: 6, amount: 13}
	switch {
	case room >= wide:
		c.category, c.account, c.mark = 19, 19, 8
	case room >= medium:
		c.category, c.account = 18, 8
	case room < small:
		c.date, c.mark = 3, 2
	}
	if r.one {
		c.account = 0
	}
	if !r.found.HasPending() {
		c.mark = 0
	}
	if r.found.Mixed() {
		c.amount += 4
	}
	switch {
	case r.years && room >= wide:
		c.date = wholeDate
	case r.years && room >= small:
		c.date = 10
	}
	c.name = max(room-2-c.date-c.category-c.account-c.mark-c.amount, 4)
	return c
}

// draw makes one line of the table.
func (r *rows) draw(e *env, i int, current bool, c layout, today plaidapi.Date) string {
	row := r.found.At(i)
	t := &row
	date := left(day(t.Date, today), c.date)
	switch {
	case c.date < 6: // the header tells the month
		date = t.Date.Time().Format("02") + " "
	case c.date < wholeDate && t.Date.Year() != today.Year():
		date = left(t.Date.Time().Format("02 Jan 06"), c.date)
	}
	detail := ""
	if c.category > 0 {
		detail = left(category(t), c.category-2) + "  "
	}
	if c.account > 0 {
		detail += left(r.account(t, c.account), c.account-2) + "  "
	}
	mark := left(pendingMark(t, c.mark), c.mark)
	money := r.money(e, t.Amount)
	money = right(money, max(c.amount, width(money)))
	// A number is never cut: it takes the room of the name, and then of what describes it.
	room := c.name + c.amount - width(money)
	name := left(t.Name, room-1) + " "
	if room <= 0 {
		name, detail = "", left(detail, c.category+c.account+room)
	}
	if current {
		return e.theme.accent.paint("› ") + e.theme.selected.paint(date+name+detail+mark+money)
	}
	return "  " + e.theme.faint.paint(date) + name + e.theme.faint.paint(detail+mark) + money
}

func (r *rows) money(e *env, m plaidapi.Money) string {
	return e.amount(m) + code(m, r.found.Mixed())
}

// account names an account in the room there is: its name, or its last digits.
func (r *rows) account(t *plaidapi.Transaction, cells int) string {
	a := r.accounts[plaidapi.AccountKey{Item: t.ItemID, Account: t.AccountID}]
	if cells < 12 {
		return mask(a.Mask)
	}
	return a.Name
}

// category is the narrowest place in the taxonomy: "Coffee Shop" says more than "Food and Drink".
func category(t *plaidapi.Transaction) string {
	if n := len(t.Category.Path); n > 0 {
		return t.Category.Path[n-1]
	}
	return ""
}

func pendingMark(t *plaidapi.Transaction, cells int) string {
	switch {
	case !t.Pending:
		return ""
	case cells < 3:
		return "p"
	case cells < 8:
		return "pend"
	}
	return "pending"
}
