package cli

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// environment is one that has these variables: "NAME=value".
func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for _, p := range pairs {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v
			}
		}
		return ""
	}
}

func TestReadEnv(t *testing.T) {
	read := func(practice bool, pairs ...string) (Server, error) { return ReadEnv(environment(pairs...), practice) }
	id, secret := "PLAID_CLIENT_ID=id", "PLAID_SECRET=hunter2"
	for _, c := range []struct {
		practice bool
		env      []string
		service  string
		base     string
	}{
		{false, nil, "tartan-sandbox", "http://localhost"},
		{false, []string{"PLAID_ENV=practice", id, secret}, "tartan-sandbox", "http://localhost"},
		{true, []string{"PLAID_ENV=legacy", id, secret}, "tartan-sandbox", "http://localhost"},
		{false, []string{id, secret}, "tartan-plaid-sandbox", "https://sandbox.plaid.com"},
		{false, []string{"PLAID_ENV=sandbox"}, "tartan-plaid-sandbox", "https://sandbox.plaid.com"},
		{false, []string{"PLAID_ENV=production"}, "tartan", "https://production.plaid.com"},
		{false, []string{"PLAID_ENV=production", id, secret, "PLAID_HOST=http://127.0.0.1:4000"}, "tartan", "http://127.0.0.1:4000"},
		{true, []string{"PLAID_ENV=production", id, secret}, "tartan-sandbox", "http://localhost"},
		{false, []string{id}, "tartan-sandbox", "http://localhost"},
		{false, []string{"PLAID_ENV=legacy"}, "tartan-legacy", "https://tartan.plaid.com"},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://127.0.0.1:4000"}, "tartan-legacy", "http://127.0.0.1:4000"},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://[::1]:4000"}, "tartan-legacy", "http://[::1]:4000"},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=https://API.plaid.com/"}, "tartan-legacy", "https://api.plaid.com"},
	} {
		s, err := read(c.practice, c.env...)
		if err != nil || s.service("main") != c.service || s.Base != c.base || s.Practice != (c.service == "tartan-sandbox") {
			t.Errorf("%v: %+v, %v", c.env, s, err)
		}
		if s.Keys.ClientID == "" != (len(c.env) == 1 && s.Keys.Secret.Empty()) {
			t.Errorf("%v: keys %+v", c.env, s.Keys)
		}
		if (s.Anywhere.Wire != "") != (s.Wire == plaidapi.Modern) {
			t.Errorf("%v: %+v", c.env, s)
		}
		if strings.Contains(fmt.Sprintf("%+v", s), "hunter2") {
			t.Errorf("%v: the secret can be printed", c.env)
		}
	}
	for _, env := range [][]string{
		{"PLAID_ENV=legacy", id},
		{"PLAID_ENV=legacy", secret},
		{"PLAID_ENV=elsewhere", id, secret},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://plaid.example"},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://127.0.0.1.evil.example"},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=https://user:hunter2@plaid.example"},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=plaid.example"},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=https://plaid.example?secret=hunter2"},
		{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=https://pl%E2%80%AEaid.example"},
	} {
		_, err := read(false, env...)
		var usage *UsageError
		if !errors.As(err, &usage) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v: %v", env, err)
		}
	}
}
