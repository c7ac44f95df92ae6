package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

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
	due           map[string]time.Time // when Items are asked on that have not all of their past yet
	pause         seconds              // until then, while there is nothing else to ask
	attempts      []plaidapi.Attempt   // links that an earlier run left open, to be told
	settle        task[[]plaidapi.Attempt]
	back          task[past]
	past          past
	keyless       bool // API keys are needed first
	loaded        bool
	err           error
	barred        bool // the last key would have changed something, and may not
	asks          asks
	seen          []ledger.Holding // what was listed when the person last did something here
	returned      bool             // the person has just come back
}

// overview is what home is made from.
type overview struct {
	holdings []ledger.Holding
	latest   []plaidapi.Transaction
	keyless  bool
	attempts []plaidapi.Attempt // read here where there is nothing else to show
}

// homeRow is a row the cursor can stand on: an account, or a bank without any yet (account < 0).
type homeRow struct{ holding, account int }

func newAccounts(e env) screen {
	return &accountsScreen{env: e, asked: map[string]bool{}, progress: map[string]ledger.Progress{}, due: map[string]time.Time{}}
}

// Init reads what is saved; the first time it is opened for that.
func (s *accountsScreen) Init() tea.Cmd {
	l, opened, practice := s.ledger, s.loaded, s.practice
	return s.load.start(s.ctx, func(ctx context.Context) (overview, error) {
		if !opened {
			if err := l.Open(ctx); err != nil {
				return overview{}, err
			}
		}
		keyless := !practice && errors.Is(l.Keyed(ctx), plaidapi.ErrNoKeys)
		holdings, err := l.Holdings(ctx)
		if err != nil {
			return overview{}, err
		}
		o := overview{holdings: holdings, keyless: keyless}
		if len(holdings) == 0 {
			o.attempts, err = l.Attempts(ctx)
			return o, err
		}
		o.latest, err = latest(ctx, l)
		return o, err
	})
}

func (s *accountsScreen) SetSize(width, height int) {
	s.width, s.height = width, height
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
			n, cmd := s.refreshed(msg.err)
			return n, tea.Batch(s.Init(), cmd)
		}
	case reply[past]:
		if s.back.take(msg) && msg.err == nil { // should it have failed, the next list says so
			s.past = msg.value
		}
	case reply[[]plaidapi.Attempt]:
		if s.settle.take(msg) {
			return nav{}, s.settled(msg)
		}
	case reply[ledger.Progress]:
		if s.sync.take(msg) {
			n, cmd := s.fetched(msg)
			return n, tea.Batch(s.Init(), cmd)
		}
	case second:
		if s.pause.take(msg) {
			return nav{}, s.work()
		}
	case shown:
		s.returned = true
		return nav{}, tea.Batch(s.Init(), s.settling())
	case tea.KeyMsg:
		s.seen = s.holdings
		return s.key(msg)
	case tea.MouseMsg:
		s.seen = s.holdings
		return s.point(msg)
	}
	return nav{}, nil
}

// point answers the mouse: a click selects an account, another opens it, and one on the latest
// movements opens all of them.
func (s *accountsScreen) point(msg tea.MouseMsg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) || msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress || len(s.rows) == 0 {
		return nav{}, nil
	}
	switch row := rowAt(s.height, msg.Y, s.sections()...); {
	case row == inLatest:
		return open(newActivity), nil
	case row >= 0:
		if _, again := s.list.click(msg, row); again {
			return s.open()
		}
	}
	return nav{}, nil
}

// taken shows what is saved. Without a single bank, the first sight is a welcome, or where keys of
// the person's own are used, the list of banks.
func (s *accountsScreen) taken(msg reply[overview]) (nav, tea.Cmd) {
	switch s.err = msg.err; {
	case errors.Is(msg.err, plaidapi.ErrPassphrase), errors.Is(msg.err, plaidapi.ErrWrongPassphrase):
		return afresh(newPassphrase(msg.err)), nil
	case errors.Is(msg.err, plaidapi.ErrNoPlace):
		return afresh(newPlace(msg.err)), nil
	case errors.Is(msg.err, plaidapi.ErrLocked):
		return afresh(newLocked), nil
	case msg.err != nil:
		return nav{}, nil
	}
	first, at := !s.loaded, s.at()
	s.loaded, s.holdings, s.latest, s.keyless = true, msg.value.holdings, msg.value.latest, msg.value.keyless
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
	s.stay(s.linkedSince(at))
	s.tally()
	if !first {
		cmd := s.enqueue()
		if len(s.queue) == 0 { // while much is being fetched, all that is told of it would be told anew with every page
			cmd = tea.Batch(cmd, s.lookBack())
		}
		return nav{}, cmd
	}
	s.attempts, s.seen = msg.value.attempts, s.holdings
	cmd := tea.Batch(s.enqueue(), s.settling(), s.lookBack())
	switch {
	case len(s.holdings) > 0, len(s.attempts) > 0, s.ledger.Access().ReadOnly:
		return nav{}, cmd
	case s.practice:
		return open(newWelcome), cmd
	}
	return open(s.linking()), cmd
}

// at names what the cursor is on: an account, or a bank without any.
func (s *accountsScreen) at() plaidapi.AccountKey {
	if s.list.cursor >= len(s.rows) {
		return plaidapi.AccountKey{}
	}
	return s.keyOf(s.rows[s.list.cursor])
}

func (s *accountsScreen) keyOf(row homeRow) plaidapi.AccountKey {
	h := s.holdings[row.holding]
	if row.account < 0 {
		return plaidapi.AccountKey{Item: h.Item.ID}
	}
	return plaidapi.AccountKey{Item: h.Item.ID, Account: h.Accounts[row.account].ID}
}

// linkedSince is the bank that was linked while the person was away from here, if one was, else what
// the cursor was on.
func (s *accountsScreen) linkedSince(at plaidapi.AccountKey) plaidapi.AccountKey {
	if !s.returned {
		return at
	}
	s.returned = false
	for _, h := range s.holdings {
		if !slices.ContainsFunc(s.seen, func(o ledger.Holding) bool { return o.Item.ID == h.Item.ID }) {
			at = plaidapi.AccountKey{Item: h.Item.ID}
		}
	}
	s.seen = s.holdings
	return at
}

// stay puts the cursor back on what it was on, or on another account of that bank: a key must not
// unlink what has moved under the cursor.
func (s *accountsScreen) stay(at plaidapi.AccountKey) {
	same := slices.IndexFunc(s.rows, func(r homeRow) bool { return s.keyOf(r) == at })
	if same < 0 {
		same = slices.IndexFunc(s.rows, func(r homeRow) bool { return s.keyOf(r).Item == at.Item })
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

func (s *accountsScreen) View() string { return strings.Join(fit(s.height, s.sections()...), "\n") }

// sections are totals, what must be said, banks and the latest movements. Net worth and the short
// form of what must be said never leave: the banks get the room that is left.
func (s *accountsScreen) sections() []para {
	told := s.told()
	if len(s.holdings) == 0 {
		return []para{{lines: told}, {lines: s.empty(), gap: min(2, s.height/10)}}
	}
	net, parts := s.totals()
	banks := s.banks()
	used := len(net) + len(told) + banks.gap
	if len(told) > 0 {
		used += banks.gap
	}
	if used+len(parts)+len(banks.lines) > s.height {
		parts = nil
	}
	latest := s.newest(s.height - used - len(parts) - len(banks.lines) - 1)
	return []para{
		{lines: net},
		{lines: parts, keep: 2},
		{lines: told, gap: banks.gap},
		s.window(banks, s.height-used),
		latest,
	}
}

// scrolls reports whether there are more accounts than fit.
func (s *accountsScreen) scrolls() bool {
	seen := 0
	for _, p := range settled(s.height, s.sections()) {
		for _, row := range p.rows {
			if row >= 0 {
				seen++
			}
		}
	}
	return seen < len(s.rows)
}

func (s *accountsScreen) empty() []string {
	enter := s.keys.submit.Help().Key
	switch {
	case !s.loaded && s.err != nil:
		told := explain(s.err, "What is saved", s.now())
		return append(wrap("! "+told.title+". "+told.cause, s.width), "", enter+" tries again")
	case !s.loaded:
		return nil
	case s.ledger.Access().ReadOnly:
		return []string{"No banks yet."}
	case s.keyless:
		return wrap("No banks yet. "+enter+" takes the API keys that linking one needs.", s.width)
	}
	return wrap("No banks yet. "+enter+" shows the banks that can be linked.", s.width)
}
