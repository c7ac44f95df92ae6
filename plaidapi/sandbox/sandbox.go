// Package sandbox is the practice bank: a whole bank in one [http.Handler], for
// screens, tests and other programs.
//
// It speaks the legacy wire of 2013 to 2018 as tartan.plaid.com did, byte for
// byte where that was recorded: the 19 endpoints, every way in which a client
// of the time wrote its requests, and every error. The keys are test_id and
// test_secret. Whatever the practice bank knows follows from names, a seed and
// a clock, so a token that was kept still works after a restart.
//
//	Bank      the handler; Logins lists who can sign in, Handed what signing in made,
//	          Fault makes things go wrong
//	Dial      a connection inside the process: real HTTP, no socket
//	Serve     the same on a loopback address, for other programs
//	Modern    the handler of today's wire, with DialModern and ServeModern
//
// Today's wire (version 2020-09-14) shows the same people and data with the same
// keys: every endpoint of modern-api §2 and §10, and Hosted Link pages under
// /link/ that a browser or curl can walk through. There every bank also has the
// users user_good, with an account of every type, and user_transactions_dynamic;
// both have the password pass_good, and error_CODE, mfa_device, mfa_selections
// and mfa_questions_1_2 make trouble or ask more. Access tokens and Item ids
// outlive the process; link tokens, public tokens, webhooks, removals and what
// the /sandbox/ endpoints did do not.
//
// A request becomes a call (call.go), finds its route (routes.go) and is
// answered by a handler (items.go, public.go, search.go) that either writes a
// body into a text (text.go, bodies.go, mfa.go) or returns a code of
// problems.go. The recorded users stand in recorded.go, the people of our own
// in people.go, and both look alike to the handlers (model.go). On the modern
// wire a request becomes a post (modern.go) and a session of a page a state
// machine (hosted_session.go).
//
// The practice bank contacts nobody, with one exception: webhooks are delivered
// to http and https addresses on this computer. Other webhook addresses are
// accepted and never contacted. The legacy wire has two webhooks: code 0 after a
// connect with login_only, and code 4 after a new webhook address. The modern
// one sends those that /sandbox/item/fire_webhook names, and SESSION_FINISHED.
package sandbox

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options says how a Bank behaves; the zero value is the practice bank everyone gets.
type Options struct {
	Clock        func() time.Time // nil: time.Now
	Seed         uint64           // 0: the standard people
	Transactions int              // rows of the "very many transactions" account; 0: 5,000; at most 1,000,000
}

// Bank is the practice bank. It is safe for concurrent use.
type Bank struct {
	now        func() time.Time
	routes     map[string]route
	directory  directory
	categories taxonomy
	population population
	sessions   sessions
	faults     faults
	handed     handed
	texts      sync.Pool // of *text

	seed   uint64
	nonces atomic.Uint64  // how many have been given out
	modern func() *modern // made when it is first asked for
}

// New opens a practice bank.
func New(o Options) *Bank {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return newBank(o, people(o))
}

func newBank(o Options, people []person) *Bank {
	b := &Bank{
		seed:       o.Seed,
		now:        o.Clock,
		routes:     newRoutes(),
		directory:  newDirectory(people),
		categories: newTaxonomy(),
		population: newPopulation(people),
		sessions:   sessions{open: map[string]bool{}},
		texts:      sync.Pool{New: func() any { return new(text) }},
	}
	b.modern = sync.OnceValue(func() *modern { return newModern(b) })
	return b
}

// ServeHTTP answers one request of the legacy wire, from the root path.
func (b *Bank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out := b.texts.Get().(*text)
	out.reset()
	defer func() {
		if cap(out.b) <= keptBuffer {
			b.texts.Put(out)
		}
	}()
	c := newCall(b, r, out)
	if b.practice(w, r, c.path) {
		return
	}
	problem := c.prepare()
	if c.strike(w, b.faults.take(c.path)) {
		return
	}
	out.sink = func(part []byte) error { return c.stream(w, part) }
	if problem == fine {
		problem = c.serve(c)
	}
	if problem != fine {
		c.fail(w, problem)
		return
	}
	c.finish(w)
	if c.hook != nil {
		http.NewResponseController(w).Flush()
		c.hook.deliver(r.Context())
	}
}
