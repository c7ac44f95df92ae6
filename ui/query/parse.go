package query

import (
	"slices"
	"strings"
	"unicode"

	"tartan/plaidapi"
)

// Query is what a person looks for, as it was typed and as it was understood. It never changes. Two
// of one day are the same when their texts are. The zero Query looks for everything.
type Query struct {
	text    string
	today   plaidapi.Date
	done    bool // no more letters come
	terms   []Term
	choices []choice
}

// Term is one term of a text: text[From:To].
type Term struct {
	From, To int
	Text     string
	// Mistake says in a sentence what makes no sense about it, so that it takes no part; empty when
	// all is well.
	Mistake string
	// Unfinished is a last term that makes no sense yet, and may with more letters. It takes no
	// part, unless it is words in quotes that are still open.
	Unfinished bool
}

// choice is a term, or several with or between them: places in the terms, and what of them was
// understood.
type choice struct {
	terms []int
	clause
}

// mostNots is how many terms with a dash one choice may have: a bit for each, and one for the others.
const mostNots = mostBits - 1

// Parse reads what a person typed, on this day. It never fails: what makes no sense is a Mistake and
// takes no part.
func Parse(text string, today plaidapi.Date) Query { return parse(text, today, false) }

// Finished is q when no more letters come: what is unfinished is a mistake then.
func (q Query) Finished() Query { return parse(q.text, q.today, true) }

func parse(text string, today plaidapi.Date, done bool) Query {
	q := Query{text: text, today: today, done: done}
	tokens := split(text)
	joining := false
	for i, t := range tokens {
		if t.or() {
			joining = len(q.choices) > 0 && i+1 < len(tokens) && !tokens[i+1].or()
			if !joining {
				q.add(t, `"or" stands between two terms. Quote it to look for the word.`, !done && t.to == len(text))
			}
			continue
		}
		if !joining {
			q.choices = append(q.choices, choice{})
		}
		joining = false
		c := &q.choices[len(q.choices)-1]
		c.terms = append(c.terms, len(q.terms))
		a, mistake, unfinished := t.read(today, !done && t.to == len(text))
		if mistake == "" && a.not && c.nots() == mostNots {
			mistake = "These are too many to leave out with or between them."
		}
		if mistake == "" && a.kind != nothing {
			c.clause = append(c.clause, a)
		}
		q.add(t, mistake, unfinished)
	}
	return q
}

// add notes a term.
func (q *Query) add(t token, mistake string, unfinished bool) {
	if unfinished {
		mistake = ""
	}
	q.terms = append(q.terms, Term{t.from, t.to, q.text[t.from:t.to], mistake, unfinished})
}

// Text is what was typed.
func (q Query) Text() string { return q.text }

// Empty reports whether q looks for everything.
func (q Query) Empty() bool { return len(q.clauses()) == 0 }

// Terms are all terms in their order, also those that are mistakes. An or between two is none.
func (q Query) Terms() []Term { return slices.Clone(q.terms) }

// Mistakes are the terms that make no sense.
func (q Query) Mistakes() []Term {
	return slices.DeleteFunc(q.Terms(), func(t Term) bool { return t.Mistake == "" })
}

// Without is q without its i-th term, and without the or beside it.
func (q Query) Without(i int) Query {
	for _, c := range q.choices {
		n := slices.Index(c.terms, i)
		switch {
		case n > 0:
			return q.cut(q.terms[c.terms[n-1]].To, q.terms[i].To)
		case n == 0 && len(c.terms) > 1:
			return q.cut(q.terms[i].From, q.terms[c.terms[1]].From)
		}
	}
	return q.cut(q.terms[i].From, q.terms[i].To)
}

// cut is q without a part of its text.
func (q Query) cut(from, to int) Query {
	before := strings.TrimRightFunc(q.text[:from], unicode.IsSpace)
	after := strings.TrimLeftFunc(q.text[to:], unicode.IsSpace)
	if before != "" && after != "" {
		before += " "
	}
	return parse(before+after, q.today, q.done)
}

// clauses is what has to hold.
func (q Query) clauses() []clause {
	var all []clause
	for _, c := range q.choices {
		if len(c.clause) > 0 {
			all = append(all, c.clause)
		}
	}
	return all
}

// token is a term as it is written: perhaps a dash, perhaps a key, and a value.
type token struct {
	from, to int
	not      bool
	key      string // with its colon, folded
	value    string // without its quotes
	at       int    // where the value begins, with its quotes
	quoted   bool
	unclosed bool
}

// or reports whether it is the or between two terms.
func (t token) or() bool { return !t.not && !t.quoted && t.key == "" && fold(t.value) == "or" }

// split finds the tokens of a text.
func split(text string) []token {
	var all []token
	for at := 0; ; {
		at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		if at == len(text) {
			return all
		}
		t := tokenAt(text, at)
		all = append(all, t)
		at = t.to
	}
}

// tokenAt is the token that begins at a place where there is no space.
func tokenAt(text string, at int) token {
	t := token{from: at}
	if text[at] == '-' {
		t.not = true
		at++
	}
	if n := keyLength(text[at:]); n > 0 {
		t.key = fold(text[at : at+n])
		at += n
	}
	t.at = at
	if at < len(text) && text[at] == '"' {
		t.quoted = true
		value, _, closed := strings.Cut(text[at+1:], `"`)
		t.value, t.unclosed, t.to = value, !closed, at+1+len(value)
		if closed {
			t.to++
		}
		return t
	}
	t.to = len(text)
	if n := strings.IndexFunc(text[at:], unicode.IsSpace); n >= 0 {
		t.to = at + n
	}
	t.value = text[at:t.to]
	return t
}

// keyLength is how long a key at the beginning of a text is, with its colon: letters only.
func keyLength(text string) int {
	n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if n <= 0 || text[n] != ':' {
		return 0
	}
	return n + 1
}
