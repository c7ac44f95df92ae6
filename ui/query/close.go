package query

import (
	"bytes"
	"context"
	"unicode"
	"unicode/utf8"
)

// Close is the words, as they were typed, that v was found with only by close spellings: no text
// that is known has them as they are.
func (v *View) Close() []string { return v.guessed }

// slip reports whether one slip of the hand makes word another one that text begins with: a letter
// missing, one too many, another one, or two swapped.
func slip(word, text []byte) bool {
	at := 0
	for at < len(word) && at < len(text) && word[at] == text[at] {
		at++
	}
	for at > 0 && at < len(word) && !utf8.RuneStart(word[at]) {
		at--
	}
	word, text = word[at:], text[at:]
	if len(word) == 0 {
		return false
	}
	w, size := utf8.DecodeRune(word)
	if bytes.HasPrefix(text, word[size:]) {
		return true // one too many
	}
	if ends(text) {
		return false
	}
	_, first := utf8.DecodeRune(text)
	if bytes.HasPrefix(text[first:], word[size:]) || bytes.HasPrefix(text[first:], word) {
		return true // another one; missing
	}
	second, next := utf8.DecodeRune(text[first:])
	return !ends(text[first:]) && second == w && bytes.HasPrefix(word[size:], text[:first]) &&
		bytes.HasPrefix(text[first+next:], word[size+first:])
}

// ends reports whether a word is over before text begins.
func ends(text []byte) bool { return len(text) == 0 || text[0] == ' ' || text[0] == between }

// entry is the folded texts of an entry, each with what stands between them.
func (e *entries) entry(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = e.ends[i-1]
	}
	return e.all[from:e.ends[i]]
}

// near sets a bit for each entry in which a word begins with what is one slip away from the word
// that is looked for, and reports whether there is any. A word begins with a letter or a digit
// after something else. What it does when ctx ends is of no use.
func (e *entries) near(ctx context.Context, marks []uint8, bit uint8, word string) (found bool) {
	sought := []byte(word)
	for i := range marks {
		if i%block == 0 && ctx.Err() != nil {
			return false
		}
		if nearIn(e.entry(i), sought) {
			marks[i] |= bit
			found = true
		}
	}
	return found
}

// nearIn is near for one entry.
func nearIn(text, word []byte) bool {
	inside := false
	for at := 0; at < len(text); {
		c := text[at]
		size, part := 1, 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if c >= utf8.RuneSelf && c != between {
			var r rune
			r, size = utf8.DecodeRune(text[at:])
			part = unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		if part && !inside && slip(word, text[at:]) {
			return true
		}
		inside = part
		at += size
	}
	return false
}
