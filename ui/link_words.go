package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"tartan/plaidapi"
)

// words are what the link screen says around a form.
type words struct {
	place  string // in the header
	title  string
	advice []string
	send   string // what Enter does
	busy   string // while the answer is under way
}

// passed names the step that an accepted answer was, for the list of what has been done.
func passed(k plaidapi.Kind) string {
	switch k {
	case plaidapi.Credentials:
		return "Signed in"
	case plaidapi.Device:
		return "Code sent"
	case plaidapi.Code:
		return "Code accepted"
	}
	return "Answer accepted"
}

// refusal says that a bank did not take an answer. Nothing is lost by it.
func refusal(k plaidapi.Kind) string {
	switch k {
	case plaidapi.Code:
		return "That code was not accepted. Nothing is lost."
	case plaidapi.Selection:
		return "Those answers were not accepted. Nothing is lost."
	case plaidapi.Question:
		return "That answer was not accepted. Nothing is lost."
	}
	return "That was not accepted. Nothing is lost."
}

// words is the row of the table for the challenge on screen.
func (s *linkScreen) words() words {
	challenge := s.here.step.Challenge
	bank := s.bank()
	switch challenge.Kind {
	case plaidapi.Credentials:
		return s.credentialWords()
	case plaidapi.Question:
		title := bank + " asks"
		if slices.ContainsFunc(s.done, func(w worked) bool { return w.label == passed(plaidapi.Question) }) {
			title += " one more question"
		}
		return words{
			"3 of 4  confirm it is you", title,
			[]string{"Answer exactly as you set it up with the bank.", "After several wrong answers a bank may lock the account."},
			"send", "sending the answer",
		}
	case plaidapi.Device:
		return words{
			"3 of 4  confirm it is you", "Where should the bank send your code?",
			[]string{"Only the bank knows the full number or address."},
			"send code", "asking for a code",
		}
	case plaidapi.Code:
		from := challenge.Prompt
		if s.again > 0 {
			from += ", " + count(s.again+1, "time")
		}
		return words{
			"3 of 4  confirm it is you", "Enter the code",
			[]string{from, "Codes often expire within a few minutes. Nothing is lost if this one does."},
			"send", "sending the code",
		}
	case plaidapi.Selection:
		n := len(s.here.form.fields)
		left := n
		for i := range n {
			if s.here.form.filled(i) {
				left--
			}
		}
		title := bank + " asks " + count(n, "question")
		return words{"3 of 4  confirm it is you", title, []string{fmt.Sprintf("%d of %d answered", n-left, n)}, "send", "sending the answers"}
	}
	return words{place: "2 of 4  sign in", title: bank, send: "continue", busy: "opening the sign-in"}
}

func (s *linkScreen) credentialWords() words {
	w := words{"2 of 4  sign in", "Sign in to " + s.bank(), []string{
		"What tartan asks for   balances, and transactions as far back as they go",
		"What it cannot do      move money or change details",
		"Your password          goes to the bank once, then is forgotten",
	}, "sign in", "signing in"}
	if s.request.Mode == plaidapi.Update {
		w.title = "Sign in again to " + s.bank()
		w.advice[0] = "What is kept           everything fetched so far"
	}
	if s.width < medium {
		w.advice = []string{"Read only. Your password is used once, then forgotten."}
	}
	if s.width < small {
		w.advice = []string{"Read only. Used once, then forgotten."}
	}
	return w
}

func (s *linkScreen) Chrome() chrome {
	w := s.words()
	c := chrome{crumbs: []string{"Link a bank", s.bank()}, right: w.place, typing: s.here.form.typing() || s.opening()}
	if s.request.Mode == plaidapi.Update {
		c.crumbs[0] = "Fix sign-in"
	}
	if s.width < small {
		c.right, _, _ = strings.Cut(w.place, "  ")
		c.right = strings.ReplaceAll(c.right, " of ", "/")
	}
	switch {
	case s.sending():
		c.busy = w.busy
		c.keys = []key.Binding{as(only(s.keys.back), "stop waiting")}
		return c
	case s.opening():
		c.busy = w.busy
		c.keys = []key.Binding{only(s.keys.back)}
		return c
	}
	c.keys = s.footer(w)
	return c
}

// opening reports whether there is no form yet, because the bank has to be asked for one. What is
// typed then is not meant for the program.
func (s *linkScreen) opening() bool { return s.begin.running() && len(s.here.form.fields) == 0 }

// footer lists the keys that work on the challenge on screen.
func (s *linkScreen) footer(w words) []key.Binding {
	k := s.keys
	send := as(k.submit, w.send)
	esc := only(k.back)
	switch {
	case s.kind() == plaidapi.Device:
		return []key.Binding{k.choosing, send, esc, k.help}
	case s.kind() == plaidapi.Selection:
		return []key.Binding{k.walk, k.choose, as(k.nextField, "next question"), send, esc, k.help}
	case s.fromDevice():
		return []key.Binding{send, k.resend, k.other, esc}
	}
	all := []key.Binding{send}
	if len(s.here.form.fields) > 1 {
		all = []key.Binding{k.nextField, send}
	}
	if s.kind() == plaidapi.Credentials {
		show := as(k.show, "show password")
		if s.here.form.flip {
			show = as(k.show, "hide password")
		}
		all = append(all, show)
	} else if s.kind() == plaidapi.Question {
		show := as(k.show, "hide what I type")
		if s.here.form.flip {
			show = as(k.show, "show what I type")
		}
		all = append(all, show)
	}
	if s.practiceWords(s.width) != nil {
		all = append(all, k.fill)
	}
	return append(all, esc)
}

// View stacks title, form, what went wrong, advice and the practice answers.
func (s *linkScreen) View() string {
	w := s.words()
	indent := inset(s.width)
	room := s.width - indent
	var message []string
	if s.message != "" {
		message = s.theme.danger.wrap("! "+s.message, room)
	}
	var advice []string
	for _, line := range w.advice {
		advice = append(advice, s.theme.faint.wrap(line, room)...)
	}
	title := s.theme.strong.wrap(w.title, room)
	fixed := len(title) + len(message)
	return sheet(s.height, indent,
		para{lines: title, gap: min(2, s.height/10)},
		para{lines: s.here.form.view(s.theme, s.keys, room, s.height-fixed), gap: 1},
		para{lines: message, gap: 1},
		para{lines: advice, keep: 2, gap: 2},
		para{lines: s.practiceWords(room), keep: 1, gap: 2},
	)
}

// login is the practice login that is being used: the one whose user name was typed, else the one
// that is offered.
func (s *linkScreen) login() (h Hint, ok bool) {
	first := s.here
	if len(s.before) > 0 {
		first = s.before[0]
	}
	for _, h := range s.practice {
		if len(first.form.inputs) > 0 && first.form.inputs[0].value() == h.Username {
			return h, true
		}
	}
	if len(s.practice) == 0 {
		return Hint{}, false
	}
	return s.practice[s.hint%len(s.practice)], true
}

// practiceWords tell the answers of the practice bank, where there are any.
func (s *linkScreen) practiceWords(room int) []string {
	h, ok := s.login()
	fill := "   " + s.keys.fill.Help().Key + " " + s.keys.fill.Help().Desc
	switch {
	case !ok, s.kind() == plaidapi.Device:
		return nil
	case s.kind() != plaidapi.Credentials:
		if len(h.Answers) == 0 {
			return nil
		}
		return wrap("Practice: "+strings.Join(h.Answers, ", ")+fill, room)
	}
	h = s.practice[s.hint%len(s.practice)]
	text := "Practice: " + h.Username + " / " + h.Password
	if h.PIN != "" {
		text += " / " + h.PIN
	}
	text += fill
	if len(s.practice) > 1 {
		text += fmt.Sprintf(" (%d of %d", s.hint%len(s.practice)+1, len(s.practice))
		if h.About != "" {
			text += ": " + h.About
		}
		text += ")"
	}
	return wrap(text, room)
}

// fillIn types the practice login for the person, the next one each time it is asked; later its
// answers.
func (s *linkScreen) fillIn() {
	h, ok := s.login()
	if !ok || s.kind() == plaidapi.Device {
		return
	}
	answers := h.Answers
	if s.kind() == plaidapi.Credentials {
		if s.here.form.gap() < 0 { // filled in before: the next one
			s.hint++
		}
		h = s.practice[s.hint%len(s.practice)]
		answers = []string{h.Username, h.Password, h.PIN}
	}
	for i, answer := range answers[:min(len(answers), len(s.here.form.fields))] {
		s.here.form.fill(i, answer)
	}
	s.here.form.focus(len(s.here.form.fields) - 1)
}
