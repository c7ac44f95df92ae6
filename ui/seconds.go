package ui

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
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

// minutes writes a span of time as clocks do: "0:24".
func minutes(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", d/time.Minute, d%time.Minute/time.Second)
}
