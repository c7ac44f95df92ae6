package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxBody bounds what one request may send; no client of the time came near.
const maxBody = 1 << 20

// maxNesting bounds the brackets of a form key; deeper keys are taken literally.
const maxNesting = 5

// params are the parameters of one request, or one object among them. Values
// are strings, json.Numbers, booleans, []any and map[string]any.
type params map[string]any

// readParams merges query string and body, of which the body wins. It returns
// the code of the problem when the body is of a kind or form that the service
// never took.
func readParams(r *http.Request) (params, code) {
	all := parseForm(r.URL.RawQuery)
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(raw) > maxBody {
		return nil, badOptions
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return all, fine
	}
	kind, attributes, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := attributes["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, badContentType
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		maps.Copy(all, parseForm(string(raw)))
	case "application/json":
		body, ok := parseObject(raw)
		if !ok {
			return nil, badOptions
		}
		maps.Copy(all, body)
	default:
		return nil, badContentType
	}
	return all, fine
}

// parseObject reads a JSON object and nothing after it; null is the empty one.
func parseObject(raw []byte) (params, bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var p params
	if decoder.Decode(&p) != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return p, err == io.EOF
}

// parseForm reads name=value pairs as forgivingly as the original: one early
// client sent JSON without percent-encoding it, so what cannot be unescaped is
// taken as it stands.
func parseForm(s string) params {
	p := params{}
	for pair := range strings.SplitSeq(s, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name = unescape(name); name != "" {
			p.put(bracketPath(name), unescape(value))
		}
	}
	return p
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return strings.ReplaceAll(s, "+", " ")
}

// bracketPath splits "options[send_method][type]" into its three names; an
// empty last name, as in "products[]", means one more element.
func bracketPath(name string) []string {
	head, rest, ok := strings.Cut(name, "[")
	if !ok || head == "" || !strings.HasSuffix(rest, "]") {
		return []string{name}
	}
	path := append([]string{head}, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	if len(path) > maxNesting {
		return []string{name}
	}
	return path
}

// put stores a form value. A repeated name collects an array.
func (p params) put(path []string, value string) {
	name := path[0]
	switch {
	case len(path) == 2 && path[1] == "":
		list, _ := p[name].([]any)
		p[name] = append(list, value)
	case len(path) > 1:
		inner, ok := p[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			p[name] = inner
		}
		params(inner).put(path[1:], value)
	default:
		switch old := p[name].(type) {
		case nil:
			p[name] = value
		case []any:
			p[name] = append(old, value)
		default:
			p[name] = []any{old, value}
		}
	}
}

// scalar is a string, number or boolean as text; "" for anything else.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

// text is a parameter as text; "" when it is absent, null, or an array or object.
func (p params) text(name string) string { return scalar(p[name]) }

// flag reads true, "true", "True" and 1.
func (p params) flag(name string) bool {
	v := p.text(name)
	return v == "1" || strings.EqualFold(v, "true")
}

// object is a parameter given as an object, as JSON text or in brackets. An
// absent one is empty; so is the empty array, which is how PHP writes an empty
// object. ok is false for anything else.
func (p params) object(name string) (o params, ok bool) {
	switch v := p[name].(type) {
	case nil:
		return params{}, true
	case map[string]any:
		return v, true
	case []any:
		return params{}, len(v) == 0
	case string:
		if v = strings.TrimSpace(v); v == "" || v == "[]" {
			return params{}, true
		}
		return parseObject([]byte(v))
	}
	return nil, false
}

// list is a parameter given as an array, as JSON text of one, as a repeated or
// bracketed name, or as a single value. Empty elements are dropped.
func (p params) list(name string) []string {
	var raw []any
	switch v := p[name].(type) {
	case []any:
		raw = v
	case map[string]any: // products[0]=auth
		for _, k := range slices.Sorted(maps.Keys(v)) {
			raw = append(raw, v[k])
		}
	case string:
		decoder := json.NewDecoder(strings.NewReader(v))
		decoder.UseNumber()
		if !strings.HasPrefix(strings.TrimSpace(v), "[") || decoder.Decode(&raw) != nil {
			raw = []any{v}
		}
	default:
		raw = []any{v}
	}
	var list []string
	for _, v := range raw {
		if s := scalar(v); s != "" {
			list = append(list, s)
		}
	}
	return list
}
