package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
)

// keys holds every binding, once. Footer, help, palette and mouse are made from the same values; no
// other file names a key.
type keys struct {
	up, down, pageUp, pageDown, first, last key.Binding
	open, back                              key.Binding
	accounts, activity, settings            key.Binding
	filter, sort, reverse                   key.Binding
	prevMonth, nextMonth, month             key.Binding
	pick, pickAll                           key.Binding
	category, note, tags, leaveOut, rename  key.Binding
	copy, copyAs                            key.Binding
	refresh, refreshAll, link, fix, unlink  key.Binding
	hide, mouse, lock, undo, redo           key.Binding
	help, palette, quit, stop               key.Binding
	chart, dismiss, place, later            key.Binding
	copyLink, openPage, newLink, about      key.Binding
	show, resend, other, fill, save         key.Binding
	nextField, prevField, choose            key.Binding
	erase, choosing, walk, submit, sideways key.Binding
	legend                                  key.Binding
	next, prev, complete, repaint, suspend  key.Binding
}

// deed is something that a person can do, and the keys that do it.
type deed struct {
	name string // in config.toml; empty where the key is fixed
	in   where
	*key.Binding
	label, does string // as footer and help show them
	keys        []string
}

// where is a set of the places in which a key may mean something. In two deeds of one place no key
// may stand.
type where uint8

const (
	atHome where = 1 << iota
	inLists
	onReceipts
	inSettings
	whileLinking
	inForms // letters are text there

	browsing = atHome | inLists | onReceipts | inSettings
	anywhere = browsing | whileLinking
)

// newKeys binds every deed to its usual keys, or to the person's own.
func newKeys(own map[string][]string) keys {
	var k keys
	for _, d := range k.deeds(own) {
		*d.Binding = key.NewBinding(key.WithKeys(spelt(d.keys)...), key.WithHelp(d.label, d.does))
	}
	k.next, k.prev = as(k.down, "next"), as(k.up, "previous")
	return k
}

// deeds are all there are, with the person's own keys.
func (k *keys) deeds(own map[string][]string) []deed {
	free := k.free()
	for i := range free {
		d := &free[i]
		if keys, is := own[d.name]; is {
			d.keys, d.label = keys, labelled(keys)
		}
	}
	return append(free, k.fixed()...)
}

// free are the deeds whose keys the person may choose.
func (k *keys) free() []deed {
	return []deed{
		{"up", anywhere, &k.up, "↑ k", "up", []string{"up", "k"}},
		{"down", anywhere, &k.down, "↓ j", "down", []string{"down", "j"}},
		{"page-up", anywhere, &k.pageUp, "ctrl+u", "half a page up", []string{"pgup", "ctrl+u"}},
		{"page-down", anywhere, &k.pageDown, "ctrl+d", "half a page down", []string{"pgdown", "ctrl+d"}},
		{"first", anywhere, &k.first, "g", "first", []string{"home", "g"}},
		{"last", anywhere, &k.last, "G", "last", []string{"end", "G"}},
		{"open", anywhere, &k.open, "enter", "open", []string{"enter", "right", "l"}},
		{"back", anywhere, &k.back, "esc", "back", []string{"esc", "left", "h"}},
		{"accounts", browsing, &k.accounts, "1", "accounts", []string{"1"}},
		{"activity", browsing, &k.activity, "2", "all activity", []string{"2"}},
		{"settings", browsing, &k.settings, "4", "banks and settings", []string{"4"}},
		{"filter", browsing, &k.filter, "/", "filter", []string{"/"}},
		{"sort", inLists, &k.sort, "s", "sort", []string{"s"}},
		{"reverse", inLists, &k.reverse, "S", "sort the other way", []string{"S"}},
		{"previous-month", inLists, &k.prevMonth, "[", "previous month", []string{"["}},
		{"next-month", inLists, &k.nextMonth, "]", "next month", []string{"]"}},
		{"month", inLists, &k.month, "m", "go to a month", []string{"m"}},
		{"select", inLists, &k.pick, "space", "select", []string{"space"}},
		{"select-all", inLists, &k.pickAll, "ctrl+a", "select all", []string{"ctrl+a"}},
		{"category", inLists | onReceipts, &k.category, "c", "category", []string{"c"}},
		{"note", inLists | onReceipts, &k.note, "n", "note", []string{"n"}},
		{"tags", inLists | onReceipts, &k.tags, "t", "tags", []string{"t"}},
		{"leave-out", inLists | onReceipts | inSettings, &k.leaveOut, "x", "leave out of totals", []string{"x"}},
		{"rename", browsing | whileLinking, &k.rename, "e", "rename", []string{"e"}},
		{"copy", anywhere, &k.copy, "y", "copy", []string{"y"}},
		{"copy-as", browsing, &k.copyAs, "Y", "copy as", []string{"Y"}},
		{"refresh", browsing, &k.refresh, "r", "refresh", []string{"r"}},
		{"refresh-all", browsing, &k.refreshAll, "R", "refresh all", []string{"R"}},
		{"link", browsing | whileLinking, &k.link, "a", "link a bank", []string{"a"}},
		{"fix", browsing, &k.fix, "f", "fix sign-in", []string{"f"}},
		{"unlink", browsing, &k.unlink, "d", "unlink", []string{"d"}},
		{"hide", anywhere, &k.hide, "p", "hide amounts", []string{"p"}},
		{"mouse", anywhere, &k.mouse, "M", "mouse on or off", []string{"M"}},
		{"lock", anywhere, &k.lock, "L", "lock", []string{"L"}},
		{"undo", browsing, &k.undo, "u", "undo", []string{"u"}},
		{"redo", browsing, &k.redo, "U", "redo", []string{"U"}},
		{"help", anywhere, &k.help, "?", "help", []string{"?"}},
		{"palette", anywhere, &k.palette, ":", "find any action", []string{":", "ctrl+p"}},
		{"quit", anywhere, &k.quit, "q", "quit", []string{"q"}},
		{"chart", inLists, &k.chart, "v", "chart", []string{"v"}},
		{"dismiss", atHome, &k.dismiss, "x", "dismiss", []string{"x"}},
		{"place", browsing, &k.place, "K", "where access is kept", []string{"K"}},
		{"later", whileLinking, &k.later, "b", "continue in background", []string{"b"}},
		{"copy-link", whileLinking, &k.copyLink, "c", "copy link", []string{"c"}},
		{"open-page", whileLinking, &k.openPage, "o", "open", []string{"o"}},
		{"new-link", whileLinking, &k.newLink, "n", "new link", []string{"n"}},
		{"about", whileLinking, &k.about, "i", "what this is", []string{"i"}},
		{"show", inForms, &k.show, "ctrl+t", "show", []string{"ctrl+t"}},
		{"send-again", inForms, &k.resend, "ctrl+r", "send again", []string{"ctrl+r"}},
		{"another-way", inForms, &k.other, "ctrl+o", "another way", []string{"ctrl+o"}},
		{"fill-in", inForms, &k.fill, "ctrl+f", "fill in", []string{"ctrl+f"}},
		{"legend", inForms, &k.legend, "ctrl+g", "what each note means", []string{"ctrl+g"}},
		{"save", inForms, &k.save, "ctrl+s", "save", []string{"ctrl+s"}},
	}
}

// fixed are the deeds that keep their keys: those that text is edited and choices are made with,
// and those that ui/terminal answers.
func (k *keys) fixed() []deed {
	return []deed{
		{"", inForms, &k.nextField, "tab", "next", []string{"tab"}},
		{"", inForms, &k.prevField, "shift+tab", "previous", []string{"shift+tab"}},
		{"", inForms, &k.complete, "tab", "complete", []string{"tab"}},
		{"", inForms, &k.choose, "space", "choose", []string{"space"}},
		{"", inForms, &k.erase, "esc", "clear", []string{"esc"}},
		{"", inForms, &k.choosing, "↑↓", "choose", []string{"up", "down"}},
		{"", inForms, &k.walk, "↑↓", "move", []string{"up", "down"}},
		{"", inForms, &k.submit, "enter", "send", []string{"enter"}},
		{"", inForms, &k.sideways, "←→", "choose", []string{"left", "right", "tab", "shift+tab"}},
		{"", anywhere, &k.stop, "ctrl+c", "quit", []string{"ctrl+c"}},
		{"", anywhere, &k.repaint, "ctrl+l", "draw again", []string{"ctrl+l"}},
		{"", anywhere, &k.suspend, "ctrl+z", "to the shell", []string{"ctrl+z"}},
	}
}

// spelt are keys as Bubble Tea names them.
func spelt(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k
		if k == "space" {
			out[i] = " "
		}
	}
	return out
}

// labelled is how footer and help show keys: the first two of them.
func labelled(keys []string) string {
	return strings.Join(keys[:min(2, len(keys))], " ")
}

// numbers are the keys that pick one of n directly.
func numbers(n int) key.Binding {
	n = min(n, 9)
	all := strings.Split("123456789"[:n], "")
	label := "1"
	if n > 1 {
		label = "1-" + all[n-1]
	}
	return key.NewBinding(key.WithKeys(all...), key.WithHelp(label, "pick directly"))
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
