package query

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// selected fails unless a Selection has these of the transactions of v.
func selected(t *rapid.T, s *Selection, v *View, want map[Key]bool) {
	t.Helper()
	var rows []plaidapi.Transaction
	for i, tx := range all(v) {
		is := want[Key{tx.ItemID, tx.ID}]
		if s.Has(v, i) != is {
			t.Fatalf("%s of %s is selected: %v", tx.ID, tx.ItemID, !is)
		}
		if is {
			rows = append(rows, tx)
		}
	}
	same(t, "selected", s.View(v), rows)
	if s.Len() != len(want) {
		t.Fatalf("%d are selected, not %d", s.Len(), len(want))
	}
}

func TestSelection(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := drawTable(drawAnyAmount(), 12).Draw(rt, "list")
		x := indexOf(rt, list, Facts{})
		var s Selection
		want := map[Key]bool{}
		for range rapid.IntRange(1, 10).Draw(rt, "steps") {
			v := drawSorted(rt, drawView(rt, x.View()))
			switch what := rapid.SampledFrom([]string{"toggle", "toggle", "all", "clear", "change", "rebuild"}).Draw(rt, "step"); what {
			case "toggle":
				if v.Len() > 0 {
					i := rapid.IntRange(0, v.Len()-1).Draw(rt, "at")
					s.Toggle(v, i)
					key := Key{v.At(i).ItemID, v.At(i).ID}
					if want[key] = !want[key]; !want[key] {
						delete(want, key)
					}
				}
			case "all":
				s.All(v)
				for _, tx := range all(v) {
					want[Key{tx.ItemID, tx.ID}] = true
				}
			case "clear":
				s.Clear()
				clear(want)
			default:
				list = changed(rt, list)
				if what == "rebuild" {
					x = indexOf(rt, list, Facts{})
				} else {
					retell(rt, x, list)
				}
				maps.DeleteFunc(want, func(key Key, _ bool) bool {
					return !slices.ContainsFunc(list, func(tx plaidapi.Transaction) bool { return key == Key{tx.ItemID, tx.ID} })
				})
			}
			selected(rt, &s, drawSorted(rt, x.View()), want)
		}
	})
}

// changed is a list with one transaction gone, one in other words and a new one, maybe.
func changed(t *rapid.T, list []plaidapi.Transaction) []plaidapi.Transaction {
	list = slices.Clone(list)
	if len(list) > 1 && rapid.Bool().Draw(t, "one gone") {
		list = list[1:]
	}
	if len(list) > 0 && rapid.Bool().Draw(t, "one reworded") {
		list[len(list)/2].Name += "!"
	}
	return append(list, plaidapi.Transaction{ID: fmt.Sprint("more", len(list)), ItemID: "one", AccountID: "x", Date: plaidapi.NewDate(2026, 1, 25)})
}
