package sandbox

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// outside is a client of b over the in-memory connection.
func outside(t *testing.T, b *Bank) *http.Client {
	t.Helper()
	local := b.Dial()
	t.Cleanup(func() { local.Close() })
	return &http.Client{Transport: local.Transport()}
}

func get(c *http.Client, path string) (status int, body string, err error) {
	r, err := c.Get("http://bank" + path)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	return r.StatusCode, string(raw), err
}

func TestFaults(t *testing.T) {
	b := openBank()
	c := outside(t, b)
	const path = "/categories/13005006"
	_, whole, _ := get(c, path)

	clear := b.Fault(Fault{Path: path, Code: 1303})
	if status, body, _ := get(c, path); status != 402 || !strings.Contains(body, "institution down") {
		t.Errorf("code: %d %s", status, body)
	}
	if status, _, _ := get(c, "/institutions"); status != 200 {
		t.Errorf("another path: %d", status)
	}
	clear()
	if status, body, _ := get(c, path); status != 200 || body != whole {
		t.Errorf("cleared: %d %s", status, body)
	}

	defer b.Fault(Fault{HTML: true, Times: 1})()
	if status, body, _ := get(c, path); status != 502 || !strings.HasPrefix(body, "<html>") {
		t.Errorf("html: %d %s", status, body)
	}
	defer b.Fault(Fault{CutOff: true, Times: 1})()
	if status, body, err := get(c, path); status != 200 || err == nil || body != whole[:len(whole)/2] {
		t.Errorf("cut off: %d %q %v", status, body, err)
	}
	defer b.Fault(Fault{Path: path, Hangup: true, Times: 3})() // net/http tries a GET again on a kept connection
	if status, body, err := get(c, path); err == nil {
		t.Errorf("hangup: %d %s", status, body)
	}
}

// TestCutOffOfAStreamedAnswer: also an answer that is sent in parts breaks off
// in its middle, not before its first byte.
func TestCutOffOfAStreamedAnswer(t *testing.T) {
	b := New(Options{Clock: func() time.Time { return fixedNow }, Transactions: 10000})
	path := "/connect/get?client_id=test_id&secret=test_secret&gte=2000-01-01&access_token=" + manyToken(t, b)
	c := outside(t, b)
	_, whole, err := get(c, path)
	if err != nil || len(whole) < streamFrom {
		t.Fatalf("%d bytes are not streamed: %v", len(whole), err)
	}
	defer b.Fault(Fault{CutOff: true, Times: 1})()
	status, body, err := get(c, path)
	if status != 200 || err == nil || body == "" || len(body) >= len(whole) || !strings.HasPrefix(whole, body) {
		t.Errorf("%d, %d of %d bytes: %v", status, len(body), len(whole), err)
	}
}

func TestFaultCounts(t *testing.T) {
	var s faults
	s.set(Fault{Path: "/a", Code: 1, After: 2, Times: 2})
	s.set(Fault{Code: 2, After: 3})
	var struck []int
	for _, path := range []string{"/a", "/b", "/a", "/a", "/a", "/a", "/b"} {
		struck = append(struck, s.take(path).Code)
	}
	// The first two of /a pass; then it strikes twice, while the other counts every path.
	want := []int{0, 0, 0, 1, 1, 2, 2}
	for i := range want {
		if struck[i] != want[i] {
			t.Fatalf("struck %v, want %v", struck, want)
		}
	}
	if len(s.list) != 1 {
		t.Errorf("%d faults are kept, of which one is spent", len(s.list))
	}
	s.clear()
	if f := s.take("/a"); f.Code != 0 {
		t.Error("cleared faults strike")
	}
}

// TestDelayEndsWithTheRequest asks for a delay that no test would survive.
func TestDelayEndsWithTheRequest(t *testing.T) {
	b := openBank()
	defer b.Fault(Fault{Delay: time.Hour})()
	c := outside(t, b)
	c.Timeout = 20 * time.Millisecond
	if status, _, err := get(c, "/categories"); err == nil {
		t.Errorf("answered %d", status)
	}
}

func TestDelayOnlySlowsDown(t *testing.T) {
	b := openBank()
	defer b.Fault(Fault{Delay: time.Millisecond})()
	if a := form(t, b, "GET", "/categories/13005006", ""); a.status != 200 {
		t.Errorf("answered %d", a.status)
	}
}

// TestFaultEchoesToken: a token is repeated as the bank itself would.
func TestFaultEchoesToken(t *testing.T) {
	b := openBank()
	defer b.Fault(Fault{Code: 1215})()
	if a := form(t, b, "POST", "/connect/get", "access_token=test_wells"); a.code() != 1215 || a.body["access_token"] != "test_wells" {
		t.Errorf("%s", a.raw)
	}
	if a := form(t, b, "POST", "/connect/get", "client_id=x access_token=test_wells"); a.body["access_token"] != nil {
		t.Errorf("%s", a.raw)
	}
}

func TestPracticeEndpoints(t *testing.T) {
	b := openBank()
	logins := form(t, b, "GET", "/practice/logins", "")
	if len(logins.list) != len(b.Logins()) || logins.at(0, "institution") != "bofa" || logins.at(0, "answers", 0) != "tomato" {
		t.Errorf("logins: %.300s", logins.raw)
	}
	set := func(fault string) answered {
		return send(t, b, request("POST", "/practice/faults", jsonType, fault))
	}
	if a := set(`{"path":"/balance","code":1302,"delay":"1ms","times":1,"after":1}`); a.status != 200 {
		t.Fatalf("set: %s", a.raw)
	}
	for i, want := range []int{0, 1302, 0} {
		if a := form(t, b, "GET", "/balance", "access_token=test_wells"); a.code() != want {
			t.Errorf("request %d: %d, want %d", i, a.code(), want)
		}
	}
	set(`{"code":1800}`)
	if a := form(t, b, "GET", "/practice/logins", ""); a.status != 200 {
		t.Errorf("a practice endpoint fails: %s", a.raw)
	}
	if a := form(t, b, "DELETE", "/practice/faults", ""); a.status != 200 {
		t.Errorf("clear: %s", a.raw)
	}
	if a := form(t, b, "GET", "/balance", "access_token=test_wells"); a.status != 200 {
		t.Errorf("after clearing: %s", a.raw)
	}
	for _, bad := range []string{
		`{`, ``, `[]`, `{"delay":"soon"}`, `{"delay":"-1s"}`, `{"times":"x"}`, `{"times":-1}`, `{"after":-1}`,
		`{"code":9999}`, `{"code":-1}`, `{"paths":"/balance"}`, `{"code":1302}x`, `{"code":1302}{}`,
	} {
		if a := set(bad); a.status != 400 {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
	if len(b.faults.list) != 0 {
		t.Errorf("refused and yet set: %v", b.faults.list)
	}
	for _, path := range []string{"balance", "/balance/", "balance/", "/balance"} {
		set(`{"code":1302,"times":1,"path":"` + path + `"} ` + "\n")
		for i, want := range []int{1302, 0} {
			if a := form(t, b, "GET", "/balance/", "access_token=test_wells"); a.code() != want {
				t.Errorf("path %s, request %d: %d, want %d", path, i, a.code(), want)
			}
		}
	}
}

// TestEveryLoginWorks signs in with each login and answers what it is asked.
func TestEveryLoginWorks(t *testing.T) {
	b := New(Options{Clock: func() time.Time { return fixedNow }})
	seen := map[string]bool{}
	for _, l := range b.Logins() {
		if seen[l.Institution+" "+l.Username] || l.About == "" || l.Bank == "" {
			t.Errorf("login %+v", l)
		}
		seen[l.Institution+" "+l.Username] = true
		bank, _ := b.directory.ofType(l.Institution)
		product := "auth"
		if bank.offers("connect") {
			product = "connect"
		}
		a := form(t, b, "POST", "/"+product, "type="+l.Institution+" username="+l.Username+" password="+l.Password+" pin="+l.PIN)
		if strings.HasPrefix(l.Username, "fail_") {
			if a.status < 400 {
				t.Errorf("%s: %d", l.Username, a.status)
			}
			continue
		}
		if a.status == 201 {
			answer := strings.Join(l.Answers, "")
			if len(l.Answers) > 1 {
				answer = `["` + strings.Join(l.Answers, `","`) + `"]`
			}
			a = form(t, b, "POST", "/"+product+"/step", "access_token="+a.body["access_token"].(string)+" mfa="+answer)
		} else if len(l.Answers) > 0 {
			t.Errorf("%+v was asked nothing", l)
		}
		if a.status != 200 || a.length("accounts") < 1 {
			t.Errorf("%+v: %d %.300s", l, a.status, a.raw)
		}
	}
}
