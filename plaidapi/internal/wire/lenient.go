package wire

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
)

// lenient reads what the strict reading refused, as far as it makes sense (legacy-api §2.2,
// security.md 14): of members with one name the first counts, bytes that are no UTF-8 become marks,
// and a value of an odd kind counts as absent. What is no JSON at all stays an error.
func lenient(body []byte, into any) error {
	plain, err := first(body)
	if err != nil {
		return err
	}
	reflect.ValueOf(into).Elem().SetZero() // of what the strict reading has left behind
	skip := json.UnmarshalFromFunc(func(dec *jsontext.Decoder, value any) error {
		if fits(dec.PeekKind(), value) {
			return errors.ErrUnsupported // read it as ever
		}
		return dec.SkipValue()
	})
	return json.Unmarshal(plain, into, json.WithUnmarshalers(skip))
}

// fits reports whether a value of that kind can be read into what value points to.
func fits(kind jsontext.Kind, value any) bool {
	switch value.(type) {
	case *plaidapi.Secret:
		return kind == '"' || kind == 'n'
	case json.UnmarshalerFrom, json.Unmarshaler:
		return true // it judges for itself
	}
	switch reflect.TypeOf(value).Elem().Kind() {
	case reflect.Struct, reflect.Map:
		return kind == '{' || kind == 'n'
	case reflect.Slice, reflect.Array:
		return kind == '[' || kind == 'n'
	case reflect.String:
		return kind == '"' || kind == 'n'
	case reflect.Bool:
		return kind == 't' || kind == 'f' || kind == 'n'
	case reflect.Int, reflect.Int64, reflect.Float64:
		return kind == '0' || kind == 'n'
	}
	return true
}

// first copies a value without the members whose name was there before.
func first(body []byte) ([]byte, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var out bytes.Buffer
	enc := jsontext.NewEncoder(&out, jsontext.AllowDuplicateNames(true))
	var met []map[string]bool // names of the objects and arrays that are open
	for {
		kind, length := dec.StackIndex(dec.StackDepth())
		name := kind == '{' && length%2 == 0
		tok, err := dec.ReadToken()
		switch {
		case err == io.EOF:
			return out.Bytes(), nil
		case err != nil:
			return nil, err
		}
		switch k := tok.Kind(); {
		case k == '{' || k == '[':
			met = append(met, map[string]bool{})
		case k == '}' || k == ']':
			met = met[:len(met)-1]
		case name && met[len(met)-1][tok.String()]:
			if err := dec.SkipValue(); err != nil {
				return nil, err
			}
			continue
		case name:
			met[len(met)-1][tok.String()] = true
		}
		if tok.Kind() == '"' {
			tok = jsontext.String(tok.String()) // with marks for bytes that are no UTF-8
		}
		if err := enc.WriteToken(tok); err != nil {
			return nil, err
		}
	}
}
