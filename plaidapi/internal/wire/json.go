package wire

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
)

// ErrReply is what Decode fails with: the body is not JSON of the form that was expected. It
// quotes nothing of the body.
var ErrReply = errors.New("not the JSON that was expected")

// Encode writes a request body. It alone takes secrets out of their wrapping; those it met come
// back beside the body, so that an answer that echoes one can be told.
func Encode(request any) (body []byte, secrets []string, err error) {
	reveal := json.MarshalToFunc(func(enc *jsontext.Encoder, s plaidapi.Secret) error {
		secrets = append(secrets, s.Reveal())
		return enc.WriteToken(jsontext.String(s.Reveal()))
	})
	body, err = json.Marshal(request, json.WithMarshalers(reveal))
	if err != nil {
		return nil, nil, errors.New("wire: the request cannot be written as JSON") // err may quote it
	}
	return body, secrets, nil
}

// Decode reads a reply: exact member names, nothing behind the value, at most 100 levels. Members
// that into does not have are ignored. It reads strictly and fast; only what is not as it should be
// is read again leniently: the first of equal names counts, and a member of an odd kind is absent.
func Decode(body []byte, into any) error {
	if deep(body) {
		return fmt.Errorf("%w: over %d levels", ErrReply, nesting)
	}
	err := json.Unmarshal(body, into)
	if err != nil {
		err = lenient(body, into)
	}
	var (
		syntax   *jsontext.SyntacticError
		semantic *json.SemanticError
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return fmt.Errorf("%w, at byte %d", ErrReply, syntax.ByteOffset)
	case errors.As(err, &semantic):
		return fmt.Errorf("%w, at byte %d", ErrReply, semantic.ByteOffset)
	}
	return ErrReply
}

// deep reports more levels than allowed. It counts brackets outside strings, which is right for
// all JSON and harmless for anything else.
func deep(body []byte) bool {
	if len(body) < 2*nesting {
		return false
	}
	level := 0
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '"':
			for i++; i < len(body) && body[i] != '"'; i++ {
				if body[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if level++; level > nesting {
				return true
			}
		case '}', ']':
			level--
		}
	}
	return false
}

// Member takes one string out of an object before anything else of it need make sense: the first
// of that name on the top level. It is how a token is saved from a reply that is otherwise
// unusable; empty when it is not there.
func Member(body []byte, name string) plaidapi.Secret {
	dec := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if tok, err := dec.ReadToken(); err != nil || tok.Kind() != '{' {
		return plaidapi.Secret{}
	}
	for dec.PeekKind() == '"' {
		tok, err := dec.ReadToken()
		if err != nil {
			return plaidapi.Secret{}
		}
		if tok.String() != name || dec.PeekKind() != '"' {
			if dec.SkipValue() != nil {
				return plaidapi.Secret{}
			}
			continue
		}
		if tok, err = dec.ReadToken(); err != nil {
			return plaidapi.Secret{}
		}
		return plaidapi.NewSecret(tok.String())
	}
	return plaidapi.Secret{}
}
