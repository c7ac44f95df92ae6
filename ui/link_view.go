package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

func (s *linkScreen) Chrome() chrome {
	w := s.words(s.width)
	c := chrome{crumbs: []string{"Link a bank", s.bank()}, right: w.place, typing: s.here.form.typing() || s.opening()}
	if s.request.Mode != plaidapi.Add {
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
	send, esc := as(k.submit, w.send), only(k.back)
	fields := s.here.form.fields
	if s.here.form.choosing() {
		return s.choiceKeys(send, esc)
	}
	var all []key.Binding
	if len(fields) > 1 && s.width >= small {
		all = append(all, k.nextField)
	}
	all = append(all, send)
	if s.fromDevice() && s.codeAge() >= resendAfter {
		all = append(all, k.resend)
	}
	if s.otherWays() {
		all = append(all, k.other)
	}
	all = append(all, as(k.show, s.showing()))
	if s.practiceWords(s.width) != nil {
		all = append(all, k.fill)
	}
	return append(all, esc)
}

// choiceKeys are those of options. What stands before the last one leaves first: where help is that,
// the way back stands among the first.
func (s *linkScreen) choiceKeys(send, esc key.Binding) []key.Binding {
	k, f := s.keys, &s.here.form
	all, more := []key.Binding{k.walk, k.choose, send}, []key.Binding{as(k.nextField, "next question")}
	switch {
	case len(f.fields) == 1:
		all, more = []key.Binding{k.choosing, send}, nil
	case s.width < small:
		all = []key.Binding{k.choose, send, k.walk}
	}
	if len(f.fields) == 1 && !f.narrows() {
		more = append(more, numbers(len(f.fields[0].Options)))
	}
	if s.practiceWords(s.width) != nil {
		more = append(more, k.fill)
	}
	if f.narrows() || s.width < medium { // help is text there, or leaves for the way back
		return slices.Concat(all, more, []key.Binding{esc})
	}
	return slices.Concat(all, []key.Binding{esc}, more, []key.Binding{k.help})
}

// showing is what the key that shows or hides what is typed would do now.
func (s *linkScreen) showing() string {
	secret := s.kind() == plaidapi.Credentials
	does := "hide"
	if secret != s.here.form.flip {
		does = "show"
	}
	switch {
	case s.width < medium:
		return does
	case secret:
		return does + " password"
	}
	return does + " what I type"
}

// View stacks title, form, what went wrong, where this stands, advice and the practice answers.
func (s *linkScreen) View() string {
	return sheet(s.height, inset(s.width), s.page()...)
}

// page is what View stacks; clicks are about the form in it.
func (s *linkScreen) page() []para {
	room := s.width - inset(s.width)
	form, edge := s.form(room)
	rows, at := texts(form)
	w := s.words(room)
	var told, advice []string
	for _, line := range w.told {
		told = append(told, wrap(line, room)...)
	}
	for _, line := range w.advice {
		advice = append(advice, s.theme.faint.wrap(line, room)...)
	}
	return []para{
		{lines: s.theme.strong.wrap(w.title, room), gap: min(2, s.height/10)},
		{lines: rows, gap: 1, out: edge, rows: at},
		{lines: s.refusal(room), gap: 1},
		{lines: told, keep: 1, gap: 2},
		{lines: advice, keep: 3, gap: 2},
		{lines: s.practiceWords(room), keep: 2, gap: 2},
		{lines: s.practiceAbout(room), keep: 4},
	}
}

// form draws the fields in what title and message leave, and tells how far they hang out.
func (s *linkScreen) form(room int) (rows []formRow, out int) {
	f := &s.here.form
	f.alone = s.kind() == plaidapi.Selection && s.width < medium
	if len(f.fields) == 1 && f.choosing() {
		out = min(2, inset(s.width))
	}
	fixed := len(wrap(s.words(room).title, room)) + len(s.refusal(room))
	return f.draw(s.theme, s.keys, room+out, s.height-fixed), out
}

// refusal is the message about the last try; where the header has no room for it, what is under way.
func (s *linkScreen) refusal(room int) []string {
	if s.width < small && s.sending() {
		return s.theme.faint.wrap("Under way: "+s.words(room).busy+".", room)
	}
	if s.message == "" {
		return nil
	}
	return s.theme.danger.wrap("! "+s.message, room)
}

// click puts the focus where it is clicked, chooses there, and sends what is clicked twice.
func (s *linkScreen) click(msg tea.MouseMsg) tea.Cmd {
	if s.sending() || !pointed(msg) {
		return nil
	}
	rows, _ := s.form(s.width - inset(s.width))
	at := rowAt(s.height, msg.Y, s.page()...)
	if at < 0 || s.here.form.click(rows[at]) != sent {
		return nil
	}
	return s.send()
}
