package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// remark is something that must be said above the banks, at length and for where there is little room.
type remark struct{ long, short string }

// remarks are, first things first: that the last key may do nothing, that the list could not be read
// again, links that may be lost, and what there is to say of where tokens are kept.
func (s *accountsScreen) remarks() []remark {
	var all []remark
	if s.barred {
		all = append(all, remark{"! That would change something, and nothing can be changed now.", "! Nothing can be changed now."})
	}
	if s.err != nil && s.loaded {
		all = append(all, remark{
			because("! What is shown could not be read again", s.err),
			fitting(s.width, because("! Not read again", s.err), "! Not read again."),
		})
	}
	if len(s.attempts) > 0 {
		all = append(all, s.lost())
	}
	if s.keyless && len(s.holdings) > 0 {
		takes := s.keys.refresh.Help().Key + " takes them."
		all = append(all, remark{"! API keys are needed before any bank is asked for what is new. " + takes, "! API keys are needed. " + takes})
	}
	if r, is := s.reminder(); is {
		all = append(all, r)
	}
	access := s.ledger.Access()
	keeps := s.keys.place.Help().Key
	switch {
	case access.ReadOnly:
		all = append(all, remark{"! Read only. " + access.Notice, "! Read only. " + access.Notice})
	case access.Notice != "" && access.Place == plaidapi.InMemory:
		all = append(all, remark{"! " + access.Notice + " " + keeps + " keeps it elsewhere.", "! Kept for this run only. " + keeps + " keeps it"})
	case access.Notice != "":
		all = append(all, remark{"! " + access.Notice, "! " + access.Notice})
	}
	return all
}

// told draws the remarks: at length where that leaves the banks their room, else a line each.
func (s *accountsScreen) told() []string {
	all := s.remarks()
	var lines []string
	for _, r := range all {
		lines = append(lines, wrap(r.long, s.width)...)
	}
	most := max(1, s.height/4)
	if len(s.holdings) == 0 {
		most = s.height - 3
	}
	if len(lines) > most {
		lines = nil
		for _, r := range all[:min(len(all), most)] {
			lines = append(lines, cut(r.short, s.width))
		}
	}
	return s.theme.warning.each(lines)
}

// lost tells of the first link that an earlier run left open. Its entry may have lost its name and
// its time.
func (s *accountsScreen) lost() remark {
	first := s.attempts[0]
	if first.OnPage() {
		return s.onPage(first)
	}
	bank, on, day := first.Bank, "", ""
	if bank == "" {
		bank = "a bank"
	}
	if !first.At.IsZero() {
		at := first.At.In(s.now().Location())
		on, day = " on "+at.Format("2 Jan 15:04"), " "+at.Format("2 Jan")
	}
	long := "! A link with " + bank + " was under way" + on + " when tartan ended."
	if n := len(s.attempts); n > 1 {
		long = "! " + count(n, "link") + " were under way when tartan ended. The first was with " + bank + on + "."
	}
	long += " The bank may hold access that tartan has no token for: look among the connected apps on the bank's site."
	begin, end := "! Cut off"+day+": ", "."
	if !s.ledger.Access().ReadOnly {
		dismisses := " " + s.keys.dismiss.Help().Key + " dismisses"
		long, end = long+dismisses+" this.", end+dismisses
	}
	return remark{long, begin + cut(bank, s.width-width(begin+end)) + end}
}

// onPage tells of a bank's page that an earlier run left open. Nothing was linked by it yet.
func (s *accountsScreen) onPage(a plaidapi.Attempt) remark {
	at := a.At.In(s.now().Location())
	long := "! The page to sign in at " + a.Bank + ", from " + at.Format("2 Jan 15:04") + ", may still be open. Nothing is linked yet; " +
		"what is finished there is linked at the next start."
	begin, end := "! Page open, "+at.Format("2 Jan")+": ", "."
	if !s.ledger.Access().ReadOnly {
		dismisses := " " + s.keys.dismiss.Help().Key + " dismisses"
		long, end = long+dismisses+" this.", end+dismisses
	}
	return remark{long, begin + cut(a.Bank, s.width-width(begin+end)) + end}
}

// settling finishes what earlier runs left open at banks, as far as that can be done, and gathers the
// rest.
func (s *accountsScreen) settling() tea.Cmd {
	l := s.ledger
	if l.Access().ReadOnly {
		return nil
	}
	return s.settle.start(s.ctx, func(ctx context.Context) ([]plaidapi.Attempt, error) {
		err := l.SettleAttempts(ctx)
		open, err2 := l.Attempts(ctx)
		return open, errors.Join(err, err2)
	})
}

// settled takes what could not be finished. A link that could be is on the list from now on.
func (s *accountsScreen) settled(msg reply[[]plaidapi.Attempt]) tea.Cmd {
	if len(msg.value) > 0 || msg.err == nil {
		s.attempts = msg.value
	}
	return s.Init()
}

// dismissed takes the link that is told of off the list.
func (s *accountsScreen) dismissed() tea.Cmd {
	if len(s.attempts) == 0 || s.settle.running() {
		return nil
	}
	l, id := s.ledger, s.attempts[0].ID
	return s.settle.start(s.ctx, func(ctx context.Context) ([]plaidapi.Attempt, error) {
		err := l.Dismiss(ctx, id)
		open, err2 := l.Attempts(ctx)
		return open, errors.Join(err, err2)
	})
}

// old is the age from which on a number says how old it is.
const old = 24 * time.Hour

// aged is when a holding's balances were read, where that is long ago: "3 Nov".
func (s *accountsScreen) aged(h ledger.Holding) string {
	if h.Read.IsZero() || s.now().Sub(h.Read) < old {
		return ""
	}
	return since(h.Read, s.now())
}

// since is a day as it stands in a sentence: "3 Nov", "3 Nov 2025" when the year is another one.
func since(then, now time.Time) string {
	then = then.In(now.Location())
	if then.Year() == now.Year() {
		return then.Format("2 Jan")
	}
	return then.Format("2 Jan 2006")
}

// stale says from when the oldest balances of such accounts are, where that is long ago: "partly
// from 3 Nov".
func (s *accountsScreen) stale(counts func(plaidapi.AccountType) bool) string {
	partly, oldest := "", ledger.Holding{}
	for _, h := range s.holdings {
		switch {
		case !slices.ContainsFunc(h.Accounts, func(a plaidapi.Account) bool { return a.Current != nil && !h.Out[a.ID] && counts(a.Type) }):
		case s.aged(h) == "":
			partly = "partly "
		case oldest.Read.IsZero() || h.Read.Before(oldest.Read):
			oldest = h
		}
	}
	if oldest.Read.IsZero() {
		return ""
	}
	return partly + "from " + s.aged(oldest)
}

// offline is what the header begins with where a server could not be reached.
const offline = "offline"

// offline says since when what is shown is saved, where a bank could not be reached.
func (s *accountsScreen) offline() string {
	text := ""
	var newest time.Time
	for _, h := range s.holdings {
		if problem(h.Err) == plaidapi.Offline && h.Err != nil {
			text = offline
			if h.Read.After(newest) {
				newest = h.Read
			}
		}
	}
	if text == "" || newest.IsZero() || s.width < small {
		return text
	}
	return text + " · saved " + age(newest, s.now())
}
