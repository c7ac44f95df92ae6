package sandbox

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWebhooks(t *testing.T) {
	var posts []string
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		posts = append(posts, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type")+" "+string(raw))
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer receiver.Close()
	b := openBank()
	hook := " webhook=" + receiver.URL + "/hook"
	const good = " username=plaid_test password=plaid_good"
	for _, tc := range []struct {
		name, method, path, fields string
		posts                      string
	}{
		{"initial pull", "POST", "/connect", "type=wells login_only=true" + good + hook, `POST /hook application/json {
  "code": 0,
  "message": "Initial transaction pull finished",
  "access_token": "test_wells",
  "total_transactions": 16
}`},
		{"initial pull after a step", "POST", "/connect/step", `access_token=test_bofa mfa=tomato options={"login_only":true}` + hook, `POST /hook application/json {
  "code": 0,
  "message": "Initial transaction pull finished",
  "access_token": "test_bofa",
  "total_transactions": 16
}`},
		{"new address", "PATCH", "/connect", "access_token=test_chase" + hook, `POST /hook application/json {
  "code": 4,
  "message": "webhook acknowledged",
  "access_token": "test_chase"
}`},
		{"with transactions", "POST", "/connect", "type=wells" + good + hook, ""},
		{"another product", "POST", "/auth", "type=wells login_only=true" + good + hook, ""},
		{"new password too", "PATCH", "/connect", "access_token=test_wells" + good + hook, ""},
	} {
		posts = nil
		if a := form(t, b, tc.method, tc.path, tc.fields); a.status != 200 {
			t.Errorf("%s: %s", tc.name, a.raw)
		}
		if got := strings.Join(posts, "\n"); got != tc.posts {
			t.Errorf("%s: posted\n%s\nwant\n%s", tc.name, got, tc.posts)
		}
	}
}

func TestWebhookAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1/x": true, "https://localhost:8443/": true, "http://[::1]:80": true, "http://127.8.9.1": true,
		"http://LocalHost":   true,
		"http://example.com": false, "https://10.0.0.1/": false, "http://localhost.example.com": false,
		"http://127.0.0.1.nip.io": false, "http://127.1": false, "ftp://127.0.0.1": false, "localhost": false,
		"http://user@example.com#127.0.0.1": false, "": false, "://": false, "http://0.0.0.0": false,
		"http://[::ffff:10.0.0.1]": false,
	} {
		if onLoopback(address) != want {
			t.Errorf("%q: contacted %v, want %v", address, !want, want)
		}
	}
	b := openBank()
	a := form(t, b, "PATCH", "/connect", "access_token=test_wells webhook=https://example.com/hook")
	if a.status != 200 || newHook("https://example.com/hook", nil) != nil {
		t.Errorf("a foreign address: %s", a.raw)
	}
}
