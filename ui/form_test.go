package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"tartan/plaidapi"
)

// press turns names and text into the keys a terminal would send.
func press(keys ...string) []tea.KeyMsg {
	named := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp,
		"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "space": tea.KeySpace, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"ctrl+a": tea.KeyCtrlA, "ctrl+c": tea.KeyCtrlC, "ctrl+e": tea.KeyCtrlE, "ctrl+f": tea.KeyCtrlF, "ctrl+g": tea.KeyCtrlG, "ctrl+k": tea.KeyCtrlK,
		"ctrl+o": tea.KeyCtrlO, "ctrl+r": tea.KeyCtrlR, "ctrl+s": tea.KeyCtrlS, "ctrl+t": tea.KeyCtrlT, "ctrl+u": tea.KeyCtrlU, "ctrl+w": tea.KeyCtrlW,
	}
	var all []tea.KeyMsg
	for _, k := range keys {
		if typ, is := named[k]; is {
			msg := tea.KeyMsg{Type: typ}
			if typ == tea.KeySpace {
				msg.Runes = []rune{' '}
			}
			all = append(all, msg)
			continue
		}
		for _, r := range k {
			all = append(all, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	return all
}

func paste(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}

func TestInputEditsAndNeverAlters(t *testing.T) {
	for _, c := range []struct {
		keys []tea.KeyMsg
		want string
	}{
		{press("  pass word  "), "  pass word  "},
		{press("abc", "left", "left", "X"), "aXbc"},
		{press("abc", "home", "delete", "end", "backspace"), "b"},
		{press("one two", "ctrl+w"), "one "},
		{press("one two", "ctrl+u"), ""},
		{press("one two", "home", "right", "ctrl+k"), "o"},
		{[]tea.KeyMsg{paste("s3cret\r\n")}, "s3cret"},
		{[]tea.KeyMsg{paste("a\x1b[31m\tb")}, "a[31mb"},
		{[]tea.KeyMsg{paste(strings.Repeat("x", 3*inputMost))}, strings.Repeat("x", inputMost)},
	} {
		var i input
		for _, k := range c.keys {
			i.key(k)
		}
		if i.value() != c.want {
			t.Errorf("typed %q, want %q", i.value(), c.want)
		}
	}
}

func TestInputShowsItsCursorAndHidesItsText(t *testing.T) {
	var i input
	i.set("correct horse battery staple")
	if got := i.view(10, true, true); strings.ContainsAny(got, "abcehlopr") || !strings.Contains(got, "▏") || width(got) > 10 {
		t.Errorf("a hidden field draws %q", got)
	}
	for cells := range 12 {
		if got := i.view(cells, true, false); cells > 0 && width(got) > cells {
			t.Errorf("%d cells wide in %d: %q", width(got), cells, got)
		}
	}
}

var credentials = []plaidapi.Field{{Label: "Online ID"}, {Label: "Password", Secret: true}, {Label: "PIN", Secret: true}}

func feed(f *form, keys []tea.KeyMsg) formEvent {
	last := ignored
	k := newKeys(nil)
	for _, msg := range keys {
		last = f.key(k, msg)
	}
	return last
}

func answers(f *form) []string {
	var all []string
	for _, a := range f.answers() {
		all = append(all, a.Reveal())
	}
	return all
}

func TestFormEnterLeadsThroughFieldsAndSendsFromTheLast(t *testing.T) {
	f := newForm(credentials)
	if feed(&f, press("enter")) != ignored {
		t.Error("an empty field was left")
	}
	if feed(&f, press("me", "enter", "pw", "enter", "1234")) == sent {
		t.Error("sent before the last enter")
	}
	if feed(&f, press("enter")) != sent {
		t.Error("enter on the last field did not send")
	}
	f.inputs[1].set("  pw ")
	if got := strings.Join(answers(&f), "|"); got != "me|  pw |1234" {
		t.Errorf("answers are %s", got)
	}
	f.wipe()
	if got := strings.Join(answers(&f), "|"); got != "me||" || f.at != 1 {
		t.Errorf("after wiping: %s, focus on %d", got, f.at)
	}
}

func TestFormNeverSendsWithAGap(t *testing.T) {
	f := newForm(credentials)
	if feed(&f, press("tab", "pw", "tab", "1234", "enter")) == sent || f.at != 0 {
		t.Errorf("sent without a user name, focus on %d", f.at)
	}
}

func TestFormPasteNeverSubmits(t *testing.T) {
	f := newForm(credentials[:1])
	if feed(&f, []tea.KeyMsg{paste("me\nenter\n")}) == sent {
		t.Error("a paste submitted")
	}
}

func TestFormChoiceStartsWithNothingChosen(t *testing.T) {
	device := []plaidapi.Field{{Options: []plaidapi.Option{{Label: "phone", Value: "p"}, {Label: "e-mail", Value: "e"}}}}
	f := newForm(device)
	if feed(&f, press("enter")) == sent {
		t.Error("enter approved a choice that nobody made")
	}
	if feed(&f, press("down", "down", "enter")) != sent || answers(&f)[0] != "e" {
		t.Error("moving and entering did not choose")
	}
	f = newForm(device)
	if feed(&f, press("1")) != sent || answers(&f)[0] != "p" {
		t.Error("a number did not pick directly")
	}
	if feed(&f, press("7")) == sent {
		t.Error("a number without an option did something")
	}
}

func TestFormSelectionsAreSentTogether(t *testing.T) {
	yes := []plaidapi.Option{{Label: "tomato", Value: "tomato"}, {Label: "potato", Value: "potato"}}
	f := newForm([]plaidapi.Field{{Label: "One?", Options: yes}, {Label: "Two?", Options: yes}})
	if feed(&f, press("x", "enter")) == sent || f.at != 0 || f.touched() {
		t.Error("enter approved a choice that nobody made")
	}
	if feed(&f, press("space", "enter")) == sent || f.at != 1 {
		t.Error("sent with a question open, or did not lead to it")
	}
	if feed(&f, press("enter")) == sent {
		t.Error("enter approved a choice that nobody made")
	}
	if feed(&f, press("down", "enter")) != sent {
		t.Error("the last answer did not send")
	}
	if got := strings.Join(answers(&f), "|"); got != "tomato|potato" {
		t.Errorf("answers are %s", got)
	}
}

func TestFormCodeIgnoresWhatIsOnlyForReading(t *testing.T) {
	f := newForm([]plaidapi.Field{{Label: "Code"}})
	f.inputs[0].apart = true
	feed(&f, press("12 3-4"))
	if answers(&f)[0] != "1234" {
		t.Errorf("code is %s", answers(&f)[0])
	}
}

func TestFormFitsWhereverItIsDrawn(t *testing.T) {
	many := make([]plaidapi.Option, 30)
	for i := range many {
		many[i] = plaidapi.Option{Label: strings.Repeat("wide ", 20), Detail: "detail"}
	}
	th := themeFor(Look{Profile: termenv.TrueColor, Dark: true})
	for _, fields := range [][]plaidapi.Field{credentials, {{Label: "q", Options: many}, {Label: "r", Options: many}}} {
		f := newForm(fields)
		feed(&f, press("down", "down"))
		for cells := 1; cells < 100; cells += 7 {
			for height := 1; height < 40; height++ {
				lines := f.view(&th, newKeys(nil), cells, height)
				if len(lines) > height {
					t.Fatalf("%d lines in %d", len(lines), height)
				}
				for _, line := range lines {
					if width(line) > max(cells, 30) {
						t.Fatalf("%d cells in %d: %q", width(line), cells, line)
					}
				}
			}
		}
	}
}

func TestFormSaysWhenOnlyCapitalsAreTyped(t *testing.T) {
	for typed, want := range map[string]bool{"SECRET": true, "AB": false, "Secret": false, "1234": false, "ÄÖ1": true} {
		f := newForm(credentials)
		feed(&f, press("me", "enter", typed))
		if got := f.capitals(); got != want {
			t.Errorf("%s: %v", typed, got)
		}
	}
	f := newForm(credentials)
	feed(&f, press("SHOUT"))
	if f.capitals() {
		t.Error("what is not secret is looked at")
	}
}

func TestFormLettersOfACodeStandApart(t *testing.T) {
	i := input{apart: true}
	for _, k := range press("12-3", "left") {
		i.key(k)
	}
	if got := i.view(20, true, false); got != "1 2▏ 3" || i.value() != "123" {
		t.Errorf("%q is drawn as %q", i.value(), got)
	}
	if got := i.view(20, true, true); got != "• •▏ •" {
		t.Errorf("hidden it is drawn as %q", got)
	}
}
