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
	linked := make(map[string]bool, len(s.holdings))
	for _, h := range s.holdings {
		id := h.Item.ID
		linked[id] = true
		read := h.Fetched && !h.Synced.IsZero() && !h.Partial
		if !asking || read || s.asked[id] || errors.Is(h.Err, plaidapi.LoginRequired) {
			continue
		}
		s.asked[id] = true
		s.await(id)
	}
	// A bank that is linked again may have the same Item: it is asked again.
	maps.DeleteFunc(s.asked, func(id string, _ bool) bool { return !linked[id] })
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
	if msg.value.Waiting > 0 {
		s.due[s.queue[0]] = s.now().Add(msg.value.Waiting)
		return s.work()
	}
	return s.page()
}

// nextBank leaves the head of the queue, whatever came of it: one bank's failure is not another's.
func (s *accountsScreen) nextBank() tea.Cmd {
	s.queue = s.queue[1:]
	return s.work()
}

// again asks a bank once more, for all it has; asking twice at once is asking once.
func (s *accountsScreen) again(id string) tea.Cmd {
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
