package terminal

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// variants are the messages of one key: alone, with Shift, with Ctrl, with both. Zero where
// Bubble Tea knows no such key.
type variants struct{ plain, shift, ctrl, both tea.KeyType }

// finals are the keys told by the last byte of their sequence.
var finals = map[byte]variants{
	'A': {tea.KeyUp, tea.KeyShiftUp, tea.KeyCtrlUp, tea.KeyCtrlShiftUp},
	'B': {tea.KeyDown, tea.KeyShiftDown, tea.KeyCtrlDown, tea.KeyCtrlShiftDown},
	'C': {tea.KeyRight, tea.KeyShiftRight, tea.KeyCtrlRight, tea.KeyCtrlShiftRight},
	'D': {tea.KeyLeft, tea.KeyShiftLeft, tea.KeyCtrlLeft, tea.KeyCtrlShiftLeft},
	'F': end,
	'H': home,
	'P': {plain: tea.KeyF1, shift: tea.KeyF13},
	'Q': {plain: tea.KeyF2, shift: tea.KeyF14},
	'R': {plain: tea.KeyF3, shift: tea.KeyF15},
	'S': {plain: tea.KeyF4, shift: tea.KeyF16},
	'Z': {plain: tea.KeyShiftTab},
}

// numbered are the keys told by a number, their sequence ending in a tilde.
var numbered = map[int]variants{
	1: home, 7: home,
	4: end, 8: end,
	2:  {plain: tea.KeyInsert},
	3:  {plain: tea.KeyDelete},
	5:  {plain: tea.KeyPgUp, ctrl: tea.KeyCtrlPgUp},
	6:  {plain: tea.KeyPgDown, ctrl: tea.KeyCtrlPgDown},
	11: {plain: tea.KeyF1}, 12: {plain: tea.KeyF2}, 13: {plain: tea.KeyF3}, 14: {plain: tea.KeyF4},
	15: {plain: tea.KeyF5, shift: tea.KeyF17}, 17: {plain: tea.KeyF6, shift: tea.KeyF18},
	18: {plain: tea.KeyF7, shift: tea.KeyF19}, 19: {plain: tea.KeyF8, shift: tea.KeyF20},
	20: {plain: tea.KeyF9}, 21: {plain: tea.KeyF10}, 23: {plain: tea.KeyF11}, 24: {plain: tea.KeyF12},
	25: {plain: tea.KeyF13}, 26: {plain: tea.KeyF14}, 28: {plain: tea.KeyF15}, 29: {plain: tea.KeyF16},
	31: {plain: tea.KeyF17}, 32: {plain: tea.KeyF18}, 33: {plain: tea.KeyF19}, 34: {plain: tea.KeyF20},
}

var (
	home = variants{tea.KeyHome, tea.KeyShiftHome, tea.KeyCtrlHome, tea.KeyCtrlShiftHome}
	end  = variants{tea.KeyEnd, tea.KeyShiftEnd, tea.KeyCtrlEnd, tea.KeyCtrlShiftEnd}
)

// csiKey decodes the parameters and the final byte of a control sequence as xterm, VTE and the
// Linux console send them; false when it is no key.
func csiKey(params string, final byte) (tea.KeyMsg, bool) {
	first, second, two := strings.Cut(params, ";")
	code, mods := number(first), 1
	if two {
		mods = number(second)
	}
	if code < 0 || mods < 1 || mods > 16 {
		return tea.KeyMsg{}, false
	}
	v, ok := finals[final]
	switch {
	case final == '~':
		v, ok = numbered[code]
	case code > 1: // a report of the terminal, such as the cursor's position
		ok = false
	}
	if !ok {
		return tea.KeyMsg{}, false
	}
	return v.with(mods - 1), true
}

// with picks the variant for xterm's modifier bits: 1 Shift, 2 Alt, 4 Ctrl, 8 Meta.
func (v variants) with(bits int) tea.KeyMsg {
	key := tea.KeyMsg{Type: v.plain, Alt: bits&(2|8) != 0}
	chosen := [...]tea.KeyType{v.plain, v.shift, v.ctrl, v.both}[bits&1|bits&4>>1]
	if chosen != 0 {
		key.Type = chosen
	}
	return key
}

// number reads a parameter: 1 when absent, negative when it is none.
func number(s string) int {
	if s == "" {
		return 1
	}
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return -1
	}
	return int(n)
}
