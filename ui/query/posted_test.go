package query

import (
	"testing"

	"tartan/plaidapi"
)

func TestPosted(t *testing.T) {
	x := New()
	page := func(item string, rows ...plaidapi.Transaction) {
		t.Helper()
		p, err := x.Diff(item, plaidapi.Changes{Added: rows})
		if err == nil {
			err = x.Apply(p)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	page("a", plaidapi.Transaction{ID: "pending", Pending: true}, plaidapi.Transaction{ID: "waits", Pending: true}, plaidapi.Transaction{ID: "posted before"})
	page("a", plaidapi.Transaction{ID: "posted", PendingID: "pending"}, plaidapi.Transaction{ID: "odd", PendingID: "posted before"})
	page("b", plaidapi.Transaction{ID: "other", PendingID: "elsewhere"})
	for _, c := range []struct{ item, id, want string }{
		{"a", "pending", "posted"},
		{"a", "waits", ""},
		{"a", "posted", ""},
		{"a", "posted before", ""}, // it is still there
		{"a", "elsewhere", ""},
		{"a", "unknown", ""},
		{"a", "", ""},
		{"b", "elsewhere", "other"},
		{"c", "pending", ""},
	} {
		if id, is := x.Posted(c.item, c.id); id != c.want || is != (c.want != "") {
			t.Errorf("%s of %s: %q, %t, want %q", c.id, c.item, id, is, c.want)
		}
	}
}
