package terminal

import (
	"hash/maphash"
	"strconv"
	"strings"
)

// Bytes around a frame: a terminal that knows mode 2026 shows the whole change at once.
const (
	syncBegin = "\x1b[?2026h"
	syncEnd   = "\x1b[?2026l"
)

// painter turns frames into the bytes that change the screen from the last one. Between frames
// the pen is plain, no scroll region is set, and the cursor may be anywhere.
type painter struct {
	width, height int

	shown  []string // the rows on screen; nil when unknown
	frame  string   // their source
	spare  []string // the other rows slice, for reuse
	buf    []byte
	hashes []uint64
	seed   maphash.Seed
}

// resize sets the size of the screen and forgets what is on it.
func (p *painter) resize(width, height int) {
	if p.height == 0 {
		p.seed = maphash.MakeSeed()
	}
	p.width, p.height = width, height
	p.forget()
}

// forget makes the next frame a full one.
func (p *painter) forget() { p.shown = nil }

// paint returns the bytes that make the screen show frame, none if it does already. They are
// valid until the next call.
func (p *painter) paint(frame string) []byte {
	if p.height == 0 || p.shown != nil && frame == p.frame {
		return nil
	}
	next := p.rows(frame)
	b := append(p.buf[:0], syncBegin...)
	if p.shown == nil {
		b = append(b, "\x1b[m\x1b[2J"...)
		p.shown = make([]string, p.height)
	} else {
		b = p.scroll(b, next)
	}
	above := -2 // the row the cursor is known to be on
	for y, row := range next {
		if row != p.shown[y] {
			b = p.appendRow(b, y, above, row)
			above = y
		}
	}
	p.buf, p.frame = b, frame
	p.shown, p.spare = next, p.shown
	if len(b) == len(syncBegin) {
		return nil
	}
	p.buf = append(b, syncEnd...)
	return p.buf
}

// rows splits frame into exactly as many rows as the screen has.
func (p *painter) rows(frame string) []string {
	rows := p.spare[:0]
	for len(rows) < p.height {
		row, rest, _ := strings.Cut(frame, "\n")
		rows, frame = append(rows, row), rest
	}
	return rows
}

// appendRow repaints row y as new, by the shorter way: from the left edge, or from the first cell
// that differs.
func (p *painter) appendRow(b []byte, y, above int, new string) []byte {
	old := p.shown[y]
	same := commonStart(old, new)
	switch {
	case same.cells >= minSkip && same.cells < p.width:
		b = appendCSI(b, 'H', y+1, same.cells+1)
		if old != "" {
			b = append(b, "\x1b[K"...)
		}
		b = append(b, same.pen...)
		return appendText(b, new[same.bytes:], len(same.pen) > 0, same.cells)
	case above == y-1:
		b = append(b, "\r\n"...)
	default:
		b = appendCSI(b, 'H', y+1)
	}
	// Erased before it is written: after text in the last column, erasing would take that cell.
	if old != "" {
		b = append(b, "\x1b[K"...)
	}
	return appendText(b, new, false, 0)
}

// move is a block of rows that stands n rows higher in the new frame (lower if n is negative).
// Rows top to bottom scroll, bottom included; gain is what need not be sent again, in bytes.
type move struct {
	top, bottom, n int
	gain           int
}

// scrollCost is about what scrolling a region takes in bytes.
const scrollCost = 24

// scroll moves rows on screen where that is cheaper than sending them again.
func (p *painter) scroll(b []byte, next []string) []byte {
	m := p.bestMove(next)
	if m.gain <= scrollCost {
		return b
	}
	b = appendCSI(b, 'r', m.top+1, m.bottom+1)
	b = appendCSI(b, 'H', m.top+1)
	rows := p.shown[m.top : m.bottom+1]
	if m.n > 0 {
		b = appendCSI(b, 'M', m.n)
		copy(rows, rows[m.n:])
		clear(rows[len(rows)-m.n:])
	} else {
		b = appendCSI(b, 'L', -m.n)
		copy(rows[-m.n:], rows)
		clear(rows[:-m.n])
	}
	return append(b, "\x1b[r"...)
}

// bestMove finds the block of rows whose moving saves most. It compares hashes: a collision makes
// a poor choice, never a wrong screen, since scroll keeps the books by what it moved.
func (p *painter) bestMove(next []string) move {
	old, now := p.hashRows(next)
	changed := 0
	for y := range now {
		if now[y] != old[y] {
			changed++
		}
	}
	var best move
	if changed < 3 {
		return best
	}
	for n := 1 - len(now); n < len(now); n++ {
		if n != 0 {
			best = longestRun(old, now, next, n, best)
		}
	}
	return best
}

// hashRows returns the hashes of the rows on screen and of the rows to come.
func (p *painter) hashRows(next []string) (old, now []uint64) {
	p.hashes = p.hashes[:0]
	for _, rows := range [][]string{p.shown, next} {
		for _, row := range rows {
			p.hashes = append(p.hashes, maphash.String(p.seed, row))
		}
	}
	return p.hashes[:len(next)], p.hashes[len(next):]
}

// longestRun returns best, or a better block among those that stand n rows higher now.
func longestRun(old, now []uint64, next []string, n int, best move) move {
	first, last := max(0, -n), len(now)-max(0, n)
	for y := first; y < last; {
		if now[y] != old[y+n] {
			y++
			continue
		}
		m := move{top: y, n: n}
		for ; y < last && now[y] == old[y+n]; y++ {
			if now[y] != old[y] {
				m.gain += len(next[y])
			}
		}
		m.bottom = y - 1
		bared := [2]int{m.bottom + 1, m.bottom + n} // rows that scrolling leaves blank
		if n < 0 {
			bared = [2]int{m.top + n, m.top - 1}
		}
		m.top, m.bottom = min(m.top, bared[0]), max(m.bottom, bared[1])
		for i := bared[0]; i <= bared[1]; i++ {
			if now[i] == old[i] {
				m.gain -= len(next[i])
			}
		}
		if m.gain > best.gain {
			best = m
		}
	}
	return best
}

// appendCSI appends a control sequence with its numbers.
func appendCSI(b []byte, final byte, numbers ...int) []byte {
	b = append(b, "\x1b["...)
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ';')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, final)
}
