package plaidapi

import "time"

// Page is one page of a sync as it is saved: only what differs from what was known.
type Page struct {
	ItemID string
	Put    *Batch   // rows that came, and new versions of rows that changed; nil for none
	Gone   []string // IDs of rows that vanished, and of those that Put has a new version of

	Cursor  string    // where the sync goes on; empty once it is whole
	Partial bool      // the sync has not come to its end
	Began   time.Time // when the sync asked for its first page

	// The Item's transactions after this page.
	Rows   int
	Oldest Date
}

// Saved is what is known of an Item besides its transactions.
type Saved struct {
	Accounts []Account
	Read     time.Time // when accounts and balances were read; zero before the first time
	Cursor   string
	Partial  bool
	Began    time.Time // when the last sync, whole or not, asked for its first page
	Synced   time.Time // when the last whole one did; zero before the first
	Rows     int
	Oldest   Date
}

// Mark is something that the person wrote about what banks tell: the last one of a subject and a
// field holds, and an empty value takes it back.
type Mark struct {
	Subject Subject
	Field   MarkField
	Value   string
	At      time.Time
}

// Subject is what a Mark is about: an Item, one of its accounts or transactions, or, with all of
// these empty, something that belongs to none, known by Name.
type Subject struct {
	ItemID, AccountID, TransactionID string
	Name                             string
}

// MarkField says what a Mark changes.
type MarkField string

// The fields.
const (
	OwnName     MarkField = "name"
	OwnNote     MarkField = "note"
	OwnTags     MarkField = "tags"     // separated by commas
	OwnCategory MarkField = "category" // a Category's ID, or the person's own word
	LeftOut     MarkField = "left out" // of totals: "yes"
	SavedFilter MarkField = "filter"   // Subject.Name is its name, Value the query
	Dismissed   MarkField = "dismissed"

	// EverLinked says that an Item was linked once, even if it is no more: Subject.Name stands for it, and
	// Value for whose API keys it was linked with.
	EverLinked MarkField = "ever linked"

	// What it takes to undo or redo a change: Subject.Name is its number, and of each Item that the
	// change was about there is one. Value is the ledger's own.
	CanUndo MarkField = "can undo"
	CanRedo MarkField = "can redo"
)

// Attempt is a link that was under way when something went wrong: the bank may hold an Item that
// no token is kept for.
type Attempt struct {
	ID            string // the journal's own name for it
	Wire          Wire
	InstitutionID string
	Bank          string    // the institution's name
	Products      []Product // that were asked for
	Mode          Mode
	At            time.Time // when the bank was first asked
	LinkToken     Secret    // Hosted Link only: its link token
	Granted       bool      // Hosted Link only: the Item was asked for, so that there may be one
	Pending       Secret    // the token of an unfinished Item, when it is kept
	ItemID        string    // the Item that was linked before, where the bank gave another token of it
}

// OnPage reports an attempt whose person was last seen on the bank's own page: nothing was made at the
// bank, and the page may still be finished.
func (a Attempt) OnPage() bool { return !a.LinkToken.Empty() && !a.Granted }
