package ui

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"
	"rsc.io/qr"
)

// What is drawn has the modules of the code, dark on light, with a free edge around it.
func TestCode(t *testing.T) {
	const text = "https://secure.plaid.com/hl/lp9o97618r1r6p93"
	want, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, free := range []int{quiet, leastQuiet} {
		side := want.Size + 2*free
		drawn := (&theme{}).code(text, side, (side+1)/2)
		if len(drawn) != (side+1)/2 {
			t.Fatalf("%d lines for %d modules", len(drawn), side)
		}
		for y, line := range drawn {
			cells := []rune(line)
			if len(cells) != side {
				t.Fatalf("%d cells for %d modules", len(cells), side)
			}
			for x, cell := range cells {
				upper, lower := strings.ContainsRune("█▀", cell), strings.ContainsRune("█▄", cell)
				if upper != want.Black(x-free, 2*y-free) || lower != want.Black(x-free, 2*y+1-free) {
					t.Fatalf("module %d, %d is %q", x, 2*y, cell)
				}
			}
		}
	}
	side := want.Size + 2*leastQuiet
	for _, size := range [][2]int{{side - 1, side}, {side, side/2 - 1}, {0, 0}} {
		if (&theme{}).code(text, size[0], size[1]) != nil {
			t.Errorf("drawn where it does not fit: %v", size)
		}
	}
	if (&theme{ascii: true}).code(text, 200, 200) != nil || (&theme{}).code(strings.Repeat("x", 5000), 500, 500) != nil {
		t.Error("drawn where it cannot be")
	}
}

// A camera needs black on white in every look; without colours, what the terminal has darker on what it
// has lighter.
func TestPaper(t *testing.T) {
	for _, name := range Themes() {
		for profile, want := range map[termenv.Profile]string{
			termenv.TrueColor: "\x1b[38;5;16;48;5;231m", termenv.ANSI256: "\x1b[38;5;16;48;5;231m", termenv.ANSI: "\x1b[30;107m", termenv.Ascii: "",
		} {
			if paper := themeFor(Look{Theme: name, Profile: profile}).paper.on; paper != want {
				t.Errorf("%s, %d: %q", name, profile, paper)
			}
		}
		if paper := themeFor(Look{Theme: name, Profile: termenv.Ascii, Dark: true}).paper.on; paper != "\x1b[7m" {
			t.Errorf("%s, dark without colours: %q", name, paper)
		}
	}
}
