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
	theme         *theme
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
	return f.width - 2*f.margin(), f.height - 1 - f.top()
}

// top is how many lines stand above a screen.
func (f *frame) top() int {
	if f.height >= airy {
		return 2
	}
	return 1
}

// draw puts a screen's view between header and footer: exactly height lines.
// said stands in the footer before the keys.
func (f *frame) draw(c chrome, view string, busyFor time.Duration, said string) string {
	if f.tooSmall() {
		return f.theme.finish(f.notice(c))
	}
	edge := blank(f.margin())
	room := f.width - 2*f.margin()
	lines := make([]string, 0, f.height)
	header := edge + f.header(c, room, busyFor)
	if c.bare && c.busy == "" {
		header = ""
	}
	lines = append(lines, header)
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
	lines = append(lines[:f.height-1], edge+f.footer(c, said))
	return f.theme.finish(strings.Join(lines, "\n"))
}

// notice is all that a terminal below the smallest size gets.
func (f *frame) notice(c chrome) string {
	lines := make([]string, max(f.height, 0))
	if len(lines) > 1 {
		lines[1] = fitting(f.width, c.least)
	}
	if len(lines) > 0 {
		lines[0] = cut("tartan needs 40x8, "+f.keys.quit.Help().Key+" quits", f.width)
	}
	return strings.Join(lines, "\n")
}

// header is the way here at the left, and at the right where the data come from and what is going on.
func (f *frame) header(c chrome, room int, busyFor time.Duration) string {
	r := f.status(c, room, busyFor)
	crumbs := f.way(c, room-width(r)-2)
	for i, crumb := range crumbs {
		if i == len(crumbs)-1 {
			crumbs[i] = f.theme.strong.paint(crumb)
		} else {
			crumbs[i] = f.theme.faint.paint(crumb)
		}
	}
	return ends(strings.Join(crumbs, f.theme.faint.paint(between)), f.theme.faint.paint(r), room)
}

// between stands between two parts of the way here.
const between = " › "

// way is the way here, as much of its end as there is room for.
func (f *frame) way(c chrome, room int) []string {
	crumbs := append([]string{"tartan"}, c.crumbs...)
	for len(crumbs) > 1 && width(strings.Join(crumbs, between)) > room {
		crumbs = crumbs[1:]
	}
	last := len(crumbs) - 1
	crumbs[last] = cut(crumbs[last], room)
	return crumbs
}

// crumb is which part of the way here stands at x, with 0 for "tartan"; -1 where none does.
func (f *frame) crumb(c chrome, x int) int {
	if c.bare {
		return -1
	}
	room := f.width - 2*f.margin()
	crumbs := f.way(c, room-width(f.status(c, room, 0))-2)
	from := f.margin()
	for i, crumb := range crumbs {
		if x >= from && x < from+width(crumb) {
			return i + len(c.crumbs) + 1 - len(crumbs)
		}
		from += width(crumb) + width(between)
	}
	return -1
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

// hint is a key in the footer and the columns of the terminal that it stands in.
type hint struct {
	key.Binding
	from, to int
}

func (h hint) text() string { return h.Help().Key + " " + h.Help().Desc }

// hints are the keys that work now, as many as there is room for behind what is said. Help, where it
// is offered, stays when others leave.
func (f *frame) hints(c chrome, said string) []hint {
	room := f.width - 2*f.margin()
	gap, most := f.gap(room)
	if c.bare {
		return nil
	}
	works := make([]hint, 0, len(c.keys))
	for _, b := range c.keys {
		if b.Enabled() {
			works = append(works, hint{Binding: b})
		}
	}
	begin := f.margin()
	if said != "" {
		begin += width(cut(said, room)) + gap
	}
	placed := func() int {
		at := begin
		for i := range works {
			works[i].from, works[i].to = at, at+width(works[i].text())
			at = works[i].to + gap
		}
		return at - gap
	}
	for len(works) > most || len(works) > 0 && placed() > f.margin()+room {
		n := len(works)
		if n == 1 {
			if said == "" {
				break
			}
			return nil
		}
		works = append(works[:n-2], works[n-1])
	}
	return works
}

// gap is how far keys in the footer stand apart, and how many there are at most.
func (f *frame) gap(room int) (cells, most int) {
	switch {
	case room < small:
		return 2, 3
	case room < medium:
		return 2, 5
	case room < wide:
		return 2, 7
	}
	return 4, 8
}

// footer is what came of the last key, and the keys that work now.
func (f *frame) footer(c chrome, said string) string {
	room := f.width - 2*f.margin()
	line, at := f.theme.accent.paint(cut(said, room)), f.margin()+width(cut(said, room))
	for _, h := range f.hints(c, said) {
		line += blank(h.from-at) + f.theme.strong.paint(h.Help().Key) + " " + f.theme.faint.paint(h.Help().Desc)
		at = h.to
	}
	if at-f.margin() > room {
		return cut(line, room)
	}
	return line
}
