package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

// asks puts a challenge on screen, as the answer to the one before.
func (s *linkScreen) asks(c plaidapi.Challenge) {
	step := plaidapi.Step{Request: s.request, Challenge: c}
	s.Update(s.answer.start(s.ctx, func(context.Context) (plaidapi.Step, error) { return step, nil })())
}

func TestACodeCountsAndIsSentAgain(t *testing.T) {
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("chase", "enter", "ctrl+f", "enter", "1").sees("0:00 ago", "Send again in 1:00.")
		d.later(24*time.Second).sees("0:24 ago", "Send again in 0:36.").misses("ctrl+r")
		if n := d.sent.count("POST /connect/step"); n != 1 {
			t.Errorf("%d codes were asked for", n)
		}
		d.keys("ctrl+r").sees("The code can be sent again in 0:35.")
		for range 36 {
			d.later(time.Second)
		}
		d.sees("1:01 ago", "ctrl+r sends it again.")
		d.keys("12").keys("ctrl+r").sees("0:00 ago, 2 times so far", "Send again in 1:00.").misses("1 2")
		d.later(3 * time.Second).keys("12-3 ").sees("│ 1 2 3▏")
		golden("code_again")
		if n := d.sent.count("POST /connect/step"); n != 2 {
			t.Errorf("%d codes were asked for", n)
		}
		d.keys("4", "enter").sees("is linked")
	})
}

// One second is counted at a time, and none once the code is not asked for any more.
func TestSecondsAreCountedOnce(t *testing.T) {
	d := newDriver(t, 80, 24)
	counting := func() (n int) {
		for _, timer := range d.timers {
			if timer.after == time.Second {
				n++
			}
		}
		return n
	}
	d.keys("chase", "enter", "ctrl+f", "enter", "1")
	for range 3 {
		if n := counting(); n != 1 {
			t.Errorf("%d seconds are awaited", n)
		}
		d.later(resendAfter).keys("ctrl+r")
	}
	d.later(countedFor + time.Minute).sees("over an hour ago")
	if n := counting(); n != 0 {
		t.Errorf("%d seconds are awaited after an hour", n)
	}
	d.keys("1234", "enter").sees("is linked").later(time.Second)
	if n := counting(); n != 0 {
		t.Errorf("%d seconds are awaited at the end", n)
	}
}

// A code that cannot be sent again costs nothing.
func TestACodeThatIsNotSentAgain(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("chase", "enter", "ctrl+f", "enter", "1").later(resendAfter)
	clear := d.bank.Fault(sandbox.Fault{Path: "/connect/step", Code: 1204})
	d.keys("ctrl+r").sees("Enter the code", "could not be sent again").misses("not accepted")
	clear()
	d.keys("1234", "enter").sees("is linked")
}

// Where a code can go to one place only, nobody is asked.
func TestOneDeviceIsNotAChoice(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("chase", "enter", "plaid_test")
	s := d.link()
	s.asks(plaidapi.Challenge{Kind: plaidapi.Device, Fields: []plaidapi.Field{
		{Options: []plaidapi.Option{{Label: "text message", Detail: "phone ending 5309", Value: "phone"}}},
	}})
	if !s.answer.running() || s.here.sent[0].Reveal() != "phone" {
		t.Error("the one place was not taken")
	}
	s.asks(plaidapi.Challenge{Kind: plaidapi.Code, Fields: []plaidapi.Field{{Label: "Code"}}})
	d.resize(80, 24).sees("Sent by text message to the phone ending 5309").misses("another way")
}

// A code that nobody chose a place for says where it went in the bank's words, marked as the bank's.
func TestACodeThatTheBankSent(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("chase", "enter")
	d.link().asks(plaidapi.Challenge{Kind: plaidapi.Code, Prompt: "Code sent to t..t@plaid.com", Fields: []plaidapi.Field{{Label: "Code"}}})
	d.resize(80, 24).sees("The bank says: Code sent to t..t@plaid.com").misses("again", "another way")
}

func TestChoicesAmongMany(t *testing.T) {
	streets := make([]plaidapi.Option, 9)
	for i, name := range strings.Fields("Elm Houndstooth Warp Weft Selvedge Bobbin Heddle Shuttle Loom") {
		streets[i] = plaidapi.Option{Label: name + " Street", Value: fmt.Sprint(i)}
	}
	year := []plaidapi.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}
	atEverySize(t, func(t *testing.T, d *driver, golden func(string)) {
		d.keys("thread", "enter")
		d.link().asks(plaidapi.Challenge{Kind: plaidapi.Selection, Fields: []plaidapi.Field{
			{Label: "Which of these streets have you lived on?", Options: streets},
			{Label: "Did you open this account before 2019?", Options: year},
		}})
		d.resize(d.app.(*app).frame.width, d.app.(*app).frame.height).keys("h").sees("› ( ) Houndstooth Street").misses("Elm Street")
		golden("choices_narrowed")
		d.keys("down").sees("› ( ) Heddle Street").keys("esc").sees("Elm Street")
		d.keys("shut", "enter").sees("1", "› ( ) Yes", "answered")
		golden("choices")
		if got := answersOf(&d.link().here.form); got != "7|" {
			t.Errorf("answered %s", got)
		}
	})
}

// answersOf are the values chosen so far.
func answersOf(f *form) string {
	var all []string
	for i, field := range f.fields {
		value := ""
		if f.chosen[i] >= 0 {
			value = field.Options[f.chosen[i]].Value
		}
		all = append(all, value)
	}
	return strings.Join(all, "|")
}

func TestOptionsAreClicked(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys("citi", "enter", "plaid_selections", "enter", "plaid_good", "enter").sees("asks two questions")
	d.taps("( ) tomato").sees("› (•) tomato", "1 of 2 answered").taps("( ) mustard").taps("( ) ketchup").sees("› (•) ketchup", "( ) mustard")
	d.golden("selections_answered_100x30").keys("enter").sees("is linked")
	d.keys("a", "chase", "enter", "ctrl+f", "enter").taps("email").sees("› 2 email").taps("email").sees("Sent by email to t..t@plaid.com")
}
