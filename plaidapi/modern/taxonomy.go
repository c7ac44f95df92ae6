package modern

import (
	"slices"
	"strings"

	"tartan/plaidapi"
)

// taxonomy has the keys of personal finance categories (modern-api §9): each line a primary, then
// what its detailed keys have behind it. A key that one version alone has ends with that.
const taxonomy = `
INCOME CHILD_SUPPORT:2 DIVIDENDS GIG_ECONOMY:2 INTEREST_EARNED LONG_TERM_DISABILITY:2 MILITARY:2 RENTAL:2 RETIREMENT_PENSION SALARY:2 TAX_REFUND UNEMPLOYMENT WAGES:1 OTHER:2 OTHER_INCOME:1
LOAN_DISBURSEMENTS AUTO:2 BNPL:2 CASH_ADVANCES:2 EWA:2 MORTGAGE:2 PERSONAL:2 STUDENT:2 OTHER_DISBURSEMENT:2
LOAN_PAYMENTS CAR_PAYMENT CASH_ADVANCES:2 CREDIT_CARD_PAYMENT EWA:2 MORTGAGE_PAYMENT PERSONAL_LOAN_PAYMENT STUDENT_LOAN_PAYMENT OTHER_PAYMENT
TRANSFER_IN ACCOUNT_TRANSFER CASH_ADVANCES_AND_LOANS:1 DEPOSIT INVESTMENT_AND_RETIREMENT_FUNDS SAVINGS WIRE:2 OTHER_TRANSFER_IN
TRANSFER_OUT ACCOUNT_TRANSFER INVESTMENT_AND_RETIREMENT_FUNDS SAVINGS WIRE:2 WITHDRAWAL OTHER_TRANSFER_OUT
BANK_FEES ATM_FEES CASH_ADVANCE:2 FOREIGN_TRANSACTION_FEES INSUFFICIENT_FUNDS INTEREST_CHARGE LATE_FEES:2 OVERDRAFT_FEES OTHER_BANK_FEES
ENTERTAINMENT CASINOS_AND_GAMBLING MUSIC_AND_AUDIO SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS TV_AND_MOVIES VIDEO_GAMES OTHER_ENTERTAINMENT
FOOD_AND_DRINK BEER_WINE_AND_LIQUOR COFFEE FAST_FOOD GROCERIES RESTAURANT VENDING_MACHINES OTHER_FOOD_AND_DRINK
GENERAL_MERCHANDISE BOOKSTORES_AND_NEWSSTANDS CLOTHING_AND_ACCESSORIES CONVENIENCE_STORES DEPARTMENT_STORES DISCOUNT_STORES ELECTRONICS GIFTS_AND_NOVELTIES OFFICE_SUPPLIES ONLINE_MARKETPLACES PET_SUPPLIES SPORTING_GOODS SUPERSTORES TOBACCO_AND_VAPE OTHER_GENERAL_MERCHANDISE
HOME_IMPROVEMENT FURNITURE HARDWARE REPAIR_AND_MAINTENANCE SECURITY OTHER_HOME_IMPROVEMENT
MEDICAL DENTAL_CARE EYE_CARE NURSING_CARE PHARMACIES_AND_SUPPLEMENTS PRIMARY_CARE VETERINARY_SERVICES OTHER_MEDICAL
PERSONAL_CARE GYMS_AND_FITNESS_CENTERS HAIR_AND_BEAUTY LAUNDRY_AND_DRY_CLEANING OTHER_PERSONAL_CARE
GENERAL_SERVICES ACCOUNTING_AND_FINANCIAL_PLANNING AUTOMOTIVE CHILDCARE CONSULTING_AND_LEGAL EDUCATION INSURANCE POSTAGE_AND_SHIPPING STORAGE OTHER_GENERAL_SERVICES
GOVERNMENT_AND_NON_PROFIT DONATIONS GOVERNMENT_DEPARTMENTS_AND_AGENCIES TAX_PAYMENT OTHER_GOVERNMENT_AND_NON_PROFIT
TRANSPORTATION BIKES_AND_SCOOTERS GAS PARKING PUBLIC_TRANSIT TAXIS_AND_RIDE_SHARES TOLLS OTHER_TRANSPORTATION
TRAVEL FLIGHTS LODGING RENTAL_CARS OTHER_TRAVEL
RENT_AND_UTILITIES GAS_AND_ELECTRICITY INTERNET_AND_CABLE RENT SEWAGE_AND_WASTE_MANAGEMENT TELEPHONE WATER OTHER_UTILITIES
OTHER OTHER:2`

// The versions of the taxonomy.
const (
	V1 = "v1" // since 2023
	V2 = "v2" // since December 2025; the one to ask for
)

// Taxonomy lists the personal finance categories of a version, V1 or V2, in Plaid's order.
func Taxonomy(version string) []plaidapi.Category {
	only := strings.TrimPrefix(version, "v")
	var all []plaidapi.Category
	for line := range strings.Lines(taxonomy) {
		keys := strings.Fields(line)
		for _, key := range keys[min(1, len(keys)):] {
			key, of, some := strings.Cut(key, ":")
			if !some || of == only {
				all = append(all, CategoryOf(keys[0], keys[0]+"_"+key))
			}
		}
	}
	return all
}

// CategoryOf has the words for a personal finance category of either version, and for those to come:
// FOOD_AND_DRINK and FOOD_AND_DRINK_FAST_FOOD are "Food and drink", "Fast food". Its ID is the
// detailed key. Without any key it is the zero Category.
func CategoryOf(primary, detailed string) plaidapi.Category {
	c := plaidapi.Category{ID: detailed}
	if detailed == "" {
		c.ID = primary
	}
	for _, key := range []string{primary, strings.TrimPrefix(detailed, primary)} {
		if text := words(key); text != "" && !slices.Contains(c.Path, text) {
			c.Path = append(c.Path, text)
		}
	}
	return c
}

// words is a key as people write it: "Fast food".
func words(key string) string {
	key = strings.Trim(key, "_")
	switch key {
	case "BEER_WINE_AND_LIQUOR":
		return "Beer, wine and liquor"
	case "SPORTING_EVENTS_AMUSEMENT_PARKS_AND_MUSEUMS":
		return "Sports, amusement parks and museums"
	case "GOVERNMENT_AND_NON_PROFIT":
		return "Government and non-profit"
	case "OTHER_GOVERNMENT_AND_NON_PROFIT":
		return "Other government and non-profit"
	case "LONG_TERM_DISABILITY":
		return "Long-term disability"
	case "BNPL":
		return "Buy now, pay later"
	case "EWA":
		return "Earned wage access"
	case "WIRE":
		return "Wire transfer"
	case "AUTO":
		return "Car loan"
	}
	fields := strings.Fields(strings.ReplaceAll(key, "_", " "))
	for i, word := range fields {
		switch {
		case word == "TV" || word == "ATM":
		case i == 0:
			fields[i] = word[:1] + strings.ToLower(word[1:])
		default:
			fields[i] = strings.ToLower(word)
		}
	}
	return strings.Join(fields, " ")
}
