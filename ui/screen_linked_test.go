package ui

import (
	"errors"
	"testing"
)

func TestAccountsAreTickedAndNamed(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(gingham...).sees("› [x] Joint Checking", "still pending")
		d.keys("down", "space").sees("› [ ] Joint Savings")
		golden("linked_left_out")
		d.keys("up", "e").sees("Joint Checking▏").keys("ctrl+u", "Ours, 2 of us", "enter")
		d.sees("[x] Ours, 2 of us", "[ ] Joint Savings")
		d.keys("p").sees("••••••").misses("3,015.67")
		golden("linked_hidden")
		d.keys("p", "u").sees("› [x] Joint Checking").keys("u").sees("[x] Joint Savings")
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
