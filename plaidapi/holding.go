package plaidapi

// Holding is what an investment account has of one security.
type Holding struct {
	AccountID string
	ID        string // the security's; unique within the account
	Name      string // may be empty
	Ticker    string // may be empty
	Type      string // "equity", "etf", "mutual fund", "cash", …; may be empty
	Cash      bool   // money, or as good as money
	Quantity  string // in plain decimal digits, exact; empty when it was not sent or nobody can read it
	Price     *Money // of one, as the bank has it
	Value     *Money // of all
	Cost      *Money // what was paid for all
	AsOf      Date   // the day of the price; zero when the bank does not say
}
