package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// click presses the mouse where a text stands, the last time it does from the top.
func (d *driver) click(text string) *driver {
	d.t.Helper()
	lines := strings.Split(d.text(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if at := strings.Index(lines[y], text); at >= 0 {
			d.send(tea.MouseMsg{X: width(lines[y][:at]), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			d.settle()
			return d
		}
	}
	d.t.Fatalf("%q is not on screen:\n%s", text, d.text())
	return d
}

func TestKeysAreListedNarrowedAndRun(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(linkedBank...).keys("?").sees("› enter open")
		golden("help_home")
		d.keys("/", "hid").sees("› p hide amounts").misses("link a bank")
		golden("help_found")
		d.keys("enter").sees("••••••").misses("Keys")
		d.keys("?", "/", "no such thing").sees("Nothing is called that.").keys("enter", "esc").sees("› enter open")
		d.keys("esc").misses("Keys").keys("?", "?").misses("Keys")
	})
}

// A click runs what it is on, in either column; one beside an entry does nothing.
func TestKeysAreClicked(t *testing.T) {
	for _, width := range []int{100, 60} {
		d := newDriver(t, width, 30)
		d.keys(linkedBank...).keys("?").click("╭─ Keys").click("Everywhere").sees("─ Keys ─")
		d.click("all activity").sees("tartan › Activity")
		d.keys("?", "/", "banks and").click("banks and settings").sees("tartan › Banks and settings")
	}
}

// The cursor goes from the last key that works here to the first that works everywhere, and back.
func TestCursorOverTheKeys(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(linkedBank...).keys("?", "G").sees("› ctrl+c quit, even while typing").keys("g").sees("› enter open")
	d.send(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
	if d.keys("up", "up", "up").sees("› enter open"); d.quit {
		t.Error("it quits")
	}
	if d.keys("G", "enter"); !d.quit {
		t.Error("the key that quits does not")
	}
}
