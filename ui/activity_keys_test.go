package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// everyday is a driver on the list of a person with two years of transactions.
func everyday(t testing.TB, width, height int) *driver {
	d := newDriver(t, width, height)
	return d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter", "2")
}

// onSizes runs a test at the four sizes, with their names.
func onSizes(t *testing.T, run func(t *testing.T, d *driver, size string)) {
	for _, s := range sizes {
		name := fmt.Sprintf("%dx%d", s.width, s.height)
		t.Run(name, func(t *testing.T) { run(t, everyday(t, s.width, s.height), name) })
	}
}

// clicks clicks on a text.
func (d *driver) clicks(text string) *driver {
	d.t.Helper()
	for y, line := range strings.Split(d.text(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			d.send(tea.MouseMsg{X: width(line[:at]), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			d.settle()
			return d
		}
	}
	d.t.Fatalf("%q is not on screen:\n%s", text, d.text())
	return d
}

// list is the list on top.
func (d *driver) list() *activityScreen {
	d.t.Helper()
	s, is := d.app.(*app).stack.top().(*activityScreen)
	if !is {
		d.t.Fatalf("this is no list:\n%s", d.text())
	}
	return s
}

// As many transactions are seen as ux.md promises.
func TestRowsInView(t *testing.T) {
	want := map[string]int{"100x30": 24, "80x24": 20, "60x20": 16, "40x12": 10}
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("]").golden("activity_all_" + size)
		if got := d.list().rows.height; got != want[size] {
			t.Errorf("%d rows are seen, want %d", got, want[size])
		}
	})
}

// A list of many begins with its newest month; keys, chips and words choose another.
func TestMonths(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.golden("activity_month_" + size)
		d.keys("[").golden("activity_month_before_" + size)
		if m := daysName(d.list().rows.days); m != "Oct 2026" {
			t.Errorf("[ leads to %s", m)
		}
		d.keys("]")
		if m := daysName(d.list().rows.days); m != "Nov 2026" {
			t.Errorf("] leads to %s", m)
		}
		d.keys("]")
		if m := daysName(d.list().rows.days); m != allTime {
			t.Errorf("] leads to %s from the newest", m)
		}
	})
	d := everyday(t, 100, 30).clicks("Sep").sees("Sep 2026").clicks("all").sees("all time")
	d.keys("3", "[")
	if m := daysName(d.list().rows.days); m != "Sep 2026" {
		t.Errorf("3[ leads to %s", m)
	}
}

func TestSorting(t *testing.T) {
	d := everyday(t, 100, 30).keys("s").sees("Name ↑").keys("s").sees("Category ↑").keys("s").sees("Account ↑")
	d.keys("s").sees("Amount ↑").golden("activity_sorted_100x30")
	d.keys("S").sees("Amount ↓")
	d.clicks("Date").sees("Date ↓").clicks("Date").sees("Date ↑").clicks("Name").sees("Name ↑")
	d = everyday(t, 80, 24).keys("s", "s", "s", "s").sees("By amount, money out first.").golden("activity_sorted_80x24")
	d.keys("down").misses("By amount")
}

// The amounts of what is selected are told instead of the sums, and esc peels one layer after the
// other.
func TestSelecting(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("space", "down", "space", "space", "up").sees("3 selected").golden("activity_selected_" + size)
		d.keys("up", "space").sees("2 selected")
		d.keys("[").sees("2 selected")
		d.keys("esc").misses("selected")
		d.keys("ctrl+a").sees(number(d.list().rows.rows) + " selected")
		d.keys("esc", "esc").sees("Net worth")
	})
}

func TestClicksOnRows(t *testing.T) {
	d := everyday(t, 100, 30)
	d.clicks("Dog-Eared Books").clicks("Dog-Eared Books").sees("Activity › Dog-Eared Books", "Bookstores").keys("esc")
	if got := d.list().rows.cursor; got != 4 {
		t.Errorf("back on row %d", got)
	}
	d.send(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
	d.sees("8 of")
}

// The months of an account have heads, and keys go from one to the other.
func TestMonthsOfAnAccount(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("1", "enter")
		d.keys("[")
		if got := monthOf(d.list().rows.found.At(d.list().rows.cursor).Date); daysName(got) != "Oct 2026" {
			t.Errorf("[ leads to %s", daysName(got))
		}
		d.keys("[", "]", "]", "G", "g", "pgdown", "pgup")
		if got := d.list().rows.cursor; got != 0 {
			t.Errorf("the cursor is on %d", got)
		}
	})
}

// Hidden amounts are hidden everywhere, and sizes beyond the usual are drawn as well.
func TestOtherLooksOfTheList(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("p").misses("-60.00", "-1,167").golden("activity_hidden_" + size)
		d.keys("space").misses("-60.00").keys("1", "enter").misses("-60.00", "2,569")
	})
	for _, size := range [][2]int{{40, 8}, {120, 40}, {200, 60}} {
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		everyday(t, size[0], size[1]).golden("activity_month_" + name)
	}
}
