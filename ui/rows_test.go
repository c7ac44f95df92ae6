package ui

import (
	"strconv"
	"testing"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// viewOf is a list of transactions, as it would be read.
func viewOf(all []plaidapi.Transaction) *query.View {
	b := plaidapi.NewBatch(len(all))
	for i := range all {
		if b.Append(&all[i]) != nil {
			return nil
		}
	}
	x := query.New()
	if x.Load(plaidapi.Page{Put: b}) != nil {
		return nil
	}
	x.Loaded()
	return x.View()
}

// numbered are transactions by these numbers.
func numbered(from, to int) []plaidapi.Transaction {
	var all []plaidapi.Transaction
	for i := from; i < to; i++ {
		all = append(all, plaidapi.Transaction{ID: strconv.Itoa(i), ItemID: "a", Date: plaidapi.NewDate(2026, 11, 1)})
	}
	return all
}

// The cursor stays on its transaction when rows arrive above it, and goes on from there when it was
// moved while they were read.
func TestTheCursorStaysOnItsTransaction(t *testing.T) {
	for _, c := range []struct {
		moved int
		all   []plaidapi.Transaction
		want  string
	}{
		{0, numbered(0, 100), "30"},
		{2, numbered(0, 100), "32"},
		{0, numbered(25, 60), "30"},
		{0, numbered(30, 31), "30"},
		{0, numbered(31, 60), "41"}, // gone: the place in the list stays
		{0, nil, ""},
	} {
		r := newRows(false)
		r.resize(0, 10)
		first := viewOf(numbered(20, 60))
		r.show(book{all: first, found: first, at: -1}, 2026)
		r.to(10)
		r.began = r.cursor
		here := r.here()
		r.to(r.cursor + c.moved)
		view := viewOf(c.all)
		r.show(book{all: view, found: view, at: view.Position(here.item, here.id)}, 2026)
		if got := r.here().id; got != c.want {
			t.Errorf("with %d rows, moved by %d: on %q, want %q", len(c.all), c.moved, got, c.want)
		}
	}
}
