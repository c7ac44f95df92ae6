package ui

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

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
}

// newTheme builds the styles for a terminal's colours. A profile of termenv.Ascii means NO_COLOR:
// weight only.
func newTheme(profile termenv.Profile, dark bool) theme {
	colour := profile != termenv.Ascii
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	if !colour {
		r.SetColorProfile(termenv.ANSI) // for bold and faint; no colour is set below
	}
	pick := func(onDark, onLight, sixteen string) lipgloss.Style {
		s := r.NewStyle()
		switch {
		case !colour:
			return s
		case profile == termenv.ANSI:
			return s.Foreground(lipgloss.Color(sixteen))
		case dark:
			return s.Foreground(lipgloss.Color(onDark))
		}
		return s.Foreground(lipgloss.Color(onLight))
	}
	faint := r.NewStyle().Faint(true)
	if profile == termenv.ANSI {
		faint = r.NewStyle().Foreground(lipgloss.Color("8"))
	}
	return theme{
		strong:   made(r.NewStyle().Bold(true)),
		faint:    made(faint),
		accent:   made(pick("#7aa2c8", "#2f5f8f", "4").Bold(true)),
		selected: made(r.NewStyle().Bold(true)),
		warning:  made(pick("#d9a441", "#8a5a00", "3")),
		danger:   made(pick("#d9706c", "#a3352f", "1")),
	}
}

// made takes a Lip Gloss style apart into what goes before and after a text.
func made(s lipgloss.Style) style {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return style{on, off}
}
