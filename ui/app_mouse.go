package ui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// point acts on the mouse. A click on the footer presses the key it names, one on the way here goes
// back; everything in between is the screen's own, counted from its first line.
func (a *app) point(msg tea.MouseMsg) tea.Cmd {
	if a.frame.tooSmall() || len(a.stack.layers) == 0 {
		return nil
	}
	c := a.stack.top().Chrome()
	if c.hold {
		return nil
	}
	pressed := msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft
	if pressed {
		a.stack.said, a.times = "", 0
	}
	top := a.frame.top()
	switch {
	case pressed && msg.Y == a.frame.height-1:
		return a.footer(msg.X, c)
	case pressed && msg.Y == 0:
		return a.crumb(msg.X, c)
	case msg.Y < top || msg.Y >= a.frame.height-1:
		if pressed {
			return nil
		}
	}
	msg.X, msg.Y = msg.X-a.frame.margin(), msg.Y-top
	return a.pass(msg)
}

// footer presses the key that stands at x in the footer.
func (a *app) footer(x int, c chrome) tea.Cmd {
	for _, h := range a.frame.hints(c, a.footnote()) {
		if x >= h.from && x < h.to {
			return a.route(pressed(h.Binding))
		}
	}
	return nil
}

// crumb goes home where "tartan" stands at x in the header, and back where another part of the way
// here does. Where letters are text it goes the way that esc goes, so that nothing is lost.
func (a *app) crumb(x int, c chrome) tea.Cmd {
	at := a.frame.crumb(c, x)
	switch {
	case at < 0 || c.shut:
		return nil
	case at == 0 && c.browse:
		return a.stack.follow(home)
	}
	return a.route(pressed(a.frame.keys.back))
}
