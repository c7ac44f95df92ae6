package ui

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// seconds wakes a screen once a second, for as long as it counts something down.
type seconds struct{ armed bool }

// second is one of them. Like a reply it reaches a screen that is covered.
type second struct{ of *seconds }

func (second) reply() {}

// run asks for the next second, unless it is on its way.
func (c *seconds) run(e *env) tea.Cmd {
	if c.armed {
		return nil
	}
	c.armed = true
	return e.after(time.Second, func(time.Time) tea.Msg { return second{c} })
}

// take is true for a second of this counter.
func (c *seconds) take(msg second) bool {
	if msg.of != c {
		return false
	}
	c.armed = false
	return true
}

// spanned writes a span of time as clocks do: "0:24".
func spanned(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", d/time.Minute, d%time.Minute/time.Second)
}

// clock writes a time of day: "09:10"; of another day, the day.
func (e *env) clock(at time.Time) string {
	now := e.now()
	at = at.In(now.Location())
	if plaidapi.DateOf(at) != plaidapi.DateOf(now) {
		return at.Format("2 Jan")
	}
	return at.Format("15:04")
}
