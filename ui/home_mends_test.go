package ui

import (
	"testing"

	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

// The only bank that wants a new sign-in is mended from any row of home, and from inside its accounts.
func TestASignInIsFixedFromAnywhere(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(linkedBank...).keys("a", "wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
	d.sees("› Plaid Savings").keys("f").sees("› Plaid Savings") // nothing is broken
	d.keys("g", "r").sees("! sign in again f").misses("Not refreshed.").keys("r").sees("Not refreshed.")
	d.keys("G").sees("› Plaid Credit Card", "! sign in again f", "f fix sign-in")
	d.keys("f").sees("Sign in again to First Gingham").keys("esc").sees("› Plaid Credit Card")
	d.keys("enter").misses("f fix").keys("f").sees("Wells Fargo").misses("Sign in again").keys("esc")
	d.keys("g", "enter").sees("Joint Checking", "! sign in again f", "f fix sign-in")
	d.keys("/", "zzzz", "enter").sees("f fix sign-in").keys("esc")
	d.keys("f").sees("Sign in again to First Gingham").keys("esc").sees("First Gingham Credit Union › Joint Checking")
	d.keys("esc", "G").bank.Fault(sandbox.Fault{Path: "/connect/get", Code: 1215})
	d.keys("r").sees("Wells Fargo").keys("k", "k", "k", "k").sees("› Joint Savings")
	d.keys("f").sees("Sign in again to First Gingham").keys("esc", "j", "f").sees("Sign in again to Wells Fargo")
}

func TestARefreshSaysWhatCameOfIt(t *testing.T) {
	for width, says := range map[int]string{80: "Refreshed Wells Fargo, 3 new transactions.", 40: "Refreshed, 3 new transactions."} {
		d := newDriver(t, width, 24)
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").misses("Refreshed")
		d.keys("r").sees("Refreshed Wells Fargo, nothing new.").keys("j").misses("Refreshed")
		d.keys("a", "houndstooth", "enter", "ctrl+f", "enter", "enter").keys("R").sees("Refreshed 2 banks, nothing new.")
		s := d.app.(*app).stack.top().(*accountsScreen)
		for i := range s.holdings { // as if some had come since
			s.holdings[i].Rows -= 3
		}
		d.keys("g", "r").sees(says)
	}
}

// A bank that was just linked is where the cursor is, though other rows stand before it; it stays
// where the person puts it then.
func TestTheCursorGoesToANewBank(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("› Plaid Savings").keys("j")
	d.keys("a", "gingham cred", "enter", "ctrl+f", "enter", "1", "1234", "enter", "enter").sees("› Joint Checking")
	d.keys("g", "4", "esc").sees("› Plaid Savings")
	d.keys("4", "a", "tartan", "enter", "ctrl+f", "enter", "enter").keys("1").sees("› Everyday Checking")
}

// Banks that were there from the start are not new, though no key was pressed before coming back.
func TestTheCursorStaysWithoutANewBank(t *testing.T) {
	s := newAccounts(newDriver(t, 80, 24).app.(*app).stack.env).(*accountsScreen)
	s.SetSize(80, 24)
	both := []ledger.Holding{holding(t, "a", "10", "20"), holding(t, "b", "30")}
	s.feed(both, nil, nil)
	s.returned = true // as the last thing that is shown over it leaves
	s.feed(both, nil, nil)
	if s.list.cursor != 0 {
		t.Errorf("the cursor is at %d", s.list.cursor)
	}
}
