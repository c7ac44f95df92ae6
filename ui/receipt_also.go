package ui

import (
	"context"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// also is what else there is under the name of a transaction, within a year.
type also struct {
	of    rowKey
	count int // with the transaction itself
	total plaidapi.Money
	last  []plaidapi.Transaction // the newest others
	now   bool                   // the year ends today, not with the transaction
}

// mostAlso is how many others are shown.
const mostAlso = 3

// findAlso looks for transactions of the same name in the last twelve months, or in the twelve up to
// one that is older.
func findAlso(ctx context.Context, v *query.View, t plaidapi.Transaction, name string, today plaidapi.Date) (also, error) {
	a := also{of: rowKey{t.ItemID, t.ID}, now: true}
	until := today
	if t.Date < yearBefore(today) {
		until, a.now = t.Date, false
	}
	v = v.Days(plaidapi.Span{From: yearBefore(until) + 1, To: max(until, t.Date)})
	a.total = plaidapi.Zero(t.Amount.Currency())
	for i := range v.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return also{}, ctx.Err()
		}
		other := v.At(i)
		if called(&other, v.Written(i)) != name || other.Amount.Currency() != t.Amount.Currency() {
			continue
		}
		total, err := a.total.Add(other.Amount)
		if err != nil {
			continue // it cannot be read, or does not fit
		}
		a.total = total
		a.count++
		if len(a.last) < mostAlso && (other.ID != t.ID || other.ItemID != t.ItemID) {
			a.last = append(a.last, other)
		}
	}
	return a, nil
}

// yearBefore is the same day of the year before.
func yearBefore(d plaidapi.Date) plaidapi.Date {
	return plaidapi.NewDate(d.Year()-1, d.Month(), d.Day())
}

// alsoLines are the pattern that a transaction is part of.
func (s *transactionScreen) alsoLines(name string, labels, room int) []string {
	a := s.also
	if a.count < 2 || len(a.last) == 0 {
		return nil
	}
	within := " in the last 12 months, "
	if !a.now {
		within = " in the 12 months up to it, "
	}
	counted := number(a.count)
	total := s.amount(a.total) + code(a.total, s.rows.found.Mixed())
	texts := []string{counted + within + total + " in total", counted + " in 12 months, " + total, counted + " in 12 months"}
	title := cut("Also at "+name, room/2)
	lines := []string{s.theme.faint.paint(title) + "  " + blank(2*labels-width(title)-2)}
	lines[0] += fitting(room-width(lines[0]), texts...)
	amounts, widest := make([]string, len(a.last)), 0
	for i, t := range a.last {
		amounts[i] = s.amount(t.Amount) + code(t.Amount, s.rows.found.Mixed())
		widest = max(widest, width(amounts[i]))
	}
	for i, t := range a.last {
		money, date := right(amounts[i], widest), t.Date.Time()
		lines = append(lines, fitting(room,
			"   "+left(date.Format("02 Jan 2006"), 2*labels-3)+money,
			"   "+date.Format("02 Jan 06")+"  "+money,
			money))
	}
	return lines
}
