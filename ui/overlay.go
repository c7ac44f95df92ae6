package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

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
	b, head := lipgloss.RoundedBorder(), ""
	if title != "" {
		head = b.Top + " " + t.strong.paint(cut(title, cells-2)) + " "
	}
	f := floating{
		x: max((room-cells-frameCells)/2, 0) + frameCells/2,
		y: max((height-len(text)-frameLines)/share, 0) + 1,
	}
	edge := blank(f.x - frameCells/2)
	f.lines = append(f.lines, edge+b.TopLeft+head+strings.Repeat(b.Top, max(cells+2-width(head), 0))+b.TopRight)
	for _, line := range text {
		f.lines = append(f.lines, edge+b.Left+" "+left(line, cells)+" "+b.Right)
	}
	f.lines = append(f.lines, edge+b.BottomLeft+strings.Repeat(b.Bottom, cells+2)+b.BottomRight)
	return f
}

// view is a screen of that height with nothing but f on it.
func (f floating) view(height int) string {
	above := make([]string, f.y-1, height)
	return strings.Join(fit(height, para{lines: append(above, f.lines...)}), "\n")
}
