package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// idleLock locks tartan once nobody has touched it for as long as the person chose. It wakes once a
// deadline at most, and not at all where there is nothing to lock.
type idleLock struct {
	heard time.Time     // when a key or the mouse was, by the clock on the wall: sleep counts too
	armed time.Duration // the idleness that a deadline is under way for; 0: none is
	last  int           // the number of that deadline; earlier ones mean nothing any more
}

// deadline is when tartan may have to lock.
type deadline struct{ number int }

// overdue hears a message, and reports whether tartan must lock instead of acting on it. A key that
// comes after the deadline, as after a computer's sleep, does not move it; the one that quits quits.
func (a *app) overdue(msg tea.Msg) bool {
	now := a.stack.env.now().Round(0)
	limit := a.stack.env.look.lockAfter
	late := limit > 0 && now.Sub(a.idle.heard) >= limit && len(a.stack.layers) > 0 && !a.stack.top().Chrome().shut
	switch msg := msg.(type) {
	case deadline:
		if msg.number == a.idle.last {
			a.idle.armed = 0
		}
		return late
	case tea.KeyMsg:
		a.idle.heard = now
		return late && !key.Matches(msg, a.frame.keys.stop)
	case tea.MouseMsg:
		a.idle.heard = now
		return late
	}
	return false
}

// guard sets the next deadline, unless one is under way for as long or nothing is open.
func (a *app) guard() tea.Cmd {
	limit := a.stack.env.look.lockAfter
	if limit <= 0 || a.idle.armed == limit || len(a.stack.layers) == 0 || a.stack.top().Chrome().shut {
		return nil
	}
	a.idle.armed = limit
	a.idle.last++
	number := a.idle.last
	remains := limit - a.stack.env.now().Round(0).Sub(a.idle.heard)
	return a.stack.env.after(max(remains, time.Millisecond), func(time.Time) tea.Msg { return deadline{number} })
}

// lock leaves every screen: what was typed is forgotten, and link attempts end as esc ends them.
func (a *app) lock() tea.Cmd {
	a.stack.ahead = nil
	return a.stack.follow(afresh(newLocked))
}
