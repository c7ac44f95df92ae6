package sandbox

import "time"

// getLink is POST /link/token/get: what has happened with a link token so far.
func (p *post) getLink() *trouble {
	id, problem := tokenID(linkKind, p.params.text("link_token"))
	if problem != nil {
		return problem
	}
	p.modern.links.mu.Lock()
	defer p.modern.links.mu.Unlock()
	l, ok := p.modern.links.byToken[id]
	if !ok || p.now.After(l.readable()) {
		return catalogued("INVALID_LINK_TOKEN")
	}
	t := p.open()
	t.string("link_token", l.token)
	t.string("created_at", instant(l.created))
	t.string("expiration", instant(l.expires))
	if len(l.sessions) > 0 {
		t.array("link_sessions")
		for _, s := range l.sessions {
			t.next()
			t.session(s)
		}
		t.close(']')
	}
	t.object("metadata")
	t.strings("initial_products", l.products.names())
	t.stringOrNull("webhook", l.webhook)
	t.strings("country_codes", l.countries)
	t.string("language", l.language)
	t.stringOrNull("redirect_uri", l.redirect)
	t.string("client_name", l.clientName)
	t.close('}')
	return p.done()
}

// readable is until when the sessions can be read: some hours after the last
// one ended, or after the token did.
func (l *link) readable() time.Time {
	last := l.expires
	for _, s := range l.sessions {
		if s.finished.After(last) {
			last = s.finished
		}
	}
	return last.Add(sessionLife)
}

// session writes one session, its newest events first.
func (t *text) session(s *session) {
	t.open('{')
	t.string("link_session_id", s.id)
	t.string("started_at", instant(s.started))
	if s.finished.IsZero() {
		t.null("finished_at")
	} else {
		t.string("finished_at", instant(s.finished))
	}
	t.array("events")
	for at := len(s.events) - 1; at >= 0; at-- {
		t.next()
		t.event(s.events[at])
	}
	t.close(']')
	switch s.view {
	case leftView:
		t.sessionExit(s)
	case doneView:
		t.sessionResults(s)
	}
	t.close('}')
}

func (t *text) event(e linkEvent) {
	t.open('{')
	t.string("event_id", e.id)
	t.string("event_name", e.name)
	t.string("timestamp", e.at.UTC().Format("2006-01-02T15:04:05.000Z"))
	t.object("event_metadata")
	for _, m := range e.metadata {
		t.string(m.name, m.value)
	}
	t.close('}')
	t.close('}')
}

func (t *text) sessionExit(s *session) {
	t.object("exit")
	t.key("error")
	if s.problem == nil {
		t.b = append(t.b, "null"...)
	} else {
		t.trouble(s.problem, "")
	}
	t.object("metadata")
	if s.bank == nil {
		t.null("institution")
	} else {
		t.sessionBank(s)
	}
	if s.status != "" {
		t.string("status", s.status)
	}
	t.string("link_session_id", s.id)
	t.string("request_id", s.requestID)
	t.close('}')
	t.close('}')
}

func (t *text) sessionBank(s *session) {
	t.object("institution")
	t.string("name", s.bank.Name)
	t.string("institution_id", s.bank.id)
	t.close('}')
}

// sessionResults writes what a finished session brought. Update mode adds no Item.
func (t *text) sessionResults(s *session) {
	t.object("results")
	t.array("item_add_results")
	if s.public != "" {
		t.next()
		t.open('{')
		t.string("public_token", s.public)
		t.array("accounts")
		for _, h := range s.accounts {
			t.next()
			t.open('{')
			t.string("id", h.ID)
			t.string("name", h.Name)
			t.string("mask", h.Number)
			t.string("type", h.Type)
			t.string("subtype", h.Subtype)
			t.null("verification_status")
			t.null("class_type")
			t.close('}')
		}
		t.close(']')
		t.sessionBank(s)
		t.close('}')
	}
	t.close(']')
	for _, none := range [...]string{"cra_item_add_results", "cra_update_results", "bank_income_results", "payroll_income_results"} {
		t.strings(none, nil)
	}
	t.null("document_income_results")
	t.close('}')
}
