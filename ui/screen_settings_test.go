package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

func TestSettings(t *testing.T) {
	inEverySize(t, setting{lockAfter: 10 * time.Minute}, func(d *driver, golden func(string)) {
		d.keys(twoBanks...).keys("g", "r", "4").sees("Banks and settings", "! ")
		golden("settings")
		if d.folds() {
			d.keys("enter")
			golden("settings_banks")
			d.keys("esc", "j", "enter").sees("Lock when idle 10 minutes")
			golden("settings_privacy")
			d.keys("esc").sees("› Privacy and security").keys("esc").sees("Net worth")
			return
		}
		d.keys("5", "j")
		golden("settings_choice")
		d.keys("G").sees("› Forget everything").keys("esc").sees("Net worth")
	})
}

// The cursor stays where it is when the page folds up and unfolds.
func TestSettingsFold(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...).keys("4", "G", "k", "k").sees("› Mouse").resize(40, 12).sees("› Look").resize(80, 24).sees("› Mouse")
	d.resize(40, 12).keys("k").sees("› Privacy").resize(80, 24).sees("› Tokens")
	d.resize(40, 12).keys("g", "enter").sees("Banks and settings › Banks", "› First Gingham").keys("x", "esc").sees("› Banks")
}

func TestSettingsWithoutBanks(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("esc", "esc", "4")
		golden("settings_empty")
		if d.folds() {
			d.keys("enter")
		}
		d.sees("No banks yet. a links one.").keys("a").sees("Bank of America")
	})
}

// Enter changes a choice at once, and it is saved as the config file has it.
func TestSettingsAreChangedAndSaved(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{lockAfter: 10 * time.Minute})
	d.keys(linkedBank...).keys("4", "j", "j", "j").sees("› Lock when idle 10 minutes")
	d.keys("enter").sees("30 minutes").keys("enter").sees("never").keys("enter").sees("1 minute").keys("enter").sees("5 minutes")
	d.keys("j", "enter").sees("Hide amounts on start on")
	d.keys("j", "j", "enter").sees("Theme high-contrast also: tartan, mono").keys("j", "enter").sees("Gains and losses blue and amber")
	d.keys("j", "j", "enter").sees("Mouse on", "The mouse works here.").keys("enter").sees("Mouse off")
	d.keys("j", "enter").sees("> Glyphs ascii also: unicode").keys("enter").sees("› Glyphs unicode").keys("k")
	want := []string{
		"lock_after 30m", "lock_after never", "lock_after 1m", "lock_after 5m",
		"hide_amounts true", "theme high-contrast", "gains blue and amber", "mouse true", "mouse false", "glyphs ascii", "glyphs unicode",
	}
	if !slices.Equal(d.saves, want) {
		t.Errorf("saved %q", d.saves)
	}
	d.unsave = errors.New("disk full")
	d.keys("enter").sees("Mouse on", "The config file could not be written. This holds for now.")
}

// Changes made faster than the disk is are saved in order, and of one setting only the last.
func TestSettingsAreSavedInOrder(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{lockAfter: 10 * time.Minute})
	d.keys(linkedBank...).keys("4", "j", "j", "j").types("enter", "enter", "enter", "j", "enter").settle()
	if want := []string{"lock_after 30m", "lock_after 1m", "hide_amounts true"}; !slices.Equal(d.saves, want) {
		t.Errorf("saved %q", d.saves)
	}
}

// A shorter time until tartan locks counts from now on.
func TestLockTimeChangesAtOnce(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...).keys("4", "j", "j", "j", "enter").sees("1 minute").later(61 * time.Second).sees("Locked.")
}

func TestSettingsThatAreGiven(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{given: map[string]string{"hide_amounts": "--hide"}})
	d.keys(linkedBank...).keys("4").sees("set by --hide for this run").keys("4", "j", "enter").misses("set by")
}

func TestSettingsOnABank(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(twoBanks...).keys("4", "j", "r").sees("› Wells Fargo ok, synced just now")
	d.keys("k", "r").sees("› First Gingham Credit Union ! sign in again", "f fix sign-in")
	d.keys("f").sees("Sign in again to First Gingham").keys("esc").sees("› First Gingham")
	d.keys("enter").sees("Sign in again to First Gingham").keys("esc")
	d.keys("j", "d", "right", "enter").sees("Banks and settings", "Unlinked Wells Fargo.").misses("Wells Fargo ")
	down := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1303})
	defer down()
	d.keys("a").sees("Which bank?")
}

// A bank is left out of totals with all its accounts, and that is undone as one change.
func TestSettingsLeaveABankOut(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(twoBanks...).keys("4", "x").sees("First Gingham Credit Union is left out of totals.", "ok, synced just now, not in totals")
	d.keys("x").sees("First Gingham Credit Union counts in totals.").misses("not in totals")
	d.keys("x", "u").sees("Undone: leaving").misses("not in totals")
}

// Only one bank is asked at a time.
func TestSettingsRefreshOneBankAtATime(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(twoBanks...).keys("4").types("r", "j", "r").sees("fetching", "One at a time.").settle()
	d.misses("fetching")
}

// A second click on a row does what enter does there.
func TestSettingsByMouse(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(linkedBank...).keys("4").click("Hide amounts on start").sees("› Hide amounts on start off")
	d.click("Hide amounts on start").sees("Hide amounts on start on").click("Look").sees("› Hide")
}

func TestSettingsWhereNothingCanBeChanged(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{kept: memOptions{Access: plaidapi.Access{Place: plaidapi.InKeyring, Where: "test keyring", ReadOnly: true}}})
	d.keys("esc", "esc", "4").sees("No banks yet.").misses("links one", "a link")
	d.keys("a").sees("No banks yet.").keys("enter").sees("No banks yet.").keys("G").misses("enter forget")
}

// Where a bank is not reached nothing is offered that needs it, but to try again.
func TestSettingsOffline(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...).keys("4")
	d.app.(*app).stack.top().(*settingsScreen).holdings[0].Err = &plaidapi.Error{Problem: plaidapi.Offline}
	d.resize(40, 12).keys("k").golden("settings_offline_40x12").resize(100, 30)
	d.sees("offline", "f try again").misses("r refresh", "d unlink", "a link").golden("settings_offline_100x30")
	d.keys("d", "a", "r").sees("Banks and settings", "offline").keys("f").misses("offline")
}

func TestRequests(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(linkedBank...).keys("r", "4", "j")
		if d.folds() {
			d.keys("enter", "G")
		} else {
			d.keys("j", "j", "j", "j")
		}
		d.sees("› Last requests").keys("enter").sees("› 12:00", "status 402", "request")
		golden("requests")
		d.keys("G").sees("find banks").keys("esc").sees("› Last requests")
	})
}

// Nothing of what a request held is listed, whatever a bank's answer was.
func TestRequestsTellNoSecret(t *testing.T) {
	d := newDriver(t, 200, 60)
	d.keys(linkedBank...).keys("4", "j", "j", "j", "j", "j", "enter").sees("sign in", "answer a bank's question", "read transactions")
	for _, secret := range []string{"plaid_good", "joint", "1234", "test_id", "test_secret"} {
		if strings.Contains(d.text(), secret) {
			t.Errorf("%q is listed", secret)
		}
	}
}

func TestRequestLogForgetsTheOldest(t *testing.T) {
	l := NewRequestLog(func() time.Time { return noon })
	for i := range mostRequests + 2 {
		l.Add("host", "purpose", 200, i, time.Second)
	}
	if all := l.list(&env{}); len(all) != mostRequests || all[0].size != 2 {
		t.Errorf("%d, from %d", len(all), all[0].size)
	}
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int]string{0: "0 B", 999: "999 B", 1900: "1.9 kB", 2_560_000: "2.6 MB"} {
		if got := size(bytes); got != want {
			t.Errorf("%d is %s", bytes, got)
		}
	}
}
