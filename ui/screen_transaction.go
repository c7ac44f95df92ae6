package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// transactionScreen is one transaction as a receipt. Moving walks the list it was opened from.
type transactionScreen struct {
	env
	rows          *rows
	from          []string // where the list it walks is
	width, height int
	scroll        int // lines below the title that are above the view
	search        task[also]
	also          also
	write         task[string]
	found         struct { // where the other side of a transfer was found
		key query.Key
		at  int
	}
}

func newTransaction(r *rows, from []string) func(env) screen {
	return func(e env) screen { return &transactionScreen{env: e, rows: r, from: from} }
}

// Init looks for what else there is under the same name.
func (s *transactionScreen) Init() tea.Cmd {
	s.also = also{}
	if !s.here() {
		return nil
	}
	r, v, today := s.record(), s.rows.all, plaidapi.DateOf(s.now())
	name := called(&r.bank, r.own)
	if name == "" {
		return nil
	}
	return s.search.start(s.ctx, func(ctx context.Context) (also, error) { return findAlso(ctx, v, r.bank, name, today) })
}

func (s *transactionScreen) SetSize(width, height int) { s.width, s.height = width, height }

// here reports whether there is a transaction to show.
func (s *transactionScreen) here() bool { return s.rows.cursor < s.rows.found.Len() }

// record is the transaction that is shown.
func (s *transactionScreen) record() record {
	if !s.here() {
		return record{}
	}
	return s.rows.record(s.rows.found, s.rows.cursor)
}

func (s *transactionScreen) Chrome() chrome {
	k, r := s.keys, s.record()
	all := []key.Binding{k.note, k.tags, k.category, as(k.leaveOut, "leave out"), k.copy, k.next, only(k.back), k.prev, k.rename, k.copyAs}
	if r.own.LeftOut {
		all[3] = as(k.leaveOut, "count again")
	}
	if rest, room := s.page(); len(rest) > room {
		all = slices.Insert(all, 0, as(k.pageDown, "more"), as(k.pageUp, "less"))
	}
	return chrome{
		browse: true,
		crumbs: append(slices.Clone(s.from), called(&r.bank, r.own)),
		right:  number(s.rows.cursor+1) + " of " + number(s.rows.list.rows),
		keys:   append(all, k.help),
	}
}

func (s *transactionScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[also]:
		if s.search.take(msg) && msg.err == nil {
			s.also = msg.value
		}
	case reply[string]:
		if s.write.take(msg) {
			if msg.err != nil {
				return said(inShort(msg.err)), nil
			}
			return said(msg.value), s.rows.reread()
		}
	case shown:
		return nav{}, tea.Batch(s.rows.reread(), s.Init())
	case tea.KeyMsg:
		if !msg.Paste && s.here() {
			return s.key(msg)
		}
		if key.Matches(msg, s.keys.back) {
			return back, nil
		}
	case tea.MouseMsg:
		switch msg.Button {
		case tea.MouseButtonWheelUp:
			s.turn(-wheelRows)
		case tea.MouseButtonWheelDown:
			s.turn(wheelRows)
		}
	}
	return nav{}, nil
}

func (s *transactionScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	k := s.keys
	edit := func(f field) (nav, tea.Cmd) {
		return open(newEdit(f, s.subjects(), s.Chrome().crumbs)), nil
	}
	switch {
	case key.Matches(msg, k.back, k.submit):
		return back, nil
	case key.Matches(msg, k.pageDown):
		s.turn(max(1, s.height/2))
	case key.Matches(msg, k.pageUp):
		s.turn(-max(1, s.height/2))
	case s.rows.move(k, msg):
		s.scroll = 0
		return nav{}, s.Init()
	case key.Matches(msg, k.note):
		return edit(noteField())
	case key.Matches(msg, k.tags):
		return edit(tagsField())
	case key.Matches(msg, k.category):
		return edit(categoryField())
	case key.Matches(msg, k.rename):
		return edit(nameField())
	case key.Matches(msg, k.leaveOut) && !s.write.running():
		about, done, changes := s.leaveOut(s.subjects())
		return nav{}, s.change(&s.write, about, done, changes)
	case key.Matches(msg, k.copy):
		return s.copied(kinds()[0], s.record())
	case key.Matches(msg, k.copyAs):
		return open(newCopyAs(s.record(), s.from)), nil
	}
	return nav{}, nil
}

// subjects are what is written about: the transaction that is shown.
func (s *transactionScreen) subjects() []subject {
	return subjects(s.rows.found, s.rows.cursor, s.rows.cursor+1)
}

// turn scrolls what stands below the title.
func (s *transactionScreen) turn(lines int) {
	rest, room := s.page()
	s.scroll = max(0, min(s.scroll+lines, len(rest)-room))
}

func (s *transactionScreen) View() string {
	rest, room := s.page()
	s.scroll = max(0, min(s.scroll, len(rest)-room))
	top := s.title()
	lines := append(top, rest[s.scroll:min(len(rest), s.scroll+room)]...)
	for i, line := range lines {
		if line != "" {
			lines[i] = blank(inset(s.width)) + line
		}
	}
	return strings.Join(fit(s.height, para{lines: lines}), "\n")
}

// room is how many cells a line of the receipt has, and how many its labels take.
func (s *transactionScreen) room() (cells, labels int) {
	cells, labels = min(s.width-inset(s.width), 90), 16
	if s.width < small {
		labels = 11
	}
	return cells, labels
}

// title is the name and the amount, with blank lines where there is room.
func (s *transactionScreen) title() []string {
	cells, _ := s.room()
	r := s.record()
	money := s.rows.money(&s.env, r.bank.Amount)
	line := ends(s.theme.strong.paint(cut(called(&r.bank, r.own), cells-width(money)-2)), s.theme.strong.paint(money), cells)
	return append(make([]string, max(0, min(2, s.height/10-1))), line)
}

// page is what stands below the title, and how many lines of it are seen.
func (s *transactionScreen) page() (lines []string, room int) {
	room = s.height - len(s.title())
	cells, labels := s.room()
	r := s.record()
	bank, own := s.facts(r)
	name := called(&r.bank, r.own)
	id := ""
	if s.height >= 20 {
		id = r.bank.ID
	}
	paras := squeezed([]para{
		{lines: s.drawn(bank, cells, labels), gap: 1},
		{lines: s.drawn(own, cells, labels), gap: 1},
		{lines: s.alsoLines(name, labels, cells), gap: 1},
		{lines: s.theme.faint.each(s.drawn([]fact{{"id", "id", id}}, cells, labels)), gap: 1},
	}, room)
	for _, p := range paras {
		if len(p.lines) > 0 {
			lines = append(append(lines, make([]string, p.gap)...), p.lines...)
		}
	}
	return lines, room
}

// drawn are facts as lines, each label once.
func (s *transactionScreen) drawn(facts []fact, cells, labels int) (lines []string) {
	for _, f := range facts {
		for i, part := range wrap(f.text, cells-labels) {
			label := f.label
			if labels < 16 {
				label = f.short
			}
			if i > 0 {
				label = ""
			}
			lines = append(lines, s.theme.faint.paint(left(label, labels))+part)
		}
	}
	return lines
}
