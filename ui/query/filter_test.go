package query

import (
	"strings"
	"testing"

	"tartan/plaidapi"
)

// money reads "-12.34 USD"; nothing is the amount that nobody can read.
func money(tb interface{ Fatal(...any) }, text string) plaidapi.Money {
	if text == "" {
		return plaidapi.Money{}
	}
	digits, currency, _ := strings.Cut(text, " ")
	m, err := plaidapi.ParseMoney(digits, plaidapi.Currency(currency))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// viewOf is a View of transactions, in their order; their IDs and days are made.
func viewOf(tb interface{ Fatal(...any) }, rows ...plaidapi.Transaction) *View {
	x := New()
	batch := plaidapi.NewBatch(len(rows))
	for i, t := range rows {
		t.ID, t.Date = string(rune('a'+i)), plaidapi.Date(1000-i)
		if err := batch.Append(&t); err != nil {
			tb.Fatal(err)
		}
	}
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		tb.Fatal(err)
	}
	return x.View()
}

// ids are those of a View, each a letter.
func ids(v *View) string {
	var all strings.Builder
	for i := range v.Len() {
		all.WriteString(v.At(i).ID)
	}
	return all.String()
}

// words is the Filter for what a person typed on 24 November 2026.
func words(text string) Filter { return Filter{Query: Parse(text, plaidapi.NewDate(2026, 11, 24))} }

// mustFind is the IDs of what a Filter finds.
func mustFind(t *testing.T, v *View, f Filter) string {
	t.Helper()
	found, err := v.Find(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return ids(found)
}

func TestFindWords(t *testing.T) {
	v := viewOf(t,
		plaidapi.Transaction{Name: "Café du Monde", BankText: "POS 0417 CAFE", Amount: money(t, "-48.12 USD")},
		plaidapi.Transaction{Name: "Acme", Category: plaidapi.Category{Path: []string{"Food and Drink", "Coffee Shop"}}, Amount: money(t, "48 JPY")},
		plaidapi.Transaction{Name: "Route 48", Amount: money(t, "-4812 USD")},
		plaidapi.Transaction{Name: "Drink", BankText: "cof", Amount: money(t, "-48.125 USD")},
		plaidapi.Transaction{Name: "fee du", Amount: money(t, "4812345678901234567 USD")},
		plaidapi.Transaction{Name: "wide", Amount: money(t, "9999999999999999999 USD")},
		plaidapi.Transaction{Name: "unreadable"},
		plaidapi.Transaction{Name: "nothing", Amount: money(t, "0 USD"), Place: plaidapi.Place{City: "Coffee"}, Channel: "coffee"},
	)
	tests := []struct{ query, want string }{
		{"", "abcdefgh"},
		{"cafe", "a"},
		{"CAFÉ", "a"},
		{"coffee", "b"},
		{"cof", "bd"},
		{"drink", "bd"},
		{"du", "ae"},
		{"du monde", "a"},
		{"monde pos cafe 0417", "a"},
		{"drink acme", "b"},
		{"drinkcoffee", ""},
		{"nkco", ""},
		{"zzz", ""},
		{"48", "abcd"},
		{"48.", "abd"},
		{"48.1", "ad"},
		{"48.12", "ad"},
		{"48.120", "a"},
		{"48.125", "d"},
		{"48.0", "b"},
		{"48.00", "b"},
		{"48 route", "c"},
		{"4812", "c"},
		{"4812345678901234567", "e"},
		{"9999999999999999999", "f"},
		{"9999999999999999998", ""},
		{"99999999999999999999", ""},
		{"0", "ah"}, // a's bank text has one
		{"0.00", "h"},
		{".5", ""},
		{"a b c d e f g h i j k l", ""},
		{"f o d a n r i k c e s h p m", "b"},
		{"f o d a n r i k c e s h p m q", ""},
	}
	for _, test := range tests {
		if got := mustFind(t, v, words(test.query)); got != test.want {
			t.Errorf("%q: %q, want %q", test.query, got, test.want)
		}
	}
}

func TestFindAmounts(t *testing.T) {
	v := viewOf(t,
		plaidapi.Transaction{Amount: money(t, "-20 USD")},
		plaidapi.Transaction{Amount: money(t, "20.001 EUR")},
		plaidapi.Transaction{Amount: money(t, "21 JPY")},
		plaidapi.Transaction{Amount: money(t, "-9223372036854775807 USD")},
		plaidapi.Transaction{Amount: money(t, "9223372036854775808 USD")},
		plaidapi.Transaction{Amount: money(t, "-9999999999999999999 EUR")},
		plaidapi.Transaction{},
		plaidapi.Transaction{Amount: money(t, "0 KWD")},
		plaidapi.Transaction{Amount: money(t, "0.0000000000000000001 USD")},
	)
	tests := []struct{ query, want string }{
		{"=20", "a"},
		{"=-20", "a"},
		{"20..21", "abc"},
		{"20.0005..20.9995", "b"},
		{"20.0015..20.9", ""},
		{"=0", "h"},
		{"0..1", "hi"},
		{"21..", "cdef"},
		{">=21", "cdef"},
		{">21", "def"},
		{"..21", "abchi"},
		{"<=21", "abchi"},
		{"<21", "abhi"},
		{">20", "bcdef"},
		{"<0.0000000000000000001", "h"},
		{"<=.0000000000000000001", "hi"},
		{">0", "abcdefi"},
		{"9223372036854775807..9223372036854775808", "de"},
		{">=9,223,372,036,854,775,808", "ef"},
		{"..9223372036854775807", "abcdhi"},
		{"=9999999999999999999", "f"},
		{"-=9999999999999999999", "abcdeghi"},
		{"-20.. -is:in", "gh"},
		{"is:in", "bcei"},
		{"is:out", "adf"},
		{"-is:in -is:out", "gh"},
	}
	for _, test := range tests {
		if got := mustFind(t, v, words(test.query)); got != test.want {
			t.Errorf("%q: %q, want %q", test.query, got, test.want)
		}
	}
}

func TestFindAccounts(t *testing.T) {
	v := viewOf(t,
		plaidapi.Transaction{ItemID: "one", AccountID: "x"},
		plaidapi.Transaction{ItemID: "two", AccountID: "x"},
		plaidapi.Transaction{ItemID: "one", AccountID: "y", Name: "Acme"},
		plaidapi.Transaction{ItemID: "two", AccountID: "y", Name: "Acme"},
	)
	tests := []struct {
		key   plaidapi.AccountKey
		words string
		want  string
	}{
		{plaidapi.AccountKey{}, "", "abcd"},
		{plaidapi.AccountKey{Item: "one"}, "", "ac"},
		{plaidapi.AccountKey{Item: "one", Account: "y"}, "", "c"},
		{plaidapi.AccountKey{Item: "one", Account: "z"}, "", ""},
		{plaidapi.AccountKey{Item: "three"}, "", ""},
		{plaidapi.AccountKey{Item: "two"}, "acme", "d"},
	}
	for _, test := range tests {
		f := words(test.words)
		f.Account = test.key
		if got := mustFind(t, v, f); got != test.want {
			t.Errorf("%v %q: %q, want %q", test.key, test.words, got, test.want)
		}
	}
	if v.Position("two", "d") != 3 || v.Position("one", "d") != -1 || v.Position("", "d") != -1 || v.Position("two", "") != -1 {
		t.Error("a transaction stands where it does not")
	}
}

func TestFindTransfers(t *testing.T) {
	v := viewOf(t,
		plaidapi.Transaction{AccountID: "x", Name: "Transfer to Saver", Amount: money(t, "-200 USD")},
		plaidapi.Transaction{AccountID: "y", Name: "From Checking", Amount: money(t, "200 USD")},
		plaidapi.Transaction{AccountID: "x", Name: "Rent", Amount: money(t, "-200 USD")},
	)
	for query, want := range map[string]string{"is:transfer": "ab", "-is:transfer": "c", "is:transfer -saver": "b"} {
		if got := mustFind(t, v, words(query)); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}
