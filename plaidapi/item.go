package plaidapi

import "time"

// Item is one login at one Institution: what a link makes and what a token opens.
type Item struct {
	ID          string // unique among all wires and institutions; opaque
	Wire        Wire
	Institution Institution // as it was when linked; only ID, Wire, Name, Site and Fields are kept
	Products    []Product
	LinkedAt    time.Time
}

// AccountType is the broad kind of an account. Unknown kinds are Other.
type AccountType string

// The account types of both wires (legacy-api §2.2; the legacy "mortgage" is a Loan, its
// "brokerage" an Investment).
const (
	Depository AccountType = "depository"
	Credit     AccountType = "credit"
	Loan       AccountType = "loan"
	Investment AccountType = "investment"
	Other      AccountType = "other"
)

// Owes reports whether a balance of that type is money owed.
func (t AccountType) Owes() bool { return t == Credit || t == Loan }

// Account is one account of an Item. Amounts the bank did not send are nil, not zero.
type Account struct {
	ID           string // unique within its Item
	ItemID       string
	Name         string
	OfficialName string
	Mask         string // the last digits, usually four
	Type         AccountType
	Subtype      string // "checking", "credit card", …; may be empty
	Current      *Money // what is there; negative when it is owed
	Available    *Money // what can be spent; for credit, what is left of the limit
	Limit        *Money // credit limit, positive
}

// Numbers are what another bank needs to reach a depository account.
type Numbers struct {
	AccountID   string
	Account     string // full account number: show its last four digits unless asked
	Routing     string
	WireRouting string
}
