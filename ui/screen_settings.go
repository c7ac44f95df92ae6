package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// settingsScreen is banks and settings on one page. Where there is little room it is a list of its
// sections, each of which opens.
type settingsScreen struct {
	env
	width, height int
	load          task[held]
	ask           task[struct{}] // a bank for what is new
	asked         string         // which
	mark          task[string]   // that a bank is left out of totals, or counted again: what to say then
	saver         saver
	holdings      []ledger.Holding
	keyless       bool
	loaded        bool
	err           error
	opened        string // the section that is open; matters only where there is little room
	at            string // the row that the cursor is on
	list          list   // of the rows that are there now
}

// held is what the settings show of what is kept.
type held struct {
	holdings []ledger.Holding
	keyless  bool
}

func newSettings(e env) screen { return &settingsScreen{env: e} }

// newSettingsAt puts the cursor on a bank.
func newSettingsAt(itemID string) func(env) screen {
	return func(e env) screen { return &settingsScreen{env: e, at: itemID, opened: ofBanks} }
}

func (s *settingsScreen) Init() tea.Cmd {
	l, practice := s.ledger, s.practice
	return s.load.start(s.ctx, func(ctx context.Context) (held, error) {
		holdings, err := l.Holdings(ctx)
		return held{holdings, !practice && errors.Is(l.Keyed(ctx), plaidapi.ErrNoKeys)}, err
	})
}

func (s *settingsScreen) SetSize(width, height int) {
	s.width, s.height = min(width, widest), height
	s.place()
}

// place puts the cursor back on the row it was on: on the section of that row where only sections
// are seen, and on the first row of a section that was one.
func (s *settingsScreen) place() {
	rows := s.shown()
	s.list.resize(len(rows), max(s.height, 1))
	at := slices.IndexFunc(rows, func(r settingRow) bool { return r.id == s.at })
	if at < 0 {
		at = slices.IndexFunc(rows, func(r settingRow) bool { return r.section == s.at || r.section == s.sectionOf(s.at) })
	}
	s.list.to(max(at, 0))
}

func (s *settingsScreen) sectionOf(id string) string {
	for _, r := range s.rows() {
		if r.id == id {
			return r.section
		}
	}
	return ""
}

// here is the row under the cursor; one that does nothing where there is none.
func (s *settingsScreen) here() settingRow {
	if rows := s.shown(); s.list.cursor < len(rows) {
		return rows[s.list.cursor]
	}
	return settingRow{bank: -1}
}

// folded reports whether there is only room for one section at a time.
func (s *settingsScreen) folded() bool { return s.width < small }

// shown are the rows that the cursor can stand on now.
func (s *settingsScreen) shown() []settingRow {
	rows := s.rows()
	switch {
	case !s.folded():
		return rows
	case s.opened != "":
		return slices.DeleteFunc(rows, func(r settingRow) bool { return r.section != s.opened })
	}
	sections := []settingRow{}
	for _, section := range []string{ofBanks, ofPrivacy, ofLook, ofData} {
		r := settingRow{id: section, section: section, label: section, bank: -1, does: "open"}
		if section == ofBanks {
			r.values = []string{s.summary()}
		}
		r.run = func() (nav, tea.Cmd) {
			s.opened, s.at = section, ""
			return nav{}, nil
		}
		sections = append(sections, r)
	}
	return sections
}

// summary is how the banks are doing, in few words.
func (s *settingsScreen) summary() string {
	failing := 0
	for _, h := range s.holdings {
		if h.Err != nil {
			failing++
		}
	}
	switch {
	case len(s.holdings) == 0:
		return "none yet"
	case failing > 0:
		return "! " + number(failing) + " of " + number(len(s.holdings))
	}
	return number(len(s.holdings)) + " linked"
}

func (s *settingsScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: []string{"Banks and settings"}, browse: true}
	if release, _, _ := strings.Cut(s.settings.version, " "); release != "" && s.width >= medium {
		c.right = "tartan " + release
	}
	if s.folded() && s.opened != "" {
		c.crumbs = append(c.crumbs, s.opened)
	}
	if s.offline() {
		c.right = "offline"
	}
	switch {
	case s.load.running() && !s.loaded:
		c.busy, c.hold = "opening", true
	case s.ask.running():
		c.busy = "syncing"
	}
	r := s.here()
	enter := as(only(k.open), r.does)
	if r.does != "" && r.bank < 0 {
		c.keys = append(c.keys, enter)
	}
	c.keys = append(c.keys, s.bankKeys(r)...)
	if r.does != "" && r.bank >= 0 { // the bank's own key says it first
		c.keys = append(c.keys, enter)
	}
	c.keys = append(c.keys, only(k.back), k.help)
	return c
}

func (s *settingsScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[held]:
		if s.load.take(msg) {
			s.loaded, s.err = true, msg.err
			if msg.err == nil {
				s.holdings, s.keyless = msg.value.holdings, msg.value.keyless
			}
			s.place()
		}
	case reply[string]:
		if s.mark.take(msg) {
			return s.marked(msg)
		}
	case reply[struct{}]:
		switch {
		case s.ask.take(msg):
			return nav{}, s.Init() // what went wrong stands on the bank's row then
		case s.saver.call.take(msg):
			return saved(msg.err), s.saver.next(&s.env)
		}
	case shown:
		return nav{}, s.Init()
	case tea.KeyMsg:
		if !msg.Paste {
			return s.key(msg)
		}
	case tea.MouseMsg:
		return s.point(msg)
	}
	return nav{}, nil
}

func (s *settingsScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	k := s.keys
	switch {
	case s.list.move(k, msg):
		s.at = s.here().id
	case key.Matches(msg, k.open):
		return s.run()
	case key.Matches(msg, k.back):
		if !s.folded() || s.opened == "" {
			return back, nil
		}
		s.at, s.opened = s.opened, ""
		s.place()
	default:
		return s.bankKey(msg, s.here())
	}
	return nav{}, nil
}

// run does what enter does on the row under the cursor.
func (s *settingsScreen) run() (nav, tea.Cmd) {
	r := s.here()
	if r.does == "" {
		return nav{}, nil
	}
	n, cmd := r.run()
	s.place()
	return n, cmd
}

// point chooses the row that is clicked, and runs it when it was chosen before.
func (s *settingsScreen) point(msg tea.MouseMsg) (nav, tea.Cmd) {
	if s.list.wheel(msg) {
		s.at = s.here().id
		return nav{}, nil
	}
	if msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress {
		return nav{}, nil
	}
	_, rows := s.page()
	if msg.Y < 0 || msg.Y >= len(rows) || rows[msg.Y] < 0 {
		return nav{}, nil
	}
	again := rows[msg.Y] == s.list.cursor
	s.list.to(rows[msg.Y])
	s.at = s.here().id
	if again {
		return s.run()
	}
	return nav{}, nil
}
