package ui

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"
)

func TestASCII(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"› Everyday Checking  ··0000", "> Everyday Checking  ..0000"},
		{"Delta Air Li… ↻ ⇄ ✓ ◌ ! •••••", "Delta Air Li. ~ = + o ! *****"},
		{"▁▂▃▄▅▆▇█▇", "123456787"},
		{"███▁", "8881"},
		{"Housing ████ 1,850.00  █ 6.50", "Housing #### 1,850.00  # 6.50"},
		{"╭─ Keys ─╮", "+- Keys -+"},
		{"│ a▏ │\n╰────╯", "| a| |\n+----+"},
		{"0 ┼──┤ ▔▔", "0 +--+ --"},
		{"↑↓ choose  ←→", "^v choose  <>"},
		{"⠋⠙⠹⠸", `|/-\`},
		{"Café Zoë, Łódź, Straße", "Cafe Zoe, Lodz, Strase"},
		{"e\u0301te\u0301", "ete"},
		{"世界 12.50", "???? 12.50"},
		{"Ａ１", "A 1 "},
		{"👍🏽 ok €5", "?? ok ?5"},
		{"½ ﬁ", "? ?"},
		{"\x1b[1;38;2;1;2;3m›\x1b[0m a", "\x1b[1;38;2;1;2;3m>\x1b[0m a"},
		{"a\x1b[2Jb\x1b]0;x\x07c\td\x7f…", "abcd."},
		{"", ""},
	} {
		if got := asciiFrame(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

// TestASCIIKeepsTheLayout: whatever is drawn, every line is as wide as before, and in nothing but
// ASCII and styles. What is broken, and never drawn, takes no room.
func TestASCIIKeepsTheLayout(t *testing.T) {
	styles := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	drawn := strings.Split("› · … ↻ ⇄ ✓ ◌ ▁ █ ╭ ─ • ▏ ↑ ⠋ é e\u0301 世 👩‍👧 🇫🇷 م ﷽ \u200d \u0301 12.50 \x1b[1m \x1b[0m", " ")
	broken := strings.Split("\x1b[ \x1b[2 \x1b] \x1b \x9b \xff \xe4 \x07 \t \x7f", " ")
	controls := func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}
	text := rapid.OneOf(rapid.SampledFrom(drawn), rapid.Map(rapid.String(), func(s string) string { return strings.Map(controls, s) }), rapid.Just("\n"))
	rapid.Check(t, func(t *rapid.T) {
		parts := text
		whole := rapid.Bool().Draw(t, "whole")
		if !whole {
			parts = rapid.OneOf(text, rapid.SampledFrom(broken), rapid.String())
		}
		frame := strings.Join(rapid.SliceOf(parts).Draw(t, "frame"), "")
		was, now := strings.Split(frame, "\n"), strings.Split(asciiFrame(frame), "\n")
		if len(was) != len(now) {
			t.Fatalf("%d lines of %d", len(now), len(was))
		}
		for i, line := range now {
			plain := styles.ReplaceAllString(line, "")
			if strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Fatalf("%q of %q", line, was[i])
			}
			if whole && len(plain) != ansi.StringWidth(was[i]) {
				t.Fatalf("%q has %d cells, %q had %d", line, len(plain), was[i], ansi.StringWidth(was[i]))
			}
		}
	})
}

// TestScreensInASCII: a frame is drawn by the same rules in ASCII, also where it is too small.
func TestScreensInASCII(t *testing.T) {
	th := themeFor(Look{Profile: termenv.Ascii, ASCII: true})
	for _, size := range [][2]int{{80, 24}, {30, 3}} {
		f := frame{theme: &th, keys: newKeys(nil), place: "practice bank", short: "practice", width: size[0], height: size[1]}
		got := f.draw(chrome{crumbs: []string{"Café"}, right: "2 min"}, "› a", 0, "Copied 12.50 €.")
		if strings.ContainsFunc(got, func(r rune) bool { return r > '~' }) || strings.Count(got, "\n") != size[1]-1 {
			t.Errorf("%q", got)
		}
	}
}
