package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// taps clicks on the first place where text stands.
func (d *driver) taps(text string) *driver {
	d.t.Helper()
	for y, line := range strings.Split(stripped(d.app.View()), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			d.clock.pass(time.Second)
			d.send(tea.MouseMsg{X: width(before), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			d.settle()
			return d
		}
	}
	d.t.Fatalf("%q is not on screen:\n%s", text, d.text())
	return d
}
