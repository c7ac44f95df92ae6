package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	minSkip = 8 // cells at the start of a row that are worth a longer cursor move
	minGap  = 6 // blanks that are worth a cursor move
)

// start is the part of a row that two versions of it share.
type start struct {
	bytes, cells int
	pen          []byte // the SGR sequences in force after it; none when plain
}

// commonStart measures what old and new share from the left. It counts cells only where that is
// beyond doubt, in printable ASCII and signs that are certain, and stops before anything else: a rune
// whose width the terminal may see differently, or a mark that joins the cell before it.
func commonStart(old, new string) start {
	var s start
	cell := 0 // bytes of the last step, if it was a cell
	for s.bytes < len(old) && s.bytes < len(new) {
		c := new[s.bytes]
		if c == 0x1b {
			n := sgrLen(new[s.bytes:])
			if n == 0 || !strings.HasPrefix(old[s.bytes:], new[s.bytes:s.bytes+n]) {
				break
			}
			s.pen = appendPen(s.pen, new[s.bytes:s.bytes+n])
			s.bytes, cell = s.bytes+n, 0
			continue
		}
		n := sureCell(new[s.bytes:])
		if n == 0 || !strings.HasPrefix(old[s.bytes:], new[s.bytes:s.bytes+n]) {
			break
		}
		s.bytes, s.cells, cell = s.bytes+n, s.cells+1, n
	}
	if !wideAt(old, s.bytes) && !wideAt(new, s.bytes) {
		return s
	}
	if cell == 0 {
		return start{}
	}
	s.bytes, s.cells = s.bytes-cell, s.cells-1
	return s
}

// sureCell is the length of the rune that s begins with, where every terminal gives it one cell, or 0.
func sureCell(s string) int {
	if c := s[0]; c < utf8.RuneSelf {
		if c < ' ' || c == 0x7f {
			return 0
		}
		return 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r < 0xa0 || r == utf8.RuneError || !certain(r) {
		return 0
	}
	return n
}

// wideAt reports whether the next text from byte i begins with anything but ASCII.
func wideAt(s string, i int) bool {
	for i < len(s) && sgrLen(s[i:]) > 0 {
		i += sgrLen(s[i:])
	}
	return i < len(s) && s[i] >= utf8.RuneSelf
}

// appendPen adds one SGR sequence to those in force.
func appendPen(pen []byte, sgr string) []byte {
	switch {
	case isReset(sgr):
		return pen[:0]
	case strings.HasPrefix(sgr, "\x1b[0;"):
		pen = pen[:0]
	}
	return append(pen, sgr...)
}

// sgrLen returns the length of the SGR sequence that s begins with, or 0.
func sgrLen(s string) int {
	if len(s) < 3 || s[0] != 0x1b || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

func isReset(sgr string) bool { return sgr == "\x1b[m" || sgr == "\x1b[0m" }

// rowWriter writes the text of one row.
type rowWriter struct {
	b      []byte
	at     int  // cells written, as we count them
	styled bool // the pen is not plain
	adrift bool // the terminal may count otherwise since a sign that terminals disagree about
	gap    bool // blanks have been written since
}

// appendText appends a row's text, to be written on erased cells from cell at on, and ends with a
// plain pen. Plain blanks are stepped over, not sent. Controls other than SGR are left out: whatever
// a frame holds, it cannot command the terminal. What follows a gap after text of doubtful width is
// put where it belongs by its column, so that no figure is pushed out of its place.
func appendText(b []byte, s string, styled bool, at int) []byte {
	w := rowWriter{b: b, at: at, styled: styled}
	for i := 0; i < len(s); {
		i += w.next(s[i:])
	}
	if w.styled {
		w.b = append(w.b, "\x1b[m"...)
	}
	return w.b
}

// next writes what s begins with and returns how many bytes that was.
func (w *rowWriter) next(s string) int {
	c := s[0]
	switch {
	case c == ' ' && !w.styled:
		n := blanks(s)
		w.b = appendGap(w.b, s[n:], n)
		w.at, w.gap = w.at+n, true
		return n
	case c >= ' ' && c < 0x7f:
		if c == ' ' {
			w.gap = true
		} else if w.adrift && w.gap {
			w.b = appendCSI(w.b, 'G', w.at+1)
			w.adrift = false
		}
		w.b = append(w.b, c)
		w.at++
		return 1
	case c == 0x1b:
		n := sgrLen(s)
		if n > 0 {
			w.b = append(w.b, s[:n]...)
			w.styled = !isReset(s[:n])
		}
		return max(n, 1)
	case c < utf8.RuneSelf:
		return 1
	}
	return w.foreign(s)
}

// foreign writes the text up to the next ASCII character.
func (w *rowWriter) foreign(s string) int {
	end := 0
	for end < len(s) && s[end] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(s[end:])
		if r >= 0xa0 && (r != utf8.RuneError || n > 1) {
			w.b = append(w.b, s[end:end+n]...)
			if !certain(r) {
				w.adrift, w.gap = true, false
			}
		}
		end += n
	}
	w.at += ansi.StringWidth(s[:end])
	return end
}

// certain reports whether every terminal gives r one cell: Latin, Greek and Cyrillic letters, and
// the punctuation, arrows, lines, blocks and dots that frames are made of.
func certain(r rune) bool {
	return r < 0x300 || r >= 0x370 && r < 0x530 && unicode.IsLetter(r) || r >= 0x2010 && r < 0x2028 ||
		r >= 0x2030 && r < 0x205f || r >= 0x2190 && r < 0x2200 || r >= 0x2500 && r < 0x25a0 || r >= 0x2800 && r < 0x2900
}

func blanks(s string) int {
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

// appendGap appends n blanks that are followed by rest.
func appendGap(b []byte, rest string, n int) []byte {
	if rest == "" {
		return b
	}
	if n >= minGap {
		b = appendCSI(b, 'C', n-1) // the last one is sent: a mark in rest may join it
		n = 1
	}
	for range n {
		b = append(b, ' ')
	}
	return b
}
