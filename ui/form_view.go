package ui

import "strconv"

// formRow is a line of a form as it is drawn, with what a click on it is about.
type formRow struct {
	text   string
	field  int // -1 for none
	option int // likewise
}

// view draws the fields in at most height lines; where they do not all fit, the one with the focus.
func (f *form) view(t *theme, k keys, cells, height int) []string {
	lines, _ := texts(f.draw(t, k, cells, height))
	return lines
}

// texts are the lines of a drawn form, each with its number, for the page that it stands on.
func texts(rows []formRow) (lines []string, at []int) {
	for i, row := range rows {
		lines, at = append(lines, row.text), append(at, i)
	}
	return lines, at
}

// draw is view with what each line is about.
func (f *form) draw(t *theme, k keys, cells, height int) []formRow {
	if len(f.fields) == 0 {
		return nil
	}
	if f.alone {
		return f.window(f.field(t, k, f.at, cells), height)
	}
	var all, tight []formRow
	for i := range f.fields {
		if i > 0 {
			all = append(all, formRow{"", -1, -1})
		}
		rows := f.field(t, k, i, cells)
		all, tight = append(all, rows...), append(tight, rows...)
	}
	switch {
	case len(all) <= height:
		return all
	case len(tight) <= height:
		return tight
	}
	return f.window(f.field(t, k, f.at, cells), height)
}

// window keeps the option under the cursor in view where even one field is too long.
func (f *form) window(rows []formRow, height int) []formRow {
	at := 0
	for i, row := range rows {
		if row.option >= 0 && row.option == f.option {
			at = i
		}
	}
	from := max(0, min(at+1-height, len(rows)-height))
	return rows[from:min(from+max(height, 0), len(rows))]
}

// field draws one field: its label, then its text or its options.
func (f *form) field(t *theme, k keys, i, cells int) []formRow {
	if len(f.fields[i].Options) > 0 {
		return f.options(t, i, cells)
	}
	field, focus := f.fields[i], i == f.at
	var rows []formRow
	for _, line := range wrap(field.Label, cells) {
		rows = append(rows, formRow{line, i, -1})
	}
	bar := t.faint.paint("│ ")
	if focus {
		bar = t.accent.paint("│ ")
	}
	hint := ""
	if focus && field.Secret {
		hint = f.showHint(k)
	}
	room := min(cells-2, 46)
	if hint == "" || cells < 30 {
		return append(rows, formRow{bar + f.inputs[i].view(room, focus, f.hidden(i)), i, -1})
	}
	room = min(room, cells-width(hint)-4)
	text := f.inputs[i].view(room, focus, f.hidden(i))
	return append(rows, formRow{bar + left(text, room) + "  " + t.faint.paint(hint), i, -1})
}

// showHint stands beside a secret: what shows or hides it, and whether it is in capitals by mistake.
func (f *form) showHint(k keys) string {
	hint := k.show.Help().Key + " " + k.show.Help().Desc
	if f.flip {
		hint = k.show.Help().Key + " hide"
	}
	if f.capitals() {
		hint += " · caps lock?"
	}
	return hint
}

// options draws a choice. With one field the row is the choice; with several, each has its own dot.
func (f *form) options(t *theme, i, cells int) []formRow {
	field := f.fields[i]
	var rows []formRow
	number, edge := "", 0
	if len(f.fields) > 1 {
		number = strconv.Itoa(i+1) + "  "
		edge = len(number) - 2 // the marker stands below the number, the options below the text
	}
	for n, line := range wrap(field.Label, cells-len(number)) {
		if n > 0 {
			number = blank(len(number))
		}
		rows = append(rows, formRow{number + line, i, -1})
	}
	if i == f.at && f.narrows() {
		rows = append(rows, formRow{f.sought(t, edge, cells), i, -1})
	}
	labels := 0
	for _, o := range field.Options {
		labels = max(labels, width(o.Label))
	}
	shown := f.shown(i)
	for _, n := range shown {
		text := cut(f.choice(i, n, labels), cells-edge-2)
		if i == f.at && n == f.option {
			text = blank(edge) + t.accent.paint("› ") + t.selected.paint(text)
		} else {
			text = blank(edge+2) + text
		}
		rows = append(rows, formRow{text, i, n})
	}
	if len(shown) == 0 {
		rows = append(rows, formRow{blank(edge+2) + t.faint.paint(cut("None of them.", cells-edge-2)), i, -1})
	}
	return rows
}

// choice is one option: its dot or its number, its label, and beyond all labels what it is exactly.
func (f *form) choice(i, n, labels int) string {
	o := f.fields[i].Options[n]
	row := strconv.Itoa(n+1) + "  "
	switch {
	case len(f.fields) > 1 && f.chosen[i] == n:
		row = "(•) "
	case len(f.fields) > 1:
		row = "( ) "
	case len(f.fields[i].Options) > shortChoice: // its number is text
		row = ""
	}
	row += o.Label
	if o.Detail != "" {
		row += blank(labels-width(o.Label)+3) + o.Detail
	}
	return row
}

// sought is the line that options are narrowed on.
func (f *form) sought(t *theme, edge, cells int) string {
	prompt := blank(edge+2) + t.accent.paint("/ ")
	if len(f.seek.text) == 0 {
		return prompt + t.faint.paint(cut("type to search among "+strconv.Itoa(len(f.fields[f.at].Options)), cells-edge-4))
	}
	return prompt + f.seek.view(cells-edge-4, true, false)
}
