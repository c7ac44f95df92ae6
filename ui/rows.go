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
	accounts map[accountKey]plaidapi.Account
	one      bool // all of one account: none is named
	mixed    bool // several currencies: amounts carry their code
	years    bool // not all of this year: dates carry theirs
}

// book is what a list of transactions is made from, read in one task.
type book struct {
	all      []*plaidapi.Transaction
	accounts map[accountKey]plaidapi.Account
	sums     []sum
}

// read gathers the transactions that match: of one account, if key names one, and with every word
// of the query somewhere in name, bank text or category.
func read(ctx context.Context, l *ledger.Ledger, only accountKey, query string) (book, error) {
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
	if b.all, err = l.Transactions(ctx); err != nil {
		return book{}, err
	}
	words := strings.Fields(strings.ToLower(query))
	if only != (accountKey{}) || len(words) > 0 {
		b.all = matching(ctx, b.all, only, words)
	}
	b.sums = sums(b.all)
	return b, ctx.Err()
}

// matching is a new list of the transactions that match. It looks up from time to time: the next
// letter of a query ends the search for the last one.
func matching(ctx context.Context, all []*plaidapi.Transaction, only accountKey, words []string) []*plaidapi.Transaction {
	var found []*plaidapi.Transaction
	for i, t := range all {
		if i%4096 == 0 && ctx.Err() != nil {
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
// or does not fit, is left out rather than shown wrong.
func sums(all []*plaidapi.Transaction) []sum {
	var each []sum
	for _, t := range all {
		if !t.Amount.Known() {
			continue
		}
		i := slices.IndexFunc(each, func(s sum) bool { return s.net.Currency() == t.Amount.Currency() })
		if i < 0 {
			i = len(each)
			zero := plaidapi.Zero(t.Amount.Currency())
			each = append(each, sum{zero, zero, zero})
		}
		each[i].add(t.Amount)
	}
	return each
}

func (s *sum) add(m plaidapi.Money) {
	side := &s.out
	if m.Sign() > 0 {
		side = &s.in
	}
	part, err := side.Add(m)
	net, err2 := s.net.Add(m)
	if err == nil && err2 == nil {
		*side, s.net = part, net
	}
}

// show takes over what was read, keeping the cursor on the transaction it was on.
func (r *rows) show(b book, thisYear int) {
	var here *plaidapi.Transaction
	if r.cursor < len(r.all) {
		here = r.all[r.cursor]
	}
	r.all, r.accounts = b.all, b.accounts
	r.mixed = len(b.sums) > 1
	r.years = len(b.all) > 0 && b.all[len(b.all)-1].Date.Year() != thisYear
	r.resize(len(r.all), r.height)
	if here != nil && (r.cursor >= len(r.all) || r.all[r.cursor].ID != here.ID) {
		at := slices.IndexFunc(r.all, func(t *plaidapi.Transaction) bool {
			return t.ID == here.ID && t.ItemID == here.ItemID
		})
		if at >= 0 {
			r.to(at)
		}
	}
}

// layout is how wide each column of the table is; a column of no width is not drawn.
type layout struct{ date, name, category, account, mark, amount int }

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
	if r.mixed {
		c.amount += 4
	}
	if r.years && room >= small {
		c.date = 13
	}
	c.name = max(room-2-c.date-c.category-c.account-c.mark-c.amount, 4)
	return c
}

// draw makes one line of the table.
func (r *rows) draw(e *env, i int, current bool, c layout, today plaidapi.Date) string {
	t := r.all[i]
	date := left(day(t.Date, today), c.date)
	if c.date < 6 { // the header tells the month
		date = t.Date.Time().Format("02") + " "
	}
	name := left(t.Name, c.name-1) + " "
	detail := ""
	if c.category > 0 {
		detail = left(category(t), c.category-2) + "  "
	}
	if c.account > 0 {
		detail += left(r.account(t, c.account), c.account-2) + "  "
	}
	mark := left(pendingMark(t, c.mark), c.mark)
	money := right(r.money(t.Amount), c.amount)
	if over := width(r.money(t.Amount)) - c.amount; over > 0 {
		// A number is never cut: it takes the room of the name.
		name, money = left(t.Name, max(c.name-over-1, 0))+" ", r.money(t.Amount)
	}
	if current {
		return e.theme.accent.paint("› ") + e.theme.selected.paint(date+name+detail+mark+money)
	}
	return "  " + e.theme.faint.paint(date) + name + e.theme.faint.paint(detail+mark) + money
}

func (r *rows) money(m plaidapi.Money) string {
	if r.mixed {
		return amount(m) + " " + string(m.Currency())
	}
	return amount(m)
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
