// Package inert makes outside text harmless for a terminal, once, on its way in (security.md 6–8).
//
// It replaces and never parses: whatever could move the cursor, turn the reading direction, hide
// itself or pile up becomes one visible [Mark], a whole run of it a single one. Tab and newline
// become a space. What people write stays as it is: accents, CJK, Arabic, Hebrew, Indic scripts
// and emoji. The result is one line of valid UTF-8, and cleaning it again changes nothing.
//
// Identifiers and tokens do not belong here: they keep their exact bytes and are not for showing.
package inert

import (
	"strings"
	"unicode/utf8"
)

// Mark stands for what was taken out. It is the replacement character because no honest text
// contains it, so nobody can mistake it for a part of a name.
const Mark = '\uFFFD'

// How much is kept. A letter is a character that takes a place of its own.
const (
	nameLetters    = 512
	messageLetters = 2000
	marksPerLetter = 4
	ellipsis       = '…'
)

// Name makes a name, label or title harmless and keeps at most 512 letters of it.
func Name(s string) string { return clean(s, nameLetters) }

// Message makes a sentence harmless and keeps at most 2,000 letters of it.
func Message(s string) string { return clean(s, messageLetters) }

// clean is the whole rule. Plain ASCII, nearly all that banks send, comes back as it is.
func clean(s string, limit int) string {
	if len(s) <= limit && plain(s) {
		return s
	}
	w := writer{limit: limit}
	w.out.Grow(min(len(s), limit*utf8.UTFMax))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		next, _ := utf8.DecodeRuneInString(s[i:])
		if i == len(s) {
			next = -1
		}
		if !w.take(r, next) {
			break
		}
	}
	return w.out.String()
}

// plain reports whether s is printable ASCII throughout.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// writer builds the harmless text and remembers what decides about the character to come.
type writer struct {
	out     strings.Builder
	limit   int
	letters int
	marks   int  // combining marks on the last letter
	base    rune // last letter; 0 when a combining mark would have nothing to stand on
	last    rune // last character written
}

// take adds r, of which next is the follower (-1 at the end). It reports false when the text is full.
func (w *writer) take(r, next rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return w.letter(' ', 0)
	case r == ' ':
		return w.letter(r, 0)
	case joiner(r):
		if w.joins(r, next) {
			w.put(r)
			return true
		}
	case selector(r):
		if w.selects(r, next) {
			w.put(r)
			return true
		}
	case hidden(r):
	case combining(r):
		if w.base == 0 {
			break
		}
		if w.marks < marksPerLetter {
			w.marks++
			w.put(r)
		}
		return true
	default:
		return w.letter(r, r)
	}
	if w.last == Mark {
		return true
	}
	return w.letter(Mark, 0)
}

// letter writes a character that takes a place, or an ellipsis in the last place there is.
func (w *writer) letter(r, base rune) bool {
	w.letters++
	if w.letters > w.limit {
		w.shorten()
		return false
	}
	w.base, w.marks = base, 0
	w.put(r)
	return true
}

// shorten puts an ellipsis in place of the last letter and what stands on it.
func (w *writer) shorten() {
	kept := w.out.String()
	for kept != "" {
		r, size := utf8.DecodeLastRuneInString(kept)
		kept = kept[:len(kept)-size]
		if !combining(r) && !joiner(r) && !selector(r) {
			break
		}
	}
	for kept != "" {
		r, size := utf8.DecodeLastRuneInString(kept)
		if !joiner(r) {
			break
		}
		kept = kept[:len(kept)-size]
	}
	w.out.Reset()
	w.out.WriteString(kept)
	w.out.WriteRune(ellipsis)
}

func (w *writer) put(r rune) {
	w.last = r
	w.out.WriteRune(r)
}

// joins reports whether a joiner may stand between what was written last and next: inside an emoji
// made of several, or between letters of a script that shapes them.
func (w *writer) joins(r, next rune) bool {
	if joiner(w.last) {
		return false
	}
	return r == zeroWidthJoiner && pictographic(w.base) && pictographic(next) || shaped(w.base) && shaped(next)
}

// selects reports whether a variation selector may follow what was written last.
func (w *writer) selects(r, next rune) bool {
	if w.base != w.last {
		return false
	}
	switch {
	case r == textStyle || r == emojiStyle:
		return pictographic(w.base) || keycapBase(w.base) && next == keycap
	case mongolianSelector(r):
		return mongolian(w.base)
	}
	return han(w.base)
}
