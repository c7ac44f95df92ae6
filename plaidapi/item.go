package plaidapi

import "time"

// Item is one login at one Institution: what a link makes and what a token opens.
type Item struct {
	ID          string // unique among all wires and institutions; opaque
	Wire        Wire
	Institution Institution // as it was when linked; only ID, Wire, Name, Site and Fields are kept
	Products    []Product
	LinkedAt    time.Time
	// ConsentUntil is when the person's consent runs out and they must sign in again; zero when it does
	// not, or nobody knows.
	ConsentUntil time.Time
}

// Condition is how an Item fares at its wire: asked for free, at each start and after a failed call.
type Condition struct {
	Err          error     // why it cannot be read any more, a *Error; nil when all is well
	ConsentUntil time.Time // as in Item
	Updated      time.Time // when its transactions were last fetched from the bank; zero when unknown
	Products     []Product // what the person has agreed to
	InUse        []Product // of them, those that Plaid counts already: to read them costs nothing more
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
	Scheme      Scheme
}

// Scheme says in which system account numbers count, and so what they are called.
type Scheme string

// The schemes. The empty one is that of the United States.
const (
	ACH  Scheme = ""
	EFT  Scheme = "EFT"  // Canada: Routing is institution and branch, "010-00021"
	IBAN Scheme = "IBAN" // Account is the IBAN, Routing the BIC
	BACS Scheme = "BACS" // United Kingdom: Routing is the sort code
)
