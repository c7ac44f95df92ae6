package legacy

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// The hosts of the service (legacy-api §1.1).
const (
	Tartan     = "https://tartan.plaid.com" // development; the default
	Production = "https://api.plaid.com"
)

// Client speaks the legacy API for one customer of Plaid. It is safe for concurrent use.
type Client struct {
	Connect, Auth, Info, Income, Risk Resource

	keys func(context.Context) (plaidapi.Keys, error)
	raw  bool
	wire *wire.Client
}

// Option configures a Client.
type Option func(*settings)

type settings struct {
	keys  func(context.Context) (plaidapi.Keys, error)
	url   string
	http  *http.Client
	raw   bool
	trace func(wire.Trace)
}

// BaseURL sets the server: https, or http on loopback. A path in it is kept. The default is Tartan.
func BaseURL(u string) Option { return func(s *settings) { s.url = u } }

// HTTPClient sets the client whose Transport carries the calls, for a server in the same process
// or a connection pool shared with other clients. Redirects are never followed and cookies never
// kept. The default allows TLS 1.2 and up and HTTP/1.1 only.
func HTTPClient(c *http.Client) Option { return func(s *settings) { s.http = c } }

// RawReplies makes an answer of any status a reply instead of an error: its Answer holds the
// status and the whole body, and other members are set as far as the body can be read. Errors are
// left for what was not answered. It is plaid-python's suppress_http_errors.
func RawReplies() Option { return func(s *settings) { s.raw = true } }

// KeySource has f asked for the keys by each request that needs any, in place of those given to
// New: they may be known later than the Client, or change. An error of f is returned, wrapped with
// the name of the call, and nothing is sent.
func KeySource(f func(context.Context) (plaidapi.Keys, error)) Option {
	return func(s *settings) { s.keys = f }
}

// New makes a Client. Keys may be empty for one that only asks the public endpoints, or that has a
// KeySource. It fails when the base URL is not one that keys may be sent to.
func New(clientID string, secret plaidapi.Secret, options ...Option) (*Client, error) {
	given := plaidapi.Keys{ClientID: clientID, Secret: secret}
	s := settings{url: Tartan, keys: func(context.Context) (plaidapi.Keys, error) { return given, nil }}
	for _, option := range options {
		option(&s)
	}
	w, err := wire.New(s.url, s.http, s.trace)
	if err != nil {
		return nil, err
	}
	c := &Client{keys: s.keys, raw: s.raw, wire: w}
	c.Connect, c.Auth, c.Info = c.Product(plaidapi.Connect), c.Product(plaidapi.Auth), c.Product(plaidapi.Info)
	c.Income, c.Risk = c.Product(plaidapi.Income), c.Product(plaidapi.Risk)
	return c, nil
}

// Answer is what every reply has beside its content.
type Answer struct {
	Status    int
	RequestID string
	// Body is the whole body, with RawReplies only. It is a Secret because tokens are in it.
	Body plaidapi.Secret
}

// OK reports a status of success, as without RawReplies every reply has.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

func (a *Answer) fill(from Answer) { *a = from }

// reply is a reply struct: it embeds Answer.
type reply interface{ fill(Answer) }

// keyedBody makes the body of a request, keys included. They travel there, never in a URL.
type keyedBody func(plaidapi.Keys) any

// keyed is the body that has the members of req beside the two that prove who is calling.
func keyed[T any](req T) keyedBody {
	return func(k plaidapi.Keys) any {
		return struct {
			ClientID string          `json:"client_id,omitzero"`
			Secret   plaidapi.Secret `json:"secret,omitzero"`
			Request  T               `json:",embed"`
		}{k.ClientID, k.Secret, req}
	}
}

// call is one request before its body is written.
type call struct {
	op     string
	stage  stage
	kind   wire.Kind
	method string
	path   []string
	query  url.Values
	body   keyedBody // nil for the public endpoints
}

// send performs a call and fills out from its answer; decode reads the body, by default into out.
func (c *Client) send(ctx context.Context, do call, out reply, decode func(status int, body []byte) error) error {
	var (
		body    []byte
		secrets []string
	)
	if do.body != nil {
		keys, err := c.keys(ctx)
		if err != nil {
			return &plaidapi.Error{Op: do.op, Unsent: true, Err: err}
		}
		if body, secrets, err = wire.Encode(do.body(keys)); err != nil {
			return err
		}
	}
	got, err := c.wire.Do(ctx, wire.Call{Op: do.op, Kind: do.kind, Method: do.method, Path: do.path, Query: do.query, Body: body})
	if err != nil {
		return cutOff(do, got, err)
	}
	answer := Answer{Status: got.Status, RequestID: got.RequestID}
	if c.raw {
		answer.Body = plaidapi.NewSecret(string(got.Body))
	}
	out.fill(answer)
	if !got.OK() {
		if c.raw {
			return nil
		}
		return refusal(do, got, secrets)
	}
	if got.Status == http.StatusAccepted && len(got.Body) == 0 {
		return nil // success without data
	}
	if decode == nil {
		decode = func(_ int, body []byte) error { return wire.Decode(body, out) }
	}
	if err := decode(got.Status, got.Body); err != nil && !c.raw {
		return unusable(do, got, err)
	}
	return nil
}

// cutOff is the error of a call whose answer did not come whole, or not at all. When it was a
// success and got as far as the token, that is taken out: the Item has been made. A read makes none.
func cutOff(do call, got *wire.Reply, err error) error {
	if do.kind == wire.Read || got == nil || !got.OK() {
		return err
	}
	token := wire.Member(got.Body, "access_token")
	if token.Empty() {
		return err
	}
	e := &Error{Op: do.op, Status: got.Status, RequestID: got.RequestID, Token: token}
	if !errors.As(err, &e.general) { // cancelled
		e.general = &plaidapi.Error{Problem: plaidapi.Offline, Op: do.op, Status: got.Status, RequestID: got.RequestID, Err: err}
	}
	return e
}

// errMissing is the cause of an error about a request that cannot be sent as it is.
var errMissing = errors.New("the request lacks what it is about")

// missing refuses a request before it is sent.
func missing(op string) error {
	return &plaidapi.Error{Problem: plaidapi.Unknown, Op: op, Err: errMissing}
}
