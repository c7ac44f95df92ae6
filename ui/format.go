package ui

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"

	"tartan/plaidapi"
)

// width is how many cells text takes. Every measure in this package comes from here.
func width(text string) int {
	if ascii(text) {
		return len(text)
	}
	return ansi.StringWidth(text)
}

// ascii reports whether every byte of text is one cell.
func ascii(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// steady is text without the signs that terminals disagree about: a family of emoji is two cells to
// one and eight to another. Of such a sign only the first part is left; a flag becomes the two
// letters it stands for. Letters of a script are never touched, however they are joined.
func steady(text string) string {
	var b strings.Builder
	var state byte
	for len(text) > 0 {
		letter, cells, n, next := ansi.DecodeSequence(text, state, nil)
		text, state = text[n:], next
		if !contested(letter, cells) {
			b.WriteString(letter)
			continue
		}
		for i, r := range letter {
			switch {
			case r >= firstFlag && r <= lastFlag:
				b.WriteRune('A' + r - firstFlag)
			case i == 0 && r != emojiStyle && r != keycap:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// contested reports whether terminals disagree about the width of a sign.
func contested(sign string, cells int) bool {
	for _, r := range sign {
		if r == emojiStyle || r == keycap || r >= firstFlag && r <= lastFlag || r >= firstTone && r <= lastTone {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(sign)
	return cells > 0 && runeCells(sign) != cells && !unicode.IsLetter(first) && !unicode.IsMark(first)
}

// runeCells is how wide a letter is to a terminal that adds up its parts.
func runeCells(letter string) int {
	plain := runewidth.Condition{StrictEmojiNeutral: true}
	cells := 0
	for _, r := range letter {
		cells += plain.RuneWidth(r)
	}
	return cells
}

// What makes one sign of several characters. Two regional indicators make a flag.
const (
	emojiStyle = '\uFE0F'
	keycap     = '\u20E3'
	firstTone  = '\U0001F3FB' // of skin
	lastTone   = '\U0001F3FF'
	firstFlag  = '\U0001F1E6'
	lastFlag   = '\U0001F1FF'
)

// cut shortens text to at most cells, with an ellipsis where something is missing.
func cut(text string, cells int) string {
	plain := ascii(text)
	if !plain {
		text = steady(text)
	}
	switch {
	case cells <= 0:
		return ""
	case width(text) <= cells:
		return text
	case plain:
		return text[:cells-1] + "…"
	}
	return ansi.Truncate(text, cells, "…")
}

// left and right fill text up to cells, cutting it when it is longer. Numbers are never given to
// them with too little room: columns give way before a digit does.
func left(text string, cells int) string {
	if len(text) > cells && ascii(text) {
		return cut(text, cells) // it fills them
	}
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
// one is cut. The right one, where figures stand, is whole or not there at all.
func ends(l, r string, cells int) string {
	if width(r) > cells {
		return left(l, cells)
	}
	l = cut(l, cells-width(r)-1)
	return l + blank(cells-width(l)-width(r)) + r
}

// fitting is the first text that fits into cells; when none does, there is none.
func fitting(cells int, texts ...string) string {
	for _, text := range texts {
		if width(text) <= cells {
			return text
		}
	}
	return ""
}

// concealed stands for every amount while amounts are hidden: it tells neither size nor sign.
const concealed = "••••••"

// amount writes money for a list, unless amounts are hidden.
func (e *env) amount(m plaidapi.Money) string {
	if e.look.hidden {
		return concealed
	}
	return amount(m)
}

// balance writes money for a balance, unless amounts are hidden.
func (e *env) balance(m plaidapi.Money) string {
	if e.look.hidden {
		return concealed
	}
	return balance(m)
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
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + one + "s"
}

// number writes a whole number: "1,284".
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// maskDigits is how much of an account's number is ever shown.
const maskDigits = 4

// mask writes an account's last digits: "··0000".
func mask(digits string) string {
	if digits == "" {
		return ""
	}
	last := []rune(digits)
	return "··" + string(last[max(0, len(last)-maskDigits):])
}

// code is a currency behind an amount, where accounts differ.
func code(m plaidapi.Money, mixed bool) string {
	if !mixed || m.Currency() == "" {
		return ""
	}
	return " " + cut(string(m.Currency()), maxCode)
}

// maxCode is how much is shown of a currency's name. Most have three letters.
const maxCode = 5

// wrap breaks text into lines of at most cells, between words where it can.
func wrap(text string, cells int) []string {
	if cells <= 0 || text == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(steady(text), cells, ""), "\n")
}
