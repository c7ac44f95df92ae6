package plaidapi

import "time"

// LinkRequest is what a link attempt is for.
type LinkRequest struct {
	Mode        Mode
	Institution Institution
	Products    []Product // wanted, best first; the wire takes what the institution offers. To add an Item without any is to ask for all that tartan shows
	ItemID      string    // Update and Upgrade: the Item that is repaired or extended
	Token       Secret    // Update and Upgrade: its token
}

// Mode says whether a link attempt adds an Item, signs in to one again, or adds a Product to one.
type Mode uint8

// Add makes an Item; Update gives one new credentials; Upgrade adds the first of Products to one.
const (
	Add Mode = iota
	Update
	Upgrade
)

// Step is where a link attempt stands. A Bank turns a Step and the user's answers into the next
// one and keeps nothing in between: a lost reply costs at worst a fresh start, never a wrong state.
type Step struct {
	Request   LinkRequest // institution, products, and whether to add, update or upgrade
	Pending   Secret      // how the bank knows this attempt: unfinished access token, or link token
	Challenge Challenge   // what to ask now
	Round     int         // how many challenges have been answered on the way here
	Attempt   string      // the journal's name for this attempt; empty before anything was asked
	Item      Item        // set once Challenge.Kind is Linked
	Token     Secret      // likewise
}

// Challenge is a form the bank hands over.
type Challenge struct {
	Kind    Kind
	Prompt  string
	Fields  []Field   // one answer each, in order; none for Browser, Granted and Linked
	URL     string    // Browser: where to send the user
	Expires time.Time // Browser: until when

	Progress []Happening // Browser and Granted: what the person has done on the page, oldest first
	Accounts []Account   // Granted: what would be linked; no more than ID, Name, Mask, Type and Subtype are known
}

// Left reports that the person closed the page without finishing. Nothing was made at the bank. The
// page may be opened anew where Plaid allows it; else the way on is Begin.
func (c Challenge) Left() bool {
	return len(c.Progress) > 0 && c.Progress[len(c.Progress)-1].What == PageLeft
}

// Field is text to type or, with Options, one of several to choose.
type Field struct {
	Label            string
	Secret, Optional bool
	Options          []Option
}

// Option is one choice of a Field. Its Value is the answer to send; the rest is for people.
type Option struct {
	Label  string // "text message", "tomato"
	Detail string // "phone ending 5309"; may be empty
	Value  string
}

// Kind is what a challenge asks for. The list is closed: a wire's unknown kind is Unsupported.
type Kind uint8

// The kinds, in the order a link attempt may meet them.
const (
	Credentials Kind = iota + 1
	Question         // free text the person once set up with the bank
	Device           // where to send a code
	Code             // the code that was sent
	Selection        // one of several answers, for each of several questions
	Browser          // the bank's own page; to answer is to look how far the person has come there
	Granted          // the page is done and nothing is linked yet: to answer is to link; none for a repair
	Linked           // nothing more to ask: the Item is made
)

// String is the kind in lower case, for tests and traces.
func (k Kind) String() string {
	names := [...]string{"none", "credentials", "question", "device", "code", "selection", "browser", "granted", "linked"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}
