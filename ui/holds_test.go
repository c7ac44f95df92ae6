package ui

import (
	"regexp"
	"strings"

	"github.com/muesli/termenv"
	"pgregory.net/rapid"
)

// check holds after every message of every test: the frame is exactly as large as the terminal, has a
// footer, is in no more than the terminal can show, and tells no amount that is hidden.
func (d *driver) check() {
	d.t.Helper()
	a := d.app.(*app)
	look := a.stack.env.look
	now := sight{a.View(), a.frame.width, a.frame.height, look.hidden}
	if now.view == "" || now == d.checked {
		return
	}
	d.checked = now
	view, c := now.view, a.stack.top().Chrome()
	framed(d.t, view, now.width, now.height, c.bare || c.hold)
	spoken(d.t, view, look.Look)
	if look.hidden {
		silent(d.t, view)
	}
}

// sight is a frame, and what it has to hold by.
type sight struct {
	view          string
	width, height int
	hidden        bool
}

// framed fails unless a frame is exactly as large as the terminal, with the keys that work in its
// last line. A bare one is what stands there before there is anything to press.
func framed(t rapid.TB, view string, cells, height int, bare bool) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%d lines in a terminal of %d:\n%s", len(lines), height, view)
	}
	for _, line := range lines {
		if width(line) > cells {
			t.Fatalf("a line of %d cells in a terminal of %d: %q", width(line), cells, line)
		}
	}
	if cells >= minWidth && height >= minHeight && !bare && strings.TrimSpace(stripped(lines[height-1])) == "" {
		t.Fatalf("there is no footer in %dx%d:\n%s", cells, height, view)
	}
}

// weight is a style without any colour: 7 turns ink and paper round.
var weight = regexp.MustCompile(`^\x1b\[(0|7|[1-4](;[1-4])*)m$`)

// spoken fails where a frame has what its terminal can not show: colours, or letters that are no ASCII.
func spoken(t rapid.TB, view string, look Look) {
	t.Helper()
	if look.Profile == termenv.Ascii {
		for _, s := range escape.FindAllString(view, -1) {
			if !weight.MatchString(s) {
				t.Fatalf("%q is no weight:\n%s", s, view)
			}
		}
	}
	if !look.ASCII {
		return
	}
	for line := range strings.SplitSeq(escape.ReplaceAllString(view, ""), "\n") {
		if !ascii(line) {
			t.Fatalf("%q is no ASCII", line)
		}
	}
}

// escape is any command to the terminal.
var escape = regexp.MustCompile(`\x1b(\[[0-9;:?]*[ -/]*[@-~]|[^\[])`)

// told is what tells something of an amount: cents, a limit, a share of it, a scale, a chart.
var told = regexp.MustCompile(`\$?[0-9][0-9,]*[.,][0-9]{2}\b|[0-9,]+k? limit|[0-9]%|\b[0-9]+[kM]\b|[▁▂▃▄▅▆▇█]`)

// silent fails where a frame tells an amount. Examples are none, nor is what a bank may call an
// account: "Total $0.00".
func silent(t rapid.TB, view string) {
	t.Helper()
	code := strings.Contains(view, "▀") // of a link for a camera: no chart has half blocks
	for _, f := range told.FindAllString(stripped(view), -1) {
		if code && strings.Contains("▄█", f) {
			continue
		}
		if f != "12.50" && f != "1,234.56" && f[0] != '$' {
			t.Fatalf("hidden, %q is on screen:\n%s", f, stripped(view))
		}
	}
}
