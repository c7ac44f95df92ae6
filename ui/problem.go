package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"tartan/plaidapi"
)

// situation is what people read of an error: what happened, what was kept, what to do now.
type situation struct {
	title   string
	cause   string
	kept    string
	reason  string // all of it in a few words, for a line on a list
	actions []action
	details string // for support: code and request, nothing personal
}

// action is one way on from a situation.
type action uint8

const (
	tryAgain action = iota
	afterUnlocking
	afterSettingUp
	otherBank
	signInAgain
	changeKeys
	unlinkIt
	shareMore
	stopHere
)

// label is an action in words.
func (a action) label() string {
	return [...]string{
		"Try again", "Unlock it at the bank, then try again", "Finish it at the bank, then try again",
		"Choose a different bank", "Sign in again", "Change the API keys", "Unlink it here", "Agree to share it", "Stop for now",
	}[a]
}

// worded is an error that brings its own sentence for people, as the store's do.
type worded interface{ UserText() string }

// sentence is what an error says of itself to people, or otherwise.
func sentence(err error, otherwise string) string {
	var told worded
	if errors.As(err, &told) {
		return told.UserText()
	}
	return otherwise
}

// explain turns an error into what people read. The same code means "try again" while linking and
// "sign in again" later, so the problem has been sorted by the wire, which knows which it was.
func explain(err error, bank string, now time.Time) situation {
	s := describe(err, bank)
	s.details = details(err, now)
	return s
}

// placed is an error that says with its exit code what it is about (security.md).
type placed interface{ ExitCode() int }

// local is the title and the reason of an error of this computer, not of a bank: of the keyring, of
// another tartan that is open, or of files.
func local(err error) (title, reason string) {
	if errors.Is(err, plaidapi.ErrNoKeys) {
		return "API keys are needed first", "API keys are needed"
	}
	var at placed
	code := 0
	if errors.As(err, &at) {
		code = at.ExitCode()
	}
	switch code {
	case 8:
		return "The keyring could not be used", "the keyring did not work"
	case 11:
		return "Nothing can be changed now", "another tartan is open"
	}
	return "What is saved could not be used", "it could not be saved or read here"
}

// describe finds the words for an error. One that brings its own says itself what was kept.
func describe(err error, bank string) situation {
	var told worded
	if errors.As(err, &told) {
		title, _ := local(err)
		s := situation{title: title, cause: told.UserText(), actions: []action{tryAgain, stopHere}}
		if wantsKeys(err) {
			s.actions[0] = changeKeys
		}
		return s
	}
	s := found(err)
	s.title = strings.ReplaceAll(s.title, "BANK", bank)
	return s
}

// inShort is an error in one sentence, for the footer.
func inShort(err error) string {
	var told worded
	if errors.As(err, &told) {
		return told.UserText()
	}
	return strings.ReplaceAll(found(err).title, "BANK", "The bank") + "."
}

// problem sorts an error; a deadline that ran out counts as not reached.
func problem(err error) plaidapi.Problem {
	var e *plaidapi.Error
	switch {
	case errors.As(err, &e):
		return e.Problem
	case errors.Is(err, plaidapi.ItemGone): // its token is missing here
		return plaidapi.ItemGone
	case errors.Is(err, context.DeadlineExceeded):
		return plaidapi.Offline
	}
	return plaidapi.Unknown
}

// codeOf is the wire's own word for an error; empty where it gave none.
func codeOf(err error) string {
	var e *plaidapi.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// details is what support can use: code, request and time.
func details(err error, now time.Time) string {
	var e *plaidapi.Error
	if !errors.As(err, &e) {
		return ""
	}
	var parts []string
	if e.Code != "" {
		parts = append(parts, "code "+e.Code)
	}
	if e.RequestID != "" {
		parts = append(parts, "request "+e.RequestID)
	}
	return strings.Join(append(parts, now.Format("2 Jan 15:04")), " · ")
}

// wantsKeys reports that other API keys, or any at all, are needed first.
func wantsKeys(err error) bool {
	return errors.Is(err, plaidapi.BadKeys) || errors.Is(err, plaidapi.ErrNoKeys)
}

// brief is a situation in one line, for under a bank on a list.
func brief(err error) string {
	switch problem(err) {
	case plaidapi.LoginRequired:
		return "! sign in again"
	case plaidapi.ItemGone:
		var told worded
		if errors.As(err, &told) {
			return "! access to it is gone from here"
		}
		return "! not linked at the bank any more"
	}
	if why := reason(err); why != "" {
		return "! " + why
	}
	return "! could not be read"
}

// because is what went wrong, with the reason behind it where there are words for one.
func because(what string, err error) string {
	if why := reason(err); why != "" {
		what += ": " + why
	}
	return what + "."
}

// reason says in a few words why something could not be read; nothing where there are no words.
func reason(err error) string {
	var told worded
	if errors.As(err, &told) {
		_, why := local(err)
		return why
	}
	return found(err).reason
}
