package modern

import (
	"context"

	"tartan/plaidapi/internal/wire"
)

// LiabilitiesReply has the terms of an Item's debts. Amounts are in the currency of their account,
// and positive when owed.
type LiabilitiesReply struct {
	Answer
	Accounts    []Account   `json:"accounts"`
	Item        Item        `json:"item"`
	Liabilities Liabilities `json:"liabilities"`
}

// Liabilities are debts by kind (modern-api §3).
type Liabilities struct {
	Credit   []CreditLiability   `json:"credit"`
	Mortgage []MortgageLiability `json:"mortgage"`
	Student  []StudentLiability  `json:"student"`
}

// CreditLiability is the terms of a credit card.
type CreditLiability struct {
	AccountID              string `json:"account_id"`
	APRs                   []APR  `json:"aprs"`
	IsOverdue              bool   `json:"is_overdue"`
	LastPaymentAmount      Number `json:"last_payment_amount"`
	LastPaymentDate        string `json:"last_payment_date"`
	LastStatementIssueDate string `json:"last_statement_issue_date"`
	LastStatementBalance   Number `json:"last_statement_balance"`
	MinimumPaymentAmount   Number `json:"minimum_payment_amount"`
	NextPaymentDueDate     string `json:"next_payment_due_date"`
}

// APR is a yearly rate in per cent.
type APR struct {
	Percentage Number `json:"apr_percentage"`
	Type       string `json:"apr_type"` // purchase_apr, cash_apr, balance_transfer_apr, special
}

// MortgageLiability is the terms of a mortgage.
type MortgageLiability struct {
	AccountID    string `json:"account_id"`
	InterestRate struct {
		Percentage Number `json:"percentage"`
		Type       string `json:"type"` // "fixed", "variable"
	} `json:"interest_rate"`
	LastPaymentAmount          Number `json:"last_payment_amount"`
	LastPaymentDate            string `json:"last_payment_date"`
	NextMonthlyPayment         Number `json:"next_monthly_payment"`
	NextPaymentDueDate         string `json:"next_payment_due_date"`
	PastDueAmount              Number `json:"past_due_amount"`
	MaturityDate               string `json:"maturity_date"`
	OriginationDate            string `json:"origination_date"`
	OriginationPrincipalAmount Number `json:"origination_principal_amount"`
	EscrowBalance              Number `json:"escrow_balance"`
	LoanTypeDescription        string `json:"loan_type_description"`
	LoanTerm                   string `json:"loan_term"` // "30 year"
}

// StudentLiability is the terms of a student loan.
type StudentLiability struct {
	AccountID                  string `json:"account_id"`
	LoanName                   string `json:"loan_name"`
	InterestRatePercentage     Number `json:"interest_rate_percentage"`
	IsOverdue                  bool   `json:"is_overdue"`
	LastPaymentAmount          Number `json:"last_payment_amount"`
	LastPaymentDate            string `json:"last_payment_date"`
	LastStatementBalance       Number `json:"last_statement_balance"`
	LastStatementIssueDate     string `json:"last_statement_issue_date"`
	MinimumPaymentAmount       Number `json:"minimum_payment_amount"`
	NextPaymentDueDate         string `json:"next_payment_due_date"`
	ExpectedPayoffDate         string `json:"expected_payoff_date"`
	OriginationDate            string `json:"origination_date"`
	OriginationPrincipalAmount Number `json:"origination_principal_amount"`
	OutstandingInterestAmount  Number `json:"outstanding_interest_amount"`
}

// Liabilities reads the terms of an Item's debts. Without such accounts it fails with
// plaidapi.Unsupported, without consent with NotShared.
func (c *Client) Liabilities(ctx context.Context, req AccountsRequest) (*LiabilitiesReply, error) {
	return post[LiabilitiesReply](ctx, c, call{path: "liabilities/get", kind: wire.Fetch}, req)
}
