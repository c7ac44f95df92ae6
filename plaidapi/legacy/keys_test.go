package legacy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// sourced is a client whose keys come from f.
func sourced(t *testing.T, f func(context.Context) (plaidapi.Keys, error), options ...legacy.Option) *legacy.Client {
	t.Helper()
	local := sandbox.New(sandbox.Options{Clock: clock}).Dial()
	t.Cleanup(func() { _ = local.Close() })
	c, err := legacy.New("", plaidapi.Secret{}, append(options, legacy.KeySource(f),
		legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: local.Transport()}))...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestKeySourceIsAskedByEachRequest(t *testing.T) {
	asked := 0
	now := plaidapi.Keys{ClientID: "test_id", Secret: secret("old")}
	c := sourced(t, func(context.Context) (plaidapi.Keys, error) { asked++; return now, nil })
	if _, err := c.Balance(t.Context(), legacy.TokenRequest{Token: secret("test_wells")}); !errors.Is(err, plaidapi.BadKeys) {
		t.Errorf("with old keys: %v", err)
	}
	now.Secret = secret("test_secret")
	if _, err := c.Balance(t.Context(), legacy.TokenRequest{Token: secret("test_wells")}); err != nil {
		t.Errorf("with new keys: %v", err)
	}
	if _, err := c.Categories(t.Context()); err != nil {
		t.Errorf("without keys: %v", err)
	}
	if asked != 2 {
		t.Errorf("asked for keys %d times by two requests that need them", asked)
	}
}

// TestNothingIsSentWithoutKeys: the source's own error comes back, with the name of the call.
func TestNothingIsSentWithoutKeys(t *testing.T) {
	none := func(context.Context) (plaidapi.Keys, error) { return plaidapi.Keys{}, plaidapi.ErrNoKeys }
	c := sourced(t, none, legacy.Trace(failOnCall(t)))
	_, read := c.Balance(t.Context(), legacy.TokenRequest{Token: secret("test_wells")})
	_, added := c.Connect.Add(t.Context(), good("wells"))
	_, paged := c.InstitutionsAll(t.Context(), legacy.PageRequest{})
	for op, err := range map[string]error{"balance": read, "connect add": added, "institutions all": paged} {
		if !errors.Is(err, plaidapi.ErrNoKeys) || !strings.HasPrefix(err.Error(), op+": ") {
			t.Errorf("%s: %v", op, err)
		}
	}
}

// TestKeySourceGetsTheContext: asking a keyring ends when the call does.
func TestKeySourceGetsTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := sourced(t, func(ctx context.Context) (plaidapi.Keys, error) { return plaidapi.Keys{}, ctx.Err() })
	if _, err := c.Balance(ctx, legacy.TokenRequest{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSourcedKeysStayInBodies(t *testing.T) {
	keys := plaidapi.Keys{ClientID: "canary-id", Secret: secret("canary-secret")}
	if told := fmt.Sprintf("%v %+v %#v", keys, keys, keys); strings.Contains(told, "canary-secret") {
		t.Error(told)
	}
	checkSecrets(t, "canary-secret", legacy.KeySource(func(context.Context) (plaidapi.Keys, error) { return keys, nil }))
}
