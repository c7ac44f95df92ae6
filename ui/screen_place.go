package ui

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// placeScreen chooses where access to banks is kept: at the start, where no place was found, and
// later to move it.
type placeScreen struct {
	env
	why           error // why one must be chosen; nil where access is only moved
	choices       []choice
	list          list
	asking        bool  // the fields of a new passphrase are on screen
	entry         entry // of a passphrase; without fields for the other places
	width, height int
}

// choice is one place.
type choice struct {
	place        plaidapi.AccessPlace
	label, about string
}

// newPlace asks where access is to be kept, because it could be kept nowhere yet.
func newPlace(why error) func(env) screen {
	return func(e env) screen {
		return &placeScreen{env: e, why: why, choices: []choice{
			{plaidapi.InKeyring, "Try the keyring again", "it may be locked, or waiting for its password"},
			{plaidapi.InFile, "Keep it in a sealed file", "a passphrase opens it, asked for once a run"},
			{plaidapi.InMemory, "For this run only", forThisRun(e.practice)},
		}}
	}
}

// newMove changes the place. Nothing is lost by it.
func newMove(e env) screen {
	now := e.ledger.Access().Place
	s := &placeScreen{env: e, choices: []choice{
		{plaidapi.InKeyring, "In the system keyring", "your session opens it, or its own password"},
		{plaidapi.InFile, "In a sealed file", "a passphrase opens it, asked for once a run"},
	}}
	if now == plaidapi.InMemory {
		s.choices = append(s.choices, choice{now, "For this run only", forThisRun(e.practice)})
	}
	s.list.resize(len(s.choices), len(s.choices))
	s.list.to(slices.IndexFunc(s.choices, func(c choice) bool { return c.place == now }))
	return s
}

// forThisRun says what becomes of links that are kept nowhere.
func forThisRun(practice bool) string {
	if practice {
		return "links are forgotten when tartan ends"
	}
	return "links end at their banks when tartan ends"
}

func (s *placeScreen) Init() tea.Cmd { return nil }

func (s *placeScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.choices), len(s.choices))
}

func (s *placeScreen) Chrome() chrome {
	k := s.keys
	leave := only(k.back)
	if s.why != nil && !s.asking {
		leave = k.quit
	}
	c := chrome{
		crumbs: []string{"Where access is kept"}, typing: s.asking, shut: s.why != nil,
		keys: []key.Binding{k.choosing, as(k.submit, "continue"), leave, k.help},
	}
	switch {
	case s.entry.call.running():
		c.busy, c.keys = "moving access", []key.Binding{as(only(k.back), "stop waiting")}
	case s.asking:
		c.keys = []key.Binding{k.nextField, as(k.submit, "keep it there"), as(k.show, "show or hide"), leave}
	}
	return c
}

func (s *placeScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		if s.entry.call.take(msg) {
			return s.chosen(msg.err), nil
		}
	case lookup:
		return nav{}, s.entry.expire(&s.env, msg)
	case dropped:
		s.entry.form.clear()
	case tea.KeyMsg:
		return s.key(msg)
	}
	return nav{}, nil
}

func (s *placeScreen) chosen(err error) nav {
	switch {
	case err != nil && s.why != nil && !s.asking:
		s.why, s.entry.said = err, "Tried just now, without success."
	case err != nil:
		s.entry.said = sentence(err, "That did not work. Everything is where it was.")
	case s.why != nil:
		return afresh(newAccounts)
	default:
		return back
	}
	return nav{}
}

func (s *placeScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	esc := key.Matches(msg, only(s.keys.back)) && !s.entry.call.running()
	switch {
	case esc && s.asking:
		s.entry.form.clear()
		s.asking, s.entry.said = false, ""
		return nav{}, nil
	case s.asking, s.entry.call.running():
		event, watch := s.entry.key(&s.env, msg)
		if event == sent {
			return nav{}, tea.Batch(watch, s.seal())
		}
		return nav{}, watch
	case esc && s.why == nil:
		return back, nil
	case !msg.Paste && s.list.move(s.keys, msg):
		s.entry.said = ""
	case key.Matches(msg, s.keys.submit):
		return s.choose()
	}
	return nav{}, nil
}

// choose takes the place under the cursor. A file needs a passphrase first.
func (s *placeScreen) choose() (nav, tea.Cmd) {
	place := s.choices[s.list.cursor].place
	switch {
	case s.why == nil && place == s.ledger.Access().Place:
		return back, nil
	case place != plaidapi.InFile:
		return nav{}, s.take(place, plaidapi.Secret{})
	}
	s.entry.form = newForm([]plaidapi.Field{{Label: "Passphrase", Secret: true}, {Label: "The same again", Secret: true}})
	s.asking, s.entry.said = true, ""
	return nav{}, nil
}

func (s *placeScreen) take(place plaidapi.AccessPlace, passphrase plaidapi.Secret) tea.Cmd {
	s.entry.said = ""
	l := s.ledger
	return s.entry.call.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Choose(ctx, place, passphrase)
	})
}

// shortest is how many letters a passphrase has at least.
const shortest = 8

// seal takes the file, once its passphrase was typed twice alike.
func (s *placeScreen) seal() tea.Cmd {
	f := &s.entry.form
	first, again := f.answers()[0], f.answers()[1]
	switch {
	case utf8.RuneCountInString(f.inputs[0].value()) < shortest:
		s.entry.said = "A passphrase has at least " + count(shortest, "letter") + "."
		f.focus(0)
	case !first.Equal(again):
		s.entry.said = "The two are not the same. Type the second one again."
		f.inputs[1].clear()
		f.focus(1)
	default:
		return s.take(plaidapi.InFile, first)
	}
	return nil
}

func (s *placeScreen) View() string {
	indent := inset(s.width)
	room := min(s.width-indent, 76)
	said := s.entry.fault(s.theme, room)
	if s.asking {
		return sheet(s.height, indent,
			para{lines: s.theme.strong.wrap("A passphrase for the file", room), gap: min(2, s.height/10)},
			para{lines: s.entry.form.view(s.theme, s.keys, room, s.height-1-len(said)), gap: 1},
			para{lines: said, gap: 1},
			para{lines: s.theme.faint.wrap("At least "+count(shortest, "letter")+". It is asked for once a run, and nobody can find it again for you.", room), keep: 1, gap: 2},
		)
	}
	title, about := "Where should access be kept?", "Now it is in "+s.ledger.Access().Where+". Every link moves along."
	if s.why != nil {
		about = sentence(s.why, "The system keyring cannot be used.")
	}
	rows := s.rows(room, true)
	if len(rows)+len(said)+2 > s.height {
		rows = s.rows(room, false)
	}
	why := wrap(about, room)
	if most := s.height - len(rows) - len(said); len(why) > most { // its beginning says what happened
		why = why[:max(most, 1)]
		why[len(why)-1] = cut(why[len(why)-1]+"…", room)
	}
	return sheet(s.height, indent,
		para{lines: s.theme.strong.wrap(title, room), keep: 1, gap: min(2, s.height/10)},
		para{lines: why, gap: 1},
		para{lines: rows, gap: 1},
		para{lines: said, gap: 1},
	)
}

// rows draws the places: what there is to say of one stands beside it, or below the one under the
// cursor where there is less room, or nowhere.
func (s *placeScreen) rows(room int, about bool) []string {
	const labels = 26
	var lines []string
	for i, c := range s.choices {
		current := i == s.list.cursor
		text := c.label
		if s.width >= medium {
			text = left(c.label, labels) + c.about
		}
		if current {
			lines = append(lines, s.theme.accent.paint("› ")+s.theme.selected.paint(cut(text, room-2)))
		} else {
			lines = append(lines, "  "+cut(text, room-2))
		}
		if current && about && s.width < medium {
			for _, line := range s.theme.faint.wrap(c.about, room-4) {
				lines = append(lines, "    "+line)
			}
		}
	}
	return lines
}
