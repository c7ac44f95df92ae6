package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The one key pair that the practice bank knows.
const (
	testClientID = "test_id"
	testSecret   = "test_secret"
)

// call is one request on its way to an answer.
type call struct {
	bank   *Bank
	r      *http.Request
	method string // after X-HTTP-Method-Override
	path   string // unescaped, without a trailing slash
	route
	id  string // of the path, or ""
	now time.Time

	params, options, credentials params

	known bool // the keys are right, so that an access token may be echoed

	out       *text
	status    int
	hook      *hook // to deliver after the answer
	cutOff    bool  // a fault breaks the body off
	streaming bool  // a part of the body has been sent
}

func newCall(b *Bank, r *http.Request, out *text) *call {
	c := &call{bank: b, r: r, method: r.Method, path: requestPath(r.URL), now: b.now(), status: http.StatusOK, out: out}
	if override := r.Header.Get("X-HTTP-Method-Override"); override != "" && r.Method == http.MethodPost {
		c.method = strings.ToUpper(override)
	}
	return c
}

// requestPath is the path of a request without a trailing slash. Every escape is
// undone but that of a slash, which separates nothing.
func requestPath(u *url.URL) string {
	kept := strings.NewReplacer("%2F", "%252F", "%2f", "%252F").Replace(u.EscapedPath())
	path, _ := url.PathUnescape(kept) // EscapedPath is well formed
	return withoutTrailingSlash(path)
}

// withoutTrailingSlash drops one slash; the root keeps its own.
func withoutTrailingSlash(path string) string {
	if path == "/" {
		return path
	}
	return strings.TrimSuffix(path, "/")
}

// prepare does what comes before any handler, in the order of legacy-api,
// Appendix D: the route, the parameters, the keys. Public routes need none of
// the latter two and ignore what is wrong with them.
func (c *call) prepare() code {
	var id string
	var ok bool
	if c.route, id, ok = c.bank.match(c.method, c.path); !ok {
		return routeUnknown
	}
	c.id = id
	var problem code
	c.params, problem = readParams(c.r)
	if c.route.public {
		return fine
	}
	if problem != fine {
		return problem
	}
	if problem = c.checkKeys(); problem != fine {
		return problem
	}
	if c.options, ok = c.params.object("options"); !ok {
		return badOptions
	}
	if c.credentials, ok = c.params.object("credentials"); !ok {
		return badCredentials
	}
	return fine
}

func (c *call) checkKeys() code {
	id, secret := c.params.text("client_id"), c.params.text("secret")
	switch {
	case id == "":
		return clientIDMissing
	case secret == "":
		return secretMissing
	case id != testClientID || secret != testSecret:
		return wrongKeys
	}
	c.known = true
	return fine
}

// echo is the access token that an error answer repeats, or "".
func (c *call) echo() string {
	if !c.known {
		return ""
	}
	return c.params.text("access_token")
}

// option is an option as text. Old clients sent options at the top level.
func (c *call) option(name string) string {
	if v := c.options.text(name); v != "" {
		return v
	}
	return c.params.text(name)
}

func (c *call) optionFlag(name string) bool {
	return c.options.flag(name) || c.params.flag(name)
}

// credential is one of username, password and pin, from either place.
func (c *call) credential(name string) string {
	if v := c.credentials.text(name); v != "" {
		return v
	}
	return c.params.text(name)
}

// holder finds whom the request's access token speaks for.
func (c *call) holder() (holder, code) {
	token := c.params.text("access_token")
	if token == "" {
		return holder{}, tokenMissing
	}
	h, ok := c.bank.withToken(token)
	if !ok {
		return holder{}, badToken
	}
	return h, fine
}

// reader finds whom the token speaks for and whether the bank still lets us in.
func (c *call) reader() (holder, code) {
	h, problem := c.holder()
	if problem == fine && c.bank.sessions.signedOut(h) {
		problem = mfaReset
	}
	return h, problem
}
