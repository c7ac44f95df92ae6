package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// weeks is how far back the trends on home go, a cell each.
const weeks = 12

// past is what home tells from transactions. It takes reading all of them, and comes after what is
// saved of the accounts.
type past struct {
	trends map[plaidapi.AccountKey][]plaidapi.Money // by week, oldest first; not Known before the first transaction
	month  []query.Sum                              // of this month
	read   bool
}

// lookBack works out the past of the accounts on screen. All transactions are read for it while the
// person looks at this screen, so that lists and searches need not wait.
func (s *accountsScreen) lookBack() tea.Cmd {
	current, oldest := map[plaidapi.AccountKey]plaidapi.Money{}, map[string]plaidapi.Date{}
	for _, h := range s.holdings {
		oldest[h.Item.ID] = h.Oldest
		for _, a := range h.Accounts {
			if a.Current != nil && moves(a.Type) && h.Oldest > 0 {
				current[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}] = *a.Current
			}
		}
	}
	l, today := s.ledger, plaidapi.DateOf(s.now())
	return s.back.start(s.ctx, func(ctx context.Context) (past, error) {
		view, err := l.View(ctx)
		if err != nil {
			return past{}, err
		}
		p := past{view.Trends(current, today, 7, weeks), monthSums(view, today), true}
		for key, trend := range p.trends {
			begun(trend, oldest[key.Item], today, 7)
		}
		return p, nil
	})
}

// moves reports whether transactions are all that changes the balance of such an account. What is
// invested changes by itself.
func moves(kind plaidapi.AccountType) bool { return kind == plaidapi.Depository || kind.Owes() }

// begun takes out of a series what was before the first transaction that is known: nobody knows it.
func begun(series []plaidapi.Money, oldest, until plaidapi.Date, step int) {
	for i := range series {
		if until-plaidapi.Date((len(series)-1-i)*step) < oldest {
			series[i] = plaidapi.Money{}
		}
	}
}

// worthTrend is net worth by week, where it is known of every account that is in it.
func (s *accountsScreen) worthTrend() []plaidapi.Money {
	var sums []plaidapi.Money
	for _, h := range s.holdings {
		for _, a := range h.Accounts {
			if a.Current == nil || h.Out[a.ID] {
				continue
			}
			series := s.past.trends[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}]
			switch {
			case len(series) == 0:
				return nil
			case sums == nil:
				sums = slices.Clone(series)
			default:
				add(sums, series)
			}
		}
	}
	return sums
}

// add adds a series to sums. What is not known on one side is not known of the sum.
func add(sums, series []plaidapi.Money) {
	for i, m := range series {
		sum, err := sums[i].Add(m)
		if err != nil || !sums[i].Known() || !m.Known() {
			sum = plaidapi.Money{}
		}
		sums[i] = sum
	}
}

// monthSums are what came in and went out in the month of a day.
func monthSums(v *query.View, day plaidapi.Date) []query.Sum {
	first := plaidapi.NewDate(day.Year(), day.Month(), 1)
	next := plaidapi.NewDate(day.Year(), day.Month()+1, 1)
	return v.Days(plaidapi.Span{From: first, To: next - 1}).Sums()
}
