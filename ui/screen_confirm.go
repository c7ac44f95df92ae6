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

// confirmScreen asks before banks are unlinked: consequences as facts, the safe answer preselected.
// Then it unlinks one bank after the other, and tells which could not be.
type confirmScreen struct {
	env
	asks          question
	banks         []ledger.Holding // that are still to be unlinked
	at            int              // which of them is being unlinked
	failed        []failure
	typed         input // of the word that must be typed
	yes           bool  // the mark is under the answer that does it
	read          task[ledger.Notes]
	notes         ledger.Notes // what was written; it goes with its banks
	work          task[struct{}]
	wiping        bool // the banks are unlinked, and the rest goes
	width, height int
}

// question is what is asked, and what follows.
type question struct {
	crumb, title string
	keep, do     string // the two answers
	word         string // must be typed before anything is done; empty: nothing must
	wipe         bool   // API keys go as well, once no bank is left
	done         nav    // once it is done
}

// failure is a bank that could not be unlinked; no bank where the rest could not go.
type failure struct {
	bank ledger.Holding
	err  error
}

// newUnlink asks before one bank is unlinked, and goes home afterwards.
func newUnlink(item plaidapi.Item, accounts []plaidapi.Account, rows int) func(env) screen {
	return unlinking(ledger.Holding{Item: item, Accounts: accounts, Rows: rows}, home)
}

// unlinking asks before one bank is unlinked. Afterwards it goes where done does.
func unlinking(h ledger.Holding, done nav) func(env) screen {
	return func(e env) screen {
		bank := h.Item.Institution.Name
		done.say = "Unlinked " + bank + "."
		return &confirmScreen{env: e, banks: []ledger.Holding{h}, asks: question{
			crumb: "Unlink", title: "Unlink " + bank + "?", keep: "Keep it", do: "Unlink", done: done,
		}}
	}
}

// newForget asks before everything is forgotten: banks, and API keys where some are kept.
func newForget(all []ledger.Holding, keyed bool) func(env) screen {
	return func(e env) screen {
		done := afresh(newAccounts)
		done.say = "Everything is forgotten."
		return &confirmScreen{env: e, banks: all, asks: question{
			crumb: "Forget everything", title: "Forget everything?", keep: "Keep everything", do: "Forget",
			word: "forget", wipe: keyed, done: done,
		}}
	}
}

// consequences are what is done to the banks that are left.
func (s *confirmScreen) consequences() []string {
	accounts, rows := 0, 0
	for _, h := range s.banks {
		accounts, rows = accounts+len(h.Accounts), rows+h.Rows
	}
	var facts []string
	where := s.ledger.Access().Where
	saved := "delete " + count(accounts, "account") + " and " + count(rows, "transaction") + " saved here"
	switch n := len(s.banks); n {
	case 0:
	case 1:
		facts = []string{"revoke access at the bank", "delete its token from " + where, saved}
	default:
		facts = []string{"revoke access at " + count(n, "bank"), "delete " + count(n, "token") + " from " + where, saved}
	}
	if n := s.written(); n > 0 {
		facts = append(facts, "delete what you wrote on "+count(n, "transaction"))
	}
	if s.asks.wipe {
		facts = append(facts, "delete the Plaid API keys from "+where)
	}
	return facts
}

// Init reads what the person wrote: it goes as well.
func (s *confirmScreen) Init() tea.Cmd {
	l := s.ledger
	return s.read.start(s.ctx, func(ctx context.Context) (ledger.Notes, error) { return l.Notes(ctx) })
}

// written is on how many transactions of the banks that are left the person wrote something.
func (s *confirmScreen) written() int {
	n := 0
	for k := range s.notes.Transactions {
		if slices.ContainsFunc(s.banks, func(h ledger.Holding) bool { return h.Item.ID == k.Item }) {
			n++
		}
	}
	return n
}

func (s *confirmScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *confirmScreen) Chrome() chrome {
	k := s.keys
	c := chrome{crumbs: []string{s.asks.crumb}, typing: s.asks.word != ""}
	switch {
	case s.wiping:
		c.busy = "forgetting"
	case s.work.running():
		c.busy = "unlinking"
		if len(s.banks) > 1 {
			c.busy += " " + number(s.at+1) + " of " + number(len(s.banks))
		}
	case s.asks.word != "":
		c.keys = []key.Binding{as(k.submit, strings.ToLower(s.asks.do)), as(only(k.back), "keep everything")}
		if !s.meant() {
			c.keys = c.keys[1:]
		}
	default:
		c.keys = []key.Binding{k.sideways, as(k.submit, "confirm"), as(only(k.back), "keep it")}
	}
	return c
}

func (s *confirmScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[ledger.Notes]:
		if s.read.take(msg) && msg.err == nil {
			s.notes = msg.value
		}
	case reply[struct{}]:
		if s.work.take(msg) {
			return s.unlinked(msg.err)
		}
	case tea.KeyMsg:
		if !s.work.running() {
			return s.key(msg)
		}
	case tea.MouseMsg:
		if !s.work.running() {
			return s.point(msg)
		}
	}
	return nav{}, nil
}

func (s *confirmScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	k := s.keys
	switch {
	case msg.Paste:
	case key.Matches(msg, only(k.back)):
		return back, nil
	case key.Matches(msg, k.submit):
		return s.answer()
	case s.asks.word != "":
		s.typed.key(msg)
		s.yes = s.meant()
	case key.Matches(msg, k.sideways):
		s.yes = !s.yes
	}
	return nav{}, nil
}

// meant reports whether the word was typed that must be.
func (s *confirmScreen) meant() bool {
	return strings.EqualFold(strings.TrimSpace(s.typed.value()), s.asks.word)
}

// answer gives the answer that the mark is under. Where a word must be typed, nothing is left by a
// key that came too early.
func (s *confirmScreen) answer() (nav, tea.Cmd) {
	switch {
	case s.yes:
		s.failed, s.at = nil, 0
		return nav{}, s.next()
	case s.asks.word != "":
		return said("Type " + s.asks.word + " first."), nil
	}
	return back, nil
}

// next unlinks the bank whose turn it is; after the last one, all else goes.
func (s *confirmScreen) next() tea.Cmd {
	l := s.ledger
	if s.at == len(s.banks) {
		s.wiping = true
		return s.work.start(s.ctx, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, l.SetKeys(ctx, plaidapi.Keys{})
		})
	}
	id := s.banks[s.at].Item.ID
	return s.work.start(s.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Unlink(ctx, id)
	})
}

// unlinked goes on to the next bank whatever came of this one. Those that could not be unlinked stay
// to be tried again, and as long as there are any, nothing else goes.
func (s *confirmScreen) unlinked(err error) (nav, tea.Cmd) {
	if s.wiping {
		s.wiping = false
		if err == nil {
			return s.asks.done, nil
		}
		s.banks, s.at, s.failed = nil, 0, []failure{{err: err}}
		return nav{}, nil
	}
	if err != nil {
		s.failed = append(s.failed, failure{s.banks[s.at], err})
	}
	s.at++
	switch {
	case s.at < len(s.banks), s.asks.wipe && len(s.failed) == 0:
		return nav{}, s.next()
	case len(s.failed) == 0:
		return s.asks.done, nil
	}
	s.banks, s.at = nil, 0
	for _, f := range s.failed {
		s.banks = append(s.banks, f.bank)
	}
	return nav{}, nil
}
