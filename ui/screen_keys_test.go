package ui

import (
	"context"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

func TestAPIKeys(t *testing.T) {
	o := setting{real: true, kept: memOptions{Keyless: true}}
	inEverySize(t, o, func(d *driver, golden func(string)) {
		golden("keys")
		d.keys("enter").sees("Client ID is still empty")
		d.taps("Secret").keys("x").taps("Client ID").sees("│ ▏").taps("Secret").keys("backspace").taps("Client ID")
		d.keys("client", "enter", "enter").sees("Secret is still empty").keys("s3cret").misses("s3cret").sees("client")
		d.vault.Refuse(&keyringError{})
		d.keys("enter").sees("! No system keyring answers here.", "client")
		golden("keys_refused")
		d.vault.Refuse(nil)
		s := d.app.(*app).stack.top().(*keysScreen)
		d.keys("enter").sees("Bank of America")
		if keys, err := d.vault.Keys(d.t.Context()); err != nil || keys.ClientID != "client" || keys.Secret.Reveal() != "s3cret" {
			d.t.Errorf("kept %s, %v", keys.ClientID, err)
		}
		if s.entry.form.touched() {
			d.t.Error("what was typed is still there")
		}
	})
}

// Without keys what is saved is seen, and every way to a new link leads to them first.
func TestHomeWithoutKeys(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{real: true, kept: memOptions{Keyless: true}})
	d.keys("esc").sees("No banks yet. enter takes the API keys").keys("enter").sees("Client ID")
	d.keys("esc", "a").sees("Client ID").keys("client", "enter", "secret", "enter").sees("Bank of America")
	d.keys("esc", "a").sees("Bank of America")
}

// What is saved is seen without keys; they are asked for where a bank is to be asked.
func TestSavedBanksWithoutKeys(t *testing.T) {
	inEverySize(t, setting{real: true, kept: memOptions{Keyless: true}}, func(d *driver, _ func(string)) {
		d.keys("esc")
		s := d.app.(*app).stack.top().(*accountsScreen)
		unread := holding(d.t, "a", "10", "20")
		unread.Fetched = false
		for _, k := range []string{"r", "a"} {
			o := overview{holdings: []ledger.Holding{unread}, keyless: true}
			s.Update(s.load.start(s.ctx, func(context.Context) (overview, error) { return o, nil })())
			d.keys("j").sees("API keys are needed", "r takes them", "Account A").keys(k).sees("Client ID").keys("esc")
		}
		if len(s.queue) > 0 {
			d.t.Errorf("asks %v", s.queue)
		}
	})
}

func TestErrorsOfKeysLeadToThem(t *testing.T) {
	for _, err := range []error{plaidapi.ErrNoKeys, &plaidapi.Error{Problem: plaidapi.BadKeys}} {
		if told := explain(err, "Wells Fargo", noon); told.actions[0] != changeKeys || reason(err) == "" || reason(err) == "the keyring did not work" {
			t.Errorf("%v: %+v", err, told)
		}
	}
}

// Keys that are not accepted can be changed where that is said, except at the practice bank.
func TestKeysThatAreNotAccepted(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{real: true})
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1104})
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("API keys cannot use", "› Change the API keys")
	clear()
	d.keys("enter").sees("Client ID").keys("id", "enter", "secret", "enter")
	d.sees("Sign in to Wells Fargo", "plaid_test").keys("plaid_good", "enter").sees("is linked").keys("enter")
	clear = d.bank.Fault(sandbox.Fault{Path: "/balance", Code: 1104})
	d.keys("r").sees("keys not accepted", "f change keys")
	clear()
	d.keys("f", "id", "enter", "secret", "enter").sees("Plaid Savings").misses("keys not accepted")

	s := newFailed(&plaidapi.Error{Problem: plaidapi.BadKeys}, plaidapi.LinkRequest{})(env{practice: true, now: d.clock.now}).(*failedScreen)
	for _, a := range s.told.actions {
		if a == changeKeys {
			t.Error("the practice bank's keys can be changed")
		}
	}
}
