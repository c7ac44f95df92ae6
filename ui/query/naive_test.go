package query

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// small is a text without capitals and accents.
func small(text string) string {
	out, _, _ := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), text)
	return strings.ToLower(out)
}

// oneSlip is every spelling that is one slip away from a word, with ? for any letter.
func oneSlip(word string) [][]rune {
	r := []rune(word)
	var all [][]rune
	for i := range r {
		all = append(all, slices.Concat(r[:i], r[i+1:]), slices.Concat(r[:i], []rune("?"), r[i+1:]), slices.Concat(r[:i], []rune("?"), r[i:]))
		if i > 0 {
			all = append(all, slices.Concat(r[:i-1], []rune{r[i], r[i-1]}, r[i+1:]))
		}
	}
	return all
}

// closeTo reports whether a word of a text begins with a spelling one slip away from a word.
func closeTo(text, word string) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	all := []rune(small(text))
	for i := range all {
		if !letter(all[i]) || i > 0 && letter(all[i-1]) {
			continue
		}
		begun, _, _ := strings.Cut(string(all[i:]), " ")
		for _, spelling := range oneSlip(word) {
			if fitsAt([]rune(begun), spelling) {
				return true
			}
		}
	}
	return false
}

func fitsAt(text, spelling []rune) bool {
	if len(text) < len(spelling) {
		return false
	}
	for i, r := range spelling {
		if r != '?' && r != text[i] {
			return false
		}
	}
	return true
}

// drawText draws a word, or a key with one. All rows tell whether close spellings count.
func drawText(t *rapid.T, all []knownRow) asked {
	field := rapid.SampledFrom([]struct {
		key   string
		texts func(row knownRow) []string // that are looked at
		known func(row knownRow) []string // that a word is found in
	}{
		{"", anyTextOf, anyTextOf},
		{"", anyTextOf, anyTextOf},
		{"cat:", func(row knownRow) []string {
			if row.Written.Category != "" {
				return []string{row.Written.Category}
			}
			return row.Transaction.Category.Path
		}, func(row knownRow) []string {
			return append([]string{row.Written.Category}, row.Transaction.Category.Path...)
		}},
		{"tag:", func(row knownRow) []string { return row.Tags }, nil},
		{"note:", func(row knownRow) []string { return []string{row.Note} }, nil},
		{"acct:", func(row knownRow) []string { return []string{row.account.Name, row.account.Mask} }, nil},
		{"bank:", func(row knownRow) []string { return []string{row.account.Bank} }, nil},
	}).Draw(t, "field")
	if field.known == nil {
		field.known = field.texts
	}
	text := said(3).Filter(func(s string) bool { return strings.TrimSpace(s) != "" }).Draw(t, "text")
	quoted := rapid.Bool().Draw(t, "quoted")
	if !quoted {
		text = strings.Fields(text)[0]
	}
	word := small(text)
	if _, is, _ := limit(word); !quoted && field.key == "" && (is || word == "or") {
		quoted = true
	}
	within := func(texts []string, has func(text string) bool) bool { return slices.ContainsFunc(texts, has) }
	exactly := func(text string) bool { return strings.Contains(small(text), word) }
	somewhere := slices.ContainsFunc(all, func(row knownRow) bool { return within(field.known(row), exactly) })
	guess := !quoted && !somewhere && len(strings.FieldsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })) > 0 &&
		len([]rune(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, word))) >= 4
	typed := field.key + text
	if quoted {
		typed = field.key + `"` + text + `"`
	}
	return asked{typed, func(row knownRow) bool {
		return within(field.texts(row), exactly) || guess && within(field.texts(row), func(text string) bool { return closeTo(text, word) }) ||
			!quoted && field.key == "" && beginsWith(row.Amount, word)
	}}
}

func anyTextOf(row knownRow) []string {
	return slices.Concat([]string{
		row.Transaction.Name, row.Written.Name, row.BankText, row.Note, row.Written.Category,
	}, row.Tags, row.Transaction.Category.Path)
}

// beginsWith reports whether an amount is written with the digits of a word first.
func beginsWith(amount plaidapi.Money, word string) bool {
	whole, fraction, _ := strings.Cut(word, ".")
	if !amount.Known() || whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return false
	}
	digits, decimals, _ := strings.Cut(amount.Abs().Decimal(), ".")
	return strings.TrimLeft(digits, "0") == strings.TrimLeft(whole, "0") && strings.HasPrefix(decimals+strings.Repeat("0", 20), fraction)
}

// drawAsked draws what is typed: terms, some with a dash, some with or between them.
func drawAsked(t *rapid.T, all []knownRow) asked {
	whole := asked{holds: func(knownRow) bool { return true }}
	for range rapid.IntRange(0, 4).Draw(t, "choices") {
		var text []string
		var any []func(row knownRow) bool
		for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "terms") {
			a := rapid.SampledFrom([]func() asked{
				func() asked { return drawText(t, all) }, func() asked { return drawText(t, all) },
				func() asked { return drawLimit(t) }, func() asked { return drawDays(t) }, func() asked { return drawState(t) },
			}).Draw(t, "kind")()
			if rapid.IntRange(0, 3).Draw(t, "dash") == 0 {
				holds := a.holds
				a = asked{"-" + a.text, func(row knownRow) bool { return !holds(row) }}
			}
			text, any = append(text, a.text), append(any, a.holds)
		}
		before := whole.holds
		whole.text += strings.Join(text, " or ") + rapid.SampledFrom([]string{" ", "  ", "\t"}).Draw(t, "space")
		whole.holds = func(row knownRow) bool {
			return before(row) && slices.ContainsFunc(any, func(holds func(knownRow) bool) bool { return holds(row) })
		}
	}
	return whole
}

// ask is what of the rows fulfils all that is asked, the naive way.
func ask(rows []knownRow, a asked) string {
	found := ""
	for _, row := range rows {
		if a.holds(row) {
			found += row.ID
		}
	}
	return found
}

func TestFindAgreesWithTheNaiveWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, v := drawKnown(rt)
		first, next := drawAsked(rt, rows), drawAsked(rt, rows)
		found := map[string]*View{}
		for _, a := range []asked{first, next} {
			f := words(a.text)
			if wrong := f.Query.Mistakes(); len(wrong) > 0 {
				rt.Fatalf("%q: %+v", a.text, wrong)
			}
			got, err := v.Find(t.Context(), f)
			if err != nil {
				rt.Fatal(err)
			}
			if want := ask(rows, a); ids(got) != want {
				rt.Fatalf("%q: %q, want %q", a.text, ids(got), want)
			}
			mustSum(rt, got)
			found[a.text] = got
		}
		narrowed, err := found[first.text].Find(t.Context(), words(next.text))
		if err != nil {
			rt.Fatal(err)
		}
		both := ask(rows, asked{holds: func(row knownRow) bool { return first.holds(row) && next.holds(row) }})
		if ids(narrowed) != both {
			rt.Fatalf("%q in %q: %q, want %q", next.text, first.text, ids(narrowed), both)
		}
	})
}
