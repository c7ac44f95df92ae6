package ui

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// bankRows are the linked banks.
func (s *settingsScreen) bankRows() []settingRow {
	rows := make([]settingRow, 0, len(s.holdings))
	for i, h := range s.holdings {
		r := settingRow{id: h.Item.ID, section: ofBanks, label: h.Item.Institution.Name, bank: i, values: []string{s.standing(h)}}
		if !h.ConsentUntil.IsZero() {
			r.values = []string{s.standing(h) + ", " + s.consented(h), s.standing(h)}
		}
		if isOut(h) {
			r.values = append([]string{r.values[0] + ", not in totals"}, append(r.values, "not in totals")...)
		}
		if h.Err != nil {
			r.values = append(r.values, "!")
		}
		if (h.Err != nil || s.lapsing(h)) && s.mayChange() {
			r.does, r.run = s.mending(h).Help().Desc, func() (nav, tea.Cmd) { return s.fix(h) }
		}
		rows = append(rows, r)
	}
	return rows
}

// standing is how a bank is doing.
func (s *settingsScreen) standing(h ledger.Holding) string {
	switch {
	case s.asked == h.Item.ID && s.ask.running():
		return "fetching"
	case h.Err != nil:
		return brief(h.Err)
	case h.Synced.IsZero():
		return "not read yet"
	case !h.Fetched:
		return "saved " + age(h.Synced, s.now())
	}
	return "ok, synced " + age(h.Synced, s.now())
}

// dated is from when the data of a bank are that could not be read since.
func (s *settingsScreen) dated(h ledger.Holding) string {
	switch passed := s.now().Sub(h.Read); {
	case h.Err == nil || h.Read.IsZero():
		return ""
	case passed < old:
		return "saved " + age(h.Read, s.now())
	}
	return "data from " + since(h.Read, s.now())
}

// mayChange reports whether anything that is kept may be changed here.
func (s *settingsScreen) mayChange() bool { return !s.ledger.Access().ReadOnly }

// bankKeys are the keys that do something to the bank of a row, or to banks at all.
func (s *settingsScreen) bankKeys(r settingRow) []key.Binding {
	k := s.keys
	var all []key.Binding
	if !s.mayChange() {
		return nil
	}
	if r.bank >= 0 {
		h := s.holdings[r.bank]
		if h.Err != nil || s.lapsing(h) {
			all = append(all, s.mending(h))
		}
		if h.Err == nil || problem(h.Err) != plaidapi.ItemGone && problem(h.Err) != plaidapi.Offline {
			all = append(all, k.refresh, k.unlink)
		}
		all = append(all, k.rename)
		if len(h.Accounts) > 0 {
			all = append(all, s.leaving(h))
		}
	}
	if !s.offline() {
		all = append(all, k.link)
	}
	return all
}

// offline reports that a bank could not be reached at all.
func (s *settingsScreen) offline() bool {
	return slices.ContainsFunc(s.holdings, func(h ledger.Holding) bool { return h.Err != nil && problem(h.Err) == plaidapi.Offline })
}

// bankKey answers the keys that are about banks.
func (s *settingsScreen) bankKey(msg tea.KeyMsg, r settingRow) (nav, tea.Cmd) {
	k := s.keys
	if !key.Matches(msg, s.bankKeys(r)...) {
		return nav{}, nil
	}
	if key.Matches(msg, k.link) {
		return open(s.linking()), nil
	}
	h := s.holdings[r.bank]
	switch {
	case key.Matches(msg, k.fix):
		return s.fix(h)
	case key.Matches(msg, k.refresh):
		return s.refresh(h)
	case key.Matches(msg, k.leaveOut):
		return s.leaveOut(h)
	case key.Matches(msg, k.rename):
		return open(newRenameBank(h.Item)), nil
	case key.Matches(msg, k.unlink):
		return open(unlinking(h, back)), nil
	}
	return nav{}, nil
}

// fix leads to what mends a bank, or asks it once more.
func (s *settingsScreen) fix(h ledger.Holding) (nav, tea.Cmd) {
	if mends := s.mended(h, back); mends != nil {
		return open(mends), nil
	}
	return s.refresh(h)
}

// refresh asks a bank for all it has, one bank at a time.
func (s *settingsScreen) refresh(h ledger.Holding) (nav, tea.Cmd) {
	if s.ask.running() {
		return said("Another bank is being asked. One at a time."), nil
	}
	l, id := s.ledger, h.Item.ID
	s.asked = id
	return nav{}, s.ask.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		_, err := l.Refresh(ctx, id)
		for p := (ledger.Progress{Thorough: true}); err == nil && !p.Done && p.Waiting == 0; { // home goes on where a bank wants time
			p, err = l.SyncPage(ctx, id, p)
		}
		return struct{}{}, err
	})
}

// linking is what leads to a new link: the list of banks, after the keys where there are none.
func (s *settingsScreen) linking() func(env) screen {
	linked := map[string]bool{}
	for _, h := range s.holdings {
		linked[h.Item.Institution.ID] = true
	}
	if s.keyless {
		return newAPIKeys(newBanks(linked))
	}
	return newBanks(linked)
}

// isOut reports whether every account of a bank is left out of totals.
func isOut(h ledger.Holding) bool {
	return len(h.Accounts) > 0 && !slices.ContainsFunc(h.Accounts, func(a plaidapi.Account) bool { return !h.Out[a.ID] })
}

// leaving is the key that leaves a bank out of totals, or counts it again.
func (s *settingsScreen) leaving(h ledger.Holding) key.Binding {
	if isOut(h) {
		return as(s.keys.leaveOut, "count in totals")
	}
	return s.keys.leaveOut
}

// leaveOut leaves all accounts of a bank out of totals, or counts them again: one change, to be undone
// as one.
func (s *settingsScreen) leaveOut(h ledger.Holding) (nav, tea.Cmd) {
	if s.mark.running() {
		return nav{}, nil
	}
	bank := h.Item.Institution.Name
	value, about, done := "yes", "leaving "+bank+" out of totals", bank+" is left out of totals."
	if isOut(h) {
		value, about, done = "", "counting "+bank+" in totals", bank+" counts in totals."
	}
	marks := make([]plaidapi.Mark, 0, len(h.Accounts))
	for _, a := range h.Accounts {
		marks = append(marks, plaidapi.Mark{
			Subject: plaidapi.Subject{ItemID: h.Item.ID, AccountID: a.ID}, Field: plaidapi.LeftOut, Value: value,
		})
	}
	l := s.ledger
	return nav{}, s.mark.start(s.ctx, func(ctx context.Context) (string, error) { return done, l.Write(ctx, about, marks...) })
}

// marked says what came of it.
func (s *settingsScreen) marked(msg reply[string]) (nav, tea.Cmd) {
	if msg.err != nil {
		return said(inShort(msg.err)), nil
	}
	return said(msg.value), s.Init()
}
