package ledger_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// told is what is written, in the plainest form: whatever changes copies all of it.
type told struct {
	values  map[plaidapi.Mark]string // by a Mark without a value
	filters []ledger.SavedFilter
}

func (m told) with(marks []plaidapi.Mark) told {
	m = told{maps.Clone(m.values), slices.Clone(m.filters)}
	for _, mark := range marks {
		value := mark.Value
		mark.Value = ""
		if mark.Field != plaidapi.SavedFilter {
			if m.values[mark] = value; value == "" {
				delete(m.values, mark)
			}
			continue
		}
		at := slices.IndexFunc(m.filters, func(f ledger.SavedFilter) bool { return f.Name == mark.Subject.Name })
		switch {
		case at < 0 && value != "":
			m.filters = append(m.filters, ledger.SavedFilter{Name: mark.Subject.Name, Query: value})
		case at >= 0 && value != "":
			m.filters[at].Query = value
		case at >= 0:
			m.filters = slices.Delete(m.filters, at, at+1)
		}
	}
	return m
}

// same reports whether Notes tell what m does.
func (m told) same(n ledger.Notes) bool {
	values := map[plaidapi.Mark]string{}
	put := func(s plaidapi.Subject, field plaidapi.MarkField, value string) {
		if value != "" {
			values[plaidapi.Mark{Subject: s, Field: field}] = value
		}
	}
	yes := map[bool]string{true: "yes"}
	for id, name := range n.Items {
		put(plaidapi.Subject{ItemID: id}, plaidapi.OwnName, name)
	}
	for key, a := range n.Accounts {
		s := plaidapi.Subject{ItemID: key.Item, AccountID: key.Account}
		put(s, plaidapi.OwnName, a.Name)
		put(s, plaidapi.LeftOut, yes[a.LeftOut])
	}
	for key, w := range n.Transactions {
		s := plaidapi.Subject{ItemID: key.Item, TransactionID: key.ID}
		put(s, plaidapi.OwnName, w.Name)
		put(s, plaidapi.OwnNote, w.Note)
		put(s, plaidapi.OwnCategory, w.Category)
		put(s, plaidapi.LeftOut, yes[w.LeftOut])
		if len(w.Tags) == 1 {
			put(s, plaidapi.OwnTags, w.Tags[0])
		}
		if reflect.DeepEqual(w, query.Written{}) {
			return false // nothing is written about it
		}
	}
	return maps.Equal(values, m.values) && slices.Equal(n.Filters, m.filters)
}

// drawMark draws what a person might write, about few things, so that they meet each other often.
func drawMark() *rapid.Generator[plaidapi.Mark] {
	return rapid.Custom(func(t *rapid.T) plaidapi.Mark {
		word := rapid.SampledFrom([]string{"", "", "one", "two", "three"})
		item := plaidapi.Subject{ItemID: rapid.SampledFrom([]string{"i", "j"}).Draw(t, "item")}
		m := plaidapi.Mark{Subject: item, Field: plaidapi.OwnName, Value: word.Draw(t, "value")}
		switch rapid.SampledFrom([]string{"bank", "account", "transaction", "transaction", "filter"}).Draw(t, "about") {
		case "account":
			m.Subject.AccountID = "a"
			m.Field = rapid.SampledFrom([]plaidapi.MarkField{plaidapi.OwnName, plaidapi.LeftOut}).Draw(t, "field")
		case "transaction":
			m.Subject.TransactionID = rapid.SampledFrom([]string{"t", "u"}).Draw(t, "transaction")
			m.Field = rapid.SampledFrom([]plaidapi.MarkField{
				plaidapi.OwnName, plaidapi.OwnNote, plaidapi.OwnTags, plaidapi.OwnCategory, plaidapi.LeftOut,
			}).Draw(t, "field")
		case "filter":
			m.Subject, m.Field = plaidapi.Subject{Name: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "name")}, plaidapi.SavedFilter
		}
		if m.Field == plaidapi.LeftOut && m.Value != "" {
			m.Value = "yes"
		}
		return m
	})
}

// Whatever is written, undone and redone, across restarts, is as it is in a pile of copies.
func TestUndoIsAPileOfCopies(t *testing.T) {
	dir := folder(t)
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		n := newNotebook(t, fmt.Sprint(dir, "-", runs))
		defer func() { n.end() }()
		now := told{values: map[plaidapi.Mark]string{}}
		var done, undone []told
		for range rapid.IntRange(1, 25).Draw(rt, "calls") {
			switch rapid.SampledFrom([]string{"write", "write", "undo", "undo", "redo", "restart", "compact"}).Draw(rt, "call") {
			case "write":
				marks := rapid.SliceOfNDistinct(drawMark(), 1, 3, func(m plaidapi.Mark) plaidapi.Mark {
					m.Value = ""
					return m
				}).Draw(rt, "marks")
				n.must(n.Write(t.Context(), "some", marks...))
				if next := now.with(marks); !reflect.DeepEqual(next, now) {
					done, now, undone = append(done, now), next, nil
				}
			case "undo":
				if _, err := n.Undo(t.Context()); (err == nil) != (len(done) > 0) {
					rt.Fatalf("undo: %v, %d done", err, len(done))
				}
				if last := len(done) - 1; last >= 0 {
					undone, now, done = append(undone, now), done[last], done[:last]
				}
			case "redo":
				if _, err := n.Redo(t.Context()); (err == nil) != (len(undone) > 0) {
					rt.Fatalf("redo: %v, %d undone", err, len(undone))
				}
				if last := len(undone) - 1; last >= 0 {
					done, now, undone = append(done, now), undone[last], undone[:last]
				}
			case "restart":
				n.restart()
			case "compact":
				n.compact()
			}
			if notes := n.notes(); !now.same(notes) {
				rt.Fatalf("%+v\nwant %+v", notes, now)
			}
		}
	})
}
