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
	actions []action
	details string // for support: code and request, nothing personal
}

// action is one way on from a situation.
type action uint8

const (
	tryAgain action = iota
	afterSite
	otherBank
	signInAgain
	stopHere
)

// label is an action in words.
func (a action) label() string {
	return [...]string{"Try again", "Try again after fixing it at the bank", "Choose a different bank", "Sign in again", "Stop for now"}[a]
}

// worded is an error that brings its own sentence for people, as the store's do.
type worded interface{ UserText() string }

// explain turns an error into what people read. The same code means "try again" while linking and
// "sign in again" later, so the problem has been sorted by the wire, which knows which it was.
func explain(err error, bank string, now time.Time) situation {
	s := describe(err, bank)
	s.details = details(err, now)
	return s
}

func describe(err error, bank string) situation {
	var told worded
	if errors.As(err, &told) {
		return situation{
			"The keyring could not be used", told.UserText(), "", // it says itself what was kept
			[]action{tryAgain, stopHere},
			"",
		}
	}
	switch problem(err) {
	case plaidapi.WrongDetails:
		return situation{
			bank + " did not accept these details", "The user name, the password or the PIN is not what the bank has.",
			"Nothing was saved. Many banks lock after three tries.",
			[]action{tryAgain, otherBank, stopHere},
			"",
		}
	case plaidapi.WrongAnswer, plaidapi.AttemptOver:
		return situation{
			bank + " did not accept the answer", "The answer or code was wrong, has run out, or could not be sent.",
			"Nothing was saved and nothing is lost.",
			[]action{tryAgain, otherBank, stopHere},
			"",
		}
	case plaidapi.Locked:
		return situation{
			bank + " has locked this sign-in", "The bank stopped accepting attempts after too many wrong tries. Unlock it on the bank's site first.",
			"tartan has not saved anything and will not try again by itself.",
			[]action{afterSite, otherBank, stopHere},
			"",
		}
	case plaidapi.NotSetUp:
		return situation{
			bank + " needs something set up first", "The account is not fully set up for online use, or a security setting is in the way. Finish it on the bank's site.",
			"Nothing was saved.",
			[]action{afterSite, otherBank, stopHere},
			"",
		}
	case plaidapi.Unsupported:
		return situation{
			"This cannot be linked at " + bank, "The bank, this kind of account or its second factor is not supported. It is nothing you did.",
			"Nothing was saved.",
			[]action{otherBank, stopHere},
			"",
		}
	case plaidapi.BankDown:
		return situation{
			bank + " is not answering", "That is on the bank's side and usually passes within hours.",
			"What was saved before is still here.",
			[]action{tryAgain, otherBank, stopHere},
			"",
		}
	case plaidapi.BadKeys:
		return situation{
			"These API keys cannot use this bank", "They are not valid, or not allowed this bank or product. The Keys page of your Plaid dashboard says which.",
			"Nothing was saved.",
			[]action{otherBank, stopHere},
			"",
		}
	case plaidapi.ItemGone:
		return situation{
			bank + " is not linked at the bank any more", "The link was ended there, or at Plaid. It cannot be mended: unlink it here, then link the bank again.",
			"Everything fetched so far is kept until you unlink it.",
			[]action{stopHere},
			"",
		}
	case plaidapi.LoginRequired:
		return situation{
			bank + " wants you to sign in again", "A password, a second factor or a permission has changed there.",
			"Everything fetched so far is kept.",
			[]action{signInAgain, stopHere},
			"",
		}
	case plaidapi.RateLimited:
		return situation{"Too many requests just now", "Plaid asks for a pause.", "What was saved before is still here.", []action{tryAgain, stopHere}, ""}
	case plaidapi.Offline:
		return situation{
			"Can't reach the server", "There was no answer in time, or no connection.",
			"What was saved before is still here.",
			[]action{tryAgain, stopHere},
			"",
		}
	case plaidapi.ServerFault, plaidapi.BadReply:
		return situation{
			"The server could not do this", "It failed, or its answer can't be used. That is not about your details.",
			"What was saved before is still here.",
			[]action{tryAgain, otherBank, stopHere},
			"",
		}
	}
	return situation{
		"Something went wrong", "tartan met an error it has no words for.", "What was saved before is still here.",
		[]action{tryAgain, otherBank, stopHere},
		"",
	}
}

// problem sorts an error; a deadline that ran out counts as not reached.
func problem(err error) plaidapi.Problem {
	var e *plaidapi.Error
	switch {
	case errors.As(err, &e):
		return e.Problem
	case errors.Is(err, context.DeadlineExceeded):
		return plaidapi.Offline
	}
	return plaidapi.Unknown
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

// brief is a situation in one line, for under a bank on a list.
func brief(err error) string {
	switch problem(err) {
	case plaidapi.LoginRequired:
		return "! sign in again"
	case plaidapi.ItemGone:
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
		return "the keyring did not work"
	}
	switch problem(err) {
	case plaidapi.LoginRequired:
		return "the bank wants a new sign-in"
	case plaidapi.ItemGone:
		return "it is not linked at the bank any more"
	case plaidapi.Locked:
		return "locked by the bank"
	case plaidapi.BankDown:
		return "the bank is not answering"
	case plaidapi.Offline:
		return "can't reach the server"
	case plaidapi.BadKeys:
		return "keys not accepted"
	case plaidapi.RateLimited:
		return "too many requests, later"
	case plaidapi.ServerFault, plaidapi.BadReply:
		return "the server failed"
	}
	return ""
}
