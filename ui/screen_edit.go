package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// editScreen writes one field of one transaction, or of all that are picked.
type editScreen struct {
	env
	field
	of            []subject
	from          []string // where the list is
	before        string   // what the line began with
	text          input
	all           []string // known words
	list          list     // of those that fit what is typed
	fits          []string
	moved         bool // the person chose one of them
	read          task[[]string]
	write         task[string]
	err           error
	width, height int
}

func newEdit(f field, of []subject, from []string) func(env) screen {
	return func(e env) screen {
		s := &editScreen{env: e, field: f, of: of, from: from, before: f.before(of)}
		s.text.set(s.before)
		return s
	}
}

func (s *editScreen) Init() tea.Cmd {
	if !s.lists {
		return nil
	}
	l, f := s.ledger, s.field
	return s.read.start(s.ctx, func(ctx context.Context) ([]string, error) { return f.known(ctx, l) })
}

func (s *editScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.fits), max(0, height-s.listAt()-s.air()))
}

func (s *editScreen) Chrome() chrome {
	c := chrome{crumbs: append(slices.Clone(s.from), s.title), typing: true}
	c.keys = []key.Binding{as(s.keys.submit, "save")}
	if len(s.fits) > 0 {
		c.keys = append(c.keys, s.keys.choosing)
	}
	if len(s.fits) > 0 && s.many {
		c.keys = append(c.keys, s.keys.complete)
	}
	c.keys = append(c.keys, as(only(s.keys.back), "leave it as it was"))
	if s.write.running() {
		c.busy = "saving"
	}
	return c
}

func (s *editScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]string]:
		if s.read.take(msg) {
			s.all = msg.value // without them, the person's own words still do
			s.fit()
		}
	case reply[string]:
		if s.write.take(msg) {
			if s.err = msg.err; s.err == nil {
				return nav{pop: 1, say: msg.value}, nil
			}
		}
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		if on, again := s.list.click(msg, msg.Y-s.listAt()); on {
			s.moved = true
			if again {
				return nav{}, s.save()
			}
			return nav{}, nil
		}
		s.list.wheel(msg)
	}
	return nav{}, nil
}

func (s *editScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case !msg.Paste && key.Matches(msg, only(s.keys.back)):
		return back, nil
	case s.write.running():
		return nav{}, nil
	case msg.Paste:
	case key.Matches(msg, s.keys.submit):
		return nav{}, s.save()
	case key.Matches(msg, s.keys.choosing):
		if s.moved {
			s.list.move(s.keys, msg)
		}
		s.moved = len(s.fits) > 0
		return nav{}, nil
	case s.many && key.Matches(msg, s.keys.complete):
		s.complete()
		return nav{}, nil
	}
	if s.text.key(msg) {
		s.err = nil
		s.fit()
	}
	return nav{}, nil
}

// word is what is being typed: all of the line, or behind its last comma.
func (s *editScreen) word() string {
	text := s.text.value()
	if s.many {
		text = text[strings.LastIndex(text, ",")+1:]
	}
	return strings.TrimSpace(text)
}

// fit finds the known words that begin as what is typed does, then those that have it within them,
// and the new one that it would be. Until something is typed, all fit.
func (s *editScreen) fit() {
	word := strings.ToLower(s.word())
	if s.text.value() == s.before && !s.many {
		word = ""
	}
	var within []string
	s.fits, s.moved = nil, false
	have := tagList(s.text.value())
	for _, known := range s.all {
		switch folded := strings.ToLower(known); {
		case s.many && slices.Contains(have, known):
		case strings.HasPrefix(folded, word):
			s.fits = append(s.fits, known)
		case strings.Contains(folded, word):
			within = append(within, known)
		}
	}
	s.fits = append(s.fits, within...)
	if !s.many && word != "" {
		s.moved = true // enter takes the first; what is typed itself is the last
		if !slices.ContainsFunc(s.fits, func(known string) bool { return strings.EqualFold(known, word) }) {
			s.fits = append(s.fits, s.word())
		}
	}
	s.list.cursor, s.list.from = 0, 0
	s.SetSize(s.width, s.height)
}

// complete puts the word under the cursor in the place of what is typed.
func (s *editScreen) complete() {
	if len(s.fits) == 0 {
		return
	}
	text, word := s.text.value(), s.fits[s.list.cursor]
	before := strings.TrimSpace(text[:strings.LastIndex(text, ",")+1])
	if before != "" {
		before += " "
	}
	s.text.set(before + word + ", ")
	s.fit()
}

// save writes what is typed, or the word that was chosen.
func (s *editScreen) save() tea.Cmd {
	if s.moved {
		if s.many {
			s.complete()
		} else {
			s.text.set(s.fits[s.list.cursor])
		}
	}
	about, done, changes := s.changes(&s.env, s.of, s.before, s.text.value())
	return s.change(&s.write, about, done, changes)
}

// air is how many blank lines a page has room for at the places that want one.
func (s *editScreen) air() int {
	if s.height >= 17 {
		return 1
	}
	return 0
}

// listAt is the line of the list of words.
func (s *editScreen) listAt() int { return len(s.top()) }

// top is what stands above the words: what is written about, the line, and what it means.
func (s *editScreen) top() []string {
	indent := blank(inset(s.width))
	room := s.width - 2*inset(s.width)
	air := make([]string, s.air())
	title := s.title + " of " + together(s.of)
	spare := ""
	if len(s.of) == 1 {
		t := &s.of[0].bank
		spare = day(t.Date, plaidapi.DateOf(s.now())) + "  " + s.amount(t.Amount)
	}
	lines := append(air, indent+ends(s.theme.strong.paint(cut(title, room-width(spare)-2)), s.theme.faint.paint(spare), room))
	lines = append(lines, air...)
	lines = append(lines, indent+s.theme.accent.paint("│ ")+s.text.view(room-3, true, false))
	lines = append(lines, air...)
	switch {
	case s.err != nil:
		lines = append(lines, s.indented(s.theme.danger.wrap("! "+inShort(s.err), room))...)
	default:
		lines = append(lines, s.indented(s.theme.faint.wrap(s.hint, room))...)
	}
	return append(lines, air...)
}

// indented are lines at the place of a page's text.
func (s *editScreen) indented(lines []string) []string {
	for i := range lines {
		lines[i] = blank(inset(s.width)) + lines[i]
	}
	return lines
}

func (s *editScreen) View() string {
	indent := blank(inset(s.width))
	lines := s.top()
	lines = append(lines, s.list.view(func(i int, current bool) string {
		word := cut(s.fits[i], s.width-2*inset(s.width)-2)
		if !slices.Contains(s.all, s.fits[i]) {
			word = cut(s.fits[i]+"  as a new one", s.width-2*inset(s.width)-2)
		}
		if current && s.moved {
			return indent + s.theme.accent.paint("› ") + s.theme.selected.paint(word)
		}
		return indent + "  " + word
	})...)
	return strings.Join(fit(s.height, para{lines: lines}), "\n")
}
