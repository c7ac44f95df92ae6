package modern_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

var noon = time.Date(2026, time.March, 14, 12, 0, 0, 0, time.UTC)

func secret(s string) plaidapi.Secret { return plaidapi.NewSecret(s) }

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// answer is what the hand-made service says to a call.
type answer struct {
	status int // 200 when zero
	body   string
	header http.Header
}

func ok(body string) answer { return answer{body: body} }

// failing is an error of the service.
func failing(kind, code string) answer {
	return answer{status: 400, body: fmt.Sprintf(
		`{"error_type":%q,"error_code":%q,"error_message":"for developers","display_message":null,"request_id":"r1"}`, kind, code)}
}

// service is a hand-made Plaid: what it answers on each path, one answer after the other, the last
// for ever. It refuses what the real one refuses of any request.
type service struct {
	t       testing.TB
	answers map[string][]answer
	asked   []string // path and body of each request
	keyless bool     // no keys are to be sent
}

func (s *service) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		s.t.Error(err)
	}
	s.check(req, body)
	s.asked = append(s.asked, req.URL.Path+" "+string(body))
	all := s.answers[req.URL.Path]
	if len(all) == 0 {
		s.t.Errorf("%s was asked", req.URL.Path)
		return nil, io.ErrUnexpectedEOF
	}
	if len(all) > 1 {
		s.answers[req.URL.Path] = all[1:]
	}
	return respond(all[0])
}

func respond(a answer) (*http.Response, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	return &http.Response{
		StatusCode: a.status, Header: a.header, Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}, nil
}

// check is what the service refuses: keys that are not in headers, nulls, another version.
func (s *service) check(req *http.Request, body []byte) {
	h := req.Header
	if req.Method != http.MethodPost || h.Get("Content-Type") != "application/json" || h.Get("Plaid-Version") != "2020-09-14" || req.URL.RawQuery != "" {
		s.t.Errorf("%s %s %v", req.Method, req.URL, h)
	}
	if keyed := h.Get("PLAID-CLIENT-ID") == "id" && h.Get("PLAID-SECRET") == "key"; keyed == s.keyless {
		s.t.Errorf("%s: keys %v", req.URL, keyed)
	}
	var members map[string]any
	if err := json.Unmarshal(body, &members); err != nil {
		s.t.Errorf("%s: %v in %s", req.URL, err, body)
	}
	if _, both := members["client_id"]; both || bytes.Contains(body, []byte("null")) && req.URL.Path != "/item/webhook/update" {
		s.t.Errorf("%s: %s", req.URL, body)
	}
}

// serve is a hand-made service and a client of it.
func serve(t testing.TB, answers map[string][]answer, options ...modern.Option) (*service, *modern.Client) {
	t.Helper()
	s := &service{t: t, answers: answers}
	return s, dial(t, s, options...)
}

// dial is a client over a transport.
func dial(t testing.TB, over http.RoundTripper, options ...modern.Option) *modern.Client {
	t.Helper()
	options = append([]modern.Option{modern.BaseURL("http://localhost"), modern.HTTPClient(&http.Client{Transport: over})}, options...)
	c, err := modern.New("id", secret("key"), options...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clock is a clock that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// bank is a Bank of a hand-made service at noon.
func bank(t testing.TB, answers map[string][]answer) (*service, *modern.Bank, *clock) {
	t.Helper()
	s, client := serve(t, answers)
	c := &clock{noon}
	return s, modern.NewBank(client, modern.BankOptions{Now: c.now, User: "somebody"}), c
}
