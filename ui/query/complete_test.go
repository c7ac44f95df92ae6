package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// knownView is a View with accounts, and with something written about three of its rows.
func knownView(t *testing.T) *View {
	x, batch := New(), plaidapi.NewBatch(0)
	for i, name := range []string{"Blue Bottle Coffee", "Blue Bottle Coffee", "Bluefin", `12" Blues`, "Chevron", "or"} {
		tx := plaidapi.Transaction{
			ID: string(rune('a' + i)), ItemID: "one", AccountID: "x", Name: name, Date: plaidapi.Date(900 - i), Pending: i == 0,
			Amount: money(t, fmt.Sprintf("-%d USD", 100*i)), Category: plaidapi.Category{Path: []string{"Food and Drink", "Coffee"}},
		}
		if i == 4 {
			tx.AccountID, tx.Category.Path = "y", []string{"Transport"}
		}
		if err := batch.Append(&tx); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	x.SetFacts(Facts{
		Accounts: map[plaidapi.AccountKey]Account{
			{Item: "one", Account: "x"}: {Name: "Everyday Checking", Mask: "0000", Bank: "Tartan Bank"},
			{Item: "one", Account: "y"}: {Name: "Card", Mask: "3333", Bank: "Tartan Bank", LeftOut: true},
		},
		Written: map[Key]Written{
			{"one", "a"}: {Name: "Morning blues", Note: "with Émile", Tags: []string{"family", "treats"}},
			{"one", "b"}: {Category: "Treats", Tags: []string{"family"}},
			{"one", "c"}: {LeftOut: true},
		},
	})
	return x.View()
}

func TestFindWhatIsWritten(t *testing.T) {
	v := knownView(t)
	tests := []struct{ query, want string }{
		{"emile", "a"},
		{"blues", "ad"},
		{"bottle", "ab"},
		{"treats", "ab"},
		{"cat:treats", "b"},
		{"cat:coffee", "acdf"}, // b has a category of the person's own
		{"coffee", "abcdf"},
		{"cat:treats or cat:transport", "be"},
		{"coffee cat:treats", "b"},
		{"tag:treats", "a"},
		{"tag:treat or note:mile", "a"},
		{"note:treats", ""},
		{"is:tagged", "ab"},
		{"is:untagged", "cdef"},
		{"-is:untagged", "ab"},
		{"is:noted", "a"},
		{"is:left-out", "ce"},
		{"is:transfer", ""},
		{"acct:0000", "abcdf"},
		{"acct:card", "e"},
		{"acct:crad", "e"},
		{"acct:craft", ""},
		{"acct:checkign -is:tagged", "cdf"},
		{"bank:tartan -acct:33", "abcdf"},
		{`bank:"tartan bank" blue`, "abcd"},
	}
	for _, test := range tests {
		if got := mustFind(t, v, words(test.query)); got != test.want {
			t.Errorf("%q: %q, want %q", test.query, got, test.want)
		}
	}
	f := words("blue")
	f.Days = plaidapi.Span{From: 898, To: 899}
	if got := mustFind(t, v, f); got != "bc" {
		t.Errorf("of two days: %q", got)
	}
}

func TestComplete(t *testing.T) {
	v := knownView(t)
	tests := []struct{ text, want string }{ // the cursor is at the |
		{"|", "cat: acct: bank: tag: note: is: since: until: on:"},
		{"x |", "cat: acct: bank: tag: note: is: since: until: on:"},
		{"c|", `cat: Chevron "Blue Bottle Coffee" cat:Coffee acct:Card acct:"Everyday Checking"`},
		{"-ca|", "cat: acct:Card"},
		{"blue|", `"Blue Bottle Coffee" Bluefin "Morning blues"`},
		{`"blue b|`, `"Blue Bottle Coffee"`},
		{"pend|", "is:pending"},
		{"is:|", "pending posted in out noted tagged untagged left-out transfer"},
		{"x is:p|z y", "pending posted"},
		{"is:pending|", ""},
		{"acct:|", `"Everyday Checking" Card`},
		{"acct:chec|", `"Everyday Checking"`},
		{"bank:|", `"Tartan Bank"`},
		{"tag:|", "family treats"},
		{"cat:|", `Coffee "Food and Drink" Transport Treats`},
		{`cat:"food |`, `"Food and Drink"`},
		{"since:|", "today yesterday 7d 30d nov oct sep aug jul jun may apr mar feb jan dec 2026-11 2026-10 2026-09 2026-08"},
		{"on:2026-0|", "2026-09 2026-08 2026-07 2026-06 2026-05 2026-04 2026-03 2026-02 2026-01"},
		{"note:|", ""},
		{"colour:|", ""},
		{"c|at:x", ""},
		{"or|", `"or"`},
	}
	for _, test := range tests {
		at := strings.Index(test.text, "|")
		text := strings.Replace(test.text, "|", "", 1)
		var got []string
		for _, c := range v.Complete(text, at, plaidapi.NewDate(2026, 11, 24), 20) {
			got = append(got, c.Text)
			whole := text[:c.From] + c.Text + text[c.To:]
			if q := words(whole).Query; len(q.Mistakes()) > 0 {
				t.Errorf("%q completed to %q: %+v", test.text, whole, q.Mistakes())
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, strings.Join(got, " "), test.want)
		}
	}
	if got := v.Complete("is:", 3, 0, 2); len(got) != 2 || got[0] != (Completion{3, 3, "pending", "not posted yet"}) {
		t.Errorf("two of them: %+v", got)
	}
	if got := v.Complete("a", 99, 0, 1); !slices.Equal(got, []Completion{{0, 1, "acct:", "account: its name or last digits"}}) {
		t.Errorf("a cursor beyond the end: %+v", got)
	}
}

func TestLooser(t *testing.T) {
	v := knownView(t)
	tests := []struct {
		query, want string
		rows        int
	}{
		{"", "", 0},
		{"zzz", "zzz", 6},
		{"blue >500", ">500", 4},
		{"blue  >500 -is:pending", ">500", 3},
		{"chevron or bluefin >500", ">500", 2},
		{"zzz or yyy =100", "zzz or yyy", 1},
		{"zzz yyy", "", 0},
		{"zzz colour:red is:pend", "zzz", 6},
	}
	for _, test := range tests {
		without, rows, err := v.Looser(t.Context(), words(test.query))
		if err != nil || without.Text != test.want || rows != test.rows || test.query[without.From:without.To] != test.want {
			t.Errorf("%q: %d without %+v, %v; want %d without %q", test.query, rows, without, err, test.rows, test.want)
		}
	}
	if _, _, err := v.Looser(&over{t.Context(), 0}, words("blue")); err == nil {
		t.Error("it did not end with its context")
	}
}
