package sandbox

import "time"

// cents is an amount in minor units; every currency of the practice bank has two decimals.
type cents = int64

// account is one account of a login, before any wire's spelling. A nil balance
// is one that the bank does not send.
type account struct {
	ID, Item, User string
	Name           string
	OfficialName   string // "" when the bank sends none
	Number         string // the last four digits
	Type, Subtype  string // depository, credit, loan, …; Subtype may be ""
	Currency       string // ISO 4217; "" for the recorded accounts, which predate currencies

	// FullNumber, Routing and WireRouting are what the auth product tells; all
	// empty for accounts without them, such as cards.
	FullNumber, Routing, WireRouting string

	// A credit account's Current is the amount owed.
	Available, Current, Limit *cents

	InstitutionType string // the wire's institution_type
}

// place is where a transaction took place; empty members are not sent.
type place struct {
	Address, City, State, Zip string

	Lat, Lon       float64
	HasCoordinates bool
}

// transaction is one row of an account.
type transaction struct {
	ID, Account string
	Date        string // YYYY-MM-DD
	Amount      cents  // positive leaves the account
	Name        string // cleaned
	Original    string // as the bank wrote it; "" when that is Name
	CategoryID  string // "" when uncategorised
	Kind        string // place, digital, special or unresolved
	Pending     bool
	PendingID   string // of the pending transaction that this one replaced, or ""
	Place       place
	NameScore   float64 // 0 to 1
}

// institution is one bank of the directory.
type institution struct {
	ID, Type, Name string

	// The labels of the sign-in form; PIN is "" where none is asked for.
	UsernameLabel, PasswordLabel, PINLabel string

	MFA      []string // "code", "list", "questions", "questions(3)", "selections"
	Products []string // connect, auth, balance, info, income, risk, in the wire's order

	// URL and Currency are sent for the long tail only; a main institution has neither.
	URL, Currency string
}

// contact is what the info product tells of a person.
type contact struct {
	Names     []string
	Emails    []detail
	Phones    []detail
	Addresses []address
}

// detail is one e-mail address or telephone number.
type detail struct {
	Primary bool
	Type    string // personal, work, home, mobile, …
	Data    string
}

// address is one postal address of a person.
type address struct {
	Primary                  bool
	Street, City, State, Zip string
}

// person is one login of our own making beside the recorded users. Every
// method but transactions is cheap; all are safe for concurrent use.
type person interface {
	// login is what the practice bank lists. Its Username is unique among all
	// people and becomes a part of the access token, so it is made of lower-case
	// letters, digits and underscores.
	login() Login

	// institution is the person's bank, a member of the long tail. People of one
	// bank return equal values. It offers connect, auth, balance and info at
	// most: income and risk are known of the recorded users only.
	institution() institution

	// factor names the second factor that follows the password: "", "questions",
	// "list" or "selections", with the answers of legacy-api §3.3.
	factor() string

	// signsOut tells of a bank that asks to sign in again after the first sync.
	signsOut() bool

	accounts(now time.Time) []account

	// transactions yields the rows of all accounts dated from..to, newest first,
	// until yield returns false. Both bounds are inclusive, YYYY-MM-DD, and open
	// when empty. The pointer is good until yield returns. Restricting the dates
	// makes it cheaper.
	transactions(now time.Time, from, to string, yield func(*transaction) bool)

	contact() contact
}
