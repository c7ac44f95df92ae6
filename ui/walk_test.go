package ui

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tartan/plaidapi/sandbox"
)

func stripped(view string) string { return ansi.Strip(view) }

// sizes are the four that the screens are designed at.
var sizes = []struct{ width, height int }{{100, 30}, {80, 24}, {60, 20}, {40, 12}}

// atEverySize runs a walk once a size; golden names get the size.
func atEverySize(t *testing.T, walk func(t *testing.T, d *driver, golden func(name string))) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			d := newDriver(t, size.width, size.height)
			walk(t, d, func(name string) {
				t.Helper()
				d.golden(fmt.Sprintf("%s_%dx%d", name, size.width, size.height))
			})
		})
	}
}

func TestWalkWithACode(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		golden("banks")
		d.keys("chase")
		golden("banks_found")
		d.keys("enter")
		golden("credentials")
		d.keys("plaid_test", "enter", "plaid_good", "enter").sees("5309")
		golden("device")
		d.keys("1").later(24 * time.Second)
		golden("code")
		d.keys("1234", "enter").sees("is linked", "Plaid Checking")
		golden("linked")
		d.keys("enter").sees("Plaid Premier")
		golden("accounts")
		d.keys("2").sees("ATM Withdrawal")
		golden("activity")
		d.keys("enter").sees("Transfer › Account Transfer")
		golden("transaction")
		d.keys("esc", "esc", "down", "enter").sees("Plaid Checking", "1,253.32")
		golden("account")
		d.keys("?")
		golden("help")
		d.keys("esc", "esc", "d")
		golden("unlink")
	})
}

func TestWalkWithQuestions(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("You say tomato")
		golden("question")
		d.keys("again", "enter").sees("You say tomato").misses("again")
		d.keys("banana", "enter").sees("not accepted")
		golden("question_refused")
		d.keys("tomato", "enter").sees("is linked")
	})
}

func TestWalkWithSelections(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("citi", "enter", "plaid_selections", "enter", "plaid_good", "enter").sees("You say tomato")
		golden("selections")
		d.keys("down", "space", "tab", "space", "enter").sees("not accepted")
		d.keys("up", "space", "enter").sees("is linked")
	})
}

func TestWalkWithAPINAndWithoutFactors(t *testing.T) {
	for _, size := range sizes {
		d := newDriver(t, size.width, size.height)
		d.keys("usaa", "enter").sees("PIN")
		d.keys("plaid_test", "enter", "plaid_good", "enter", "9999", "enter").sees("did not accept these details")
		// Password and PIN were forgotten with the refusal; the user name was not.
		d.sees("plaid_test").misses("•").keys("plaid_good", "enter", "1234", "enter").sees("You say tomato")
		d.keys("tomato", "enter").sees("is linked")
		for _, bank := range []string{"amex", "wells"} {
			d.keys("a", bank, "enter", "plaid_test", "enter", "plaid_good", "enter").sees("is linked")
		}
		d.keys("enter").sees("Plaid Savings")
	}
}

// Each of the nine situations of ux.md 1.3 has its page or its line, says what was kept, and leads on.
func TestEveryFailureHasItsPage(t *testing.T) {
	for _, c := range []struct {
		code   int
		title  string
		leaves bool // a page of its own; the others stay on their form
	}{
		{1200, "did not accept these details", false},
		{1203, "was not accepted", false},
		{1205, "has locked this sign-in", true},
		{1206, "needs something set up first", true},
		{1208, "cannot be linked at", true},
		{1303, "is not answering", true},
		{1104, "API keys cannot use", true},
		{1215, "sign in again", true},
		{1702, "could not do this", true},
		{1113, "Too many requests", true},
	} {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%d_%dx%d", c.code, size.width, size.height), func(t *testing.T) {
				d := newDriver(t, size.width, size.height)
				clear := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: c.code})
				d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter").sees(c.title)
				clear()
				if !c.leaves {
					d.keys("plaid_good", "enter").sees("is linked")
					return
				}
				d.golden(fmt.Sprintf("failed_%d_%dx%d", c.code, size.width, size.height))
				// The first way on leads back to the form with the user name kept and the password gone.
				if c.code != 1208 && c.code != 1104 {
					d.keys("enter").sees("plaid_test").misses("•")
					d.keys("plaid_good", "enter").sees("is linked")
				}
			})
		}
	}
}

func TestEscGoesBackWithInputKept(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("chase", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("5309")
	d.keys("2").sees("Enter the code")
	d.keys("ctrl+o").sees("Where should the bank send")
	d.keys("1").sees("5309")
	d.keys("ctrl+r").sees("Enter the code")
	d.keys("esc", "esc").sees("Sign in to Chase", "plaid_test").misses("•")
	d.keys("esc").sees("Which bank?", "chase")
	d.keys("enter").sees("Sign in to Chase", "plaid_test").misses("•")
	d.keys("somebody").sees("│ somebody▏").misses("plaid_testsomebody")
	d.keys("esc", "enter", "right", "!").sees("│ somebody!▏")
	d.keys("esc").sees("Which bank?", "chase")
	d.keys("esc").sees("Which bank?").misses("chase")
	d.keys("esc").sees("Explore the practice bank")
}

func TestPasswordsAreDotsUnlessAsked(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "somebody", "enter", " hunter2 ").sees("│ •••••••••▏", "somebody").misses("hunter2")
	d.keys("ctrl+t").sees("│ hunter2 ▏", "somebody")
	d.keys("ctrl+t").misses("hunter2")
}

func TestTriesAreCounted(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "wrong", "enter").sees("did not accept").misses("tries so far")
	d.keys("wrong", "enter").sees("2 tries so far. Many banks lock after 3.")
}

// A challenge that has just arrived ignores Enter: nobody approves what they have not read.
func TestEnterIsIgnoredOnWhatHasJustArrived(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("You say tomato")
	d.send(press("enter")[0])
	d.settle()
	d.sees("You say tomato").misses("not accepted")
}

// While an answer is under way nothing but esc is heard, so nothing is ever submitted twice.
func TestNothingIsSubmittedTwice(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
	enter := press("enter")[0]
	for range 5 {
		d.send(enter)
	}
	if n := len(d.todo); n > 5 {
		t.Errorf("%d commands wait", n)
	}
	d.settle()
	d.sees("is linked")
	if items := d.items(); len(items) != 1 {
		t.Errorf("%d items", len(items))
	}
}

func TestNothingIsUnlinkedTwice(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter", "d", "right")
	for range 5 {
		d.send(press("enter")[0])
	}
	d.settle()
	d.sees("No banks yet")
	if n := d.sent.count("DELETE /connect"); n != 1 {
		t.Errorf("%d requests to unlink one bank", n)
	}
}

func TestUnlinkAsksAndForgets(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
	d.keys("d").sees("Unlink Wells Fargo?")
	d.keys("enter").sees("Plaid Savings")
	d.keys("d", "right", "enter").sees("No banks yet")
	if items := d.items(); len(items) != 0 {
		t.Errorf("%d items are left", len(items))
	}
}

// A token that cannot be kept is said, and saved or unlinked: never lost in silence.
func TestTokenThatCannotBeKept(t *testing.T) {
	for _, again := range []bool{true, false} {
		d := newDriverIn(t, 80, 24, setting{})
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
		d.refuse(errors.New("no space"))
		d.keys("enter").sees("is linked, but not saved here")
		d.refuse(nil)
		if again {
			d.keys("enter").sees("is linked")
			continue
		}
		d.keys("down", "enter").sees("No banks yet")
	}
}

func TestFixSignsInAgain(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys("gingham cred", "enter", "joint", "enter", "plaid_good", "enter", "1", "1234", "enter", "enter")
	d.sees("Joint Checking")
	d.keys("r").sees("! sign in again", "f fix sign-in", "Joint Checking")
	d.golden("accounts_signed_out_100x30")
	d.keys("f").sees("Sign in again to First Gingham")
	d.keys("joint", "enter", "plaid_good", "enter", "1", "1234", "enter").sees("works again")
	d.keys("enter", "r").misses("! sign in again")
}

func TestManyTransactions(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{bank: sandbox.Options{Transactions: 60_000}})
	start := time.Now()
	d.keys("houndstooth", "enter", "ctrl+f", "enter").sees("is linked", "60,000 transactions")
	t.Logf("60,000 transactions linked in %v", time.Since(start))
	d.keys("enter", "2", "]").sees("1 of 60,000")
	d.keys("G")
	d.keys("/", "sweep", "enter").sees("of 1,875")
}

// The people of the practice bank, at the size of most terminals; the first is the screen of the README.
func TestPracticePeople(t *testing.T) {
	for _, c := range []struct {
		name, bank string
		keys       []string
	}{
		{"everyday", "tartan bank", nil},
		{"currencies", "platypus", []string{"ctrl+f", "enter"}},
		{"empty", "thread", []string{"ctrl+f", "enter"}},
		{"hostile", "windowpane", nil},
	} {
		d := newDriver(t, 80, 24)
		d.keys(c.bank, "enter", "ctrl+f", "enter").keys(c.keys...).sees("is linked")
		d.keys("enter").golden(c.name + "_accounts_80x24")
		d.keys("2").golden(c.name + "_activity_80x24")
		d.resize(40, 12).golden(c.name + "_activity_40x12")
	}
}
