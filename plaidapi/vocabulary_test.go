package plaidapi

import "testing"

func TestVocabulary(t *testing.T) {
	bank := Institution{Products: []Product{Auth, Balance}}
	if !bank.Offers(Auth) || bank.Offers(Connect) {
		t.Error("Offers")
	}
	span := Span{From: 10, To: 20}
	for day, in := range map[Date]bool{9: false, 10: true, 20: true, 21: false} {
		if span.Has(day) != in {
			t.Errorf("day %d in %v: %v", day, span, !in)
		}
	}
	for kind, owes := range map[AccountType]bool{Depository: false, Credit: true, Loan: true, Investment: false, Other: false} {
		if kind.Owes() != owes {
			t.Errorf("%s owes: %v", kind, !owes)
		}
	}
	if Credentials.String() != "credentials" || Linked.String() != "linked" || Kind(0).String() != "none" {
		t.Error("names of kinds")
	}
}
