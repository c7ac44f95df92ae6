package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
)

// What the config file calls the two sets of glyphs.
const (
	unicodeGlyphs = "unicode"
	asciiGlyphs   = "ascii"
)

func (s *settingsScreen) lookRows() []settingRow {
	mouse := s.chosen("Mouse", "mouse", onOff(s.look.mouse), s.hearMouse)
	if s.look.mouse && mouse.hint == "" {
		mouse.hint = "hold shift to select text"
	}
	theme := s.oneOf("Theme", "theme", s.look.Theme, Themes(), func(l *Look, value string) { l.Theme = value })
	if theme.values[0] == tartan && s.look.Profile != termenv.Ascii {
		ground := "light"
		if s.look.Dark {
			ground = "dark"
		}
		theme.values = []string{tartan + ", follows the terminal (" + ground + ")", tartan}
	}
	glyphs := unicodeGlyphs
	if s.look.ASCII {
		glyphs = asciiGlyphs
	}
	return within(ofLook, []settingRow{
		theme,
		s.oneOf("Gains and losses", "gains", s.look.Gains, Gains(), func(l *Look, value string) { l.Gains = value }),
		{label: "Numbers and dates", values: []string{"1,234.56    22 Nov"}},
		mouse,
		s.oneOf("Glyphs", "glyphs", glyphs, []string{unicodeGlyphs, asciiGlyphs}, func(l *Look, value string) { l.ASCII = value == asciiGlyphs }),
	})
}

// oneOf is a row whose value is one of several, the first where it is none of them. Enter takes the
// next one, and everything is drawn anew with it.
func (s *settingsScreen) oneOf(label, name, value string, all []string, change func(l *Look, value string)) settingRow {
	at := max(slices.Index(all, value), 0)
	next := all[(at+1)%len(all)]
	r := s.chosen(label, name, all[at], func() (nav, tea.Cmd) {
		s.restyle(func(l *Look) { change(l, next) })
		return nav{}, s.saver.keep(&s.env, name, next)
	})
	if r.hint == "" {
		r.hint = "also: " + strings.Join(slices.Concat(all[:at], all[at+1:]), ", ")
	}
	return r
}

// hearMouse has the root begin or end hearing the mouse, and keeps that for later runs.
func (s *settingsScreen) hearMouse() (nav, tea.Cmd) {
	return nav{then: &s.keys.mouse}, s.saver.keep(&s.env, "mouse", strconv.FormatBool(!s.look.mouse))
}
