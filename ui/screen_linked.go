package ui

import (
	"context"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// linkedScreen shows real names and balances as the proof that a link worked. Accounts are left out
// of totals and given names here.
type linkedScreen struct {
	env
	item          plaidapi.Item
	mode          plaidapi.Mode
	accounts      []plaidapi.Account
	progress      ledger.Progress
	read          task[proof]
	write         task[struct{}]
	proof         proof
	list          list
	width, height int
}

// proof is what is saved of a new link.
type proof struct {
	accounts []plaidapi.Account
	out      map[string]bool // by account ID: left out of totals
	newest   plaidapi.Date
	pending  int
	consent  time.Time // until when the person has consented; zero where that is not known
}

func newLinked(item plaidapi.Item, mode plaidapi.Mode, accounts []plaidapi.Account, p ledger.Progress) func(env) screen {
	return func(e env) screen {
		return &linkedScreen{env: e, item: item, mode: mode, accounts: accounts, progress: p}
	}
}

// Init reads what is saved.
func (s *linkedScreen) Init() tea.Cmd {
	l, id := s.ledger, s.item.ID
	return s.read.start(s.ctx, func(ctx context.Context) (proof, error) { return proven(ctx, l, id) })
}

// pendingDays is how long a transaction may be pending at most.
const pendingDays = 60

// proven gathers what is saved of an Item.
func proven(ctx context.Context, l *ledger.Ledger, itemID string) (proof, error) {
	holdings, err := l.Holdings(ctx)
	if err != nil {
		return proof{}, err
	}
	at := slices.IndexFunc(holdings, func(h ledger.Holding) bool { return h.Item.ID == itemID })
	if at < 0 {
		return proof{}, ledger.ErrNoItem
	}
	p := proof{accounts: holdings[at].Accounts, out: holdings[at].Out, consent: holdings[at].ConsentUntil}
	view, err := l.View(ctx)
	if err != nil {
		return proof{}, err
	}
	rows, err := view.Find(ctx, query.Filter{Account: plaidapi.AccountKey{Item: itemID}})
	if err != nil {
		return proof{}, err
	}
	for i := range rows.Len() { // the newest first
		t := rows.At(i)
		if p.newest = max(p.newest, t.Date); t.Date < p.newest-pendingDays {
			break
		}
		if t.Pending {
			p.pending++
		}
	}
	return p, nil
}

func (s *linkedScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.accounts), min(len(s.accounts), max(height-2, 1)))
}

func (s *linkedScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: []string{"Link a bank", s.item.Institution.Name}, right: "done", browse: true}
	if s.mode != plaidapi.Add {
		c.crumbs[0] = "Fix sign-in"
	}
	c.keys = []key.Binding{as(k.submit, "go to accounts")}
	if len(s.accounts) > 0 {
		c.keys = append(c.keys, as(k.choose, "tick"), k.rename)
	}
	c.keys = append(c.keys, as(k.link, "link another"), k.help)
	return c
}

func (s *linkedScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[proof]:
		if s.read.take(msg) && msg.err == nil {
			s.proof, s.accounts = msg.value, msg.value.accounts
			s.SetSize(s.width, s.height)
		}
	case reply[struct{}]:
		switch {
		case !s.write.take(msg):
		case msg.err != nil:
			return said(inShort(msg.err)), nil
		default:
			return nav{}, s.Init()
		}
	case shown:
		return nav{}, s.Init()
	case tea.MouseMsg:
		return nav{}, s.point(msg)
	case tea.KeyMsg:
		if !msg.Paste {
			return s.key(msg)
		}
	}
	return nav{}, nil
}

func (s *linkedScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case s.list.move(s.keys, msg):
	case key.Matches(msg, s.keys.submit, s.keys.back):
		return back, nil
	case key.Matches(msg, s.keys.link):
		return nav{pop: 1, push: newBanks(map[string]bool{s.item.Institution.ID: true})}, nil
	case len(s.accounts) == 0:
	case key.Matches(msg, s.keys.choose):
		return nav{}, s.tick()
	case key.Matches(msg, s.keys.rename):
		return open(newRenameAccount(plaidapi.AccountKey{Item: s.item.ID, Account: s.here().ID}, s.here().Name)), nil
	}
	return nav{}, nil
}

// point ticks the account that is clicked.
func (s *linkedScreen) point(msg tea.MouseMsg) tea.Cmd {
	if s.list.move(s.keys, msg) {
		return nil
	}
	if _, again := s.list.click(msg, rowAt(s.height, msg.Y, s.page()...)-s.list.from); again {
		return s.tick()
	}
	return nil
}

// here is the account under the cursor.
func (s *linkedScreen) here() plaidapi.Account { return s.accounts[s.list.cursor] }

// tick leaves an account out of totals, or counts it again.
func (s *linkedScreen) tick() tea.Cmd {
	if s.write.running() {
		return nil
	}
	l, a := s.ledger, s.here()
	about, value := a.Name+" left out of totals", "yes"
	if s.proof.out[a.ID] {
		about, value = a.Name+" counted in totals", ""
	}
	m := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: s.item.ID, AccountID: a.ID}, Field: plaidapi.LeftOut, Value: value}
	return s.write.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Write(ctx, about, m)
	})
}

func (s *linkedScreen) View() string { return sheet(s.height, inset(s.width), s.page()...) }

func (s *linkedScreen) page() []para {
	room := min(s.width-inset(s.width), 70)
	text := min(s.width-inset(s.width), 76)
	title := s.item.Institution.Name + " is linked"
	if s.mode == plaidapi.Update {
		title = s.item.Institution.Name + " works again"
	}
	mixed := len(currencies(s.accounts)) > 1
	rows := s.list.view(func(i int, current bool) string { return s.row(i, current, room, mixed) })
	tick := "Untick an account to leave it out of totals."
	if len(s.accounts) == 0 {
		tick = ""
	}
	unlink := "Unlink at any time with " + s.keys.unlink.Help().Key + " on the accounts page. That also removes access at the bank."
	return []para{
		{lines: s.theme.strong.wrap(title, text), gap: min(2, s.height/10)},
		{lines: rows, gap: 1, rows: s.list.inView()},
		{lines: wrap(s.fetched(), text), keep: 1, gap: 1},
		{lines: wrap(s.consent(), text), keep: 2},
		{lines: wrap(s.kept(), text), keep: 2},
		{lines: s.theme.faint.wrap(tick, text), keep: 3, gap: 2},
		{lines: s.theme.faint.wrap(unlink, text), keep: 4, gap: 1},
	}
}

// row draws one account with its tick.
func (s *linkedScreen) row(i int, current bool, room int, mixed bool) string {
	a := s.accounts[i]
	mark, box := "  ", "[x] "
	if current {
		mark = s.theme.accent.paint("› ")
	}
	if s.proof.out[a.ID] {
		box = "[ ] "
	}
	switch line := s.accountLine(a, room-6, 0, mixed); {
	case current:
		return mark + s.theme.selected.paint(box+line)
	case s.proof.out[a.ID]:
		return mark + s.theme.faint.paint(box+line)
	default:
		return mark + box + line
	}
}

// kept says where access is kept; where that is not the keyring, the notice says it and why.
func (s *linkedScreen) kept() string {
	access := s.ledger.Access()
	if access.Place == plaidapi.InMemory && access.Notice != "" {
		return access.Notice
	}
	return "Access kept in " + access.Where + "."
}

// consent says until when the bank shares this without being asked anew.
func (s *linkedScreen) consent() string {
	if s.proof.consent.IsZero() {
		return ""
	}
	return "Consent lasts until " + s.proof.consent.In(s.now().Location()).Format("2 Jan 2006") + "; tartan will remind you 14 days before."
}

// fetched says how much came, and how much of it is not final.
func (s *linkedScreen) fetched() string {
	if s.progress.Rows == 0 {
		return "No transactions yet. Some banks take a while to send the first ones."
	}
	text := count(s.progress.Rows, "transaction") + ", back to " + s.on(s.progress.Oldest)
	if s.proof.newest != 0 {
		text = count(s.progress.Rows, "transaction") + ", " + s.on(s.progress.Oldest) + " to " + s.on(s.proof.newest)
	}
	if s.proof.pending > 0 {
		text += ". " + number(s.proof.pending) + " still pending"
	}
	return text + "."
}

// on is a day as it stands in a sentence.
func (s *linkedScreen) on(d plaidapi.Date) string {
	if d == plaidapi.DateOf(s.now()) {
		return "today"
	}
	return since(d.Time(), s.now())
}
