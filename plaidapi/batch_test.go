package plaidapi

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// drawMoney draws any amount: small, with 19 digits, or one that nobody can read.
func drawMoney() *rapid.Generator[Money] {
	return rapid.Custom(func(t *rapid.T) Money {
		currency := Currency(rapid.SampledFrom([]string{"USD", "EUR", "JPY", "KWD", "", "points"}).Draw(t, "currency"))
		digits := rapid.SampledFrom([]string{
			"0", "-0.00", "9223372036854775807", "-9223372036854775808", "9999999999999999999", "-99999999999999999.99",
			"0.0000000000000000001", "1000000000000000000", "1.5", "0.125", "1e18",
		}).Draw(t, "digits")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return Money{}
		case 1:
			m, err := NewMoney(rapid.Int64().Draw(t, "units"), rapid.IntRange(0, 19).Draw(t, "decimals"), currency)
			if err != nil {
				t.Fatal(err)
			}
			return m
		case 2:
			digits = fmt.Sprintf("%d.%d", rapid.Int64Range(-1e9, 1e9).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "cents"))
		}
		m, err := ParseMoney(digits, currency)
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

// drawTransaction draws any transaction at all: its IDs are any bytes.
func drawTransaction() *rapid.Generator[Transaction] {
	return rapid.Custom(func(t *rapid.T) Transaction {
		id := func(label string) string { return string(rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, label)) }
		word := rapid.SampledFrom([]string{"", "a", "b", "Acme\x00Market", "\xff"})
		return Transaction{
			ID: id("id"), PendingID: id("pending id"), ItemID: word.Draw(t, "item"), AccountID: word.Draw(t, "account"),
			Date: Date(rapid.Int32().Draw(t, "date")), Amount: drawMoney().Draw(t, "amount"),
			Name: rapid.String().Draw(t, "name"), BankText: word.Draw(t, "bank text"),
			Category: Category{ID: word.Draw(t, "category"), Path: rapid.SliceOfN(word, 0, 3).Draw(t, "path")},
			Pending:  rapid.Bool().Draw(t, "pending"),
			Place:    Place{word.Draw(t, "address"), word.Draw(t, "city"), word.Draw(t, "state"), word.Draw(t, "zip")},
			Channel:  word.Draw(t, "channel"),
		}
	})
}

// mustTell fails unless a row tells what a transaction does.
func mustTell(t *rapid.T, b *Batch, row int, want Transaction) {
	t.Helper()
	got := b.At(row)
	if got.Amount.String() != want.Amount.String() || got.Amount.Known() != want.Amount.Known() {
		t.Fatalf("row %d: %v, known %v; want %v", row, got.Amount, got.Amount.Known(), want.Amount)
	}
	if !b.Same(row, &want) || !b.Same(row, &got) {
		t.Fatalf("row %d is not the same as %+v", row, want)
	}
	got.Amount = want.Amount // of another scale
	if len(got.Category.Path) == 0 {
		got.Category.Path = want.Category.Path // nil or empty
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("row %d\n got %+v\nwant %+v", row, got, want)
	}
}

func TestABatchGivesBackWhatItGot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(drawTransaction(), 0, 20).Draw(t, "rows")
		cut := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		var b, rest Batch
		for i := range rows {
			to := &b
			if i >= cut {
				to = &rest
			}
			if err := to.Append(&rows[i]); err != nil {
				t.Fatal(err)
			}
		}
		if rapid.Bool().Draw(t, "decoded") {
			b.known, rest.known = nil, nil
		}
		if err := b.AppendBatch(&rest); err != nil {
			t.Fatal(err)
		}
		if b.Len() != len(rows) {
			t.Fatalf("%d rows of %d", b.Len(), len(rows))
		}
		for i, want := range rows {
			mustTell(t, &b, i, want)
			if i > 0 && b.Compare(i-1, i) != rows[i-1].Compare(&rows[i]) {
				t.Fatalf("rows %d and %d compare otherwise", i-1, i)
			}
		}
		some := rapid.SliceOfN(rapid.IntRange(0, max(0, len(rows)-1)), 0, len(rows)).Draw(t, "some")
		picked, numbers := rest, make([]uint32, len(some))
		picked.known = nil // so that rest is not touched
		for i, row := range some {
			numbers[i] = uint32(row)
		}
		if err := picked.AppendRows(&b, numbers); err != nil {
			t.Fatal(err)
		}
		for i, row := range some {
			mustTell(t, &picked, rest.Len()+i, rows[row])
		}
	})
}

// Every dictionary has each of its entries once, however rows came.
func TestABatchHasNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Batch
		for range rapid.IntRange(0, 4).Draw(t, "batches") {
			var next Batch
			for _, row := range rapid.SliceOfN(drawTransaction(), 0, 5).Draw(t, "rows") {
				if err := next.Append(&row); err != nil {
					t.Fatal(err)
				}
			}
			if err := b.AppendBatch(&next); err != nil {
				t.Fatal(err)
			}
		}
		once(t, b.Texts, func(a, b string) bool { return a == b })
		once(t, b.Accounts, func(a, b AccountKey) bool { return a == b })
		once(t, b.Units, func(a, b Unit) bool { return a == b })
		once(t, b.Abouts, func(a, b About) bool { return a.equal(&b) })
	})
}

func once[T any](t *rapid.T, entries []T, equal func(a, b T) bool) {
	for i, a := range entries {
		if slices.ContainsFunc(entries[:i], func(b T) bool { return equal(a, b) }) {
			t.Fatalf("%+v is there twice", a)
		}
	}
}

// Every field counts when a row is compared with a transaction.
func TestSameLooksAtEveryField(t *testing.T) {
	full := Transaction{ID: "a", Category: Category{ID: "c", Path: []string{"Travel", "Airlines"}}}
	edits := map[string]func(*Transaction){
		"ID":            func(t *Transaction) { t.ID = "x" },
		"ItemID":        func(t *Transaction) { t.ItemID = "x" },
		"AccountID":     func(t *Transaction) { t.AccountID = "x" },
		"Date":          func(t *Transaction) { t.Date = 1 },
		"Amount":        func(t *Transaction) { t.Amount = Zero("USD") },
		"Name":          func(t *Transaction) { t.Name = "x" },
		"BankText":      func(t *Transaction) { t.BankText = "x" },
		"Category":      func(t *Transaction) { t.Category.ID = "x" },
		"Category.Path": func(t *Transaction) { t.Category.Path = []string{"Travel", "x"} },
		"Pending":       func(t *Transaction) { t.Pending = true },
		"PendingID":     func(t *Transaction) { t.PendingID = "x" },
		"Place":         func(t *Transaction) { t.Place.Zip = "x" },
		"Channel":       func(t *Transaction) { t.Channel = "x" },
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Transaction]()) {
		if edits[f.Name] == nil {
			t.Errorf("nobody says whether %s counts", f.Name)
		}
	}
	var b Batch
	if err := b.Append(&full); err != nil || !b.Same(0, &full) {
		t.Fatal("a row is not the same as itself", err)
	}
	for name, edit := range edits {
		other := full
		if edit(&other); b.Same(0, &other) {
			t.Errorf("%s does not count", name)
		}
	}
}

func TestSameAmounts(t *testing.T) {
	tests := []struct {
		a, b string // digits and currency
		want bool
	}{
		{"1.5 USD", "1.50 USD", true},
		{"1.5 USD", "1.50 EUR", false},
		{"1.5 USD", "1.51 USD", false},
		{"15 JPY", "1.5 JPY", false},
		{"9999999999999999999 USD", "9999999999999999999 USD", true},
		{"9999999999999999999 USD", "9999999999999999998 USD", false},
		{"9999999999999999999 USD", "9999999999999999999 EUR", false},
		{"9999999999999999999 USD", "0 USD", false},
		{"0 USD", "9999999999999999999 USD", false},
		{"0 JPY", "9999999999999999999 JPY", false},
		{"1 USD", "1 ", false},
	}
	money := func(text string) Money {
		digits, currency, _ := strings.Cut(text, " ")
		m, err := ParseMoney(digits, Currency(currency))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, test := range tests {
		var b Batch
		if err := b.Append(&Transaction{Amount: money(test.a)}); err != nil {
			t.Fatal(err)
		}
		if got := b.Same(0, &Transaction{Amount: money(test.b)}); got != test.want {
			t.Errorf("%s and %s: %v", test.a, test.b, got)
		}
	}
}

// full is a Batch with no room for one more account or currency, and one row.
func full(t *testing.T) *Batch {
	t.Helper()
	b := NewBatch(0)
	for i := range math.MaxUint16 {
		if _, err := b.AccountNumber(AccountKey{"item", fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.UnitNumber(Unit{Currency: Currency(fmt.Sprint(i)), Decimals: 2}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Append(&Transaction{ID: "a", ItemID: "item", AccountID: "7"}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFullBatchStaysWhole(t *testing.T) {
	b := full(t)
	money, _ := ParseMoney("1", "one more")
	for name, tx := range map[string]Transaction{
		"account":  {ID: "b", ItemID: "item", AccountID: "one more"},
		"currency": {ID: "b", ItemID: "item", AccountID: "7", Amount: money},
	} {
		other := NewBatch(1)
		if err := other.Append(&tx); err != nil {
			t.Fatal(err)
		}
		for how, err := range map[string]error{
			"Append":      b.Append(&tx),
			"AppendBatch": b.AppendBatch(other),
			"AppendRows":  b.AppendRows(other, []uint32{0}),
		} {
			if !errors.Is(err, ErrBatchFull) {
				t.Errorf("%s, %s: %v", name, how, err)
			}
		}
	}
	if err := b.Append(&Transaction{ID: "c", ItemID: "item", AccountID: "65534"}); err != nil {
		t.Error("a known account:", err)
	}
	if b.Len() != 2 || b.At(0).AccountID != "7" || b.At(1).ID != "c" || b.At(1).AccountID != "65534" {
		t.Errorf("%d rows: %+v", b.Len(), b.At(1))
	}
}

// A copy of a Batch stays as it is, and may be read, while the original grows.
func TestASnapshotStaysWhileItsBatchGrows(t *testing.T) {
	row := func(i int) *Transaction {
		amount, _ := NewMoney(int64(i), 2, "USD")
		return &Transaction{ID: fmt.Sprint("id ", i), AccountID: fmt.Sprint(i % 7), Name: fmt.Sprint("name ", i), Amount: amount}
	}
	b := NewBatch(0)
	var readers sync.WaitGroup
	for i := range 500 {
		if err := b.Append(row(i)); err != nil {
			t.Fatal(err)
		}
		if i%50 != 0 {
			continue
		}
		snapshot := *b
		readers.Go(func() {
			for at := range snapshot.Len() {
				if !snapshot.Same(at, row(at)) || snapshot.Len() != i+1 {
					t.Errorf("row %d of %d: %+v", at, snapshot.Len(), snapshot.At(at))
				}
			}
		})
	}
	readers.Wait()
}

// What looks alike when it is written in one row is told apart.
func TestAboutsThatLookAlike(t *testing.T) {
	paths := [][]string{{"ab", "c"}, {"a", "bc"}, {"abc"}, {"", "abc"}}
	b := NewBatch(0)
	for range 2 {
		for i, path := range paths {
			if err := b.Append(&Transaction{ID: fmt.Sprint(i), Category: Category{Path: path}}); err != nil {
				t.Fatal(err)
			}
		}
		b.known = nil
	}
	for row := range b.Len() {
		if got := b.At(row).Category.Path; !slices.Equal(got, paths[row%len(paths)]) {
			t.Errorf("row %d: %q", row, got)
		}
	}
	if len(b.Abouts) != len(paths)+1 {
		t.Errorf("%d abouts: %q", len(b.Abouts), b.Abouts)
	}
}

// Taking over the rows of another Batch does not change that one.
func TestAppendBatchLeavesTheOtherAlone(t *testing.T) {
	a, b := NewBatch(0), NewBatch(0)
	for i := range 3 {
		if err := a.Append(&Transaction{ID: fmt.Sprint(i), Name: fmt.Sprint("a ", i)}); err != nil {
			t.Fatal(err)
		}
		if err := b.Append(&Transaction{ID: fmt.Sprint(i), Name: fmt.Sprint("b ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	was := b.Ends[2]
	if err := a.AppendBatch(b); err != nil {
		t.Fatal(err)
	}
	if b.Len() != 3 || b.Ends[2] != was || b.At(1).Name != "b 1" || a.At(4).Name != "b 1" {
		t.Errorf("%+v, %+v", b.At(1), a.At(4))
	}
}

// The texts of a page that was read are parts of one string. It must not stay for a few of them.
func TestAppendBatchSharesNoText(t *testing.T) {
	page := strings.Repeat("a page of texts ", 10)
	at := 0
	text := func() string { at += 4; return page[at : at+4] }
	from := &Batch{
		Texts: []string{"", text()}, Accounts: []AccountKey{{}, {text(), text()}}, Units: []Unit{{}, {Currency(text()), 2, false}},
		Abouts: []About{{}, {Category{text(), []string{text()}}, Place{text(), text(), text(), text()}, text()}},
		IDs:    []byte{0}, Ends: []uint32{1}, Dates: []Date{1}, Amounts: []int64{1},
		Unit: []uint16{1}, Account: []uint16{1}, Name: []uint32{1}, BankText: []uint32{1}, About: []uint32{1}, Pending: []bool{false},
	}
	var b Batch
	if err := b.AppendBatch(from); err != nil {
		t.Fatal(err)
	}
	about, key := &b.Abouts[1], b.Accounts[1]
	texts := []string{
		b.Texts[1], key.Item, key.Account, string(b.Units[1].Currency), about.Category.ID, about.Category.Path[0],
		about.Place.Address, about.Place.City, about.Place.State, about.Place.Zip, about.Channel,
	}
	start := uintptr(unsafe.Pointer(unsafe.StringData(page)))
	for i, own := range texts {
		if p := uintptr(unsafe.Pointer(unsafe.StringData(own))); p >= start && p < start+uintptr(len(page)) {
			t.Errorf("text %d, %q, is still a part of its page", i, own)
		}
	}
	if got, want := b.At(0), from.At(0); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
