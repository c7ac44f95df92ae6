package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// One account of each kind, at every size, with its chart and what is told of it.
func TestTheHeadOfAnAccount(t *testing.T) {
	for i, name := range []string{"checking", "saver", "card", "loan"} {
		inEverySize(t, setting{}, func(d *driver, golden func(string)) {
			d.keys("tartan bank", "enter", "ctrl+f", "enter").sees("is linked")
			d.keys("enter").keys(strings.Fields(strings.Repeat("down ", i))...).keys("enter")
			golden("account_" + name)
		})
	}
}

// The chart goes from ninety days to a year, then away, and comes back.
func TestChartsOfAnAccount(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter", "enter").sees("Sep", "Nov").misses("Feb")
	d.keys("v").sees("One year.", "Feb", "Aug").golden("account_year_100x30")
	d.keys("v").sees("No chart.").misses("Feb", "█")
	d.keys("v").sees("90 days.", "Sep").keys("p").misses("█", "7k")
	for _, size := range sizes {
		d.resize(size.width, size.height).misses("█")
		if found := regexp.MustCompile(`[0-9][.,][0-9]`).FindString(d.text()); found != "" {
			t.Errorf("hidden, %q is on screen:\n%s", found, d.text())
		}
		d.golden(fmt.Sprintf("account_hidden_%dx%d", size.width, size.height))
	}
}

// Nobody draws what nobody knows: investments, unread balances, and days before the first transaction.
func TestWhatHasNoChart(t *testing.T) {
	h := newAccountHead(env{}, "Bank", plaidapi.Account{})
	h.known.days = series(t, "? 5 5 5")
	if h.series() != nil {
		t.Error("a balance that did not change has a chart")
	}
	h.known.days = series(t, "? 5 6")
	if h.series() == nil {
		t.Error("a balance that changed has none")
	}
	year := series(t, "1 2 3 4")
	begun(year, 9, 10, 1)
	if year[1].Known() || !year[2].Known() {
		t.Errorf("before the first transaction stands %v", year)
	}
	if moves(plaidapi.Investment) || !moves(plaidapi.Loan) {
		t.Error("what is invested changes by itself")
	}
}
