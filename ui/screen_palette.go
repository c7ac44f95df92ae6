package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/ui/ledger"
)

// paletteScreen finds any action by its words: what works on the screen below, the places there are,
// accounts, banks and saved filters by name.
type paletteScreen struct {
	env
	about         chrome // of the screen below
	width, height int
	query         input
	load          task[[]ledger.Holding]
	notes         task[ledger.Notes]
	offers        []offer // all there is
	found         []offer
	list          list
}

// offer is something that can be run.
type offer struct {
	name string // in words
	of   string // what it belongs to; empty where that says nothing
	key  string // that does the same; empty where none does
	nav  nav
}

// known is what an offer goes by from one use to the next: its words may change meanwhile.
func (o offer) known() string {
	if o.key != "" {
		return o.key
	}
	return o.name
}

// lately is what was run from the palette in this run, the last one first.
type lately struct{ names []string }

// use puts a name first.
func (l *lately) use(name string) {
	l.names = slices.DeleteFunc(l.names, func(n string) bool { return n == name })
	l.names = slices.Insert(l.names, 0, name)
}

// rank is how long ago a name was used: 0 is the last one, and those that never were are equal.
func (l *lately) rank(name string) int {
	if i := slices.Index(l.names, name); i >= 0 {
		return i
	}
	return len(l.names)
}

// The palette's size at most, without its frame.
const (
	paletteCells = 68
	paletteRows  = 12
)

func newPalette(e env, about chrome) screen {
	s := &paletteScreen{env: e, about: about}
	s.offers = s.actions()
	s.narrow()
	return s
}

// Init reads the names of banks, accounts and saved filters, where the screen below is one that can be left for them.
func (s *paletteScreen) Init() tea.Cmd {
	if !s.about.browse {
		return nil
	}
	l := s.ledger
	return tea.Batch(
		s.load.start(s.ctx, func(ctx context.Context) ([]ledger.Holding, error) { return l.Holdings(ctx) }),
		s.notes.start(s.ctx, func(ctx context.Context) (ledger.Notes, error) { return l.Notes(ctx) }),
	)
}

func (s *paletteScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.found), s.rows())
}

// rows is how many offers are seen.
func (s *paletteScreen) rows() int {
	return max(min(s.height-frameLines-len(s.head()), paletteRows), 0)
}

func (s *paletteScreen) cells() int { return max(min(s.width-frameCells, paletteCells), 0) }

func (s *paletteScreen) Chrome() chrome {
	k := s.keys
	return chrome{
		crumbs: s.about.crumbs, right: s.about.right, help: true, typing: true,
		keys: []key.Binding{as(k.choosing, "choose"), as(k.submit, "run"), as(only(k.back), "close")},
	}
}

func (s *paletteScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[[]ledger.Holding]:
		if s.load.take(msg) && msg.err == nil { // without them there is still all the rest
			s.offers = append(s.offers, byName(msg.value)...)
			s.narrow()
		}
	case reply[ledger.Notes]:
		if s.notes.take(msg) && msg.err == nil {
			s.offers = append(s.offers, savedFilters(msg.value.Filters)...)
			s.narrow()
		}
	case tea.KeyMsg:
		return s.key(msg), nil
	case tea.MouseMsg:
		if s.list.wheel(msg) {
			return nav{}, nil
		}
		f := s.lay()
		if on, _ := s.list.click(msg, msg.Y-f.y-len(s.head())); on && msg.X >= f.x && msg.X < f.x+s.cells() {
			return s.run(), nil
		}
	}
	return nav{}, nil
}

func (s *paletteScreen) key(msg tea.KeyMsg) nav {
	k := s.keys
	switch {
	case key.Matches(msg, only(k.back)):
		return back
	case key.Matches(msg, k.submit):
		return s.run()
	case key.Matches(msg, k.choosing):
		s.list.move(k, msg)
	case s.query.key(msg):
		s.narrow()
		s.list.to(0)
	}
	return nav{}
}

// run leaves for what is under the cursor.
func (s *paletteScreen) run() nav {
	if s.list.cursor >= len(s.found) {
		return nav{}
	}
	chosen := s.found[s.list.cursor]
	s.lately.use(chosen.known())
	return chosen.nav
}

// actions are what works on the screen below, but for moving its cursor and leaving it.
func (s *paletteScreen) actions() []offer {
	k := &s.keys
	dull := append(k.moves(), k.palette, k.stop, k.back, only(k.back), k.erase, k.choosing, k.walk)
	var all []offer
	for _, b := range append(slices.Clone(s.about.keys), k.everywhere(s.about)...) {
		if b.Enabled() && !listed(dull, b) {
			all = append(all, offer{capital(b.Help().Desc), "", b.Help().Key, nav{pop: 1, then: &b}})
		}
	}
	return all
}

// byName are banks and accounts by their names. An account opens over home, as it does from there.
func byName(holdings []ledger.Holding) []offer {
	var all []offer
	for _, h := range holdings {
		bank := h.Item.Institution.Name
		for _, a := range h.Accounts {
			name := strings.TrimSpace(a.Name + " " + mask(a.Mask))
			all = append(all, offer{name, bank, "", nav{pop: home.pop, push: newAccount(bank, a)}})
		}
	}
	for _, h := range holdings {
		all = append(all, offer{h.Item.Institution.Name, "", "", nav{pop: home.pop, push: newSettingsAt(h.Item.ID)}})
	}
	return all
}

// savedFilters are the searches that the person gave names.
func savedFilters(all []ledger.SavedFilter) []offer {
	offers := make([]offer, len(all))
	for i, f := range all {
		offers[i] = offer{"Saved filter: " + f.Name, f.Query, "", nav{pop: home.pop, push: newSearch(f.Query)}}
	}
	return offers
}

// capital is text with a capital letter at its beginning.
func capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// narrow finds what was typed: the best first, and among equals what was used last.
func (s *paletteScreen) narrow() {
	type hit struct {
		offer
		score, used int
	}
	var hits []hit
	for _, o := range s.offers {
		if score, is := match(o.name+" "+o.of, s.query.value()); is {
			hits = append(hits, hit{o, score, s.lately.rank(o.known())})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(a.score-b.score, a.used-b.used) })
	s.found = s.found[:0]
	for _, h := range hits {
		s.found = append(s.found, h.offer)
	}
	s.list.resize(len(s.found), s.rows())
}

// head is what stands above the offers.
func (s *paletteScreen) head() []string {
	prompt := s.keys.palette.Help().Key + " "
	typed := prompt + s.query.view(s.cells()-width(prompt), true, false)
	if s.height > minHeight+4 {
		return []string{typed, ""}
	}
	return []string{typed}
}

func (s *paletteScreen) lay() floating {
	text := append(s.head(), s.list.view(s.draw)...)
	if len(s.found) == 0 {
		text = append(s.head(), "  Nothing is called that.")
		for len(text) < len(s.head())+s.rows() {
			text = append(text, "")
		}
	}
	return s.theme.float("", text, s.cells(), s.width, s.height, 3)
}

// draw makes the line of one offer, with its key at the right so that people learn it.
func (s *paletteScreen) draw(i int, current bool) string {
	o := s.found[i]
	room := s.cells() - 4
	of := ""
	if o.of != "" && width(o.name)+2 < room-8 {
		of = s.theme.faint.paint(cut("  "+o.of, room-width(o.name)))
	}
	name := cut(o.name, room-width(o.key)-1)
	if current {
		return s.theme.accent.paint("› ") + ends(s.theme.selected.paint(name)+of, s.theme.strong.paint(o.key), room)
	}
	return "  " + ends(name+of, s.theme.faint.paint(o.key), room)
}

func (s *paletteScreen) View() string { return s.lay().view(s.height) }
