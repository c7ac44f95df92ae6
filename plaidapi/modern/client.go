package modern

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// The hosts of the service (modern-api §1). Keys, Items and tokens of one mean nothing to the other.
const (
	Sandbox    = "https://sandbox.plaid.com" // invented banks; the default
	Production = "https://production.plaid.com"
)

// version is the version of the API that the types here are of.
const version = "2020-09-14"

// Client speaks today's API for one customer of Plaid. It is safe for concurrent use.
type Client struct {
	keys        func(context.Context) (plaidapi.Keys, error)
	environment string // whose tokens may be sent: "sandbox" or "production"; empty for a host of somebody else's
	wire        *wire.Client
}

// Option configures a Client.
type Option func(*settings)

type settings struct {
	keys  func(context.Context) (plaidapi.Keys, error)
	url   string
	http  *http.Client
	trace func(wire.Trace)
}

// BaseURL sets the server: https, or http on loopback. A path in it is kept. The default is Sandbox.
func BaseURL(u string) Option { return func(s *settings) { s.url = u } }

// HTTPClient sets the client whose Transport carries the calls, for a server in the same process
// or a connection pool shared with other clients. Redirects are never followed and cookies never
// kept. The default allows TLS 1.2 and up and HTTP/1.1 only.
func HTTPClient(c *http.Client) Option { return func(s *settings) { s.http = c } }

// KeySource has f asked for the keys by each request that needs any, in place of those given to
// New: they may be known later than the Client, or change. An error of f is returned, wrapped with
// the name of the call, and nothing is sent.
func KeySource(f func(context.Context) (plaidapi.Keys, error)) Option {
	return func(s *settings) { s.keys = f }
}

// New makes a Client. Keys may be empty for one that has a KeySource. It fails when the base URL is
// not one that keys may be sent to.
func New(clientID string, secret plaidapi.Secret, options ...Option) (*Client, error) {
	given := plaidapi.Keys{ClientID: clientID, Secret: secret}
	s := settings{url: Sandbox, keys: func(context.Context) (plaidapi.Keys, error) { return given, nil }}
	for _, option := range options {
		option(&s)
	}
	w, err := wire.New(s.url, s.http, s.trace)
	if err != nil {
		return nil, err
	}
	c := &Client{keys: s.keys, wire: w}
	switch strings.TrimSuffix(s.url, "/") {
	case Sandbox:
		c.environment = "sandbox"
	case Production:
		c.environment = "production"
	}
	return c, nil
}

// Number is an amount by its digits as they were sent, so that it stays exact. It is empty when
// the server sent none. plaidapi.ParseMoney reads it.
type Number = wire.Number

// Answer is what every reply has beside its content.
type Answer struct {
	RequestID string `json:"request_id"`
}

// call is one endpoint.
type call struct {
	path  string // "item/get"; with spaces it names the call in errors
	kind  wire.Kind
	open  bool   // answers without keys
	token string // the member of the reply that must not be lost, whatever becomes of the rest
}

func (do call) op() string { return strings.ReplaceAll(do.path, "/", " ") }

// post sends a request and reads its reply.
func post[R any](ctx context.Context, c *Client, do call, request any) (*R, error) {
	body, secrets, err := wire.Encode(request)
	if err != nil {
		return nil, err
	}
	header := http.Header{"Plaid-Version": {version}}
	if !do.open {
		keys, err := c.keys(ctx)
		if err != nil {
			return nil, &plaidapi.Error{Op: do.op(), Unsent: true, Err: err}
		}
		header.Set("PLAID-CLIENT-ID", keys.ClientID)
		header.Set("PLAID-SECRET", keys.Secret.Reveal())
		secrets = append(secrets, keys.Secret.Reveal())
	}
	if c.foreign(secrets) {
		return nil, &plaidapi.Error{Problem: plaidapi.BadKeys, Op: do.op(), Unsent: true, Err: errForeign}
	}
	got, err := c.wire.Do(ctx, wire.Call{
		Op: do.op(), Kind: do.kind, Method: http.MethodPost, Path: strings.Split(do.path, "/"), Body: body, Header: header, Final: final,
	})
	if err != nil {
		return nil, cutOff(do, got, err)
	}
	if !got.OK() {
		return nil, refusal(do, got, secrets)
	}
	reply := new(R)
	if err := wire.Decode(got.Body, reply); err != nil {
		return nil, unusable(do, got, err)
	}
	return reply, nil
}

// errForeign is the cause of an error about a token that is not sent: it was given by another host.
var errForeign = errors.New("the token belongs to Plaid's other environment")

// foreign reports whether one of the secrets is a token of the other environment. Its text says so:
// "access-sandbox-…".
func (c *Client) foreign(secrets []string) bool {
	if c.environment == "" {
		return false
	}
	for _, s := range secrets {
		kind, rest, _ := strings.Cut(s, "-")
		environment, _, named := strings.Cut(rest, "-")
		switch kind {
		case "access", "public", "link":
			if named && environment != c.environment {
				return true
			}
		}
	}
	return false
}

// errMissing is the cause of an error about a request that cannot be sent as it is.
var errMissing = errors.New("the request lacks what it is about")

// missing refuses a request before it is sent.
func missing(op string) error {
	return &plaidapi.Error{Op: op, Unsent: true, Err: errMissing}
}
