package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
)

// Look is what decides every style. The zero Look but for its Profile is the theme "tartan" on a
// light background.
type Look struct {
	Profile termenv.Profile // how many colours there are; termenv.Ascii: none, weight only
	Dark    bool            // the terminal's background is
	Theme   string          // one of Themes; any other is the first
	Gains   string          // one of Gains, likewise
	ASCII   bool            // draw with nothing but ASCII

	// Roles replace those of the theme: text, faint, strong, accent, attention, error, money_in and
	// money_out. Each is a colour, "#rrggbb" or the number of one of the sixteen, and weights:
	// "bold", "faint", "underline". Other words change nothing.
	Roles map[string][]string
}

// Background is the message that the terminal's background is dark, or that it is light.
type Background struct{ Dark bool }

// OnBackground makes that message, for those who find out; nil where no colour depends on it.
func (l Look) OnBackground() func(dark bool) tea.Msg {
	if l.Profile == termenv.Ascii {
		return nil
	}
	return func(dark bool) tea.Msg { return Background{dark} }
}

// restyle changes the look, and every style with it.
func (e *env) restyle(change func(*Look)) {
	change(&e.look.Look)
	*e.theme = themeFor(e.look.Look)
}

// Themes are the themes there are.
func Themes() []string { return []string{tartan, highContrast, mono} }

// Gains are the ways to colour what comes in and what goes out. The first leaves it at the sign.
func Gains() []string { return []string{signOnly, blueAmber, greenRed} }

const (
	tartan       = "tartan"
	highContrast = "high-contrast"
	mono         = "mono"

	signOnly  = "sign only"
	blueAmber = "blue and amber"
	greenRed  = "green and red"
)

// ink is one colour on each kind of background, for terminals with many colours and with sixteen.
type ink struct{ dark, light, dark16, light16 string }

// inks are the colours of one theme.
type inks struct{ accent, attention, failed, green ink }

// inks are those of the look's theme. They stand off from their backgrounds at 4.5 to 1 or better,
// those of high contrast at 7 to 1.
func (l Look) inks() inks {
	switch l.Theme {
	case mono:
		return inks{}
	case highContrast:
		return inks{
			accent:    ink{"#9fd0ff", "#003f87", "14", "4"},
			attention: ink{"#ffd75f", "#5f3700", "11", "5"},
			failed:    ink{"#ffafaf", "#870000", "9", "1"},
			green:     ink{"#9be28a", "#144d00", "10", "2"},
		}
	}
	return inks{
		accent:    ink{"#7aa2c8", "#2f5f8f", "4", "4"},
		attention: ink{"#d9a441", "#8a5a00", "3", "3"},
		failed:    ink{"#df7b77", "#a52a2a", "1", "1"},
		green:     ink{"#7fb069", "#3a6b22", "2", "2"},
	}
}

// roles are the words of every role of the look.
func (l Look) roles() map[string][]string {
	set := l.inks()
	r := map[string][]string{
		"faint":     {"faint"},
		"strong":    {"bold"},
		"accent":    {l.pick(set.accent), "bold"},
		"attention": {l.pick(set.attention)},
		"error":     {l.pick(set.failed)},
	}
	switch {
	case l.Theme == highContrast:
		r["faint"] = nil
	case l.Theme != mono && l.Profile == termenv.ANSI:
		r["faint"] = []string{"8"} // many terminals of sixteen colours know no faint
	}
	switch l.Gains {
	case blueAmber:
		r["money_in"], r["money_out"] = []string{l.pick(set.accent)}, []string{l.pick(set.attention)}
	case greenRed:
		r["money_in"], r["money_out"] = []string{l.pick(set.green)}, []string{l.pick(set.failed)}
	}
	maps.Copy(r, l.Roles)
	return r
}

// pick is the colour that suits the terminal.
func (l Look) pick(i ink) string {
	switch {
	case l.Profile == termenv.ANSI && l.Dark:
		return i.dark16
	case l.Profile == termenv.ANSI:
		return i.light16
	case l.Dark:
		return i.dark
	}
	return i.light
}

// style makes escape sequences of words. Without colours, only the weights are left.
func (l Look) style(words []string) style {
	var codes []string
	for _, w := range []struct{ word, code string }{{"bold", "1"}, {"faint", "2"}, {"underline", "4"}} {
		if slices.Contains(words, w.word) {
			codes = append(codes, w.code)
		}
	}
	for _, word := range words {
		if c := l.Profile.Color(word); c != nil && l.Profile != termenv.Ascii {
			codes = append(codes, inkCode(c))
		}
	}
	if codes == nil {
		return style{}
	}
	return style{"\x1b[" + strings.Join(codes, ";") + "m", reset}
}

// inkCode is a colour as the terminal is told it. One of many is told as it was written: termenv
// would round its parts down.
func inkCode(c termenv.Color) string {
	if _, is := c.(termenv.RGBColor); !is {
		return c.Sequence(false)
	}
	r, g, b := termenv.ConvertToRGB(c).RGB255()
	return fmt.Sprintf("38;2;%d;%d;%d", r, g, b)
}

// paper is black on white. The sixteen colours may be anybody's, so those of a larger palette are
// taken where there is one. Without colours it is the darker of what the terminal has on the lighter.
func (l Look) paper() style {
	switch {
	case l.Profile == termenv.Ascii && l.Dark:
		return style{"\x1b[7m", reset} // no colour, but the letters' own way round
	case l.Profile == termenv.Ascii:
		return style{}
	}
	if l.Profile == termenv.TrueColor || l.Profile == termenv.ANSI256 {
		return style{"\x1b[38;5;16;48;5;231m", reset}
	}
	return style{"\x1b[30;107m", reset}
}
