package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// helpScreen lists the keys that work where it was opened, and those that work everywhere, and runs
// the one that is chosen. Both come from the bindings themselves, as the footer does, so they cannot
// disagree.
type helpScreen struct {
	env
	about         chrome // of the screen below
	width, height int
	finding       bool // letters are text that narrows the list
	query         input
	here, all     []key.Binding // those that are found
	tallest       int           // how many lines the table has before anything is typed
	list          list          // of both, one after the other
}

// helpCells is how wide the list of keys gets at most, without its frame.
const helpCells = 92

func newHelp(e env, about chrome) screen {
	s := &helpScreen{env: e, about: about}
	s.narrow()
	return s
}

func (s *helpScreen) Init() tea.Cmd { return nil }

func (s *helpScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	if !s.finding {
		table, _ := s.table()
		s.tallest = len(table)
	}
	s.list.resize(len(s.here)+len(s.all), max(s.room(), 1))
}

func (s *helpScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: s.about.crumbs, right: s.about.right, help: true, typing: s.finding, keys: []key.Binding{
		k.choosing, as(k.submit, "run it"), as(k.filter, "search"), as(only(k.back), "close"),
	}}
	if s.finding {
		c.keys = []key.Binding{k.choosing, as(k.submit, "run it"), k.erase}
	}
	return c
}

func (s *helpScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg), nil
	case tea.MouseMsg:
		return s.point(msg), nil
	}
	return nav{}, nil
}

func (s *helpScreen) key(msg tea.KeyMsg) nav {
	k := s.keys
	switch {
	case s.finding:
		return s.find(msg)
	case msg.Paste, s.list.move(k, msg):
	case key.Matches(msg, k.submit):
		return s.run()
	case key.Matches(msg, k.filter):
		s.finding = true
		s.SetSize(s.width, s.height)
	case key.Matches(msg, only(k.back)):
		return back
	}
	return nav{}
}

// find takes a key while letters are text.
func (s *helpScreen) find(msg tea.KeyMsg) nav {
	k := s.keys
	switch {
	case key.Matches(msg, k.submit):
		return s.run()
	case key.Matches(msg, k.choosing):
		s.list.move(k, msg)
	case key.Matches(msg, k.erase):
		s.finding = false
		s.query.clear()
		s.narrow()
	case s.query.key(msg):
		s.narrow()
	}
	return nav{}
}

// run leaves, and presses the key under the cursor on the screen below.
func (s *helpScreen) run() nav {
	all := append(slices.Clone(s.here), s.all...)
	if s.list.cursor >= len(all) {
		return nav{}
	}
	return nav{pop: 1, then: &all[s.list.cursor]}
}

// narrow finds the keys that are described by what was typed.
func (s *helpScreen) narrow() {
	among := func(all []key.Binding) []key.Binding {
		var found []key.Binding
		for _, b := range all {
			if _, is := match(b.Help().Desc+" "+b.Help().Key, s.query.value()); is && b.Enabled() && b.Help().Key != "" {
				found = append(found, b)
			}
		}
		return found
	}
	s.here, s.all = among(s.about.keys), among(s.keys.everywhere(s.about))
	s.SetSize(s.width, s.height)
	s.list.to(0)
}

// helpLine is a line of the list: which keys stand at its left and at its right, or a heading.
type helpLine struct {
	heading     string
	left, right int // -1: none
}

// two reports whether there is room for two columns.
func (s *helpScreen) two() bool { return s.width >= medium }

// table is all lines, and on which of them the cursor is.
func (s *helpScreen) table() (lines []helpLine, cursor int) {
	here := len(s.here)
	if s.two() {
		for i := range max(here, len(s.all)) {
			line := helpLine{left: -1, right: -1}
			if i < here {
				line.left = i
			}
			if i < len(s.all) {
				line.right = here + i
			}
			lines = append(lines, line)
		}
	} else {
		group := func(title string, from, to int) {
			if from == to {
				return
			}
			if len(lines) > 0 {
				lines = append(lines, helpLine{" ", -1, -1})
			}
			lines = append(lines, helpLine{title, -1, -1})
			for i := from; i < to; i++ {
				lines = append(lines, helpLine{left: i, right: -1})
			}
		}
		group("Here", 0, here)
		group("Everywhere", here, here+len(s.all))
	}
	at := slices.IndexFunc(lines, func(l helpLine) bool { return l.heading == "" && (l.left == s.list.cursor || l.right == s.list.cursor) })
	return lines, max(at, 0)
}

// room is how many lines of the table are seen.
func (s *helpScreen) room() int { return max(s.height-frameLines-len(s.head()), 0) }

// head is what stands above the table: what is searched for, and the headings of two columns.
func (s *helpScreen) head() []string {
	search := s.theme.faint.paint(s.keys.filter.Help().Key + " to search this list")
	if s.finding {
		search = s.keys.filter.Help().Key + " " + s.query.view(s.cells()-2, true, false)
	}
	var lines []string
	switch {
	case s.height > minHeight+6:
		lines = []string{search, ""}
	case s.finding:
		lines = []string{search}
	}
	if s.two() {
		lines = append(lines, s.theme.strong.paint("  "+left("Here", s.half()))+s.theme.strong.paint("Everywhere"))
	}
	return lines
}

func (s *helpScreen) cells() int { return max(min(s.width-frameCells, helpCells), 0) }

func (s *helpScreen) half() int { return s.cells() / 2 }

// lay puts the list on the screen, and tells which lines of the table are seen.
func (s *helpScreen) lay() (floating, []helpLine) {
	table, cursor := s.table()
	seen := min(s.room(), len(table))
	first := max(0, min(cursor-seen/2, len(table)-seen))
	text := s.head()
	for _, line := range table[first : first+seen] {
		text = append(text, s.draw(line))
	}
	if len(table) == 0 {
		text = append(text, "  Nothing is called that.")
	}
	for len(text) < min(s.tallest, s.room())+len(s.head()) {
		text = append(text, "")
	}
	return s.theme.float("Keys", text, s.cells(), s.width, s.height, 3), table[first : first+seen]
}

func (s *helpScreen) draw(line helpLine) string {
	if line.heading != "" {
		return s.theme.strong.paint("  " + line.heading)
	}
	if !s.two() {
		return s.entry(line.left, s.cells())
	}
	return left(s.entry(line.left, s.half()-2), s.half()) + s.entry(line.right, s.cells()-s.half())
}

// entry draws one key and what it does.
func (s *helpScreen) entry(i, cells int) string {
	const labels = 12
	all := append(slices.Clone(s.here), s.all...)
	if i < 0 {
		return ""
	}
	h := all[i].Help()
	label := left(h.Key, max(labels, width(h.Key)+1))
	if i == s.list.cursor {
		return s.theme.accent.paint("› ") + s.theme.selected.paint(cut(label+h.Desc, cells-2))
	}
	return "  " + s.theme.strong.paint(label) + cut(h.Desc, cells-2-width(label))
}

// point runs the key that is clicked, and moves with the wheel.
func (s *helpScreen) point(msg tea.MouseMsg) nav {
	if s.list.wheel(msg) || msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress {
		return nav{}
	}
	f, table := s.lay()
	row := msg.Y - f.y - len(s.head())
	if row < 0 || row >= len(table) || msg.X < f.x || msg.X >= f.x+s.cells() {
		return nav{}
	}
	on := table[row].left
	if s.two() && msg.X >= f.x+s.half() {
		on = table[row].right
	}
	if on < 0 || table[row].heading != "" {
		return nav{}
	}
	s.list.to(on)
	return s.run()
}

func (s *helpScreen) View() string {
	f, _ := s.lay()
	return f.view(s.height)
}
