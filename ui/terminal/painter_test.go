package terminal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"
)

// drawFull writes a frame onto a fresh screen the simple way.
func drawFull(t testing.TB, frame string, width, height int) *emulator {
	e := newEmulator(t, width, height)
	for y, row := range strings.Split(frame, "\n") {
		if y < height {
			e.write(fmt.Sprintf("\x1b[%dH%s\x1b[m", y+1, row))
		}
	}
	return e
}

// pieces are what random rows are made of: plain, wide, joined, styled, and long blanks.
var pieces = []string{
	"a", "bc", " ", "        ", "12.50", "ü", "é", "e\u0301", "\u0301", "世界", "👍", "│", "·",
	"\x1b[1m", "\x1b[7m", "\x1b[31m", "\x1b[0;4m", "\x1b[38;2;1;2;3m", "\x1b[0m", "\x1b[m", "same start ",
}

func drawRow(t *rapid.T, width int) string {
	var b strings.Builder
	used := 0
	for range rapid.IntRange(0, 12).Draw(t, "pieces") {
		p := rapid.SampledFrom(pieces).Draw(t, "piece")
		if p[0] != 0x1b {
			used += runewidth.StringWidth(p)
		}
		if used > width {
			break
		}
		b.WriteString(p)
	}
	return b.String()
}

// change is one step from a frame to the next, as programs make them.
func change(t *rapid.T, rows []string, width int) []string {
	next := append([]string(nil), rows...)
	at := rapid.IntRange(0, len(next)-1).Draw(t, "at")
	switch rapid.SampledFrom([]string{"row", "up", "down", "all", "same", "swap"}).Draw(t, "change") {
	case "row":
		next[at] = drawRow(t, width)
	case "up": // rows from at on scroll, those before stay
		n := rapid.IntRange(1, len(next)-at).Draw(t, "by")
		copy(next[at:], rows[at+n:])
		for y := len(next) - n; y < len(next); y++ {
			next[y] = drawRow(t, width)
		}
	case "down":
		n := rapid.IntRange(1, at+1).Draw(t, "by")
		copy(next[n:at+1], rows[:at+1-n])
		for y := range n {
			next[y] = drawRow(t, width)
		}
	case "all":
		for y := range next {
			next[y] = drawRow(t, width)
		}
	case "swap":
		other := rapid.IntRange(0, len(next)-1).Draw(t, "other")
		next[at], next[other] = next[other], next[at]
	}
	return next
}

// TestPaintedEqualsFull: after any sequence of frames and resizes the screen shows the last frame.
func TestPaintedEqualsFull(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var p painter
		var screen *emulator
		var rows []string
		width := 0
		for range rapid.IntRange(1, 12).Draw(rt, "frames") {
			if screen == nil || rapid.IntRange(0, 7).Draw(rt, "resize") == 0 {
				width = rapid.IntRange(1, 40).Draw(rt, "width")
				rows = make([]string, rapid.IntRange(1, 14).Draw(rt, "height"))
				for y := range rows {
					rows[y] = drawRow(rt, width)
				}
				screen = newEmulator(t, width, len(rows))
				screen.write("left\x1b[1;1Hover") // what a resize leaves behind
				p.resize(width, len(rows))
			} else {
				rows = change(rt, rows, width)
			}
			frame := strings.Join(rows, "\n")
			screen.write(string(p.paint(frame)))
			if want := drawFull(t, frame, width, len(rows)); !screen.equal(want) {
				rt.Fatalf("frame %q\nscreen:\n%swant:\n%s", frame, screen, want)
			}
			if screen.pen != "" || screen.top != 0 || screen.bottom != len(rows)-1 {
				rt.Fatalf("pen %q, region %d-%d left behind", screen.pen, screen.top, screen.bottom)
			}
		}
	})
}

func TestPaintNothingWhenUnchanged(t *testing.T) {
	var p painter
	if b := p.paint("a"); len(b) != 0 {
		t.Errorf("painted %q before the size was known", b)
	}
	p.resize(9, 2)
	p.paint("a\nb")
	if b := p.paint("a\nb"); len(b) != 0 {
		t.Errorf("painted %q for the same frame", b)
	}
	if b := p.paint("a\nb\nbeyond the screen"); len(b) != 0 {
		t.Errorf("painted %q for a change below the screen", b)
	}
	p.forget()
	if b := string(p.paint("a\nb")); !strings.Contains(b, "\x1b[2J") {
		t.Errorf("painted %q, want all of it", b)
	}
}

// TestPaintOnlySGR: a frame cannot command the terminal.
func TestPaintOnlySGR(t *testing.T) {
	for _, row := range []string{"\x1b]52;c;AAAA\x07", "\x1b[2J", "\x1b[6n", "\u009b6n", "\x9b6n", "a\rb\tc\x08", "\x1b", "\x1b[", "\x1bc"} {
		var p painter
		p.resize(99, 1)
		got := strings.TrimPrefix(string(p.paint(row)), syncBegin+"\x1b[m\x1b[2J\x1b[1H")
		got = strings.TrimSuffix(got, syncEnd)
		if strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
			t.Errorf("row %q is painted as %q", row, got)
		}
	}
}

// TestPaintSteps: the bytes for common changes, exactly.
// Terminals disagree about the width of some text. A figure behind it stands in its column all the
// same: it is put there by number, not by counting.
func TestTextOfDoubtfulWidthPushesNothing(t *testing.T) {
	for row, want := range map[string]string{
		"  Café Nord      -12.00":          "  Café Nord      -12.00",
		"› 日本      -12.00":                 "› 日本      \x1b[13G-12.00",
		"ไทย क्ष 한  x  -1.00":              "ไทย क्ष 한  \x1b[11Gx  -1.00",
		"\x1b[1m👩‍👧 Store   -41.40\x1b[0m": "\x1b[1m👩‍👧 \x1b[4GStore   -41.40\x1b[0m",
		"日本語": "日本語",
	} {
		got := string(appendText(nil, row, false, 0))
		if plain := strings.ReplaceAll(got, "\x1b[5C", "     "); plain != want {
			t.Errorf("%q is painted as %q, want %q", row, plain, want)
		}
	}
}

func TestPaintSteps(t *testing.T) {
	const head = "0123456789 "
	for _, c := range []struct{ name, from, to, want string }{
		{"one row", "a\nb\nc", "a\nx\nc", "\x1b[2H\x1b[Kx"},
		{"not past the last column", head + "123456789", head + "123456789\x1b[m", "\x1b[1H\x1b[K" + head + "123456789\x1b[m"},
		{"not before a mark in another style", head + "x", head + "x\x1b[1m\u0301", "\x1b[1;12H\x1b[Kx\x1b[1m\u0301\x1b[m"},
		{"two rows in a row", "a\nb\nc", "a\nx\ny", "\x1b[2H\x1b[Kx\r\n\x1b[Ky"},
		{"a longer start is kept", head + "one", head + "two", "\x1b[1;12H\x1b[Ktwo"},
		{"with its style", "\x1b[1m" + head + "one\x1b[m", "\x1b[1m" + head + "two\x1b[m", "\x1b[1;12H\x1b[K\x1b[1mtwo\x1b[m"},
		{"not before a mark", head + "xe", head + "xe\u0301", "\x1b[1;13H\x1b[Ke\u0301"},
		{"gaps and ends are stepped over", "", "a        b     ", "\x1b[1Ha\x1b[7C b"},
		{"but not where they show", "", "\x1b[7ma        \x1b[m", "\x1b[1H\x1b[7ma        \x1b[m"},
		{"scrolled up", lines("head", 1, 6, "foot"), lines("head", 2, 7, "foot"), "\x1b[2;7r\x1b[2H\x1b[1M\x1b[r\x1b[7Hrow number 7"},
		{"scrolled down", lines("head", 2, 7, "foot"), lines("head", 1, 6, "foot"), "\x1b[2;7r\x1b[2H\x1b[1L\x1b[r\x1b[2Hrow number 1"},
	} {
		var p painter
		p.resize(20, strings.Count(c.to, "\n")+1)
		p.paint(c.from)
		if got := string(p.paint(c.to)); got != syncBegin+c.want+syncEnd {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func lines(head string, from, to int, foot string) string {
	rows := []string{head}
	for i := from; i <= to; i++ {
		rows = append(rows, fmt.Sprintf("row number %d", i))
	}
	return strings.Join(append(rows, foot), "\n")
}

// list is a screen of 120x40 like tartan's own: 38 rows of a table, the chosen one reversed.
func list(top, chosen int) string {
	rows := []string{"\x1b[1mtartan\x1b[0m  practice bank"}
	for i := top; i < top+38; i++ {
		row := fmt.Sprintf("  2016-%02d-%02d  %-46s %12d.%02d  %-24s %-18s", i%12+1, i%28+1, strings.Repeat("Coffee ", i%6+1), i*37%900, i%100, "Food and drink", "Everyday Checking")
		if i == chosen {
			row = "\x1b[7m" + row + "\x1b[0m"
		}
		rows = append(rows, row)
	}
	return strings.Join(append(rows, fmt.Sprintf("%d of 100000", chosen)), "\n")
}

func benchPaint(b *testing.B, frames ...string) {
	var p painter
	p.resize(120, 40)
	p.paint(frames[len(frames)-1])
	bytes := 0
	for i := 0; b.Loop(); i++ {
		bytes = max(bytes, len(p.paint(frames[i%len(frames)])))
	}
	b.ReportMetric(float64(bytes), "bytes/frame")
}

func BenchmarkPaintCursor(b *testing.B) { benchPaint(b, list(0, 5), list(0, 6)) }
func BenchmarkPaintScroll(b *testing.B) { benchPaint(b, list(0, 37), list(1, 38)) }
func BenchmarkPaintPage(b *testing.B)   { benchPaint(b, list(0, 0), list(38, 38)) }
func BenchmarkPaintSame(b *testing.B)   { benchPaint(b, list(0, 0)) }

// TestPaintBytes holds the limits of performance.md G13.
func TestPaintBytes(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to string
		limit    int
	}{
		{"cursor", list(0, 5), list(0, 6), 330},
		{"page", list(0, 0), list(38, 38), 5300},
	} {
		var p painter
		p.resize(120, 40)
		p.paint(c.from)
		if n := len(p.paint(c.to)); n == 0 || n > c.limit {
			t.Errorf("%s: %d bytes, want at most %d", c.name, n, c.limit)
		}
	}
}
