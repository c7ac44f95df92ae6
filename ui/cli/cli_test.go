package cli

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		line string
		want Command
	}{
		{"", Command{Name: App}},
		{"--practice", Command{Name: App, Practice: true}},
		{"--transactions 9", Command{Name: App, Transactions: 9}},
		{"version", Command{Name: Version}},
		{"--version", Command{Name: Version}},
		{"help", Command{Name: Help}},
		{"--help", Command{Name: Help}},
		{"practice -h", Command{Name: Help}},
		{"practice", Command{Name: Practice, LegacyAddr: "127.0.0.1:0"}},
		{"practice --legacy-addr 127.0.0.1:4000 --transactions 1000000", Command{Name: Practice, LegacyAddr: "127.0.0.1:4000", Transactions: 1_000_000}},
	} {
		got, err := Parse(strings.Fields(c.line))
		if err != nil || got != c.want {
			t.Errorf("tartan %s: %+v, %v", c.line, got, err)
		}
	}
	for _, line := range []string{"nonsense", "--secret=hunter2", "version more", "practice --transactions 1000001", "--transactions -1", "--transactions x"} {
		_, err := Parse(strings.Fields(line))
		var usage *UsageError
		if !errors.As(err, &usage) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("tartan %s: %v", line, err)
		}
	}
}

func TestReadEnv(t *testing.T) {
	read := func(practice bool, pairs ...string) (Server, error) {
		return ReadEnv(func(name string) string {
			for _, p := range pairs {
				if k, v, _ := strings.Cut(p, "="); k == name {
					return v
				}
			}
			return ""
		}, practice)
	}
	id, secret := "PLAID_CLIENT_ID=id", "PLAID_SECRET=hunter2"
	for _, c := range []struct {
		practice bool
		env      []string
		service  string
		base     string
	}{
		{false, nil, "tartan-sandbox", practiceHost},
		{false, []string{"PLAID_ENV=practice", id, secret}, "tartan-sandbox", practiceHost},
		{true, []string{"PLAID_ENV=legacy", id, secret}, "tartan-sandbox", practiceHost},
		{false, []string{id, secret}, "tartan-legacy", legacyHost},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://127.0.0.1:4000"}, "tartan-legacy", "http://127.0.0.1:4000"},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=http://[::1]:4000"}, "tartan-legacy", "http://[::1]:4000"},
		{false, []string{"PLAID_ENV=legacy", id, secret, "PLAID_HOST=https://API.plaid.com/"}, "tartan-legacy", "https://api.plaid.com"},
	} {
		s, err := read(c.practice, c.env...)
		if err != nil || s.Service != c.service || s.Base != c.base || s.Practice != (c.service == "tartan-sandbox") {
			t.Errorf("%v: %+v, %v", c.env, s, err)
		}
		if strings.Contains(fmt.Sprintf("%+v", s), "hunter2") {
			t.Errorf("%v: the secret can be printed", c.env)
		}
	}
	for _, env := range [][]string{
		{"PLAID_ENV=legacy"},
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
