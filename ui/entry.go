package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// entry is a form on a page of its own, and the call that what was typed is handed to. Its fields
// are emptied when the screen is left, and when they are left alone.
type entry struct {
	form  form
	alone leftAlone
	call  task[struct{}]
	said  string // what is wrong with what was typed; empty when nothing is
}

// key takes a key. While the call is under way only esc is heard, which ends the waiting.
func (n *entry) key(e *env, msg tea.KeyMsg) (formEvent, tea.Cmd) {
	if n.call.running() {
		if key.Matches(msg, only(e.keys.back)) {
			n.call.stop()
		}
		return edited, nil
	}
	event := n.form.key(e.keys, msg)
	switch event {
	case ignored:
		if key.Matches(msg, e.keys.submit) {
			n.said = n.form.lacking()
		}
	case edited:
		n.said = ""
	}
	return event, n.alone.key(e)
}

// expire empties fields that have been left alone for too long.
func (n *entry) expire(e *env, msg lookup) tea.Cmd {
	over, watch := n.alone.over(e, msg)
	if over && n.form.touched() {
		n.form.empty()
		n.said = forgotten
	}
	return watch
}

// fault is what is said of a call that failed, in danger's colour; nothing when none did.
func (n *entry) fault(t *theme, cells int) []string {
	if n.said == "" {
		return nil
	}
	return t.danger.wrap("! "+n.said, cells)
}
