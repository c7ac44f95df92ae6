package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// day is when everything in these tests happens.
var day = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// opened opens a book and waits until it is decided who writes. It is closed when the test ends.
func opened(t testing.TB, o bookOptions) *book {
	t.Helper()
	b := newBook(o)
	must(t, b.open(t.Context()))
	<-b.decided
	t.Cleanup(func() { must(t, b.close(context.Background())) })
	return b
}

// rows is a batch of so many transactions of an Item, told apart by their number.
func rows(itemID string, from, n int) *plaidapi.Batch {
	b := plaidapi.NewBatch(n)
	for i := from; i < from+n; i++ {
		amount, _ := plaidapi.NewMoney(int64(-100*i), 2, "USD")
		_ = b.Append(&plaidapi.Transaction{
			ID: fmt.Sprint("t", i), ItemID: itemID, AccountID: "a", Amount: amount, Name: fmt.Sprint("shop ", i%3),
			Date: plaidapi.NewDate(2026, 11, 1) + plaidapi.Date(i%20),
		})
	}
	return b
}

func pageOf(itemID string, from, n int) plaidapi.Page {
	p := plaidapi.Page{ItemID: itemID, Put: rows(itemID, from, n), Cursor: fmt.Sprint("cursor ", from), Began: day, Rows: from + n}
	if from > 0 {
		p.Gone = []string{fmt.Sprint("t", from-1)}
	}
	return p
}

func accountsOf(itemID string) []plaidapi.Account {
	m, _ := plaidapi.NewMoney(1250, 2, "EUR")
	return []plaidapi.Account{{ID: "a", ItemID: itemID, Name: "Checking", Mask: "1234", Current: &m, Available: &plaidapi.Money{}}}
}

func marked(subject, value string) plaidapi.Mark {
	return plaidapi.Mark{Subject: plaidapi.Subject{ItemID: "i", TransactionID: subject}, Field: plaidapi.OwnNote, Value: value, At: day}
}

// contents is all that a book tells, as lines.
func contents(t testing.TB, b *book) []string {
	t.Helper()
	lines := pageLines(t, b)
	for _, item := range b.items() {
		lines = append(lines, "item "+item.ID+" "+item.Institution.Name, "saved "+asJSON(t, saveItem(item.ID, b.saved(item.ID))))
	}
	for _, m := range b.marks() {
		lines = append(lines, "mark "+asJSON(t, m))
	}
	return lines
}

// pageLines is a line for each page that a book replays.
func pageLines(t testing.TB, b *book) []string {
	t.Helper()
	var lines []string
	must(t, b.replay(t.Context(), func(p plaidapi.Page) error {
		var line strings.Builder
		fmt.Fprint(&line, "page ", p.ItemID, " gone ", p.Gone)
		if p.Put != nil {
			for i := range p.Put.Len() {
				fmt.Fprint(&line, " ", asJSON(t, p.Put.At(i)))
			}
		}
		lines = append(lines, line.String())
		return nil
	}))
	return lines
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	must(t, err)
	return string(text)
}

// step is one change of a scenario.
type step struct {
	name string
	do   func(ctx context.Context, b *book) error
}

// scenario makes every kind of change there is.
func scenario() []step {
	item := plaidapi.Item{ID: "i", Institution: plaidapi.Institution{Name: "First Bank"}, LinkedAt: day}
	return []step{
		{"item", func(ctx context.Context, b *book) error { return b.setItem(ctx, item) }},
		{"page", func(ctx context.Context, b *book) error { return b.apply(ctx, pageOf("i", 0, 3)) }},
		{"accounts", func(ctx context.Context, b *book) error { return b.setAccounts(ctx, "i", accountsOf("i"), day) }},
		{"mark", func(ctx context.Context, b *book) error {
			return b.mark(ctx, marked("t1", "lunch"), marked("t2", "rent"))
		}},
		{"other item", func(ctx context.Context, b *book) error { return b.setItem(ctx, plaidapi.Item{ID: "j"}) }},
		{"its page", func(ctx context.Context, b *book) error { return b.apply(ctx, pageOf("j", 0, 2)) }},
		{"front", func(ctx context.Context, b *book) error { return b.setFront(ctx, rows("i", 0, 2)) }},
		{"forget", func(ctx context.Context, b *book) error { return b.forget(ctx, "j") }},
		{"again", func(ctx context.Context, b *book) error { return b.setItem(ctx, plaidapi.Item{ID: "j"}) }},
		{"rewrite", func(ctx context.Context, b *book) error {
			return b.rewrite(ctx, func(yield func(plaidapi.Page) error) error {
				return yield(plaidapi.Page{ItemID: "i", Put: rows("i", 0, 3)})
			})
		}},
		{"page 2", func(ctx context.Context, b *book) error { return b.apply(ctx, pageOf("i", 3, 2)) }},
		{"no rows", func(ctx context.Context, b *book) error {
			return b.apply(ctx, plaidapi.Page{ItemID: "j", Gone: []string{"x"}, Partial: true, Cursor: "c", Began: day})
		}},
		{"unmark", func(ctx context.Context, b *book) error { return b.mark(ctx, marked("t1", ""), marked("t3", "gift")) }},
	}
}

// stages is what a book holds after no step of the scenario, after the first, and so on.
func stages(t testing.TB) [][]string {
	t.Helper()
	b := opened(t, testOptions(t.TempDir()))
	all := [][]string{contents(t, b)}
	for _, s := range scenario() {
		must(t, s.do(t.Context(), b))
		all = append(all, contents(t, b))
	}
	return all
}

// played is the folder of a book that has gone through the scenario.
func played(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	for _, s := range scenario() {
		must(t, s.do(t.Context(), b))
	}
	must(t, b.close(t.Context()))
	return dir
}

func readFile(t testing.TB, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	must(t, err)
	return data
}

func writeFile(t testing.TB, data []byte, parts ...string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(parts...), data, 0o600))
}

// mustEqual compares what two books hold.
func mustEqual(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// mustBeAside makes sure that a file with that content is kept beside the log, and named.
func mustBeAside(t testing.TB, dir, notice string, content []byte) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "log.damaged-2026-11-23*"))
	must(t, err)
	if len(names) != 1 || !strings.Contains(notice, names[0]) {
		t.Fatalf("kept aside: %q, notice %q", names, notice)
	}
	if !bytes.Equal(readFile(t, names[0]), content) {
		t.Fatal("the damaged file was changed")
	}
}

// memoryDir is a temporary folder where fsync costs nothing, if there is such a place: for tests
// that open thousands of books.
func memoryDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "tartan-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { must(t, os.RemoveAll(dir)) })
	return dir
}
