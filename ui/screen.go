package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// screen is one full view. The top of the stack is the one that is seen. Screens are pointers and
// change in place.
type screen interface {
	Init() tea.Cmd                 // once, when pushed
	Update(tea.Msg) (nav, tea.Cmd) // never blocks
	View() string                  // exactly the size last given
	SetSize(width, height int)     // before the first View, and on every resize
	Chrome() chrome                // what the frame shows around it now
}

// chrome is what a screen asks the frame to show around it.
type chrome struct {
	crumbs []string      // where this is, below "tartan"; the last one is the screen's own
	right  string        // place in a sequence, or freshness
	keys   []key.Binding // what works now, in footer order
	typing bool          // letters are text, not commands
	bare   bool          // nothing stands around the screen but what it is busy with
	shut   bool          // nothing is open yet, or any more: there is nothing to lock
	hold   bool          // not ready for keys: they wait until it is
	help   bool          // this is the list of keys, which the help key closes
	browse bool          // the keys that go to places and undo work here
	least  string        // what is shown, if it fits, where there is no room for the screen
	busy   string        // what is being done, beside the root's clock; empty when idle
}

// nav pops that many screens, never the first, then pushes one. The zero nav stays.
type nav struct {
	pop   int
	push  func(env) screen
	fresh bool // the first screen goes too: the one that is pushed stands in its place

	say  string       // what came of it, for the footer, until the next key
	then *key.Binding // a key to press on the screen that is on top then
}

// moves reports whether n goes anywhere.
func (n nav) moves() bool { return n.pop > 0 || n.push != nil }

// said stays, and says something in the footer until the next key.
func said(text string) nav { return nav{say: text} }

// back leaves the screen; home leaves all but the first.
var (
	back = nav{pop: 1}
	home = nav{pop: 1 << 20}
)

// open pushes a screen over this one.
func open(push func(env) screen) nav { return nav{push: push} }

// afresh leaves all screens, the first too, and begins with this one.
func afresh(push func(env) screen) nav { return nav{push: push, fresh: true} }

// env is what every screen is given: a context that ends when it leaves the stack, and the parts
// of the program that a screen may use.
type env struct {
	ctx    context.Context
	ledger *ledger.Ledger
	theme  *theme
	keys   keys
	look   *look
	now    func() time.Time
	after  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // a message later
	hints  func(plaidapi.Institution) []Hint                    // what to type at the practice bank; none elsewhere

	clipboard func(text string) (tea.Cmd, error) // nil where there is none
	browser   func(page string) error            // opens a page outside the terminal
	anywhere  plaidapi.Institution               // what stands for a bank that is chosen on Plaid's page; zero where there is none
	mostLinks int                                // that a free plan has in all; 0: no limit

	practice bool // it is the practice bank
	paid     bool // what is read for the first time may cost the person money

	lately   *lately // what was run from the palette
	settings settings
}

// look is how everything is drawn now, and how long it is seen. Only the root and the settings
// change it.
type look struct {
	Look        // colours and glyphs
	hidden bool // no amount is shown
	mouse  bool // clicks and the wheel are heard

	hides     bool          // amounts are hidden at the start
	lockAfter time.Duration // of idleness tartan locks itself; 0: never
}

// shown tells a screen that it is on top again after another one left, or that what is written was
// changed: it may have to read anew.
type shown struct{}

// dropped tells a screen that it leaves the stack: what was typed into it is to be forgotten.
type dropped struct{}

// The ladder of ux.md 2.2 in body widths: terminals of 100, 80 and 60 columns less their margins.
const (
	wide   = 96
	medium = 78
	small  = 58
)
