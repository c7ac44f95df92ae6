package ui

import (
	"fmt"
	"strings"

	"tartan/plaidapi"
)

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
	if !ok || s.kind() == plaidapi.Device {
		return nil
	}
	answers, which := h.Answers, ""
	if s.kind() == plaidapi.Credentials {
		at := s.hint % len(s.practice)
		h = s.practice[at]
		answers = []string{h.Username + " / " + h.Password}
		if h.PIN != "" {
			answers[0] += " / " + h.PIN
		}
		if len(s.practice) > 1 {
			which = fmt.Sprintf("%d of %d", at+1, len(s.practice))
			if h.About != "" {
				which += ": " + h.About
			}
		}
	}
	if len(answers) == 0 {
		return nil
	}
	given, fill := strings.Join(answers, ", "), s.keys.fill.Help().Key+" "+s.keys.fill.Help().Desc
	intro := "the answers are"
	if s.kind() != plaidapi.Credentials && len(answers) == 1 {
		intro = "the answer is"
	}
	line := fitting(room, "Practice bank: "+intro+"  "+given+"     "+fill, "Practice: "+given+"   "+fill, given+"  "+fill)
	lines := []string{line}
	if line == "" {
		lines = wrap("Practice: "+given+"   "+fill, room)
	}
	return append(lines, s.theme.faint.wrap(which, room)...)
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
