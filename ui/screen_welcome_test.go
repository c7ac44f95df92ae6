package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

func TestWelcome(t *testing.T) {
	inEverySize(t, setting{welcome: true}, func(d *driver, golden func(string)) {
		golden("welcome")
		d.keys("down")
		golden("welcome_real")
		d.keys("enter")
		golden("real_banks")
		d.keys("y").sees("There is no clipboard").keys("esc", "up", "enter").sees("Bank of America")
		d.keys("esc").sees("› Explore the practice bank").keys("esc").sees("No banks yet")
	})
}

// Where access is kept is said before anything is.
func TestWelcomeSaysWhereAccessIsKept(t *testing.T) {
	o := setting{welcome: true, kept: memOptions{Access: plaidapi.Access{Place: plaidapi.InMemory, Where: "memory, for this run only"}}}
	inEverySize(t, o, func(d *driver, golden func(string)) {
		golden("welcome_no_keyring")
		d.keys("K").sees("Where should access be kept?")
	})
	o.kept.Access = plaidapi.Access{Place: plaidapi.InFile, Where: "a sealed file"}
	newDriverIn(t, 80, 24, o).sees("kept in a sealed file", "keyring not used")
}

// The weave is left out where it would be noise.
func TestTheWeaveIsLeftOut(t *testing.T) {
	d := newDriverIn(t, 100, 30, setting{welcome: true}).sees("▞")
	d.app.(*app).stack.env.theme.ascii = true
	d.resize(100, 31).misses("▞")
}

func TestClicksOnWelcome(t *testing.T) {
	d := newDriverIn(t, 40, 12, setting{welcome: true})
	click := func(y int) {
		d.send(tea.MouseMsg{X: 4, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
		d.settle()
	}
	click(2)
	d.sees("› Explore")
	click(5)
	d.sees("› Link a real bank")
	click(5)
	d.sees("dashboard.plaid.com")
}

// Who uses keys of their own, or has been here before, is not welcomed.
func TestWhoIsNotWelcomed(t *testing.T) {
	newDriverIn(t, 80, 24, setting{real: true}).sees("Which bank?")
	newDriverIn(t, 80, 24, setting{kept: memOptions{Attempts: cutOff("Citi")}}).sees("No banks yet", "Citi")
}
