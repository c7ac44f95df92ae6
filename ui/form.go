package ui

import (
	"slices"
	"strings"

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
	fresh  bool    // nobody has put it there: it only marks which field has the focus
	flip   bool    // hidden fields are shown, and shown ones hidden
	seek   input   // narrows the options there, where they are many
	alone  bool    // only the field with the focus is drawn
}

// shortChoice is how many options are chosen from at a glance; among more, typing looks for one.
const shortChoice = 5

func newForm(fields []plaidapi.Field) form {
	f := form{fields: fields, inputs: make([]input, len(fields)), chosen: make([]int, len(fields)), option: -1}
	f.clear()
	return f
}

// choosing reports whether the focus is on a field with options.
func (f *form) choosing() bool {
	return f.at < len(f.fields) && len(f.fields[f.at].Options) > 0
}

// narrows reports whether the focus is on options so many that typing looks for one.
func (f *form) narrows() bool {
	return f.choosing() && len(f.fields[f.at].Options) > shortChoice
}

// typing reports whether letters go into a field.
func (f *form) typing() bool { return len(f.fields) > 0 && (!f.choosing() || f.narrows()) }

// shown are the options of field i that are not narrowed away.
func (f *form) shown(i int) []int {
	sought := ""
	if i == f.at {
		sought = strings.ToLower(f.seek.value())
	}
	var all []int
	for n, o := range f.fields[i].Options {
		if strings.Contains(strings.ToLower(o.Label+" "+o.Detail), sought) {
			all = append(all, n)
		}
	}
	return all
}

// widen shows all options again, and reports whether some were narrowed away.
func (f *form) widen() bool {
	narrowed := len(f.seek.text) > 0
	f.seek.clear()
	return narrowed
}

// capitals reports whether a secret is being typed in capital letters only: the lock may be on.
func (f *form) capitals() bool {
	if !f.typing() || f.choosing() || !f.fields[f.at].Secret {
		return false
	}
	text := f.inputs[f.at].value()
	return len(text) > 2 && text == strings.ToUpper(text) && text != strings.ToLower(text)
}

// touched reports whether anything has been typed or chosen.
func (f *form) touched() bool {
	for i := range f.fields {
		if f.chosen[i] >= 0 || len(f.inputs[i].text) > 0 {
			return true
		}
	}
	return f.option >= 0 && !f.fresh
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
		all[i] = plaidapi.NewSecret(f.inputs[i].value())
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
	f.focus(0)
}

// focus puts the cursor on a field, and there on what was chosen. Of several choices the first option
// of the one with the focus is marked, though it is not chosen by that.
func (f *form) focus(i int) {
	f.at = (i + len(f.fields)) % max(len(f.fields), 1)
	f.option = -1
	f.seek.clear()
	if f.choosing() {
		f.option = f.chosen[f.at]
	}
	f.fresh = f.choosing() && f.option < 0 && len(f.fields) > 1
	if f.fresh {
		f.option = 0
	}
}
