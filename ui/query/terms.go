package query

import (
	"fmt"
	"strings"
	"unicode"

	"tartan/plaidapi"
)

// atom is what one term asks of a row.
type atom struct {
	kind    kind
	not     bool
	said    string // the word, or the value of a key, as it was typed
	word    string // folded
	quoted  bool   // the word only as it is: no close spellings, and no amounts
	number  bool   // the word stands for amounts too
	amounts amounts
	days    plaidapi.Span
	state   condition
	account plaidapi.AccountKey
}

// kind is what of a row an atom looks at.
type kind uint8

const (
	nothing kind = iota // an atom that takes no part
	anyText
	ofCategory
	ofTag
	ofNote
	ofAccount
	ofBank
	ofAmount
	ofDay
	ofState
	oneAccount // or all of an Item
)

// condition is what a row may be.
type condition uint8

const (
	isPending condition = iota
	isIn
	isOut
	isNoted
	isTagged
	isLeftOut
	isTransfer
)

// keyword is a key of the language.
type keyword struct {
	name  string // with its colon
	other string // what else a person may call it
	kind  kind
	about string
}

// keywords are all keys, in the order in which they are offered.
func keywords() []keyword {
	return []keyword{
		{"cat:", "category:", ofCategory, "category"},
		{"acct:", "account:", ofAccount, "account: its name or last digits"},
		{"bank:", "", ofBank, "bank"},
		{"tag:", "tags:", ofTag, "tag"},
		{"note:", "notes:", ofNote, "note"},
		{"is:", "", ofState, "pending, in, out and more"},
		{"since:", "from:", ofDay, "from this day, month or year on"},
		{"until:", "to:", ofDay, "to the end of this day, month or year"},
		{"on:", "", ofDay, "in this day, month or year"},
	}
}

// claim is what may stand after is:.
type claim struct {
	name  string
	state condition
	not   bool // the state is not so
	about string
}

// claims are all of them, in the order in which they are offered.
func claims() []claim {
	return []claim{
		{"pending", isPending, false, "not posted yet"},
		{"posted", isPending, true, "no longer pending"},
		{"in", isIn, false, "money in"},
		{"out", isOut, false, "money out"},
		{"noted", isNoted, false, "with a note"},
		{"tagged", isTagged, false, "with a tag"},
		{"untagged", isTagged, true, "without a tag"},
		{"left-out", isLeftOut, false, "left out of totals"},
		{"transfer", isTransfer, false, "between your own accounts"},
	}
}

// read understands a token. One that is still being typed may be unfinished instead of a mistake.
func (t token) read(today plaidapi.Date, typing bool) (a atom, mistake string, unfinished bool) {
	a = atom{not: t.not, said: t.value, quoted: t.quoted}
	folded := fold(t.value)
	switch {
	case t.key != "":
		mistake, unfinished = a.readKey(t.key, folded, today)
	case t.quoted:
		a.kind, a.word = anyText, folded
	default:
		mistake, unfinished = a.readWord(folded)
	}
	switch {
	case mistake != "":
	case a.word == "" && (a.kind != ofAmount && a.kind != ofDay && a.kind != ofState):
		mistake, unfinished = a.empty(t), true
	case t.unclosed && typing:
		return a, "", true
	case t.unclosed:
		mistake = `The quote is not closed. Put another " at its end.`
	}
	if mistake == "" {
		return a, "", false
	}
	return atom{}, mistake, unfinished && typing
}

// empty explains a term with nothing to look for.
func (a *atom) empty(t token) string {
	switch {
	case t.key != "":
		return fmt.Sprintf("%s needs a word right after it.", t.key)
	case t.not && !t.quoted:
		return "A dash stands right before what it leaves out."
	}
	return "There is no letter here to look for."
}

// readWord understands a word without a key.
func (a *atom) readWord(word string) (mistake string, unfinished bool) {
	limits, is, ok := limit(word)
	switch {
	case !is:
		a.kind, a.word = anyText, word
		a.amounts, a.number = beginning(word)
	case !ok:
		for _, more := range []string{"0", "00", "000"} {
			_, _, begun := limit(word + more)
			unfinished = unfinished || begun
		}
		return fmt.Sprintf("%q is no limit for amounts. Write >50, <=12.50 or 40..60.", a.said), unfinished
	case limits.backwards():
		return fmt.Sprintf("%q ends before it begins.", a.said), true
	default:
		a.kind, a.amounts = ofAmount, limits
	}
	return "", false
}

// readKey understands what stands after a key.
func (a *atom) readKey(key, value string, today plaidapi.Date) (mistake string, unfinished bool) {
	k, known := keyNamed(key)
	if !known {
		return unknownKey(key), false
	}
	a.kind = k.kind
	switch k.kind {
	case ofDay:
		days, ok := readDays(value, today)
		if !ok {
			return fmt.Sprintf("%q is no date. Write %s.", a.said, dateForms), datesBegun(value, today)
		}
		switch k.name {
		case "since:":
			days.To = lastDay
		case "until:":
			days.From = 0
		}
		a.days = days
	case ofState:
		return a.readClaim(value)
	default:
		a.word = value
	}
	return "", false
}

// lastDay is a day after all others.
const lastDay = plaidapi.Date(1<<31 - 1)

// readClaim understands what stands after is:.
func (a *atom) readClaim(value string) (mistake string, unfinished bool) {
	all := claims()
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
		if c.name == value {
			a.state, a.not = c.state, a.not != c.not
			return "", false
		}
		unfinished = unfinished || strings.HasPrefix(c.name, value)
	}
	if near := nearest(value, names); near != "" {
		return fmt.Sprintf("There is no %q. The nearest is %q.", "is:"+a.said, "is:"+near), unfinished
	}
	return "After is: stands one of " + strings.Join(names, ", ") + ".", unfinished
}

// keyNamed is the key with a name.
func keyNamed(name string) (keyword, bool) {
	for _, k := range keywords() {
		if k.name == name || k.other == name {
			return k, true
		}
	}
	return keyword{}, false
}

// unknownKey explains a key that there is none of.
func unknownKey(key string) string {
	all := keywords()
	names := make([]string, len(all))
	for i, k := range all {
		names[i] = k.name
	}
	if near := nearest(key, names); near != "" {
		return fmt.Sprintf("There is no key %q. The nearest is %q.", key, near)
	}
	return fmt.Sprintf("There is no key %q. There are %s, or quote it to look for the words.", key, strings.Join(names, " "))
}

// nearest is the name that is one slip away from what was typed, or else one that begins alike.
func nearest(typed string, names []string) string {
	for _, name := range names {
		if a, b := []byte(typed), []byte(name); slip(a, b) && slip(b, a) {
			return name
		}
	}
	alike, most := "", 1
	for _, name := range names {
		n := 0
		for n < min(len(name), len(typed)) && name[n] == typed[n] {
			n++
		}
		if n > most {
			alike, most = name, n
		}
	}
	return alike
}

// letters is how many letters a word has.
func letters(word string) int {
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// guessable reports whether close spellings count when the atom's word is found nowhere.
func (a *atom) guessable() bool {
	const few = 4
	return !a.quoted && letters(a.word) >= few && !strings.Contains(a.word, " ")
}
