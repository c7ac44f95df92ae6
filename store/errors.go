package store

import (
	"context"
	"errors"
)

// Fault is what is wrong with a keyring, sorted by what to do about it. A Ring may return one, or
// wrap one, to say more than no.
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
)

// phrases are what a fault is called in logs, and what people read: what happened, what to do.
type phrases struct{ name, happened, advice string }

func (f Fault) phrases() phrases {
	const look = "Check with its own program that it works"
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
			"entry too long", "There is more to keep than the system keyring takes.",
			"Unlink a bank that is no longer needed",
		}
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
	checking deed = "check keyring"
	reading  deed = "read keyring"
	saving   deed = "save to keyring"
	removing deed = "remove from keyring"
)

// Error is a failure of the keyring. Its cause never holds what was to be kept.
type Error struct {
	Fault Fault
	Err   error // the keyring's own words; may be nil
	deed  deed
}

// Error names what was being done, the fault, and the keyring's own words.
func (e *Error) Error() string {
	s := string(e.deed) + ": " + e.Fault.Error()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// ExitCode is 8, for whatever is wrong with a keyring (security.md).
func (e *Error) ExitCode() int { return 8 }

// Unwrap gives the fault and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Fault}
	}
	return []error{e.Fault, e.Err}
}

// UserText says in whole sentences what happened, what was kept, and what to do.
func (e *Error) UserText() string {
	p := e.Fault.phrases()
	return p.happened + " " + e.deed.kept() + " " + p.advice + ", then try again."
}

func (d deed) kept() string {
	switch d {
	case checking:
		return "No bank was asked for anything."
	case saving:
		return "Access to the bank is not saved."
	case removing:
		return "The bank's entry may still be in the keyring."
	default:
		return "Nothing was changed."
	}
}

// during marks err with what was being done. Cancelling stays what it is.
func during(d deed, err error) error {
	var e *Error
	if errors.As(err, &e) {
		return &Error{e.Fault, e.Err, d}
	}
	return err
}

// fault makes an Error of what a ring answered. ErrNotFound and cancelling are not failures of the ring.
func fault(err error) error {
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, context.Canceled) {
		return err
	}
	e := &Error{Err: err, deed: reading}
	if errors.As(err, &e.Fault) && err == error(e.Fault) {
		e.Err = nil
	}
	return e
}
