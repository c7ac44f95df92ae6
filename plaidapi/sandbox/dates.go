package sandbox

import (
	"strconv"
	"strings"
	"time"
)

// defaultDays is the window of a fetch that names no bounds.
const defaultDays = 30

// dayForm is the wire's form of a date.
const dayForm = "2006-01-02"

// parseDate reads the forms that the service took: 2014-07-24, 07/24/2014, and
// English such as "30 days ago", "yesterday" or "today". It returns the first.
func parseDate(s string, now time.Time) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, layout := range [...]string{dayForm, "1/2/2006"} {
		if d, err := time.Parse(layout, s); err == nil {
			return d.Format(dayForm), true
		}
	}
	switch s {
	case "today", "now":
		return now.Format(dayForm), true
	case "yesterday":
		return now.AddDate(0, 0, -1).Format(dayForm), true
	}
	words := strings.Fields(s)
	if len(words) != 3 || words[2] != "ago" {
		return "", false
	}
	n, err := strconv.ParseUint(words[0], 10, 16)
	if err != nil {
		return "", false
	}
	back := -int(n)
	switch strings.TrimSuffix(words[1], "s") {
	case "day":
		now = now.AddDate(0, 0, back)
	case "week":
		now = now.AddDate(0, 0, 7*back)
	case "month":
		now = now.AddDate(0, back, 0)
	case "year":
		now = now.AddDate(back, 0, 0)
	default:
		return "", false
	}
	if now.Year() < 1 {
		return "", true // before any date there is
	}
	return now.Format(dayForm), true
}

// window is which transactions an answer shows. Bounds are inclusive; an empty
// one is open.
type window struct {
	from, to string
	account  string // the only account to show, or ""
	pending  bool
	original bool // with the bank's own description
	implicit bool // the request named no lower bound
}

// window reads the options of a request for a product. Only connect has a
// window: whatever the others say of dates is ignored.
func (c *call) window(product string) (w window, problem code) {
	if product != "connect" {
		return w, fine
	}
	w = window{
		account:  c.option("account"),
		pending:  c.optionFlag("pending"),
		original: c.optionFlag("include_original_description"),
	}
	var ok bool
	if w.from, ok = c.date("gte", "start_date"); !ok {
		return w, invalidDate
	}
	if w.to, ok = c.date("lte", "end_date"); !ok {
		return w, invalidDate
	}
	if last := c.option("last"); last != "" && w.from == "" {
		if w.from, ok = parseDate(last+" days ago", c.now); !ok {
			return w, invalidDate
		}
	}
	w.implicit = w.from == ""
	return w, fine
}

// date reads the first of two options that is given; "" when neither is.
func (c *call) date(name, other string) (string, bool) {
	s := c.option(name)
	if s == "" {
		s = c.option(other)
	}
	if s == "" {
		return "", true
	}
	return parseDate(s, c.now)
}
