package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How well a typed word is found in a name, the best first.
const (
	firstWord  = iota // the name begins with it
	otherWord         // another word of the name does
	insideWord        // it stands anywhere
	inOrder           // its letters do, in this order, in a word that begins with the first of them
)

// match reports whether every word that was typed is found in a name, and how well: the smaller the
// better.
func match(name, typed string) (score int, found bool) {
	name = strings.ToLower(name)
	for _, word := range strings.Fields(strings.ToLower(typed)) {
		n := matchWord(name, word)
		if n < 0 {
			return 0, false
		}
		score += n
	}
	return score, true
}

func matchWord(name, word string) int {
	best := -1
	for at, r := range name {
		before, _ := utf8.DecodeLastRuneInString(name[:at])
		begins := (at == 0 || !letter(before)) && letter(r)
		n := -1
		switch {
		case strings.HasPrefix(name[at:], word) && at == 0:
			return firstWord
		case strings.HasPrefix(name[at:], word) && begins:
			n = otherWord
		case strings.HasPrefix(name[at:], word):
			n = insideWord
		case begins && ordered(name[at:], word):
			n = inOrder
		}
		if n >= 0 && (best < 0 || n < best) {
			best = n
		}
	}
	return best
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// ordered reports whether the word that text begins with has the letters of the typed one in this
// order, the first one first.
func ordered(text, word string) bool {
	_, first := utf8.DecodeRuneInString(word)
	if !strings.HasPrefix(text, word[:first]) {
		return false
	}
	if end := strings.IndexFunc(text, func(r rune) bool { return !letter(r) }); end >= 0 {
		text = text[:end]
	}
	for _, r := range word {
		_, rest, found := strings.Cut(text, string(r))
		if !found {
			return false
		}
		text = rest
	}
	return true
}
