package ui

import "github.com/charmbracelet/bubbles/key"

// keys holds every binding, once. Footer and help are made from the same values; no other file
// names a key.
type keys struct {
	up, down, pageUp, pageDown, first, last   key.Binding
	open, back, filter, refresh, link, fix    key.Binding
	unlink, activity, accounts, next, prev    key.Binding
	help, quit, stop, repaint, suspend        key.Binding
	nextField, prevField, show, resend, other key.Binding
	fill, choose, later, erase, choosing      key.Binding
	walk, submit, sideways, lock, place       key.Binding
	dismiss                                   key.Binding
}

func newKeys() keys {
	bind := func(label, does string, names ...string) key.Binding {
		return key.NewBinding(key.WithKeys(names...), key.WithHelp(label, does))
	}
	return keys{
		up:       bind("↑ k", "up", "up", "k"),
		down:     bind("↓ j", "down", "down", "j"),
		pageUp:   bind("ctrl+u", "half a page up", "pgup", "ctrl+u"),
		pageDown: bind("ctrl+d", "half a page down", "pgdown", "ctrl+d"),
		first:    bind("g", "first", "home", "g"),
		last:     bind("G", "last", "end", "G"),

		open:     bind("enter", "open", "enter", "right", "l"),
		back:     bind("esc", "back", "esc", "left", "h"),
		filter:   bind("/", "search", "/"),
		refresh:  bind("r", "refresh", "r"),
		link:     bind("a", "link a bank", "a"),
		fix:      bind("f", "fix sign-in", "f"),
		unlink:   bind("d", "unlink", "d"),
		accounts: bind("1", "accounts", "1"),
		activity: bind("2", "all activity", "2"),
		next:     bind("j", "next", "down", "j"),
		prev:     bind("k", "previous", "up", "k"),

		dismiss: bind("x", "dismiss", "x"),
		place:   bind("K", "where access is kept", "K"),

		lock:    bind("L", "lock", "L"),
		help:    bind("?", "help", "?"),
		quit:    bind("q", "quit", "q"),
		stop:    bind("ctrl+c", "quit", "ctrl+c"),
		repaint: bind("ctrl+l", "draw again", "ctrl+l"), // these two are answered by ui/terminal
		suspend: bind("ctrl+z", "to the shell", "ctrl+z"),

		nextField: bind("tab", "next", "tab"),
		prevField: bind("shift+tab", "previous", "shift+tab"),
		show:      bind("ctrl+t", "show", "ctrl+t"),
		resend:    bind("ctrl+r", "send again", "ctrl+r"),
		other:     bind("ctrl+o", "another way", "ctrl+o"),
		fill:      bind("ctrl+f", "fill in", "ctrl+f"),
		choose:    bind("space", "choose", " "),
		later:     bind("b", "continue in background", "b"),
		erase:     bind("esc", "clear", "esc"),
		choosing:  bind("↑↓", "choose", "up", "down"),
		walk:      bind("↑↓", "move", "up", "down"),
		submit:    bind("enter", "send", "enter"),
		sideways:  bind("←→", "choose", "left", "right", "tab", "shift+tab"),
	}
}

// as is a binding under another description, for a screen where it means something narrower.
func as(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// only is a binding cut down to its first key, for places where letters are text.
func only(b key.Binding) key.Binding {
	b.SetKeys(b.Keys()[:1]...)
	return b
}
