package ui

import (
	"slices"
	"strconv"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// onePage is how many transactions are few: a list of so many begins with all of them.
const onePage = 20

// period is the days that a list shows: those that the person chose, or else what suits. A list of
// many begins with its newest month, and a search looks at all time.
type period struct {
	chosen bool
	days   plaidapi.Span // the zero Span is all time
}

// in is the days among months of so many transactions.
func (p period) in(months []query.Month, rows int, whole bool) plaidapi.Span {
	switch {
	case p.chosen:
		return p.days
	case whole || rows <= onePage || len(months) <= 1:
		return plaidapi.Span{}
	}
	return monthOf(months[0].First)
}

// monthOf is all days of the month that a day is in.
func monthOf(day plaidapi.Date) plaidapi.Span {
	y, m := day.Year(), day.Month()
	return plaidapi.Span{From: plaidapi.NewDate(y, m, 1), To: plaidapi.NewDate(y, m+1, 1) - 1}
}

// earlier is the next older month that has transactions, and the oldest when there is none. From all
// time it is the newest.
func earlier(months []query.Month, now plaidapi.Span) plaidapi.Span {
	for _, m := range months {
		if now == (plaidapi.Span{}) || m.First < now.From {
			return monthOf(m.First)
		}
	}
	return now
}

// later is the next newer month that has transactions. Behind the newest is all time.
func later(months []query.Month, now plaidapi.Span) plaidapi.Span {
	next := plaidapi.Span{}
	for _, m := range months {
		if now == (plaidapi.Span{}) || m.First <= now.To {
			break
		}
		next = monthOf(m.First)
	}
	return next
}

// daysName names days: "Nov 2026", "2025", "5 Nov 2026", "5 Nov to 6 Dec 2026".
func daysName(s plaidapi.Span) string {
	from, to := s.From.Time(), s.To.Time()
	switch {
	case s == plaidapi.Span{}:
		return allTime
	case s == monthOf(s.From):
		return from.Format("Jan 2006")
	case s == plaidapi.Span{From: plaidapi.NewDate(s.From.Year(), 1, 1), To: plaidapi.NewDate(s.From.Year(), 12, 31)}:
		return strconv.Itoa(from.Year())
	case s.From == s.To:
		return from.Format("2 Jan 2006")
	}
	return from.Format("2 Jan 2006") + " to " + to.Format("2 Jan 2006")
}

// allTime names every day there is, where it is chosen.
const allTime = "all time"

// chip is a period on offer, and the cells of its line that it stands in.
type chip struct {
	text     string
	days     plaidapi.Span
	now      bool // it is the one that is shown
	from, to int
}

// chips are the periods on offer: the one that is shown, months beside it, at most so many, and all
// time. Those that do not fit into cells leave, the one that is shown last.
func chips(months []query.Month, now plaidapi.Span, most, cells int) []chip {
	at, year := 0, 0
	var row []chip
	if is := slices.IndexFunc(months, func(m query.Month) bool { return m.First == now.From }); is >= 0 && monthOf(now.From) == now {
		at = max(0, is-1)
	} else if now != (plaidapi.Span{}) {
		row = append(row, chip{text: daysName(now), days: now, now: true})
	}
	for _, m := range months[at:] {
		if len(row) >= most {
			break
		}
		c := chip{text: m.First.Time().Format("Jan"), days: monthOf(m.First)}
		if c.now = c.days == now; c.now || m.First.Year() != year {
			c.text = daysName(c.days)
		}
		year = m.First.Year()
		row = append(row, c)
	}
	last := chip{text: "all"}
	if now == (plaidapi.Span{}) {
		last = chip{text: allTime, now: true}
	}
	row = side(append(row, last))
	for row[len(row)-1].to > cells && len(row) > 1 {
		out := len(row) - 1
		if row[out].now {
			out--
		}
		row = side(slices.Delete(row, out, out+1))
	}
	return row
}

// chipGap is between two chips.
const chipGap = 3

// side puts chips side by side.
func side(row []chip) []chip {
	at := 0
	for i := range row {
		row[i].from, row[i].to = at, at+width(row[i].text)
		at = row[i].to + chipGap
	}
	return row
}

// drawChips is the line of them.
func (t *theme) drawChips(row []chip) string {
	parts := make([]string, len(row))
	for i, c := range row {
		style := t.faint
		if c.now {
			style = t.strong
		}
		parts[i] = style.paint(c.text)
	}
	return strings.Join(parts, blank(chipGap))
}
