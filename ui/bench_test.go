package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi/sandbox"
)

// benchRows is how long the list of the benchmarks is.
const benchRows = 100_000

// onActivity opens the list of a hundred thousand transactions at 120x40.
func onActivity(b *testing.B) *driver {
	d := newDriverIn(b, 120, 40, setting{bank: sandbox.Options{Transactions: benchRows}})
	d.keys("houndstooth", "enter", "ctrl+f", "enter", "enter", "2", "]")
	d.sees("1 of 100,000")
	return d
}

// A key press through the root model: routing, Update, and the frame it leads to.
func BenchmarkKeyDown100k(b *testing.B) {
	d := onActivity(b)
	down, up := press("down")[0], press("up")[0]
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		key := down
		if i/20%2 == 1 {
			key = up
		}
		d.app.Update(key)
		d.app.View()
	}
}

// One frame of the table, drawn anew.
func BenchmarkFrame120x40(b *testing.B) {
	d := onActivity(b)
	b.ReportAllocs()
	for b.Loop() {
		d.app.(*app).drawn = ""
		d.app.View()
	}
}

// A letter of the filter, with the pass over all rows that it starts.
func BenchmarkFilter100k(b *testing.B) {
	d := onActivity(b)
	d.keys("/")
	b.ReportAllocs()
	for b.Loop() {
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'s'}})
		d.settle()
		d.send(tea.KeyMsg{Type: tea.KeyBackspace})
		d.settle()
	}
}
