package modern_test

import (
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// TestTaxonomyHasTheKnownNumbers: modern-api §9 counts them.
func TestTaxonomyHasTheKnownNumbers(t *testing.T) {
	counts := func(version string) map[string]int {
		n := map[string]int{}
		seen := map[string]bool{}
		for _, c := range modern.Taxonomy(version) {
			if seen[c.ID] {
				t.Errorf("%s twice", c.ID)
			}
			seen[c.ID] = true
			n[c.Path[0]]++
			n[""]++
		}
		return n
	}
	if v1 := counts(modern.V1); v1[""] != 104 || len(v1)-1 != 16 {
		t.Errorf("v1: %v", v1)
	}
	v2 := counts(modern.V2)
	for primary, want := range map[string]int{
		"": 123, "Income": 12, "Loan disbursements": 8, "Loan payments": 8, "Transfer in": 6, "Transfer out": 6, "Bank fees": 8,
		"Entertainment": 6, "Food and drink": 7, "General merchandise": 14, "Home improvement": 5, "Medical": 7, "Personal care": 4,
		"General services": 9, "Government and non-profit": 4, "Transportation": 7, "Travel": 4, "Rent and utilities": 7, "Other": 1,
	} {
		if v2[primary] != want {
			t.Errorf("%q: %d, want %d", primary, v2[primary], want)
		}
	}
	if len(v2)-1 != 18 {
		t.Errorf("v2 has %d primaries", len(v2)-1)
	}
}

// TestVersionsDiffer as modern-api §9 says.
func TestVersionsDiffer(t *testing.T) {
	ids := func(version string) (all []string) {
		for _, c := range modern.Taxonomy(version) {
			all = append(all, c.ID)
		}
		return all
	}
	v1, v2 := ids(modern.V1), ids(modern.V2)
	var gone, came []string
	for _, id := range v1 {
		if !slices.Contains(v2, id) {
			gone = append(gone, id)
		}
	}
	for _, id := range v2 {
		if !slices.Contains(v1, id) {
			came = append(came, id)
		}
	}
	if got := strings.Join(gone, " "); got != "INCOME_WAGES INCOME_OTHER_INCOME TRANSFER_IN_CASH_ADVANCES_AND_LOANS" {
		t.Errorf("gone: %s", got)
	}
	if len(came) != 22 || !slices.Contains(came, "LOAN_DISBURSEMENTS_OTHER_DISBURSEMENT") || !slices.Contains(came, "OTHER_OTHER") {
		t.Errorf("%d came: %v", len(came), came)
	}
}

func TestCategoryOf(t *testing.T) {
	for keys, want := range map[string]plaidapi.Category{
		"FOOD_AND_DRINK/FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR": {ID: "FOOD_AND_DRINK_BEER_WINE_AND_LIQUOR", Path: []string{"Food and drink", "Beer, wine and liquor"}},
		"ENTERTAINMENT/ENTERTAINMENT_TV_AND_MOVIES":          {ID: "ENTERTAINMENT_TV_AND_MOVIES", Path: []string{"Entertainment", "TV and movies"}},
		"BANK_FEES/BANK_FEES_ATM_FEES":                       {ID: "BANK_FEES_ATM_FEES", Path: []string{"Bank fees", "ATM fees"}},
		"LOAN_DISBURSEMENTS/LOAN_DISBURSEMENTS_BNPL":         {ID: "LOAN_DISBURSEMENTS_BNPL", Path: []string{"Loan disbursements", "Buy now, pay later"}},
		"OTHER/OTHER_OTHER":                                  {ID: "OTHER_OTHER", Path: []string{"Other"}},
		"SPACE/SPACE_ROCKET_FUEL":                            {ID: "SPACE_ROCKET_FUEL", Path: []string{"Space", "Rocket fuel"}},
		"TRAVEL/":                                            {ID: "TRAVEL", Path: []string{"Travel"}},
		"TRAVEL/ELSEWHERE_ALTOGETHER":                        {ID: "ELSEWHERE_ALTOGETHER", Path: []string{"Travel", "Elsewhere altogether"}},
		"/":                                                  {},
		"__/_":                                               {ID: "_"},
	} {
		primary, detailed, _ := strings.Cut(keys, "/")
		got := modern.CategoryOf(primary, detailed)
		if got.ID != want.ID || !slices.Equal(got.Path, want.Path) {
			t.Errorf("%s: %q", keys, got)
		}
	}
	for _, version := range []string{modern.V1, modern.V2} {
		for _, c := range modern.Taxonomy(version) {
			for _, part := range c.Path {
				if part == "" || strings.Contains(part, "_") || strings.ToUpper(part[:1]) != part[:1] {
					t.Errorf("%s: %q", c.ID, c.Path)
				}
			}
		}
	}
}
