package sandbox

import (
	_ "embed"
	"slices"
	"strings"
)

// financeTable maps the legacy taxonomy to personal finance categories of
// version 2. A line names the first digits of legacy ids, the detailed category
// of money that leaves an account, and that of money that comes in where it
// differs. The longest line that fits counts.
//
//go:embed modern_categories.txt
var financeTable string

// financePrimaries are the primaries of both versions, the longer of two that
// begin alike first.
var financePrimaries = []string{
	"INCOME", "LOAN_DISBURSEMENTS", "LOAN_PAYMENTS", "TRANSFER_IN", "TRANSFER_OUT", "BANK_FEES", "ENTERTAINMENT", "FOOD_AND_DRINK",
	"GENERAL_MERCHANDISE", "HOME_IMPROVEMENT", "MEDICAL", "PERSONAL_CARE", "GENERAL_SERVICES", "GOVERNMENT_AND_NON_PROFIT",
	"TRANSPORTATION", "TRAVEL", "RENT_AND_UTILITIES", "OTHER",
}

// financeCategory is what rows of one legacy category carry, written out: a row
// has no time for more.
type financeCategory struct {
	legacy  string    // the members category and category_id
	finance [2]string // the value of personal_finance_category, of version 2: money out, money in
	earlier [2]string // of version 1
}

// financeCategories are by legacy id; "" is uncategorised. Payments of loans,
// which the legacy taxonomy does not tell apart, are also by the loan's subtype.
type financeCategories map[string]*financeCategory

// loanPayment is the legacy category of a payment of any loan.
const loanPayment = "16003000"

func newFinanceCategories(legacy *taxonomy) financeCategories {
	table := map[string][2]string{}
	for line := range strings.Lines(financeTable) {
		words := strings.Fields(line)
		table[words[0]] = [2]string{words[1], words[len(words)-1]}
	}
	m := financeCategories{"": newFinanceCategory("", nil, [2]string{"OTHER_OTHER", "OTHER_OTHER"})}
	for _, c := range legacy.list {
		for _, digits := range [...]int{8, 5, 2} {
			if detailed, ok := table[c.ID[:digits]]; ok {
				m[c.ID] = newFinanceCategory(c.ID, legacy.hierarchy(c.ID), detailed)
				break
			}
		}
	}
	for subtype, kind := range map[string]string{"auto": "CAR", "mortgage": "MORTGAGE", "student": "STUDENT_LOAN"} {
		detailed := "LOAN_PAYMENTS_" + kind + "_PAYMENT"
		m[subtype] = newFinanceCategory(loanPayment, legacy.hierarchy(loanPayment), [2]string{detailed, detailed})
	}
	return m
}

func newFinanceCategory(id string, hierarchy []string, detailed [2]string) *financeCategory {
	t := text{tight: true}
	t.open('{')
	if id == "" {
		t.null("category")
		t.null("category_id")
	} else {
		t.strings("category", hierarchy)
		t.string("category_id", id)
	}
	c := &financeCategory{legacy: string(t.b[1:])}
	for i, name := range detailed {
		c.finance[i] = financeText(name, "v2", id)
		c.earlier[i] = financeText(earlierName(name), "v1", id)
	}
	return c
}

// financeText writes one category; what nobody sorted is of low confidence.
func financeText(detailed, version, id string) string {
	t := text{tight: true}
	t.open('{')
	t.string("primary", primaryOf(detailed))
	t.string("detailed", detailed)
	if id == "" {
		t.string("confidence_level", "LOW")
	} else {
		t.string("confidence_level", "VERY_HIGH")
	}
	t.string("version", version)
	t.close('}')
	return string(t.b)
}

// earlierName is what version 1 calls a category of version 2 (modern-api §9).
func earlierName(detailed string) string {
	switch detailed {
	case "INCOME_SALARY":
		return "INCOME_WAGES"
	case "INCOME_OTHER", "INCOME_RENTAL":
		return "INCOME_OTHER_INCOME"
	case "TRANSFER_IN_WIRE":
		return "TRANSFER_IN_OTHER_TRANSFER_IN"
	case "TRANSFER_OUT_WIRE":
		return "TRANSFER_OUT_OTHER_TRANSFER_OUT"
	case "BANK_FEES_LATE_FEES", "BANK_FEES_CASH_ADVANCE":
		return "BANK_FEES_OTHER_BANK_FEES"
	case "OTHER_OTHER":
		return "GENERAL_SERVICES_OTHER_GENERAL_SERVICES"
	}
	if strings.HasPrefix(detailed, "LOAN_DISBURSEMENTS_") {
		return "TRANSFER_IN_CASH_ADVANCES_AND_LOANS"
	}
	return detailed
}

func primaryOf(detailed string) string {
	at := slices.IndexFunc(financePrimaries, func(p string) bool { return strings.HasPrefix(detailed, p+"_") })
	if at < 0 {
		return "OTHER"
	}
	return financePrimaries[at]
}

// of finds the category of a row; one that no table knows counts as none.
func (m financeCategories) of(id string) *financeCategory {
	if c, ok := m[id]; ok {
		return c
	}
	return m[""]
}

// written is the value of personal_finance_category for a row of that amount.
func (c *financeCategory) written(version string, out cents) string {
	at := 0
	if out < 0 {
		at = 1
	}
	if version == "v1" {
		return c.earlier[at]
	}
	return c.finance[at]
}

// allCategories is POST /categories/get: the legacy taxonomy. Its groups are
// place and special; what is digital there is of the group special here.
func (p *post) allCategories() *trouble {
	t := p.open()
	t.array("categories")
	for _, c := range p.bank.categories.list {
		t.next()
		t.open('{')
		t.string("category_id", c.ID)
		if c.Kind == "place" {
			t.string("group", "place")
		} else {
			t.string("group", "special")
		}
		t.strings("hierarchy", c.Hierarchy)
		t.close('}')
	}
	t.close(']')
	return p.done()
}
