package query

import "tartan/plaidapi"

// Trend is what an account's balance was at the end of each of n days, oldest first: so many days
// apart, the last of them until. Current is the balance now, which has in it all that is posted and
// nothing that is pending. It is nil when it cannot be known: an amount since then cannot be read, is
// of another currency, or makes a balance that does not fit. Before an account's first transaction
// the balance is what it began with.
func (v *View) Trend(key plaidapi.AccountKey, current plaidapi.Money, until plaidapi.Date, step, n int) []plaidapi.Money {
	return v.Trends(map[plaidapi.AccountKey]plaidapi.Money{key: current}, until, step, n)[key]
}

// Trends is Trend for many accounts at once; those that cannot be known are not in it. It looks at
// no transaction that is older than the first of these days.
func (v *View) Trends(current map[plaidapi.AccountKey]plaidapi.Money, until plaidapi.Date, step, n int) map[plaidapi.AccountKey][]plaidapi.Money {
	trends := make(map[plaidapi.AccountKey][]plaidapi.Money, len(current))
	if step <= 0 || n <= 0 {
		return trends
	}
	balances := make(map[plaidapi.AccountKey]*backwards, len(current))
	for key, balance := range current {
		balances[key], trends[key] = &backwards{balance: balance, lost: !balance.Known()}, make([]plaidapi.Money, n)
	}
	b, rows := &v.batch, v.list()
	places := make([]*backwards, len(b.Accounts))
	for i, key := range b.Accounts {
		places[i] = balances[key]
	}
	at := 0
	for back := range n {
		day := int(until) - back*step
		for ; at < len(rows) && int(b.Dates[rows[at]]) > day; at++ {
			if w := places[b.Account[rows[at]]]; w != nil {
				w.take(b, rows[at])
			}
		}
		for key, trend := range trends {
			balance, ok := balances[key].now(b)
			if trend[n-1-back] = balance; !ok {
				delete(trends, key)
			}
		}
	}
	return trends
}

// Together adds trends up, those of one currency each. A currency whose sums do not fit is not in it.
func Together(trends map[plaidapi.AccountKey][]plaidapi.Money) map[plaidapi.Currency][]plaidapi.Money {
	sums, beyond := map[plaidapi.Currency][]plaidapi.Money{}, map[plaidapi.Currency]bool{}
	for _, trend := range trends {
		if len(trend) == 0 {
			continue
		}
		c := trend[0].Currency()
		if sums[c] == nil {
			sums[c] = make([]plaidapi.Money, len(trend))
		}
		for i, m := range trend {
			sum, err := sums[c][i].Add(m)
			if sums[c][i] = sum; err != nil {
				beyond[c] = true
			}
		}
	}
	for c := range beyond {
		delete(sums, c)
	}
	return sums
}
