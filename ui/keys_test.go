package ui

import (
	"os"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestOwnKeys(t *testing.T) {
	for _, c := range []struct {
		own  map[string][]string
		says string
	}{
		{nil, ""},
		{map[string][]string{"filter": {"F", "ctrl+f"}}, ""},
		{map[string][]string{"sort": {"o"}, "down": {"ctrl+n", "down"}}, ""},
		{map[string][]string{"lock": {"f12"}, "palette": {"alt+x"}, "select": {"V"}}, ""},
		{map[string][]string{"sort": {"/"}}, `gives "/" to sort, but it also does: filter`},
		{map[string][]string{"sort": {"z"}, "filter": {"z"}}, `gives "z" to filter, but it also does: sort`},
		{map[string][]string{"dismiss": {"n"}}, ""}, // never where notes are written
		{map[string][]string{"filtre": {"F"}}, "Did you mean filter?"},
		{map[string][]string{"": {"F"}}, "nothing that a key can do"},
		{map[string][]string{"sort": {"hyper+x"}}, "which is none"},
		{map[string][]string{"sort": {""}}, "which is none"},
		{map[string][]string{"sort": {}}, "no key"},
		{map[string][]string{"show": {"v"}}, "text in a form"},
	} {
		err := CheckKeys(c.own)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want %q", c.own, err, c.says)
		}
	}
}

// The usual keys mean one thing in one place, and each of them is a key.
func TestUsualKeysDoNotCollide(t *testing.T) {
	usual := map[string][]string{}
	for _, d := range new(keys).free() {
		if _, twice := usual[d.name]; twice {
			t.Errorf("%s is there twice", d.name)
		}
		usual[d.name] = d.keys
	}
	if err := CheckKeys(usual); err != nil {
		t.Error(err)
	}
}

func TestPressedIsTheKeyThatIsBound(t *testing.T) {
	for _, name := range []string{"a", "A", "/", "space", "ctrl+p", "shift+tab", "f5", "pgup", "alt+x", "é"} {
		msg, ok := strike(name)
		if want := spelt([]string{name})[0]; !ok || msg.String() != want {
			t.Errorf("%s: %q, %v", name, msg.String(), ok)
		}
	}
}

// A number counts the next step. What goes to a place still goes there, unless a count is begun.
func TestCounts(t *testing.T) {
	d := onAccounts(t)
	d.keys("2", "]", "5", "j", "enter").sees("6 of").keys("esc")
	d.keys("5", "1", "0", "j", "enter").sees("516 of")
}

func TestOwnKeyIsOnScreen(t *testing.T) {
	k := newKeys(map[string][]string{"filter": {"F", "ctrl+f", "f3"}})
	if got := k.filter.Help().Key; got != "F ctrl+f" {
		t.Errorf("it is called %q", got)
	}
}

// A click on a hint is its key, one on the way here goes back.
func TestClicksOnTheFrame(t *testing.T) {
	d := onAccounts(t)
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(d.text(), "\n") {
			if at := strings.Index(line, text); at >= 0 {
				d.send(tea.MouseMsg{X: width(line[:at]), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
				d.settle()
				return
			}
		}
		t.Fatalf("%q is not on screen:\n%s", text, d.text())
	}
	d.keys("2")
	click("/ filter")
	d.keys("sweep").sees("/ sweep")
	d.keys("enter")
	click("tartan")
	d.sees("Net worth")
}

// The README lists everything that a key of one's own can be given to.
func TestTheReadmeNamesEveryDeed(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "What keys can do:")
	list, _, _ = strings.Cut(list, "\n\n|")
	named := strings.Fields(strings.ReplaceAll(list, "`", " "))
	for _, d := range new(keys).free() {
		if !slices.Contains(named, d.name) {
			t.Errorf("%s is not in the README", d.name)
		}
	}
}
