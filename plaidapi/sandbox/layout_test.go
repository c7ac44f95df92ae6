package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// indented is what JSON.stringify(value, null, 2) would make of raw.
func indented(t *testing.T, raw string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(raw), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHeaders(t *testing.T) {
	b := openBank()
	id := regexp.MustCompile(`^[0-9a-f]{32}$`)
	seen := map[string]bool{}
	for _, tc := range []struct {
		method, path, fields, vary string
		public                     bool
	}{
		{"POST", "/connect/get", "access_token=test_wells", "X-HTTP-Method-Override, Accept-Encoding", false},
		{"POST", "/connect/get", "access_token=foo", "X-HTTP-Method-Override, Accept-Encoding", false},
		{"DELETE", "/connect", "access_token=test_wells", "X-HTTP-Method-Override, Accept-Encoding", false},
		{"PATCH", "/connect", "access_token=test_wells", "X-HTTP-Method-Override, Accept-Encoding", false},
		{"GET", "/institutions", "", "Accept-Encoding", true},
		{"GET", "/categories/13005006", "", "Accept-Encoding", true},
		{"GET", "/categories/x", "", "Accept-Encoding", true},
		{"GET", "/nowhere", "", "X-HTTP-Method-Override, Accept-Encoding", false},
	} {
		a := form(t, b, tc.method, tc.path, tc.fields)
		h := a.header
		if h.Get("Content-Type") != "application/json; charset=utf-8" || h.Get("Connection") != "keep-alive" ||
			h.Get("Vary") != tc.vary || h.Get("Content-Length") != strconv.Itoa(len(a.raw)) {
			t.Errorf("%s %s: %v", tc.method, tc.path, h)
		}
		if x := h.Get("X-Request-Id"); !id.MatchString(x) || seen[x] {
			t.Errorf("%s %s: X-Request-Id %q", tc.method, tc.path, x)
		}
		seen[h.Get("X-Request-Id")] = true
		origin, headers := "", ""
		if tc.public {
			origin, headers = "*", "Origin, X-Requested-With, Content-Type, Accept"
		}
		if h.Get("Access-Control-Allow-Origin") != origin || h.Get("Access-Control-Allow-Headers") != headers || (etag(h) != "") != tc.public {
			t.Errorf("%s %s: %v", tc.method, tc.path, h)
		}
		if want := indented(t, a.raw); a.raw != want {
			t.Errorf("%s %s is laid out\n%.300s\nwant\n%.300s", tc.method, tc.path, a.raw, want)
		}
	}
}

// TestETag compares with the tag recorded for an empty search, and tells which
// requests know it already.
func TestETag(t *testing.T) {
	b := openBank()
	const path, tag = "/institutions/search/?p=prod&q=wells", `W/"2-223132457"`
	if a := form(t, b, "GET", path, ""); a.raw != "[]" || etag(a.header) != tag {
		t.Errorf("%s with tag %s", a.raw, etag(a.header))
	}
	for known, want := range map[string]int{
		tag: 304, `"2-223132457"`: 304, `"x", ` + tag: 304, `W/"x",` + tag + `,"y"`: 304, "*": 304, " * ": 304,
		"": 200, `"x"`: 200, "2-223132457": 200, `W/"2-22313245"`: 200, `"*"`: 200, `w/"2-223132457"`: 200,
	} {
		r := request("GET", path, "", "")
		r.Header.Set("If-None-Match", known)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if w.Code != want || (w.Body.Len() == 0) != (want == 304) || etag(w.Header()) != tag {
			t.Errorf("%s: %d %s", known, w.Code, w.Body)
		}
	}
	r := request("GET", path, "", "")
	r.Header["If-None-Match"] = []string{`"x"`, tag}
	w := httptest.NewRecorder()
	if b.ServeHTTP(w, r); w.Code != 304 {
		t.Errorf("a second header: %d", w.Code)
	}
	r = request("GET", "/categories/x", "", "")
	r.Header.Set("If-None-Match", "*")
	w = httptest.NewRecorder()
	if b.ServeHTTP(w, r); w.Code != 404 {
		t.Errorf("an error: %d", w.Code)
	}
}

// etag is the tag under the recorded spelling of its name, which is not Go's.
func etag(h map[string][]string) string { return strings.Join(h["ETag"], "") }

// TestRecordedLengths compares with the Content-Length of recorded answers.
func TestRecordedLengths(t *testing.T) {
	b := openBank()
	for _, tc := range []struct {
		path, fields string
		want         int
	}{
		{"/connect", `type=wells username=plaid_test password=plaid_good options={"login_only":true}`, 1851},
		{"/connect", "type=bofa username=plaid_test password=plaid_good", 130},
		{"/connect", "type=wells username=plaid_test password=x", 122},
		{"/connect", "client_id=x", 164},
		{"/connect/get", "access_token=test_bofa gte=2012-01-01 lte=2016-01-01 account=" + savingsID, 2910},
		{"/connect/get", "access_token=bad_token", 141},
		{"/connect/step", "access_token=test_bofa mfa=tomato", 11715},
		{"/connect/step", "access_token=test_bofa mfa=banana", 136},
		{"/connect/step", `access_token=test_chase options={"send_method":{"type":"phone"}}`, 113},
		{"/exchange_token", "public_token=test,bofa,connected", 52},
		{"/exchange_token", "public_token=badvalue", 205},
	} {
		if a := form(t, b, "POST", tc.path, tc.fields); len(a.raw) != tc.want {
			t.Errorf("%s %s: %d bytes, want %d\n%.400s", tc.path, tc.fields, len(a.raw), tc.want, a.raw)
		}
	}
}

func TestKeyOrder(t *testing.T) {
	b := openBank()
	raw := form(t, b, "POST", "/connect/get", "access_token=test_wells gte=2014-05-12 lte=2014-05-12").raw
	const row = `  "transactions": [
    {
      "_account": "pJPM4LMBNQFrOwp0jqEyTwyxJQrQbgU6kq37k",
      "_id": "aJPEm5EVqxF6yk8K5nPeFbDpnPR57wI3xMR3pP",
      "amount": 12.74,
      "date": "2014-05-12",
      "name": "Golden Crepes",
      "meta": {
        "location": {
          "address": "262 W 15th St",
          "city": "New York",
          "coordinates": {
            "lat": 40.740352,
            "lon": -74.001761
          },
          "state": "NY"
        }
      },
      "pending": false,
      "type": {
        "primary": "place"
      },
      "score": {
        "location": {
          "address": 1,
          "city": 1,
          "state": 1
        },
        "name": 0.2
      }
    }
  ],
  "access_token": "test_wells"
}`
	if !strings.HasSuffix(raw, row) {
		t.Errorf("got\n%s\nwant it to end\n%s", raw, row)
	}
	raw = form(t, b, "GET", "/institutions/usaa", "").raw
	const bank = `{
  "credentials": {
    "password": "Password",
    "pin": "PIN",
    "username": "Online ID"
  },
  "has_mfa": true,
  "id": "531ea6602ad939b68700047c",
  "mfa": [
    "questions(3)"
  ],
  "name": "USAA",`
	if !strings.HasPrefix(raw, bank) {
		t.Errorf("got\n%s", raw)
	}
}

// TestRecordedSum adds up the sixteen recorded amounts.
func TestRecordedSum(t *testing.T) {
	sum := cents(0)
	first, last := recordedTransactions[0].Date, recordedTransactions[0].Date
	for _, tx := range recordedTransactions {
		sum += tx.Amount
		first, last = min(first, tx.Date), max(last, tx.Date)
	}
	if sum != -72094 || first != "2014-03-27" || last != "2014-07-24" {
		t.Errorf("sum %d from %s to %s", sum, first, last)
	}
}
