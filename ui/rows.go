package ui

import (
	"context"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// accountKey names an account among all Items.
type accountKey struct{ item, account string }

// rows is a list of transactions with what is needed to draw one: only those in view are drawn.
type rows struct {
	list
	all      []*plaidapi.Transaction
	began    int // where the cursor was when reading began
	accounts map[accountKey]plaidapi.Account
	one      bool // all of one account: none is named
	pending  bool // some are pending: there is a column for the mark
	mixed    bool // several currencies: amounts carry their code
	years    bool // not all of this year: dates carry theirs
}

// book is what a list of transactions is made from, read in one task.
type book struct {
	all      []*plaidapi.Transaction
	accounts map[accountKey]plaidapi.Account
	sums     []sum
	unadded  int // rows that are in no sum: their amounts cannot be read
	pending  bool
	at       int // where what the cursor was on is now; -1 when it is not here
}

// rowKey names a transaction among all Items.
type rowKey struct{ item, id string }

// read gathers the transactions that match: of one account, if key names one, and with every word
// of the query somewhere in name, bank text or category. It also looks for the transaction at here.
func read(ctx context.Context, l *ledger.Ledger, only accountKey, query string, here rowKey) (book, error) {
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return book{}, err
	}
	b := book{accounts: map[accountKey]plaidapi.Account{}}
	for _, h := range holdings {
		for _, a := range h.Accounts {
			b.accounts[accountKey{h.Item.ID, a.ID}] = a
		}
	}
	view, err := l.View(ctx)
	if err != nil {
		return book{}, err
	}
	b.all = make([]*plaidapi.Transaction, view.Len())
	for i := range b.all {
		t := view.At(i)
		b.all[i] = &t
	}
	words := strings.Fields(strings.ToLower(query))
	if only != (accountKey{}) || len(words) > 0 {
		b.all = matching(ctx, b.all, only, words)
	}
	b.sums, b.unadded = sums(ctx, b.all)
	b.pending = slices.ContainsFunc(b.all, func(t *plaidapi.Transaction) bool { return t.Pending })
	b.at = find(ctx, b.all, here)
	return b, ctx.Err()
}

// patience is how many rows a pass over all of them goes without looking whether it is still wanted.
const patience = 4096

// find is where a transaction is in a list; -1 when it is not in there.
func find(ctx context.Context, all []*plaidapi.Transaction, key rowKey) int {
	if key == (rowKey{}) {
		return -1
	}
	for i, t := range all {
		if i%patience == 0 && ctx.Err() != nil {
			break
		}
		if t.ID == key.id && t.ItemID == key.item {
			return i
		}
	}
	return -1
}

// matching is a new list of the transactions that match. It looks up from time to time: the next
// letter of a query ends the search for the last one.
func matching(ctx context.Context, all []*plaidapi.Transaction, only accountKey, words []string) []*plaidapi.Transaction {
	var found []*plaidapi.Transaction
	for i, t := range all {
		if i%patience == 0 && ctx.Err() != nil {
			return nil
		}
		if only != (accountKey{}) && only != (accountKey{t.ItemID, t.AccountID}) {
			continue
		}
		if !slices.ContainsFunc(words, func(w string) bool { return !mentions(t, w) }) {
			found = append(found, t)
		}
	}
	return found
}

// mentions reports whether a transaction has the word, in small letters, in what it says.
func mentions(t *plaidapi.Transaction, word string) bool {
	return strings.Contains(strings.ToLower(t.Name), word) ||
		strings.Contains(strings.ToLower(t.BankText), word) ||
		slices.ContainsFunc(t.Category.Path, func(c string) bool { return strings.Contains(strings.ToLower(c), word) }) ||
		strings.Contains(t.Amount.Decimal(), word)
}

// sum is what came in and went out in one currency.
type sum struct{ in, out, net plaidapi.Money }

// sums adds up transactions, a sum a currency, in the order they are met. What cannot be read,
// or does not fit, is left out rather than shown wrong, and counted.
func sums(ctx context.Context, all []*plaidapi.Transaction) (each []sum, unadded int) {
	for n, t := range all {
		if n%patience == 0 && ctx.Err() != nil {
			return nil, 0
		}
		if !t.Amount.Known() {
			unadded++
			continue
		}
		i := slices.IndexFunc(each, func(s sum) bool { return s.net.Currency() == t.Amount.Currency() })
		if i < 0 {
			i = len(each)
			zero := plaidapi.Zero(t.Amount.Currency())
			each = append(each, sum{zero, zero, zero})
		}
		if !each[i].add(t.Amount) {
			unadded++
		}
	}
	return each, unadded
}

// add reports whether an amount fits into the sums.
func (s *sum) add(m plaidapi.Money) bool {
	side := &s.out
	if m.Sign() > 0 {
		side = &s.in
	}
	part, err := side.Add(m)
	net, err2 := s.net.Add(m)
	if err != nil || err2 != nil {
		return false
	}
	*side, s.net = part, net
	return true
}

// here names the transaction under the cursor.
func (r *rows) here() rowKey {
	if r.cursor >= len(r.all) {
		return rowKey{}
	}
	t := r.all[r.cursor]
	return rowKey{t.ItemID, t.ID}
}

// show takes over what was read, keeping the cursor on the transaction it was on. Where the cursor
// has moved since reading began, it stays as far from that one as it had come.
func (r *rows) show(b book, thisYear int) {
	moved := r.cursor - r.began
	r.all, r.accounts = b.all, b.accounts
	r.mixed = len(b.sums) > 1
	r.pending = b.pending
	r.years = len(b.all) > 0 && b.all[len(b.all)-1].Date.Year() != thisYear
	r.resize(len(r.all), r.height)
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
	if !r.pending {
		c.mark = 0
	}
	if r.mixed {
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
	t := r.all[i]
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
	money := r.money(t.Amount)
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

func (r *rows) money(m plaidapi.Money) string {
	return amount(m) + code(m, r.mixed)
}

// account names an account in the room there is: its name, or its last digits.
func (r *rows) account(t *plaidapi.Transaction, cells int) string {
	a := r.accounts[accountKey{t.ItemID, t.AccountID}]
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

// currencies are those that accounts are counted in, in the order they are met.
func currencies(accounts []plaidapi.Account) []plaidapi.Currency {
	var met []plaidapi.Currency
	for _, a := range accounts {
		if a.Current != nil && !slices.Contains(met, a.Current.Currency()) {
			met = append(met, a.Current.Currency())
		}
	}
	return met
}
