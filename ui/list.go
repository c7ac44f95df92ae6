package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// list is the cursor over any number of rows, of which a window is seen. It knows nothing of what
// the rows hold: only the rows in view are ever asked for.
type list struct {
	rows   int
	cursor int
	from   int // first row in view
	height int // lines in view

	above func(row int) int // lines that stand above a row besides its own; nil for none anywhere
}

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3

// resize sets how many rows there are and how many are seen, keeping the cursor in view.
func (l *list) resize(rows, height int) {
	l.rows, l.height = max(rows, 0), max(height, 0)
	l.to(l.cursor)
}

// to puts the cursor on a row and scrolls as little as that needs.
func (l *list) to(row int) {
	l.cursor = max(0, min(row, l.rows-1))
	l.from = max(0, min(l.from, l.first(l.rows-1)))
	switch first := l.first(l.cursor); {
	case l.cursor < l.from:
		l.from = l.cursor
	case l.from < first:
		l.from = first
	}
}

// lines is how many lines a row takes with what stands above it.
func (l *list) lines(row int) int {
	if l.above == nil {
		return 1
	}
	return 1 + l.above(row)
}

// first is the first row in view where this one is the last.
func (l *list) first(row int) int {
	if l.above == nil {
		return max(0, row-max(l.height, 1)+1)
	}
	room := l.height - l.lines(row)
	for ; row > 0 && room >= l.lines(row-1); row-- {
		room -= l.lines(row - 1)
	}
	return max(row, 0)
}

// move answers the keys and the wheel that move a cursor, and reports whether msg was one.
func (l *list) move(k keys, msg tea.Msg) bool {
	half := max(1, l.height/2)
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch {
		case key.Matches(msg, k.up):
			l.to(l.cursor - 1)
		case key.Matches(msg, k.down):
			l.to(l.cursor + 1)
		case key.Matches(msg, k.pageUp):
			l.page(-half)
		case key.Matches(msg, k.pageDown):
			l.page(half)
		case key.Matches(msg, k.first):
			l.to(0)
		case key.Matches(msg, k.last):
			l.to(l.rows - 1)
		default:
			return false
		}
		return true
	case tea.MouseMsg:
		return l.wheel(msg)
	}
	return false
}

// page moves cursor and window together.
func (l *list) page(rows int) {
	l.from = max(0, min(l.from+rows, l.first(l.rows-1)))
	l.to(l.cursor + rows)
}

func (l *list) wheel(msg tea.MouseMsg) bool {
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		l.page(-wheelRows)
	case tea.MouseButtonWheelDown:
		l.page(wheelRows)
	default:
		return false
	}
	return true
}

// inView are the rows in view.
func (l *list) inView() []int {
	var all []int
	for row := l.from; row < min(l.from+l.height, l.rows); row++ {
		all = append(all, row)
	}
	return all
}

// view draws the rows in view, one line each, and blank lines below them.
func (l *list) view(draw func(row int, current bool) string) []string {
	lines := make([]string, 0, l.height)
	for row := l.from; row < min(l.from+l.height, l.rows); row++ {
		lines = append(lines, draw(row, row == l.cursor))
	}
	for len(lines) < l.height {
		lines = append(lines, "")
	}
	return lines
}

// at is the row at a line in view, or -1.
func (l *list) at(line int) int {
	for row := l.from; row < l.rows && line >= 0 && line < l.height; row++ {
		if line -= l.lines(row); line == -1 {
			return row
		} else if line < 0 {
			return -1
		}
	}
	return -1
}

// click puts the cursor on the row at a line of the list, and reports whether it was on it already:
// the second click opens.
func (l *list) click(msg tea.MouseMsg, line int) (on, again bool) {
	row := l.at(line)
	if msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress || row < 0 {
		return false, false
	}
	again = l.cursor == row
	l.to(row)
	return true, again
}
