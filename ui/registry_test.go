package ui

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"tartan/plaidapi/sandbox"
)

// scene is a screen in a state: how a person gets there.
type scene struct {
	name  string
	in    setting
	begin func(d *driver)
}

// linkedBank links a bank of two accounts that asks for a code, and wants a new sign-in once it is
// refreshed.
var linkedBank = []string{"gingham cred", "enter", "joint", "enter", "plaid_good", "enter", "1", "1234", "enter", "enter"}

// scenes are all screens in the states in which their keys differ.
func scenes() []scene {
	by := func(keys ...string) func(*driver) { return func(d *driver) { d.keys(keys...) } }
	with := func(keys ...string) func(*driver) {
		return by(append([]string{"wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter"}, keys...)...)
	}
	signedOut := func(keys ...string) func(*driver) { return by(append(slices.Clone(linkedBank), keys...)...) }
	faulty := func(code int) func(*driver) {
		return func(d *driver) {
			d.bank.Fault(sandbox.Fault{Path: "/connect", Code: code})
			d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter")
		}
	}
	open := sealed
	open.kept.Shut = nil
	lost := setting{kept: memOptions{Attempts: cutOff("Citi", "Chase")}}
	return []scene{
		{"banks with pages", setting{page: true}, by()},
		{"page", setting{page: true}, by("enter")},
		{"page that has lapsed", setting{page: true}, func(d *driver) { d.keys("enter").later(time.Hour).passes(3) }},
		{"page of a bank that is linked", setting{page: true}, func(d *driver) { d.grantedTwice() }},
		{"page whose grant was lost", setting{page: true}, func(d *driver) { d.grantedInVain() }},
		{"welcome", setting{welcome: true}, by()},
		{"real banks", setting{welcome: true}, by("down", "enter")},
		{"no banks", setting{}, by("esc", "esc")},
		{"home", setting{}, with()},
		{"rename", setting{}, with("e")},
		{"home signed out", setting{}, signedOut("r")},
		{"home with a link cut off", lost, with()},
		{"banks", setting{}, by()},
		{"banks found", setting{}, by("first")},
		{"credentials", setting{}, by("wells", "enter", "plaid_test")},
		{"question", setting{}, by("bofa", "enter", "plaid_test", "enter", "plaid_good", "enter")},
		{"device", setting{}, by("chase", "enter", "plaid_test", "enter", "plaid_good", "enter")},
		{"code", setting{}, by("chase", "enter", "plaid_test", "enter", "plaid_good", "enter", "1")},
		{"code to send again", setting{}, func(d *driver) {
			d.keys("chase", "enter", "plaid_test", "enter", "plaid_good", "enter", "1").later(resendAfter)
		}},
		{"selections", setting{}, by("citi", "enter", "plaid_selections", "enter", "plaid_good", "enter")},
		{"linked", setting{}, by("wells", "enter", "plaid_test", "enter", "plaid_good", "enter")},
		{"working", setting{}, func(d *driver) {
			d.keys("wells", "enter", "plaid_test", "enter", "plaid_good").types("enter").until("✓ ")
		}},
		{"not saved", setting{}, func(d *driver) {
			d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
			d.refuse(errors.New("no space"))
			d.keys("enter")
			d.refuse(nil)
		}},
		{"linked already", setting{}, signedOut("a", "gingham cred", "enter")},
		{"linked twice", setting{}, func(d *driver) {
			d.older("Joint Checking")
			d.keys(gingham...)
		}},
		{"trouble", setting{}, func(d *driver) {
			with()(d)
			d.bank.Fault(sandbox.Fault{Path: "/balance", Code: 1205})
			d.keys("r", "f")
		}},
		{"banks' notes", setting{}, by("ctrl+g")},
		{"failed", setting{}, faulty(1205)},
		{"failed for good", setting{}, faulty(1208)},
		{"activity", setting{}, with("2")},
		{"filtering", setting{}, with("2", "/", "t")},
		{"filtered", setting{}, with("2", "/", "t", "enter")},
		{"account", setting{}, with("enter")},
		{"selected", setting{}, with("2", "space")},
		{"month", setting{}, with("2", "m")},
		{"editing tags", setting{}, with("2", "t")},
		{"editing a category", setting{}, with("2", "c")},
		{"copy as", setting{}, with("2", "Y")},
		{"transaction", setting{}, with("2", "enter")},
		{"settings on a bank", setting{}, signedOut("r", "4")},
		{"settings on a choice", setting{}, with("4", "G", "k")},
		{"settings on the last row", setting{real: true}, with("4", "G")},
		{"requests", setting{}, with("4", "j", "j", "j", "j", "j", "enter")},
		{"unlink", setting{}, with("d")},
		{"forget", setting{}, with("4", "G", "enter", "forget")},
		{"help", setting{}, with("?")},
		{"help narrowed", setting{}, with("?", "/", "h")},
		{"palette", setting{}, with(":")},
		{"locked", setting{}, with("L")},
		{"locked file", open, by("esc", "L", "open")},
		{"passphrase", sealed, by()},
		{"place", homeless(), by()},
		{"place in a file", homeless(), by("G", "k", "enter", "open")},
		{"move", setting{}, by("esc", "K")},
		{"API keys", setting{real: true, kept: memOptions{Keyless: true}}, by("client", "enter", "secret")},
	}
}

// set makes the scene anew.
func (s scene) set(t testing.TB) *driver {
	d := newDriverIn(t, 100, 30, s.in)
	s.begin(d)
	return d
}

func (d *driver) chrome() chrome { return d.app.(*app).stack.top().Chrome() }

// does reports whether a key changes what is seen, or has anything done.
func (d *driver) does(name string) bool {
	d.clock.pass(time.Second)
	d.app.(*app).drawn = ""
	before := d.text()
	msg, _ := strike(name)
	_, cmd := d.app.Update(msg)
	return cmd != nil || d.text() != before
}

// What the footer names works: pressed as it is, or once the cursor has moved off the first row.
func TestEveryKeyThatIsListedDoesSomething(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			c := s.set(t).chrome()
			if len(c.keys) == 0 {
				t.Error("it offers nothing")
			}
			all := c.keys
			if s.name == "home" || s.name == "activity" {
				k := newKeys(nil)
				all = append(slices.Clone(all), k.everywhere(c)...)
			}
			for _, b := range all {
				h := b.Help()
				if !b.Enabled() || h.Key == "" || h.Desc == "" {
					t.Errorf("it lists %v without words", b.Keys())
				}
				works := func(before ...string) bool {
					return slices.ContainsFunc(b.Keys(), func(name string) bool { return s.set(t).keys(before...).does(name) })
				}
				if !works() && (c.typing || !works("down")) {
					t.Errorf("%s %s does nothing", h.Key, h.Desc)
				}
			}
		})
	}
}

// unlisted are keys that work where another one is listed for the same, or where the page itself
// names them.
var unlisted = map[string][]string{
	"no banks":    {"open", "send", "choose"},
	"device":      {"accounts", "activity", "select", "choose"},
	"selections":  {"accounts", "activity", "fill-in"},
	"linked":      {"back", "clear", "choose"},
	"transaction": {"open", "send"},
}

// What works is listed: any other key of the registry does nothing where letters are no text.
func TestEveryKeyThatDoesSomethingIsListed(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			k := newKeys(nil)
			d := s.set(t)
			c := d.chrome()
			if !c.typing {
				d.nothingElse(s, k.deeds(nil), append(slices.Clone(c.keys), k.everywhere(c)...))
			}
		})
	}
}

// nothingElse presses every key that is not known to work in a scene.
func (d *driver) nothingElse(s scene, deeds []deed, known []key.Binding) {
	k := newKeys(nil)
	moving := slices.ContainsFunc(known, func(b key.Binding) bool { return slices.Contains(b.Keys(), k.down.Keys()[0]) })
	for _, deed := range deeds {
		if slices.Contains(unlisted[s.name], cmp.Or(deed.name, deed.does)) {
			continue
		}
		for _, name := range spelt(deed.keys) {
			ours := func(b key.Binding) bool {
				return slices.ContainsFunc(b.Keys(), func(n string) bool { return same(deeds, n, name) })
			}
			if slices.ContainsFunc(known, ours) || moving && slices.ContainsFunc(k.moves(), func(b key.Binding) bool { return slices.Contains(b.Keys(), name) }) {
				continue
			}
			if before := d.text(); d.does(name) {
				d.t.Errorf("%q works and is not listed\n%s%s", name, before, d.text())
				d = s.set(d.t)
			}
		}
	}
}

// same reports whether two keys do the same deed, or are the same.
func same(deeds []deed, a, b string) bool {
	return a == b || slices.ContainsFunc(deeds, func(d deed) bool {
		all := spelt(d.keys)
		return slices.Contains(all, a) && slices.Contains(all, b)
	})
}

// unused is the way back between fields, which is the other way of one that is offered.
var unused = []string{"previous"}

// Every deed of the registry is offered somewhere.
func TestEveryDeedIsOffered(t *testing.T) {
	k := newKeys(nil)
	var offered []key.Binding
	for _, s := range scenes() {
		c := s.set(t).chrome()
		offered = append(append(offered, c.keys...), k.everywhere(c)...)
	}
	for _, d := range k.deeds(nil) {
		alike := 0 // deeds of the same key are told apart by their words
		for _, other := range k.deeds(nil) {
			if other.label == d.label {
				alike++
			}
		}
		is := slices.ContainsFunc(offered, func(b key.Binding) bool {
			return b.Help().Key == d.label && slices.Contains(spelt(d.keys), b.Keys()[0]) && (alike == 1 || b.Help().Desc == d.does)
		})
		name := d.name
		if name == "" {
			name = d.does
		}
		if excused := slices.Contains(unused, name); is == excused {
			t.Errorf("%s (%s): offered %v, listed as unused %v", name, strings.Join(d.keys, " "), is, excused)
		}
	}
}
