package ui

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"tartan/plaidapi/sandbox"
)

// everydayAnd links the bank of everyday life, shows its list, and goes on from there.
func everydayAnd(keys ...string) func(*driver) {
	return func(d *driver) { d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter", "2").keys(keys...) }
}

// mainScreens are those that are kept in every look.
func mainScreens() []scene {
	return []scene{
		{"welcome", setting{welcome: true}, func(*driver) {}},
		{"home", setting{}, func(d *driver) { everydayAnd("1", "a")(d); d.keys(linkedBank...).keys("G", "r") }},
		{"activity", setting{}, everydayAnd("down", "x", "down", "n", "for the party", "enter", "space", "down", "space")},
		{"filter", setting{}, everydayAnd("/", "coffee catt:x")},
		{"account", setting{}, everydayAnd("1", "enter")},
		{"receipt", setting{}, everydayAnd("down", "n", "birthday cake", "enter", "t", "family", "enter", "enter")},
		{"settings", setting{}, func(d *driver) { d.keys(twoBanks...).keys("g", "r", "4") }},
		{"keys", setting{}, everydayAnd("?")},
		{"palette", setting{}, everydayAnd(":", "sa")},
		{"unlink", setting{}, everydayAnd("1", "d")},
		{"credentials", setting{}, func(d *driver) { d.keys("wells", "enter", "plaid_test", "enter", "wrong", "enter", "wrong") }},
		{"code", setting{}, func(d *driver) { d.keys("chase", "enter", "plaid_test", "enter", "plaid_good", "enter", "1", "12") }},
		{"linked", setting{}, func(d *driver) { d.keys(linkedBank[:len(linkedBank)-1]...) }},
		{"failed", setting{}, func(d *driver) {
			d.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1205})
			d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter")
		}},
	}
}

// The main screens in many colours on dark and light, without any, and in ASCII. Styles are kept as
// text: {b} bold, {f} faint, {u} underlined, or a colour, as far as {/}.
func TestLooks(t *testing.T) {
	for _, s := range mainScreens() {
		d := newDriverIn(t, 80, 24, s.in)
		s.begin(d)
		for name, look := range map[string]Look{
			"dark":  {Profile: termenv.TrueColor, Dark: true},
			"light": {Profile: termenv.TrueColor},
			"mono":  {Profile: termenv.Ascii},
			"ascii": {Profile: termenv.Ascii, ASCII: true},
		} {
			a := d.app.(*app)
			a.stack.env.restyle(func(l *Look) { *l = look })
			a.drawn, a.last = "", ""
			if name == "ascii" {
				d.golden("look_" + s.name + "_ascii_80x24")
				continue
			}
			d.kept("look_"+s.name+"_"+name+"_80x24", tagged(d.lines(a.View())))
		}
	}
}

// sequence is a style as the terminal is told it.
var sequence = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// tagged is a frame with its styles as words.
func tagged(frame string) string {
	return sequence.ReplaceAllStringFunc(frame, func(s string) string {
		codes, words := strings.Split(sequence.FindStringSubmatch(s)[1], ";"), []string(nil)
		for len(codes) > 0 {
			word := map[string]string{"0": "/", "1": "b", "2": "f", "3": "i", "4": "u"}[codes[0]]
			taken := 1
			if codes[0] == "38" && len(codes) > 4 {
				word, taken = "#", 5
				for _, part := range codes[2:5] {
					n, _ := strconv.Atoi(part)
					word += strconv.FormatInt(int64(n|0x100), 16)[1:]
				}
			}
			if word == "" {
				word = strings.Join(codes, ";")
				taken = len(codes)
			}
			words, codes = append(words, word), codes[taken:]
		}
		return "{" + strings.Join(words, " ") + "}"
	})
}
