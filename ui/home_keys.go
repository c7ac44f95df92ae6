package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

func (s *accountsScreen) Chrome() chrome {
	c := chrome{keys: s.works(), browse: true, right: s.headline(), least: s.least()}
	switch {
	case s.load.running() && len(s.rows) == 0: // keys are for what will be there
		c.busy, c.right, c.hold = "opening", "", true
	case s.refresh.running(), s.sync.running():
		c.busy = "syncing"
	}
	return c
}

// least is net worth, for where there is no room for more.
func (s *accountsScreen) least() string {
	if len(s.worth.totals) != 1 {
		return ""
	}
	mark := ""
	if s.worth.without() != "" || s.stale(anyAccount) != "" {
		mark = " !"
	}
	return "Net worth" + mark + " " + s.money(s.worth.totals[0].net)
}

// headline is what the header says: that a bank was not reached, where the cursor is when not all accounts fit, else how many there are.
func (s *accountsScreen) headline() string {
	switch away := s.offline(); {
	case away != "":
		return away
	case len(s.rows) == 0:
		return ""
	case s.scrolls() && s.width < small:
		return number(s.list.cursor+1) + " of " + number(len(s.rows))
	case s.scrolls():
		return number(s.list.cursor+1) + " of " + count(len(s.rows), "account")
	case s.width < medium:
		return ""
	case s.practice && s.width >= wide:
		return count(len(s.rows), "account") + " · all local"
	}
	return count(len(s.rows), "account")
}

// works lists the keys that do something now. What changes anything is not offered where another
// tartan is open, and what needs the network not where it was not reached.
func (s *accountsScreen) works() []key.Binding {
	k := s.keys
	switch {
	case !s.loaded && s.err == nil:
		return []key.Binding{k.quit, k.help}
	case !s.loaded:
		return []key.Binding{as(k.submit, "try again"), k.quit, k.help}
	case len(s.rows) == 0:
		return s.allowed(k.link, k.dismiss, k.lock, k.place, k.quit, k.help)
	}
	all := []key.Binding{as(only(k.open), "open")}
	if h, broken := s.broken(); broken {
		all = append(all, s.mending(h))
	}
	all = append(all, as(k.filter, "search"), k.dismiss, as(k.activity, "activity"))
	online := s.offline() == ""
	if online {
		all = append(all, k.link)
	}
	hide := k.hide
	if s.look.hidden {
		hide = as(k.hide, "show amounts")
	}
	all = append(all, k.settings, hide)
	if online {
		all = append(all, k.refresh)
		if slices.ContainsFunc(s.holdings, askable) {
			all = append(all, k.refreshAll)
		}
		if problem(s.here().Err) != plaidapi.ItemGone { // mending it is to unlink it
			all = append(all, k.unlink)
		}
	}
	return s.allowed(append(all, k.rename, k.lock, k.place, k.help)...)
}

// broken is the bank that can be mended now: the one under the cursor, or the only one that waits for
// the person, wherever the cursor is.
func (s *accountsScreen) broken() (h ledger.Holding, ok bool) {
	if h = s.here(); h.Err != nil || s.lapsing(h) {
		return h, true
	}
	n := 0
	for _, other := range s.holdings {
		if (other.Err != nil || s.lapsing(other)) && s.mended(other, home) != nil {
			h, n = other, n+1
		}
	}
	return h, n == 1
}

// fixes is the key that mends a bank, where it would be this one; it stands beside what is wrong.
func (s *accountsScreen) fixes(h ledger.Holding) string {
	asked := len(s.queue) > 0 && s.queue[0] == h.Item.ID
	if other, ok := s.broken(); !ok || other.Item.ID != h.Item.ID || asked || s.ledger.Access().ReadOnly {
		return ""
	}
	return s.keys.fix.Help().Key
}

// changing are the keys that change what is kept.
func (s *accountsScreen) changing() []key.Binding {
	k := s.keys
	return []key.Binding{k.link, k.fix, k.refresh, k.refreshAll, k.rename, k.unlink, k.place, k.dismiss}
}

// allowed leaves out what does nothing now.
func (s *accountsScreen) allowed(all ...key.Binding) []key.Binding {
	var not []key.Binding
	if s.ledger.Access().ReadOnly {
		not = s.changing()
	} else if len(s.attempts) == 0 {
		not = []key.Binding{s.keys.dismiss}
	}
	return slices.DeleteFunc(all, func(b key.Binding) bool {
		return slices.ContainsFunc(not, func(n key.Binding) bool { return n.Help().Key == b.Help().Key })
	})
}

func (s *accountsScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if msg.Paste {
		return nav{}, nil
	}
	k := s.keys
	s.barred = false
	switch {
	case s.list.move(k, msg):
	case !s.loaded:
		if key.Matches(msg, k.submit) {
			return nav{}, s.Init()
		}
	case s.ledger.Access().ReadOnly && key.Matches(msg, s.changing()...):
		s.barred = true
	case key.Matches(msg, k.link):
		return open(s.linking()), nil
	case key.Matches(msg, k.place):
		return open(newMove), nil
	case key.Matches(msg, k.dismiss):
		return nav{}, s.dismissed()
	case key.Matches(msg, k.open):
		return s.open()
	case len(s.rows) == 0:
	case key.Matches(msg, k.filter):
		return open(newFilter), nil
	case s.keyless && key.Matches(msg, k.refresh, k.refreshAll, k.fix):
		return open(newAPIKeys(nil)), nil
	case key.Matches(msg, k.refreshAll):
		return nav{}, s.allAgain()
	case key.Matches(msg, k.refresh):
		return nav{}, s.again(s.here().Item.ID)
	case key.Matches(msg, k.rename):
		return s.rename(), nil
	case key.Matches(msg, k.fix):
		return s.fix()
	case key.Matches(msg, k.unlink):
		return s.unlink()
	}
	return nav{}, nil
}

// open shows an account, or mends a bank that has none because it could not be read. Without any
// bank it leads to a new link.
func (s *accountsScreen) open() (nav, tea.Cmd) {
	readOnly := s.ledger.Access().ReadOnly
	if len(s.rows) == 0 {
		if readOnly {
			return nav{}, nil
		}
		return open(s.linking()), nil
	}
	row := s.rows[s.list.cursor]
	h := s.holdings[row.holding]
	switch {
	case row.account >= 0:
		return open(newAccount(h.Item.Institution.Name, h.Accounts[row.account])), nil
	case h.Err != nil && !readOnly:
		return s.fix()
	}
	return nav{}, nil
}

// fix leads to what mends a bank, or asks it once more.
func (s *accountsScreen) fix() (nav, tea.Cmd) {
	h, ok := s.broken()
	if !ok {
		return nav{}, nil
	}
	if wantsKeys(h.Err) && !s.practice {
		s.await(h.Item.ID) // once the keys are there, or are left as they were
	}
	if mends := s.mended(h, home); mends != nil {
		return open(mends), nil
	}
	return nav{}, s.again(h.Item.ID)
}

// rename gives the account under the cursor a name, or the bank that has none.
func (s *accountsScreen) rename() nav {
	row := s.rows[s.list.cursor]
	h := s.holdings[row.holding]
	if row.account < 0 {
		return open(newRenameBank(h.Item))
	}
	return open(newRenameAccount(s.keyOf(row), h.Accounts[row.account].Name))
}

func (s *accountsScreen) unlink() (nav, tea.Cmd) {
	h := s.here()
	return open(newUnlink(h.Item, h.Accounts, h.Rows)), nil
}

// linking is what leads to a new link: the list of banks, after the keys where there are none.
func (s *accountsScreen) linking() func(env) screen {
	linked := map[string]bool{}
	for _, h := range s.holdings {
		linked[h.Item.Institution.ID] = true
	}
	if s.keyless {
		return newAPIKeys(newBanks(linked))
	}
	return newBanks(linked)
}
