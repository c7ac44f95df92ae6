package sandbox

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	linkCreatePath = "/link/token/create"

	hostedLife  = 30 * time.Minute  // of a Hosted Link URL that asks for no other
	linkLife    = 4 * time.Hour     // of a link token without one
	longestLife = 21 * 24 * 60 * 60 // seconds
	sessionLife = 6 * time.Hour     // how long what happened can be read
	publicLife  = 30 * time.Minute  // of a public token
	historyDays = 730
	usualDays   = 90
)

// links are the link tokens of this process and the public tokens that came of
// them. Neither outlives it.
type links struct {
	mu      sync.Mutex
	byToken map[string]*link // by the id in the token
	byPage  map[string]*link // by the secret in the page's path
	public  map[string]publicToken
}

// publicToken stands for an Item that nobody has exchanged it for yet.
type publicToken struct {
	identity
	webhook string
	made    time.Time
}

// link is one link token: what it asks for, and the sessions that used it.
type link struct {
	token, page      string
	created, expires time.Time

	clientName, language, webhook, redirect, completion string
	countries                                           []string
	products, ifSupported, consent                      productSet // consent: asked for without need of it now
	days                                                int
	bank                                                *modernBank         // the only one to choose
	filters                                             map[string][]string // subtypes to offer, by account type
	update                                              *item               // to repair, in update mode
	choose                                              bool                // in update mode: choose accounts again

	sessions []*session
}

func languages() []string {
	return []string{"da", "de", "en", "es", "et", "fr", "hi", "it", "lt", "lv", "nl", "no", "pl", "pt", "ro", "sv", "vi"}
}

func linkFields() []field {
	fields := []field{
		str("client_name").must(), str("language").must().in(languages()), countriesField(),
		obj("user", str("client_user_id").must(), str("legal_name"), anything("name").orNull(), str("phone_number"), str("phone_number_verified_time").orNull(),
			str("email_address"), str("email_address_verified_time").orNull(), str("ssn"), str("date_of_birth").orNull(), anything("address").orNull(), anything("id_number").orNull()),
		str("user_id"), strs("products").orNull(), strs("required_if_supported_products").orNull(), strs("optional_products").orNull(),
		strs("additional_consented_products").orNull(), web("webhook"), str("access_token").some().orNull(), strs("access_tokens"),
		obj("transactions", num("days_requested", 1, historyDays)),
		obj("update", flag("account_selection_enabled"), flag("reauthorization_enabled"), flag("user"), strs("item_ids").orNull()),
		obj("hosted_link", str("delivery_method").in([]string{"sms", "email"}), web("completion_redirect_uri"),
			num("url_lifetime_seconds", 1, longestLife), flag("is_mobile_app")),
		str("institution_id"), str("redirect_uri"), anything("account_filters"), str("link_customization_name"), flag("enable_multi_item_link"),
		str("android_package_name"), str("appearance_mode").orNull(), str("third_party_user_token"), str("user_token"),
		str("consumer_report_permissible_purpose"), flag("cra_enabled"), flag("financekit_supported"),
	}
	for _, unused := range [...]string{
		"institution_data", "card_switch", "eu_config", "payment_configuration", "payment_initiation", "employment", "income_verification", "base_report",
		"credit_partner_insights", "cra_options", "auth", "transfer", "identity_verification", "statements", "investments", "investments_auth", "cashflow_report", "identity",
	} {
		fields = append(fields, anything(unused))
	}
	return fields
}

// knownProducts are those of the wire's that the practice bank cannot sell.
func knownProducts() []string {
	return strings.Fields("assets balance balance_plus beacon identity_match investments_auth payment_initiation identity_verification credit_details " +
		"income income_verification standing_orders transfer employment recurring_transactions transactions_refresh signal statements processor_payments " +
		"processor_identity profile cra_base_report cra_income_insights cra_partner_insights cra_network_insights cra_cashflow_insights cra_monitoring " +
		"cra_lend_score cra_plaid_credit_score layer pay_by_bank protect_linked_bank protect_transactions")
}

// wantedProducts reads a list of products, of which every one must be for sale.
func (p *post) wantedProducts(name string) (productSet, *trouble) {
	var unknown, refused []string
	list := p.params.strings(name)
	for _, product := range list {
		switch {
		case slices.Contains(modernProducts, product):
		case slices.Contains(knownProducts(), product):
			refused = append(refused, `"`+product+`"`)
		default:
			unknown = append(unknown, product)
		}
	}
	switch {
	case unknown != nil:
		return 0, invalidField("%s contains invalid products: %s", name, strings.Join(unknown, ", "))
	case refused != nil:
		return 0, troubled("INVALID_PRODUCT", "client is not authorized to access the following products: ["+strings.Join(refused, ", ")+"]")
	}
	return setOf(list), nil
}

// createLink is POST /link/token/create.
func (p *post) createLink() *trouble {
	l, problem := p.readLink()
	if problem != nil {
		return problem
	}
	hosted, _ := p.params.object("hosted_link")
	life := linkLife
	_, hasPage := p.params["hosted_link"]
	if hasPage || l.update != nil {
		life = hostedLife
	}
	if hasPage {
		life = time.Duration(hosted.number("url_lifetime_seconds", int(life/time.Second))) * time.Second
		l.completion = hosted.text("completion_redirect_uri")
		if hosted.flag("is_mobile_app") && (l.completion == "" || l.redirect == "") {
			return invalidField("redirect_uri and hosted_link.completion_redirect_uri must be set when hosted_link.is_mobile_app is true")
		}
		l.page = newPage()
	}
	l.created, l.expires = p.now, p.now.Add(life)
	id := uuidOf(p.bank.newNonce())
	l.token = tokenOf(linkKind, id)
	p.modern.links.add(id, l, p.now)
	t := p.open()
	t.string("link_token", l.token)
	t.string("expiration", instant(l.expires))
	if hasPage {
		t.string("hosted_link_url", "http://"+p.r.Host+linkPath+l.page)
	}
	return p.done()
}

// readLink reads what a link token asks for.
func (p *post) readLink() (*link, *trouble) {
	user, _ := p.params.object("user")
	history, _ := p.params.object("transactions")
	update, _ := p.params.object("update")
	person := user.text("client_user_id")
	switch {
	case person == "" && p.params.text("user_id") == "":
		return nil, missingFields([]string{"user.client_user_id"})
	case strings.Contains(person, "@") || strings.HasPrefix(person, "+"):
		return nil, invalidField("user.client_user_id must not contain personally identifiable information such as an email address or phone number")
	case p.params.flag("enable_multi_item_link") && p.params.text("user_id") == "" && p.params.text("user_token") == "":
		return nil, missingFields([]string{"user_id"})
	}
	l := &link{
		clientName: p.params.text("client_name"), language: p.params.text("language"), webhook: p.params.text("webhook"),
		redirect: p.params.text("redirect_uri"), countries: p.params.strings("country_codes"),
		days: history.number("days_requested", usualDays), choose: update.flag("account_selection_enabled"),
	}
	l.filters = readFilters(p.params)
	var optional, additional productSet
	for _, list := range [...]struct {
		name string
		into *productSet
	}{
		{"products", &l.products},
		{"required_if_supported_products", &l.ifSupported},
		{"optional_products", &optional},
		{"additional_consented_products", &additional},
	} {
		var problem *trouble
		if *list.into, problem = p.wantedProducts(list.name); problem != nil {
			return nil, problem
		}
	}
	l.consent = optional | additional
	if token := p.params.text("access_token"); token != "" {
		return l, p.readUpdate(l, token)
	}
	if l.products == 0 {
		return nil, missingFields([]string{"products"})
	}
	if id := p.params.text("institution_id"); id != "" {
		bank, ok := p.modern.directory.ofID(id)
		if !ok {
			return nil, catalogued("INVALID_INSTITUTION")
		}
		l.bank = &bank
	}
	return l, nil
}

// readUpdate makes l one that repairs an Item.
func (p *post) readUpdate(l *link, token string) *trouble {
	if l.products != 0 {
		return invalidField("products must not be set when access_token is: an Item's products are not changed in update mode")
	}
	i, problem := p.findItem(token)
	if problem != nil {
		return problem
	}
	l.update, l.bank = &i, &i.bank
	return nil
}

// readFilters reads account_filters: the subtypes to offer, by type.
func readFilters(p params) map[string][]string {
	given, _ := p["account_filters"].(map[string]any)
	if len(given) == 0 {
		return nil
	}
	filters := map[string][]string{}
	for kind, v := range given {
		if inner, ok := v.(map[string]any); ok {
			filters[kind] = params(inner).list("account_subtypes")
		}
	}
	return filters
}

// offers tells whether the link lets an account be chosen.
func (l *link) offers(h heldAccount) bool {
	if l.filters == nil {
		return true
	}
	subtypes := l.filters[h.Type]
	return slices.Contains(subtypes, "all") || slices.Contains(subtypes, h.Subtype)
}

// add keeps a new link, and lets go of what nobody can use any more.
func (s *links) add(id string, l *link, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.byToken, func(_ string, old *link) bool { return now.After(old.readable()) })
	maps.DeleteFunc(s.byPage, func(_ string, old *link) bool { return now.After(old.readable()) })
	maps.DeleteFunc(s.public, func(_ string, old publicToken) bool { return now.After(old.made.Add(sessionLife)) })
	s.byToken[id] = l
	if l.page != "" {
		s.byPage[l.page] = l
	}
}

// exchange is POST /item/public_token/exchange. The Item begins to exist with
// it. To exchange a token again gives the same Item.
func (p *post) exchange() *trouble {
	id, problem := tokenID(publicKind, p.params.text("public_token"))
	if problem != nil {
		return problem
	}
	p.modern.links.mu.Lock()
	public, ok := p.modern.links.public[id]
	p.modern.links.mu.Unlock()
	if !ok {
		return catalogued("INVALID_PUBLIC_TOKEN")
	}
	if p.now.After(public.made.Add(publicLife)) {
		return troubled("INVALID_PUBLIC_TOKEN", "provided public token is expired. public tokens expire 30 minutes after creation")
	}
	state := p.modern.items.change(public.identity, func(s *itemState) {
		if s.linked.IsZero() {
			s.linked, s.webhook = p.now, public.webhook
		}
	})
	if state.removed {
		return catalogued("INVALID_PUBLIC_TOKEN")
	}
	i, _ := p.modern.item(public.identity) // it was made for somebody
	p.bank.handed.made(i.token(), true)
	if i.granted().has("transactions") {
		p.hook = i.webhook("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", upToDate)
	}
	t := p.open()
	t.string("access_token", i.token())
	t.string("item_id", i.itemID())
	return p.done()
}

// publish makes a public token for a new Item. The lock of links is held.
func (s *links) publish(b *Bank, ident identity, webhook string) string {
	id := uuidOf(b.newNonce())
	s.public[id] = publicToken{ident, webhook, b.now()}
	return tokenOf(publicKind, id)
}

// newItem is the identity of a new Item of h.
func (b *Bank) newItem(h holder, bank string) identity {
	return identity{who: personNumber(bank, h.login().Username), nonce: uint32(b.newNonce()) & (1<<30 - 1)}
}
