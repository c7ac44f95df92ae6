package ui

import (
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// What a key did to a form.
type formEvent uint8

const (
	ignored formEvent = iota
	edited            // text, choice or focus changed
	sent              // the person wants this sent, and nothing is missing
)

// key takes a key. Enter moves on to the first field without an answer and, when there is none
// behind the focus, sends.
func (f *form) key(k keys, msg tea.KeyMsg) formEvent {
	if len(f.fields) == 0 {
		return ignored
	}
	switch {
	case msg.Paste && !f.choosing():
		f.inputs[f.at].key(msg)
		return edited
	case msg.Paste:
		return ignored
	case key.Matches(msg, only(k.open)):
		return f.enter()
	case key.Matches(msg, k.nextField), !f.choosing() && key.Matches(msg, only(k.down)):
		f.focus(f.at + 1)
	case key.Matches(msg, k.prevField), !f.choosing() && key.Matches(msg, only(k.up)):
		f.focus(f.at - 1)
	case key.Matches(msg, k.show):
		f.flip = !f.flip
	case f.choosing():
		return f.chooseKey(k, msg)
	case f.inputs[f.at].key(msg):
	default:
		return ignored
	}
	return edited
}

func (f *form) enter() formEvent {
	if f.choosing() && f.option >= 0 && !f.fresh {
		f.chosen[f.at] = f.option
	}
	if !f.filled(f.at) {
		return ignored
	}
	// Enter leads through text fields in order, so that an optional one is met before sending.
	if !f.choosing() && f.at < len(f.fields)-1 {
		f.focus(f.at + 1)
		return edited
	}
	if gap := f.gap(); gap >= 0 {
		f.focus(gap)
		return edited
	}
	return sent
}

// chooseKey moves over the options of the field, and beyond them to its neighbours.
func (f *form) chooseKey(k keys, msg tea.KeyMsg) formEvent {
	down, up := k.down, k.up
	if f.narrows() {
		down, up = only(down), only(up)
	}
	shown := f.shown(f.at)
	at := slices.Index(shown, f.option)
	switch {
	case key.Matches(msg, down) && at == len(shown)-1 && f.at < len(f.fields)-1:
		f.focus(f.at + 1)
		f.option = 0
	case key.Matches(msg, up) && at <= 0 && f.at > 0:
		f.focus(f.at - 1)
		f.option = len(f.fields[f.at].Options) - 1
	case key.Matches(msg, down, up) && len(shown) == 0:
	case key.Matches(msg, down):
		f.option = shown[min(at+1, len(shown)-1)]
	case key.Matches(msg, up):
		f.option = shown[max(at-1, 0)]
	case key.Matches(msg, k.choose) && len(f.seek.text) == 0:
		f.option = max(f.option, 0)
		f.chosen[f.at] = f.option
	case f.narrows():
		return f.look(msg)
	default:
		return f.pick(msg, len(f.fields[f.at].Options))
	}
	f.fresh = false
	return edited
}

// look narrows the options to those with what is typed. The cursor stays on one of them.
func (f *form) look(msg tea.KeyMsg) formEvent {
	if !f.seek.key(msg) {
		return ignored
	}
	f.fresh = false
	shown := f.shown(f.at)
	if !slices.Contains(shown, f.option) {
		f.option = -1
		if len(shown) > 0 && len(f.seek.text) > 0 {
			f.option = shown[0]
		}
	}
	return edited
}

// pick takes an option by its number; where there is only one field, that sends it.
func (f *form) pick(msg tea.KeyMsg, options int) formEvent {
	n, err := strconv.Atoi(msg.String())
	if err != nil || n < 1 || n > options {
		return ignored
	}
	f.option, f.chosen[f.at], f.fresh = n-1, n-1, false
	if len(f.fields) == 1 {
		return sent
	}
	return edited
}

// pointed reports whether msg is a press of the left button.
func pointed(msg tea.MouseMsg) bool {
	return msg.Button == tea.MouseButtonLeft && msg.Action == tea.MouseActionPress
}

// click puts the focus on a field, or chooses one of its options. Where there is only one field, the
// first click on an option marks it and the second sends it.
func (f *form) click(row formRow) formEvent {
	if row.field < 0 {
		return ignored
	}
	if row.option < 0 {
		if row.field != f.at {
			f.focus(row.field)
		}
		return edited
	}
	again := row.field == f.at && row.option == f.option
	if row.field != f.at {
		f.focus(row.field)
	}
	f.option, f.fresh = row.option, false
	switch {
	case len(f.fields) > 1:
		f.chosen[f.at] = f.option
	case again:
		return f.enter()
	}
	return edited
}
