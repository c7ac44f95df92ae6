package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHostedPagesAreGuarded(t *testing.T) {
	b, _ := openModern()
	v, _ := visit(t, b, nil)
	action := v.base + formAction.FindStringSubmatch(v.page)[1]
	for _, c := range []struct {
		method, url, host string
		headers           []string
		status            int
	}{
		{"GET", action, "", nil, 200},
		{"GET", action, "", []string{"Origin", v.base}, 200},
		{"GET", action, "example.com", nil, 403},
		{"GET", action, "", []string{"Origin", "http://example.com"}, 403},
		{"POST", action, "", nil, 303},
		{"POST", action, "", []string{"Origin", v.base}, 303},
		{"POST", action, "", []string{"Origin", "null"}, 403},
		{"POST", action, "", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"POST", action, "", []string{"Origin", strings.Replace(v.base, "127.0.0.1", "localhost", 1)}, 403},
		{"POST", action, "", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"POST", action, "evil.example", []string{"Origin", "http://evil.example"}, 403},
		{"HEAD", action, "", nil, 200},
		{"PUT", action, "", nil, 405},
		{"GET", v.base + "/link/0123456789abcdef0123456789abcdef", "", nil, 404},
		{"GET", v.base + "/link/", "", nil, 404},
		{"POST", action + "x", "", nil, 404},
		{"POST", v.base + "/categories/get", "", []string{"Origin", v.base, "Content-Type", jsonType}, 403},
		{"POST", v.base + "/link/token/get", "", []string{"Origin", v.base, "Content-Type", jsonType}, 403},
		{"POST", v.base + "/link/x/%2e%2e/token/get", "", []string{"Origin", v.base}, 404},
	} {
		r, err := http.NewRequest(c.method, c.url, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if c.host != "" {
			r.Host = c.host
		}
		r.Header.Set("Content-Type", formType)
		for i := 0; i+1 < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != c.status {
			t.Errorf("%s %s, Host %q, %v: %d, want %d", c.method, c.url, c.host, c.headers, answer.StatusCode, c.status)
		}
		if c.status == 200 && (!strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") || answer.Header.Get("Cache-Control") != "no-store") {
			t.Errorf("headers %v", answer.Header)
		}
	}
}

func TestLookingAtALinkDoesNotOpenIt(t *testing.T) {
	b, _ := openModern()
	base := serveModern(t, b)
	a := must(t, b, "/link/token/create", fields{
		"client_name": "tartan", "language": "en", "country_codes": []string{"US"}, "user": fields{"client_user_id": "x"},
		"products": []string{"transactions"}, "hosted_link": fields{"completion_redirect_uri": "http://localhost:4711/done?a=1&b=2"},
	})
	token := a.at("link_token").(string)
	page := strings.Replace(a.at("hosted_link_url").(string), "http://example.com", base, 1)
	answer, err := http.Head(page)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if _, opened := linkState(t, b, token).body["link_sessions"]; opened {
		t.Error("HEAD opens a session")
	}
	v := &visitor{t: t, base: base}
	v.get(page)
	v.get(page)
	if n := linkState(t, b, token).length("link_sessions"); n != 1 {
		t.Errorf("%d sessions after opening the page twice", n)
	}
	v.get(v.base + formAction.FindStringSubmatch(v.page)[1] + "?q=tartan+b")
	if v.expect("Tartan Bank"); strings.Contains(v.page, "Chase") {
		t.Error("the search finds Chase")
	}
	v.chooseBank("Tartan Bank")
	v.send("action", "back")
	v.expect("Choose your bank")
	v.send("action", "sign_in", "username", "everyday", "password", "plaid_good") // of a page gone by
	v.expect("Choose your bank")
	v.send("action", "cancel")
	v.expect("http://localhost:4711/done?a=1&b=2", `http-equiv="refresh"`)
}

func TestSessionFinishedWebhook(t *testing.T) {
	b, _ := openModern()
	heard := make(chan fields, 1)
	app := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body fields
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		heard <- body
	}))
	defer app.Close()
	v, token := visit(t, b, fields{"webhook": app.URL})
	v.chooseBank("Tartan Bank")
	v.signIn("everyday", "plaid_good", "")
	v.share(nil)
	if body := <-heard; body["webhook_code"] != "SESSION_FINISHED" || body["status"] != "SUCCESS" || body["link_token"] != token || body["public_token"] == nil {
		t.Errorf("heard %v", body)
	}
	access, _ := finish(t, b, token)
	if body := <-heard; body["webhook_code"] != "SYNC_UPDATES_AVAILABLE" || body["historical_update_complete"] != true {
		t.Errorf("heard %v", body)
	}
	must(t, b, "/sandbox/item/fire_webhook", fields{"access_token": access, "webhook_code": "NEW_ACCOUNTS_AVAILABLE"})
	if body := <-heard; body["webhook_code"] != "NEW_ACCOUNTS_AVAILABLE" || body["webhook_type"] != "ITEM" || body["item_id"] == nil || body["error"] != nil {
		t.Errorf("heard %v", body)
	}
	must(t, b, "/sandbox/item/reset_login", fields{"access_token": access})
	if body := <-heard; body["webhook_code"] != "ERROR" || body["error"].(fields)["error_code"] != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("heard %v", body)
	}
}

func TestServeBoth(t *testing.T) {
	b, _ := openModern()
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 2), make(chan error, 1)
	go func() {
		ended <- b.ServeBoth(ctx, "127.0.0.1:0", "127.0.0.1:0", func(wire, url string) { ready <- wire + " " + url })
	}()
	for _, wire := range [...]string{"legacy ", "modern "} {
		line := <-ready
		if !strings.HasPrefix(line, wire+"http://127.0.0.1:") {
			t.Errorf("%q where %s is due", line, wire)
		}
		answer, err := http.Get(strings.TrimPrefix(line, wire) + "/practice/logins")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, addr := range []string{taken.Addr().String(), "0.0.0.0:0"} {
		if b.ServeBoth(t.Context(), "127.0.0.1:0", addr, func(string, string) {}) == nil {
			t.Errorf("%s: no error", addr)
		}
		if b.ServeBoth(t.Context(), addr, "127.0.0.1:0", func(string, string) {}) == nil {
			t.Errorf("%s first: no error", addr)
		}
	}
}
