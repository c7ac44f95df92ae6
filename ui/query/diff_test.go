package query

import (
	"fmt"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// bring has the Index take in what a bank told.
func bring(tb testing.TB, x *Index, item string, c plaidapi.Changes) plaidapi.Page {
	tb.Helper()
	p, err := x.Diff(item, c)
	if err != nil {
		tb.Fatal(err)
	}
	if err := x.Apply(p); err != nil {
		tb.Fatal(err)
	}
	return p
}

// row reads "id day", with "p" behind it when it is pending, or "=id" when it replaces that one.
func row(text string) plaidapi.Transaction {
	var t plaidapi.Transaction
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			t.ID = word
		case i == 1:
			_, _ = fmt.Sscan(word, &t.Date)
		case word == "p":
			t.Pending = true
		case word[0] == '=':
			t.PendingID = word[1:]
		default:
			t.Name = word
		}
	}
	return t
}

func rows(texts ...string) []plaidapi.Transaction {
	var out []plaidapi.Transaction
	for _, text := range texts {
		out = append(out, row(text))
	}
	return out
}

func TestWhatPagesBring(t *testing.T) {
	window := func(from, to plaidapi.Date, texts ...string) plaidapi.Changes {
		return plaidapi.Changes{Added: rows(texts...), Replace: &plaidapi.Span{From: from, To: to}}
	}
	added := func(texts ...string) plaidapi.Changes { return plaidapi.Changes{Added: rows(texts...)} }
	known := window(0, 9, "a 9 p", "b 9", "c 9", "d 8", "e 7")
	tests := []struct {
		name   string
		then   plaidapi.Changes
		want   string // all IDs, newest first
		put    string // IDs in the last page
		gone   string // likewise
		oldest plaidapi.Date
	}{
		{name: "nothing new", then: known, want: "abcde", oldest: 7},
		{name: "the newest", then: added("n 10"), want: "nabcde", put: "n", oldest: 7},
		{name: "the oldest", then: added("n 1"), want: "abcden", put: "n", oldest: 1},
		{name: "behind its day", then: added("n 9"), want: "abcnde", put: "n", oldest: 7},
		{name: "before its day", then: window(9, 9, "a 9 p", "n 9", "b 9", "c 9"), want: "anbcde", put: "nbc", gone: "bc", oldest: 7},
		{name: "within its day", then: window(9, 9, "a 9 p", "b 9", "n 9", "c 9"), want: "abncde", put: "nc", gone: "c", oldest: 7},
		{name: "stirred", then: window(8, 9, "a 9 p", "c 9", "b 9", "d 8"), want: "acbde", put: "b", gone: "b", oldest: 7},
		{name: "vanished", then: window(8, 9, "a 9 p", "c 9"), want: "ace", gone: "bd", oldest: 7},
		{name: "the oldest vanished", then: window(0, 7), want: "abcd", gone: "e", oldest: 8},
		{name: "all vanished", then: window(0, 9), gone: "abcde"},
		{name: "removed", then: plaidapi.Changes{Removed: []string{"b", "e", "x", "b"}}, want: "acd", gone: "be", oldest: 8},
		{name: "removed and told", then: plaidapi.Changes{Added: rows("b 9 word", "n 3"), Removed: []string{"b", "n"}}, want: "acde", gone: "b", oldest: 7},
		{name: "reworded", then: plaidapi.Changes{Modified: rows("d 8 word")}, want: "abcde", put: "d", gone: "d", oldest: 7},
		{name: "reworded in a day", then: plaidapi.Changes{Modified: rows("b 9 word")}, want: "abcde", put: "bc", gone: "bc", oldest: 7},
		{name: "reworded twice", then: plaidapi.Changes{Added: rows("d 8 word"), Modified: rows("d 8 other")}, want: "abcde", put: "d", gone: "d", oldest: 7},
		{name: "reworded and back", then: plaidapi.Changes{Added: rows("d 8 word"), Modified: rows("d 8")}, want: "abcde", oldest: 7},
		{name: "reworded while its neighbour moves", then: plaidapi.Changes{Modified: rows("b 9 word", "c 5")}, want: "abdec", put: "bc", gone: "cb", oldest: 5},
		{name: "reworded, and newer ones", then: plaidapi.Changes{Added: rows("n 10", "m 9"), Modified: rows("c 9 word")}, want: "nabcmde", put: "ncm", gone: "c", oldest: 7},
		{name: "on another day", then: plaidapi.Changes{Modified: rows("b 6")}, want: "acdeb", put: "b", gone: "b", oldest: 6},
		{name: "posted", then: plaidapi.Changes{Modified: rows("a 9")}, want: "bcade", put: "a", gone: "a", oldest: 7},
		{name: "posted as another", then: added("n 8 =a"), want: "bcdne", put: "n", gone: "a", oldest: 7},
		{name: "posted as another in one page", then: added("n 8 =q", "q 8 p"), want: "abcdne", put: "n", oldest: 7},
		{name: "posted as another and told", then: added("a 9 p", "n 8 =a"), want: "bcdne", put: "n", gone: "a", oldest: 7},
		{name: "posted rows do not give way", then: added("n 8 =b"), want: "abcdne", put: "n", oldest: 7},
		{name: "it names itself", then: added("n 8 =n"), want: "abcdne", put: "n", oldest: 7},
		{name: "pending rows replace nothing", then: added("n 8 p =a"), want: "abcnde", put: "n", oldest: 7},
	}
	for _, test := range tests {
		x := New()
		first := bring(t, x, "one", known)
		p := bring(t, x, "one", test.then)
		put := ""
		if p.Put != nil {
			for i := range p.Put.Len() {
				put += p.Put.At(i).ID
			}
		}
		gone := strings.Join(p.Gone, "")
		if got := ids(x.View()); got != test.want || put != test.put || gone != test.gone {
			t.Errorf("%s: %q, put %q, gone %q; want %q, %q, %q", test.name, got, put, gone, test.want, test.put, test.gone)
		}
		if p.Rows != len(test.want) || p.Oldest != test.oldest {
			t.Errorf("%s: %d rows since day %d", test.name, p.Rows, p.Oldest)
		}
		y := New()
		for _, page := range []plaidapi.Page{first, p} {
			if err := y.Load(page); err != nil {
				t.Fatal(err)
			}
		}
		if got := ids(y.View()); got != test.want {
			t.Errorf("%s: loaded %q", test.name, got)
		}
	}
}

// In a day of many rows, those that come again stay behind the one that changed, in their order.
func TestALongDay(t *testing.T) {
	x := New()
	var day []plaidapi.Transaction
	for i := range 60 {
		day = append(day, row(fmt.Sprintf("%c 9", 'A'+i)))
	}
	want := ""
	for i := range day {
		want += day[i].ID
	}
	bring(t, x, "one", plaidapi.Changes{Added: day})
	p := bring(t, x, "one", plaidapi.Changes{Modified: rows("D 9 word", "0 9", "F 9 word"), Added: rows("1 8", "2 10", "3 11")})
	if got := ids(x.View()); got != "32"+want+"01" || p.Put.Len() != 61 || len(p.Gone) != 57 {
		t.Errorf("rows %q, %d put, %d gone", got, p.Put.Len(), len(p.Gone))
	}
}

func TestAPageThatTakesARowAwayTwice(t *testing.T) {
	x := New()
	bring(t, x, "one", plaidapi.Changes{Added: rows("a 9", "b 8")})
	if err := x.Apply(plaidapi.Page{ItemID: "one", Gone: []string{"a", "x", "a"}}); err != nil {
		t.Fatal(err)
	}
	if p := bring(t, x, "one", plaidapi.Changes{}); p.Rows != 1 || ids(x.View()) != "b" {
		t.Errorf("%d rows: %q", p.Rows, ids(x.View()))
	}
}

// A pending row that a known posted row names does not come back, unless that one goes.
func TestAPendingRowComesTooLate(t *testing.T) {
	x := New()
	bring(t, x, "one", plaidapi.Changes{Added: rows("q 7 =p")})
	late := plaidapi.Changes{Added: rows("p 9 p")}
	if p := bring(t, x, "one", late); p.Put != nil || p.Gone != nil || p.Rows != 1 {
		t.Errorf("it came back: %+v", p)
	}
	if p := bring(t, x, "two", late); p.Rows != 1 {
		t.Errorf("another Item's row: %+v", p)
	}
	x.Drop("two")
	instead := plaidapi.Changes{Added: rows("p 9 p"), Removed: []string{"q"}}
	if bring(t, x, "one", instead); ids(x.View()) != "p" {
		t.Errorf("the posted row went: %q", ids(x.View()))
	}
	bring(t, x, "one", plaidapi.Changes{Added: rows("q 7 =p")})
	renamed := plaidapi.Changes{Added: rows("q 7", "p 9 p")}
	if bring(t, x, "one", renamed); ids(x.View()) != "pq" {
		t.Errorf("the posted row names another: %q", ids(x.View()))
	}
}

// A bank that names one pending row in all others costs no more than another.
func TestAllNameOnePendingRow(t *testing.T) {
	x := New()
	var c plaidapi.Changes
	for i := range 1000 {
		c.Added = append(c.Added, plaidapi.Transaction{ID: fmt.Sprint(i), PendingID: "p", Date: 5})
	}
	c.Added = append(c.Added, row("p 9 p"))
	bring(t, x, "one", c)
	if n := x.known.replaced.rows; n != 16 {
		t.Errorf("%d rows are found by what they name", n)
	}
	if p := bring(t, x, "one", plaidapi.Changes{Added: rows("p 9 p"), Removed: []string{"0", "999"}}); p.Rows != 998 || p.Put != nil {
		t.Errorf("%d rows, %v put", p.Rows, p.Put)
	}
}
