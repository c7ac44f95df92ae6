package ui

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

// underWay presses a key, and lets time pass before what it leads to has happened.
func (d *driver) underWay(key string, passes time.Duration) {
	d.types(key)
	d.clock.pass(passes)
	d.app.(*app).drawn = ""
}

// states are screens in states that no walk comes by: empty, at work, refused, failed.
func states() []scene {
	by := func(keys ...string) func(*driver) { return func(d *driver) { d.keys(keys...) } }
	wells := []string{"wells", "enter", "plaid_test", "enter", "plaid_good"}
	linked := append(slices.Clone(wells), "enter", "enter")
	gone := func(d *driver) {
		d.keys(linkedBank...).keys("r")
		d.app.(*app).stack.top().(*accountsScreen).holdings[0].Read = noon.AddDate(0, 0, -19)
		d.keys("k")
	}
	return []scene{
		{"home_none", setting{}, by("esc", "esc")},
		{"home_syncing", setting{}, func(d *driver) { d.keys(linked...).underWay("r", 3*time.Second) }},
		{"home_fetching", setting{}, func(d *driver) {
			d.keys(wells...).types("enter").until("Reading accounts").types("b").until("fetching").clock.pass(2 * time.Second)
		}},
		{"home_bank_down", setting{}, func(d *driver) {
			d.keys(twoBanks...)
			d.bank.Fault(sandbox.Fault{Path: "/balance", Code: 1303})
			d.keys("R")
		}},
		{"activity_none", setting{}, by("esc", "esc", "2")},
		{"activity_reading", setting{}, func(d *driver) { d.keys(linked...).underWay("2", 2*time.Second) }},
		{"account_none", setting{}, by("thread", "enter", "ctrl+f", "enter", "ctrl+f", "enter", "enter", "enter")},
		{"account_signed_out", setting{}, func(d *driver) { gone(d); d.keys("enter") }},
		{"account_no_chart", setting{}, func(d *driver) { everydayAnd("1", "enter", "v", "v")(d) }},
		{"credentials_lacking", setting{}, by("wells", "enter", "plaid_test", "enter", "enter")},
		{"credentials_refused", setting{}, by("wells", "enter", "plaid_test", "enter", "wrong", "enter", "wrong", "enter")},
		{"credentials_sending", setting{}, func(d *driver) { d.keys(wells...).underWay("enter", 4*time.Second) }},
		{"code_refused", setting{}, by("chase", "enter", "plaid_test", "enter", "plaid_good", "enter", "1", "9999", "enter")},
		{"linked_again", setting{}, func(d *driver) {
			d.keys(linkedBank...).keys("r", "f", "joint", "enter", "plaid_good", "enter", "1", "1234", "enter")
		}},
		{"unlink_failed", setting{}, func(d *driver) {
			d.keys(linked...)
			d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1702})
			d.keys("d", "right", "enter")
		}},
		{"account_one_year", setting{}, everydayAnd("1", "enter", "v")},
		{"activity_by_amount", setting{}, everydayAnd("s", "s", "s", "s")},
		{"activity_hidden_selected", setting{}, everydayAnd("p", "space", "down", "space")},
		{"filter_hidden", setting{}, everydayAnd("p", "/", "coffee or >20")},
		{"filter_completing", setting{}, func(d *driver) { everydayAnd("/", "cof")(d); d.later(time.Second) }},
		{"selections_chosen", setting{}, by("citi", "enter", "plaid_selections", "enter", "plaid_good", "enter", "down", "space")},
		{"unlink_written", setting{}, everydayAnd("n", "for the party", "enter", "1", "d")},
		{"copy_as", setting{}, everydayAnd("Y")},
		{"copy_as_hidden", setting{}, everydayAnd("p", "Y")},
		{"edit_tags_of_many", setting{}, everydayAnd("space", "down", "space", "t", "family, ")},
		{"edit_name", setting{}, everydayAnd("e")},
		{"edit_failed", setting{}, func(d *driver) {
			everydayAnd("n", "for the party")(d)
			d.refuse(errors.New("no space"))
			d.keys("enter")
		}},
		{"notice", setting{kept: memOptions{Access: plaidapi.Access{
			Place: plaidapi.InMemory, Where: "memory", Notice: "Access to banks is kept in memory, for this run only. No system keyring answers here.",
		}}}, by(linked...)},
	}
}

// Every screen in every state that matters, at the four sizes.
func TestStates(t *testing.T) {
	for _, s := range states() {
		d := newDriverIn(t, 80, 24, s.in)
		s.begin(d)
		for _, size := range sizes {
			d.resize(size.width, size.height).golden(fmt.Sprintf("%s_%dx%d", s.name, size.width, size.height))
		}
	}
}

// Where there is no room, one line names the size that is needed, and net worth stands below it if
// it fits.
func TestTooSmall(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
	for _, size := range [][2]int{{80, 7}, {39, 12}, {24, 4}, {10, 2}} {
		d.resize(size[0], size[1]).golden(fmt.Sprintf("too_small_%dx%d", size[0], size[1]))
	}
}
