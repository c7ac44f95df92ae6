package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The kinds of value that a field of a request takes.
type fieldKind int

const (
	textField fieldKind = iota
	numberField
	amountField
	flagField
	dateField
	webField
	listField    // of strings
	objectField  // of the fields in of
	objectsField // a list of such objects
	openField    // an object of any members, accepted and not looked into
)

// field is one field of a request: the wire is strict about all of them.
type field struct {
	name        string
	kind        fieldKind
	required    bool
	nullable    bool
	filled      bool // a list or text that may not be empty
	least, most int  // of a number, or of elements of objects
	values      []string
	of          []field
}

// The fields by their kinds; the methods say what more is asked of one.
func str(name string) field              { return field{name: name} }
func amount(name string) field           { return field{name: name, kind: amountField} }
func flag(name string) field             { return field{name: name, kind: flagField} }
func date(name string) field             { return field{name: name, kind: dateField} }
func web(name string) field              { return field{name: name, kind: webField} }
func strs(name string) field             { return field{name: name, kind: listField} }
func anything(name string) field         { return field{name: name, kind: openField} }
func obj(name string, of ...field) field { return field{name: name, kind: objectField, of: of} }
func num(name string, least, most int) field {
	return field{name: name, kind: numberField, least: least, most: most}
}

func (f field) must() field              { f.required = true; return f }
func (f field) orNull() field            { f.nullable = true; return f }
func (f field) some() field              { f.filled = true; return f }
func (f field) in(values []string) field { f.values = values; return f }

const (
	mostRows  = 500     // that one answer brings
	anyNumber = 1 << 31 // bounds what the wire does not
)

// readPost reads a request's body, which is a JSON object and says so.
func readPost(r *http.Request) (params, *trouble) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, troubled("INVALID_HEADERS", "the Content-Type header must be application/json")
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(raw) > maxBody || !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return nil, troubled("INVALID_BODY", "body could not be parsed as JSON")
	}
	body, ok := parseObject(raw)
	if !ok {
		return nil, troubled("INVALID_BODY", "body could not be parsed as JSON")
	}
	return body, nil
}

// checkFields refuses what the service refuses, in its order: fields that it
// does not know, fields that are missing, and values of another kind.
func checkFields(p params, fields []field) *trouble {
	if unknown := unknownFields(p, fields, ""); unknown != nil {
		return troubled("UNKNOWN_FIELDS", "the following fields are not recognized by this endpoint: "+strings.Join(unknown, ", "))
	}
	if missing := absentFields(p, fields, ""); missing != nil {
		return missingFields(missing)
	}
	for _, f := range fields {
		if problem := f.check(p[f.name], f.name, present(p, f.name)); problem != nil {
			return problem
		}
	}
	return nil
}

func present(p params, name string) bool { _, ok := p[name]; return ok }

func unknownFields(p params, fields []field, within string) (unknown []string) {
	for _, name := range slices.Sorted(maps.Keys(p)) {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if at < 0 {
			unknown = append(unknown, within+name)
			continue
		}
		if inner, ok := p[name].(map[string]any); ok && fields[at].kind == objectField {
			unknown = append(unknown, unknownFields(inner, fields[at].of, within+name+".")...)
		}
	}
	return unknown
}

func absentFields(p params, fields []field, within string) (missing []string) {
	for _, f := range fields {
		if f.required && !present(p, f.name) {
			missing = append(missing, within+f.name)
			continue
		}
		if inner, ok := p[f.name].(map[string]any); ok && f.kind == objectField {
			missing = append(missing, absentFields(inner, f.of, within+f.name+".")...)
		}
	}
	return missing
}

func missingFields(names []string) *trouble {
	return troubled("MISSING_FIELDS", "the following required fields are missing: "+strings.Join(names, ", "))
}

func invalidField(format string, args ...any) *trouble {
	return troubled("INVALID_FIELD", fmt.Sprintf(format, args...))
}

// check judges one value; path is the field's name for the message.
func (f field) check(v any, path string, present bool) *trouble {
	switch {
	case !present:
		return nil
	case v == nil && f.nullable:
		return nil
	case v == nil:
		return invalidField("%s must not be null", path)
	}
	switch f.kind {
	case textField, dateField, webField:
		return f.checkText(v, path)
	case numberField:
		n, ok := wholeNumber(v)
		if !ok || n < f.least || n > f.most {
			return invalidField("%s must be an integer between %d and %d", path, f.least, f.most)
		}
	case amountField:
		if n, ok := v.(json.Number); !ok || !finite(n) {
			return invalidField("%s must be a number", path)
		}
	case flagField:
		if _, ok := v.(bool); !ok {
			return invalidField("%s must be a boolean", path)
		}
	case listField:
		return f.checkList(v, path)
	case objectsField:
		return f.checkObjects(v, path)
	case objectField, openField:
		return f.checkObject(v, path)
	}
	return nil
}

func wholeNumber(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	whole, err := strconv.Atoi(n.String())
	return whole, err == nil
}

func finite(n json.Number) bool { _, err := n.Float64(); return err == nil }

func (f field) checkText(v any, path string) *trouble {
	s, ok := v.(string)
	if !ok || s == "" && (f.required || f.filled) {
		return invalidField("%s must be a non-empty string", path)
	}
	if f.values != nil && !slices.Contains(f.values, s) {
		return invalidField("%s must be one of: %s", path, strings.Join(f.values, ", "))
	}
	switch f.kind {
	case dateField:
		if _, err := time.Parse(dayForm, s); err != nil {
			return invalidField("%s must be a date in the form YYYY-MM-DD", path)
		}
	case webField:
		if u, err := url.Parse(s); s != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
			return invalidField("%s must be a URL", path)
		}
	}
	return nil
}

func (f field) checkList(v any, path string) *trouble {
	list, ok := v.([]any)
	if !ok || f.filled && len(list) == 0 {
		return invalidField("%s must be a non-empty array of strings", path)
	}
	for _, one := range list {
		s, ok := one.(string)
		if !ok {
			return invalidField("%s must be an array of strings", path)
		}
		if f.values != nil && !slices.Contains(f.values, s) {
			return invalidField("%s must hold only: %s", path, strings.Join(f.values, ", "))
		}
	}
	return nil
}

func (f field) checkObject(v any, path string) *trouble {
	inner, ok := v.(map[string]any)
	if !ok {
		return invalidField("%s must be an object", path)
	}
	for _, sub := range f.of {
		if problem := sub.check(inner[sub.name], path+"."+sub.name, present(inner, sub.name)); problem != nil {
			return problem
		}
	}
	return nil
}

func (f field) checkObjects(v any, path string) *trouble {
	list, ok := v.([]any)
	if !ok || len(list) < f.least || len(list) > f.most {
		return invalidField("%s must be an array of %d to %d objects", path, f.least, f.most)
	}
	for i, one := range list {
		inner, ok := one.(map[string]any)
		if !ok {
			return invalidField("%s[%d] must be an object", path, i)
		}
		if problem := checkFields(inner, f.of); problem != nil {
			return problem
		}
	}
	return nil
}

// number is an option that has passed its check, or fallback when it is absent.
func (p params) number(name string, fallback int) int {
	if n, ok := wholeNumber(p[name]); ok {
		return n
	}
	return fallback
}

// strings is a list that has passed its check. An absent one is nil.
func (p params) strings(name string) []string {
	list, _ := p[name].([]any)
	var all []string
	for _, v := range list {
		all = append(all, v.(string))
	}
	return all
}
