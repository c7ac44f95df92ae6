package legacy_test

import (
	"net/http"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

var noon = time.Date(2026, time.March, 14, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func secret(s string) plaidapi.Secret { return plaidapi.NewSecret(s) }

// practice opens a practice bank and a client of it, over real HTTP inside the process.
func practice(t testing.TB, o sandbox.Options, options ...legacy.Option) (*sandbox.Bank, *legacy.Client) {
	t.Helper()
	o.Clock = clock
	bank := sandbox.New(o)
	local := bank.Dial()
	t.Cleanup(func() { _ = local.Close() })
	options = append([]legacy.Option{
		legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: local.Transport()}),
	}, options...)
	client, err := legacy.New("test_id", secret("test_secret"), options...)
	if err != nil {
		t.Fatal(err)
	}
	return bank, client
}

// keyless is a client of bank with no keys.
func keyless(t testing.TB, bank *sandbox.Bank) *legacy.Client {
	t.Helper()
	local := bank.Dial()
	t.Cleanup(func() { _ = local.Close() })
	c, err := legacy.New("", plaidapi.Secret{}, legacy.BaseURL("http://localhost"),
		legacy.HTTPClient(&http.Client{Transport: local.Transport()}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// failOnCall is a trace that fails the test when anything is sent.
func failOnCall(t testing.TB) func(legacy.Try) {
	return func(try legacy.Try) { t.Errorf("%s %s was sent", try.Method, try.Path) }
}
