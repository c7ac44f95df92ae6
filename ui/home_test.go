package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// The home screen of the design: two banks of which one is signed out, five accounts, movements of
// each, and trends.
func TestHome(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter").sees("Everyday Checking")
		d.keys("a", "gingham", "enter", "joint", "enter", "plaid_good", "enter", "1", "1234", "enter", "enter").sees("Joint")
		d.keys("G", "r").sees("! ")
		golden("home")
		d.keys("p").misses("5,", ".42", "%", "▄", "█")
		golden("home_hidden")
	})
}

// Above 100 columns names get the room, above 40 rows the latest movements.
func TestHomeOnLargeTerminals(t *testing.T) {
	d := newDriver(t, 200, 60)
	d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter").golden("home_200x60")
	d.resize(120, 40).golden("home_120x40")
}

// Where the terminal has ASCII only, all is there and stands where it stood.
func TestHomeInASCII(t *testing.T) {
	inEverySize(t, setting{ascii: true, welcome: true}, func(d *driver, golden func(string)) {
		golden("welcome_ascii")
		d.keys("enter", "tartan bank", "enter", "ctrl+f", "enter", "enter")
		golden("home_ascii")
		d.keys("enter")
		golden("account_ascii")
		for _, r := range d.text() {
			if r > '~' {
				d.t.Errorf("%q is no ASCII", r)
			}
		}
	})
}

// Below the smallest size net worth is still told, whole or not at all.
func TestNetWorthWhereThereIsNoRoom(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("Plaid Savings")
	d.resize(30, 5).sees("tartan needs 40x8, q quits", "Net worth 7,507.90").misses("Plaid")
	d.resize(17, 5).misses("Net", "7").resize(30, 1).misses("Net")
}

// More accounts than fit scroll, and the header tells where the cursor is.
func TestManyAccounts(t *testing.T) {
	var all []ledger.Holding
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		all = append(all, holding(t, id, "10", "20", "30", "40", "50", "60", "70", "80"))
	}
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("esc", "esc")
		s := d.app.(*app).stack.top().(*accountsScreen)
		s.feed(all, nil, nil)
		d.keys("pgdown").sees("Net worth", "1,800.00", "› Account", " of 40")
		golden("home_many")
		d.keys("G").sees("40 of 40", "› Account H")
	})
}

// A click selects an account and another opens it; one on the latest movements opens all of them.
func TestClicksOnHome(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter")
	click := func(text string) {
		for y, line := range strings.Split(d.text(), "\n") {
			if strings.Contains(line, text) {
				d.send(tea.MouseMsg{X: 8, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
				d.settle()
				return
			}
		}
		t.Fatalf("%q is not on screen:\n%s", text, d.text())
	}
	click("Net worth")
	click("Saver  ")
	d.sees("› Saver", "Net worth")
	click("Saver  ")
	d.sees("Tartan Bank › Saver").keys("esc")
	click("Milepost")
	d.sees("tartan › Activity")
}

// Net worth has a trend where every account in it has one, as far back as all of them go.
func TestNetWorthOverTime(t *testing.T) {
	s := homeScreen(t, 100, 30)
	s.holdings = []ledger.Holding{holding(t, "a", "3", "30", "")}
	s.past.trends = map[plaidapi.AccountKey][]plaidapi.Money{{Item: "a", Account: "aa"}: series(t, "? 2 3")}
	if got := s.worthTrend(); got != nil {
		t.Errorf("of one account of two: %v", got)
	}
	s.past.trends[plaidapi.AccountKey{Item: "a", Account: "ab"}] = series(t, "10 20 30")
	if got := fmt.Sprint(s.worthTrend()); got != fmt.Sprint(series(t, "? 22 33")) {
		t.Errorf("of two accounts: %v", got)
	}
	s.holdings[0].Out = map[string]bool{"ab": true}
	if got := fmt.Sprint(s.worthTrend()); got != fmt.Sprint(series(t, "? 2 3")) {
		t.Errorf("of one, with the other left out: %v", got)
	}
}

// Refreshing all asks every bank but one that would only ask for a new sign-in.
func TestAllBanksAreAskedAgain(t *testing.T) {
	s := homeScreen(t, 80, 24)
	out := holding(t, "c", "1")
	out.Err = &plaidapi.Error{Problem: plaidapi.LoginRequired}
	s.feed([]ledger.Holding{holding(t, "a", "1"), holding(t, "b", "1"), out}, nil, nil)
	s.key(press("R")[0])
	if got := fmt.Sprint(s.queue); got != "[a b]" {
		t.Errorf("asks %v", got)
	}
}

func TestHowMuchOfALimitIsOwed(t *testing.T) {
	e := env{look: &look{}}
	for _, c := range []struct{ current, limit, want string }{
		{"-410", "2000", "20% of 2,000 limit"},
		{"-2000", "2000.00", "100% of 2,000 limit"},
		{"-2000.01", "2000.00", "over the 2,000 limit"},
		{"0", "1500.50", "1,500.50 limit"},
		{"12", "1500", "1,500 limit"},
		{"-29", "100", "29% of 100 limit"},
		{"-29", "0", ""},
	} {
		current, limit := money(t, c.current, "USD"), money(t, c.limit, "USD")
		a := plaidapi.Account{Type: plaidapi.Credit, Current: &current, Limit: &limit}
		if got := e.note(a); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.current, c.limit, got, c.want)
		}
	}
}
