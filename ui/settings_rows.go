package ui

import (
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// The sections of the settings, in order.
const (
	ofBanks   = "Banks"
	ofPrivacy = "Privacy and security"
	ofLook    = "Look"
	ofData    = "Data"
)

// settingRow is a row of the settings: a sentence that can be checked, and what enter does there.
type settingRow struct {
	id             string // of the Item, or the label
	section, label string
	values         []string // what it is now: in full, and in fewer words where there is less room
	hint           string   // what else there is to know
	bank           int      // which of the holdings; -1: none
	does           string   // what enter does, in words; empty: nothing
	run            func() (nav, tea.Cmd)
}

// rows are all rows, by section.
func (s *settingsScreen) rows() []settingRow {
	return slices.Concat(s.bankRows(), s.privacyRows(), s.lookRows(), s.dataRows())
}

func (s *settingsScreen) privacyRows() []settingRow {
	access := s.ledger.Access()
	tokens := settingRow{label: "Tokens", values: []string{access.Where, briefly(access.Place)}}
	if !access.ReadOnly {
		tokens.does, tokens.run = "move", func() (nav, tea.Cmd) { return open(newMove), nil }
	}
	rows := []settingRow{tokens}
	if !s.practice {
		keys := settingRow{label: "API keys", values: []string{"kept with the tokens", "kept"}}
		if s.keyless {
			keys.values = []string{"none yet"}
		}
		if !access.ReadOnly {
			keys.does, keys.run = "change", func() (nav, tea.Cmd) { return open(newAPIKeys(nil)), nil }
		}
		rows = append(rows, keys)
	}
	return within(ofPrivacy, append(rows,
		s.savedRow(access),
		s.chosen("Lock when idle", "lock_after", minutes(s.look.lockAfter), s.lockLater),
		s.chosen("Hide amounts on start", "hide_amounts", onOff(s.look.hides), s.hideAtStart),
		s.requestsRow(),
	))
}

func (s *settingsScreen) dataRows() []settingRow {
	forget := settingRow{label: "Forget everything", values: []string{"revoke at the banks, wipe tokens and saved data", "revoke, and wipe all here"}}
	switch {
	case s.ledger.Access().ReadOnly:
	case s.err != nil:
		forget.values = []string{"what is kept could not be read"}
	case len(s.holdings) == 0 && (s.practice || s.keyless):
		forget.values = []string{"nothing is kept"}
	default:
		forget.does, forget.run = "forget", func() (nav, tea.Cmd) { return open(newForget(s.holdings, !s.practice && !s.keyless)), nil }
	}
	return within(ofData, []settingRow{forget})
}

// within puts rows into a section.
func within(section string, rows []settingRow) []settingRow {
	for i := range rows {
		r := &rows[i]
		r.section, r.id, r.bank = section, r.label, -1
	}
	return rows
}

// chosen is a row whose value enter changes at once.
func (s *settingsScreen) chosen(label, name, value string, change func() (nav, tea.Cmd)) settingRow {
	r := settingRow{label: label, values: []string{value}, does: "change", run: change}
	if by := s.settings.given[name]; by != "" {
		r.hint = "set by " + by + " for this run"
	}
	return r
}

// savedRow tells what is saved of transactions, and where it is not.
func (s *settingsScreen) savedRow(access plaidapi.Access) settingRow {
	r := settingRow{label: "Saved data", values: []string{"nothing yet"}}
	rows, oldest := 0, plaidapi.Date(0)
	for _, h := range s.holdings {
		rows += h.Rows
		if h.Rows > 0 && (oldest == 0 || h.Oldest < oldest) {
			oldest = h.Oldest
		}
	}
	switch {
	case access.Place == plaidapi.InMemory:
		r.values = []string{"in memory, for this run only", "this run only"}
	case rows > 0:
		sealed := "encrypted, " + count(rows, "transaction")
		r.values = []string{sealed + " since " + since(oldest.Time(), s.now()), sealed, count(rows, "transaction")}
	}
	return r
}

// requestsRow tells how many requests were sent, and to whom.
func (s *settingsScreen) requestsRow() settingRow {
	r := settingRow{label: "Last requests", values: []string{"none in this run"}}
	all := s.settings.requests.list(&s.env)
	if len(all) == 0 {
		return r
	}
	sent := number(len(all)) + " in this run"
	r.values = []string{sent}
	if to := recipient(all); to != "" {
		r.values = []string{sent + ", all to " + to, sent}
	}
	r.does, r.run = "see them", func() (nav, tea.Cmd) { return open(newRequests), nil }
	r.hint = s.keys.submit.Help().Key + " to see them"
	return r
}

// The times that tartan may be idle before it locks; 0 is never.
func idleTimes() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, 0}
}

// lockLater takes the next longer time.
func (s *settingsScreen) lockLater() (nav, tea.Cmd) {
	times := idleTimes()
	at := slices.IndexFunc(times, func(d time.Duration) bool { return d > s.look.lockAfter || d == 0 })
	if s.look.lockAfter == 0 {
		at = 0
	}
	s.look.lockAfter = times[at]
	value := "never"
	if d := times[at]; d > 0 {
		value = strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return nav{}, s.saver.keep(&s.env, "lock_after", value)
}

func (s *settingsScreen) hideAtStart() (nav, tea.Cmd) {
	s.look.hides = !s.look.hides
	return nav{}, s.saver.keep(&s.env, "hide_amounts", strconv.FormatBool(s.look.hides))
}

// minutes writes a time without a key: "10 minutes".
func minutes(d time.Duration) string {
	switch {
	case d <= 0:
		return "never"
	case d < time.Minute || d%time.Minute != 0:
		return count(int(d/time.Second), "second")
	}
	return count(int(d/time.Minute), "minute")
}

// briefly is a place of tokens in a word or two.
func briefly(place plaidapi.AccessPlace) string {
	switch place {
	case plaidapi.InFile:
		return "sealed file"
	case plaidapi.InMemory:
		return "this run only"
	}
	return "keyring"
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
