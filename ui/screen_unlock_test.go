package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// inEverySize runs a walk once a size in a setting; golden names get the size.
func inEverySize(t *testing.T, o setting, walk func(d *driver, golden func(name string))) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			d := newDriverIn(t, size.width, size.height, o)
			walk(d, func(name string) {
				t.Helper()
				d.golden(fmt.Sprintf("%s_%dx%d", name, size.width, size.height))
			})
		})
	}
}

// sealed is a vault in a file that is shut.
var sealed = setting{kept: memOptions{
	Access: plaidapi.Access{Place: plaidapi.InFile, Where: "a sealed file", Asks: true},
	Shut:   plaidapi.ErrPassphrase, Passphrase: "open sesame",
}}

// keyringError is a failure of a keyring, which brings its own words.
type keyringError struct{ kind error }

func (e *keyringError) Error() string { return "no keyring" }
func (e *keyringError) Unwrap() error { return e.kind }
func (e *keyringError) UserText() string {
	return "No system keyring answers here. Nothing was changed. Start one, such as GNOME Keyring or KWallet, then try again."
}

func TestPassphrase(t *testing.T) {
	inEverySize(t, sealed, func(d *driver, golden func(string)) {
		golden("passphrase")
		d.keys("q?L").sees("│ •••▏")
		d.keys("esc").misses("•").keys("enter").sees("Type the answer first")
		d.keys("wrong", "enter").sees("That is not the passphrase. Nothing is lost.").misses("•")
		golden("passphrase_wrong")
		d.keys("open sesame", "enter").sees("Explore the practice bank")
	})
}

// A passphrase leaves its field when it is sent, when the screen is left and when it is left alone.
func TestAPassphraseDoesNotStay(t *testing.T) {
	d := newDriverIn(t, 80, 24, sealed)
	s := d.app.(*app).stack.top().(*unlockScreen)
	d.keys("open").later(idle).sees(forgotten).misses("•")
	if len(s.entry.form.inputs[0].text) > 0 {
		t.Error("it stays when left alone")
	}
	d.keys("wrong").types("enter")
	if len(s.entry.form.inputs[0].text) > 0 {
		t.Error("it stays when sent")
	}
	d.settle()
	d.sees("not the passphrase").keys("open sesame", "enter").sees("Explore the practice bank")
}

func TestEscAtThePassphraseLeaves(t *testing.T) {
	d := newDriverIn(t, 80, 24, sealed)
	d.keys("x", "esc")
	if d.quit {
		t.Fatal("esc leaves what was typed")
	}
	if d.keys("esc"); !d.quit {
		t.Error("esc does not leave")
	}
}

func TestLockByKey(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("Plaid Savings")
		d.keys("2", "enter", "L").sees("Locked. Enter unlocks with test keyring.").misses("Plaid", "Wells", "$", "1,2")
		golden("locked")
		d.keys("a", "d", "2", "esc", "L", "j").sees("Locked.").misses("Plaid")
		d.keys("?").sees("unlock").misses("L lock", "Plaid").keys("esc").sees("Locked.")
		d.keys("enter").sees("Plaid Savings", "Net worth")
	})
}

func TestLockOfAFileAsksForItsPassphrase(t *testing.T) {
	inEverySize(t, sealed, func(d *driver, golden func(string)) {
		d.keys("open sesame", "enter", "esc", "L").sees("Locked. The passphrase unlocks.")
		golden("locked_file")
		d.keys("nonsense", "enter").sees("That is not the passphrase")
		golden("locked_file_wrong")
		d.keys("open sesame", "enter").sees("Explore the practice bank")
	})
}

func TestUnlockThatFails(t *testing.T) {
	d := newDriver(t, 60, 20)
	d.keys("esc", "L")
	d.vault.Refuse(&keyringError{})
	d.keys("enter").sees("Locked.", "No system keyring answers here.")
	d.vault.Refuse(errors.New("odd"))
	d.keys("enter").sees("It could not be opened. Nothing is lost.")
	d.vault.Refuse(nil)
	d.keys("enter").sees("Explore the practice bank")
}

func TestLockWhenIdle(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{lockAfter: 10 * time.Minute})
	d.keys("esc", "esc").sees("No banks yet")
	deadlines := func() int {
		n := 0
		for _, timer := range d.timers {
			if _, is := timer.msg(noon).(deadline); is {
				n++
			}
		}
		return n
	}
	if n := deadlines(); n != 1 {
		t.Fatalf("%d deadlines are under way", n)
	}
	d.later(9 * time.Minute).keys("j").later(9 * time.Minute).sees("No banks yet")
	if n := deadlines(); n != 1 {
		t.Errorf("%d deadlines are under way after a key", n)
	}
	d.later(time.Minute).sees("Locked.")
	if n := deadlines(); n != 0 {
		t.Errorf("%d deadlines are under way while it is locked", n)
	}
	d.later(time.Hour).keys("enter").sees("Explore the practice bank").later(10 * time.Minute).sees("Locked.")
}

// A key that comes after the deadline, as after a sleep, finds tartan locked and does nothing else.
func TestAKeyAfterTheDeadlineDoesNothing(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{lockAfter: time.Minute})
	d.clock.pass(time.Hour)
	d.keys("chase").sees("Locked.").misses("chase")
	d.keys("enter").clock.pass(time.Hour)
	if d.types("ctrl+c").settle(); !d.quit {
		t.Error("ctrl+c does not quit")
	}
}

// Locking in the middle of a sign-in leaves nothing of what was typed, and no attempt open.
func TestLockForgetsWhatWasTyped(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{lockAfter: time.Minute})
	d.keys("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("You say tomato").keys("tom")
	s := d.link()
	d.later(time.Minute).sees("Locked.").misses("plaid", "tom", "Bank of America")
	if got := strings.Trim(s.written(), "|"); got != "" {
		t.Errorf("there is still %s", got)
	}
	if s.ctx.Err() == nil {
		t.Error("the attempt goes on")
	}
	d.keys("enter").sees("Explore the practice bank").keys("esc").sees("No banks yet").undone(1)
}

// What a bank still lets through after tartan was locked is undone there.
func TestLockUndoesWhatIsUnderWay(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{lockAfter: time.Minute})
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good").types("enter")
	d.clock.pass(time.Hour)
	d.types("x")
	d.settle()
	d.sees("Locked.").keys("enter").sees("Explore the practice bank")
	if items := d.items(); len(items) != 0 {
		t.Errorf("%d items were linked", len(items))
	}
}

// What was typed ahead is not acted on behind a lock, nor kept.
func TestLockForgetsWhatWasTypedAhead(t *testing.T) {
	d := unsettled(t, 80, 24, setting{lockAfter: time.Minute})
	d.types("hunter2")
	d.clock.pass(time.Hour)
	d.types("x")
	if n := len(d.app.(*app).stack.ahead); n != 0 {
		t.Errorf("%d keys wait", n)
	}
	d.settle()
	d.sees("Locked.").keys("enter").misses("hunter2")
}

// What was linked but could not be kept is undone when tartan is locked before anybody has chosen.
func TestLockUnlinksWhatCouldNotBeKept(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
	d.vault.Refuse(errors.New("no space"))
	d.keys("enter").sees("is linked, but not saved here")
	d.vault.Refuse(nil)
	d.keys("L").sees("Locked.").keys("enter").sees("Explore the practice bank").undone(1)
}

// Every page that stands before what is kept, and home with all it may have to tell, fit every size.
func TestWhatStandsBeforeHomeFitsEverySize(t *testing.T) {
	locked := sealed
	locked.kept.Shut = nil
	told := setting{kept: memOptions{
		Access:   plaidapi.Access{Place: plaidapi.InMemory, Where: "memory", Notice: strings.Repeat("Much is to be said of it. ", 8)},
		Attempts: cutOff(strings.Repeat("Bank of a long name ", 6), "Citi"),
	}}
	for name, c := range map[string]struct {
		setting
		keys []string
	}{
		"passphrase": {sealed, []string{"wrong", "enter", "a"}},
		"locked":     {locked, []string{"esc", "L", "wrong", "enter", "a"}},
		"place":      {homeless(), []string{"enter", "down"}},
		"file":       {homeless(), []string{"down", "enter", "short", "enter", "other", "enter"}},
		"move":       {setting{}, []string{"esc", "K"}},
		"welcome":    {setting{welcome: true}, nil},
		"keys":       {setting{real: true, kept: memOptions{Keyless: true}}, []string{"client", "enter", "enter"}},
		"told":       {told, nil},
		"told banks": {told, []string{"a", "wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter"}},
	} {
		d := newDriverIn(t, 80, 24, c.setting)
		d.keys(c.keys...)
		for width := 40; width <= 200; width += 7 {
			for height := 8; height <= 60; height += 3 {
				d.resize(width, height)
				if name == "locked" { // nothing stands around it
					d.sees("Locked.")
					continue
				}
				if lines := strings.Split(d.text(), "\n"); !strings.Contains(lines[0], "practice") && !strings.Contains(lines[0], "legacy") || lines[height-1] == "" {
					t.Fatalf("%s at %dx%d lacks its header or its footer:\n%s", name, width, height, d.text())
				}
			}
		}
	}
}
