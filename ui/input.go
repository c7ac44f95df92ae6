package ui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// inputMost is how many letters a field takes; a longer paste is cut.
const inputMost = 512

// input is one line of text being typed. What it holds is never trimmed or altered: it may be a
// password.
//
// bubbles/textinput is not used here: it looks through PATH for clipboard programs at every start,
// and turns the line break that ends a pasted password into a space of that password.
type input struct {
	text  []rune
	at    int  // cursor: how many letters stand before it
	offer bool // the text was offered, not typed: typing replaces it, any other key takes it
	apart bool // a code: its letters stand apart for reading, and what stands between them is not taken
}

// value is what has been typed.
func (i *input) value() string { return string(i.text) }

// set replaces what has been typed and puts the cursor behind it.
func (i *input) set(text string) {
	i.text = []rune(text)
	i.at = len(i.text)
}

// clear forgets what has been typed, overwriting the letters this field held.
func (i *input) clear() {
	clear(i.text)
	i.text, i.at, i.offer = nil, 0, false
}

// key edits the text and reports whether msg was an edit. Keys that mean something to a form
// (enter, tab, esc) are not.
func (i *input) key(msg tea.KeyMsg) bool {
	if i.offer && msg.Type == tea.KeyRunes && !msg.Alt {
		i.clear()
	}
	i.offer = false
	switch msg.Type {
	case tea.KeyRunes, tea.KeySpace:
		if msg.Alt {
			return false
		}
		i.insert(msg.Runes)
	case tea.KeyBackspace:
		i.remove(i.at-1, i.at)
	case tea.KeyDelete, tea.KeyCtrlD:
		i.remove(i.at, i.at+1)
	case tea.KeyLeft, tea.KeyCtrlB:
		i.at = max(0, i.at-1)
	case tea.KeyRight:
		i.at = min(len(i.text), i.at+1)
	case tea.KeyHome, tea.KeyCtrlA:
		i.at = 0
	case tea.KeyEnd, tea.KeyCtrlE:
		i.at = len(i.text)
	case tea.KeyCtrlU:
		i.remove(0, i.at)
	case tea.KeyCtrlK:
		i.remove(i.at, len(i.text))
	case tea.KeyCtrlW:
		i.remove(i.wordStart(), i.at)
	default:
		return false
	}
	return true
}

// insert puts letters at the cursor. A paste ends with its first line; other control characters
// cannot be typed and are left out.
func (i *input) insert(letters []rune) {
	if end := slices.IndexFunc(letters, func(r rune) bool { return r == '\n' || r == '\r' }); end >= 0 {
		letters = letters[:end]
	}
	typed := make([]rune, 0, len(letters))
	for _, r := range letters {
		if !unicode.IsControl(r) && (!i.apart || r != ' ' && r != '-') {
			typed = append(typed, r)
		}
	}
	typed = typed[:max(0, min(len(typed), inputMost-len(i.text)))]
	text := make([]rune, 0, len(i.text)+len(typed))
	text = append(append(append(text, i.text[:i.at]...), typed...), i.text[i.at:]...)
	clear(i.text)
	i.text, i.at = text, i.at+len(typed)
}

func (i *input) remove(from, to int) {
	from, to = max(from, 0), min(to, len(i.text))
	if from >= to {
		return
	}
	i.text = append(i.text[:from], i.text[to:]...)
	clear(i.text[len(i.text):cap(i.text)])
	i.at = from
}

func (i *input) wordStart() int {
	at := i.at
	for at > 0 && i.text[at-1] == ' ' {
		at--
	}
	for at > 0 && i.text[at-1] != ' ' {
		at--
	}
	return at
}

// view draws the text with the cursor in it, if it has the focus, within cells. The part around
// the cursor stays in view. A hidden field shows a dot a letter.
func (i *input) view(cells int, focus, hidden bool) string {
	before, after := string(i.text[:i.at]), string(i.text[i.at:])
	if hidden {
		before, after = strings.Repeat("•", i.at), strings.Repeat("•", len(i.text)-i.at)
	}
	if i.apart {
		before, after = strings.Join(strings.Split(before, ""), " "), strings.Join(strings.Split(after, ""), " ")
		if before != "" && after != "" {
			after = " " + after
		}
	}
	if !focus {
		return cut(before+after, cells)
	}
	for width(before) >= max(cells, 1) {
		_, first := utf8.DecodeRuneInString(before)
		before = before[first:]
	}
	return before + "▏" + cut(after, cells-width(before)-1)
}
