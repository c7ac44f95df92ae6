package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// asciiFrame is a frame in nothing but ASCII, every line as wide as before: figures stay under each
// other. Styles stay; other commands to the terminal go.
func asciiFrame(frame string) string {
	var b strings.Builder
	b.Grow(len(frame))
	for i, line := range strings.Split(frame, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if ascii(line) {
			b.WriteString(line)
			continue
		}
		asciiLine(&b, line)
	}
	return b.String()
}

// asciiLine writes one line.
func asciiLine(b *strings.Builder, line string) {
	var state byte
	solid := false // within blocks that are all full
	for was := rune(0); line != ""; {
		sign, cells, n, next := ansi.DecodeSequence(line, state, nil)
		r, size := utf8.DecodeRuneInString(sign)
		switch {
		case cells == 0, r == utf8.RuneError && size == 1: // no terminal draws half a letter
			if isStyle(sign) {
				b.WriteString(sign)
			}
		case block(r):
			if !block(was) {
				solid = allFull(line)
			}
			b.WriteByte(bar(r, solid))
		default:
			b.WriteString(asciiSign(sign, cells))
		}
		if cells > 0 {
			was = r
		}
		line, state = line[n:], next
	}
}

// arrows are the words for keys whose signs would read as those of other keys: "v j next".
var arrows = strings.NewReplacer("↑↓", "arrows", "←→", "arrows", "↑", "up", "↓", "down")

// spell is a key as the terminal can name it.
func (t *theme) spell(b key.Binding) key.Binding {
	if t.ascii {
		b.SetHelp(arrows.Replace(b.Help().Key), b.Help().Desc)
	}
	return b
}

// isStyle reports whether a sequence of no width is one that sets a style.
func isStyle(sequence string) bool {
	rest, found := strings.CutPrefix(sequence, "\x1b[")
	rest, ends := strings.CutSuffix(rest, "m")
	return found && ends && strings.Trim(rest, "0123456789;") == ""
}

// The blocks of trends and bars, from one eighth of a cell's height to all of it.
const (
	lowest = '▁'
	full   = '█'
)

func block(r rune) bool { return r >= lowest && r <= full }

// asciiArea draws a filled area, where digits would be a wall of them.
var asciiArea = strings.NewReplacer("█", "#", "▇", "#", "▆", "#", "▅", ":", "▄", ":", "▃", ":", "▂", ".", "▁", ".")

// bar is a block as a digit, by its height. A solid bar, which is as long as it means, is no row of
// digits.
func bar(r rune, solid bool) byte {
	if solid {
		return '#'
	}
	return byte('1' + r - lowest)
}

// allFull reports whether the blocks that line begins with are all full ones.
func allFull(line string) bool {
	rest := strings.TrimLeft(line, string(full))
	r, _ := utf8.DecodeRuneInString(rest)
	return !block(r)
}

// asciiSigns are the signs that screens draw with, and those that banks are fond of.
var asciiSigns = strings.NewReplacer(
	"›", ">", "·", ".", "…", ".", "↻", "~", "⇄", "=", "✓", "+", "◌", "o", "●", "*", "•", "*", "×", "x", "−", "-",
	"↑", "^", "↓", "v", "←", "<", "→", ">", "▲", "^", "▼", "v",
	"─", "-", "▔", "-", "│", "|", "▏", "|", "▌", "|", "▐", "|",
	"╭", "+", "╮", "+", "╰", "+", "╯", "+", "┤", "+", "├", "+", "┼", "+", "┬", "+", "┴", "+",
	"⠋", "|", "⠙", "/", "⠹", "-", "⠸", `\`, "⠼", "|", "⠴", "/", "⠦", "-", "⠧", `\`, "⠇", "|", "⠏", "/",
	"‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "‐", "-", "‑", "-",
	"ß", "s", "æ", "a", "Æ", "A", "ø", "o", "Ø", "O", "œ", "o", "Œ", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ı", "i",
)

// asciiSign is one sign as ASCII that takes as many cells. A letter loses its accents; what has no
// likeness becomes question marks.
func asciiSign(sign string, cells int) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(asciiSigns.Replace(sign)))
	if len(plain) == 0 || len(plain) > cells || strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r > '~' }) {
		return strings.Repeat("?", cells)
	}
	return plain + blank(cells-len(plain))
}
