package terminal

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	keyPause   = 40 * time.Millisecond // an escape sequence that stalls this long is a typed Esc
	blockPause = time.Second           // a paste or terminal reply that stalls this long is cut off
	maxPaste   = 1 << 20               // bytes of a paste that are kept
	maxReply   = 4096                  // bytes of a terminal reply that are waited through
	maxCSI     = 64
	maxAnswer  = 64 // bytes of a terminal reply that are read
)

const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// block is what a longer stretch of input is part of.
type block int

const (
	keys  block = iota // one sequence a key
	paste              // text up to pasteEnd
	reply              // an OSC, DCS or like string, which only a terminal sends
)

// decoder turns input into messages, however it was cut into reads. What it does not know and
// what terminals answer to questions that nobody asked yields no message.
type decoder struct {
	buf     []byte // read and not yet understood
	in      block
	pasted  []byte
	skipped int    // bytes of the reply so far
	answer  []byte // the first of them, with what kind it is of
	stalled bool   // what is in buf is all that will come
}

// feed adds what was read.
func (d *decoder) feed(b []byte) {
	d.stalled = false
	d.buf = append(d.buf, b...)
}

// patience says how long to wait for the rest of what has begun; negative when nothing has.
func (d *decoder) patience() time.Duration {
	switch {
	case d.in != keys:
		return blockPause
	case len(d.buf) > 0:
		return keyPause
	}
	return -1
}

// stall says that patience is at an end.
func (d *decoder) stall() { d.stalled = true }

// next returns the next message, or nil when it needs more input.
func (d *decoder) next() tea.Msg {
	for {
		var msg tea.Msg
		n, was := 0, d.in
		switch {
		case d.in == paste:
			msg, n = d.takePaste()
		case d.in == reply:
			msg, n = d.takeReply()
		case len(d.buf) > 0:
			msg, n = d.takeKey()
		}
		d.buf = d.buf[n:]
		switch {
		case msg != nil:
			return msg
		case n > 0 || d.in != was:
		case d.in == keys || !d.stalled:
			return nil
		default: // the block was cut off
			d.in = keys
		}
	}
}

// takeKey decodes one sequence, or enters a block.
func (d *decoder) takeKey() (tea.Msg, int) {
	if bytes.HasPrefix(d.buf, []byte(pasteBegin)) {
		d.in, d.pasted = paste, nil
		return nil, len(pasteBegin)
	}
	if len(d.buf) > 2 && d.buf[0] == 0x1b && bytes.IndexByte([]byte("]P_^X"), d.buf[1]) >= 0 {
		d.in, d.skipped, d.answer = reply, 0, append(d.answer[:0], d.buf[1])
		return nil, 2
	}
	return decodeOne(d.buf, d.stalled)
}

// takePaste collects up to the end mark. A mark may be cut: its possible beginning stays.
func (d *decoder) takePaste() (tea.Msg, int) {
	end := bytes.Index(d.buf, []byte(pasteEnd))
	n := end + len(pasteEnd)
	if end < 0 {
		end = len(d.buf)
		if !d.stalled {
			end = max(0, end-len(pasteEnd)+1)
		}
		n = end
	}
	room := max(0, maxPaste-len(d.pasted))
	d.pasted = append(d.pasted, d.buf[:min(end, room)]...)
	if n == end && !d.stalled {
		return nil, n
	}
	text := bytes.ToValidUTF8(d.pasted, nil)
	d.in, d.pasted = keys, nil
	if len(text) == 0 {
		return nil, n
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(string(text)), Paste: true}, n
}

// takeReply takes a terminal's string: to its end, or to the first byte that cannot be in one, so
// that a lone Alt+] does not swallow what is typed after it.
func (d *decoder) takeReply() (tea.Msg, int) {
	for i, c := range d.buf {
		d.skipped++
		switch {
		case c == 0x1b && i+1 == len(d.buf) && !d.stalled:
			return nil, i // is it the string's end?
		case c == 0x1b && i+1 < len(d.buf) && d.buf[i+1] == '\\':
			d.in = keys
			return d.answered(), i + 2
		case c == 0x07:
			d.in = keys
			return d.answered(), i + 1
		case c < ' ' || d.skipped > maxReply:
			d.in = keys
			return nil, i
		case len(d.answer) < maxAnswer:
			d.answer = append(d.answer, c)
		}
	}
	return nil, len(d.buf)
}

// answered is what a whole reply says, if that is anything we ask for.
func (d *decoder) answered() tea.Msg {
	if text, ok := strings.CutPrefix(string(d.answer), "]"); ok {
		if dark, ok := readBackground(text); ok {
			return dark
		}
	}
	return nil
}

// decodeOne decodes the sequence that b begins with and returns its length; 0 when its end is
// missing and may still come (all says that it will not). b is not empty.
func decodeOne(b []byte, all bool) (tea.Msg, int) {
	switch c := b[0]; {
	case c == 0x1b:
		return decodeEscape(b, all)
	case c == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, 1
	case c == '\n': // Enter as it was typed before the terminal was made raw
		return tea.KeyMsg{Type: tea.KeyEnter}, 1
	case c < ' ' || c == 0x7f:
		return tea.KeyMsg{Type: tea.KeyType(c)}, 1 // Bubble Tea's control keys are their codes
	case !all && !utf8.FullRune(b):
		return nil, 0
	}
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError && n == 1 || r >= 0x80 && r < 0xa0 {
		return nil, n
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}, n
}

// decodeEscape decodes what begins with an escape character: a sequence, a key with Alt, or Esc.
func decodeEscape(b []byte, all bool) (tea.Msg, int) {
	esc := tea.KeyMsg{Type: tea.KeyEsc}
	switch {
	case len(b) == 1 && all, len(b) > 1 && b[1] == 0x1b:
		return esc, 1
	case len(b) == 1:
		return nil, 0
	case b[1] == '[' && (len(b) > 2 || !all):
		return decodeCSI(b, all)
	case b[1] == 'O' && len(b) > 2:
		if key, ok := csiKey("", b[2]); ok {
			return key, 3
		}
	case !all && len(b) == 2 && bytes.IndexByte([]byte("O]P_^X"), b[1]) >= 0:
		return nil, 0
	}
	msg, n := decodeOne(b[1:], all)
	if n == 0 {
		return nil, 0
	}
	key, ok := msg.(tea.KeyMsg)
	if !ok {
		return esc, 1 + n // before a byte that is no text
	}
	key.Alt = true
	return key, 1 + n
}

// decodeCSI decodes a control sequence: numbers, then one final byte.
func decodeCSI(b []byte, all bool) (tea.Msg, int) {
	const intro = 2
	i := intro
	for i < len(b) && i < maxCSI && b[i] >= 0x20 && b[i] < 0x40 {
		i++
	}
	if i == len(b) {
		return drop(b, i, all)
	}
	params, final := string(b[intro:i]), b[i]
	switch {
	case final < 0x40 || final > 0x7e: // cut short by something else, which counts by itself
		return nil, i
	case final == 'M' && params == "":
		return decodeX10(b, i+1, all)
	case final == '[' && params == "": // function keys of the Linux console
		if i+1 == len(b) {
			return drop(b, i+1, all)
		}
		if c := b[i+1]; c >= 'A' && c <= 'E' {
			return tea.KeyMsg{Type: tea.KeyF1 - tea.KeyType(c-'A')}, i + 2
		}
		return nil, i + 2
	case len(params) > 0 && params[0] == '<':
		return mouseSGR(params[1:], final), i + 1
	}
	if key, ok := csiKey(params, final); ok {
		return key, i + 1
	}
	return nil, i + 1
}

// drop gives up a sequence of n bytes that breaks off, once all has come.
func drop(b []byte, n int, all bool) (tea.Msg, int) {
	if all {
		return nil, min(n, len(b))
	}
	return nil, 0
}
