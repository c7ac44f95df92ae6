package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// twin is an older link that reads some of the same accounts as a new one.
type twin struct {
	ledger.Holding
	same    []plaidapi.Account // as the new one has them
	written bool               // the person wrote something about it, which goes with it
}

// twins finds the older links of a bank that read some of the same accounts as an Item: with the
// same name and the same last digits.
func twins(ctx context.Context, l *ledger.Ledger, item plaidapi.Item, accounts []plaidapi.Account) ([]twin, error) {
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return nil, err
	}
	notes, err := l.Notes(ctx)
	if err != nil {
		return nil, err
	}
	var all []twin
	for _, h := range holdings {
		at := h.Item.Institution
		if h.Item.ID == item.ID || at.ID != item.Institution.ID || at.Wire != item.Institution.Wire {
			continue
		}
		t := twin{Holding: h, written: wrote(notes, h.Item.ID)}
		for _, a := range accounts {
			if slices.ContainsFunc(h.Accounts, func(b plaidapi.Account) bool { return ledger.Alike(a, b) }) {
				t.same = append(t.same, a)
			}
		}
		if len(t.same) > 0 {
			all = append(all, t)
		}
	}
	return all, nil
}

// wrote reports whether the person wrote something about an Item, its accounts or its transactions.
func wrote(n ledger.Notes, itemID string) bool {
	if n.Items[itemID] != "" {
		return true
	}
	for key := range n.Accounts {
		if key.Item == itemID {
			return true
		}
	}
	for key := range n.Transactions {
		if key.Item == itemID {
			return true
		}
	}
	return false
}

// twinsScreen asks what is to become of accounts that are linked twice, before their transactions
// are fetched. Replacing the older link is what most people want, unless they wrote something there.
type twinsScreen struct {
	env
	item          plaidapi.Item
	twins         []twin
	unlink        task[struct{}]
	first         *verdict // where nothing has been made yet; nil after the link
	list          list
	err           error
	width, height int
}

// The rows of the choice.
const (
	replaceOld = iota
	keepOld
	keepBoth
)

func newTwins(item plaidapi.Item, all []twin) func(env) screen {
	return func(e env) screen {
		s := &twinsScreen{env: e, item: item, twins: all}
		if s.written() {
			s.list.cursor = keepOld
		}
		return s
	}
}

// verdict is what the person decided about accounts that are linked already, before anything was made
// of the new sign-in.
type verdict struct {
	made bool     // it is to be made
	gone []string // Items to be unlinked then
}

// newTwinsFirst asks before anything is made, and leaves the answer in v.
func newTwinsFirst(bank plaidapi.Institution, all []twin, v *verdict) func(env) screen {
	return func(e env) screen {
		s := newTwins(plaidapi.Item{Institution: bank}, all)(e).(*twinsScreen)
		s.first = v
		return s
	}
}

func (s *twinsScreen) written() bool {
	return slices.ContainsFunc(s.twins, func(t twin) bool { return t.written })
}

func (s *twinsScreen) Init() tea.Cmd { return nil }

func (s *twinsScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.ways()), len(s.ways()))
}

func (s *twinsScreen) Chrome() chrome {
	c := chrome{
		crumbs: []string{"Link a bank", s.item.Institution.Name}, right: "linked twice",
		keys: []key.Binding{s.keys.choosing, as(s.keys.submit, "continue"), as(s.keys.back, "keep both"), s.keys.help},
	}
	if s.first != nil {
		c.keys[2] = as(s.keys.back, "link nothing")
	}
	if s.unlink.running() {
		c.busy, c.keys = "unlinking", nil
	}
	return c
}

func (s *twinsScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[struct{}]:
		if s.unlink.take(msg) {
			return s.unlinked(msg.err), nil
		}
		return nav{}, nil
	case tea.MouseMsg:
		if _, again := s.list.click(msg, rowAt(s.height, msg.Y, s.page()...)-s.list.from); again && !s.unlink.running() {
			return s.act()
		}
	case tea.KeyMsg:
		switch {
		case s.unlink.running() || msg.Paste:
			return nav{}, nil
		case key.Matches(msg, s.keys.back) && s.first != nil:
			return nav{pop: 2, say: nothingNew}, nil
		case key.Matches(msg, s.keys.back):
			return back, nil
		case key.Matches(msg, s.keys.submit):
			return s.act()
		}
	}
	if !s.unlink.running() {
		s.list.move(s.keys, msg)
	}
	return nav{}, nil
}

// nothingNew is said where a sign-in is not made anything of.
const nothingNew = "The older link is kept. Nothing new was linked."

// decide leaves the answer where nothing has been made yet: keeping the older link needs nothing.
func (s *twinsScreen) decide() nav {
	if s.list.cursor == keepOld {
		return nav{pop: home.pop, say: nothingNew}
	}
	s.first.made = true
	if s.list.cursor == replaceOld {
		for _, t := range s.twins {
			s.first.gone = append(s.first.gone, t.Item.ID)
		}
	}
	return back
}

// act unlinks what is not to stay.
func (s *twinsScreen) act() (nav, tea.Cmd) {
	if s.first != nil {
		return s.decide(), nil
	}
	var gone []string
	switch s.list.cursor {
	case keepBoth:
		return back, nil
	case keepOld:
		gone = []string{s.item.ID}
	case replaceOld:
		for _, t := range s.twins {
			gone = append(gone, t.Item.ID)
		}
	}
	l := s.ledger
	return nav{}, s.unlink.start(s.ctx, func(ctx context.Context) (none struct{}, err error) {
		return none, unlinkAll(ctx, l, gone)
	})
}

// unlinked goes on to read the new link, or home where that is gone.
func (s *twinsScreen) unlinked(err error) nav {
	switch {
	case err != nil:
		s.err = err
		return nav{}
	case s.list.cursor == keepOld:
		return nav{pop: home.pop, say: "The older link is kept, the new one is unlinked."}
	}
	return nav{pop: 1, say: "The older link is unlinked."}
}

func (s *twinsScreen) ways() []wayOn {
	older, rows := "the older link", 0
	if len(s.twins) > 1 {
		older += "s"
	}
	for _, t := range s.twins {
		rows += t.Rows
	}
	anew := "all is fetched anew"
	if rows > 0 {
		anew = count(rows, "transaction") + " of it go, and are fetched anew"
	}
	again := "the new one is unlinked again"
	if s.first != nil {
		again = "nothing new is linked"
	}
	return []wayOn{
		{label: "Replace " + older, detail: anew},
		{label: "Keep " + older, detail: again},
		{label: "Keep both", detail: "totals count twice what is in both"},
	}
}

func (s *twinsScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *twinsScreen) page() []para {
	room := s.width - inset(s.width)
	text := min(room, 76)
	rows, chosen := s.env.choices(&s.list, s.ways(), room)
	var failure []string
	if s.err != nil {
		told := explain(s.err, s.item.Institution.Name, s.now())
		failure = s.theme.danger.wrap("! "+told.title+". Nothing is lost: choose again.", text)
	}
	return []para{
		{lines: s.theme.strong.wrap(s.title(), text), gap: min(2, s.height/10)},
		{lines: wrap(s.told(), text), keep: 1, gap: 1},
		{lines: rows, gap: 1, out: min(2, inset(s.width)), rows: s.list.inView()},
		{lines: s.theme.faint.wrap(chosen, room), keep: 2},
		{lines: failure, gap: 1},
	}
}

// title names what is linked twice.
func (s *twinsScreen) title() string {
	if n := len(s.twins[0].same); n > 1 {
		return count(n, "account") + " are already linked"
	}
	a := s.twins[0].same[0]
	return strings.TrimSpace(a.Name+" "+mask(a.Mask)) + " is already linked"
}

// told says by what it is linked, and what would go with the older link and does not come back.
func (s *twinsScreen) told() string {
	first, it := s.twins[0], "it"
	if len(first.same) > 1 {
		it = "them"
	}
	text := "Another login at " + s.item.Institution.Name
	if !first.Item.LinkedAt.IsZero() {
		text += ", linked " + since(first.Item.LinkedAt, s.now()) + ","
	}
	text += " reads " + it + " too."
	if more := len(first.Accounts) - len(first.same); more > 0 {
		text += " It also reads " + count(more, "account") + " that this one does not."
	}
	if s.written() {
		text += " What you wrote there (names, notes, tags) would go with it."
	}
	return text
}
