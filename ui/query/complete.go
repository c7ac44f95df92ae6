package query

import (
	"cmp"
	"slices"
	"strings"

	"tartan/plaidapi"
)

// Completion is what text[From:To] may become.
type Completion struct {
	From, To int
	Text     string
	About    string // what it is
}

// offer is a text that may be meant, the likelier the more it weighs.
type offer struct {
	text, about string
	weight      int
}

// Complete offers what the word under the cursor, the byte at, may become: keys, what may stand
// after them, and names. The best comes first, and there are at most n.
func (v *View) Complete(text string, at int, today plaidapi.Date, n int) []Completion {
	at = min(max(at, 0), len(text))
	t := token{from: at, to: at, at: at}
	for _, other := range split(text) {
		if other.from <= at && at <= other.to {
			t = other
			break
		}
	}
	if at < t.at {
		return nil
	}
	typed := fold(strings.TrimPrefix(text[t.at:at], `"`))
	var offers []offer
	if t.key == "" {
		offers = v.offersOf(typed, t.quoted, today)
	} else if k, known := keyNamed(t.key); known {
		offers = likely(v.values(k, today), typed)
	}
	var all []Completion
	for _, o := range offers {
		if len(all) < n && o.text != text[t.at:t.to] {
			all = append(all, Completion{t.at, t.to, o.text, o.about})
		}
	}
	return all
}

// offersOf is what a word without a key may become: a key, a name, or a value with its key.
func (v *View) offersOf(typed string, quoted bool, today plaidapi.Date) []offer {
	var all, keyed []offer
	for _, k := range keywords() {
		if !quoted && strings.HasPrefix(k.name, typed) {
			all = append(all, offer{k.name, k.about, 0})
		}
		if typed == "" || k.kind == ofDay {
			continue
		}
		for _, o := range likely(v.values(k, today), typed) {
			keyed = append(keyed, offer{k.name + o.text, o.about, 0})
		}
	}
	if typed == "" {
		return all
	}
	const first = 3 // names before what has a key, so that both are seen
	names := likely(v.names(), typed)
	few := min(first, len(names))
	return slices.Concat(all, names[:few], keyed, names[few:])
}

// likely is those of the offers in which a word begins as typed, the likeliest first. What needs
// quotes has them.
func likely(offers []offer, typed string) []offer {
	type ranked struct {
		offer
		later bool // it is not the first word that begins so
	}
	var found []ranked
	for _, o := range offers {
		o.text, _, _ = strings.Cut(o.text, `"`) // there is no way to type one inside quotes
		text := fold(o.text)
		first := strings.HasPrefix(text, typed)
		if o.text = quote(strings.TrimSpace(o.text)); o.text != "" && (first || strings.Contains(text, " "+typed)) {
			found = append(found, ranked{o, !first})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		if a.later != b.later {
			if b.later {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.weight, a.weight)
	})
	all := make([]offer, len(found))
	for i, r := range found {
		all[i] = r.offer
	}
	return all
}

// quote is a text as it is typed to be looked for: with quotes if it needs them.
func quote(text string) string {
	tokens := split(text)
	if len(tokens) == 0 {
		return ""
	}
	_, is, _ := limit(text)
	if len(tokens) == 1 && tokens[0].value == text && !tokens[0].or() && !is {
		return text
	}
	return `"` + text + `"`
}

// values are what may stand after a key.
func (v *View) values(k keyword, today plaidapi.Date) []offer {
	var all weights
	switch k.kind {
	case ofState:
		var claimed []offer
		for _, c := range claims() {
			claimed = append(claimed, offer{c.name, c.about, 0})
		}
		return claimed
	case ofDay:
		return dates(today)
	case ofAccount, ofBank:
		rows := tallied(v.rows, v.batch.Account, len(v.batch.Accounts))
		for i, key := range v.batch.Accounts {
			if a := v.facts.accounts[key]; k.kind == ofBank {
				all.add(a.Bank, "bank", rows[i])
			} else {
				all.add(a.Name, "account", rows[i])
			}
		}
	case ofCategory:
		for i, n := range tallied(v.rows, v.batch.About, len(v.batch.Abouts)) {
			for _, name := range v.batch.Abouts[i].Category.Path {
				all.add(name, "category", n)
			}
		}
		for _, w := range v.facts.rows {
			all.add(w.Category, "category", 1)
		}
	case ofTag:
		for _, w := range v.facts.rows {
			for _, tag := range w.Tags {
				all.add(tag, "tag", 1)
			}
		}
	}
	return all.offers()
}

// names are what transactions are called, by the bank or by the person.
func (v *View) names() []offer {
	var all weights
	for i, n := range tallied(v.rows, v.batch.Name, len(v.batch.Texts)) {
		all.add(v.batch.Texts[i], "name", n)
	}
	for _, w := range v.facts.rows {
		all.add(w.Name, "name", 1)
	}
	return all.offers()
}

// dates are those that are asked for most, with the months of the last year.
func dates(today plaidapi.Date) []offer {
	all := []offer{{"today", "", 0}, {"yesterday", "", 0}, {"7d", "a week ago", 0}, {"30d", "thirty days ago", 0}}
	month := plaidapi.NewDate(today.Year(), today.Month(), 1)
	var numbered []offer
	for range 12 {
		at := month.Time()
		all = append(all, offer{strings.ToLower(at.Format("Jan")), at.Format("January 2006"), 0})
		numbered = append(numbered, offer{at.Format("2006-01"), at.Format("January 2006"), 0})
		month = plaidapi.NewDate(month.Year(), month.Month()-1, 1)
	}
	return append(all, numbered...)
}

// tallied is how many rows have each number.
func tallied[N uint16 | uint32](rows []uint32, of []N, numbers int) []int {
	all := make([]int, numbers)
	for _, row := range rows {
		all[of[row]]++
	}
	return all
}

// weights is texts, each once, with how often they are there.
type weights map[string]offer

// add adds a text that is there so often.
func (w *weights) add(text, about string, n int) {
	if text == "" || n == 0 {
		return
	}
	if *w == nil {
		*w = weights{}
	}
	(*w)[text] = offer{text, about, (*w)[text].weight + n}
}

// offers are all of them, in alphabetical order.
func (w weights) offers() []offer {
	all := make([]offer, 0, len(w))
	for _, o := range w {
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b offer) int { return strings.Compare(a.text, b.text) })
	return all
}
