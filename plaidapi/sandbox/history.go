package sandbox

import (
	"slices"
	"sort"
	"sync"
	"time"
)

// life is a person whose days are played one by one from firstDay, and who is
// shown from the first of the month two years ago: older months are let go, as
// banks do, and nothing else of what was posted ever changes.
type life struct {
	profile
	seed    uint64
	plans   []account // as opened; their Limit says what may be owed
	opening []cents   // money there on firstDay

	// begin starts a life over and returns what plays its next day.
	begin func() func(*book)

	mu     sync.Mutex
	latest *played
}

// played is a life up to one day.
type played struct {
	day      day
	accounts []account
	rows     []transaction // by day, oldest first
}

func (l *life) accounts(now time.Time) []account { return slices.Clone(l.until(dayOf(now)).accounts) }

func (l *life) transactions(now time.Time, from, to string, yield func(*transaction) bool) {
	rows := l.until(dayOf(now)).rows
	end := len(rows)
	if to != "" {
		end = sort.Search(len(rows), func(i int) bool { return rows[i].Date > to })
	}
	for i := end; i > 0; i-- {
		row := rows[i-1]
		if row.Date < from || !yield(&row) {
			return
		}
	}
}

// until plays the life to the end of a day. The last one played is kept: a
// screen asks for the same day again and again.
func (l *life) until(today day) *played {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.latest == nil || l.latest.day != today {
		l.latest = l.play(today)
	}
	return l.latest
}

func (l *life) play(today day) *played {
	y, m, _ := today.time().Date()
	b := &book{seed: l.seed, since: dayAt(y-2, m, 1), balances: slices.Clone(l.opening)}
	for _, a := range l.plans {
		b.ids = append(b.ids, a.ID)
	}
	live := l.begin()
	for d := firstDay; d <= today; d++ {
		b.begin(d)
		live(b)
	}
	pending := b.close()
	accounts := slices.Clone(l.plans)
	for i := range accounts {
		accounts[i].settle(b.balances[i], pending[i])
	}
	return &played{day: today, accounts: accounts, rows: b.rows}
}

// settle gives the account its balances: money is what is there, below zero
// what is owed; pending is what will leave it soon.
func (a *account) settle(money, pending cents) {
	current, available := money, money-pending
	switch a.Type {
	case "credit":
		current, available = -money, *a.Limit+money-pending
	case "loan":
		owed := -money
		a.Current = &owed
		return
	}
	a.Current, a.Available = &current, &available
}
