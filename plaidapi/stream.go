package plaidapi

// Stream is a series of transactions that come back, as Plaid sees them: a salary, a rent. Amounts
// are positive when money comes in.
type Stream struct {
	ID        string
	AccountID string
	Name      string
	Category  Category
	Every     Frequency
	First     Date
	Last      Date
	Next      Date // foretold; zero when it is not
	Average   *Money
	Latest    *Money
	Ended     bool
	IDs       []string // its transactions
}

// Frequency is how often a Stream comes. An unknown one is empty.
type Frequency string

// The frequencies.
const (
	Weekly      Frequency = "weekly"
	Biweekly    Frequency = "every two weeks"
	SemiMonthly Frequency = "twice a month"
	Monthly     Frequency = "monthly"
	Annually    Frequency = "yearly"
)
