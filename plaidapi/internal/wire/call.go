package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"time"

	"tartan/plaidapi"
)

// Call is one request.
type Call struct {
	Op     string // for errors: "connect step"
	Kind   Kind
	Method string
	Path   []string    // segments, unescaped
	Query  url.Values  // never a secret
	Body   []byte      // JSON; nil for none
	Header http.Header // beside those that every call has; may hold secrets, and is told to nobody
	// Final reports that an answer stays as it is, however passing its status looks. It may be nil.
	Final func(*Reply) bool
}

// Reply is an answer of any status, its body unpacked, and whole unless it came with an error.
type Reply struct {
	Status    int
	Body      []byte
	RequestID string

	retryAfter time.Duration
}

// OK reports a status of success.
func (r *Reply) OK() bool { return r.Status >= 200 && r.Status < 300 }

// Do sends a call and reads its answer. Whatever answers within the limits is a Reply, errors of
// the server included. Otherwise the error is a *plaidapi.Error: Offline when nothing answered or
// it stopped, BadReply for what is too large; or context.Canceled, wrapped, when ctx was. Beside an
// error, a Reply is what had come until then: a token may be in it. It is nil when nothing had.
func (c *Client) Do(ctx context.Context, call Call) (*Reply, error) {
	if call.Kind.reads() {
		return c.repeat(ctx, call)
	}
	return c.once(ctx, call)
}

// once is one try.
func (c *Client) once(ctx context.Context, call Call) (*Reply, error) {
	u := *c.base.JoinPath(escaped(call.Path)...)
	u.RawQuery = call.Query.Encode()
	whole, done := context.WithTimeout(ctx, call.Kind.whole())
	defer done()
	try, hangUp := context.WithCancel(whole)
	defer hangUp()
	req, err := http.NewRequestWithContext(try, call.Method, u.String(), bytes.NewReader(call.Body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", call.Op, err)
	}
	if call.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "tartan")
	maps.Copy(req.Header, call.Header)

	start := time.Now()
	patience := time.AfterFunc(call.Kind.firstByte(), hangUp)
	reply, err := c.exchange(req, patience)
	seen := Trace{Op: call.Op, Method: call.Method, Path: u.EscapedPath(), Host: u.Host, Took: time.Since(start)}
	if reply != nil {
		seen.Status, seen.Size, seen.RequestID = reply.Status, len(reply.Body), reply.RequestID
	}
	c.trace(seen)
	if err != nil {
		return reply, failure(ctx, try, call.Op, reply, err)
	}
	return reply, nil
}

// exchange sends req and reads what comes back. With an error, a Reply has the body as far as it
// came; it is nil when nothing answered at all.
func (c *Client) exchange(req *http.Request, patience *time.Timer) (*Reply, error) {
	defer patience.Stop()
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	patience.Stop()
	reply := &Reply{
		Status:     resp.StatusCode,
		RequestID:  RequestID(resp.Header.Get("X-Request-Id")),
		retryAfter: retryAfter(resp.Header.Get("Retry-After")),
	}
	reply.Body, err = readBounded(resp.Body, resp.ContentLength)
	return reply, err
}

// escaped prepares segments for a path: each stays one, whatever it holds.
func escaped(segments []string) []string {
	out := make([]string, len(segments))
	for i, s := range segments {
		out[i] = url.PathEscape(s)
		if s == "." || s == ".." {
			out[i] = "%2E" + s[1:] // JoinPath would resolve it
		}
	}
	return out
}

// RequestID passes only what a request ID is made of: it is shown, and logged.
func RequestID(s string) string {
	for _, r := range s {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	return s[:min(len(s), 64)]
}

// failure sorts what went wrong on the way. The text of network errors is dropped: it can quote
// what the server sent, and that can be an echo of the request.
func failure(ctx, try context.Context, op string, reply *Reply, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%s: %w", op, ctx.Err())
	}
	e := &plaidapi.Error{Problem: plaidapi.Offline, Op: op, Err: errLost}
	if reply != nil {
		e.Status, e.RequestID = reply.Status, reply.RequestID
	}
	var (
		untrusted *tls.CertificateVerificationError
		name      *net.DNSError
		dial      *net.OpError
	)
	switch {
	case errors.Is(err, ErrTooLarge):
		e.Problem, e.Err = plaidapi.BadReply, ErrTooLarge
	case try.Err() != nil: // too slow for our limits, or for the caller's
		e.Err = errSlow
	case errors.As(err, &untrusted):
		e.Unsent, e.Err = true, errUntrusted
	case errors.As(err, &name):
		e.Unsent, e.Err = true, errNoHost
	case errors.As(err, &dial) && dial.Op == "dial":
		e.Unsent, e.Err = true, errRefused
	}
	return e
}

// The ways not to be answered, in words of our own.
var (
	errSlow      = errors.New("no answer in time")
	errLost      = errors.New("connection lost")
	errUntrusted = errors.New("certificate not trusted")
	errNoHost    = errors.New("host name not found")
	errRefused   = errors.New("no connection")
)
