package terminal

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// cell is one character cell: its runes (none in the right half of a wide one) and its pen.
type cell struct {
	text string
	pen  string
}

// emulator is as much of a terminal as the painter uses. It fails the test on anything else.
type emulator struct {
	t           testing.TB
	width       int
	cells       [][]cell
	x, y        int
	top, bottom int
	pen         string
}

func newEmulator(t testing.TB, width, height int) *emulator {
	e := &emulator{t: t, width: width, bottom: height - 1}
	for range height {
		e.cells = append(e.cells, e.blank())
	}
	return e
}

func (e *emulator) blank() []cell {
	row := make([]cell, e.width)
	for i := range row {
		row[i].text = " "
	}
	return row
}

func (e *emulator) write(s string) {
	for s != "" {
		switch {
		case s[0] == '\r':
			e.x = 0
		case s[0] == '\n':
			if e.y == e.bottom {
				e.t.Fatalf("a line feed scrolls the screen")
			}
			e.y++
		case strings.HasPrefix(s, "\x1b["):
			n := strings.IndexFunc(s[2:], func(r rune) bool { return r >= '@' && r <= '~' }) + 2
			e.control(s[2:n], s[n])
			s = s[n+1:]
			continue
		case s[0] < ' ':
			e.t.Fatalf("control character %q", s[0])
		default:
			r, n := utf8.DecodeRuneInString(s)
			e.put(r)
			s = s[n:]
			continue
		}
		s = s[1:]
	}
}

// put writes a rune where the cursor is. Without wrapping, the last column takes what is over.
func (e *emulator) put(r rune) {
	width := runewidth.RuneWidth(r)
	if width == 0 {
		if e.x > 0 {
			at := e.x - 1
			for at > 0 && e.cells[e.y][at].text == "" {
				at--
			}
			e.cells[e.y][at].text += string(r)
		}
		return
	}
	if e.x+width > e.width {
		return
	}
	for i := range width {
		e.split(e.x + i)
	}
	for i := range width {
		e.cells[e.y][e.x+i] = cell{"", e.pen}
	}
	e.cells[e.y][e.x].text = string(r)
	e.x += width
}

// split blanks the wide rune that a write at column x cuts.
func (e *emulator) split(x int) {
	row := e.cells[e.y]
	from := x
	for from > 0 && row[from].text == "" {
		from--
	}
	to := from + 1
	for to < e.width && row[to].text == "" {
		to++
	}
	if to > from+1 {
		for i := from; i < to; i++ {
			row[i] = cell{" ", ""}
		}
	}
}

func (e *emulator) control(params string, final byte) {
	if strings.HasPrefix(params, "?") {
		return // modes
	}
	n := []int{}
	for p := range strings.SplitSeq(params, ";") {
		v, _ := strconv.Atoi(p)
		n = append(n, v)
	}
	first := max(1, n[0])
	switch final {
	case 'm':
		if params == "" || params == "0" {
			e.pen = ""
		} else {
			e.pen += params + "m"
		}
	case 'H':
		e.y, e.x = first-1, 0
		if len(n) > 1 {
			e.x = min(e.width, max(1, n[1])) - 1
		}
	case 'G':
		e.x = min(e.width, first) - 1
	case 'C':
		e.x = min(e.width-1, e.x+first)
	case 'K', 'J':
		if e.pen != "" {
			e.t.Fatalf("erases with pen %q", e.pen)
		}
		e.erase(params, final)
	case 'r':
		e.top, e.bottom, e.x, e.y = 0, len(e.cells)-1, 0, 0
		if params != "" {
			e.top, e.bottom = n[0]-1, n[1]-1
		}
	case 'M':
		for range first {
			copy(e.cells[e.y:e.bottom+1], e.cells[e.y+1:e.bottom+1])
			e.cells[e.bottom] = e.blank()
		}
	case 'L':
		for range first {
			copy(e.cells[e.y+1:e.bottom+1], e.cells[e.y:e.bottom])
			e.cells[e.y] = e.blank()
		}
	default:
		e.t.Fatalf("unknown sequence %q %q", params, final)
	}
}

func (e *emulator) erase(params string, final byte) {
	switch {
	case final == 'J' && params == "2":
		for y := range e.cells {
			e.cells[y] = e.blank()
		}
	case final == 'K' && params == "":
		for x := e.x; x < e.width; x++ {
			e.split(x)
			e.cells[e.y][x] = cell{" ", ""}
		}
	default:
		e.t.Fatalf("unknown erasing %q %q", params, final)
	}
}

// equal reports whether two screens look the same. A blank looks the same in every text colour.
func (e *emulator) equal(o *emulator) bool {
	return slices.EqualFunc(e.cells, o.cells, slices.Equal)
}

func (e *emulator) String() string {
	var b strings.Builder
	for _, row := range e.cells {
		for _, c := range row {
			b.WriteString(c.text)
		}
		b.WriteString("|\n")
	}
	return b.String()
}
