package sandbox

import (
	"crypto/rand"
	"html/template"
	"net/http"
	"strconv"
	"time"
)

// modernVersion is the only version of the wire there is.
const modernVersion = "2020-09-14"

// modern is what the practice bank knows of today's wire beyond its people.
type modern struct {
	endpoints  map[string]endpoint
	directory  modernDirectory
	categories financeCategories
	people     map[uint32]holder // by the number that their tokens carry
	items      items
	links      links
	page       *template.Template
}

func newModern(b *Bank) *modern {
	m := &modern{
		endpoints:  newEndpoints(),
		directory:  newModernDirectory(b.directory.all),
		categories: newFinanceCategories(&b.categories),
		people:     map[uint32]holder{},
		items:      items{known: map[uint64]*itemState{}},
		page:       template.Must(template.New("page").Parse(hostedPage)),
		links:      links{byToken: map[string]*link{}, byPage: map[string]*link{}, public: map[string]publicToken{}},
	}
	for _, bank := range b.directory.all {
		for _, h := range b.customers(bank) {
			m.people[personNumber(bank.Type, h.login().Username)] = h
		}
	}
	return m
}

// endpoint is what one path of the modern wire takes and does.
type endpoint struct {
	keyless bool    // asks for no credentials
	takes   []field // beside client_id and secret
	product string  // that the Item must have, or ""
	serve   func(*post) *trouble
}

// newEndpoints lists modern-api §2 and §10 by path. Whatever names an Item has
// the field access_token and is served only for an Item that exists.
func newEndpoints() map[string]endpoint {
	m := map[string]endpoint{
		"/categories/get":         {keyless: true, serve: (*post).allCategories},
		"/institutions/get":       {takes: institutionsFields(), serve: (*post).institutions},
		"/institutions/search":    {takes: searchFields(), serve: (*post).searchInstitutions},
		"/institutions/get_by_id": {takes: institutionFields(), serve: (*post).oneInstitution},

		"/link/token/create":          {takes: linkFields(), serve: (*post).createLink},
		"/link/token/get":             {takes: []field{str("link_token").must()}, serve: (*post).getLink},
		"/item/public_token/exchange": {takes: []field{str("public_token").must()}, serve: (*post).exchange},

		"/sandbox/public_token/create": {takes: publicTokenFields(), serve: (*post).createPublicToken},
	}
	of := func(path, product string, serve func(*post) *trouble, more ...field) {
		m[path] = endpoint{takes: append(more, str("access_token").must()), product: product, serve: serve}
	}
	accounts := obj("options", strs("account_ids"))
	of("/item/get", "", (*post).getItem)
	of("/item/remove", "", (*post).removeItem, removeFields()...)
	of("/item/access_token/invalidate", "", (*post).rotate)
	of("/item/webhook/update", "", (*post).updateWebhook, web("webhook").orNull())
	of("/accounts/get", "", (*post).accounts, accounts)
	of("/accounts/balance/get", "", (*post).accounts, obj("options", strs("account_ids"), str("min_last_updated_datetime")))
	of("/auth/get", "auth", (*post).auth, accounts)
	of("/identity/get", "identity", (*post).identity, accounts)
	of("/transactions/sync", "transactions", (*post).sync, syncFields()...)
	of("/transactions/get", "transactions", (*post).transactions, transactionsFields()...)
	of("/transactions/refresh", "transactions", (*post).refresh)
	of("/transactions/recurring/get", "transactions", (*post).recurring, recurringFields()...)
	of("/investments/holdings/get", "investments", (*post).holdings, accounts)
	of("/investments/transactions/get", "investments", (*post).investmentTransactions, investmentTransactionsFields()...)
	of("/liabilities/get", "liabilities", (*post).liabilities, accounts)
	of("/sandbox/item/reset_login", "", (*post).resetLogin)
	of("/sandbox/item/fire_webhook", "", (*post).fireWebhook, fireWebhookFields()...)
	of("/sandbox/item/set_verification_status", "", (*post).setVerificationStatus, verificationFields()...)
	of("/sandbox/transactions/create", "transactions", (*post).createTransactions, createTransactionsFields()...)
	return m
}

// Modern is the handler of today's wire, from the root path, with the Hosted
// Link pages under /link/ and the practice endpoints of the legacy wire.
func (b *Bank) Modern() http.Handler { return http.HandlerFunc(b.serveModern) }

func (b *Bank) serveModern(w http.ResponseWriter, r *http.Request) {
	path := requestPath(r.URL)
	if onPage(path) {
		b.serveHosted(w, r)
		return
	}
	if b.practice(w, r, path) {
		return
	}
	out := b.texts.Get().(*text)
	out.reset()
	out.tight, out.sink = true, nil
	defer func() {
		if cap(out.b) <= keptBuffer {
			b.texts.Put(out)
		}
	}()
	p := &post{bank: b, modern: b.modern(), r: r, path: path, now: b.now(), requestID: newRequestID(), out: out}
	problem := p.prepare()
	fault := b.faults.take(path)
	if p.strike(w, fault) {
		return
	}
	if problem == nil {
		problem = p.serve(p)
	}
	if problem != nil {
		p.fail(w, problem)
		return
	}
	p.finish(w, http.StatusOK)
	if p.hook != nil {
		http.NewResponseController(w).Flush()
		p.hook.deliver(r.Context())
	}
}

// post is one request of the modern wire, all of which are POST, on its way to an answer.
type post struct {
	bank   *Bank
	modern *modern
	r      *http.Request
	path   string
	endpoint
	now       time.Time
	requestID string

	params, options params
	item            item // of the access token, where there is one

	out    *text
	hook   *hook // to deliver after the answer
	cutOff bool  // a fault breaks the body off
}

// prepare does what comes before any handler: the route, the body, the keys,
// the fields, the Item.
func (p *post) prepare() *trouble {
	var known bool
	if p.endpoint, known = p.modern.endpoints[p.path]; !known || p.r.Method != http.MethodPost {
		return notFound()
	}
	var problem *trouble
	if p.params, problem = readPost(p.r); problem != nil {
		return problem
	}
	if version := p.r.Header.Get("Plaid-Version"); version != "" && version != modernVersion {
		return troubled("INCOMPATIBLE_API_VERSION", "this server speaks version "+modernVersion+" only")
	}
	if !p.keyless {
		if problem = p.checkKeys(); problem != nil {
			return problem
		}
	}
	if problem = checkFields(p.params, p.takes); problem != nil {
		return problem
	}
	p.options, _ = p.params.object("options")
	token := p.params.text("access_token")
	if token == "" || p.path == linkCreatePath {
		return nil
	}
	p.item, problem = p.findItem(token)
	if problem == nil {
		problem = p.item.allows(p.product)
	}
	return problem
}

// checkKeys takes the credentials from the headers or, without those, from the
// body, where they are no unknown fields.
func (p *post) checkKeys() *trouble {
	id, secret := p.r.Header.Get("PLAID-CLIENT-ID"), p.r.Header.Get("PLAID-SECRET")
	if id == "" {
		id = p.params.text("client_id")
	}
	if secret == "" {
		secret = p.params.text("secret")
	}
	delete(p.params, "client_id")
	delete(p.params, "secret")
	var missing []string
	if id == "" {
		missing = append(missing, "client_id")
	}
	if secret == "" {
		missing = append(missing, "secret")
	}
	if missing != nil {
		return missingFields(missing)
	}
	if id != testClientID || secret != testSecret {
		return troubled("INVALID_API_KEYS", "invalid client_id or secret provided")
	}
	return nil
}

// open starts an answer, and done ends it with the id of the request.
func (p *post) open() *text {
	p.out.open('{')
	return p.out
}

func (p *post) done() *trouble {
	p.out.string("request_id", p.requestID)
	p.out.close('}')
	return nil
}

// fail answers with a problem, in place of whatever has been written so far.
func (p *post) fail(w http.ResponseWriter, problem *trouble) {
	p.out.b, p.out.depth, p.out.empty = p.out.b[:0], 0, false
	p.out.trouble(problem, p.requestID)
	p.finish(w, problem.status())
}

func (p *post) finish(w http.ResponseWriter, status int) {
	body := p.out.b
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if p.cutOff {
		body = body[:len(body)/2] // net/http then closes the connection
	}
	w.Write(body)
}

// newRequestID is fifteen letters and digits, as the service gives out.
func newRequestID() string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var id [15]byte
	rand.Read(id[:])
	for i, b := range id {
		id[i] = letters[int(b)%len(letters)]
	}
	return string(id[:])
}
