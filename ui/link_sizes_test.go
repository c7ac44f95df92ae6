package ui

import "testing"

// Every screen on the way to a link fits wherever it is drawn: check fails otherwise, after every
// message.
func TestLinkScreensFitEverySize(t *testing.T) {
	d := newDriver(t, 100, 30)
	everywhere := func() {
		for width := 40; width <= 200; width += 8 {
			for _, height := range []int{8, 9, 12, 13, 16, 20, 24, 40, 60} {
				d.resize(width, height)
			}
		}
		d.resize(1, 1).resize(100, 30)
	}
	for _, keys := range [][]string{
		nil,
		{"zzzz"},
		{"ctrl+g"},
		{"ctrl+g", "esc", "usaa"},
		{"enter"},
		{"x", "enter"},
		{"esc", "esc", "chase", "enter", "ctrl+f"},
		{"enter"},
		{"1"},
		{"esc", "esc", "esc", "esc", "citi", "enter", "plaid_selections", "enter", "plaid_good", "enter"},
		{"space", "tab", "space"},
		{"enter"},
		{"e"},
		{"esc", "a", "citi", "enter"},
	} {
		d.keys(keys...)
		everywhere()
	}
	d.sees("Citi is linked already")
}
