package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tartan/plaidapi"
)

// width is how many cells text takes. Every measure in this package comes from here.
func width(text string) int {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf {
			return ansi.StringWidth(text)
		}
	}
	return len(text)
}

// cut shortens text to at most cells, with an ellipsis where something is missing.
func cut(text string, cells int) string {
	switch {
	case cells <= 0:
		return ""
	case width(text) <= cells:
		return text
	}
	return ansi.Truncate(text, cells, "…")
}

// left and right fill text up to cells, cutting it when it is longer. Numbers are never given to
// them with too little room: columns give way before a digit does.
func left(text string, cells int) string {
	text = cut(text, cells)
	return text + blank(cells-width(text))
}

func right(text string, cells int) string {
	text = cut(text, cells)
	return blank(cells-width(text)) + text
}

// spaces is long enough for the widest line that is drawn.
const spaces = "                                                                                                    "

// blank is n spaces; none for a negative n.
func blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// ends puts one text at the left and one at the right of a line. When both do not fit, the left
// one is cut: figures stand at the right.
func ends(l, r string, cells int) string {
	room := cells - width(r)
	if l != "" {
		room--
	}
	if room < 0 {
		return cut(r, cells)
	}
	l = cut(l, room)
	return l + blank(cells-width(l)-width(r)) + r
}

// amount writes money for a list: "-48.12", "+2,400.00".
func amount(m plaidapi.Money) string {
	if m.Sign() > 0 {
		return "+" + balance(m)
	}
	return balance(m)
}

// balance writes money for a balance: "5,203.42", "-410.00".
// What nobody can read is never shown as a number.
func balance(m plaidapi.Money) string {
	if !m.Known() {
		return "unreadable"
	}
	digits := m.Decimal()
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	whole, fraction, found := strings.Cut(digits, ".")
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + 2)
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if found {
		b.WriteByte('.')
		b.WriteString(fraction)
	}
	return b.String()
}

// day writes a date: "today", "20 Nov", "05 Nov 2025" when the year is another one.
func day(d, today plaidapi.Date) string {
	switch {
	case d == 0:
		return ""
	case d == today:
		return "today"
	case d.Year() == today.Year():
		return d.Time().Format("02 Jan")
	}
	return d.Time().Format("02 Jan 2006")
}

// age writes how long ago something was: "just now", "2 min ago", "3 h ago", then the date.
func age(then, now time.Time) string {
	passed := now.Sub(then)
	switch {
	case then.IsZero():
		return ""
	case passed < time.Minute:
		return "just now"
	case passed < time.Hour:
		return strconv.Itoa(int(passed/time.Minute)) + " min ago"
	case passed < 24*time.Hour:
		return strconv.Itoa(int(passed/time.Hour)) + " h ago"
	}
	return day(plaidapi.DateOf(then), plaidapi.DateOf(now))
}

// took writes a duration in tenths of a second: "1.8 s".
func took(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// count writes a number of things: "1 account", "1,284 transactions".
func count(n int, one string) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n == 1 {
		return digits + " " + one
	}
	return fmt.Sprintf("%s %ss", digits, one)
}

// mask writes an account's last digits: "··0000".
func mask(digits string) string {
	if digits == "" {
		return ""
	}
	return "··" + digits
}

// wrap breaks text into lines of at most cells, between words where it can.
func wrap(text string, cells int) []string {
	if cells <= 0 || text == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(text, cells, ""), "\n")
}
