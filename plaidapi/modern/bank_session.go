package modern

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// mostHappenings is how much of a person's way through the page is told: the latest.
const mostHappenings = 100

// sessions is what all visits to a page come to.
type sessions struct {
	grant    *ItemAdd  // what the first finished visit gave; nil before
	finished time.Time // when it did; zero when it is not said
	done     bool      // a visit was finished, with or without a result
	open     bool      // a visit goes on, as far as one can tell
	progress []plaidapi.Happening
}

// look goes through all visits. One that was dropped never finishes, and another may follow it.
func look(all []LinkSession) sessions {
	var s sessions
	for i := range all {
		v := &all[i]
		happened := v.happenings()
		s.progress = append(s.progress, happened...)
		at := moment(v.FinishedAt)
		if add := v.grant(); add != nil && (s.grant == nil || at.Before(s.finished)) {
			s.grant, s.finished = add, at
		}
		s.done = s.done || v.done()
		s.open = s.open || v.FinishedAt == "" && len(happened) > 0
	}
	slices.SortStableFunc(s.progress, func(a, b plaidapi.Happening) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.What, b.What)) // clocks are coarse, and the newest is mostly sent first
	})
	s.progress = slices.CompactFunc(s.progress, func(a, b plaidapi.Happening) bool { return a.What == b.What && a.Bank == b.Bank && a.Code == b.Code })
	s.progress = s.progress[max(0, len(s.progress)-mostHappenings):]
	return s
}

// exit is how a visit ended without a result; nil if it did not.
func (v *LinkSession) exit() *LinkExit {
	if v.Exit == nil {
		return v.OnExit
	}
	return v.Exit
}

// done reports that a visit was finished. A result may follow later.
func (v *LinkSession) done() bool {
	if v.grant() != nil {
		return true
	}
	handed := slices.ContainsFunc(v.Events, func(e LinkEvent) bool { return e.Name == "HANDOFF" })
	return v.exit() == nil && (handed || v.FinishedAt != "")
}

// grant is what a visit gave; nil before it did.
func (v *LinkSession) grant() *ItemAdd {
	if v.Results != nil {
		for i := range v.Results.ItemAdds {
			if add := &v.Results.ItemAdds[i]; !add.PublicToken.Empty() {
				return add
			}
		}
	}
	if v.OnSuccess != nil && !v.OnSuccess.PublicToken.Empty() {
		m := &v.OnSuccess.Metadata
		return &ItemAdd{PublicToken: v.OnSuccess.PublicToken, Accounts: m.Accounts, Institution: m.Institution}
	}
	return nil
}

// institution is what the person chose.
func (a *ItemAdd) institution() plaidapi.Institution {
	return plaidapi.Institution{ID: a.Institution.ID, Wire: plaidapi.Modern, Name: inert.Name(a.Institution.Name)}
}

// accounts are those that the person chose.
func (a *ItemAdd) accounts() []plaidapi.Account {
	all := make([]plaidapi.Account, len(a.Accounts))
	for i, l := range a.Accounts {
		all[i] = plaidapi.Account{
			ID: l.ID, Name: inert.Name(l.Name), Mask: inert.Name(l.Mask), Type: accountType(l.Type), Subtype: inert.Name(l.Subtype),
		}
	}
	return all
}

// happenings are the events of a visit that mean something to its person, and those that its other
// members tell where no event does.
func (v *LinkSession) happenings() []plaidapi.Happening {
	started := moment(v.StartedAt)
	var all []plaidapi.Happening
	has := func(what plaidapi.Event) bool {
		return slices.ContainsFunc(all, func(h plaidapi.Happening) bool { return h.What == what })
	}
	for i := range v.Events {
		e := &v.Events[i]
		what := event(e.Name)
		if what == 0 || what == plaidapi.PageOpened && has(what) {
			continue
		}
		h := plaidapi.Happening{What: what, At: moment(e.Timestamp)}
		if h.At.IsZero() {
			h.At = started
		}
		switch what {
		case plaidapi.BankChosen:
			h.Bank = inert.Name(e.Metadata.InstitutionName)
		case plaidapi.PageRefused:
			h.Code, h.Problem = code(e.Metadata.ErrorCode), problem(e.Metadata.ErrorType, e.Metadata.ErrorCode, 0)
		case plaidapi.PageLeft:
			v.why(&h, e)
		}
		all = append(all, h)
	}
	finished := moment(v.FinishedAt)
	if len(all) == 0 && !started.IsZero() {
		all = append(all, plaidapi.Happening{What: plaidapi.PageOpened, At: started})
	}
	switch {
	case v.exit() != nil && !has(plaidapi.PageLeft):
		h := plaidapi.Happening{What: plaidapi.PageLeft, At: finished}
		v.why(&h, &LinkEvent{})
		all = append(all, h)
	case v.done() && !has(plaidapi.PageDone):
		all = append(all, plaidapi.Happening{What: plaidapi.PageDone, At: finished})
	}
	return all
}

// why says why a visit was left.
func (v *LinkSession) why(h *plaidapi.Happening, e *LinkEvent) {
	kind, word, status, bank := e.Metadata.ErrorType, e.Metadata.ErrorCode, e.Metadata.ExitStatus, e.Metadata.InstitutionName
	if x := v.exit(); x != nil {
		status, bank = cmp.Or(status, x.Metadata.Status), cmp.Or(bank, x.Metadata.Institution.Name)
		if x.Error != nil {
			kind, word = cmp.Or(kind, x.Error.Type), cmp.Or(word, x.Error.Code)
			h.BankText = inert.Message(x.Error.Display)
		}
	}
	h.Bank, h.Code = inert.Name(bank), code(cmp.Or(word, status))
	if word != "" {
		h.Problem = problem(kind, word, 0)
	}
}

// event is what an event of the wire means; 0 for those that mean nothing to a person.
func event(name string) plaidapi.Event {
	switch strings.ToUpper(name) {
	case "OPEN":
		return plaidapi.PageOpened
	case "SELECT_INSTITUTION":
		return plaidapi.BankChosen
	case "SUBMIT_CREDENTIALS", "OPEN_OAUTH":
		return plaidapi.SignedIn
	case "SUBMIT_MFA":
		return plaidapi.FactorSent
	case "ERROR":
		return plaidapi.PageRefused
	case "EXIT":
		return plaidapi.PageLeft
	case "HANDOFF":
		return plaidapi.PageDone
	}
	return 0
}
