package plaidapi

// AccessPlace is where what opens banks is kept: tokens, API keys, and the key of saved data.
type AccessPlace string

// The places. The empty one has not been decided yet.
const (
	InKeyring AccessPlace = "keyring" // the system's keyring
	InFile    AccessPlace = "file"    // a file sealed with a passphrase
	InMemory  AccessPlace = "run"     // memory, forgotten when the program ends
)

// Access is where tokens are kept now, for people.
type Access struct {
	Place    AccessPlace
	Where    string // in words: "system keyring (Secret Service)"
	Notice   string // what must be seen all the time, in whole sentences; empty when all is well
	ReadOnly bool   // nothing can be changed: another program is the one that writes
	Asks     bool   // unlocking takes a passphrase
}

// Keys are what a client shows to Plaid's servers.
type Keys struct {
	ClientID string
	Secret   Secret
}

// Whole reports whether both halves are there.
func (k Keys) Whole() bool { return k.ClientID != "" && !k.Secret.Empty() }

// AccessError is why tokens and keys cannot be reached before the person does something. Compare
// with errors.Is.
type AccessError struct{ name, text string }

// Error is the reason in a few words, for logs and tests.
func (e *AccessError) Error() string { return "plaidapi: " + e.name }

// UserText says in whole sentences what is needed.
func (e *AccessError) UserText() string { return e.text }

// ExitCode is 8, as for whatever is wrong with a keyring (security.md).
func (*AccessError) ExitCode() int { return 8 }

// The reasons.
var (
	ErrPassphrase error = &AccessError{
		"passphrase needed",
		"Access to your banks is kept in a file sealed with a passphrase. Nothing was changed. Type the passphrase to open it.",
	}
	ErrWrongPassphrase error = &AccessError{
		"wrong passphrase",
		"This passphrase does not open the file. Nothing was changed. Check upper and lower case, then try again.",
	}
	ErrNoPlace error = &AccessError{
		"no place for tokens",
		"There is no place yet to keep access to your banks. Nothing was changed. Choose one to go on.",
	}
	ErrLocked error = &AccessError{
		"locked", "tartan is locked. Everything is kept. Unlock it to go on.",
	}
	ErrNoKeys error = &AccessError{
		"no API keys", "There are no API keys yet. Nothing was asked. Type the client ID and secret of your Plaid account.",
	}
)
