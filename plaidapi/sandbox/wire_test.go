package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// fixedNow is the clock of all tests.
var fixedNow = time.Date(2016, 10, 5, 15, 20, 34, 0, time.UTC)

func openBank(people ...person) *Bank {
	return newBank(Options{Clock: func() time.Time { return fixedNow }}, people)
}

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// answered is an answer, decoded.
type answered struct {
	status int
	header http.Header
	raw    string
	body   map[string]any // nil for an array
	list   []any
}

func (a answered) code() int { n, _ := a.body["code"].(float64); return int(n) }

// at follows keys and indices into the body; nil when they lead nowhere.
func (a answered) at(path ...any) any {
	var v any = a.body
	if a.list != nil {
		v = a.list
	}
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

// length is that of the array at a path, or -1.
func (a answered) length(path ...any) int {
	l, ok := a.at(path...).([]any)
	if !ok {
		return -1
	}
	return len(l)
}

func send(t *testing.T, h http.Handler, r *http.Request) answered {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answered{status: w.Code, header: w.Header(), raw: w.Body.String()}
	var v any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%s %s: answer is not JSON: %v\n%s", r.Method, r.URL, err, a.raw)
	}
	a.body, _ = v.(map[string]any)
	a.list, _ = v.([]any)
	return a
}

func request(method, target, kind, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

// form sends fields as a form, with the right keys unless they are given:
// "type=wells username=plaid_test", separated by spaces.
func form(t *testing.T, b *Bank, method, path, fields string) answered {
	t.Helper()
	v := url.Values{"client_id": {testClientID}, "secret": {testSecret}}
	for field := range strings.FieldsSeq(fields) {
		k, value, _ := strings.Cut(field, "=")
		v.Set(k, value)
	}
	return send(t, b, request(method, path, formType, v.Encode()))
}
