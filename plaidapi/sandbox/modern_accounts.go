package sandbox

import (
	"slices"
	"strings"
	"time"
)

// heldAccount is an account of an Item. Its ID is the Item's own: the same
// account has another one in another Item. origin is the one that rows name.
type heldAccount struct {
	account
	origin string
}

// veil gives an Item ids of its own: it exchanges the letters of those that the
// person's data has, so that different ids stay different.
type veil [256]byte

func (i identity) veil() *veil {
	var v veil
	for at := range v {
		v[at] = byte(at)
	}
	d := dice(mix(i.key()))
	for at := len(idLetters) - 1; at > 0; at-- {
		x, y := idLetters[at], idLetters[d.below(at+1)]
		v[x], v[y] = v[y], v[x]
	}
	return &v
}

// over is an id as the Item shows it.
func (v *veil) over(id string) string { return string(v.append(nil, id)) }

func (v *veil) append(b []byte, id string) []byte {
	for i := range len(id) {
		b = append(b, v[id[i]])
	}
	return b
}

// held are the accounts of an Item: those that were chosen when it was linked.
func (i item) held(now time.Time) []heldAccount {
	chosen := i.chosen
	if i.state.chosen != 0 {
		chosen = i.state.chosen
	}
	v := i.veil()
	var list []heldAccount
	for at, a := range i.person.accounts(now) {
		if chosen&(1<<at) == 0 {
			continue
		}
		h := heldAccount{account: a, origin: a.ID}
		h.ID = v.over(a.ID)
		if h.Currency == "" {
			h.Currency = "USD"
		}
		if h.Type == "credit" {
			h.Subtype = "credit card"
		}
		list = append(list, h)
	}
	return list
}

// chosenHere are the accounts that the call is about: all, or those that its
// account_ids name.
func (p *post) chosenHere(ids []string) ([]heldAccount, *trouble) {
	list := p.item.held(p.now)
	if ids == nil {
		return list, nil
	}
	for _, id := range ids {
		if !slices.ContainsFunc(list, func(h heldAccount) bool { return h.ID == id }) {
			return nil, catalogued("INVALID_ACCOUNT_ID")
		}
	}
	return slices.DeleteFunc(list, func(h heldAccount) bool { return !slices.Contains(ids, h.ID) }), nil
}

// accounts is POST /accounts/get and /accounts/balance/get: the cached balances
// of the practice bank are live ones.
func (p *post) accounts() *trouble {
	if problem := p.item.failure(); problem != nil {
		return problem
	}
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return problem
	}
	p.open()
	p.writeAccounts(list, nil)
	p.out.key("item")
	p.writeItem(p.item, nil, false)
	return p.done()
}

// writeAccounts writes the member accounts; more adds to each.
func (p *post) writeAccounts(list []heldAccount, more func(heldAccount)) {
	t := p.out
	t.array("accounts")
	for _, h := range list {
		t.next()
		t.open('{')
		p.writeAccount(h, false)
		if more != nil {
			more(h)
		}
		t.close('}')
	}
	t.close(']')
}

func (p *post) writeAccount(h heldAccount, margin bool) {
	t := p.out
	t.string("account_id", h.ID)
	t.object("balances")
	t.centsOrNull("available", h.Available)
	t.centsOrNull("current", h.Current)
	t.centsOrNull("limit", h.Limit)
	t.currency(h.Currency)
	if margin {
		t.null("margin_loan_amount")
	}
	t.close('}')
	t.string("mask", h.Number)
	t.string("name", h.Name)
	t.stringOrNull("official_name", h.OfficialName)
	t.string("type", h.Type)
	t.stringOrNull("subtype", h.Subtype)
	if status := p.item.state.verified[h.ID]; status != "" {
		t.string("verification_status", status)
	}
	if p.item.login().Username == "many" {
		t.string("holder_category", "business")
	} else {
		t.string("holder_category", "personal")
	}
}

func (t *text) centsOrNull(k string, v *cents) {
	if v == nil {
		t.null(k)
		return
	}
	t.cents(k, *v)
}

// currency writes the two members of which exactly one is set.
func (t *text) currency(code string) {
	t.string("iso_currency_code", code)
	t.null("unofficial_currency_code")
}

// auth is POST /auth/get.
func (p *post) auth() *trouble {
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return problem
	}
	list = slices.DeleteFunc(list, func(h heldAccount) bool { return h.FullNumber == "" })
	if len(list) == 0 {
		return catalogued("NO_AUTH_ACCOUNTS")
	}
	t := p.open()
	p.writeAccounts(list, nil)
	t.object("numbers")
	t.array("ach")
	for _, h := range list {
		t.next()
		t.open('{')
		t.string("account_id", h.ID)
		t.string("account", h.FullNumber)
		t.bool("is_tokenized_account_number", false)
		t.string("routing", h.Routing)
		t.stringOrNull("wire_routing", h.WireRouting)
		t.close('}')
	}
	t.close(']')
	for _, none := range [...]string{"eft", "international", "bacs"} {
		t.strings(none, nil)
	}
	t.close('}')
	t.key("item")
	p.writeItem(p.item, nil, false)
	return p.done()
}

// identity is POST /identity/get.
func (p *post) identity() *trouble {
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return problem
	}
	t := p.open()
	p.writeAccounts(list, func(heldAccount) {
		t.array("owners")
		t.next()
		p.writeOwner(p.item.contact())
		t.close(']')
	})
	t.key("item")
	p.writeItem(p.item, nil, false)
	return p.done()
}

func (p *post) writeOwner(c contact) {
	t := p.out
	t.open('{')
	t.strings("names", c.Names)
	t.array("phone_numbers")
	for _, d := range c.Phones {
		t.next()
		t.open('{')
		t.string("data", d.Data)
		t.bool("primary", d.Primary)
		t.string("type", d.Type)
		t.close('}')
	}
	t.close(']')
	t.array("emails")
	for _, d := range c.Emails {
		t.next()
		t.open('{')
		t.string("data", d.Data)
		t.bool("primary", d.Primary)
		if d.Primary {
			t.string("type", "primary")
		} else {
			t.string("type", "secondary")
		}
		t.close('}')
	}
	t.close(']')
	t.array("addresses")
	for _, a := range c.Addresses {
		t.next()
		t.open('{')
		t.object("data")
		t.string("street", a.Street)
		t.stringOrNull("city", a.City)
		t.stringOrNull("region", a.State)
		t.stringOrNull("postal_code", a.Zip)
		t.stringOrNull("country", homeCountry(a.State, a.City))
		t.close('}')
		t.bool("primary", a.Primary)
		t.close('}')
	}
	t.close(']')
	t.close('}')
}

// homeCountry is the country of a place of our own making, or "" where no state
// tells it.
func homeCountry(state, city string) string {
	switch {
	case len(state) == 2 && strings.ToUpper(state) == state && state[0] >= 'A':
		return country
	case city == "Berlin":
		return "DE"
	}
	return ""
}
