package plaidapi

import "time"

// Happening is something that a person did on a bank's own page, or that befell them there.
type Happening struct {
	What Event
	At   time.Time
	Bank string // BankChosen: its name; PageLeft: the same, where one was chosen; may be empty
	// Why the page was left or an answer refused. Code is the wire's own word, such as
	// "INVALID_CREDENTIALS" or "requires_code"; BankText is Plaid's sentence for people, made inert, for
	// a marked place. All are zero when there was no error.
	Problem  Problem
	Code     string
	BankText string
}

// Event is what happened.
type Event uint8

// The events, in the order they mostly come in.
const (
	PageOpened  Event = iota + 1
	BankChosen        // may come again: the person went back
	SignedIn          // the password was sent, or the bank's own site was opened
	FactorSent        // an answer or code was sent
	PageRefused       // the bank or Plaid said no; the person may try on
	PageLeft          // closed without finishing
	PageDone          // finished
)
