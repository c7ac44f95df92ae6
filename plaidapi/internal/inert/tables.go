package inert

import "unicode"

const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
	textStyle          = '\uFE0E' // variation selector 15
	emojiStyle         = '\uFE0F' // variation selector 16
	keycap             = '\u20E3' // encloses the digit before it
)

// hidden reports what is never let through: everything that is not a letter, mark, number,
// punctuation, symbol or space (controls, formats, line separators, private, unassigned and
// noncharacters, whose width nobody knows), and those among the rest that draw nothing.
func hidden(r rune) bool {
	if r == Mark { // or a byte that is not UTF-8
		return true
	}
	if !unicode.IsGraphic(r) {
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) // Arabic number signs: drawn
	}
	switch r {
	case '\u2800', '\U0001D159', '\U00016FE4': // Braille blank, null notehead, Khitan filler
		return true
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) // fillers, grapheme joiner
}

func joiner(r rune) bool   { return r == zeroWidthJoiner || r == zeroWidthNonJoiner }
func selector(r rune) bool { return r > unicode.MaxLatin1 && unicode.Is(unicode.Variation_Selector, r) }

// combining reports what is drawn onto the letter before it: marks, and the vowels and finals of
// Hangul in pieces, which terminals give no width.
func combining(r rune) bool {
	return unicode.IsMark(r) || r >= 0x1160 && r <= 0x11FF || r >= 0xD7B0 && r <= 0xD7FF
}

// pictographic reports whether r may be an emoji or a part of one.
func pictographic(r rune) bool {
	switch {
	case r == 0x203C, r == 0x2049, r == 0x3030, r == 0x303D: // ‼ ⁉ 〰 〽
		return true
	case r >= 0x1F3FB && r <= 0x1F3FF: // skin tones
		return true
	case r < 0x2190:
		return r == '©' || r == '®' || r == '™' || r == 'ℹ'
	}
	return unicode.In(r, unicode.So, unicode.Sm)
}

func keycapBase(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

// shaped reports whether r belongs to a script that writes with joiners.
func shaped(r rune) bool {
	return r > 0x5FF && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
		unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
		unicode.Khmer, unicode.Myanmar)
}

func mongolian(r rune) bool         { return unicode.Is(unicode.Mongolian, r) }
func mongolianSelector(r rune) bool { return r >= 0x180B && r <= 0x180F }
func han(r rune) bool               { return unicode.Is(unicode.Han, r) }
