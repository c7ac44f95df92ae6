package sandbox

import (
	"slices"
	"sync"
	"time"
)

// item is one Item as a request meets it: what its token says, and what has
// happened to it in this process.
type item struct {
	identity
	person
	bank  modernBank
	state itemState // a copy
}

// itemState is what no token says. It is lost with the process: an Item is then
// as its token says, but not one that was removed.
type itemState struct {
	linked      time.Time // zero when an earlier process linked it
	removed     bool
	generation  uint8 // of the only token that works
	webhook     string
	broken      bool // reset_login
	synced      bool // its first sync came to the end
	repaired    bool
	consentEnds time.Time
	chosen      uint16 // chosen later; 0: as the token says
	consented   productSet
	verified    map[string]string // verification status by account; replaced, never changed
	log         []change          // news beside those that time brings
	webhookSent string
}

// change is one entry of an Item's log.
type change struct {
	removed  bool
	modified bool
	row      transaction
}

// items is what is known of Items beyond their tokens.
type items struct {
	mu    sync.Mutex
	known map[uint64]*itemState
}

// look copies what is known of an Item.
func (s *items) look(i identity) itemState {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state, ok := s.known[i.key()]; ok {
		return *state
	}
	return itemState{generation: i.generation}
}

// change lets f alter what is known of an Item, and returns it.
func (s *items) change(i identity, f func(*itemState)) itemState {
	s.mu.Lock()
	defer s.mu.Unlock()
	state, ok := s.known[i.key()]
	if !ok {
		state = &itemState{generation: i.generation}
		s.known[i.key()] = state
	}
	f(state)
	return *state
}

// findItem finds the Item of an access token.
func (p *post) findItem(token string) (item, *trouble) {
	id, problem := tokenID(accessKind, token)
	if problem != nil {
		return item{}, problem
	}
	ident, ok := parseIdentity(id)
	if !ok {
		return item{}, catalogued("INVALID_ACCESS_TOKEN")
	}
	i, ok := p.modern.item(ident)
	switch {
	case !ok, i.state.generation != ident.generation:
		return item{}, catalogued("INVALID_ACCESS_TOKEN")
	case i.state.removed:
		return item{}, catalogued("ITEM_NOT_FOUND")
	}
	return i, nil
}

// item puts together an Item from what its token says.
func (m *modern) item(ident identity) (item, bool) {
	who, ok := m.people[ident.who]
	if !ok {
		return item{}, false
	}
	bank, ok := m.directory.ofType(who.institution().Type)
	return item{ident, who.person, bank, m.items.look(ident)}, ok
}

// token is the access token of i as it is now.
func (i item) token() string {
	ident := i.identity
	ident.generation = i.state.generation
	return tokenOf(accessKind, ident.uuid())
}

// itemID stays the same whatever becomes of the token.
func (i identity) itemID() string { return opaqueID(i.key(), hash("item"), 0) }

// failure is why the bank does not let us in, or nil.
func (i item) failure() *trouble {
	again := i.signsOut() && !i.state.repaired && (i.state.synced || i.state.linked.IsZero())
	if i.state.broken || again {
		return catalogued("ITEM_LOGIN_REQUIRED")
	}
	return nil
}

// granted are the products that may be asked for.
func (i item) granted() productSet { return i.products | i.consented | i.state.consented }

// allows tells whether a call that needs the product is answered. A product of
// "" is one that every Item has; whether the bank lets us in is then for the
// call to ask.
func (i item) allows(product string) *trouble {
	if product == "" {
		return nil
	}
	switch {
	case !i.bank.products.has(product):
		return catalogued("PRODUCTS_NOT_SUPPORTED")
	case i.granted().has(product):
		return i.failure()
	case i.byLink:
		return catalogued("ADDITIONAL_CONSENT_REQUIRED")
	}
	return troubled("PRODUCT_NOT_ENABLED", "the '"+product+"' product is not enabled on this item")
}

func removeFields() []field {
	return []field{
		str("reason_code").orNull().in([]string{"FRAUD_FIRST_PARTY", "FRAUD_FALSE_IDENTITY", "FRAUD_ABUSE", "FRAUD_OTHER", "CONNECTION_IS_NON_FUNCTIONAL", "OTHER"}),
		str("reason_note").orNull(),
	}
}

// updateEvery is how often the service asks the bank for news.
const updateEvery = 6 * time.Hour

// getItem is POST /item/get, which tells of an Item's health instead of refusing.
func (p *post) getItem() *trouble {
	health := p.item.failure()
	t := p.open()
	t.key("item")
	p.writeItem(p.item, health, true)
	t.object("status")
	updated := p.now.Truncate(updateEvery)
	for _, product := range [...]string{"transactions", "investments"} {
		if !p.item.granted().has(product) {
			continue
		}
		t.object(product)
		if health == nil {
			t.string("last_successful_update", instant(updated))
			t.null("last_failed_update")
		} else {
			t.string("last_successful_update", instant(updated.Add(-updateEvery)))
			t.string("last_failed_update", instant(updated))
		}
		t.close('}')
	}
	if p.item.state.webhookSent != "" {
		t.object("last_webhook")
		t.string("sent_at", instant(p.now))
		t.string("code_sent", p.item.state.webhookSent)
		t.close('}')
	} else {
		t.null("last_webhook")
	}
	t.close('}')
	return p.done()
}

// removeItem is POST /item/remove.
func (p *post) removeItem() *trouble {
	if note := p.params.text("reason_note"); len(note) > 512 {
		return invalidField("reason_note must be at most 512 characters long")
	}
	p.modern.items.change(p.item.identity, func(s *itemState) { s.removed = true })
	p.bank.handed.removed(p.item.token())
	p.open()
	return p.done()
}

// rotate is POST /item/access_token/invalidate: it replaces the access token. The old one is worth nothing from then on.
func (p *post) rotate() *trouble {
	old := p.item.token()
	p.item.state = p.modern.items.change(p.item.identity, func(s *itemState) { s.generation = (s.generation + 1) & 63 })
	p.bank.handed.removed(old)
	p.bank.handed.made(p.item.token(), true)
	p.open().string("new_access_token", p.item.token())
	return p.done()
}

// updateWebhook is POST /item/webhook/update.
func (p *post) updateWebhook() *trouble {
	url := p.params.text("webhook")
	p.item.state = p.modern.items.change(p.item.identity, func(s *itemState) { s.webhook = url })
	p.open().key("item")
	p.writeItem(p.item, nil, false)
	if url != "" {
		p.hook = p.item.webhook("ITEM", "WEBHOOK_UPDATE_ACKNOWLEDGED", func(t *text) { t.string("new_webhook_url", url) })
	}
	return p.done()
}

// webhook is one to be delivered; nil when the Item has no address for it.
func (i item) webhook(kind, code string, more func(*text)) *hook {
	if i.state.webhook == "" {
		return nil
	}
	return newHook(i.state.webhook, func(t *text) {
		t.string("webhook_type", kind)
		t.string("webhook_code", code)
		t.string("item_id", i.itemID())
		if more != nil {
			more(t)
		}
		if code == "ERROR" {
			t.key("error")
			t.trouble(catalogued("ITEM_LOGIN_REQUIRED"), "")
		} else {
			t.null("error")
		}
		t.string("environment", "sandbox")
	})
}

// writeItem writes an Item. Its health is told of by /item/get alone: elsewhere
// an Item in trouble is answered with an error.
func (p *post) writeItem(i item, health *trouble, consent bool) {
	t := p.out
	held := i.products
	t.open('{')
	t.string("item_id", i.itemID())
	t.string("institution_id", i.bank.id)
	t.string("institution_name", i.bank.Name)
	t.stringOrNull("webhook", i.state.webhook)
	if held.has("auth") {
		t.string("auth_method", "INSTANT_AUTH")
	} else {
		t.null("auth_method")
	}
	t.key("error")
	if health == nil {
		t.b = append(t.b, "null"...)
	} else {
		t.trouble(health, "")
	}
	available := (i.bank.products &^ held).names()
	t.strings("available_products", append([]string{"balance"}, available...))
	t.strings("billed_products", held.names())
	t.strings("products", held.names())
	t.strings("consented_products", i.granted().names())
	if i.state.consentEnds.IsZero() {
		t.null("consent_expiration_time")
	} else {
		t.string("consent_expiration_time", instant(i.state.consentEnds))
	}
	t.string("update_type", "background")
	if consent {
		if !i.state.linked.IsZero() {
			t.string("created_at", instant(i.state.linked))
		}
		t.strings("consented_use_cases", []string{})
		t.strings("consented_data_scopes", i.scopes())
	}
	t.close('}')
}

// scopes are the kinds of data that the granted products stand for.
func (i item) scopes() []string {
	scopes := []string{"account_balance_info"}
	for _, s := range [...]struct{ product, scope string }{
		{"identity", "contact_info"},
		{"auth", "account_routing_number"},
		{"transactions", "transactions"},
		{"liabilities", "credit_loan_info"},
		{"investments", "investments"},
	} {
		if i.granted().has(s.product) {
			scopes = append(scopes, s.scope)
		}
	}
	return slices.Clip(scopes)
}
