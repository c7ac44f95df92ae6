package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

// link is the link screen on top.
func (d *driver) link() *linkScreen {
	d.t.Helper()
	s, is := d.app.(*app).stack.top().(*linkScreen)
	if !is {
		d.t.Fatalf("no link screen:\n%s", d.text())
	}
	return s
}

// What is sent is what stood there at Enter, however long the attempt takes to open.
func TestEnterBeforeTheAttemptIsOpen(t *testing.T) {
	for _, stop := range []bool{false, true} {
		d := newDriver(t, 80, 24)
		d.keys("wells").types("enter", "plaid_test", "enter", "plaid_good", "enter").sees("stop waiting")
		d.types("x", "backspace", "y", "enter")
		if stop {
			d.types("esc")
		}
		d.settle()
		if n := d.sent.count("POST /connect"); n != map[bool]int{false: 1, true: 0}[stop] {
			t.Errorf("stopped %v: %d sign-ins were sent", stop, n)
		}
		if stop {
			d.sees("Sign in to Wells Fargo", "plaid_test").keys("enter")
		}
		d.sees("is linked")
	}
}

// A field that was emptied while its attempt opened is not sent.
func TestNothingIsSentWithAGap(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells").types("enter", "plaid_test", "enter", "plaid_good", "enter")
	d.link().here.forget()
	d.settle()
	if n := d.sent.count("POST /connect"); n != 0 {
		t.Errorf("%d sign-ins were sent", n)
	}
}

// A bank that comes back to the password at the second factor leads back to where it is typed.
func TestDetailsRefusedAtTheSecondFactor(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("You say tomato")
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect/step", Code: 1200})
	d.keys("tomato", "enter").sees("Sign in to Bank of America", "plaid_test", "did not accept these details").misses("•", "tomato")
	clear()
	d.keys("plaid_good", "enter").sees("You say tomato").keys("tomato", "enter").sees("is linked")
}

// After the token is kept, a failure takes nothing back.
func TestAFailedFirstReading(t *testing.T) {
	for _, c := range []struct {
		path string
		what string
	}{{"/balance", "The accounts could not be read"}, {"/connect/get", "The transactions could not be read"}} {
		for _, code := range []int{1208, 1303, 1215} {
			d := newDriver(t, 80, 24)
			clear := d.bank.Fault(sandbox.Fault{Path: c.path, Code: code})
			d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter")
			d.sees("✓ Token saved", c.what, "The link is kept: r on the accounts page").misses("Nothing was saved", "cannot be linked")
			clear()
			d.keys("enter").sees("is linked")
		}
	}
}

// A token of a repair that cannot be kept: unlinking forgets the Item that was there before, too.
func TestARepairThatCannotBeKeptIsUnlinkedWhole(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{})
	d.keys("gingham cred", "enter", "joint", "enter", "plaid_good", "enter", "1", "1234", "enter", "enter", "r")
	d.sees("! sign in again").keys("f", "joint", "enter", "plaid_good", "enter", "1", "1234")
	d.refuse(errors.New("no space"))
	d.keys("enter").sees("is linked, but not saved here")
	d.refuse(nil)
	d.keys("down", "enter").sees("No banks yet")
	if items := d.items(); len(items) != 0 {
		t.Errorf("%d items are left", len(items))
	}
}

// undone fails unless so many unfinished Items were removed at their banks, and nothing is owed.
func (d *driver) undone(n int) {
	d.t.Helper()
	left, err := d.vault.Attempts(d.t.Context())
	if got := d.sent.count("DELETE /connect"); got != n || len(left) != 0 || err != nil {
		d.t.Errorf("%d were removed, want %d; %d attempts are left, %v", got, n, len(left), err)
	}
}

// Whoever leaves between two challenges leaves nothing at the bank.
func TestWhatIsLeftIsUndoneAtTheBank(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("You say tomato")
	d.keys("esc").sees("Sign in to Bank of America").undone(1)
	d.keys("plaid_good", "enter").sees("You say tomato")
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect/step", Code: 1303})
	d.keys("tomato", "enter").sees("is not answering")
	clear()
	d.keys("down", "enter").sees("Which bank?").undone(2)
	d.keys("enter", "plaid_test", "enter", "plaid_good", "enter", "tomato", "enter").sees("is linked").undone(2)
}

// written is all that stands in the fields of a link attempt.
func (s *linkScreen) written() string {
	text := ""
	for _, m := range append([]moment{s.here}, s.before...) {
		for i := range m.form.inputs {
			text += m.form.inputs[i].value() + "|"
		}
	}
	return text
}

func TestAnswersDoNotOutliveTheirStep(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter", "again", "enter").sees("one more question")
	s := d.link()
	if got := s.written(); strings.Contains(got, "again") || strings.Contains(got, "plaid_good") {
		t.Errorf("passed, but there is %s", got)
	}
	d.keys("tom").later(idle).sees("was forgotten after two minutes")
	if got := s.written(); strings.Contains(got, "tom") {
		t.Errorf("idle, but there is %s", got)
	}
	d.keys("tomato").types("enter", "esc").settle()
	d.sees("Stopped")
	if got := s.written(); strings.Contains(got, "tomato") {
		t.Errorf("stopped, but there is %s", got)
	}
	d.sees("Sign in to Bank of America", "plaid_test").keys("plaid_good", "enter", "tomato", "enter").sees("is linked")
	if got := strings.Trim(s.written(), "|"); got != "" {
		t.Errorf("linked, but there is %s", got)
	}
}

func TestFieldsAreEmptyWhenTheScreenIsLeft(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
	s := d.link()
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1303})
	d.keys("enter").sees("is not answering")
	if got := s.written(); strings.Contains(got, "plaid_good") {
		t.Errorf("a page covers it, but there is %s", got)
	}
	clear()
	d.keys("esc").sees("plaid_test").keys("plaid_good", "esc").sees("Which bank?")
	if got := strings.Trim(s.written(), "|"); got != "" {
		t.Errorf("left, but there is %s", got)
	}
}

func TestOneWatchALinkScreen(t *testing.T) {
	d := newDriver(t, 80, 24)
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1303})
	defer clear()
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("is not answering")
	d.keys("enter", "plaid_good", "enter").sees("is not answering").later(idle).keys("enter")
	for range 3 {
		watches := 0
		for _, timer := range d.timers {
			if timer.after == idle {
				watches++
			}
		}
		if watches > 1 {
			t.Errorf("%d watches", watches)
		}
		d.later(idle).keys("x")
	}
}

// Where the bank must be asked what it wants to know, keys are not yet for the program.
func TestOpeningAnUnknownForm(t *testing.T) {
	d := newDriver(t, 80, 24)
	a := d.app.(*app)
	request := plaidapi.LinkRequest{Institution: plaidapi.Institution{ID: "wells", Name: "Wells Fargo", Wire: plaidapi.Legacy}}
	d.todo = append(d.todo, a.stack.follow(open(newLink(request, &draft{}))))
	if c := a.stack.top().Chrome(); c.busy == "" || !c.typing {
		t.Errorf("busy %q, typing %v", c.busy, c.typing)
	}
	d.keys("q")
	if d.quit {
		t.Error("q quits")
	}
}

// An attempt that asks nothing can end as any other: linked, but not saved.
func TestAnAttemptThatAsksNothing(t *testing.T) {
	d := newDriver(t, 80, 24)
	for _, err := range []error{nil, &ledger.NotKeptError{Err: errors.New("no space")}} {
		s := newLink(plaidapi.LinkRequest{Mode: plaidapi.Upgrade}, &draft{})(d.app.(*app).stack.env).(*linkScreen)
		step := plaidapi.Step{Challenge: plaidapi.Challenge{Kind: plaidapi.Linked}}
		next, _ := s.Update(s.begin.start(t.Context(), func(context.Context) (plaidapi.Step, error) { return step, err })())
		if next.push == nil {
			t.Fatalf("%v leads nowhere", err)
		}
		if _, unsaved := next.push(s.env).(*unsavedScreen); unsaved != (err != nil) {
			t.Errorf("%v leads to the page for what could not be saved: %v", err, unsaved)
		}
	}
}

// A keyring's failure brings its own words, and nothing that contradicts them.
func TestKeyringErrorsReadWell(t *testing.T) {
	for _, fault := range []store.Fault{store.Refused, store.NoKeyring, store.Locked, store.Slow, store.Damaged} {
		told := explain(&store.Error{Fault: fault}, "Wells Fargo", noon)
		if told.title != "The keyring could not be used" || told.cause == "" || strings.Contains(told.cause+told.kept, "was sent") {
			t.Errorf("%+v", told)
		}
	}
}

func TestMaskShowsFourDigits(t *testing.T) {
	for digits, want := range map[string]string{"": "", "12": "··12", "1234": "··1234", "4111111111111234": "··1234", "日本語日本": "··本語日本"} {
		if got := mask(digits); got != want {
			t.Errorf("mask(%q) = %q", digits, got)
		}
	}
}
