package store

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// anyTransaction has every field filled at times, and amounts from none to the widest.
func anyTransaction() *rapid.Generator[plaidapi.Transaction] {
	return rapid.Custom(func(t *rapid.T) plaidapi.Transaction {
		word := rapid.OneOf(rapid.SampledFrom([]string{"", "Café", "a", "b"}), rapid.String())
		tx := plaidapi.Transaction{
			ID: word.Draw(t, "id"), ItemID: rapid.SampledFrom([]string{"i", "j"}).Draw(t, "item"), AccountID: word.Draw(t, "account"),
			Date: plaidapi.Date(rapid.Int32().Draw(t, "date")), Name: word.Draw(t, "name"), BankText: word.Draw(t, "bank text"),
			Category: plaidapi.Category{ID: word.Draw(t, "category"), Path: rapid.SliceOfN(word, 0, 3).Draw(t, "path")},
			Pending:  rapid.Bool().Draw(t, "pending"), PendingID: word.Draw(t, "pending id"), Channel: word.Draw(t, "channel"),
			Place: plaidapi.Place{Address: word.Draw(t, "address"), City: word.Draw(t, "city"), State: word.Draw(t, "state"), Zip: word.Draw(t, "zip")},
		}
		if len(tx.Category.Path) == 0 {
			tx.Category.Path = nil
		}
		digits := rapid.OneOf(rapid.StringMatching(`-?[0-9]{1,10}\.[0-9]{1,9}`), rapid.StringMatching(`-?9[0-9]{18}`), rapid.Just(""))
		if amount, err := plaidapi.ParseMoney(digits.Draw(t, "amount"), plaidapi.Currency(rapid.SampledFrom([]string{"USD", "JPY", ""}).Draw(t, "currency"))); err == nil {
			tx.Amount = amount
		}
		return tx
	})
}

func TestPagesComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(anyTransaction(), 0, 40).Draw(t, "transactions")
		p := plaidapi.Page{
			ItemID: "i", Put: plaidapi.NewBatch(0), Gone: rapid.SliceOf(rapid.String()).Draw(t, "gone"),
			Cursor: rapid.String().Draw(t, "cursor"), Partial: rapid.Bool().Draw(t, "partial"),
			Rows: rapid.Int().Draw(t, "rows"), Oldest: plaidapi.Date(rapid.Int32().Draw(t, "oldest")),
		}
		if rapid.Bool().Draw(t, "began") {
			p.Began = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "second"), 5)
		}
		for i := range all {
			if err := p.Put.Append(&all[i]); err != nil {
				t.Fatal(err)
			}
		}
		r, err := decodeRecord(encodePage(p))
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.page()
		if err != nil {
			t.Fatal(err)
		}
		if !got.Began.Equal(p.Began) || !slices.Equal(got.Gone, p.Gone) || got.Put.Len() != len(all) {
			t.Fatalf("%+v", got)
		}
		for i := range all {
			was, is := p.Put.At(i), got.Put.At(i)
			if !reflect.DeepEqual(was, is) {
				t.Fatalf("%+v\nis now\n%+v", was, is)
			}
			if is.Amount.Cmp(all[i].Amount) != 0 || is.Amount.Known() != all[i].Amount.Known() {
				t.Fatalf("%v is now %v", all[i].Amount, is.Amount)
			}
		}
		p.Put, got.Put, p.Gone, got.Gone, p.Began, got.Began = nil, nil, nil, nil, time.Time{}, time.Time{}
		if !reflect.DeepEqual(p, got) {
			t.Fatalf("%+v\nis now\n%+v", p, got)
		}
	})
}

func TestAPageWithoutRows(t *testing.T) {
	r, err := decodeRecord(encodePage(plaidapi.Page{ItemID: "i", Gone: []string{"x"}}))
	must(t, err)
	p, err := r.page()
	must(t, err)
	if p.Put != nil || p.ItemID != "i" || p.Gone[0] != "x" || !p.Began.IsZero() {
		t.Errorf("%+v", p)
	}
}

func TestColumnWidths(t *testing.T) {
	tests := []struct {
		low, high int64
		width     int
	}{
		{7, 7, 0},
		{-7, 248, 1},
		{0, 256, 2},
		{-1, 65_535, 3},
		{0, 1<<24 - 1, 3},
		{0, 1 << 24, 4},
		{-1, math.MaxUint32, 8},
		{math.MinInt64, math.MaxInt64, 8},
	}
	for _, test := range tests {
		values := []int64{test.high, test.low, test.high}
		column := appendColumn(nil, values)
		if want := 9 + 3*test.width; len(column) != want {
			t.Errorf("%d to %d: %d bytes, want %d", test.low, test.high, len(column), want)
		}
		r := reader{left: column}
		if got := readColumn[int64](&r, 3); r.bad || !slices.Equal(got, values) {
			t.Errorf("%d is now %d", values, got)
		}
	}
}

// A few bytes that claim much are refused before anything is allocated for them.
func TestClaimsAreChecked(t *testing.T) {
	huge := binary.AppendUvarint(nil, math.MaxUint64>>1)
	whole := appendBatch(nil, rows("i", 0, 3))
	words, n := binary.Uvarint(whole)
	tests := map[string][]byte{
		"dictionaries": huge,
		"texts":        append([]byte{byte(len(huge))}, huge...),
		"rows":         append([]byte{0}, huge...),
		"IDs":          append([]byte{0, 1}, huge...),
		"rows without IDs": append(append(slices.Clone(whole[:n+int(words)]), huge...),
			whole[n+int(words)+1:]...),
	}
	for name, data := range tests {
		if _, err := readBatch(data); err == nil {
			t.Errorf("%s: no error", name)
		}
		if allocated := testing.AllocsPerRun(1, func() { _, _ = readBatch(data) }); allocated > 20 {
			t.Errorf("%s: %v allocations", name, allocated)
		}
	}
	for cut := range whole {
		if _, err := readBatch(whole[:cut]); err == nil {
			t.Errorf("cut at %d: no error", cut)
		}
	}
}

// A batch whose numbers point nowhere is refused, so that nobody who reads rows has to check.
func TestPlacesThatAreNotThere(t *testing.T) {
	tests := map[string]func(b *plaidapi.Batch){
		"end of IDs":  func(b *plaidapi.Batch) { b.Ends[2] = 1000 },
		"IDs left":    func(b *plaidapi.Batch) { b.IDs = append(b.IDs, 'x') },
		"size of ID":  func(b *plaidapi.Batch) { b.IDs[0] = 100 },
		"unit":        func(b *plaidapi.Batch) { b.Unit[1] = 9 },
		"account":     func(b *plaidapi.Batch) { b.Account[1] = 9 },
		"name":        func(b *plaidapi.Batch) { b.Name[1] = 9 },
		"bank text":   func(b *plaidapi.Batch) { b.BankText[1] = 9 },
		"about":       func(b *plaidapi.Batch) { b.About[1] = 9 },
		"wide amount": func(b *plaidapi.Batch) { b.Units[b.Unit[1]].Wide, b.Amounts[1] = true, -1 },
	}
	for name, spoil := range tests {
		b := rows("i", 0, 3)
		if _, err := readBatch(appendBatch(nil, b)); err != nil {
			t.Fatal(err)
		}
		if spoil(b); !errors.Is(second(readBatch(appendBatch(nil, b))), errRecord) {
			t.Errorf("%s: no error", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func FuzzReadBatch(f *testing.F) {
	wide, _ := plaidapi.ParseMoney("9999999999999999999", "USD")
	b := rows("i", 0, 4)
	must(f, b.Append(&plaidapi.Transaction{ID: "w", Amount: wide, PendingID: "p", Category: plaidapi.Category{Path: []string{"a", "b"}}}))
	f.Add(appendBatch(nil, b))
	f.Add(appendBatch(nil, plaidapi.NewBatch(0)))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := readBatch(data)
		if err != nil {
			return
		}
		for i := range b.Len() {
			_ = b.At(i)
		}
		if b.Len() > len(data) {
			t.Errorf("%d rows out of %d bytes", b.Len(), len(data))
		}
	})
}

func FuzzDecodeRecord(f *testing.F) {
	f.Add(encodePage(pageOf("i", 1, 2)))
	f.Add(encodeForget("i"))
	for _, s := range []func() ([]byte, error){
		func() ([]byte, error) { return encodeItem(plaidapi.Item{ID: "i"}) },
		func() ([]byte, error) { return encodeMarks([]plaidapi.Mark{marked("t", "x")}) },
		func() ([]byte, error) { return encodeSaved(kindSaved, "i", plaidapi.Saved{Accounts: accountsOf("i")}) },
	} {
		plain, err := s()
		must(f, err)
		f.Add(plain)
	}
	f.Fuzz(func(_ *testing.T, plain []byte) {
		r, err := decodeRecord(plain)
		if err != nil {
			return
		}
		state := newBookState()
		state.take(0, r)
		if r.kind == kindPage {
			_, _ = r.page()
		}
	})
}

// Whatever stands in the file, opening it neither fails nor makes anything up, and what it was is kept.
func FuzzOpenLog(f *testing.F) {
	dir, want := plainLog(f, false)
	whole := readFile(f, dir, "log")
	f.Add(whole)
	f.Add(whole[:headerSize])
	f.Add(append(slices.Clone(whole), 0, 0, 0, 20))
	f.Add([]byte(strings.Repeat("x", 200)))
	pages := only(want, "page")
	f.Fuzz(func(t *testing.T, log []byte) {
		dir := filepath.Join(memoryDir(t), "dir")
		must(t, os.Mkdir(dir, 0o700))
		writeFile(t, log, dir, "log")
		b := newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		<-b.ended
		missing(t, pageLines(t, b), pages)
		if strings.Contains(b.notice(), "damaged") {
			mustBeAside(t, dir, b.notice(), log)
		}
		must(t, b.close(t.Context()))
	})
}
