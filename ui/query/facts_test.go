package query

import (
	"fmt"
	"testing"

	"tartan/plaidapi"
)

// What is written stays with its transaction, whatever comes before it and wherever it moves.
func TestWhatIsWrittenStaysWithItsTransaction(t *testing.T) {
	x := New()
	page := func(ids ...int) plaidapi.Page {
		b := plaidapi.NewBatch(0)
		for _, n := range ids {
			err := b.Append(&plaidapi.Transaction{ID: fmt.Sprint("id", n), ItemID: "a", AccountID: "a", Date: plaidapi.NewDate(2026, 1, n)})
			if err != nil {
				t.Fatal(err)
			}
		}
		return plaidapi.Page{ItemID: "a", Put: b}
	}
	if err := x.Apply(page(2, 4)); err != nil {
		t.Fatal(err)
	}
	before := x.View()
	x.SetFacts(Facts{Written: map[Key]Written{{"a", "id2"}: {Note: "two"}, {"b", "id4"}: {Note: "of another Item"}}})
	if err := x.Apply(page(1, 3)); err != nil {
		t.Fatal(err)
	}
	v := x.View()
	for i := range v.Len() {
		want := ""
		if v.At(i).ID == "id2" {
			want = "two"
		}
		if got := v.Written(i).Note; got != want {
			t.Errorf("%s: %q, want %q", v.At(i).ID, got, want)
		}
	}
	if before.Written(1).Note != "" {
		t.Error("a View made before changed")
	}
}
