package store

import (
	"context"
	"errors"

	"tartan/plaidapi"
)

// Fault is what is wrong with the place where access is kept, sorted by what to do about it. A Ring
// may return one, or wrap one, to say more than no.
type Fault uint8

// The faults. ErrNotFound is none: it is an ordinary answer of a working keyring.
const (
	Refused   Fault = iota // it said no, and not why
	NoKeyring              // nothing answers
	Locked                 // it is locked, was not unlocked when it asked, or has never been set up
	Slow                   // no answer in time: often a dialog that waits for a password
	Lied                   // it reported success, but the entry reads otherwise
	Broke                  // the call panicked
	Damaged                // an entry is not as tartan wrote it
	Newer                  // an entry was written by a later tartan
	TooLong                // more than one entry may hold

	VaultDamaged // the passphrase file is not as tartan wrote it
	VaultNewer   // the passphrase file was written by a later tartan
	NoSource     // where a passphrase or a key was to come from, nothing of use came
	TooShort     // a passphrase that is easily guessed
	StillKept    // what is kept would be forgotten with this run
	NoFolder     // there is no folder for a passphrase file
	Missing      // an Item is known, and its token is not there any more
)

// phrases are what a fault is called in logs, and what people read: what happened, what to do.
type phrases struct{ name, happened, advice string }

// look is the advice where only the keyring itself can tell more.
const look = "Check with its own program that it works"

func (f Fault) phrases() phrases {
	switch f {
	case NoKeyring:
		return phrases{"no keyring", "No system keyring answers here.", "Start one, such as GNOME Keyring or KWallet"}
	case Locked:
		return phrases{"locked", "The system keyring is locked, or not set up yet.", "Unlock it"}
	case Slow:
		return phrases{
			"no answer in time",
			"The system keyring did not answer; it may be asking for its password in another window.", "Answer it there",
		}
	case Lied:
		return phrases{"not done as reported", "The system keyring reported success, but reads otherwise.", look}
	case Broke:
		return phrases{"panic", "The system keyring gave an answer that makes no sense.", look}
	case Damaged:
		return phrases{
			"damaged entry", "An entry in the system keyring is not as tartan wrote it.",
			"Restore the keyring from a backup, or remove tartan's entries there and link the banks again",
		}
	case Newer:
		return phrases{"entry of a newer version", "The system keyring holds entries of a newer tartan.", "Update tartan"}
	case TooLong:
		return phrases{
			"entry too long", "There is more to keep in one entry than every system keyring takes.",
			"Look for a name or a key that is unusually long",
		}
	}
	return f.filePhrases()
}

// filePhrases are those of the faults that have nothing to do with a keyring.
func (f Fault) filePhrases() phrases {
	switch f {
	case VaultDamaged:
		return phrases{
			"damaged passphrase file", "The file that keeps access to your banks is not as tartan wrote it, or a part of it is missing.",
			"Bring " + vaultFile + " and " + vaultKeyFile + " back from a backup",
		}
	case VaultNewer:
		return phrases{"passphrase file of a newer version", "The file that keeps access to your banks is of a newer tartan.", "Update tartan"}
	case NoSource:
		return phrases{"nothing from the source", "What was to come from outside did not come.", "Put it right"}
	case TooShort:
		return phrases{"passphrase too short", "A passphrase needs at least 8 characters.", "Choose a longer one"}
	case StillKept:
		return phrases{
			"still kept", "What is kept now would be forgotten when tartan ends.",
			"Unlink the banks and remove the API keys first, if that is what you want",
		}
	case Missing:
		return phrases{
			"token missing", "Access to this bank is not where tartan kept it any more. What was read is still here.",
			"Bring it back from a backup, or unlink the bank here and link it again",
		}
	case NoFolder:
		return phrases{"no folder", "There is no folder here for a file sealed with a passphrase.", "Choose another place"}
	}
	return phrases{"refused", "The system keyring refused.", look}
}

// Error is the fault in a few words, for logs and tests, and lets a Fault be the target of errors.Is.
func (f Fault) Error() string { return f.phrases().name }

// ErrNotFound is what a Ring answers when it has no such entry.
var ErrNotFound = errors.New("store: no such keyring entry")

// ErrNoItem reports an Item that the store does not hold.
var ErrNoItem = errors.New("store: no such item")

// ErrClosed reports a write after Close.
var ErrClosed = errors.New("store: closed")

// deed is what the store was doing when it failed: it decides what was kept.
type deed string

const (
	checking deed = "check access"
	reading  deed = "read access"
	saving   deed = "save access"
	removing deed = "remove access"
	setting  deed = "save keys"
	moving   deed = "move access"
	placing  deed = "find a place for access"
)

// Error is a failure of the place where access is kept. Its cause never holds what was to be kept.
type Error struct {
	Fault Fault
	Err   error // the keyring's own words; may be nil
	deed  deed
	about string // what happened, where that can be said better than the fault does; may be empty
}

// Error names what was being done, the fault, and the keyring's own words.
func (e *Error) Error() string {
	s := string(e.deed) + ": " + e.Fault.Error()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// ExitCode is 9 for a file and 8 for whatever is wrong with a keyring (security.md).
func (e *Error) ExitCode() int {
	if e.Fault >= VaultDamaged && e.Fault <= NoSource {
		return 9
	}
	return 8
}

// Unwrap gives the fault, the cause, and what the person has to do about it: a place to be chosen
// is plaidapi.ErrNoPlace, a place that cannot be chosen plaidapi.Unsupported, an Item without its
// token plaidapi.ItemGone.
func (e *Error) Unwrap() []error {
	all := []error{e.Fault}
	if e.Err != nil {
		all = append(all, e.Err)
	}
	switch {
	case e.deed == placing:
		all = append(all, plaidapi.ErrNoPlace)
	case e.Fault == StillKept || e.Fault == NoFolder:
		all = append(all, plaidapi.Unsupported)
	case e.Fault == Missing:
		all = append(all, plaidapi.ItemGone)
	}
	return all
}

// UserText says in whole sentences what happened, what was kept, and what to do.
func (e *Error) UserText() string {
	p := e.Fault.phrases()
	if e.about != "" {
		p.happened = e.about
	}
	text := p.happened + " " + e.deed.kept() + " " + p.advice + ", then try again."
	if e.deed == placing {
		text += " Or let tartan keep access to your banks in a file sealed with a passphrase, or for this run only."
	}
	return text
}

func (d deed) kept() string {
	switch d {
	case checking:
		return "No bank was asked for anything."
	case saving:
		return "Access to the bank is not saved."
	case removing:
		return "Access to the bank may still be kept here."
	case setting:
		return "The API keys are not saved."
	case moving:
		return "All that is kept is where it was."
	default:
		return "Nothing was changed."
	}
}

// during marks err with what was being done. Cancelling stays what it is.
func during(d deed, err error) error {
	var e *Error
	if errors.As(err, &e) && e.deed != placing {
		return &Error{e.Fault, e.Err, d, e.about}
	}
	return err
}

// fault makes an Error of what a ring answered. ErrNotFound and cancelling are not failures of the
// ring; a FileError and an Error say enough.
func fault(err error) error {
	var file *FileError
	var told *Error
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, context.Canceled) || errors.As(err, &file) || errors.As(err, &told) {
		return err
	}
	e := &Error{Err: err, deed: reading}
	if errors.As(err, &e.Fault) && err == error(e.Fault) {
		e.Err = nil
	}
	return e
}
