package ui

import (
	"context"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

func TestOneSlipIsForgiven(t *testing.T) {
	for _, c := range []struct {
		have, want string
		ok         bool
	}{
		{"chase", "chase", true},
		{"chase", "chas", true},
		{"chase", "chsae", true},
		{"chase", "hase", true},
		{"chase", "chaase", true},
		{"chase", "chaze", true},
		{"chase", "wells", false},
		{"chase", "czzse", false},
		{"gingham", "ginghm", true},
		{"gingham", "gimgham", true},
		{"gingham", "ginhgam", true},
		{"gi", "ginghamx", false},
	} {
		if got := oneSlip(c.have, c.want); got != c.ok {
			t.Errorf("oneSlip(%q, %q) = %v", c.have, c.want, got)
		}
	}
}

// A search that comes back after its query was cleared is not shown.
func TestALateSearchIsNotShown(t *testing.T) {
	d := newDriver(t, 80, 24)
	listed := d.keys("zzzz").keys("esc").text()
	d.types("zzzz", "esc").settle()
	if got := d.text(); got != listed {
		t.Errorf("after a late search:\n%s\nwithout one:\n%s", got, listed)
	}
}

// banks is the list of banks on top.
func (d *driver) banks() *banksScreen {
	d.t.Helper()
	s, is := d.app.(*app).stack.top().(*banksScreen)
	if !is {
		d.t.Fatalf("no list of banks:\n%s", d.text())
	}
	return s
}

// lists answers the reading of the directory.
func (d *driver) lists(all ...plaidapi.Institution) *driver {
	s := d.banks()
	s.Update(s.load.start(s.ctx, func(context.Context) ([]plaidapi.Institution, error) { return all, nil })())
	return d.resize(d.app.(*app).frame.width, d.app.(*app).frame.height)
}

// unwell is a directory whose banks are not all as they should be.
func unwell() []plaidapi.Institution {
	form := []plaidapi.Field{{Label: "Username"}, {Label: "Password", Secret: true}}
	bank := func(id, name, site string, factor plaidapi.Kind, h plaidapi.HealthState) plaidapi.Institution {
		b := plaidapi.Institution{ID: id, Wire: plaidapi.Legacy, Name: name, Site: site, Fields: form, Health: plaidapi.Health{State: h}}
		if factor != 0 {
			b.Factors = []plaidapi.Kind{factor}
		}
		return b
	}
	down := bank("900006", "First Windowpane Bank", "windowpane.example", plaidapi.Code, plaidapi.Down)
	down.Health.Since = noon.Add(-170 * time.Minute)
	return []plaidapi.Institution{
		bank("900002", "First Gingham Credit Union", "firstgingham.example", plaidapi.Device, plaidapi.Well),
		bank("900003", "First Platypus Bank", "platypus.example", plaidapi.Question, plaidapi.Well),
		bank("f", "First Platypus Balance Bank", "platypus.example", 0, plaidapi.Well),
		bank("900004", "First Thread Savings", "thread.example", plaidapi.Selection, plaidapi.Slow),
		down,
		bank("g", "Wholly Other Bank", "other.example", 0, plaidapi.Down),
	}
}

func TestWhatIsKnownOfABankStandsBesideIt(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("gingham cred", "enter", "ctrl+f", "enter", "1", "1234", "enter").sees("is linked").keys("a")
		d.lists(unwell()...).keys("first", "down")
		golden("banks_notes")
		d.keys("pgdown").keys("enter").sees("Windowpane")
		golden("banks_down")
		d.keys("ctrl+g").sees("nobody can sign in")
		golden("banks_legend")
		d.keys("ctrl+g").sees("First Windowpane").keys("esc", "zzzz").sees("Nothing matches `zzzz`")
		golden("banks_none")
		d.keys("esc", "thread", "enter").sees("Sign in to First Thread", "This bank is slow today")
		if n := d.sent.count("POST /connect"); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

func TestTheDirectoryCannotBeRead(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		clear := d.bank.Fault(sandbox.Fault{Path: "/institutions", Code: 1700})
		d.keys("esc", "enter").sees("could not do this")
		golden("banks_failed")
		clear()
		d.keys("enter").sees("Bank of America")
	})
}

// Close spellings are told as such.
func TestCloseSpellings(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("ginhgam").sees("First Gingham Credit Union", "Nothing is spelt like that. Close to it: 1 of 48 banks")
	d.keys("esc", "gingham").misses("Close to it")
}

func TestABankThatIsLinkedIsNotLinkedTwiceByMistake(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("gingham cred", "enter", "ctrl+f", "enter", "1", "1234", "enter").sees("is linked")
		d.keys("a", "gingham", "enter").sees("is linked already", "› Add another login")
		golden("another")
		d.keys("down").sees("› Sign in again", "Joint Checking ··4821 and 1 more")
		d.keys("esc").sees("/ gingham").keys("enter", "enter").sees("Sign in to First Gingham")
		d.keys("esc").sees("gingham").keys("esc", "esc", "r", "a", "gingham", "enter").sees("› Fix the sign-in")
		golden("another_fix")
		d.keys("enter").sees("Sign in again to First Gingham", "kept")
		golden("credentials_again")
		d.keys("joint", "enter", "plaid_good", "enter", "1", "1234", "enter").sees("works again")
		if items := d.items(); len(items) != 1 {
			t.Errorf("%d items", len(items))
		}
	})
}

func TestBanksAreClicked(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.taps("Wells Fargo").sees("› Wells Fargo").taps("Wells Fargo").sees("Sign in to Wells Fargo")
	d.taps("│").taps("Password").keys("secret").sees("••••••▏").taps("Username").keys("me").sees("│ me▏")
}
