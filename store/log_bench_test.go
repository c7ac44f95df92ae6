package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tartan/plaidapi"
)

const base62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// invented gives a batch of transactions like those of a bank: IDs of 37 letters, some 3,000
// names, amounts with cents, newest first over two years.
func invented(r *rand.Rand, itemID string, from, rows, all int) *plaidapi.Batch {
	b := plaidapi.NewBatch(rows)
	first := plaidapi.NewDate(2026, 11, 23)
	for i := range rows {
		id := make([]byte, 37)
		for j := range id {
			id[j] = base62[r.IntN(62)]
		}
		shop := int(float64(3000) * r.Float64() * r.Float64())
		amount, _ := plaidapi.NewMoney(-int64(r.IntN(20_000))-100, 2, "USD")
		_ = b.Append(&plaidapi.Transaction{
			ID: string(id), ItemID: itemID, AccountID: fmt.Sprintf("account %d", r.IntN(3)),
			Date: first - plaidapi.Date((from+i)*730/all), Amount: amount, Name: fmt.Sprintf("Merchant of number %d", shop),
			BankText: fmt.Sprintf("MERCHANT #%04d PURCHASE", shop),
			Category: plaidapi.Category{ID: fmt.Sprint(shop % 80), Path: []string{"Shops", fmt.Sprintf("Kind %d", shop%80)}},
			Place:    plaidapi.Place{City: fmt.Sprintf("City %d", shop%200), State: "CA"}, Channel: "in person",
		})
	}
	return b
}

// filled makes a log of so many rows and gives its folder, and the bytes a row takes.
func filled(b *testing.B, rows int) (string, float64) {
	const page = 16_384
	dir := b.TempDir()
	k := newBook(testOptions(dir))
	must(b, k.open(b.Context()))
	must(b, k.setItem(b.Context(), plaidapi.Item{ID: "item"}))
	r := rand.New(rand.NewPCG(1, 2))
	for from := 0; from < rows; from += page {
		n := min(page, rows-from)
		must(b, k.apply(b.Context(), plaidapi.Page{ItemID: "item", Put: invented(r, "item", from, n, rows), Rows: from + n}))
	}
	must(b, k.close(b.Context()))
	info, err := os.Stat(filepath.Join(dir, "log"))
	must(b, err)
	return dir, float64(info.Size()) / float64(rows)
}

func benchmarkLoad(b *testing.B, rows int) {
	dir, size := filled(b, rows)
	for b.Loop() {
		k, n := newBook(testOptions(dir)), 0
		must(b, k.open(b.Context()))
		must(b, k.replay(b.Context(), func(p plaidapi.Page) error {
			n += p.Put.Len()
			return nil
		}))
		must(b, k.close(b.Context()))
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(size, "file-B/row")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

func BenchmarkLogLoad100k(b *testing.B) { benchmarkLoad(b, 100_000) }
func BenchmarkLogLoad1M(b *testing.B)   { benchmarkLoad(b, 1_000_000) }

func BenchmarkLogAppend500(b *testing.B) {
	k := newBook(testOptions(b.TempDir()))
	must(b, k.open(b.Context()))
	must(b, k.setItem(b.Context(), plaidapi.Item{ID: "item"}))
	p := plaidapi.Page{ItemID: "item", Put: invented(rand.New(rand.NewPCG(1, 2)), "item", 0, 500, 500)}
	for b.Loop() {
		must(b, k.apply(b.Context(), p))
	}
	must(b, k.close(b.Context()))
}

// testOptions are those of a book whose key is always the same.
func testOptions(dir string) bookOptions {
	return bookOptions{
		dir: dir, home: "https://bank.test", now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		master: func(context.Context, bool) ([]byte, error) {
			return []byte("a key of thirty-two bytes exactly"[:32]), nil
		},
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
