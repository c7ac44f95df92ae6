package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// accountsScreen is home: totals, banks with their accounts, the latest movements. What is saved
// is shown first; then each bank is asked for what is new, one after the other.
type accountsScreen struct {
	env
	width, height int
	list          list
	load          task[overview]
	refresh       task[[]plaidapi.Account]
	sync          task[ledger.Progress]
	holdings      []ledger.Holding
	latest        []plaidapi.Transaction
	worth         worth // of the holdings
	mixed         bool  // several currencies: amounts carry their code
	rows          []homeRow
	queue         []string        // Items to be asked, the first one now
	asked         map[string]bool // Items that have been asked in this run
	progress      map[string]ledger.Progress
	loaded        bool
	err           error
}

// overview is what home is made from.
type overview struct {
	holdings []ledger.Holding
	latest   []plaidapi.Transaction
}

// homeRow is a row the cursor can stand on: an account, or a bank without any yet (account < 0).
type homeRow struct{ holding, account int }

// latestRows is how many movements home shows.
const latestRows = 5

func newAccounts(e env) screen {
	return &accountsScreen{env: e, asked: map[string]bool{}, progress: map[string]ledger.Progress{}}
}

func (s *accountsScreen) Init() tea.Cmd {
	l := s.ledger
	return s.load.start(s.ctx, func(ctx context.Context) (overview, error) {
		holdings, err := l.Holdings(ctx)
		if err != nil {
			return overview{}, err
		}
		latest, err := l.Latest(ctx, latestRows)
		return overview{holdings, latest}, err
	})
}

func (s *accountsScreen) SetSize(width, height int) {
	s.width, s.height = width, height
}

func (s *accountsScreen) Chrome() chrome {
	k := s.keys
	accounts := 0
	for _, h := range s.holdings {
		accounts += len(h.Accounts)
	}
	c := chrome{right: count(accounts, "account"), keys: []key.Binding{as(only(k.open), "open"), k.filter, k.link}}
	switch {
	case s.load.running() && !s.loaded:
		c.busy, c.right, c.hold = "opening", "", true
	case s.refresh.running(), s.sync.running():
		c.busy = "syncing"
	}
	if len(s.rows) == 0 {
		c.right = ""
		c.keys = []key.Binding{k.link, k.quit, k.help}
		return c
	}
	c.keys = append(c.keys, s.keysFor(s.here())...)
	return c
}

// keysFor are what works on the bank under the cursor.
func (s *accountsScreen) keysFor(h ledger.Holding) []key.Binding {
	k := s.keys
	mend := k.fix
	switch problem(h.Err) {
	case plaidapi.LoginRequired:
	case plaidapi.ItemGone:
		return []key.Binding{as(k.fix, k.unlink.Help().Desc), k.activity, k.help}
	default:
		mend = as(k.fix, "try again")
	}
	all := []key.Binding{mend, k.activity, k.refresh, k.unlink, k.help}
	if h.Err == nil {
		return all[1:]
	}
	return all
}

// here is the bank under the cursor.
func (s *accountsScreen) here() ledger.Holding {
	if s.list.cursor < len(s.rows) {
		return s.holdings[s.rows[s.list.cursor].holding]
	}
	return ledger.Holding{}
}

func (s *accountsScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[overview]:
		if s.load.take(msg) {
			return s.taken(msg)
		}
	case reply[[]plaidapi.Account]:
		if s.refresh.take(msg) {
			return nav{}, tea.Batch(s.Init(), s.refreshed(msg.err))
		}
	case reply[ledger.Progress]:
		if s.sync.take(msg) {
			return nav{}, tea.Batch(s.Init(), s.fetched(msg))
		}
	case shown:
		return nav{}, s.Init()
	case tea.KeyMsg:
		return s.key(msg)
	case tea.MouseMsg:
		s.list.move(s.keys, msg)
	}
	return nav{}, nil
}

// taken shows what is saved. Without a single bank, the first sight is the list of banks.
func (s *accountsScreen) taken(msg reply[overview]) (nav, tea.Cmd) {
	s.err = msg.err
	if msg.err != nil {
		return nav{}, nil
	}
	first, at := !s.loaded, s.at()
	s.loaded, s.holdings, s.latest = true, msg.value.holdings, msg.value.latest
	s.rows = s.rows[:0]
	for i, h := range s.holdings {
		for j := range h.Accounts {
			s.rows = append(s.rows, homeRow{i, j})
		}
		if len(h.Accounts) == 0 {
			s.rows = append(s.rows, homeRow{i, -1})
		}
	}
	s.list.resize(len(s.rows), len(s.rows))
	s.stay(at)
	s.tally()
	if first && len(s.holdings) == 0 {
		return open(newBanks(nil)), nil
	}
	return nav{}, s.enqueue()
}

// at names what the cursor is on: an account, or a bank without any.
func (s *accountsScreen) at() accountKey {
	if s.list.cursor >= len(s.rows) {
		return accountKey{}
	}
	return s.keyOf(s.rows[s.list.cursor])
}

func (s *accountsScreen) keyOf(row homeRow) accountKey {
	h := s.holdings[row.holding]
	if row.account < 0 {
		return accountKey{item: h.Item.ID}
	}
	return accountKey{h.Item.ID, h.Accounts[row.account].ID}
}

// stay puts the cursor back on what it was on, or on another account of that bank: a key must not
// unlink what has moved under the cursor.
func (s *accountsScreen) stay(at accountKey) {
	same := slices.IndexFunc(s.rows, func(r homeRow) bool { return s.keyOf(r) == at })
	if same < 0 {
		same = slices.IndexFunc(s.rows, func(r homeRow) bool { return s.keyOf(r).item == at.item })
	}
	if same >= 0 {
		s.list.to(same)
	}
}

// tally adds up what is shown.
func (s *accountsScreen) tally() {
	s.worth = addUp(s.holdings)
	met := map[plaidapi.Currency]bool{}
	for _, t := range s.worth.totals {
		met[t.net.Currency()] = true
	}
	for _, t := range s.latest {
		if t.Amount.Known() {
			met[t.Amount.Currency()] = true
		}
	}
	s.mixed = len(met) > 1
}

// enqueue lines up the banks that want reading and have not been asked in this run. One that wants
// a new sign-in is left alone until it has had it.
func (s *accountsScreen) enqueue() tea.Cmd {
	linked := make(map[string]bool, len(s.holdings))
	for _, h := range s.holdings {
		id := h.Item.ID
		linked[id] = true
		read := h.Fetched && !h.Synced.IsZero() && !h.Partial
		if read || s.asked[id] || errors.Is(h.Err, plaidapi.LoginRequired) {
			continue
		}
		s.asked[id] = true
		s.await(id)
	}
	// A bank that is linked again may have the same Item: it is asked again.
	maps.DeleteFunc(s.asked, func(id string, _ bool) bool { return !linked[id] })
	return s.work()
}

// work asks the bank at the head of the queue, unless one is being asked.
func (s *accountsScreen) work() tea.Cmd {
	if len(s.queue) == 0 || s.refresh.running() || s.sync.running() {
		return nil
	}
	l, id := s.ledger, s.queue[0]
	return s.refresh.start(s.ctx, func(ctx context.Context) ([]plaidapi.Account, error) { return l.Refresh(ctx, id) })
}

func (s *accountsScreen) refreshed(err error) tea.Cmd {
	if err != nil {
		return s.nextBank()
	}
	return s.page()
}

func (s *accountsScreen) page() tea.Cmd {
	l, id, last := s.ledger, s.queue[0], s.progress[s.queue[0]]
	return s.sync.start(s.ctx, func(ctx context.Context) (ledger.Progress, error) { return l.SyncPage(ctx, id, last) })
}

func (s *accountsScreen) fetched(msg reply[ledger.Progress]) tea.Cmd {
	if msg.err != nil || msg.value.Done {
		delete(s.progress, s.queue[0])
		return s.nextBank()
	}
	s.progress[s.queue[0]] = msg.value
	return s.page()
}

// nextBank leaves the head of the queue, whatever came of it: one bank's failure is not another's.
func (s *accountsScreen) nextBank() tea.Cmd {
	s.queue = s.queue[1:]
	return s.work()
}

func (s *accountsScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if msg.Paste {
		return nav{}, nil
	}
	k := s.keys
	switch {
	case s.list.move(k, msg):
	case key.Matches(msg, k.link):
		return open(newBanks(s.linked())), nil
	case key.Matches(msg, k.open) && len(s.rows) == 0 && s.loaded:
		return open(newBanks(nil)), nil
	case len(s.rows) == 0:
		return nav{}, nil
	case key.Matches(msg, k.open):
		return s.open()
	case key.Matches(msg, k.filter):
		return open(newFilter), nil
	case key.Matches(msg, k.activity):
		return open(newActivity), nil
	case key.Matches(msg, k.refresh):
		return nav{}, s.again(s.here().Item.ID)
	case key.Matches(msg, k.fix):
		return s.fix()
	case key.Matches(msg, k.unlink):
		return s.unlink()
	}
	return nav{}, nil
}

// open shows an account, or mends a bank that has none because it could not be read.
func (s *accountsScreen) open() (nav, tea.Cmd) {
	row := s.rows[s.list.cursor]
	h := s.holdings[row.holding]
	switch {
	case row.account >= 0:
		return open(newAccount(h.Item.Institution.Name, h.Accounts[row.account])), nil
	case h.Err != nil:
		return s.fix()
	}
	return nav{}, nil
}

// fix signs in again where a bank asks for it, takes leave of one that has ended the link, and asks
// once more where anything else failed.
func (s *accountsScreen) fix() (nav, tea.Cmd) {
	h := s.here()
	switch {
	case errors.Is(h.Err, plaidapi.LoginRequired):
		delete(s.asked, h.Item.ID)
		return open(newLink(plaidapi.LinkRequest{
			Mode: plaidapi.Update, Institution: h.Item.Institution, Products: h.Item.Products, ItemID: h.Item.ID,
		}, &draft{})), nil
	case errors.Is(h.Err, plaidapi.ItemGone):
		return s.unlink()
	case h.Err != nil:
		return nav{}, s.again(h.Item.ID)
	}
	return nav{}, nil
}

func (s *accountsScreen) unlink() (nav, tea.Cmd) {
	h := s.here()
	return open(newUnlink(h.Item, h.Accounts, h.Rows)), nil
}

// again asks a bank once more; asking twice at once is asking once.
func (s *accountsScreen) again(id string) tea.Cmd {
	s.await(id)
	return s.work()
}

// await puts a bank at the end of the queue, unless it is in there.
func (s *accountsScreen) await(id string) {
	if !slices.Contains(s.queue, id) {
		s.queue = append(s.queue, id)
	}
}

func (s *accountsScreen) linked() map[string]bool {
	all := map[string]bool{}
	for _, h := range s.holdings {
		all[h.Item.Institution.ID] = true
	}
	return all
}

// View stacks totals, what must be said, banks and the latest movements. Net worth and the short form
// of what must be said never leave: the banks get the room that is left.
func (s *accountsScreen) View() string {
	if len(s.holdings) == 0 {
		return strings.Join(fit(s.height, para{lines: s.empty(), gap: min(2, s.height/10)}), "\n")
	}
	net, parts := s.totals()
	told := s.told()
	banks, cursor := s.banks()
	page := fit(s.height,
		para{lines: net},
		para{lines: parts, keep: 2},
		para{lines: told, gap: 1},
		para{lines: window(banks, cursor, s.height-len(net)-len(told)), gap: 1},
		para{lines: s.newest(), keep: 3, gap: 1},
	)
	return strings.Join(page, "\n")
}

// window keeps the line under the cursor in view where there are more than fit.
func window(lines []string, cursor, height int) []string {
	height = max(height, 0)
	from := max(0, min(cursor-height/2, len(lines)-height))
	return lines[from:min(len(lines), from+height)]
}

func (s *accountsScreen) empty() []string {
	switch {
	case s.err != nil:
		told := explain(s.err, "The list of your banks", s.now())
		return wrap("! "+told.title+". "+told.cause, s.width)
	case !s.loaded:
		return nil
	}
	return wrap("No banks yet. "+s.keys.submit.Help().Key+" shows the banks that can be linked.", s.width)
}
