package sandbox

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const keys = "client_id=test_id&secret=test_secret"

// TestEncodings sends the requests of legacy-api §1.2 as each client wrote them.
func TestEncodings(t *testing.T) {
	q := url.QueryEscape
	good := `{"username":"plaid_test","password":"plaid_good"}`
	for _, tc := range []struct {
		name, method, target, kind, body string
		override                         string
		status, code                     int
		check                            func(answered) bool
	}{
		{
			name: "python add", method: "POST", target: "/connect", kind: formType,
			body:   keys + "&type=chase&credentials=" + q(good) + "&options=" + q(`{"list": true}`),
			status: 201, check: func(a answered) bool { return a.body["type"] == "list" },
		},
		{
			name: "python step", method: "POST", target: "/connect/step", kind: formType,
			body:   keys + "&access_token=test_chase&type=chase&options=" + q(`{"send_method": {"type": "phone"}}`),
			status: 201, check: func(a answered) bool { return a.at("mfa", "message") == "Code sent to xxx-xxx-5309" },
		},
		{
			name: "python balance, form on GET", method: "GET", target: "/balance", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
		},
		{
			name: "python delete, form on DELETE", method: "DELETE", target: "/connect", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
		},
		{
			name: "python all institutions, repeated key", method: "POST", target: "/institutions/all", kind: formType,
			body: keys + "&count=2&offset=0&products=auth&products=info", status: 200,
			check: func(a answered) bool { return a.length("results") == 2 },
		},
		{
			name: "App Engine delete, query string", method: "DELETE", target: "/connect?" + keys + "&access_token=test_wells", status: 200,
		},
		{
			name: "node add", method: "POST", target: "/auth", kind: jsonType,
			body:   `{"client_id":"test_id","secret":"test_secret","type":"bofa","credentials":` + good + `,"options":"{}"}`,
			status: 201, check: func(a answered) bool { return a.body["type"] == "questions" },
		},
		{
			name: "node step, nulls and options in a string", method: "POST", target: "/connect/step", kind: jsonType,
			body:   `{"client_id":"test_id","secret":"test_secret","access_token":"test_chase","mfa":null,"account_id":null,"options":"{\"send_method\":{\"type\":\"email\"}}"}`,
			status: 201, check: func(a answered) bool { return a.at("mfa", "message") == "Code sent to t..t@plaid.com" },
		},
		{
			name: "node selections, real array", method: "POST", target: "/connect/step", kind: jsonType + "; charset=UTF-8",
			body:   `{"client_id":"test_id","secret":"test_secret","access_token":"test_citi","mfa":["tomato","ketchup"],"options":"{}"}`,
			status: 200,
		},
		{
			name: "ruby flat credentials", method: "POST", target: "/connect", kind: formType + "; charset=utf-8",
			body: keys + "&type=wells&username=plaid_test&password=plaid_good&options=" + q(`{"login_only":true}`), status: 200,
			check: func(a answered) bool { return a.length("transactions") == -1 },
		},
		{
			name: "ruby products as JSON text", method: "POST", target: "/institutions/all", kind: formType,
			body: keys + "&count=50&offset=0&products=" + q(`["connect","auth"]`), status: 200,
			check: func(a answered) bool { return a.at("results", 0, "type") == "bofa" },
		},
		{
			name: "ruby 1 info, form on GET", method: "GET", target: "/info", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
			check: func(a answered) bool { return a.at("info", "names", 0) == "Kelly Walters" },
		},
		{
			name: "go add, options an object", method: "POST", target: "/connect", kind: jsonType,
			body:   `{"client_id":"test_id","secret":"test_secret","type":"chase","username":"plaid_test","password":"plaid_good","options":{"list":true}}`,
			status: 201, check: func(a answered) bool { return a.body["type"] == "list" },
		},
		{
			name: "go delete, JSON on DELETE", method: "DELETE", target: "/auth", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_chase"}`, status: 200,
		},
		{
			name: "java get, query string", method: "GET", target: "/connect?" + keys + "&access_token=test_wells&options=" + q(`{"gte":"2014-07-01"}`), status: 200,
			check: func(a answered) bool { return a.length("transactions") == 2 },
		},
		{
			name: "elixir, JSON not percent-encoded", method: "POST", target: "/connect/get", kind: formType,
			body: keys + `&access_token=test_wells&options={"gte":"2014-04-01","lte":"2014-05-01"}`, status: 200,
			check: func(a answered) bool { return a.length("transactions") == 5 },
		},
		{
			name: "rails brackets", method: "POST", target: "/connect", kind: formType,
			body: keys + "&type=chase&credentials[username]=plaid_test&credentials%5Bpassword%5D=plaid_good&options[list]=true", status: 201,
			check: func(a answered) bool { return a.body["type"] == "list" },
		},
		{
			name: "rails nested brackets", method: "POST", target: "/connect/step", kind: formType,
			body: keys + "&access_token=test_chase&options[send_method][mask]=xxx-xxx-5309", status: 201,
		},
		{
			name: "php products[]", method: "POST", target: "/institutions/all", kind: formType,
			body: keys + "&products[]=auth&products[]=risk", status: 200,
			check: func(a answered) bool { return a.at("results", 6, "type") == "nfcu" },
		},
		{
			name: "php empty options", method: "POST", target: "/institutions/all", kind: formType,
			body: keys + "&products[0]=auth&products[1]=risk&options=[]", status: 200,
			check: func(a answered) bool { return a.at("results", 0, "type") == "bofa" },
		},
		{
			name: "iOS, query string on POST", method: "POST", target: "/connect?" + keys + "&type=wells&username=plaid_test&password=plaid_good", status: 200,
		},
		{
			name: "iOS, query string on PATCH", method: "PATCH", target: "/connect?" + keys + "&access_token=test_wells&username=plaid_test&password=plaid_good", status: 200,
		},
		{
			name: "swift, numbers as strings", method: "POST", target: "/institutions/longtail", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","count":"3","offset":"1"}`, status: 200,
			check: func(a answered) bool { return a.length("results") == 3 },
		},
		{
			name: "strings as numbers", method: "POST", target: "/connect", kind: jsonType,
			body:   `{"client_id":"test_id","secret":"test_secret","type":"usaa","username":"plaid_test","password":"plaid_good","pin":1234}`,
			status: 201,
		},
		{
			name: "code as a number", method: "POST", target: "/connect/step", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_chase","mfa":1234}`, status: 200,
		},
		{
			name: "rust, PATCH for a step", method: "PATCH", target: "/connect/step", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_bofa","mfa":"tomato"}`, status: 200,
		},
		{
			name: "rust, JSON on GET", method: "GET", target: "/auth/get", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_bofa"}`, status: 200,
			check: func(a answered) bool { return a.at("accounts", 0, "numbers", "routing") == "021000021" },
		},
		{
			name: "rust, upgrade_to in the query", method: "POST", target: "/upgrade?upgrade_to=info", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_bofa"}`, status: 200,
		},
		{
			name: "options at the top level", method: "POST", target: "/connect", kind: formType,
			body: keys + "&type=wells&username=plaid_test&password=plaid_good&start_date=2014-07-01&end_date=2014-07-22", status: 200,
			check: func(a answered) bool { return a.length("transactions") == 1 },
		},
		{
			name: "body wins over query", method: "POST", target: "/connect/get?access_token=nonsense", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
		},
		{
			name: "trailing slash", method: "POST", target: "/connect/get/", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
		},
		{name: "escaped letters in the path", method: "GET", target: "/institution%73/%62ofa", status: 200},
		{
			name: "method override", method: "POST", target: "/connect", override: "patch", kind: formType,
			body: keys + "&access_token=test_bofa&username=plaid_test&password=plaid_good", status: 201,
		},
		{
			name: "node PATCH, credentials an object", method: "PATCH", target: "/connect", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","access_token":"test_wells","credentials":` + good + `}`, status: 200,
		},
		{
			name: "java PATCH, credentials as JSON text", method: "PATCH", target: "/connect", kind: formType,
			body: keys + "&access_token=test_wells&credentials=" + q(good), status: 200,
		},
		{
			name: "node all institutions, real array", method: "POST", target: "/institutions/all", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","products":["auth","risk"]}`, status: 200,
			check: func(a answered) bool { return a.at("results", 6, "type") == "nfcu" },
		},
		{
			name: "login, once the name of login_only", method: "POST", target: "/connect", kind: formType,
			body: keys + "&type=wells&username=plaid_test&password=plaid_good&login=true", status: 200,
			check: func(a answered) bool { return a.length("accounts") == 4 && a.length("transactions") == -1 },
		},
		{
			name: "method override, DELETE", method: "POST", target: "/connect", override: "DELETE", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
			check: func(a answered) bool { return a.body["message"] == "Successfully removed from your account" },
		},
		{
			name: "method override, GET", method: "POST", target: "/connect", override: "GET", kind: formType,
			body: keys + "&access_token=test_wells", status: 200,
			check: func(a answered) bool { return a.length("transactions") == 16 },
		},
		{
			name: "PATCH for a step of an upgrade", method: "PATCH", target: "/upgrade/step", kind: formType,
			body: keys + "&access_token=test_bofa&upgrade_to=info&mfa=tomato", status: 200,
			check: func(a answered) bool { return a.at("info", "names", 0) == "Kelly Walters" },
		},
		{
			name: "options that are no JSON", method: "POST", target: "/connect", kind: formType,
			body: keys + "&type=wells&options=login_only", status: 400, code: 1004,
		},
		{
			name: "credentials that are no JSON", method: "POST", target: "/connect", kind: jsonType,
			body: `{"client_id":"test_id","secret":"test_secret","type":"wells","credentials":"plaid_test"}`, status: 400, code: 1006,
		},
		{
			name: "unknown parameters", method: "POST", target: "/connect", kind: formType,
			body: keys + "&email=a%40b.c&type=wells&username=plaid_test&password=plaid_good", status: 200,
		},
		{
			name: "password with a broken escape", method: "POST", target: "/connect", kind: formType,
			body: keys + "&type=wells&username=plaid_test&password=100%;x", status: 402, code: 1200,
		},
		{
			name: "form without a body", method: "POST", target: "/institutions/all?" + keys, kind: "text/plain", status: 200,
		},
		{name: "empty JSON object and keys", method: "POST", target: "/institutions/all?" + keys, kind: jsonType, body: "{}", status: 200},
		{name: "two trailing slashes", method: "POST", target: "/connect//", kind: formType, body: keys, status: 404, code: 1600},
		{name: "wrong content type", method: "POST", target: "/connect", kind: "text/plain", body: keys, status: 400, code: 1009},
		{name: "no content type", method: "POST", target: "/connect", body: keys, status: 400, code: 1009},
		{name: "wrong charset", method: "POST", target: "/connect", kind: jsonType + "; charset=latin1", body: "{}", status: 400, code: 1009},
		{name: "broken JSON", method: "POST", target: "/connect", kind: jsonType, body: `{"client_id":`, status: 400, code: 1004},
		{name: "JSON array", method: "POST", target: "/connect", kind: jsonType, body: `[]`, status: 400, code: 1004},
		{name: "two JSON values", method: "POST", target: "/connect", kind: jsonType, body: `{}{}`, status: 400, code: 1004},
		{name: "huge body", method: "POST", target: "/connect", kind: formType, body: strings.Repeat("a", maxBody+1), status: 400, code: 1004},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := request(tc.method, tc.target, tc.kind, tc.body)
			if tc.override != "" {
				r.Header.Set("X-HTTP-Method-Override", tc.override)
			}
			a := send(t, openBank(), r)
			if a.status != tc.status || a.code() != tc.code || tc.check != nil && !tc.check(a) {
				t.Errorf("%d/%d, want %d/%d\n%.600s", a.status, a.code(), tc.status, tc.code, a.raw)
			}
		})
	}
}

func FuzzReadParams(f *testing.F) {
	f.Add("a=b&c[d][e]=1", formType, `options={"a":1}&products[]=x&a[b]=1&a=2`)
	f.Add("", jsonType, `{"options":"{\"send_method\":{}}","mfa":[1,null,{"x":[]}]}`)
	f.Add("%zz&[]=&a[=&a]=&a[b]c=1", formType, "a[0]=1&a[]=2&a=3&a[b][c][d][e][f]=4")
	f.Fuzz(func(t *testing.T, query, kind, body string) {
		r := httptest.NewRequest(http.MethodPost, "/connect", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		p, problem := readParams(r)
		if problem != fine && p != nil {
			t.Fatalf("parameters beside problem %d", problem)
		}
		for name := range p {
			p.text(name)
			p.flag(name)
			p.list(name)
			if o, ok := p.object(name); ok {
				o.text("x")
			}
		}
	})
}
