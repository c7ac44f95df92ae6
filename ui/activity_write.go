package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// writeKey answers the keys that write about what is picked, or about the transaction under the
// cursor, and those that copy it.
func (s *activityScreen) writeKey(msg tea.KeyMsg) (nav, tea.Cmd) {
	k := s.keys
	switch {
	case s.rows.cursor >= s.rows.found.Len() || s.write.running():
	case key.Matches(msg, k.copy):
		return s.copyRow(s.rows.found, s.rows.cursor)
	case key.Matches(msg, k.copyAs):
		return open(newCopyAs(s.about(s.rows.found, s.rows.cursor), s.place())), nil
	case key.Matches(msg, k.category):
		return s.edit(categoryField()), nil
	case key.Matches(msg, k.note):
		return s.edit(noteField()), nil
	case key.Matches(msg, k.tags):
		return s.edit(tagsField()), nil
	case key.Matches(msg, k.rename):
		return s.edit(nameField()), nil
	case key.Matches(msg, k.leaveOut):
		of, wrong := s.subjects()
		if wrong != "" {
			return said(wrong), nil
		}
		about, done, changes := s.leaveOut(of)
		return nav{}, s.change(&s.write, about, done, changes)
	}
	return nav{}, nil
}

// edit opens the page that writes a field.
func (s *activityScreen) edit(f field) nav {
	of, wrong := s.subjects()
	if wrong != "" {
		return said(wrong)
	}
	return open(newEdit(f, of, s.place()))
}

// subjects are what is picked, or else the transaction under the cursor. What is wrong is empty
// unless they are too many.
func (s *activityScreen) subjects() (of []subject, wrong string) {
	v := s.rows.chosen
	switch {
	case v == nil:
		return subjects(s.rows.found, s.rows.cursor, s.rows.cursor+1), ""
	case v.Len() > mostSubjects:
		return nil, "These are too many to change at once. " + number(mostSubjects) + " is the most."
	}
	return subjects(v, 0, v.Len()), ""
}
