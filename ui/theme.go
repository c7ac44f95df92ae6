package ui

import "strings"

// style is a pair of escape sequences, made once, so that drawing a row costs no more than
// joining strings. The zero style changes nothing.
type style struct{ on, off string }

// paint puts text between the two.
func (s style) paint(text string) string {
	if s.on == "" || text == "" {
		return text
	}
	return s.on + text + s.off
}

// wrap breaks text into lines and paints each: a style does not reach over the end of a line.
func (s style) wrap(text string, cells int) []string {
	return s.each(wrap(text, cells))
}

// each paints lines, in place.
func (s style) each(lines []string) []string {
	for i := range lines {
		lines[i] = s.paint(lines[i])
	}
	return lines
}

// theme names every style by what it means. Colour never carries a meaning alone: a sign, a mark
// or a word does too.
type theme struct {
	strong   style // balances, titles
	faint    style // dates, ages, hints
	accent   style // the marker of where you are
	selected style // the row you are on
	warning  style // what wants attention, beside its "!"
	danger   style // what failed, beside its "!"
	moneyIn  style // an amount, beside its "+"
	moneyOut style // an amount, beside its "-"
	mistake  style // what makes no sense, beside the words that say why

	paper style // black on white, whatever else: a camera reads it
	text  style // all else; it changes nothing unless a person wants it to
	ascii bool  // the terminal shows nothing but ASCII
}

// themeFor makes the styles of a look.
func themeFor(l Look) theme {
	r := l.roles()
	of := func(role string) style { return l.style(r[role]) }
	return theme{
		strong: of("strong"), faint: of("faint"), accent: of("accent"), selected: of("strong"),
		warning: of("attention"), danger: of("error"), moneyIn: of("money_in"), moneyOut: of("money_out"),
		mistake: l.style([]string{"underline"}), paper: l.paper(), text: of("text"), ascii: l.ASCII,
	}
}

// reset ends every style.
const reset = "\x1b[0m"

// finish is a whole frame as it goes to the terminal: in the text's own colour, where it has one,
// and in letters that the terminal has.
func (t *theme) finish(frame string) string {
	if t.text.on != "" {
		frame = strings.ReplaceAll(frame, reset, reset+t.text.on)
		frame = t.text.on + strings.ReplaceAll(frame, "\n", reset+"\n"+t.text.on) + reset
	}
	if t.ascii {
		frame = asciiFrame(frame)
	}
	return frame
}
