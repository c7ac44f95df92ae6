package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// idle is how long what was typed stays in its fields without a key.
const idle = 2 * time.Minute

// leftAlone tells a screen when its fields have not been touched for too long.
type leftAlone struct {
	typed time.Time // when a key was last heard
	armed bool      // a lookup is under way
}

// lookup asks a screen to see whether its fields have been left alone, whatever covers it.
type lookup struct{ at *leftAlone }

func (lookup) reply() {}

// key notes a key, and begins to watch.
func (w *leftAlone) key(e *env) tea.Cmd {
	w.typed = e.now()
	return w.watch(e)
}

func (w *leftAlone) watch(e *env) tea.Cmd {
	if w.armed {
		return nil
	}
	w.armed = true
	return e.after(idle-e.now().Sub(w.typed), func(time.Time) tea.Msg { return lookup{w} })
}

// over reports whether the fields are to be emptied now; if it is too early it watches on.
func (w *leftAlone) over(e *env, msg lookup) (bool, tea.Cmd) {
	if msg.at != w {
		return false, nil
	}
	w.armed = false
	if e.now().Sub(w.typed) >= idle {
		return true, nil
	}
	return false, w.watch(e)
}
