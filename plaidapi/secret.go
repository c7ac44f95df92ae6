package plaidapi

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

const concealed = "••••"

// Secret is text that cannot be printed by accident: a password, a code, a token, a key. Every
// verb of fmt, JSON and slog show only dots. Only the transport and the keyring may Reveal it
// (security.md 1; make check enforces where).
//
// It holds a pointer because fmt walks into unexported fields without calling methods: what it
// finds there is an address, not the text.
type Secret struct{ text *string }

// NewSecret keeps text, byte for byte: nothing is trimmed or altered.
func NewSecret(text string) Secret { return Secret{&text} }

// Reveal is the text itself.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty reports whether there is nothing to conceal.
func (s Secret) Empty() bool { return s.text == nil || *s.text == "" }

// Equal compares without telling by its time how much agreed.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// String, GoString, Format, MarshalJSON, MarshalText and LogValue all give dots.
func (Secret) String() string               { return concealed }
func (Secret) GoString() string             { return concealed }
func (Secret) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, concealed) }
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + concealed + `"`), nil }
func (Secret) MarshalText() ([]byte, error) { return []byte(concealed), nil }
func (Secret) LogValue() slog.Value         { return slog.StringValue(concealed) }

// UnmarshalJSON takes a token out of a reply, byte for byte. Null is an empty Secret.
func (s *Secret) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return errors.New("plaidapi: a secret is not a JSON string") // the cause would quote it
	}
	*s = NewSecret(text)
	return nil
}
