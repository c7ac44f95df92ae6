// Package ui is the terminal: a stack of screens, one frame around the one on top, and one loop
// that routes messages. Data flows one way: a key reaches the top screen, the screen asks the
// ledger inside a task, and the task's reply comes back as one message.
//
// Start reading at app.go for the routing, screen.go for what a screen is, and task.go for how
// work is done. Each screen_*.go is one screen; they share list, form, theme and format.
package ui

import (
	"context"
	"maps"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// Config is what the program hands to its screens.
type Config struct {
	Ledger *ledger.Ledger
	Place  string // "practice bank", or which server is spoken to; named on every screen
	Short  string // the same where room is scarce
	Look   Look
	Now    func() time.Time
	After  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // nil: tea.Tick
	Hints  func(institutionID string) []Hint                    // what to type at the practice bank; nil elsewhere

	Keys  map[string][]string // the person's own keys, by what they do; CheckKeys has passed them
	Hide  bool                // begin with amounts hidden
	Mouse bool                // begin with the mouse heard

	// Copy puts text on the clipboard, or says why it does not; nil where there is none.
	Copy func(text string) (tea.Cmd, error)

	// Open shows a page outside the terminal and waits for the program that does; nil for the system's
	// browser.
	Open func(page string) error
	// Anywhere is the institution to begin a link with where Plaid's own page asks which bank it is to
	// be. Without a Wire there is no such page.
	Anywhere plaidapi.Institution
	// MostLinks is how many links a free plan has in all; 0 where there is no such limit.
	MostLinks int

	// Paid reports that Plaid may charge the person, by their plan, for what is read: it says so and
	// asks before the first time.
	Paid bool

	// Save keeps a setting, by its name in the config file and as it is written there, without
	// quotes: "theme", "mono". It waits for the disk. Where it is nil, changes hold for the run.
	Save func(name, value string) error
	// Given are settings that a flag or the environment decides in this run: what does, by the name
	// of the setting.
	Given map[string]string
	// Requests remembers what was sent in this run; nil where nobody knows.
	Requests *RequestLog
	Version  string // and after a space what else is known of the build

	// LockAfter is how long tartan stays open without a key or the mouse; 0 for ever.
	LockAfter time.Duration
}

// Hint is one login of the practice bank, offered where a form asks for it.
type Hint struct {
	Username, Password, PIN string
	Answers                 []string // to the second factors, in the order they are asked
	About                   string
}

// New makes the root model. Its screens work until ctx ends.
func New(ctx context.Context, c Config) tea.Model {
	practice := c.Hints != nil
	if !practice {
		c.Hints = func(string) []Hint { return nil }
	}
	if c.After == nil {
		c.After = tea.Tick
	}
	if c.Open == nil {
		c.Open = newBrowser()
	}
	t := themeFor(c.Look)
	e := env{
		ctx: ctx, ledger: c.Ledger, theme: &t, keys: newKeys(c.Keys),
		look: &look{Look: c.Look, hidden: c.Hide, mouse: c.Mouse, hides: c.Hide, lockAfter: c.LockAfter},
		now:  c.Now, after: c.After, practice: practice, clipboard: c.Copy,
		browser: c.Open, anywhere: c.Anywhere, mostLinks: c.MostLinks, paid: c.Paid,
		hints:  func(i plaidapi.Institution) []Hint { return c.Hints(i.ID) },
		lately: &lately{}, settings: settings{c.Save, maps.Clone(c.Given), c.Requests, c.Version},
	}
	return &app{
		stack: stack{env: e}, frame: frame{theme: e.theme, keys: e.keys, place: c.Place, short: c.Short},
		idle: idleLock{heard: c.Now().Round(0)},
	}
}
