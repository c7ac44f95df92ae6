package sandbox

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// visitor walks through a Hosted Link page as somebody with a browser.
type visitor struct {
	t    *testing.T
	base string
	page string // as last seen
	at   string // its address
	code int
}

// visit opens the bank on loopback and a link that asks for what more says.
func visit(t *testing.T, b *Bank, more fields) (v *visitor, token string) {
	t.Helper()
	base := serveModern(t, b)
	request := fields{
		"client_name": "tartan", "language": "en", "country_codes": []string{"US"}, "user": fields{"client_user_id": "a-random-id"},
		"products": []string{"transactions"}, "transactions": fields{"days_requested": 730}, "hosted_link": fields{},
	}
	for name, value := range more {
		request[name] = value
		if value == nil {
			delete(request, name)
		}
	}
	a := must(t, b, "/link/token/create", request)
	page := strings.Replace(a.at("hosted_link_url").(string), "http://example.com", base, 1)
	v = &visitor{t: t, base: base}
	v.get(page)
	return v, a.at("link_token").(string)
}

// serveModern serves b on loopback until the test ends.
func serveModern(t *testing.T, b *Bank) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- b.ServeModern(ctx, "127.0.0.1:0", func(u string) { ready <- u }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return <-ready
}

func (v *visitor) do(r *http.Request, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.page, v.at, v.code = string(body), answer.Request.URL.String(), answer.StatusCode
}

func (v *visitor) get(page string) { v.t.Helper(); v.do(http.NewRequest(http.MethodGet, page, nil)) }

var formAction = regexp.MustCompile(`<form method="post" action="([^"]+)"`)

// send fills in the page's form: names and values in turn.
func (v *visitor) send(pairs ...string) {
	v.t.Helper()
	action := formAction.FindStringSubmatch(v.page)
	if action == nil {
		v.t.Fatalf("no form on %s:\n%s", v.at, v.page)
	}
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, v.base+html.UnescapeString(action[1]), strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", formType)
		r.Header.Set("Origin", v.base) // as browsers do
	}
	v.do(r, err)
}

func (v *visitor) expect(words ...string) {
	v.t.Helper()
	for _, w := range words {
		if !strings.Contains(html.UnescapeString(v.page), w) {
			v.t.Errorf("%q is not on the page:\n%s", w, v.page)
		}
	}
}

// chooseBank takes the button with a bank's name.
func (v *visitor) chooseBank(name string) {
	v.t.Helper()
	button := regexp.MustCompile(`value="([^"]+)">` + regexp.QuoteMeta(html.EscapeString(name)) + `<`).FindStringSubmatch(v.page)
	if button == nil {
		v.t.Fatalf("%s is not offered", name)
	}
	v.send("action", "bank", "bank", button[1])
}

func (v *visitor) signIn(username, password, pin string) {
	v.t.Helper()
	v.send("action", "sign_in", "username", username, "password", password, "pin", pin)
}

// share ticks those of the accounts that keep says.
func (v *visitor) share(keep func(name string) bool) {
	v.t.Helper()
	pairs := []string{"action", "accounts"}
	for _, box := range regexp.MustCompile(`name="account" value="([^"]+)" checked> ([^<]*)<`).FindAllStringSubmatch(v.page, -1) {
		if keep == nil || keep(box[2]) {
			pairs = append(pairs, "account", box[1])
		}
	}
	v.send(pairs...)
}

// linkState reads what has happened with a link.
func linkState(t *testing.T, b *Bank, token string) answered {
	t.Helper()
	return must(t, b, "/link/token/get", fields{"link_token": token})
}

// eventNames are those of a session, oldest first, with the views shown.
func eventNames(a answered, session int) []string {
	var names []string
	for i := range a.length("link_sessions", session, "events") {
		e := a.at("link_sessions", session, "events", i).(fields)
		name := e["event_name"].(string)
		if view, ok := e["event_metadata"].(fields)["view_name"].(string); ok {
			name = view
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return names
}

// finish exchanges what the session brought and looks at its accounts.
func finish(t *testing.T, b *Bank, token string) (access string, accounts answered) {
	t.Helper()
	a := linkState(t, b, token)
	last := a.length("link_sessions") - 1
	public, ok := a.at("link_sessions", last, "results", "item_add_results", 0, "public_token").(string)
	if !ok || a.at("link_sessions", last, "finished_at") == nil {
		t.Fatalf("no public token: %s", a.raw)
	}
	access = must(t, b, "/item/public_token/exchange", fields{"public_token": public}).at("access_token").(string)
	accounts = must(t, b, "/accounts/get", fields{"access_token": access})
	told := a.length("link_sessions", last, "results", "item_add_results", 0, "accounts")
	if told != accounts.length("accounts") || a.at("link_sessions", last, "results", "item_add_results", 0, "accounts", 0, "id") != accounts.at("accounts", 0, "account_id") {
		t.Errorf("the session tells of %d accounts, the Item has %d", told, accounts.length("accounts"))
	}
	return access, accounts
}
