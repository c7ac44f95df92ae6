package sandbox

import (
	"slices"
	"strings"
	"testing"
)

// detailedV2 are the detailed categories of version 2 by their primaries
// (modern-api §9 and the sources it names).
var detailedV2 = map[string]string{
	"INCOME":                    "CHILD_SUPPORT DIVIDENDS GIG_ECONOMY INTEREST_EARNED LONG_TERM_DISABILITY MILITARY OTHER RENTAL RETIREMENT_PENSION SALARY TAX_REFUND UNEMPLOYMENT",
	"LOAN_DISBURSEMENTS":        "AUTO BNPL CASH_ADVANCES EWA MORTGAGE OTHER_DISBURSEMENT PERSONAL STUDENT",
	"LOAN_PAYMENTS":             "CAR_PAYMENT CASH_ADVANCES CREDIT_CARD_PAYMENT EWA MORTGAGE_PAYMENT OTHER_PAYMENT PERSONAL_LOAN_PAYMENT STUDENT_LOAN_PAYMENT",
	"TRANSFER_IN":               "ACCOUNT_TRANSFER DEPOSIT INVESTMENT_AND_RETIREMENT_FUNDS OTHER_TRANSFER_IN SAVINGS WIRE",
	"TRANSFER_OUT":              "ACCOUNT_TRANSFER INVESTMENT_AND_RETIREMENT_FUNDS OTHER_TRANSFER_OUT SAVINGS WIRE WITHDRAWAL",
	"BANK_FEES":                 "ATM_FEES CASH_ADVANCE FOREIGN_TRANSACTION_FEES INSUFFICIENT_FUNDS INTEREST_CHARGE LATE_FEES OTHER_BANK_FEES OVERDRAFT_FEES",
	"ENTERTAINMENT":             "CASINOS_AND_GAMBLING MUSIC_AND_AUDIO OTHER_ENTERTAINMENT SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS TV_AND_MOVIES VIDEO_GAMES",
	"FOOD_AND_DRINK":            "BEER_WINE_AND_LIQUOR COFFEE FAST_FOOD GROCERIES OTHER_FOOD_AND_DRINK RESTAURANT VENDING_MACHINES",
	"GENERAL_MERCHANDISE":       "BOOKSTORES_AND_NEWSSTANDS CLOTHING_AND_ACCESSORIES CONVENIENCE_STORES DEPARTMENT_STORES DISCOUNT_STORES ELECTRONICS GIFTS_AND_NOVELTIES OFFICE_SUPPLIES ONLINE_MARKETPLACES OTHER_GENERAL_MERCHANDISE PET_SUPPLIES SPORTING_GOODS SUPERSTORES TOBACCO_AND_VAPE",
	"HOME_IMPROVEMENT":          "FURNITURE HARDWARE OTHER_HOME_IMPROVEMENT REPAIR_AND_MAINTENANCE SECURITY",
	"MEDICAL":                   "DENTAL_CARE EYE_CARE NURSING_CARE OTHER_MEDICAL PHARMACIES_AND_SUPPLEMENTS PRIMARY_CARE VETERINARY_SERVICES",
	"PERSONAL_CARE":             "GYMS_AND_FITNESS_CENTERS HAIR_AND_BEAUTY LAUNDRY_AND_DRY_CLEANING OTHER_PERSONAL_CARE",
	"GENERAL_SERVICES":          "ACCOUNTING_AND_FINANCIAL_PLANNING AUTOMOTIVE CHILDCARE CONSULTING_AND_LEGAL EDUCATION INSURANCE OTHER_GENERAL_SERVICES POSTAGE_AND_SHIPPING STORAGE",
	"GOVERNMENT_AND_NON_PROFIT": "DONATIONS GOVERNMENT_DEPARTMENTS_AND_AGENCIES OTHER_GOVERNMENT_AND_NON_PROFIT TAX_PAYMENT",
	"TRANSPORTATION":            "BIKES_AND_SCOOTERS GAS OTHER_TRANSPORTATION PARKING PUBLIC_TRANSIT TAXIS_AND_RIDE_SHARES TOLLS",
	"TRAVEL":                    "FLIGHTS LODGING OTHER_TRAVEL RENTAL_CARS",
	"RENT_AND_UTILITIES":        "GAS_AND_ELECTRICITY INTERNET_AND_CABLE OTHER_UTILITIES RENT SEWAGE_AND_WASTE_MANAGEMENT TELEPHONE WATER",
	"OTHER":                     "OTHER",
}

func TestFinanceCategoriesAreOnTheList(t *testing.T) {
	v1Only := []string{"INCOME_WAGES", "INCOME_OTHER_INCOME", "TRANSFER_IN_CASH_ADVANCES_AND_LOANS"}
	v2Only := strings.Fields("INCOME_SALARY INCOME_OTHER INCOME_CHILD_SUPPORT INCOME_GIG_ECONOMY INCOME_LONG_TERM_DISABILITY INCOME_MILITARY INCOME_RENTAL " +
		"LOAN_PAYMENTS_CASH_ADVANCES LOAN_PAYMENTS_EWA TRANSFER_IN_WIRE TRANSFER_OUT_WIRE BANK_FEES_LATE_FEES BANK_FEES_CASH_ADVANCE OTHER_OTHER")
	known := map[string]string{} // primary by detailed
	total := 0
	for primary, rest := range detailedV2 {
		for word := range strings.FieldsSeq(rest) {
			known[primary+"_"+word] = primary
			total++
		}
	}
	if total != 123 {
		t.Fatalf("%d detailed categories of version 2", total)
	}
	b, _ := openModern()
	m := b.modern().categories
	for _, c := range b.categories.list {
		if m[c.ID] == nil {
			t.Errorf("%s has no counterpart", c.ID)
		}
	}
	for id, c := range m {
		for at := range c.finance {
			detailed := between(c.finance[at], `"detailed":"`)
			if known[detailed] == "" || between(c.finance[at], `"primary":"`) != known[detailed] {
				t.Errorf("%s: %s", id, c.finance[at])
			}
			earlier := between(c.earlier[at], `"detailed":"`)
			if known[earlier] == "" && !slices.Contains(v1Only, earlier) || slices.Contains(v2Only, earlier) || strings.HasPrefix(earlier, "LOAN_DISBURSEMENTS") {
				t.Errorf("%s: version 1 has no %s", id, earlier)
			}
			if primary := between(c.earlier[at], `"primary":"`); !strings.HasPrefix(earlier, primary+"_") {
				t.Errorf("%s: %s", id, c.earlier[at])
			}
		}
	}
	for line := range strings.Lines(financeTable) {
		words := strings.Fields(line)
		if !slices.ContainsFunc(b.categories.list, func(c category) bool { return strings.HasPrefix(c.ID, words[0]) }) {
			t.Errorf("no legacy category begins with %s", words[0])
		}
	}
}

// between is what follows lead up to the next quote.
func between(s, lead string) string {
	_, rest, _ := strings.Cut(s, lead)
	word, _, _ := strings.Cut(rest, `"`)
	return word
}

func TestRowsAreSorted(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109511", everyoneUser, everyonePassword, "transactions")
	var kept synced
	kept.follow(t, b, token, 500)
	seen := map[string]bool{}
	for _, row := range kept.rows {
		category := row["personal_finance_category"].(fields)
		detailed := category["detailed"].(string)
		seen[detailed] = true
		out := row["amount"].(float64) > 0
		for _, c := range [...]struct {
			primary string
			out     bool
		}{{"TRANSFER_IN", false}, {"TRANSFER_OUT", true}, {"FOOD_AND_DRINK", true}} {
			if category["primary"] == c.primary && out != c.out {
				t.Errorf("%v for %v", category, row["amount"])
			}
		}
		if name, _ := row["merchant_name"].(string); name != "" && row["counterparties"].([]any)[0].(fields)["name"] != name {
			t.Errorf("counterparty of %v", row)
		}
		if place := row["location"].(fields); len(place) != 8 || row["payment_channel"] == "in store" && place["city"] == nil {
			t.Errorf("location %v", place)
		}
	}
	for _, wanted := range []string{"INCOME_SALARY", "FOOD_AND_DRINK_GROCERIES", "FOOD_AND_DRINK_COFFEE", "RENT_AND_UTILITIES_RENT", "TRAVEL_FLIGHTS", "LOAN_PAYMENTS_CAR_PAYMENT", "LOAN_PAYMENTS_MORTGAGE_PAYMENT", "LOAN_PAYMENTS_STUDENT_LOAN_PAYMENT", "BANK_FEES_FOREIGN_TRANSACTION_FEES"} {
		if !seen[wanted] {
			t.Errorf("no row of %s in two years", wanted)
		}
	}
}
