package sandbox

import (
	"slices"
	"strings"
	"time"
)

// book is what the bank writes down for one login while its life is played day
// by day. Positions in balances are those of the login's accounts.
type book struct {
	seed  uint64
	ids   []string // of the accounts
	since day      // rows before it move balances and are not kept

	day     day
	date    string // day as YYYY-MM-DD, from since on
	year    int
	month   time.Month
	dom     int // day of the month
	last    int // of the month
	weekday time.Weekday

	balances []cents // money there; for cards and loans below zero what is owed
	held     []hold
	rows     []transaction // by day, oldest first
	written  int           // rows of today, which number their ids
}

// hold is a purchase that the bank has heard of and not yet posted.
type hold struct {
	account int
	amount  cents // as announced
	final   cents // as it will be posted
	foreign bool  // a fee follows
	made    day
	number  int // of the row among those of its day
	settles day
	to      payee
}

// begin opens a new day and posts what settles on it.
func (b *book) begin(d day) {
	b.day, b.written = d, 0
	if d >= b.since {
		b.date = d.String()
	}
	t := d.time()
	b.year, b.month, b.dom = t.Date()
	b.weekday = t.Weekday()
	b.last = time.Date(b.year, b.month+1, 0, 0, 0, 0, 0, time.UTC).Day()

	due := b.held
	b.held = nil
	for _, h := range due {
		if h.settles > d {
			b.held = append(b.held, h)
			continue
		}
		pending := ""
		if d >= b.since {
			pending = b.id(h.made, h.number)
		}
		b.write(h.account, h.final, h.to, pending)
		if h.foreign {
			b.post(h.account, (h.final*3+99)/100, payee{name: "Foreign Transaction Fee", category: "10005000"})
		}
	}
}

// post writes a row of today. A positive amount leaves the account.
func (b *book) post(account int, amount cents, to payee) { b.write(account, amount, to, "") }

// hold writes a pending row of today that posts under another id after some
// days, and for the final amount.
func (b *book) hold(h hold, days int) {
	b.written++
	h.made, h.number, h.settles = b.day, b.written, b.day+day(days)
	b.held = append(b.held, h)
}

func (b *book) write(account int, amount cents, to payee, pending string) {
	b.written++
	b.balances[account] -= amount
	if b.day >= b.since {
		b.rows = append(b.rows, b.row(account, amount, to, b.id(b.day, b.written), pending))
	}
}

func (b *book) row(account int, amount cents, to payee, id, pending string) transaction {
	t := transaction{
		ID: id, Account: b.ids[account], Date: b.date, Amount: amount,
		Name: to.name, Original: to.original, CategoryID: to.category,
		Kind: kindOf(to.category), PendingID: pending, Place: to.place, NameScore: 0.8,
	}
	if t.Kind == "special" {
		t.NameScore = 1
	}
	return t
}

func (b *book) id(d day, number int) string {
	return opaqueID(b.seed, hash("row"), uint64(d)<<16|uint64(number))
}

// move takes money from one account to another of the same login: two rows of
// one day, equal and opposite.
func (b *book) move(from, to int, amount cents, out, in payee) {
	b.post(from, amount, out)
	b.post(to, -amount, in)
}

// dice are today's for the topic.
func (b *book) dice(topic string) dice { return throw(b.seed, topic, int(b.day)) }

// inflated is what an amount of 2012 has become: all prices rise by two of their
// hundred parts a year.
func (b *book) inflated(amount cents) cents { return amount * cents(100+2*(b.year-2012)) / 100 }

// close ends the play: what is still held becomes pending rows, each at its
// day. It returns by account what they will take.
func (b *book) close() (pending []cents) {
	pending = make([]cents, len(b.balances))
	for _, h := range b.held {
		pending[h.account] += h.amount
		b.date = h.made.String()
		t := b.row(h.account, h.amount, h.to, b.id(h.made, h.number), "")
		t.Pending = true
		b.rows = append(b.rows, t)
	}
	slices.SortStableFunc(b.rows, func(x, y transaction) int { return strings.Compare(x.Date, y.Date) })
	return pending
}
