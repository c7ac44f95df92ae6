package ui

import "strings"

// The cells and lines that a frame takes beside and above what is in it.
const (
	frameCells = 4
	frameLines = 2
)

// floating is what lies over a screen in the one frame there is: where its first line of text
// stands, and its lines, frame included.
type floating struct {
	x, y  int
	lines []string
}

// float frames lines of at most cells, under a title that may be empty, in the middle of a screen:
// as far from its top as share says, of the lines that are left.
func (t *theme) float(title string, text []string, cells, room, height, share int) floating {
	cells = max(min(cells, room-frameCells), 1)
	text = text[:max(min(len(text), height-frameLines), 0)]
	head := ""
	if title != "" {
		head = "─ " + t.strong.paint(cut(title, cells-2)) + " "
	}
	f := floating{
		x: max((room-cells-frameCells)/2, 0) + frameCells/2,
		y: max((height-len(text)-frameLines)/share, 0) + 1,
	}
	edge := blank(f.x - frameCells/2)
	f.lines = append(f.lines, edge+"╭"+head+strings.Repeat("─", max(cells+2-width(head), 0))+"╮")
	for _, line := range text {
		f.lines = append(f.lines, edge+"│ "+left(line, cells)+" │")
	}
	f.lines = append(f.lines, edge+"╰"+strings.Repeat("─", cells+2)+"╯")
	return f
}

// view is a screen of that height with nothing but f on it.
func (f floating) view(height int) string {
	above := make([]string, f.y-1, height)
	return strings.Join(fit(height, para{lines: append(above, f.lines...)}), "\n")
}
