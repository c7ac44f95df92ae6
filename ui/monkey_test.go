package ui

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

var more = flag.Int("more", 1, "how many times as many seeds are tried")

// dice are numbers that are the same at every run.
type dice uint64

func (d *dice) roll(n int) int {
	*d = *d*6364136223846793005 + 1442695040888963407
	return int(uint64(*d)>>33) % n
}

// some does some of what is to be done, in any order: work under way comes back late or swapped.
func (d *driver) some(by *dice) {
	for range by.roll(4) {
		if len(d.todo) > 0 {
			d.do(by.roll(len(d.todo)))
		}
	}
}

// Whatever is pressed at whatever size, with whatever work under way, every frame is exactly as large
// as the terminal, and holds in all else: check fails otherwise, after every message. At the end every
// bank that is still linked has been read, and nothing is busy for ever.
func TestMonkey(t *testing.T) {
	names := []string{
		"enter", "esc", "tab", "up", "down", "left", "right", "space", "pgup", "pgdown", "home", "end", "backspace",
		"ctrl+f", "ctrl+t", "ctrl+o", "ctrl+r", "ctrl+u", "ctrl+g", "a", "d", "f", "g", "G", "r", "i", "o", "1", "2", "b", "/", "?", "j", "k", "L", "K", "x", "4", ":", "p", "M", "R", "e", "v", "u", "U", "d", "forget",
		"n", "t", "c", "s", "S", "[", "]", "m", "y", "Y", "ctrl+a", "ctrl+s", "cof", "is:x >",
		"chase", "wells", "host", "1234", "tomato",
	}
	for seed := range uint64(10 * *more) {
		d := newDriverIn(t, 80, 24, setting{page: seed%10 >= 8, lockAfter: 100 * time.Second, ascii: seed%2 == 1, kept: memOptions{Attempts: cutOff("Citi", "Chase")}})
		d.keys("a", "windowpane", "enter", "ctrl+f", "enter")
		by := dice(seed + 1)
		for range 400 {
			switch by.roll(12) {
			case 0:
				d.resize(by.roll(160), by.roll(50))
			case 1:
				d.send(tea.MouseMsg{Button: tea.MouseButtonWheelDown})
				d.send(tea.MouseMsg{X: by.roll(100), Y: by.roll(30), Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
			case 2:
				d.send(paste("q\x1b[A\n日本語 paste\n"))
			case 3:
				d.later(time.Duration(by.roll(130)) * time.Second)
			default:
				d.types(names[by.roll(len(names))])
			}
			d.some(&by)
		}
		for len(d.todo) > 0 {
			d.do(by.roll(len(d.todo)))
		}
		d.resize(100, 30)
		d.keys("enter") // it may be locked
		for range 20 {
			d.keys("esc")
		}
		if text := d.text(); strings.Contains(text, "fetching") || strings.Contains(text, "not read yet") || d.app.(*app).busy != "" {
			t.Errorf("seed %d: still at work:\n%s", seed, text)
		}
	}
}

// One press of Enter is one request, however fast the keys and however late the answers.
func TestOneEnterIsOneRequest(t *testing.T) {
	for seed := range uint64(20 * *more) {
		by := dice(seed + 1)
		d := newDriver(t, 80, 24)
		storm := func(keys ...string) {
			for _, k := range keys {
				d.types(k)
				d.some(&by)
			}
			for range by.roll(6) {
				d.send(press("enter")[0]) // the same moment: nobody has read anything in between
				d.some(&by)
			}
			for len(d.todo) > 0 {
				d.do(by.roll(len(d.todo)))
			}
		}
		d.keys("bofa")
		storm("enter", "plaid_test", "enter", "plaid_good", "enter")
		storm("again", "enter")
		storm("tomato", "enter")
		if first, steps := d.sent.count("POST /connect"), d.sent.count("POST /connect/step"); first != 1 || steps != 2 {
			t.Fatalf("seed %d: %d sign-ins and %d answers were sent:\n%s", seed, first, steps, d.text())
		}
		if items := d.items(); len(items) != 1 {
			t.Fatalf("seed %d: %d Items", seed, len(items))
		}
	}
}

// Keys are named in one place; texts take their names from there.
func TestKeysAreNamedOnce(t *testing.T) {
	literal := regexp.MustCompile(`tea\.Key(Enter|Esc|Tab|Up|Down|Left|Right|Pg|Home|End|Space|Ctrl|Shift)|"[^"\n]*\b(ctrl\+|esc clears|enter tries|enter shows)`)
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "keys.go" || name == "keys_own.go" || name == "input.go" {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := literal.Find(source); found != nil {
			t.Errorf("%s names a key: %s", name, found)
		}
	}
}
