package plaidapi

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "hunter2 & co"

// leaks reports whether s holds the canary in any spelling.
func leaks(s string) bool {
	raw := fmt.Sprintf("%v", []byte(canary))
	for _, spelling := range []string{
		canary, "hunter2", hex.EncodeToString([]byte(canary)), strings.ToUpper(hex.EncodeToString([]byte(canary))),
		base64.StdEncoding.EncodeToString([]byte(canary)), strings.Trim(raw, "[]"), "hunter2+%26+co",
	} {
		if strings.Contains(s, spelling) {
			return true
		}
	}
	return false
}

// holder keeps secrets wherever a struct can.
type holder struct {
	Exported Secret
	hidden   Secret
	pointer  *Secret
	list     []Secret
	inside   struct{ deeper Secret }
	any      any
}

func holding() holder {
	s := NewSecret(canary)
	h := holder{Exported: s, hidden: s, pointer: &s, list: []Secret{s}, any: s}
	h.inside.deeper = s
	return h
}

func TestSecretIsNeverPrinted(t *testing.T) {
	s := NewSecret(canary)
	h := holding()
	step := Step{Request: LinkRequest{Token: s}, Pending: s, Token: s}
	values := map[string]any{
		"secret": s, "pointer": &s, "list": []Secret{s}, "struct": h, "pointer to struct": &h, "step": step,
		"map": map[string]Secret{"a": s}, "key": map[Secret]int{s: 1},
		"error": fmt.Errorf("sign in with %v: %w", s, &Error{Op: "connect", Err: fmt.Errorf("%+v", h)}),
	}
	verbs := []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%T", "%p", "%t", "%e", "%c", "%U", "%10.3s", "%b", "%o"}
	for name, v := range values {
		for _, verb := range verbs {
			if out := fmt.Sprintf(verb, v); leaks(out) {
				t.Errorf("%s with %s: %s", name, verb, out)
			}
		}
		if out := fmt.Sprint(v) + fmt.Sprintln(v); leaks(out) {
			t.Errorf("%s printed: %s", name, out)
		}
	}
	if s.String() != concealed || s.GoString() != concealed || fmt.Sprintf("%v %+v %#v %s %q", s, s, s, s, s) != strings.Repeat(concealed+" ", 4)+concealed {
		t.Error("a secret is not shown as dots")
	}
}

func TestSecretIsNeverMarshalled(t *testing.T) {
	h := holding()
	out, err := json.Marshal(struct {
		A Secret
		B *Secret
		C []Secret
		D map[string]Secret
		E holder
		F map[Secret]int
	}{h.Exported, h.pointer, h.list, map[string]Secret{"a": h.hidden}, h, map[Secret]int{h.hidden: 1}})
	if err != nil || leaks(string(out)) || !strings.Contains(string(out), concealed) {
		t.Errorf("%s, %v", out, err)
	}
}

func TestSecretIsNeverLogged(t *testing.T) {
	var out bytes.Buffer
	h := holding()
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).With("with", h.hidden).Info("message", "secret", h.hidden, "pointer", h.pointer, "struct", h,
			"list", h.list, slog.Group("group", "inside", h.hidden), "error", errors.Join(&Error{Op: "x"}, fmt.Errorf("%v", h)))
	}
	if leaks(out.String()) || !strings.Contains(out.String(), concealed) {
		t.Error(out.String())
	}
}

func TestSecretKeepsItsBytes(t *testing.T) {
	for _, text := range []string{"", " a ", "a\x00b", "\xff", "é"} {
		s := NewSecret(text)
		if s.Reveal() != text || s.Empty() != (text == "") || !s.Equal(NewSecret(text)) || s.Equal(NewSecret(text+"x")) {
			t.Errorf("%q came back as %q", text, s.Reveal())
		}
	}
	if zero := (Secret{}); !zero.Empty() || zero.Reveal() != "" || !zero.Equal(NewSecret("")) || leaks(fmt.Sprint(zero)) {
		t.Error("the zero Secret is not empty")
	}
}

func TestSecretFromJSON(t *testing.T) {
	var s Secret
	if err := json.Unmarshal([]byte(`" t\u00e9\"k "`), &s); err != nil || s.Reveal() != ` té"k ` {
		t.Errorf("%q, %v", s.Reveal(), err)
	}
	if err := json.Unmarshal([]byte(`null`), &s); err != nil || !s.Empty() {
		t.Errorf("null: %q, %v", s.Reveal(), err)
	}
	if err := json.Unmarshal([]byte(`["hunter2"]`), &s); err == nil || leaks(err.Error()) {
		t.Errorf("a list: %v", err)
	}
}
