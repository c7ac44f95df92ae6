package ui

import (
	"errors"

	"github.com/charmbracelet/bubbles/key"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// mending is the key that helps a bank that could not be read, in the words of what is wrong with it.
func (e *env) mending(h ledger.Holding) key.Binding {
	fix := e.keys.fix
	switch {
	case errors.Is(h.Err, plaidapi.LoginRequired), e.lapsing(h):
		return fix
	case errors.Is(h.Err, plaidapi.ItemGone):
		return as(fix, e.keys.unlink.Help().Desc)
	case wantsKeys(h.Err) && !e.practice:
		return as(fix, "change keys")
	}
	return as(fix, "try again")
}

// mended is where that is done: a new sign-in, other keys, leave of a bank that has ended the link,
// or a page about what is to be done at the bank. It is nil where the bank only has to be asked once
// more. What unlinks the bank goes to done afterwards.
func (e *env) mended(h ledger.Holding, done nav) func(env) screen {
	switch {
	case errors.Is(h.Err, plaidapi.LoginRequired), e.lapsing(h):
		return mend(h.Item)
	case errors.Is(h.Err, plaidapi.ItemGone):
		return unlinking(h, done)
	case wantsKeys(h.Err) && !e.practice:
		return newAPIKeys(nil)
	case mendedThere(h.Err):
		return newTrouble(h)
	}
	return nil
}
