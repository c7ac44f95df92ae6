package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// modernNow is when tests of the modern wire begin.
var modernNow = time.Date(2026, 3, 18, 15, 4, 5, 0, time.UTC)

// clock is a time that a test moves on by hand.
type clock struct{ now time.Time }

func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }

func openModern() (*Bank, *clock) {
	c := &clock{modernNow}
	return New(Options{Clock: func() time.Time { return c.now }}), c
}

// fields are a request's, or an object among them.
type fields = map[string]any

// raise sends a request as it stands, with the right keys in the headers.
func raise(t *testing.T, b *Bank, path, body string, headers ...string) answered {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", jsonType)
	r.Header.Set("PLAID-CLIENT-ID", testClientID)
	r.Header.Set("PLAID-SECRET", testSecret)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(t, b.Modern(), r)
}

func ask(t *testing.T, b *Bank, path string, f fields) answered {
	t.Helper()
	body, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return raise(t, b, path, string(body))
}

// must is ask for what is not refused.
func must(t *testing.T, b *Bank, path string, f fields) answered {
	t.Helper()
	a := ask(t, b, path, f)
	if a.status != http.StatusOK {
		t.Fatalf("%s %v: %d %s", path, f, a.status, a.raw)
	}
	if id, _ := a.body["request_id"].(string); len(id) != 15 {
		t.Errorf("%s: request_id %q", path, id)
	}
	return a
}

// refused checks that a request gets this error.
func refused(t *testing.T, a answered, code string) {
	t.Helper()
	k, known := lookTrouble(code)
	if !known {
		t.Fatalf("%s is in no catalogue", code)
	}
	status := http.StatusBadRequest
	if k.status != 0 {
		status = k.status
	}
	if a.status != status || a.at("error_code") != code || a.at("error_type") != k.kind || a.at("request_id") == nil || a.at("error_message") == "" {
		t.Errorf("%d %s, want %s", a.status, a.raw, code)
	}
	if display, ok := a.body["display_message"]; !ok || display == "" {
		t.Errorf("%s: display_message is %v", code, display)
	}
}

// everyProduct is all that an Item can have.
var everyProduct = []string{"transactions", "auth", "identity", "investments", "liabilities"}

// linkDirectly makes an Item without Link, and returns its token.
func linkDirectly(t *testing.T, b *Bank, institution, username, password string, products ...string) string {
	t.Helper()
	a := must(t, b, "/sandbox/public_token/create", fields{
		"institution_id": institution, "initial_products": products,
		"options": fields{"override_username": username, "override_password": password, "transactions": fields{"days_requested": 730}},
	})
	a = must(t, b, "/item/public_token/exchange", fields{"public_token": a.at("public_token")})
	return a.at("access_token").(string)
}

func TestModernRefusesBadRequests(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	own := `"access_token":"` + token + `"`
	for _, c := range []struct {
		path, body, code string
		headers          []string
	}{
		{"/item/get", `{` + own + `}`, "INVALID_HEADERS", []string{"Content-Type", "text/plain"}},
		{"/item/get", `{` + own + `}`, "INVALID_HEADERS", []string{"Content-Type", ""}},
		{"/item/get", ``, "INVALID_BODY", nil},
		{"/item/get", `null`, "INVALID_BODY", nil},
		{"/item/get", `[]`, "INVALID_BODY", nil},
		{"/item/get", `{` + own, "INVALID_BODY", nil},
		{"/item/get", `{` + own + `} {}`, "INVALID_BODY", nil},
		{"/item/get", `{` + own + `}`, "INCOMPATIBLE_API_VERSION", []string{"Plaid-Version", "2019-05-29"}},
		{"/item/get", `{` + own + `}`, "MISSING_FIELDS", []string{"PLAID-SECRET", ""}},
		{"/item/get", `{` + own + `}`, "INVALID_API_KEYS", []string{"PLAID-SECRET", "wrong"}},
		{"/item/get", `{` + own + `,"client_id":"test_id","secret":"wrong"}`, "INVALID_API_KEYS", []string{"PLAID-SECRET", ""}},
		{"/item/get", `{}`, "MISSING_FIELDS", nil},
		{"/item/get", `{` + own + `,"more":1}`, "UNKNOWN_FIELDS", nil},
		{"/item/get", `{"access_token":null}`, "INVALID_FIELD", nil},
		{"/item/get", `{"access_token":""}`, "INVALID_FIELD", nil},
		{"/item/get", `{"access_token":7}`, "INVALID_FIELD", nil},
		{"/accounts/get", `{` + own + `,"options":null}`, "INVALID_FIELD", nil},
		{"/accounts/get", `{` + own + `,"options":[]}`, "INVALID_FIELD", nil},
		{"/accounts/get", `{` + own + `,"options":{"more":1}}`, "UNKNOWN_FIELDS", nil},
		{"/accounts/get", `{` + own + `,"options":{"account_ids":"x"}}`, "INVALID_FIELD", nil},
		{"/accounts/get", `{` + own + `,"options":{"account_ids":[1]}}`, "INVALID_FIELD", nil},
		{"/accounts/get", `{` + own + `,"options":{"account_ids":["x"]}}`, "INVALID_ACCOUNT_ID", nil},
		{"/item/get", `{"access_token":"nonsense"}`, "INVALID_ACCESS_TOKEN", nil},
		{"/item/get", `{"access_token":"public-sandbox-x"}`, "INVALID_ACCESS_TOKEN", nil},
		{"/item/get", `{"access_token":"` + strings.Replace(token, "sandbox", "production", 1) + `"}`, "INVALID_ACCESS_TOKEN", nil},
		{"/item/get", `{"access_token":"` + token[:len(token)-1] + `"}`, "INVALID_ACCESS_TOKEN", nil},
		{"/transactions/sync", `{` + own + `,"count":0}`, "INVALID_FIELD", nil},
		{"/transactions/sync", `{` + own + `,"count":501}`, "INVALID_FIELD", nil},
		{"/transactions/sync", `{` + own + `,"count":1.5}`, "INVALID_FIELD", nil},
		{"/transactions/sync", `{` + own + `,"cursor":"nonsense"}`, "INVALID_FIELD", nil},
		{"/transactions/sync", `{` + own + `,"options":{"personal_finance_category_version":"v3"}}`, "INVALID_FIELD", nil},
		{"/transactions/get", `{` + own + `,"start_date":"2026-01-01"}`, "MISSING_FIELDS", nil},
		{"/transactions/get", `{` + own + `,"start_date":"2026-1-1","end_date":"2026-01-02"}`, "INVALID_FIELD", nil},
		{"/transactions/get", `{` + own + `,"start_date":"2026-01-03","end_date":"2026-01-02"}`, "INVALID_FIELD", nil},
		{"/auth/get", `{` + own + `}`, "PRODUCT_NOT_ENABLED", nil},
		{"/institutions/get", `{"count":1,"offset":-1,"country_codes":["US"]}`, "INVALID_FIELD", nil},
		{"/institutions/get", `{"count":1,"offset":0,"country_codes":[]}`, "INVALID_FIELD", nil},
		{"/institutions/get", `{"count":1,"offset":0,"country_codes":["XX"]}`, "INVALID_FIELD", nil},
		{"/institutions/get_by_id", `{"institution_id":"ins_0","country_codes":["US"]}`, "INVALID_INSTITUTION", nil},
		{"/item/webhook/update", `{` + own + `,"webhook":"nowhere"}`, "INVALID_FIELD", nil},
		{"/item/public_token/exchange", `{"public_token":"public-production-x"}`, "INVALID_PUBLIC_TOKEN", nil},
		{"/item/public_token/exchange", `{"public_token":"public-sandbox-x"}`, "INVALID_PUBLIC_TOKEN", nil},
		{"/link/token/get", `{"link_token":"link-sandbox-x"}`, "INVALID_LINK_TOKEN", nil},
		{"/nowhere", `{}`, "NOT_FOUND", nil},
	} {
		a := raise(t, b, c.path, c.body, c.headers...)
		if t.Run(c.path+" "+c.code, func(t *testing.T) { refused(t, a, c.code) }); strings.Contains(a.raw, token) {
			t.Errorf("%s %s: the answer repeats the token", c.path, c.body)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/item/get", nil)
	refused(t, send(t, b.Modern(), r), "NOT_FOUND")
}

func TestModernTakesKeysFromTheBody(t *testing.T) {
	b, _ := openModern()
	a := raise(t, b, "/institutions/search", `{"client_id":"test_id","secret":"test_secret","query":"tartan","country_codes":["US"]}`, "PLAID-CLIENT-ID", "", "PLAID-SECRET", "")
	if a.status != 200 || a.at("institutions", 0, "name") != "Tartan Bank" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a = raise(t, b, "/categories/get", `{}`, "PLAID-CLIENT-ID", "", "PLAID-SECRET", ""); a.status != 200 || a.length("categories") != len(b.categories.list) {
		t.Errorf("%d with %d categories", a.status, a.length("categories"))
	}
}

func TestModernInsideTheProcess(t *testing.T) {
	b, _ := openModern()
	local := b.DialModern()
	defer local.Close()
	client := &http.Client{Transport: local.Transport()}
	answer, err := client.Post("http://localhost/categories/get", jsonType, strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Error(answer.Status)
	}
}

func TestModernInstitutions(t *testing.T) {
	b, _ := openModern()
	var names []string
	for offset := 0; ; offset += 20 {
		a := must(t, b, "/institutions/get", fields{"count": 20, "offset": offset, "country_codes": []string{"US", "CA"}})
		if int(a.at("total").(float64)) != len(b.directory.all) {
			t.Fatalf("total %v of %d", a.at("total"), len(b.directory.all))
		}
		for i := range a.length("institutions") {
			names = append(names, a.at("institutions", i, "name").(string))
		}
		if a.length("institutions") < 20 {
			break
		}
	}
	for i, bank := range b.directory.all {
		if names[i] != bank.Name {
			t.Errorf("bank %d is %s, not %s", i, names[i], bank.Name)
		}
	}
	for _, c := range []struct {
		query string
		want  string
		found int
	}{
		{"first g", "First Gingham Credit Union", 1}, {"TWEED", "Tweed Vale Bank", 2}, {"b", "Bank of America", 10}, {"zzz", "", 0},
	} {
		a := must(t, b, "/institutions/search", fields{"query": c.query, "country_codes": []string{"US"}, "products": nil})
		if got, _ := a.at("institutions", 0, "name").(string); got != c.want || a.length("institutions") != c.found {
			t.Errorf("search for %q: %d, first %q", c.query, a.length("institutions"), got)
		}
	}
	if a := must(t, b, "/institutions/search", fields{"query": "bank", "country_codes": []string{"CA"}}); a.length("institutions") != 0 {
		t.Error("banks in Canada")
	}
	a := must(t, b, "/institutions/get_by_id", fields{
		"institution_id": "ins_109511", "country_codes": []string{"US"}, "options": fields{"include_status": true, "include_optional_metadata": true},
	})
	color, _ := a.at("institution", "primary_color").(string)
	if a.at("institution", "status", "item_logins", "status") != "HEALTHY" || !regexp.MustCompile(`^#[0-9a-f]{6}$`).MatchString(color) || a.at("institution", "url") == nil {
		t.Errorf("Tartan Bank: %s", a.raw)
	}
	a = must(t, b, "/institutions/get_by_id", fields{"institution_id": "ins_990404", "country_codes": []string{"US"}, "options": fields{"include_status": true}})
	if a.at("institution", "status", "transactions_updates", "status") != "DOWN" || a.length("institution", "status", "health_incidents") != 1 {
		t.Errorf("the bank that is down: %s", a.raw)
	}
	if _, told := a.at("institution").(fields)["logo"]; told {
		t.Error("a logo that nobody asked for")
	}
}

func TestModernFaults(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	own := fields{"access_token": token}
	for _, k := range catalogue() {
		clear := b.Fault(Fault{Path: "/item/get", Error: k.code})
		refused(t, ask(t, b, "/item/get", own), k.code)
		clear()
	}
	defer b.Fault(Fault{Path: "/accounts/get", Code: 1303, Times: 1})()
	refused(t, ask(t, b, "/accounts/get", own), "INSTITUTION_DOWN")
	must(t, b, "/accounts/get", own)

	b.Fault(Fault{Path: "/transactions/sync", Error: "PRODUCT_NOT_READY", Times: 1})
	a := must(t, b, "/transactions/sync", own)
	if a.at("transactions_update_status") != "NOT_READY" || a.at("next_cursor") != "" || a.length("added") != 0 || a.at("has_more") != false {
		t.Errorf("while not ready: %s", a.raw)
	}
	server := httptest.NewServer(b.Modern())
	defer server.Close()
	for _, f := range []Fault{{HTML: true, Times: 1}, {Hangup: true, Times: 1}, {CutOff: true, Times: 1}} {
		b.Fault(f)
		answer, err := http.Post(server.URL+"/categories/get", jsonType, strings.NewReader(`{}`))
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
		if spoilt := err != nil; spoilt == f.HTML || f.HTML && answer.StatusCode != http.StatusBadGateway {
			t.Errorf("%+v: %v", f, err)
		}
	}
	a = raise(t, b, "/practice/faults", `{"path":"/item/get","error":"ITEM_LOCKED","times":1}`)
	if a.status != 200 {
		t.Fatal(a.raw)
	}
	refused(t, ask(t, b, "/item/get", own), "ITEM_LOCKED")
	if a = raise(t, b, "/practice/faults", `{"error":"NO_SUCH_ERROR"}`); a.status != 400 {
		t.Errorf("a fault that is none: %d", a.status)
	}
}
