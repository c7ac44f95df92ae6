package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
)

// hint is a key in the footer and the columns of the terminal that it stands in.
type hint struct {
	key.Binding
	from, to int
	paired   bool // it shares the words of the one behind it
}

func (h hint) text() string {
	if h.paired {
		return h.Help().Key
	}
	return h.Help().Key + " " + h.Help().Desc
}

// hints are the keys that work now, as many as there is room for behind what is said. The last ones
// leave first; the way back and help stay when others leave.
func (f *frame) hints(c chrome, said string) []hint {
	room := f.width - 2*f.margin()
	gap, most := f.gap(room)
	if c.bare {
		return nil
	}
	works := make([]hint, 0, len(c.keys))
	for _, b := range c.keys {
		if b.Enabled() {
			works = append(works, hint{Binding: f.theme.spell(b)})
		}
	}
	if len(works) == 0 { // of what is under way and cannot be stopped
		works = append(works, hint{Binding: as(f.keys.stop, "quit")})
	}
	f.pair(works)
	for {
		few := f.counted(works) <= most
		for _, apart := range []int{gap, min(gap, closer)} {
			if few && f.placed(works, said, apart) <= f.margin()+room {
				return works
			}
		}
		switch {
		case len(works) > 1:
			works = f.fewer(works, said)
		case said == "":
			return works
		default:
			return nil
		}
	}
}

// pair has the keys to the months before and behind share their words.
func (f *frame) pair(works []hint) {
	for i := 1; i < len(works); i++ {
		a, b := &works[i-1], &works[i]
		if slices.Equal(a.Keys(), f.keys.prevMonth.Keys()) && slices.Equal(b.Keys(), f.keys.nextMonth.Keys()) {
			a.paired, b.Binding = true, as(b.Binding, "month")
		}
	}
}

// counted is how many keys there are but for the way back, a pair as one.
func (f *frame) counted(works []hint) int {
	n := 0
	for _, h := range works {
		if !h.paired && !begins(h.Binding, f.keys.back, f.keys.erase) {
			n++
		}
	}
	return n
}

// placed puts keys side by side behind what is said, and tells where the last one ends.
func (f *frame) placed(works []hint, said string, gap int) int {
	at, end := f.margin(), f.margin()
	if said != "" {
		at += width(cut(said, f.width-2*f.margin())) + gap
	}
	for i := range works {
		works[i].from, end = at, at+width(works[i].text())
		works[i].to = end
		if at = end + gap; works[i].paired {
			at = end + 1
		}
	}
	return end
}

// fewer is keys without one of them: the last that is neither the way back nor help. Beside what is
// said these two stay to the end; else the first two, which are used most, stay longer.
func (f *frame) fewer(works []hint, said string) []hint {
	first, at := 2, len(works)-1
	if said != "" {
		first = 0
	}
	for at >= first && begins(works[at].Binding, f.keys.back, f.keys.erase, f.keys.help) {
		at--
	}
	if at < first {
		at = len(works) - 2
	}
	if at > 0 && works[at-1].paired {
		at--
		works = slices.Delete(works, at, at+1)
	}
	return slices.Delete(works, at, at+1)
}

// begins reports whether the first key of a binding is that of one of the others.
func begins(b key.Binding, others ...key.Binding) bool {
	return slices.ContainsFunc(others, func(other key.Binding) bool {
		return len(b.Keys()) > 0 && len(other.Keys()) > 0 && b.Keys()[0] == other.Keys()[0]
	})
}

// closer is how far keys stand apart at most where another one would not fit.
const closer = 3

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
		line += blank(h.from-at) + f.theme.strong.paint(h.Help().Key)
		if !h.paired {
			line += " " + f.theme.faint.paint(h.Help().Desc)
		}
		at = h.to
	}
	if at-f.margin() > room {
		return cut(line, room)
	}
	return line
}
