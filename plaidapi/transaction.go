package plaidapi

// Transaction is one movement on an account. Its amount is positive when money came in.
type Transaction struct {
	ID        string // unique within its Item
	ItemID    string
	AccountID string
	Date      Date // day it posted, or happened while pending
	Amount    Money
	Name      string   // cleaned merchant or description
	BankText  string   // the bank's own words; empty when the wire does not send them
	Category  Category // zero when the bank has none
	Pending   bool
	PendingID string // posted: the pending transaction that this one replaces
	Place     Place
	Channel   string // "in person", "online" or empty
}

// Compare is the one order of transactions: later days first, and pending before posted in a day.
// It is 0 for those that stay in the order the bank tells them in.
func (t *Transaction) Compare(other *Transaction) int {
	switch {
	case t.Date != other.Date:
		return int(other.Date - t.Date)
	case t.Pending == other.Pending:
		return 0
	case t.Pending:
		return -1
	}
	return 1
}

// Category is a place in Plaid's taxonomy, top first: {"Travel", "Airlines and Aviation Services"}.
type Category struct {
	ID   string
	Path []string
}

// Place is where a transaction happened, as far as the bank says.
type Place struct {
	Address, City, State, Zip string
}

// Changes is what one call of Sync brings. Apply it as a whole, then ask again from Next while
// More is set.
type Changes struct {
	Added    []Transaction
	Modified []Transaction
	Removed  []string // transaction IDs
	// Replace, when set, means that Added is all there is between its days: what was known there
	// and is not in Added no longer exists. A wire without cursors tells its changes this way.
	Replace *Span
	Next    string // opaque; ask from here next time
	More    bool
	History History
}

// History is how much of the past a wire has got from the bank so far. It matters once More is not
// set: what is not there yet is to be asked for again, in some seconds.
type History uint8

// The histories.
const (
	AllThere   History = iota // all there will be
	RecentOnly                // about 30 days
	NothingYet                // nothing: no rows mean "not yet", not "none"
)

// Span is an inclusive range of days. A zero From is open towards the past.
type Span struct{ From, To Date }

// Has reports whether d lies within the span.
func (s Span) Has(d Date) bool { return d >= s.From && d <= s.To }
