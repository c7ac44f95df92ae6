package plaidapi

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestReasonsWhyTokensCannotBeReached(t *testing.T) {
	seen := map[string]bool{}
	for _, err := range []error{ErrPassphrase, ErrWrongPassphrase, ErrNoPlace, ErrLocked, ErrNoKeys} {
		var told *AccessError
		if wrapped := fmt.Errorf("open: %w", err); !errors.As(wrapped, &told) || !errors.Is(wrapped, err) {
			t.Fatalf("%v is lost when it is wrapped", err)
		}
		if text := told.UserText(); seen[text] || !strings.HasSuffix(text, ".") || told.ExitCode() != 8 {
			t.Errorf("%v: people read %q", err, text)
		}
		seen[told.UserText()] = true
	}
	if errors.Is(ErrPassphrase, ErrWrongPassphrase) {
		t.Error("two reasons are one")
	}
}

func TestKeysAreConcealedAndWholeOrNot(t *testing.T) {
	k := Keys{ClientID: "id", Secret: NewSecret("canary-5309")}
	if text := fmt.Sprintf("%v %+v %#v", k, k, k); strings.Contains(text, "canary") {
		t.Errorf("the secret shows: %s", text)
	}
	for whole, k := range map[bool][]Keys{true: {k}, false: {{}, {ClientID: "id"}, {Secret: k.Secret}}} {
		for _, k := range k {
			if k.Whole() != whole {
				t.Errorf("%q with%s secret: Whole is %v", k.ClientID, map[bool]string{true: "out"}[k.Secret.Empty()], !whole)
			}
		}
	}
}
