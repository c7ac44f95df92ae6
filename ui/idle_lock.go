package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// idleLock locks tartan once nobody has touched it for as long as the person chose. It wakes once a
// deadline at most, and not at all where there is nothing to lock.
type idleLock struct {
	limit time.Duration // 0: never
	heard time.Time     // when a key or the mouse was, by the clock on the wall: sleep counts too
	armed bool          // a deadline is under way
}

// deadline is when tartan may have to lock.
type deadline struct{}

// overdue hears a message, and reports whether tartan must lock instead of acting on it. A key that
// comes after the deadline, as after a computer's sleep, does not move it; the one that quits quits.
func (a *app) overdue(msg tea.Msg) bool {
	now := a.stack.env.now().Round(0)
	late := a.idle.limit > 0 && now.Sub(a.idle.heard) >= a.idle.limit && len(a.stack.layers) > 0 && !a.stack.top().Chrome().shut
	switch msg := msg.(type) {
	case deadline:
		a.idle.armed = false
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

// guard sets the next deadline, unless one is under way or nothing is open.
func (a *app) guard() tea.Cmd {
	if a.idle.limit <= 0 || a.idle.armed || len(a.stack.layers) == 0 || a.stack.top().Chrome().shut {
		return nil
	}
	a.idle.armed = true
	remains := a.idle.limit - a.stack.env.now().Round(0).Sub(a.idle.heard)
	return a.stack.env.after(max(remains, time.Millisecond), func(time.Time) tea.Msg { return deadline{} })
}

// lock leaves every screen: what was typed is forgotten, and link attempts end as esc ends them.
func (a *app) lock() tea.Cmd {
	a.stack.ahead = nil
	return a.stack.follow(afresh(newLocked))
}
