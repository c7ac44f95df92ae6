package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
)

// everywhere lists what works over a screen besides what it lists itself: the keys that move, and
// those that the root answers (app_keys.go), as far as they mean something there.
func (k *keys) everywhere(c chrome) []key.Binding {
	var all []key.Binding
	if c.browse {
		all = append(all, k.moves()...)
		if len(c.crumbs) > 0 { // it is not home
			all = append(all, k.accounts)
		}
		all = append(all, k.activity, k.settings, k.undo, k.redo)
	}
	if !c.shut {
		all = append(all, k.palette, k.hide, k.mouse, k.lock)
	}
	all = append(all, k.help, k.repaint, k.suspend, k.quit, as(k.stop, "quit, even while typing"))
	return slices.DeleteFunc(all, func(b key.Binding) bool { return listed(c.keys, b) })
}

// moves are the keys that move a cursor.
func (k *keys) moves() []key.Binding {
	return []key.Binding{k.up, k.down, k.pageDown, k.pageUp, k.first, k.last}
}

// listed reports whether a key is in a list, under whatever words.
func listed(all []key.Binding, b key.Binding) bool {
	return slices.ContainsFunc(all, func(other key.Binding) bool { return slices.Equal(other.Keys(), b.Keys()) })
}
