package query

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tartan/plaidapi"
)

// fold is text as it is searched: in small letters, without accents.
func fold(text string) string {
	ascii := true
	for i := 0; i < len(text) && ascii; i++ {
		ascii = text[i] < utf8.RuneSelf
	}
	if !ascii {
		text = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(text))
	}
	return strings.ToLower(text)
}

// folded is the dictionaries of a Batch as they are searched, made when first needed and then only
// added to. Index and Views share it.
type folded struct {
	mu     sync.Mutex
	texts  entries
	abouts entries // their categories
}

// entries is texts in one row, each of them one entry.
type entries struct {
	all  []byte
	ends []uint32
}

// between stands where one text ends. It is in no folded text, which is UTF-8.
const between = 0xFF

// of is the folded dictionaries of b, which is the Batch that f belongs to or an earlier copy of it.
func (f *folded) of(b *plaidapi.Batch) (texts, abouts entries) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, text := range b.Texts[min(len(f.texts.ends), len(b.Texts)):] {
		f.texts.add(text)
	}
	for i := len(f.abouts.ends); i < len(b.Abouts); i++ {
		f.abouts.add(b.Abouts[i].Category.Path...)
	}
	return f.texts, f.abouts
}

// add adds an entry.
func (e *entries) add(texts ...string) {
	for _, text := range texts {
		e.all = append(append(e.all, fold(text)...), between)
	}
	e.ends = append(e.ends, uint32(len(e.all)))
}

// mark sets a bit for each entry that has a word in it, and reports whether there is any.
func (e *entries) mark(masks []uint8, bit uint8, word string) (found bool) {
	sought := []byte(word)
	for entry, at := 0, 0; ; {
		next := bytes.Index(e.all[at:], sought)
		if next < 0 {
			return found
		}
		at += next
		for int(e.ends[entry]) <= at {
			entry++
		}
		if entry >= len(masks) {
			return found
		}
		masks[entry] |= bit
		found = true
		at = int(e.ends[entry])
	}
}
