package ui

import (
	"strings"

	"rsc.io/qr"
)

// The free modules around a code: as many as the standard wants, or as few as cameras take.
const (
	quiet      = 4
	leastQuiet = 2
)

// code draws a text as a QR code in half blocks, two modules a cell, within so many cells and lines;
// nil where it does not fit, or where the terminal has no blocks. It is black on white in every theme,
// also where there are no colours: a camera must read it.
func (t *theme) code(text string, cells, lines int) []string {
	if t.ascii {
		return nil
	}
	c, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil
	}
	for free := quiet; free >= leastQuiet; free-- {
		size := c.Size + 2*free
		if size > cells || (size+1)/2 > lines {
			continue
		}
		var rows []string
		for y := -free; y < c.Size+free; y += 2 {
			var row strings.Builder
			for x := -free; x < c.Size+free; x++ {
				row.WriteString(halves(c.Black(x, y), c.Black(x, y+1)))
			}
			rows = append(rows, t.paper.paint(row.String()))
		}
		return rows
	}
	return nil
}

// halves is a cell whose upper and lower half are dark or not.
func halves(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
