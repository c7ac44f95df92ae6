package ui

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// enqueue lines up the banks that want reading and have not been asked in this run. One that wants
// a new sign-in is left alone until it has had it.
func (s *accountsScreen) enqueue() tea.Cmd {
	asking := !s.keyless && !s.ledger.Access().ReadOnly
	working := make(map[string]bool, len(s.holdings))
	for _, h := range s.holdings {
		id := h.Item.ID
		if errors.Is(h.Err, plaidapi.LoginRequired) {
			continue
		}
		working[id] = true
		read := h.Fetched && !h.Synced.IsZero() && !h.Partial
		if !asking || read || s.asked[id] {
			continue
		}
		s.asked[id] = true
		s.await(id)
	}
	// A bank that is linked or signed in to again may have the same Item: it is asked again.
	maps.DeleteFunc(s.asked, func(id string, _ bool) bool { return !working[id] })
	return s.work()
}

// work asks the first bank in the queue that need not be waited for, unless one is being asked. It
// comes to the head; those that still gather their past wait behind it.
func (s *accountsScreen) work() tea.Cmd {
	if len(s.queue) == 0 || s.refresh.running() || s.sync.running() {
		return nil
	}
	at := slices.IndexFunc(s.queue, func(id string) bool { return !s.now().Before(s.due[id]) })
	if at < 0 {
		return s.pause.run(&s.env)
	}
	l, id := s.ledger, s.queue[at]
	s.queue = append([]string{id}, slices.Delete(s.queue, at, at+1)...)
	if _, begun := s.due[id]; begun {
		delete(s.due, id)
		return s.page()
	}
	return s.refresh.start(s.ctx, func(ctx context.Context) ([]plaidapi.Account, error) { return l.Refresh(ctx, id) })
}

func (s *accountsScreen) refreshed(err error) (nav, tea.Cmd) {
	if err != nil {
		return s.nextBank(ledger.Progress{}, err)
	}
	return nav{}, s.page()
}

func (s *accountsScreen) page() tea.Cmd {
	l, id, last := s.ledger, s.queue[0], s.progress[s.queue[0]]
	return s.sync.start(s.ctx, func(ctx context.Context) (ledger.Progress, error) { return l.SyncPage(ctx, id, last) })
}

func (s *accountsScreen) fetched(msg reply[ledger.Progress]) (nav, tea.Cmd) {
	if msg.err != nil || msg.value.Done {
		delete(s.progress, s.queue[0])
		return s.nextBank(msg.value, msg.err)
	}
	s.progress[s.queue[0]] = msg.value
	if msg.value.Waiting > 0 {
		s.due[s.queue[0]] = s.now().Add(msg.value.Waiting)
		return nav{}, s.work()
	}
	return nav{}, s.page()
}

// nextBank leaves the head of the queue, whatever came of it: one bank's failure is not another's.
func (s *accountsScreen) nextBank(p ledger.Progress, err error) (nav, tea.Cmd) {
	id := s.queue[0]
	s.queue = s.queue[1:]
	return s.answered(id, p, err), s.work()
}

// asks is what the person asked banks for, until all have answered and it is said what came of it.
type asks struct {
	waiting map[string]ledger.Holding // by Item, as it was
	total   int                       // of the banks
	read    int                       // those of them that could be
	fresh   int                       // transactions that they have more than before
}

// asking notes that the person asked a bank.
func (s *accountsScreen) asking(id string) {
	at := slices.IndexFunc(s.holdings, func(h ledger.Holding) bool { return h.Item.ID == id })
	if _, already := s.asks.waiting[id]; already || at < 0 {
		return
	}
	if s.asks.waiting == nil {
		s.asks.waiting = map[string]ledger.Holding{}
	}
	s.asks.waiting[id] = s.holdings[at]
	s.asks.total++
}

// answered notes what came of asking a bank, and says it after the last one that the person asked. Why
// one could not be read stands beside its name: where that is new, nothing else need be said.
func (s *accountsScreen) answered(id string, p ledger.Progress, err error) nav {
	h, waiting := s.asks.waiting[id]
	if !waiting {
		return nav{}
	}
	delete(s.asks.waiting, id)
	if err == nil {
		s.asks.read++
		s.asks.fresh += max(p.Rows-h.Rows, 0)
	}
	if len(s.asks.waiting) > 0 {
		return nav{}
	}
	a, news := s.asks, "nothing new."
	s.asks = asks{}
	if a.fresh > 0 {
		news = count(a.fresh, "new transaction") + "."
	}
	switch {
	case a.read == 0 && h.Err == nil:
		return nav{}
	case a.read == 0:
		return said("Not refreshed.")
	case a.total == 1:
		return said(fitting(s.width, "Refreshed "+h.Item.Institution.Name+", "+news, "Refreshed, "+news))
	case a.read < a.total:
		return said("Refreshed " + number(a.read) + " of " + count(a.total, "bank") + ", " + news)
	}
	return said("Refreshed " + count(a.total, "bank") + ", " + news)
}

// again asks a bank once more, for all it has; asking twice at once is asking once.
func (s *accountsScreen) again(id string) tea.Cmd {
	s.asking(id)
	if !slices.Contains(s.queue, id) {
		s.progress[id] = ledger.Progress{Thorough: true}
	}
	s.await(id)
	return s.work()
}

// allAgain asks all banks once more, but for those that would only ask for the person.
func (s *accountsScreen) allAgain() tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(s.holdings))
	for _, h := range s.holdings {
		if askable(h) {
			cmds = append(cmds, s.again(h.Item.ID))
		}
	}
	return tea.Batch(cmds...)
}

// askable reports whether a bank may have something to tell before the person does something.
func askable(h ledger.Holding) bool {
	return !errors.Is(h.Err, plaidapi.LoginRequired) && !errors.Is(h.Err, plaidapi.ItemGone)
}

// await puts a bank at the end of the queue, unless it is in there.
func (s *accountsScreen) await(id string) {
	if !slices.Contains(s.queue, id) {
		s.queue = append(s.queue, id)
	}
}
