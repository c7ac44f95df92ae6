package query

import (
	"sort"

	"tartan/plaidapi"
)

// Month is a calendar month that has transactions.
type Month struct {
	First    plaidapi.Date // its first day
	From, To int           // the transactions from From to before To, in the order of the list
}

// Months are the calendar months of v's transactions, newest first. Where they begin and end is told
// for the order of the list, also when v is sorted otherwise. What has no date is in none.
func (v *View) Months() []Month {
	rows, dates := v.list(), v.batch.Dates
	var months []Month
	for from := 0; from < len(rows) && dates[rows[from]] > 0; {
		day := dates[rows[from]]
		first := plaidapi.NewDate(day.Year(), day.Month(), 1)
		to := from + before(rows[from:], dates, first)
		months = append(months, Month{first, from, to})
		from = to
	}
	return months
}

// before is where in rows, in the order of the list, those older than a day begin.
func before(rows []uint32, dates []plaidapi.Date, day plaidapi.Date) int {
	return sort.Search(len(rows), func(i int) bool { return dates[rows[i]] < day })
}

// Days are those of v's transactions that are of a span of days, in their order.
func (v *View) Days(s plaidapi.Span) *View {
	if v.sorted {
		var rows []uint32
		for _, row := range v.rows {
			if s.Has(v.batch.Dates[row]) {
				rows = append(rows, row)
			}
		}
		return v.with(rows)
	}
	from := sort.Search(len(v.rows), func(i int) bool { return v.batch.Dates[v.rows[i]] <= s.To })
	to := max(from, before(v.rows, v.batch.Dates, s.From))
	if from == 0 && to == len(v.rows) {
		return v
	}
	return v.with(v.rows[from:to:to])
}
