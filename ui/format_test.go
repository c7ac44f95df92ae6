package ui

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

func money(t testing.TB, digits, currency string) plaidapi.Money {
	t.Helper()
	m, err := plaidapi.ParseMoney(digits, plaidapi.Currency(currency))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBalanceAndAmount(t *testing.T) {
	for _, c := range []struct{ digits, currency, balance, amount string }{
		{"0", "USD", "0.00", "0.00"},
		{"5203.42", "USD", "5,203.42", "+5,203.42"},
		{"-410", "USD", "-410.00", "-410.00"},
		{"999.9", "USD", "999.90", "+999.90"},
		{"-1000", "USD", "-1,000.00", "-1,000.00"},
		{"123456789012.34", "USD", "123,456,789,012.34", "+123,456,789,012.34"},
		{"1234567", "JPY", "1,234,567", "+1,234,567"},
		{"0.125", "USD", "0.125", "+0.125"},
	} {
		m := money(t, c.digits, c.currency)
		if got := balance(m); got != c.balance {
			t.Errorf("balance(%s) = %q, want %q", c.digits, got, c.balance)
		}
		if got := amount(m); got != c.amount {
			t.Errorf("amount(%s) = %q, want %q", c.digits, got, c.amount)
		}
	}
}

func TestAnUnreadableAmountIsNoNumber(t *testing.T) {
	if got := amount(plaidapi.Money{}); got != "unreadable" {
		t.Errorf("an amount that could not be read is shown as %q", got)
	}
	if got := balance(plaidapi.Zero("USD")); got != "0.00" {
		t.Errorf("zero is shown as %q", got)
	}
}

func TestDayAndAge(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	today := plaidapi.DateOf(now)
	for _, c := range []struct {
		d    plaidapi.Date
		want string
	}{
		{today, "today"},
		{plaidapi.NewDate(2026, 11, 20), "20 Nov"},
		{plaidapi.NewDate(2025, 11, 5), "05 Nov 2025"},
		{0, ""},
	} {
		if got := day(c.d, today); got != c.want {
			t.Errorf("day(%v) = %q, want %q", c.d, got, c.want)
		}
	}
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{10 * time.Second, "just now"}, {2 * time.Minute, "2 min ago"}, {3 * time.Hour, "3 h ago"}, {48 * time.Hour, "20 Nov"},
	} {
		if got := age(now.Add(-c.ago), now); got != c.want {
			t.Errorf("age(%v) = %q, want %q", c.ago, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 999: "999 rows", 1284: "1,284 rows", 1000000: "1,000,000 rows"} {
		if got := count(n, "row"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestSteadyTextIsAsWideToEveryTerminal(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "café 日本": "café 日本", "🇩🇪🇫🇷": "DEFR", "👨‍👩‍👧‍👦 Family": "👨 Family", "1️⃣st": "1st", "e\u0301te\u0301": "e\u0301te\u0301", "क्ष्म्य": "क्ष्म्य",
		"\x1b[1mbold 🇯🇵\x1b[0m": "\x1b[1mbold JP\x1b[0m",
	} {
		if got := steady(text); got != want {
			t.Errorf("steady(%q) = %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := steady(rapid.StringOf(rapid.SampledFrom([]rune("ab 日ไทยع👩👨\u200d\ufe0f\u20e3🏽🇫🇷🇯e\u0301☺⌚1#"))).Draw(t, "text"))
		if width(text) != runeCells(text) {
			t.Fatalf("%q is %d cells to one, %d to another", text, width(text), runeCells(text))
		}
	})
}

// Whatever a bank calls things, a cell is exactly as wide as it was asked to be, and the right end
// of a line, where figures stand, is never shortened.
func TestCellsAreExactlyAsWideAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab ,é日本語ไทยعربית👩‍👩‍👧🇫🇷e\u0301\u200d"))).Draw(t, "text")
		cells := rapid.IntRange(0, 40).Draw(t, "cells")
		if got := width(left(text, cells)); got != cells {
			t.Fatalf("left is %d cells wide, want %d", got, cells)
		}
		if got := width(right(text, cells)); got != cells {
			t.Fatalf("right is %d cells wide, want %d", got, cells)
		}
		figure := "-123,456,789,012.34"
		line := ends(text, figure, cells+20)
		if width(line) != cells+20 || line[len(line)-len(figure):] != figure {
			t.Fatalf("ends cut the figure: %q", line)
		}
		if line := ends(text, figure, cells); width(line) != cells || cells < len(figure) && strings.ContainsAny(line, "0123456789") {
			t.Fatalf("in %d cells ends shows %q", cells, line)
		}
	})
}

// A hyphen at the end of a long word of wide letters stays within the line.
func TestWrapKeepsToItsCells(t *testing.T) {
	const cells = 29
	for _, line := range wrap(strings.Repeat("a", 25)+"日日- x", cells) {
		if width(line) > cells {
			t.Errorf("%d cells in %d: %q", width(line), cells, line)
		}
	}
}
