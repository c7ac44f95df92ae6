package plaidapi

// Liability is the terms of a debt: what a credit card or a loan costs and when it falls due. What
// the bank did not send is nil, zero or empty.
type Liability struct {
	AccountID string
	Kind      LiabilityKind
	Rate      string // per year and in per cent, in plain decimal digits: "24.99"; for cards that of purchases
	Minimum   *Money // to be paid by Due; negative: it is owed
	Due       Date
	Overdue   bool
	Statement *Money // balance of the last statement; negative when it is owed
	Issued    Date   // of that statement
	Paid      *Money // the last payment; positive: it came into the account
	PaidOn    Date
	Ends      Date // when a loan is to be paid off
}

// LiabilityKind is what sort of debt it is.
type LiabilityKind string

// The kinds.
const (
	CardDebt    LiabilityKind = "credit"
	Mortgage    LiabilityKind = "mortgage"
	StudentLoan LiabilityKind = "student"
)
