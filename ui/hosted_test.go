package ui

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// hosted is Plaid's page as the practice bank has it, with addresses as Plaid's are, and the person
// on it.
type hosted struct {
	t       testing.TB
	inside  http.RoundTripper
	real    []string // the addresses of the pages so far, as the practice bank knows them
	seen    string   // the page in the browser
	at      *url.URL
	opened  []string // what was to be shown outside the terminal
	broken  error    // why nothing can be reached, or opened
	cut     string   // the call that gets no answer
	refuses string   // what is answered when a link is to be made
	consent string   // until when it lasts
	slow    int      // so many times there is nothing to sync yet
}

// outside makes a Bank whose sign-in is on a page outside the terminal.
func (d *driver) outside(sent *RequestLog) *modern.Bank {
	local := d.bank.DialModern()
	d.t.Cleanup(func() { _ = local.Close() })
	d.plaid = &hosted{t: d.t, inside: local.Transport()}
	d.sent.RoundTripper = d.plaid
	client, err := modern.New("test_id", plaidapi.NewSecret("test_secret"), modern.BaseURL("http://localhost"), modern.HTTPClient(&http.Client{Transport: &d.sent}),
		modern.Trace(func(t modern.Try) {
			sent.Add(t.Host, t.Purpose(), t.Status, t.Size, 12*time.Millisecond)
		}))
	if err != nil {
		d.t.Fatal(err)
	}
	return modern.NewBank(client, modern.BankOptions{Now: d.clock.now})
}

var pageURL = regexp.MustCompile(`"hosted_link_url":"([^"]*)"`)

// RoundTrip gives pages addresses that are always the same.
func (h *hosted) RoundTrip(req *http.Request) (*http.Response, error) {
	switch {
	case h.broken != nil:
		return nil, h.broken
	case h.cut == req.URL.Path:
		return nil, errCut
	}
	reply, err := h.inside.RoundTrip(req)
	switch {
	case err != nil:
	case req.URL.Path == "/transactions/sync" && h.slow > 0:
		h.slow--
		return instead(reply, http.StatusOK, nothingYet), nil
	case req.URL.Path == "/link/token/create" && h.refuses != "":
		return instead(reply, http.StatusBadRequest, h.refuses), nil
	}
	if err != nil || req.URL.Path != "/link/token/create" && req.URL.Path != "/item/get" {
		return reply, err
	}
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		return nil, err
	}
	if h.consent != "" {
		body = bytes.Replace(body, []byte(`"consent_expiration_time":null`), []byte(`"consent_expiration_time":"`+h.consent+`"`), 1)
	}
	if m := pageURL.FindSubmatch(body); m != nil {
		h.real = append(h.real, string(m[1]))
		body = pageURL.ReplaceAll(body, []byte(`"hosted_link_url":"`+h.shown()+`"`))
	}
	return instead(reply, reply.StatusCode, string(body)), nil
}

// shown is the newest page's address as screens have it.
func (h *hosted) shown() string {
	return fmt.Sprintf("https://secure.plaid.com/hl/lp9o97618r1r6p%02d", 92+len(h.real))
}

// instead is a reply with another body.
func instead(reply *http.Response, status int, body string) *http.Response {
	_ = reply.Body.Close()
	reply.StatusCode, reply.Body, reply.ContentLength = status, io.NopCloser(strings.NewReader(body)), int64(len(body))
	reply.Header.Del("Content-Length")
	return reply
}

const nothingYet = `{"added":[],"modified":[],"removed":[],"next_cursor":"","has_more":false,"transactions_update_status":"NOT_READY","request_id":"r"}`

func (h *hosted) show(page string) error {
	h.opened = append(h.opened, page)
	return h.broken
}

// visit opens the newest page.
func (h *hosted) visit() *hosted {
	h.t.Helper()
	at, err := url.Parse(h.real[len(h.real)-1])
	if err != nil {
		h.t.Fatal(err)
	}
	h.at = at
	h.do(http.NewRequest(http.MethodGet, at.String(), nil))
	return h
}

func (h *hosted) do(req *http.Request, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	client := &http.Client{Transport: h.inside}
	reply, err := client.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = reply.Body.Close() }()
	body, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		h.t.Fatal(reply.Status, err, string(body))
	}
	h.seen, h.at = string(body), reply.Request.URL
}

var pageForm = regexp.MustCompile(`<form method="post" action="([^"]+)"`)

// send fills in the form on the page: names and values in turn.
func (h *hosted) send(pairs ...string) *hosted {
	h.t.Helper()
	m := pageForm.FindStringSubmatch(h.seen)
	if m == nil {
		h.t.Fatalf("no form on the page:\n%s", h.seen)
	}
	to, err := h.at.Parse(html.UnescapeString(m[1]))
	if err != nil {
		h.t.Fatal(err)
	}
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequest(http.MethodPost, to.String(), strings.NewReader(form.Encode()))
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	h.do(req, err)
	return h
}

// choose chooses a bank by its name.
func (h *hosted) choose(name string) *hosted {
	h.t.Helper()
	m := regexp.MustCompile(`value="([^"]+)">` + regexp.QuoteMeta(html.EscapeString(name)) + `<`).FindStringSubmatch(h.seen)
	if m == nil {
		h.t.Fatalf("%s is not offered:\n%s", name, h.seen)
	}
	return h.send("action", "bank", "bank", m[1])
}

// signIn signs in and answers no second factor.
func (h *hosted) signIn(password string) *hosted {
	h.t.Helper()
	return h.send("action", "sign_in", "username", "user_good", "password", password)
}

var shareBox = regexp.MustCompile(`name="account" value="([^"]*)"`)

// share ticks every account, and is done.
func (h *hosted) share() *hosted {
	h.t.Helper()
	pairs := []string{"action", "accounts"}
	for _, m := range shareBox.FindAllStringSubmatch(h.seen, -1) {
		pairs = append(pairs, "account", m[1])
	}
	return h.send(pairs...)
}

// leave closes the page.
func (h *hosted) leave() *hosted { return h.send("action", "cancel") }

// passes lets seconds pass one by one, as somebody who waits has them.
func (d *driver) passes(seconds int) *driver {
	for range seconds {
		d.later(time.Second)
	}
	return d
}

// errCut is an answer that is lost, errGone a way that is closed: unlike others the client does not try
// it again by itself, which would take time.
var (
	errCut        = errors.New("connection reset")
	errGone error = &tls.CertificateVerificationError{Err: errCut}
)

// atPage is a person in front of the page of First Platypus Bank.
func atPage(t testing.TB, width, height int) *driver {
	return newDriverIn(t, width, height, setting{page: true}).keys("first platypus bank", "enter")
}

var pageSizes = [][2]int{{100, 30}, {80, 24}, {60, 20}, {40, 12}}

func sized(name string, size [2]int) string { return fmt.Sprintf("%s_%dx%d", name, size[0], size[1]) }

func TestPageStates(t *testing.T) {
	for _, size := range pageSizes {
		d := atPage(t, size[0], size[1]).golden(sized("page", size))
		d.plaid.visit()
		d.passes(5)
		d.plaid.signIn("wrong")
		d.passes(4).golden(sized("page_opened", size))
		d.plaid.leave()
		d.passes(3).golden(sized("page_left", size))
		d.keys("n").links(2)
		d.plaid.broken = errGone
		d.passes(3).golden(sized("page_offline", size))
		d.plaid.broken = nil
		d.passes(3).misses("retry")
		d.later(40 * time.Minute).passes(3).golden(sized("page_lapsed", size))
		d.keys("n").links(3).keys("esc").sees("Nothing was linked")
	}
}

// links fails unless so many links have been made, and the last one is on screen, whole.
func (d *driver) links(n int) *driver {
	d.t.Helper()
	seen := strings.Join(strings.Fields(d.text()), "")
	if last := d.plaid.shown(); len(d.plaid.real) != n || !strings.Contains(seen, last[len(last)-6:]) {
		d.t.Fatalf("%d links were made; on screen is\n%s", len(d.plaid.real), d.text())
	}
	return d
}

// The page is done, the bank is linked, and read.
func TestLinkOnAPage(t *testing.T) {
	for _, size := range pageSizes {
		d := newDriverIn(t, size[0], size[1], setting{page: true}).golden(sized("banks_page", size)).keys("enter")
		d.plaid.visit()
		d.passes(3).sees("page opened")
		d.plaid.choose("First Platypus Bank").signIn("pass_good")
		d.passes(3).golden(sized("page_chosen", size))
		d.plaid.share()
		d.passes(3).sees("First Platypus Bank is linked").golden(sized("linked_page", size))
		if n := d.sent.count("POST /item/public_token/exchange"); n != 1 || len(d.items()) != 1 {
			t.Errorf("%d exchanges, %d Items", n, len(d.items()))
		}
	}
}

// grantedTwice has a bank linked, and is done on its page once more.
func (d *driver) grantedTwice() *driver {
	d.keys("first platypus bank", "enter").plaid.visit().signIn("pass_good").share()
	d.passes(3).sees("is linked").keys("a", "first platypus bank", "enter", "enter")
	d.plaid.visit().signIn("pass_good").share()
	return d.passes(3).sees("already linked")
}

// grantedInVain is done on the page, and the network goes before anything is made.
func (d *driver) grantedInVain() *driver {
	d.keys("first platypus bank", "enter").plaid.visit().signIn("pass_good").share()
	d.plaid.cut = "/item/public_token/exchange"
	return d.passes(3).sees("Nothing is lost")
}

// An exchange that got no answer is not repeated by itself; asked for, it links once.
func TestAGrantWithoutAnAnswer(t *testing.T) {
	for _, size := range pageSizes {
		d := newDriverIn(t, size[0], size[1], setting{page: true}).grantedInVain().golden(sized("page_granted", size))
		d.passes(60)
		if n := d.sent.count("POST /item/public_token/exchange"); n != 1 {
			t.Errorf("%d exchanges", n)
		}
		d.plaid.cut = ""
		d.keys("enter").sees("is linked")
		if len(d.items()) != 1 {
			t.Errorf("%d Items", len(d.items()))
		}
	}
}

// Accounts that are linked already are asked about before anything is made.
func TestTwinsBeforeTheLink(t *testing.T) {
	for _, test := range []struct {
		keys      []string
		exchanges int
		removed   int
		items     int
		says      string
	}{
		{[]string{"enter"}, 2, 1, 1, "is linked"},
		{[]string{"down", "enter"}, 1, 0, 1, nothingNew},
		{[]string{"down", "down", "enter"}, 2, 0, 2, "is linked"},
		{[]string{"esc"}, 1, 0, 1, nothingNew},
	} {
		d := newDriverIn(t, 80, 24, setting{page: true}).grantedTwice()
		if test.exchanges == 1 && test.items == 1 {
			d.golden("twins_first_80x24")
		}
		d.keys(test.keys...).sees(test.says)
		exchanges, removed := d.sent.count("POST /item/public_token/exchange"), d.sent.count("POST /item/remove")
		if exchanges != test.exchanges || test.exchanges == 2 && removed != test.removed || len(d.items()) != test.items {
			t.Errorf("%q: %d exchanges, %d removed, %d Items", test.keys, exchanges, removed, len(d.items()))
		}
	}
}
