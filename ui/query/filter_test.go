package query

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

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

func TestWords(t *testing.T) {
	tests := []struct {
		query string
		want  []string
	}{
		{"", nil},
		{"  Coffee\tSHOP ", []string{"coffee", "shop"}},
		{"Café CAFÉ", []string{"cafe", "cafe"}},
		{"Ångström ﬁne Ⅻ", []string{"angstrom", "fine", "xii"}},
		{"İstanbul ΣΑΣ", []string{"istanbul", "σασ"}},
		{"\u0301 a\xffb", []string{"a\uFFFDb"}},
	}
	for _, test := range tests {
		if got := Words(test.query).Words; !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.query, got, test.want)
		}
	}
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
		found, err := v.Find(t.Context(), Words(test.query))
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(found); got != test.want {
			t.Errorf("%q: %q, want %q", test.query, got, test.want)
		}
	}
	if found, err := v.Find(t.Context(), Filter{Words: []string{"", "\u0301", "CAFÉ"}}); err != nil || ids(found) != "a" {
		t.Errorf("words that are not folded: %q, %v", ids(found), err)
	}
	if found, err := v.Find(t.Context(), Filter{Words: []string{"", "\u0301"}}); err != nil || ids(found) != "abcdefgh" {
		t.Errorf("words of nothing: %q, %v", ids(found), err)
	}
	if found, err := v.Find(t.Context(), Filter{Words: []string{"\xff"}}); err != nil || ids(found) != "" {
		t.Errorf("no text: %q, %v", ids(found), err)
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
	tests := []struct{ from, to, want string }{
		{"", "", "abcdefghi"},
		{"20 USD", "20 USD", "a"},
		{"-20 USD", "-20 USD", "a"},
		{"20 USD", "21 EUR", "abc"},
		{"20.0005 USD", "20.9995 USD", "b"},
		{"20.0015 USD", "20.9 USD", ""},
		{"0 USD", "0 USD", "h"},
		{"0 USD", "1 USD", "hi"},
		{"21 USD", "", "cdef"},
		{"", "21 USD", "abchi"},
		{"9223372036854775807 USD", "9223372036854775808 USD", "de"},
		{"9223372036854775808 USD", "", "ef"},
		{"", "9223372036854775807 USD", "abcdhi"},
		{"9999999999999999999 USD", "9999999999999999999 USD", "f"},
		{"30 USD", "20 USD", ""},
	}
	for _, test := range tests {
		var f Filter
		if test.from != "" {
			m := money(t, test.from)
			f.Min = &m
		}
		if test.to != "" {
			m := money(t, test.to)
			f.Max = &m
		}
		found, err := v.Find(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(found); got != test.want {
			t.Errorf("from %q to %q: %q, want %q", test.from, test.to, got, test.want)
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
		f := Words(test.words)
		f.Account = test.key
		found, err := v.Find(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(found); got != test.want {
			t.Errorf("%v %q: %q, want %q", test.key, test.words, got, test.want)
		}
	}
	if v.Position("two", "d") != 3 || v.Position("one", "d") != -1 || v.Position("", "d") != -1 || v.Position("two", "") != -1 {
		t.Error("a transaction stands where it does not")
	}
}

// drawFilter draws a Filter over few words, accounts and amounts.
func drawFilter() *rapid.Generator[Filter] {
	return rapid.Custom(func(t *rapid.T) Filter {
		f := Words(rapid.StringMatching(`([abÁ1.2]{1,3} ?){0,3}`).Draw(t, "query"))
		f.Account = plaidapi.AccountKey{
			Item:    rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "item"),
			Account: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "account"),
		}
		if rapid.Bool().Draw(t, "min") {
			f.Min = drawAmount(t)
		}
		if rapid.Bool().Draw(t, "max") {
			f.Max = drawAmount(t)
		}
		return f
	})
}

// drawAmount draws a small amount in any of three units.
func drawAmount(t *rapid.T) *plaidapi.Money {
	m, err := plaidapi.NewMoney(rapid.Int64Range(-2200, 2200).Draw(t, "units"), rapid.IntRange(0, 3).Draw(t, "decimals"),
		rapid.SampledFrom([]plaidapi.Currency{"USD", "JPY", "EUR"}).Draw(t, "currency"))
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

// plain is whether a transaction matches, as Filter says it, the slow way.
func plain(t plaidapi.Transaction, f Filter) bool {
	key := plaidapi.AccountKey{Item: t.ItemID, Account: t.AccountID}
	if f.Account != (plaidapi.AccountKey{}) && f.Account != key && (f.Account.Account != "" || f.Account.Item != t.ItemID) {
		return false
	}
	amount := t.Amount.Abs()
	if f.Min != nil && (!amount.Known() || amount.Cmp(f.Min.Abs()) < 0) || f.Max != nil && (!amount.Known() || amount.Cmp(f.Max.Abs()) > 0) {
		return false
	}
	texts := append([]string{t.Name, t.BankText}, t.Category.Path...)
	return !slices.ContainsFunc(f.Words, func(w string) bool {
		in := slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(fold(text), w) })
		return !in && !begins(amount, w)
	})
}

// begins reports whether an amount is written with the digits of a word first.
func begins(amount plaidapi.Money, word string) bool {
	whole, fraction, _ := strings.Cut(word, ".")
	if !amount.Known() || whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return false
	}
	digits, decimals, _ := strings.Cut(amount.Decimal(), ".")
	return digits == whole && strings.HasPrefix(decimals+strings.Repeat("0", 20), fraction)
}

func drawList(t *rapid.T) *View {
	text := rapid.StringMatching(`[abAá12. ]{0,5}`)
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
		tx := plaidapi.Transaction{
			ItemID: rapid.SampledFrom([]string{"one", "two"}).Draw(t, "item"), AccountID: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "account"),
			Name: text.Draw(t, "name"), BankText: text.Draw(t, "bank text"), Pending: rapid.Bool().Draw(t, "pending"),
		}
		tx.Category.Path = rapid.SliceOfN(text, 0, 2).Draw(t, "path")
		if rapid.IntRange(0, 9).Draw(t, "readable") > 0 {
			tx.Amount = *drawAmount(t)
		}
		return tx
	}), 0, 12).Draw(t, "rows")
	return viewOf(t, rows...)
}

func TestFindAgreesWithThePlainWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v, f, next := drawList(rt), drawFilter().Draw(rt, "filter"), drawFilter().Draw(rt, "next")
		found, err := v.Find(t.Context(), f)
		if err != nil {
			rt.Fatal(err)
		}
		want := all(v)
		want = slices.DeleteFunc(want, func(tx plaidapi.Transaction) bool { return !plain(tx, f) })
		same(rt, "found", found, want)
		mustSum(rt, found)
		narrowed, err := found.Find(t.Context(), next)
		if err != nil {
			rt.Fatal(err)
		}
		want = slices.DeleteFunc(want, func(tx plaidapi.Transaction) bool { return !plain(tx, next) })
		same(rt, "narrowed", narrowed, want)
		mustSum(rt, narrowed)
		direct, err := v.Find(t.Context(), next)
		if err != nil {
			rt.Fatal(err)
		}
		if next.Within(f) && narrowed.Len() != direct.Len() {
			rt.Fatalf("%+v is not within %+v", next, f)
		}
	})
}

func TestWithin(t *testing.T) {
	low, high := money(t, "1 USD"), money(t, "-2 EUR")
	one := plaidapi.AccountKey{Item: "one"}
	x := plaidapi.AccountKey{Item: "one", Account: "x"}
	tests := []struct {
		f, wider Filter
		want     bool
	}{
		{Filter{}, Filter{}, true},
		{Words("coffee"), Words("coff"), true},
		{Words("coffee shop"), Words("shop coff"), true},
		{Words("coff"), Words("coffee"), false},
		{Words("48"), Words("48"), true},
		{Words("48"), Words("4"), false},
		{Words("48th"), Words("4"), true},
		{Words("48"), Words("8"), false},
		{Filter{Account: x}, Filter{}, true},
		{Filter{Account: x}, Filter{Account: one}, true},
		{Filter{Account: x}, Filter{Account: x}, true},
		{Filter{Account: one}, Filter{Account: x}, false},
		{Filter{}, Filter{Account: one}, false},
		{Filter{Min: &high}, Filter{Min: &low}, true},
		{Filter{Min: &low}, Filter{Min: &high}, false},
		{Filter{}, Filter{Min: &high}, false},
		{Filter{Max: &low}, Filter{Max: &high}, true},
		{Filter{Max: &high}, Filter{Max: &low}, false},
		{Filter{}, Filter{Max: &high}, false},
	}
	for _, test := range tests {
		if got := test.f.Within(test.wider); got != test.want {
			t.Errorf("%+v within %+v: %v", test.f, test.wider, got)
		}
	}
}
