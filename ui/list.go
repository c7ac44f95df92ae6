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
	height int // rows in view
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
	l.from = max(0, min(l.from, l.rows-l.height))
	switch {
	case l.cursor < l.from:
		l.from = l.cursor
	case l.cursor >= l.from+l.height && l.height > 0:
		l.from = l.cursor - l.height + 1
	}
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
	l.from = max(0, min(l.from+rows, l.rows-l.height))
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

// click puts the cursor on the row at a line of the list, and reports whether it was on it already:
// the second click opens.
func (l *list) click(msg tea.MouseMsg, line int) (on, again bool) {
	if msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress || line < 0 || line >= l.height || l.from+line >= l.rows {
		return false, false
	}
	again = l.cursor == l.from+line
	l.to(l.from + line)
	return true, again
}
