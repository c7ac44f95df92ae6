package query

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"tartan/plaidapi"
)

func TestMistakes(t *testing.T) {
	const or = `"or" stands between two terms. Quote it to look for the word.`
	tests := []struct {
		text string
		want []string // the term and what is said of it
	}{
		{"", nil},
		{"amazon or target  >50  since:2026-01  -is:pending", nil},
		{`"blue bottle" -cat:"food and drink" Category:travel acct:0000 12:30 x"y :z 3..x ...`, nil},
		{"colour:red x", []string{"colour:red", `There is no key "colour:". There are cat: acct: bank: tag: note: is: since: until: on:, or quote it to look for the words.`}},
		{"-catt:red x", []string{"-catt:red", `There is no key "catt:". The nearest is "cat:".`}},
		{"accounts:x x", []string{"accounts:x", `There is no key "accounts:". The nearest is "acct:".`}},
		{"untl:oct x", []string{"untl:oct", `There is no key "untl:". The nearest is "until:".`}},
		{"is:pendig x", []string{"is:pendig", `There is no "is:pendig". The nearest is "is:pending".`}},
		{"is:x x", []string{"is:x", "After is: stands one of pending, posted, in, out, noted, tagged, untagged, left-out, transfer."}},
		{"since:Octember x", []string{"since:Octember", `"Octember" is no date. Write 2026-01-05, 2026-01, 2026, oct, 5nov, 30d or yesterday.`}},
		{">5o x", []string{">5o", `">5o" is no limit for amounts. Write >50, <=12.50 or 40..60.`}},
		{"=> <> >12,50 x", []string{
			"=>", `"=>" is no limit for amounts. Write >50, <=12.50 or 40..60.`, "<>", `"<>" is no limit for amounts. Write >50, <=12.50 or 40..60.`,
			">12,50", `">12,50" is no limit for amounts. Write >50, <=12.50 or 40..60.`,
		}},
		{"60..40 x", []string{"60..40", `"60..40" ends before it begins.`}},
		{"or x", []string{"or", or}},
		{"x OR or y", []string{"OR", or}},
		{"x or ", []string{"or", or}},
		{"- x", []string{"-", "A dash stands right before what it leaves out."}},
		{`"" tag: x`, []string{`""`, "There is no letter here to look for.", "tag:", "tag: needs a word right after it."}},
		{"-a or -b or -c or -d or -e or -f or -g or h or -i", []string{"-i", "These are too many to leave out with or between them."}},
	}
	for _, test := range tests {
		var got []string
		for _, m := range words(test.text).Query.Mistakes() {
			got = append(got, m.Text, m.Mistake)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// What is being typed is no mistake before it can be told.
func TestWhatIsUnfinished(t *testing.T) {
	for _, text := range []string{
		"since:", "since:2", "on:20", "on:2026-", "until:2026-0", "until:2026-01-", "since:o", "since:yes", "on:5n", "on:5-", "on:5nov2",
		"on:oct-", "on:oct20", ">", ">=", "=-", "..", ">1,2", "1,284..1,3", "40..6", "is:", "is:pend", "-", "-tag:", "or", `"`, `cat:"`, `-"a b`,
	} {
		q := words("first " + text).Query
		last := q.Terms()[len(q.Terms())-1]
		if !last.Unfinished || len(q.Mistakes()) > 0 {
			t.Errorf("%q: %+v", text, q.Terms())
		}
		done := q.Finished()
		if last := done.Terms()[len(done.Terms())-1]; last.Unfinished || last.Mistake == "" {
			t.Errorf("%q in the end: %+v", text, last)
		}
		if got := len(q.clauses()); got != 1 && !strings.Contains(text, "a b") {
			t.Errorf("%q has a part in the search", text)
		}
	}
	for _, text := range []string{"since:x", "on:2026-13", "on:31feb", "on:20261", ">a", ">1,2345", "is:red", "colour:", "x..", "5..4 "} {
		if q := words(text).Query; len(q.Terms()) != 1 || q.Terms()[0].Unfinished {
			t.Errorf("%q: %+v", text, q.Terms())
		}
	}
}

func TestWithout(t *testing.T) {
	tests := []struct {
		text string
		i    int
		want string
	}{
		{"a", 0, ""},
		{" a  b c ", 0, "b c "},
		{" a  b c ", 1, " a c "},
		{" a  b c ", 2, " a  b"},
		{"x a or b or c y", 1, "x b or c y"},
		{"x a or b or c y", 2, "x a or c y"},
		{"x a or b or c y", 3, "x a or b y"},
		{"a or or b", 1, "a or b"},
		{"a or or b", 0, "b"},
		{"or b", 0, "b"},
		{`-"a b"cat:c`, 0, "cat:c"},
		{`-"a b"cat:c`, 1, `-"a b"`},
	}
	for _, test := range tests {
		if got := words(test.text).Query.Without(test.i).Text(); got != test.want {
			t.Errorf("%q without term %d: %q, want %q", test.text, test.i, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"amazon or target  >50  since:2026-01  -is:pending", `-cat:"food and drink" or "x`, "or or - 40..60 ..6 1,284.50 colour:red", "since:30d until:5-nov-2025 on:oct2025",
		"is:left-out acct:0000\u0301 \xff:\xff", `"a"b"c"or"d"`, "-a or -b or -c or -d or -e or -f or -g or -h or -i", "on:9999y since:29feb >=,,,",
	} {
		f.Add(text, int32(plaidapi.NewDate(2026, 11, 24)), 3)
	}
	v := loaded(f, made(f, 300)).View()
	f.Fuzz(func(t *testing.T, text string, today int32, at int) {
		day := plaidapi.Date(min(max(today, 0), int32(plaidapi.NewDate(9999, 12, 31))))
		q := Parse(text, day)
		mustCover(t, q)
		if again := Parse(q.Text(), day); !reflect.DeepEqual(again, q) {
			t.Fatalf("%q: %+v, and then %+v", text, q, again)
		}
		for i, term := range q.Terms() {
			less := q.Without(i)
			mustCover(t, less)
			if len(less.Terms()) >= len(q.Terms()) {
				t.Fatalf("%q without %q: %q", text, term.Text, less.Text())
			}
		}
		if done := q.Finished(); done.Text() != text || slices.ContainsFunc(done.Terms(), func(t Term) bool { return t.Unfinished }) {
			t.Fatalf("%q in the end: %+v", text, done.Terms())
		}
		found, err := v.Find(t.Context(), Filter{Query: q})
		if err != nil || q.Empty() != (found == v) || found.Len() > v.Len() {
			t.Fatalf("%q: %d found, %v", text, found.Len(), err)
		}
		for _, c := range v.Complete(text, at, day, 4) {
			if c.From < 0 || c.From > c.To || c.To > len(text) {
				t.Fatalf("%q at %d: %+v", text, at, c)
			}
			if whole := text[:c.From] + c.Text + text[c.To:]; len(Parse(whole, day).Terms()) == 0 {
				t.Fatalf("%q completed to %q", text, whole)
			}
		}
	})
}

// mustCover fails unless the terms of a Query stand in their order and beside one another, with
// nothing but spaces and or between them.
func mustCover(t *testing.T, q Query) {
	t.Helper()
	at := 0
	for _, term := range append(q.Terms(), Term{From: len(q.Text()), To: len(q.Text())}) {
		if term.From < at || term.To < term.From || term.To > len(q.Text()) || q.Text()[term.From:term.To] != term.Text {
			t.Fatalf("%q has %+v", q.Text(), term)
		}
		if between := strings.TrimFunc(q.Text()[at:term.From], unicode.IsSpace); between != "" && fold(between) != "or" {
			t.Fatalf("%q before %+v is in no term of %q", between, term, q.Text())
		}
		if term.Unfinished && (term.Mistake != "" || term.To != len(q.Text())) {
			t.Fatalf("%q has %+v", q.Text(), term)
		}
		at = term.To
	}
}
