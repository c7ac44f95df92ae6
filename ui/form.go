package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// form turns the fields of a challenge into answers, one each. A field is text to type, or a
// choice; a choice starts with nothing chosen.
type form struct {
	fields []plaidapi.Field
	inputs []input // text of each field; unused where it has options
	chosen []int   // option of each field; -1 for none
	at     int     // field that has the focus
	option int     // option under the cursor there; -1 before it has been moved
	flip   bool    // hidden fields are shown, and shown ones hidden
	code   bool    // spaces and dashes are only there for reading
}

func newForm(fields []plaidapi.Field) form {
	f := form{fields: fields, inputs: make([]input, len(fields)), chosen: make([]int, len(fields)), option: -1}
	for i := range f.chosen {
		f.chosen[i] = -1
	}
	return f
}

// choosing reports whether the focus is on a field with options.
func (f *form) choosing() bool {
	return f.at < len(f.fields) && len(f.fields[f.at].Options) > 0
}

// typing reports whether letters go into a field.
func (f *form) typing() bool { return len(f.fields) > 0 && !f.choosing() }

// touched reports whether anything has been typed or chosen.
func (f *form) touched() bool {
	for i := range f.fields {
		if f.chosen[i] >= 0 || len(f.inputs[i].text) > 0 {
			return true
		}
	}
	return f.option >= 0
}

// filled reports whether field i has an answer, or needs none.
func (f *form) filled(i int) bool {
	field := f.fields[i]
	if len(field.Options) > 0 {
		return f.chosen[i] >= 0
	}
	return field.Optional || len(f.inputs[i].text) > 0
}

// gap is the first field without an answer, from the focus on and then from the top; -1 if none.
func (f *form) gap() int {
	for n := range f.fields {
		if i := (f.at + n) % len(f.fields); !f.filled(i) {
			return i
		}
	}
	return -1
}

// answers are what was typed and chosen, in the order of the fields.
func (f *form) answers() []plaidapi.Secret {
	all := make([]plaidapi.Secret, len(f.fields))
	for i, field := range f.fields {
		if len(field.Options) > 0 {
			all[i] = plaidapi.NewSecret(field.Options[f.chosen[i]].Value)
			continue
		}
		text := f.inputs[i].value()
		if f.code {
			text = strings.NewReplacer(" ", "", "-", "").Replace(text)
		}
		all[i] = plaidapi.NewSecret(text)
	}
	return all
}

// hidden reports whether a field shows dots. The key that shows secrets leaves other fields of the
// same form alone; in a form without any it hides what is typed.
func (f *form) hidden(i int) bool {
	secrets := slices.ContainsFunc(f.fields, func(field plaidapi.Field) bool { return field.Secret })
	return f.fields[i].Secret != (f.flip && (f.fields[i].Secret || !secrets))
}

// lacking says what keeps the form from being sent; empty when nothing does.
func (f *form) lacking() string {
	gap := f.gap()
	switch {
	case gap < 0:
		return ""
	case len(f.fields[gap].Options) > 0:
		return "Choose one first."
	case f.fields[gap].Label == "" || len(f.fields) == 1:
		return "Type the answer first."
	}
	return f.fields[gap].Label + " is still empty."
}

// fill gives a field an answer, as if it had been typed or chosen.
func (f *form) fill(i int, answer string) {
	for n, o := range f.fields[i].Options {
		if o.Value == answer {
			f.chosen[i] = n
		}
	}
	if len(f.fields[i].Options) == 0 {
		f.inputs[i].set(answer)
	}
}

// wipe forgets what was typed into secret fields and puts the focus on the first of them.
func (f *form) wipe() {
	first := -1
	for i, field := range f.fields {
		if field.Secret {
			f.inputs[i].clear()
			if first < 0 {
				first = i
			}
		}
	}
	f.flip = false
	if first >= 0 {
		f.focus(first)
	}
}

// empty forgets what was typed into any field; choices stay.
func (f *form) empty() {
	for i := range f.inputs {
		f.inputs[i].clear()
	}
	f.flip = false
}

// clear forgets every answer.
func (f *form) clear() {
	f.empty()
	for i := range f.chosen {
		f.chosen[i] = -1
	}
	f.option, f.at = -1, 0
}

// focus puts the cursor on a field, and there on what was chosen.
func (f *form) focus(i int) {
	f.at = (i + len(f.fields)) % max(len(f.fields), 1)
	f.option = -1
	if f.choosing() {
		f.option = f.chosen[f.at]
	}
}

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
	if f.choosing() && f.option >= 0 {
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
	options := len(f.fields[f.at].Options)
	switch {
	case key.Matches(msg, k.down):
		if f.option == options-1 && f.at < len(f.fields)-1 {
			f.focus(f.at + 1)
			f.option = 0
		} else {
			f.option = min(f.option+1, options-1)
		}
	case key.Matches(msg, k.up):
		if f.option <= 0 && f.at > 0 {
			f.focus(f.at - 1)
			f.option = len(f.fields[f.at].Options) - 1
		} else {
			f.option = max(f.option-1, 0)
		}
	case key.Matches(msg, k.choose):
		f.option = max(f.option, 0)
		f.chosen[f.at] = f.option
	default:
		return f.pick(msg, options)
	}
	return edited
}

// pick takes an option by its number; where there is only one field, that sends it.
func (f *form) pick(msg tea.KeyMsg, options int) formEvent {
	n, err := strconv.Atoi(msg.String())
	if err != nil || n < 1 || n > options {
		return ignored
	}
	f.option, f.chosen[f.at] = n-1, n-1
	if len(f.fields) == 1 {
		return sent
	}
	return edited
}

// view draws the fields in at most height lines; where they do not all fit, the one with the focus.
func (f *form) view(t *theme, k keys, cells, height int) []string {
	var all []string
	for i := range f.fields {
		if i > 0 {
			all = append(all, "")
		}
		all = append(all, f.field(t, k, i, cells)...)
	}
	if len(all) <= height {
		return all
	}
	tight := make([]string, 0, len(all))
	for _, line := range all {
		if line != "" {
			tight = append(tight, line)
		}
	}
	if len(tight) <= height {
		return tight
	}
	return f.window(f.field(t, k, f.at, cells), height)
}

// window keeps the option under the cursor in view where even one field is too long.
func (f *form) window(lines []string, height int) []string {
	from := max(0, min(f.option+2-height, len(lines)-height))
	return lines[from:min(from+max(height, 0), len(lines))]
}

// field draws one field: its label, then its text or its options.
func (f *form) field(t *theme, k keys, i, cells int) []string {
	field := f.fields[i]
	if len(field.Options) > 0 {
		return f.options(t, i, cells)
	}
	focus := i == f.at
	bar := t.faint.paint("│ ")
	if focus {
		bar = t.accent.paint("│ ")
	}
	label := cut(field.Label, cells)
	hint := ""
	if focus && field.Secret {
		hint = k.show.Help().Key + " " + k.show.Help().Desc
		if f.flip {
			hint = k.show.Help().Key + " hide"
		}
	}
	lines := []string{}
	if label != "" {
		lines = append(lines, label)
	}
	room := min(cells-2, 46)
	if hint == "" || cells < 30 {
		return append(lines, bar+f.inputs[i].view(room, focus, f.hidden(i)))
	}
	room = min(room, cells-width(hint)-4)
	text := f.inputs[i].view(room, focus, f.hidden(i))
	return append(lines, bar+left(text, room)+"  "+t.faint.paint(hint))
}

// options draws a choice. With one field the row is the choice; with several, each has its own dot.
func (f *form) options(t *theme, i, cells int) []string {
	field := f.fields[i]
	var lines []string
	if field.Label != "" {
		label := field.Label
		if len(f.fields) > 1 {
			label = fmt.Sprintf("%d  %s", i+1, label)
		}
		lines = append(lines, wrap(label, cells)...)
	}
	labels := 0
	for _, o := range field.Options {
		labels = max(labels, width(o.Label))
	}
	for n, o := range field.Options {
		here := i == f.at && n == f.option
		row := strconv.Itoa(n+1) + "  " + o.Label
		if len(f.fields) > 1 {
			dot := "( ) "
			if f.chosen[i] == n {
				dot = "(•) "
			}
			row = dot + o.Label
		}
		if o.Detail != "" {
			row += strings.Repeat(" ", labels-width(o.Label)+3) + o.Detail
		}
		row = cut(row, cells-2)
		if here {
			row = t.accent.paint("› ") + t.selected.paint(row)
		} else {
			row = "  " + row
		}
		lines = append(lines, row)
	}
	return lines
}
