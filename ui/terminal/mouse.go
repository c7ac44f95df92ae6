package terminal

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// mouseSGR decodes "button;column;row" of an SGR mouse report; nil when it is none.
func mouseSGR(params string, final byte) tea.Msg {
	fields := strings.Split(params, ";")
	if len(fields) != 3 || final != 'M' && final != 'm' {
		return nil
	}
	button, x, y := number(fields[0]), number(fields[1]), number(fields[2])
	if button < 0 || x < 1 || y < 1 {
		return nil
	}
	msg := mouse(button, x-1, y-1)
	if final == 'm' {
		msg.Action = tea.MouseActionRelease
	}
	return msg
}

// decodeX10 decodes the older report, three bytes after b[:intro], from terminals without the newer.
func decodeX10(b []byte, intro int, all bool) (tea.Msg, int) {
	if len(b) < intro+3 {
		return drop(b, len(b), all)
	}
	button, x, y := int(b[intro])-32, int(b[intro+1])-33, int(b[intro+2])-33
	if button < 0 || x < 0 || y < 0 {
		return nil, intro + 3
	}
	msg := mouse(button, x, y)
	if button&^0b11100 == 3 { // which button was let go is not told
		msg.Button, msg.Action = tea.MouseButtonNone, tea.MouseActionRelease
	}
	return msg, intro + 3
}

// mouse reads the bits of a report: 0–1 button, 2 Shift, 3 Alt, 4 Ctrl, 5 motion, 6 wheel, 7 more
// buttons. Columns and rows count from 0.
func mouse(bits, x, y int) tea.MouseMsg {
	msg := tea.MouseMsg{X: x, Y: y, Shift: bits&4 != 0, Alt: bits&8 != 0, Ctrl: bits&16 != 0}
	button := tea.MouseButton(bits & 3)
	switch {
	case bits&128 != 0:
		msg.Button = tea.MouseButtonBackward + button
	case bits&64 != 0:
		msg.Button = tea.MouseButtonWheelUp + button
	case button == 3:
		msg.Button = tea.MouseButtonNone
	default:
		msg.Button = tea.MouseButtonLeft + button
	}
	if bits&32 != 0 && bits&64 == 0 {
		msg.Action = tea.MouseActionMotion
	}
	return msg
}
