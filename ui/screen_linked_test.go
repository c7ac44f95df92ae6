package ui

import (
	"errors"
	"testing"

	"tartan/plaidapi"
)

func TestAccountsAreTickedAndNamed(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(gingham...).sees("› [x] Joint Checking", "still pending")
		d.keys("down", "space").sees("› [ ] Joint Savings")
		golden("linked_left_out")
		d.keys("up", "e").sees("› [x] Joint Checking▏").keys("Ours, 2 of us")
		golden("linked_naming")
		d.keys("enter").sees("[x] Ours, 2 of us", "[ ] Joint Savings")
		d.keys("p").sees("••••••").misses("3,015.67")
		golden("linked_hidden")
		d.keys("p", "u").sees("› [x] Joint Checking").keys("u").sees("[x] Joint Savings")
		d.keys("e", "x", "esc").sees("› [x] Joint Checking").misses("x▏")
	})
}

func TestTicksAreClickedAndFailuresTold(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys(gingham...).taps("Joint Savings").taps("Joint Savings").sees("› [ ] Joint Savings")
	d.refuse(errors.New("no space"))
	d.keys("space").sees("Something went wrong.", "› [ ] Joint Savings")
}

// What could not be saved is told with what each way on does.
func TestLinkedButNotSaved(t *testing.T) {
	for _, again := range []bool{false, true} {
		inEverySize(t, setting{}, func(d *driver, golden func(string)) {
			name := "unsaved"
			if again {
				name = "unsaved_again"
				d.keys(gingham...).keys("enter", "r").sees("Joint Checking").keys("f", "joint", "enter", "plaid_good", "enter", "1", "1234")
			} else {
				d.keys(gingham[:5]...).keys("1234")
			}
			d.refuse(&keyringError{})
			d.keys("enter").sees("is linked, but not saved here", "No system keyring")
			golden(name)
			d.refuse(nil)
			d.taps("Save again")
			if again {
				d.sees("works again")
			} else {
				d.sees("is linked")
			}
		})
	}
}

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
