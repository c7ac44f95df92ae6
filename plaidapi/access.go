package plaidapi

import "errors"

// AccessPlace is where access tokens and keys are kept.
type AccessPlace string

// The places.
const (
	InKeyring AccessPlace = "keyring" // the system's own
	InFile    AccessPlace = "file"    // a file sealed with a passphrase
	InMemory  AccessPlace = "run"     // nowhere: forgotten when tartan ends
)

// Access says where tokens are kept now, for people.
type Access struct {
	Place    AccessPlace
	Where    string // "GNOME Keyring"
	Notice   string // what must be said all the time, in whole sentences; empty when all is well
	ReadOnly bool   // another tartan is open: what is saved is shown and nothing is changed
	Asks     bool   // opening the place takes a passphrase
}

// Keys are what Plaid knows its customer by.
type Keys struct {
	ClientID string
	Secret   Secret
}

// What a person can do something about when kept tokens cannot be opened. Errors wrap one of these.
var (
	ErrPassphrase      = errors.New("plaidapi: a passphrase is needed")
	ErrWrongPassphrase = errors.New("plaidapi: not the passphrase")
	ErrNoPlace         = errors.New("plaidapi: nowhere to keep access yet")
	ErrLocked          = errors.New("plaidapi: tartan is locked")
	ErrNoKeys          = errors.New("plaidapi: no API keys")
)
