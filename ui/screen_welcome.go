package ui

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// welcomeScreen is the first sight of tartan: what it is, where things are kept, and the ways in. It
// stands over home while no bank has been linked.
type welcomeScreen struct {
	env
	width, height int
	list          list
	ways          []way
}

// way is one way in.
type way struct {
	label, about string
	to           func(env) screen
}

func newWelcome(e env) screen {
	s := &welcomeScreen{env: e, ways: []way{
		{"Explore the practice bank", "works offline, nothing to sign up for", newBanks(nil)},
		{"Link a real bank", "you bring Plaid keys, sign in at the bank", newRealBanks},
	}}
	s.list.resize(len(s.ways), len(s.ways))
	return s
}

func (s *welcomeScreen) Init() tea.Cmd { return nil }

func (s *welcomeScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *welcomeScreen) Chrome() chrome {
	k := s.keys
	return chrome{right: "first run", keys: []key.Binding{k.choosing, as(only(k.open), "continue"), as(k.back, "go to accounts"), k.quit, k.place, k.help}}
}

func (s *welcomeScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch {
		case msg.Paste:
		case s.list.move(s.keys, msg):
		case key.Matches(msg, s.keys.open):
			return open(s.ways[s.list.cursor].to), nil
		case key.Matches(msg, s.keys.place):
			return open(newMove), nil
		case key.Matches(msg, s.keys.back):
			return back, nil
		}
	case tea.MouseMsg:
		if s.list.move(s.keys, msg) {
			break
		}
		if row := rowAt(s.height, msg.Y, s.sections()...); row >= 0 {
			if _, again := s.list.click(msg, row); again {
				return open(s.ways[s.list.cursor].to), nil
			}
		}
	}
	return nav{}, nil
}

func (s *welcomeScreen) View() string {
	return sheet(s.height, max(inset(s.width)-2, 0), s.sections()...)
}

// sections are what tartan is, the ways in, and what a careful person asks first. Text stands as far
// in as the ways do behind their cursor.
func (s *welcomeScreen) sections() []para {
	room := min(s.width-inset(s.width)-2, 84)
	if s.width < small {
		return []para{
			{lines: indented(wrap("Your bank accounts, in the terminal.", room)), gap: 1},
			s.choices(room),
			{lines: indented(s.theme.faint.wrap(s.promise(room), room)), keep: 1, gap: 1},
		}
	}
	return []para{
		{lines: indented(s.weave()), keep: 3, gap: 3},
		{lines: indented([]string{s.theme.strong.paint("Your bank accounts, in the terminal.")}), gap: 1},
		{lines: indented(sentences(room, "tartan reads balances and transactions.", "It cannot move money.")), keep: 1, gap: 1},
		{lines: indented(wrap(s.promise(room), room)), keep: 1},
		s.choices(room),
		{lines: indented(s.state(room)), keep: 2, gap: 2},
	}
}

// weave is the only decoration there is.
func (s *welcomeScreen) weave() []string {
	if s.theme.ascii {
		return nil
	}
	return s.theme.accent.each([]string{strings.Repeat("▞▚", 6), strings.Repeat("▚▞", 6)})
}

// promise says what becomes of secrets.
func (s *welcomeScreen) promise(room int) string {
	where := "your system keyring"
	switch s.ledger.Access().Place {
	case plaidapi.InFile:
		where = "a sealed file"
	case plaidapi.InMemory:
		where = "memory, for this run only"
	}
	short := "Passwords are never stored; access is kept in " + where + "."
	return cmp.Or(fitting(room, "Bank passwords are never stored; access is kept in "+where+"."), short)
}

// sentences stand side by side where there is room, else one below the other.
func sentences(room int, all ...string) []string {
	if line := strings.Join(all, " "); width(line) <= room {
		return []string{line}
	}
	return wrap(strings.Join(all, "\n"), room)
}

// state answers the two questions of a careful person: what is kept where, and who is spoken to.
func (s *welcomeScreen) state(room int) []string {
	access := s.ledger.Access()
	keyring := access.Where
	switch access.Place {
	case plaidapi.InFile:
		keyring = "not used: access is kept in a sealed file"
	case plaidapi.InMemory:
		keyring = fitting(room-11, "none found: links last for this run only   "+s.keys.place.Help().Key+" changes that", "none found: links last for this run only")
	}
	return []string{
		s.theme.faint.paint("keyring    ") + cut(keyring, room-11),
		s.theme.faint.paint("network    ") + "not used until you choose",
	}
}

// choices draws the ways in: what there is to say of one stands beside it, or below the one under the
// cursor where there is less room, or nowhere.
func (s *welcomeScreen) choices(room int) para {
	const labels = 30
	p := para{gap: 2}
	if s.width < small {
		p.gap = 1
	}
	for i, w := range s.ways {
		text := cut(w.label, room)
		if s.width >= medium {
			text = left(w.label, labels) + cut(w.about, room-labels)
		}
		if i == s.list.cursor {
			text = s.theme.accent.paint("› ") + s.theme.selected.paint(text)
		} else {
			text = "  " + text
		}
		p.lines, p.rows = append(p.lines, text), append(p.rows, i)
		if i == s.list.cursor && s.width < medium && s.width >= small {
			p.lines, p.rows = append(p.lines, "    "+s.theme.faint.paint(cut(w.about, room-2))), append(p.rows, i)
		}
	}
	return p
}

// indented puts lines as far in as a row of a list behind its cursor.
func indented(lines []string) []string {
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}
