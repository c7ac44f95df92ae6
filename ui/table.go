package ui

import (
	"cmp"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// layout is how wide each column of the table is; a column of no width is not drawn.
type layout struct{ date, name, category, account, mark, amount, balance int }

// wholeDate is a column wide enough for a date with all four digits of its year.
const wholeDate = 12

// columns shares out the room: names shorten first, then columns leave. The amount never does.
func (r *rows) columns(room int) layout {
	c := layout{date: 8, mark: 6, amount: 11}
	switch {
	case room >= wide:
		c = layout{date: 9, category: 18, account: 19, mark: 8, amount: 13, balance: 14}
		if r.dated() {
			c.date, c.mark, c.amount = wholeDate, 6, 12
		}
	case room >= medium:
		c.category, c.account, c.balance = 17, 8, 13
		if r.one {
			c.category = 15
		}
	case room < small:
		c.date, c.mark = 3, 2
	}
	if r.one {
		c.account = 0
	}
	if !r.one || !r.plain() || r.balances == nil {
		c.balance = 0
	}
	if r.found.Mixed() {
		c.amount += 4
	}
	if r.dated() && room >= small && room < wide {
		c.date = 10
	}
	c.name = room - gutter - c.date - c.category - c.account - c.mark - c.amount - c.balance
	if more := min((room-wide)/2, mostMore); more > 0 {
		c.name, c.category = c.name-more, c.category+more
	}
	c.name = max(c.name, 4)
	return c
}

const (
	gutter   = 2   // before each row: the cursor, and what is picked
	mostMore = 8   // cells that the category gets of a terminal with many
	mostWide = 136 // cells of the table; long lines do not help
)

// draw makes one line of the table.
func (r *rows) draw(e *env, i int, current bool, c layout, today plaidapi.Date) string {
	row, own := r.found.At(i), r.found.Written(i)
	t := &row
	detail := ""
	if c.category > 0 {
		detail = left(category(t, own), c.category-2) + "  "
	}
	if c.account > 0 {
		detail += left(r.account(t, c.account), c.account-2) + "  "
	}
	date, mark := left(r.date(t, c, today), c.date), left(r.mark(i, t, own, c.mark-1), c.mark)
	money := r.money(e, t.Amount)
	pad := blank(max(c.amount, width(money)) - width(money))
	balance := right(r.running(e, i), c.balance)
	// A number is never cut: it takes the room of the name, and then of what describes it.
	room := c.name - max(0, width(money)-c.amount) - max(0, width(balance)-c.balance)
	name := left(called(t, own), room-1) + " "
	if room <= 0 {
		name, detail = "", left(detail, c.category+c.account+room)
	}
	picked := r.picked.Len() > 0 && r.picked.Has(r.found, i)
	if current {
		return e.theme.accent.paint(edge("›", picked)) + e.theme.selected.paint(date+name+detail+mark+pad+money+balance)
	}
	return e.theme.accent.paint(edge(" ", picked)) + e.theme.faint.paint(date) + name + e.theme.faint.paint(detail+mark) + pad + e.toned(t.Amount, money) + e.theme.faint.paint(balance)
}

// edge is the gutter of a row.
func edge(cursor string, picked bool) string {
	switch {
	case !picked:
		return cursor + " "
	case cursor == " ":
		return "✓ "
	}
	return cursor + "✓"
}

// dated reports whether dates carry their year: where no head of a month does.
func (r *rows) dated() bool { return r.years && r.above == nil }

// date writes a day in the room there is. In three cells it is the day of the month: the header tells
// which that is.
func (r *rows) date(t *plaidapi.Transaction, c layout, today plaidapi.Date) string {
	switch {
	case t.Date == 0:
		return ""
	case c.date < 6:
		return t.Date.Time().Format("02")
	case !r.dated() && t.Date != today:
		return t.Date.Time().Format("02 Jan")
	case c.date < wholeDate && t.Date.Year() != today.Year():
		return t.Date.Time().Format("02 Jan 06")
	}
	return day(t.Date, today)
}

// running writes the balance of an account after a transaction.
func (r *rows) running(e *env, i int) string {
	if r.balances == nil {
		return ""
	}
	m, known := r.balances.At(i)
	if !known {
		return ""
	}
	return e.balance(m)
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

// called is the person's name for a transaction, or else the bank's, who may have none.
func called(t *plaidapi.Transaction, own query.Written) string {
	return cmp.Or(own.Name, t.Name, t.BankText, "no name")
}

// category is the person's own word, or else the narrowest place in the taxonomy: "Coffee Shop" says
// more than "Food and Drink".
func category(t *plaidapi.Transaction, own query.Written) string {
	if own.Category != "" {
		return own.Category
	}
	if n := len(t.Category.Path); n > 0 {
		return t.Category.Path[n-1]
	}
	return ""
}

// mark is what sets a transaction apart, as much as fits into cells: the first of it as a letter, or
// in words.
func (r *rows) mark(i int, t *plaidapi.Transaction, own query.Written, cells int) string {
	if cells <= 0 {
		return ""
	}
	_, moved := r.found.Transfer(i)
	line := ""
	for _, m := range [...]struct {
		is          bool
		word, short string
	}{
		{t.Pending, pendingMark(t, cells+1), "p"},
		{moved, "⇄", "⇄"},
		{own.LeftOut, "out", "x"},
		{own.Note != "", "note", "n"},
		{len(own.Tags) > 0, "tag", "t"},
	} {
		word := m.word
		if cells < 3 {
			word = m.short
		}
		switch {
		case !m.is:
		case line == "":
			line = cut(word, cells)
		case width(line)+1+width(word) <= cells:
			line += " " + word
		}
	}
	return line
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

// title is the name of a column, and the cells of its line that it stands in.
type title struct {
	by       query.Column
	text     string
	from, to int
}

// titles are the names of the columns that are drawn, with an arrow on the one that sorts.
func (r *rows) titles(c layout) []title {
	all := []title{
		{query.ByDate, "Date", gutter, gutter + c.date},
		{query.ByName, "Name", 0, c.name},
		{query.ByCategory, "Category", 0, c.category},
		{query.ByAccount, "Account", 0, c.account},
		{query.ByAmount, "Amount", 0, c.mark + c.amount},
	}
	for i := range all {
		t := &all[i]
		if i > 0 {
			t.from, t.to = all[i-1].to, all[i-1].to+t.to
		}
		if t.by == r.by {
			t.text += " " + arrow(r.down)
		}
	}
	return all
}

func arrow(down bool) string {
	if down {
		return "↓"
	}
	return "↑"
}

// drawTitles is the line of them.
func (r *rows) drawTitles(c layout) string {
	line := blank(gutter)
	for _, t := range r.titles(c) {
		if t.by == query.ByAmount {
			line += right(t.text, t.to-t.from)
			continue
		}
		line += left(t.text, t.to-t.from)
	}
	if c.balance > 0 {
		line += right("Balance", c.balance)
	}
	return line
}
