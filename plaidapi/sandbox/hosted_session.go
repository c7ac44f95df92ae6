package sandbox

import (
	"net/url"
	"slices"
	"time"
)

// view is what a session shows: Plaid's name of it.
type view string

const (
	banksView    view = "SELECT_INSTITUTION"
	signInView   view = "CREDENTIAL"
	factorView   view = "MFA"
	accountsView view = "SELECT_ACCOUNT"
	doneView     view = "CONNECTED"
	leftView     view = "EXIT"
)

// session is one walk through a link's page. The lock of links guards it.
type session struct {
	id, requestID     string
	started, finished time.Time
	events            []linkEvent // oldest first
	view              view
	query             string // of the bank list

	bank   *modernBank
	who    holder
	rounds []factorRound
	at     int    // of rounds
	chosen string // where the code went

	problem  *trouble // the last one, until something goes well
	status   string   // where it was left
	public   string   // the public token it brought
	accounts []heldAccount
}

// linkEvent is one entry of a session's events.
type linkEvent struct {
	id, name string
	at       time.Time
	metadata []eventMember
}

type eventMember struct{ name, value string }

// walk is a session of a link as a request meets it.
type walk struct {
	practice *Bank
	modern   *modern
	now      time.Time
	*link
	*session
}

// mostSessions bounds how often one link can be begun anew.
const mostSessions = 50

// begin opens a session of the link, or finds the one that is under way. It
// returns nil when the link has had enough of them.
func (b *Bank) begin(l *link) *session {
	if n := len(l.sessions); n > 0 && l.sessions[n-1].finished.IsZero() {
		return l.sessions[n-1]
	}
	if len(l.sessions) == mostSessions {
		return nil
	}
	s := &session{id: uuidOf(b.newNonce()), requestID: newRequestID(), started: b.now(), view: banksView}
	l.sessions = append(l.sessions, s)
	w := &walk{b, b.modern(), b.now(), l, s}
	w.tell("OPEN")
	if l.bank == nil {
		w.show(banksView)
		return s
	}
	s.bank = l.bank
	w.show(signInView)
	return s
}

// tell writes down an event; members are names and values in turn.
func (w *walk) tell(name string, members ...string) {
	e := linkEvent{id: uuidOf(w.session.nextEvent()), name: name, at: w.now}
	for i := 0; i+1 < len(members); i += 2 {
		e.metadata = append(e.metadata, eventMember{members[i], members[i+1]})
	}
	e.metadata = append(e.metadata, eventMember{"request_id", w.requestID})
	if w.session.bank != nil {
		e.metadata = append(e.metadata, eventMember{"institution_id", w.session.bank.id}, eventMember{"institution_name", w.session.bank.Name})
	}
	w.events = append(w.events, e)
}

// nextEvent numbers the events of all sessions.
func (s *session) nextEvent() uint64 { return hash(s.id) + uint64(len(s.events)) }

func (w *walk) show(v view) {
	w.view = v
	w.tell("TRANSITION_VIEW", "view_name", string(v))
}

// fail shows a problem on the page where it happened.
func (w *walk) fail(problem *trouble) {
	w.problem = problem
	k := problem.known()
	w.tell("ERROR", "error_code", k.code, "error_type", k.kind, "error_message", k.message)
}

// act does what a form asks for. A form that is no longer on the page does nothing.
func (w *walk) act(form url.Values) {
	switch action := form.Get("action"); {
	case action == "cancel":
		w.leave()
	case action == "back" && w.view != banksView && w.link.bank == nil:
		w.session.bank, w.problem = nil, nil
		w.show(banksView)
	case action == "bank" && w.view == banksView:
		w.chooseBank(form.Get("bank"))
	case action == "sign_in" && w.view == signInView:
		w.signIn(form.Get("username"), form.Get("password"), form.Get("pin"))
	case action == "answer" && w.view == factorView:
		w.answer(form["answer"])
	case action == "accounts" && w.view == accountsView:
		w.share(form["account"])
	}
}

// leave ends the session without a result.
func (w *walk) leave() {
	switch w.view {
	case signInView:
		w.status = "requires_credentials"
	case factorView:
		w.status = w.rounds[w.at].exitStatus()
	case accountsView:
		w.status = "requires_account_selection"
	}
	members := []string{"exit_status", w.status}
	if w.status == "" {
		members = nil
	}
	if w.problem != nil {
		k := w.problem.known()
		members = append(members, "error_code", k.code, "error_type", k.kind, "error_message", k.message)
	}
	w.tell("EXIT", members...)
	w.view, w.finished = leftView, w.now
}

func (w *walk) chooseBank(id string) {
	at := slices.IndexFunc(w.offered(""), func(b modernBank) bool { return b.id == id })
	if at < 0 {
		return
	}
	bank := w.offered("")[at]
	w.session.bank, w.problem = &bank, nil
	w.tell("SELECT_INSTITUTION")
	w.show(signInView)
}

// offered are the banks of the page's list: those that have all that is wanted.
func (w *walk) offered(query string) []modernBank {
	if !slices.Contains(w.countries, country) {
		return nil
	}
	var list []modernBank
	for _, bank := range w.modern.directory.all {
		if bank.products&w.products == w.products && bank.named(query) {
			list = append(list, bank)
		}
	}
	return list
}

func (w *walk) signIn(username, password, pin string) {
	w.tell("SUBMIT_CREDENTIALS")
	h, factor, problem := w.modern.signIn(w.practice, *w.session.bank, username, password, pin)
	if problem == nil && w.update != nil && h.login().Username != w.update.login().Username {
		problem = catalogued("INVALID_UPDATED_USERNAME")
	}
	if problem != nil {
		w.fail(problem)
		return
	}
	w.who, w.rounds, w.at, w.problem = h, rounds(factor), 0, nil
	if len(w.rounds) > 0 {
		w.show(factorView)
		return
	}
	w.signedIn()
}

func (w *walk) answer(answers []string) {
	round := w.rounds[w.at]
	w.tell("SUBMIT_MFA", "mfa_type", round.kind)
	if !round.right(answers) {
		w.fail(catalogued("INVALID_MFA"))
		return
	}
	if round.kind == "device" {
		w.chosen = answers[0]
	}
	w.problem = nil
	if w.at++; w.at < len(w.rounds) {
		w.show(factorView)
		return
	}
	w.signedIn()
}

// signedIn goes on to the accounts, or ends an update that leaves them as they are.
func (w *walk) signedIn() {
	if w.update != nil && !w.choose {
		w.repair(0)
		return
	}
	if len(w.eligible()) == 0 {
		w.view = signInView
		w.fail(catalogued("NO_ACCOUNTS"))
		return
	}
	w.show(accountsView)
}

// eligible are the accounts that can be chosen, by their places.
func (w *walk) eligible() map[int]heldAccount {
	found := map[int]heldAccount{}
	for at, a := range w.who.accounts(w.now) {
		h := heldAccount{account: a, origin: a.ID}
		if h.Type == "credit" {
			h.Subtype = "credit card"
		}
		if w.offers(h) {
			found[at] = h
		}
	}
	return found
}

// share ends the session with the accounts that were ticked.
func (w *walk) share(origins []string) {
	var chosen uint16
	for at, h := range w.eligible() {
		if slices.Contains(origins, h.origin) {
			chosen |= 1 << at
		}
	}
	if chosen == 0 {
		return // nothing ticked: the page says that one is needed
	}
	if w.update != nil {
		w.repair(chosen)
		return
	}
	bank := w.session.bank
	ident := w.practice.newItem(w.who, bank.Type)
	ident.chosen, ident.byLink, ident.days = chosen, true, w.days
	ident.products = w.products | w.ifSupported&bank.products
	ident.consented = w.consent & bank.products &^ ident.products
	i, _ := w.modern.item(ident)
	w.accounts = i.held(w.now)
	w.public = w.modern.links.publish(w.practice, ident, w.webhook)
	w.finish()
}

// repair ends an update: the Item works again and keeps its token.
func (w *walk) repair(chosen uint16) {
	w.modern.items.change(w.update.identity, func(s *itemState) {
		s.broken, s.repaired, s.consentEnds = false, true, time.Time{}
		s.consented |= (w.consent | w.ifSupported) & w.update.bank.products
		if chosen != 0 {
			s.chosen = chosen
		}
	})
	w.finish()
}

func (w *walk) finish() {
	w.show(doneView)
	w.tell("HANDOFF")
	w.finished = w.now
}

// sessionFinished tells of a session's end, where the link has an address for that.
func (w *walk) sessionFinished() *hook {
	if w.link.webhook == "" || w.finished.IsZero() {
		return nil
	}
	return newHook(w.link.webhook, func(t *text) {
		t.string("webhook_type", "LINK")
		t.string("webhook_code", "SESSION_FINISHED")
		if w.view == doneView {
			t.string("status", "SUCCESS")
		} else {
			t.string("status", "EXITED")
		}
		t.string("link_session_id", w.id)
		t.string("link_token", w.token)
		if w.public != "" {
			t.string("public_token", w.public)
			t.strings("public_tokens", []string{w.public})
		}
		t.string("environment", "sandbox")
	})
}
