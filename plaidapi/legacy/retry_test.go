package legacy_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
)

// TestOnlyReadsAreRepeated asks a server that is always down for maintenance. A
// code works once and banks lock accounts, so what is no read goes out once.
func TestOnlyReadsAreRepeated(t *testing.T) {
	s := secret("x")
	step := legacy.StepRequest{Token: s, Answer: s}
	for _, test := range []struct {
		name string
		want int
		call func(*testing.T, *legacy.Client) error
	}{
		{"add", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Connect.Add(t.Context(), good("wells"))
			return err
		}},
		{"step", 1, func(t *testing.T, c *legacy.Client) error { _, err := c.Auth.Step(t.Context(), step); return err }},
		{"update", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Info.Update(t.Context(), legacy.UpdateRequest{Token: s, Username: s, Password: s})
			return err
		}},
		{"update step", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Income.UpdateStep(t.Context(), step)
			return err
		}},
		{"delete", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Risk.Delete(t.Context(), legacy.TokenRequest{Token: s})
			return err
		}},
		{"upgrade", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Upgrade(t.Context(), legacy.UpgradeRequest{Token: s, To: plaidapi.Auth})
			return err
		}},
		{"upgrade step", 1, func(t *testing.T, c *legacy.Client) error { _, err := c.UpgradeStep(t.Context(), step); return err }},
		{"exchange", 1, func(t *testing.T, c *legacy.Client) error {
			_, err := c.ExchangeToken(t.Context(), legacy.ExchangeRequest{PublicToken: s})
			return err
		}},
		{"get", 3, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Connect.Get(t.Context(), legacy.GetRequest{Token: s})
			return err
		}},
		{"balance", 3, func(t *testing.T, c *legacy.Client) error {
			_, err := c.Balance(t.Context(), legacy.TokenRequest{Token: s})
			return err
		}},
		{"institutions", 3, func(t *testing.T, c *legacy.Client) error { _, err := c.Institutions(t.Context()); return err }},
		{"all institutions", 3, func(t *testing.T, c *legacy.Client) error {
			_, err := c.InstitutionsAll(t.Context(), legacy.PageRequest{})
			return err
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // the pauses take no time
				sent := 0
				down := transport(func(*http.Request) (*http.Response, error) {
					sent++
					return &http.Response{StatusCode: 503, Body: io.NopCloser(strings.NewReader(`{"code":1800}`))}, nil
				})
				c, err := legacy.New("id", secret("key"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: down}))
				if err != nil {
					t.Fatal(err)
				}
				if err := test.call(t, c); err == nil || sent != test.want {
					t.Errorf("sent %d times, want %d; %v", sent, test.want, err)
				}
			})
		})
	}
}
