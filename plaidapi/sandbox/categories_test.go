package sandbox

import (
	"slices"
	"testing"
)

func TestTaxonomy(t *testing.T) {
	tax := newTaxonomy()
	kinds := map[string]int{}
	for i, c := range tax.list {
		kinds[c.Kind]++
		if len(c.ID) != 8 || i > 0 && tax.list[i-1].ID >= c.ID {
			t.Errorf("%q is out of order or badly formed", c.ID)
		}
	}
	if len(tax.list) != 602 || len(tax.at) != 602 {
		t.Errorf("%d categories, %d of them distinct, want 602", len(tax.list), len(tax.at))
	}
	if kinds["place"] != 536 || kinds["special"] != 64 || kinds["digital"] != 2 {
		t.Errorf("kinds %v", kinds)
	}
	for id, want := range map[string][]string{
		"13005006": {"Food and Drink", "Restaurants", "Sushi"},
		"13005043": {"Food and Drink", "Restaurants", "Coffee Shop"},
		"21012002": {"Transfer", "Withdrawal", "ATM"},
		"21001000": {"Transfer", "Internal Account Transfer"},
		"15000000": {"Interest"},
		"19019000": {"Shops", "Digital Purchase"},
		"14001010": {"Healthcare", "Healthcare Services", "Hospitals, Clinics and Medical Centers"},
	} {
		if c, ok := tax.one(id); !ok || !slices.Equal(c.Hierarchy, want) {
			t.Errorf("%s: %v, want %v", id, c.Hierarchy, want)
		}
	}
}
