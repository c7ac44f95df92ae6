package ui

import (
	"context"
	"strconv"
	"testing"

	"tartan/plaidapi"
)

// numbered are transactions by these numbers.
func numbered(from, to int) []*plaidapi.Transaction {
	var all []*plaidapi.Transaction
	for i := from; i < to; i++ {
		all = append(all, &plaidapi.Transaction{ID: strconv.Itoa(i), ItemID: "a", Date: plaidapi.NewDate(2026, 11, 1)})
	}
	return all
}

// The cursor stays on its transaction when rows arrive above it, and goes on from there when it was
// moved while they were read.
func TestTheCursorStaysOnItsTransaction(t *testing.T) {
	for _, c := range []struct {
		moved int
		all   []*plaidapi.Transaction
		want  string
	}{
		{0, numbered(0, 100), "30"},
		{2, numbered(0, 100), "32"},
		{0, numbered(25, 60), "30"},
		{0, numbered(30, 31), "30"},
		{0, numbered(31, 60), "41"}, // gone: the place in the list stays
		{0, nil, ""},
	} {
		var r rows
		r.resize(0, 10)
		r.show(book{all: numbered(20, 60), at: -1}, 2026)
		r.to(10)
		r.began = r.cursor
		at := find(t.Context(), c.all, r.here())
		r.to(r.cursor + c.moved)
		r.show(book{all: c.all, at: at}, 2026)
		if got := r.here().id; got != c.want {
			t.Errorf("with %d rows, moved by %d: on %q, want %q", len(c.all), c.moved, got, c.want)
		}
	}
}

func TestPassesOverAllRowsEndWhenTheyAreNotWanted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	all := numbered(0, 10)
	if each, _ := sums(ctx, all); each != nil {
		t.Error("sums were finished")
	}
	if at := find(ctx, all, rowKey{"a", "5"}); at != -1 {
		t.Error("the search went on")
	}
	if found := matching(ctx, all, accountKey{}, nil); found != nil {
		t.Error("the filter went on")
	}
}
