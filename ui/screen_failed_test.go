package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

// The page of a linked bank that could not be read tells what is kept, and leads on.
func TestTroubleWithALinkedBank(t *testing.T) {
	for problem, leads := range map[plaidapi.Problem]string{
		plaidapi.LoginRequired: "Sign in again to First Gingham", plaidapi.Locked: "Joint Checking", plaidapi.ItemGone: "Unlink First Gingham",
	} {
		inEverySize(t, setting{}, func(d *driver, golden func(string)) {
			d.keys(gingham...).keys("enter").sees("Joint Checking")
			a := d.app.(*app)
			holdings, err := a.stack.env.ledger.Holdings(d.t.Context())
			if err != nil {
				d.t.Fatal(err)
			}
			h := holdings[0]
			h.Read, h.Err = noon.AddDate(0, 0, -19), &plaidapi.Error{Problem: problem, Code: "1205", RequestID: "HNTDNrA8F1shFEW"}
			d.todo = append(d.todo, a.stack.follow(open(newTrouble(h))))
			d.settle()
			d.resize(a.frame.width, a.frame.height).sees("data is from 3 Nov")
			golden("trouble_" + map[plaidapi.Problem]string{plaidapi.LoginRequired: "sign_in", plaidapi.Locked: "locked", plaidapi.ItemGone: "gone"}[problem])
			d.keys("enter").sees(leads)
		})
	}
}

// What must be done at the bank is told before it is asked again.
func TestALockedBankIsExplained(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
	clear := d.bank.Fault(sandbox.Fault{Path: "/balance", Code: 1205})
	d.keys("r").sees("locked by the bank").keys("f").sees("has locked this sign-in", "What was read is kept")
	clear()
	d.keys("enter").sees("Plaid Savings").misses("locked by the bank")
}

// The details for support are copied as they are shown, with nothing personal.
func TestDetailsAreCopied(t *testing.T) {
	d := newDriver(t, 80, 24)
	e, copied := d.app.(*app).stack.env, ""
	e.clipboard = func(text string) (tea.Cmd, error) { copied = text; return nil, nil }
	err := &plaidapi.Error{Problem: plaidapi.Locked, Code: "1205", RequestID: "r1", BankText: "Dear Jane"}
	s := newFailed(err, plaidapi.LinkRequest{Institution: plaidapi.Institution{Name: "Bank"}})(e)
	s.SetSize(80, 24)
	n, _ := s.Update(pressed(e.keys.copy))
	if copied != "code 1205 · request r1 · 22 Nov 12:00" || n.say != "Copied the details for support." {
		t.Errorf("copied %q, said %q", copied, n.say)
	}
}

// Of a repair that failed nothing is lost, and no other bank is offered.
func TestARepairThatFailed(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(gingham...).keys("enter", "r").sees("! sign in again").keys("f", "joint", "enter", "plaid_good")
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1205})
	d.keys("enter").sees("has locked", "all history fetched so far are kept", "Fix sign-in").misses("different bank", "not saved anything")
	clear()
	d.taps("Unlock it").sees("Sign in again to First Gingham")
}

// The site of a real bank can be opened from the page that sends there.
func TestTheBanksSiteIsOpened(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{real: true})
	e := d.app.(*app).stack.env
	var opened []string
	e.browser = func(page string) error {
		opened = append(opened, page)
		return errNoPage
	}
	bank := plaidapi.Institution{Name: "Chase", Site: "www.chase.com"}
	s := newFailed(&plaidapi.Error{Problem: plaidapi.Locked}, plaidapi.LinkRequest{Institution: bank})(e).(*failedScreen)
	s.SetSize(96, 27)
	n, cmd := s.Update(press("o")[0])
	if n.say != "Opening www.chase.com in your browser." || cmd == nil {
		t.Fatalf("it says %q", n.say)
	}
	if n, _ = s.Update(cmd()); n.say != "No browser could be opened here." || len(opened) != 1 || opened[0] != "https://www.chase.com" {
		t.Errorf("it says %q after opening %v", n.say, opened)
	}
	s.site = ""
	if _, cmd = s.Update(press("o")[0]); cmd != nil {
		t.Error("it opens a site that is not known")
	}
}
