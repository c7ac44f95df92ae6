package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// completing is what may become of the word under the cursor. It is looked for when the person pauses,
// so that no letter waits for it.
type completing struct {
	search task[[]query.Completion]
	edits  int // counts up with every edit
	all    []query.Completion
	before string // the text that they complete
	took   int    // which of them stands in the line now, from 1
	want   bool   // the next ones that come are to be taken
	number rune   // of the saved filter that was just taken; 0 for none
}

// pause is how long nothing is typed before words are offered.
const pause = 150 * time.Millisecond

// paused tells that nothing was typed for a while after that many edits.
type paused struct{ at int }

func (p paused) come(time.Time) tea.Msg { return p }

// edited forgets what was offered for another text.
func (o *completing) edited() {
	o.search.stop()
	o.edits++
	o.all, o.took, o.want = nil, 0, false
}

// mostOffers is how many are shown at most.
const mostOffers = 8

// offer looks for what may become of the word under the cursor.
func (s *activityScreen) offer() tea.Cmd {
	text := s.query.value()
	at := len(string(s.query.text[:s.query.at]))
	if !s.filtering || !s.loaded || strings.TrimSpace(text) == "" {
		return nil
	}
	v, today := s.rows.all, plaidapi.DateOf(s.now())
	s.help.before = text
	return s.help.search.start(s.ctx, func(context.Context) ([]query.Completion, error) {
		return v.Complete(text, at, today, mostOffers), nil
	})
}

// offered takes over what was found.
func (s *activityScreen) offered(all []query.Completion) tea.Cmd {
	want := s.help.want
	s.help.all, s.help.took, s.help.want = all, 0, false
	s.SetSize(s.width, s.height)
	if want && len(all) > 0 {
		return s.complete()
	}
	return nil
}

// complete puts the next of what is offered in the place of the word under the cursor.
func (s *activityScreen) complete() tea.Cmd {
	o := &s.help
	if len(o.all) == 0 {
		o.want = true
		if o.search.running() {
			return nil
		}
		return s.offer()
	}
	c := o.all[o.took%len(o.all)]
	s.query.set(o.before[:c.From] + c.Text + o.before[c.To:])
	s.query.at = len([]rune(o.before[:c.From] + c.Text))
	o.took = o.took%len(o.all) + 1
	s.SetSize(s.width, s.height)
	s.rows.to(0)
	return s.search(rowKey{})
}

// foot is what stands below the rows: what is wrong with the query, what may become of it, and, while
// it is short, what can be typed.
func (s *activityScreen) foot() []string {
	if s.query.value() == "" && !s.filtering || s.aside != nil {
		return nil
	}
	var lines []string
	if told := s.told(); told != "" {
		const most = 2
		wrapped := s.theme.warning.wrap(told, s.width)
		lines = wrapped[:min(len(wrapped), most)]
	}
	if !s.filtering || s.tight() {
		return s.apart(lines)
	}
	if len(s.help.all) > 0 {
		lines = append(lines, s.drawOffers())
	}
	return s.apart(append(lines, s.hints()...))
}

// apart are lines with a blank one above, where there is room.
func (s *activityScreen) apart(lines []string) []string {
	if len(lines) == 0 || s.height < medium/4 {
		return lines
	}
	return append([]string{""}, lines...)
}

// told is what is wrong with the query, or what else there is to say of what was found.
func (s *activityScreen) told() string {
	if wrong := s.filter().Query.Mistakes(); len(wrong) > 0 {
		return wrong[0].Mistake
	}
	if near := s.rows.matched.Close(); len(near) > 0 && s.rows.found.Len() > 0 {
		return "No " + strings.Join(near, ", no ") + ": close spellings are shown."
	}
	return ""
}

// drawOffers is the line of what may become of the word under the cursor.
func (s *activityScreen) drawOffers() string {
	line := s.theme.strong.paint(s.keys.complete.Help().Key) + " "
	for i, c := range s.help.all {
		style := s.theme.faint
		if i+1 == s.help.took {
			style = s.theme.strong
		}
		if width(line)+2+width(c.Text) > s.width {
			break
		}
		line += "  " + style.paint(c.Text)
	}
	return line
}

// fewTerms is how many terms are so few that hints are of use.
const fewTerms = 3

// hints are what can be typed, as far as there is room.
func (s *activityScreen) hints() []string {
	if len(s.filter().Query.Terms()) >= fewTerms {
		return nil
	}
	saved := ""
	if len(s.rows.filters) > 0 && s.query.value() == "" {
		saved = s.savedLine()
	}
	switch {
	case (s.width < medium || s.height < 18) && saved != "":
		return []string{s.theme.faint.paint(saved)}
	case s.width < medium || s.height < 18:
		return s.theme.faint.each([]string{cut("words  >50  cat:travel  is:pending  since:oct  -this", s.width)})
	}
	lines := []string{
		left("words", 18) + "match name, note, tag or bank text; close spellings count",
		left("12.50  >50  <20", 18) + "an amount, or a limit; 40..60 is a range",
		"cat:travel  acct:0000  bank:tartan  tag:family  is:pending  is:in  is:out",
		"since:2026-01  until:oct  on:5nov        a leading - leaves things out",
	}
	if saved != "" {
		lines = append(lines, saved)
	}
	return s.theme.faint.each(lines)
}

// savedLine names the saved filters with their number keys.
func (s *activityScreen) savedLine() string {
	line := "saved "
	for i, f := range s.rows.filters[:min(len(s.rows.filters), mostQuick)] {
		next := "  " + number(i+1) + " " + cut(f.Name, 24)
		if width(line)+width(next) > s.width {
			break
		}
		line += next
	}
	return line
}

// saved is the name of the saved filter that the line has; empty when it has none.
func (s *activityScreen) saved() string {
	for _, f := range s.rows.filters {
		if f.Query == strings.TrimSpace(s.query.value()) {
			return f.Name
		}
	}
	return ""
}

// save asks for the name to save the filter under. One that is saved is forgotten.
func (s *activityScreen) save() (nav, tea.Cmd) {
	text := strings.TrimSpace(s.query.value())
	if text == "" || s.write.running() {
		return nav{}, nil
	}
	if name := s.saved(); name != "" {
		return nav{}, s.keep(ledger.SavedFilter{Name: name}, "The filter "+name+" is forgotten.")
	}
	s.aside = &aside{label: "save as", hint: "a name for this filter", does: "save", take: func(name string) (nav, tea.Cmd, string) {
		if name = strings.TrimSpace(name); name == "" {
			return nav{}, nil, "it needs a name"
		}
		return nav{}, s.keep(ledger.SavedFilter{Name: name, Query: text}, "Saved the filter "+name+"."), ""
	}}
	s.aside.set(text)
	s.aside.offer = true
	s.SetSize(s.width, s.height)
	return nav{}, nil
}

// keep writes a saved filter.
func (s *activityScreen) keep(f ledger.SavedFilter, done string) tea.Cmd {
	m := plaidapi.Mark{Subject: plaidapi.Subject{Name: f.Name}, Field: plaidapi.SavedFilter, Value: f.Query}
	return s.change(&s.write, "filter "+f.Name, s.takenBack(done), []plaidapi.Mark{m})
}
