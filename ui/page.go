package ui

import (
	"slices"
	"strings"
)

// para is one part of a page of text, with how much it matters when there is little room.
type para struct {
	lines []string
	keep  int   // what matters less leaves first; 0 never leaves
	gap   int   // blank lines above, while there is room
	rows  []int // which row of a list each line shows, -1 for none; nil where no line shows one
	out   int   // cells that it hangs out to the left, where the page is indented
}

// fit stacks paragraphs into exactly height lines. When they do not fit, gaps shrink; when that is
// not enough, the paragraph that matters least leaves and the gaps come back as far as they can. The
// last resort is to cut at the bottom.
func fit(height int, paras ...para) []string {
	placed := settled(height, paras)
	out := make([]string, 0, max(height, lines(placed)))
	for _, p := range placed {
		for range p.gap {
			out = append(out, "")
		}
		out = append(out, p.lines...)
	}
	for len(out) < height {
		out = append(out, "")
	}
	return out[:max(height, 0)]
}

// rowAt is which row of a list stands on a line of paragraphs fitted into height; -1 where none does.
func rowAt(height, line int, paras ...para) int {
	for _, p := range settled(height, paras) {
		line -= p.gap
		if line >= 0 && line < len(p.rows) {
			return p.rows[line]
		}
		line -= len(p.lines)
	}
	return -1
}

// settled are the paragraphs that stay, with the gaps that are left to them.
func settled(height int, paras []para) []para {
	kept := make([]para, 0, len(paras))
	for _, p := range paras {
		if len(p.lines) > 0 {
			kept = append(kept, p)
		}
	}
	placed := squeezed(kept, height)
	for lines(placed) > height {
		least := -1
		for i, p := range kept {
			if p.keep > 0 && (least < 0 || p.keep >= kept[least].keep) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		kept = append(kept[:least], kept[least+1:]...)
		placed = squeezed(kept, height)
	}
	return placed
}

// inset is how far a page of text stands from the edge of the body.
func inset(width int) int {
	if width >= medium {
		return 4
	}
	return 0
}

// sheet is a page of text as a view: paragraphs fitted into height lines, all of them indented.
func sheet(height, indent int, paras ...para) string {
	moved := slices.Clone(paras)
	for i, p := range paras {
		moved[i].lines = slices.Clone(p.lines)
		for n, line := range p.lines {
			if line != "" {
				moved[i].lines[n] = blank(indent-p.out) + line
			}
		}
	}
	return strings.Join(fit(height, moved...), "\n")
}

// squeezed are paragraphs with as much of their gaps as fits.
func squeezed(paras []para, height int) []para {
	placed := slices.Clone(paras)
	for lines(placed) > height && shrink(placed) {
	}
	return placed
}

func lines(paras []para) int {
	n := 0
	for _, p := range paras {
		n += p.gap + len(p.lines)
	}
	return n
}

// shrink takes one blank line from the widest gap, and reports whether there was one.
func shrink(paras []para) bool {
	widest := 0
	for i, p := range paras {
		if p.gap > paras[widest].gap {
			widest = i
		}
	}
	if len(paras) == 0 || paras[widest].gap == 0 {
		return false
	}
	paras[widest].gap--
	return true
}
