package ui

import (
	"context"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// working opens the page of a first reading, with nothing of it under way.
func (d *driver) working(mode plaidapi.Mode) *workingScreen {
	d.t.Helper()
	item := plaidapi.Item{ID: "i", Institution: plaidapi.Institution{ID: "wells", Name: "Wells Fargo"}}
	done := []worked{{"Signed in", 1800 * time.Millisecond}, {"Code accepted", 900 * time.Millisecond}}
	a := d.app.(*app)
	a.stack.follow(open(newWorking(item, done, mode, false)))
	return a.stack.top().(*workingScreen)
}

// reads answers the reading of the accounts, and syncs the reading of a page.
func (s *workingScreen) reads(err error) {
	accounts := []plaidapi.Account{{ID: "a"}, {ID: "b"}}
	if err != nil {
		accounts = nil
	}
	s.Update(s.accounts.start(s.ctx, func(context.Context) ([]plaidapi.Account, error) { return accounts, err })())
}

func (s *workingScreen) syncs(p ledger.Progress, err error) {
	s.Update(s.sync.start(s.ctx, func(context.Context) (ledger.Progress, error) { return p, err })())
}

func TestTheFirstReadingNamesItsSteps(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		s := d.keys("esc").working(plaidapi.Add)
		d.clock.pass(2 * time.Second)
		s.reads(nil)
		s.Update(s.compare.start(s.ctx, func(context.Context) ([]twin, error) { return nil, nil })())
		s.syncs(ledger.Progress{Rows: 214, Oldest: plaidapi.NewDate(2025, 3, 9)}, nil)
		d.clock.pass(3 * time.Second)
		d.resize(d.app.(*app).frame.width, d.app.(*app).frame.height)
		d.sees("✓ 2 accounts read 2.0 s", "214 so far, back to Mar 2025 3.0 s")
		golden("working")
		s.syncs(ledger.Progress{}, &plaidapi.Error{Problem: plaidapi.Offline})
		d.clock.pass(time.Second)
		d.resize(d.app.(*app).frame.width, d.app.(*app).frame.height).sees("in 4 s")
		golden("working_waiting")
		s.syncs(ledger.Progress{}, &plaidapi.Error{Problem: plaidapi.LoginRequired})
		d.resize(d.app.(*app).frame.width, d.app.(*app).frame.height).sees("stopped")
		golden("working_stopped")
	})
}

// A read that the network kept from working is tried again by itself, later each time; nothing else is.
func TestReadingGoesOnByItself(t *testing.T) {
	for problem, again := range map[plaidapi.Problem]bool{
		plaidapi.Offline: true, plaidapi.ServerFault: true, plaidapi.RateLimited: true, plaidapi.Locked: false, plaidapi.BankDown: false,
	} {
		d := newDriver(t, 80, 24)
		s := d.keys("esc").working(plaidapi.Add)
		for try, wait := range []time.Duration{firstWait, 2 * firstWait, 4 * firstWait, 8 * firstWait, lastWait, lastWait} {
			s.reads(&plaidapi.Error{Problem: problem})
			d.clock.pass(wait - time.Second)
			s.Update(second{&s.again.seconds})
			if s.accounts.running() {
				t.Errorf("%v, try %d: too early", problem, try)
			}
			d.clock.pass(time.Second)
			s.Update(second{&s.again.seconds})
			if s.accounts.running() != again {
				t.Errorf("%v, try %d: reads again: %v", problem, try, s.accounts.running())
			}
		}
	}
}

// Leaving the first reading unlinks only what is new, and asks before.
func TestTheFirstReadingIsLeft(t *testing.T) {
	for _, c := range []struct {
		mode plaidapi.Mode
		key  string
		sees string
	}{{plaidapi.Add, "b", "Explore the practice bank"}, {plaidapi.Add, "esc", "Unlink Wells Fargo?"}, {plaidapi.Update, "esc", "Explore the practice bank"}} {
		d := newDriver(t, 80, 24)
		d.keys("esc").working(c.mode)
		d.keys(c.key).sees(c.sees)
	}
}
