package query

import (
	"strconv"
	"strings"
	"time"

	"tartan/plaidapi"
)

// dateForms are how a date may be written, for whoever wrote it otherwise.
const dateForms = "2026-01-05, 2026-01, 2026, oct, 5nov, 30d or yesterday"

// Days is the days that a date in the language stands for, on this day: nov, 2026-03, 2025.
func Days(text string, today plaidapi.Date) (plaidapi.Span, bool) { return readDays(fold(text), today) }

// readDays is the days that a date stands for: a day, a month or a year. A month or a day without
// its year is the last one that has begun.
func readDays(text string, today plaidapi.Date) (plaidapi.Span, bool) {
	switch text {
	case "today":
		return oneDay(today)
	case "yesterday":
		return oneDay(today - 1)
	}
	if text == "" {
		return plaidapi.Span{}, false
	}
	if s, ok := ago(text, today); ok {
		return s, ok
	}
	if strings.Trim(text, "0123456789-") == "" {
		return isoDays(strings.Split(text, "-"))
	}
	return namedDays(text, today)
}

// oneDay is a day; one before all dates is none.
func oneDay(d plaidapi.Date) (plaidapi.Span, bool) { return plaidapi.Span{From: d, To: d}, d > 0 }

// ago reads 30d, 6w, 3m and 1y: that many days, weeks, months or years before today. Where the month
// is too short for the day, it is its last.
func ago(text string, today plaidapi.Date) (plaidapi.Span, bool) {
	n, ok := digits(text[:len(text)-1], 4)
	if !ok {
		return plaidapi.Span{}, false
	}
	months := n
	switch text[len(text)-1] {
	case 'd':
		return oneDay(today - plaidapi.Date(n))
	case 'w':
		return oneDay(today - plaidapi.Date(7*n))
	case 'y':
		months = 12 * n
	case 'm':
	default:
		return plaidapi.Span{}, false
	}
	first := plaidapi.NewDate(today.Year(), today.Month()-time.Month(months), 1)
	if first.Year() < 1 {
		return plaidapi.Span{}, false
	}
	return oneDay(min(first+plaidapi.Date(today.Day()-1), monthDays(first.Year(), first.Month()).To))
}

// isoDays reads the parts of 2026, 2026-01 and 2026-01-05.
func isoDays(parts []string) (plaidapi.Span, bool) {
	year, ok := digits(parts[0], 4)
	if !ok || len(parts[0]) != 4 || year < 1 || len(parts) > 3 {
		return plaidapi.Span{}, false
	}
	if len(parts) == 1 {
		return plaidapi.Span{From: plaidapi.NewDate(year, 1, 1), To: plaidapi.NewDate(year, 12, 31)}, true
	}
	month, ok := digits(parts[1], 2)
	if !ok || month < 1 || month > 12 {
		return plaidapi.Span{}, false
	}
	if len(parts) == 2 {
		return monthDays(year, time.Month(month)), true
	}
	day, ok := digits(parts[2], 2)
	return dayOf(year, time.Month(month), day, ok)
}

// namedDays reads oct, oct2025, 5nov and 5-nov-2025.
func namedDays(text string, today plaidapi.Date) (plaidapi.Span, bool) {
	rest := strings.TrimLeft(text, "0123456789")
	day, hasDay := digits(text[:len(text)-len(rest)], 2)
	if rest != text {
		if !hasDay {
			return plaidapi.Span{}, false
		}
		rest = strings.TrimPrefix(rest, "-")
	}
	end := strings.TrimRight(rest, "0123456789")
	year, hasYear := digits(rest[len(end):], 4)
	if end != rest {
		if !hasYear || len(rest)-len(end) != 4 || year < 1 {
			return plaidapi.Span{}, false
		}
		end = strings.TrimSuffix(end, "-")
	}
	month, ok := monthNamed(end)
	switch {
	case !ok:
		return plaidapi.Span{}, false
	case hasYear && hasDay:
		return dayOf(year, month, day, true)
	case hasYear:
		return monthDays(year, month), true
	}
	const leap = 8 // years that pass at most until there is another 29 February
	for year := today.Year(); year > max(0, today.Year()-leap-1); year-- {
		s := monthDays(year, month)
		if hasDay {
			if s, ok = dayOf(year, month, day, true); !ok {
				continue
			}
		}
		if s.From <= today {
			return s, true
		}
	}
	return plaidapi.Span{}, false
}

// monthNamed is the month with this name, or with one that begins so: three letters at least.
func monthNamed(name string) (time.Month, bool) {
	for m := time.January; m <= time.December && len(name) >= 3; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), name) {
			return m, true
		}
	}
	return 0, name == "sept"
}

// monthDays is all of a month.
func monthDays(year int, month time.Month) plaidapi.Span {
	return plaidapi.Span{From: plaidapi.NewDate(year, month, 1), To: plaidapi.NewDate(year, month+1, 1) - 1}
}

// dayOf is a day of a month that has it.
func dayOf(year int, month time.Month, day int, ok bool) (plaidapi.Span, bool) {
	d := plaidapi.NewDate(year, month, day)
	if !ok || day < 1 || d.Month() != month {
		return plaidapi.Span{}, false
	}
	return oneDay(d)
}

// digits reads a number of so many digits at most, and nothing else.
func digits(text string, most int) (int, bool) {
	if text == "" || len(text) > most || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// datesBegun reports whether more letters may make a date of what is no date yet.
func datesBegun(text string, today plaidapi.Date) bool {
	for _, more := range []string{"d", "1", "01", "5", "25", "025", "2025", "-1", "jan", "feb"} {
		if _, ok := readDays(text+more, today); ok {
			return true
		}
	}
	start := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	names := []string{"today", "yesterday"}
	for m := time.January; m <= time.December; m++ {
		names = append(names, strings.ToLower(m.String()))
	}
	for _, name := range names {
		if _, ok := readDays(start+name, today); ok && strings.HasPrefix(name, text[len(start):]) {
			return true
		}
	}
	return text == ""
}
