package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
)

// The smallest terminal that tartan draws in; below it there is one line saying so.
const (
	minWidth  = 40
	minHeight = 8
	airy      = 13 // from this height on, a blank line stands under the header
)

// frame is what stands around every screen: header, margins, footer. It draws from a chrome and
// knows nothing else of a screen.
type frame struct {
	theme         theme
	keys          keys
	place, short  string
	width, height int
}

// margin is how many columns stay free at each side.
func (f *frame) margin() int {
	switch {
	case f.width >= 100:
		return 2
	case f.width >= 60:
		return 1
	}
	return 0
}

// tooSmall reports whether there is no room for a screen.
func (f *frame) tooSmall() bool { return f.width < minWidth || f.height < minHeight }

// body is the size that is left for a screen.
func (f *frame) body() (width, height int) {
	if f.tooSmall() {
		return 0, 0
	}
	height = f.height - 2
	if f.height >= airy {
		height--
	}
	return f.width - 2*f.margin(), height
}

// draw puts a screen's view between header and footer: exactly height lines.
func (f *frame) draw(c chrome, view string, busyFor time.Duration) string {
	if f.tooSmall() {
		return f.notice()
	}
	edge := blank(f.margin())
	room := f.width - 2*f.margin()
	lines := make([]string, 0, f.height)
	lines = append(lines, edge+f.header(c, room, busyFor))
	if f.height >= airy {
		lines = append(lines, "")
	}
	for line := range strings.SplitSeq(view, "\n") {
		if line == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, edge+line)
	}
	for len(lines) < f.height-1 {
		lines = append(lines, "")
	}
	lines = append(lines[:f.height-1], edge+f.footer(c, room))
	return strings.Join(lines, "\n")
}

// notice is all that a terminal below the smallest size gets.
func (f *frame) notice() string {
	lines := make([]string, max(f.height, 0))
	if len(lines) > 0 {
		lines[0] = cut("tartan needs 40x8, "+f.keys.quit.Help().Key+" quits", f.width)
	}
	return strings.Join(lines, "\n")
}

// header is the way here at the left, and at the right where the data come from and what is going on.
func (f *frame) header(c chrome, room int, busyFor time.Duration) string {
	r := f.status(c, room, busyFor)
	space := room - width(r) - 2
	crumbs := append([]string{"tartan"}, c.crumbs...)
	for len(crumbs) > 1 && width(strings.Join(crumbs, " › ")) > space {
		crumbs = crumbs[1:]
	}
	for i, crumb := range crumbs {
		if i == len(crumbs)-1 {
			crumbs[i] = f.theme.strong.paint(cut(crumb, space))
		} else {
			crumbs[i] = f.theme.faint.paint(crumb)
		}
	}
	return ends(strings.Join(crumbs, f.theme.faint.paint(" › ")), f.theme.faint.paint(r), room)
}

// status is the right half of the header. The place is always named; work under way goes before
// what the screen says of itself.
func (f *frame) status(c chrome, room int, busyFor time.Duration) string {
	place, detail := f.place, c.right
	if room < small {
		place = f.short
	}
	if c.busy != "" {
		detail = spinner(busyFor) + " " + c.busy + " " + took(busyFor)
	}
	if detail == "" {
		return place
	}
	for _, both := range []string{place + " · " + detail, f.short + " · " + detail} {
		if width(both) <= room*2/3 {
			return both
		}
	}
	return f.short
}

// spinner is one of ten dots going round, by the time that has passed.
func spinner(passed time.Duration) string {
	turns := []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
	return string(turns[int(passed/beat)%len(turns)])
}

// footer names the keys that work now, as many as there is room for. Help, where it is offered,
// stays when others leave.
func (f *frame) footer(c chrome, room int) string {
	gap, most := "    ", 8
	switch {
	case room < small:
		gap, most = "  ", 3
	case room < medium:
		gap, most = "  ", 5
	case room < wide:
		gap, most = "  ", 7
	}
	works := make([]key.Binding, 0, len(c.keys))
	for _, b := range c.keys {
		if b.Enabled() {
			works = append(works, b)
		}
	}
	for len(works) > most || len(works) > 1 && width(plainKeys(works, gap)) > room {
		works = append(works[:len(works)-2], works[len(works)-1])
	}
	hints := make([]string, len(works))
	for i, b := range works {
		hints[i] = f.theme.strong.paint(b.Help().Key) + " " + f.theme.faint.paint(b.Help().Desc)
	}
	return cut(strings.Join(hints, gap), room)
}

// plainKeys is the footer without styles, to measure it.
func plainKeys(works []key.Binding, gap string) string {
	hints := make([]string, len(works))
	for i, b := range works {
		hints[i] = b.Help().Key + " " + b.Help().Desc
	}
	return strings.Join(hints, gap)
}
