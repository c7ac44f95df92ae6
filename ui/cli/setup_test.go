package cli

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPrepareFoldersAndServices(t *testing.T) {
	system := Places{Data: "/home/me/share", Config: t.TempDir()}
	id, secret := "PLAID_CLIENT_ID=id", "PLAID_SECRET=hunter2"
	for _, c := range []struct {
		flags        string
		env          []string
		dir, service string
		name         string
	}{
		{"", nil, "/home/me/share/tartan/practice/main", "tartan-sandbox", "practice bank"},
		{"--profile work", nil, "/home/me/share/tartan/practice/work", "tartan-sandbox@work", "practice bank, work"},
		{"--profile main", []string{"TARTAN_PROFILE=work"}, "/home/me/share/tartan/practice/main", "tartan-sandbox", "practice bank"},
		{"", []string{"TARTAN_PROFILE=Work"}, "/home/me/share/tartan/practice/work", "tartan-sandbox@work", "practice bank, work"},
		{"--practice", []string{id, secret, "TARTAN_DATA_DIR=/d/"}, "/d/practice/main", "tartan-sandbox", "practice bank"},
		{"", []string{id, secret, "TARTAN_DATA_DIR=/d"}, "/d/sandbox/main", "tartan-plaid-sandbox", "Plaid sandbox"},
		{"", []string{"PLAID_ENV=production", "TARTAN_DATA_DIR=/d"}, "/d/production/main", "tartan", "Plaid"},
		{
			"--profile b",
			[]string{"PLAID_ENV=production", "PLAID_HOST=http://127.0.0.1:4000", "TARTAN_DATA_DIR=/d"},
			"/d/production-52791ec3/b", "tartan@b", "Plaid at 127.0.0.1:4000, b",
		},
		{"", []string{"PLAID_ENV=legacy", "PLAID_HOST=https://TARTAN.plaid.com/"}, "/home/me/share/tartan/legacy/main", "tartan-legacy", "legacy API at tartan.plaid.com"},
		{
			"--profile a",
			[]string{"PLAID_ENV=legacy", "PLAID_HOST=http://127.0.0.1:4000"},
			"/home/me/share/tartan/legacy-52791ec3/a", "tartan-legacy@a", "legacy API at 127.0.0.1:4000, a",
		},
	} {
		command, err := Parse(strings.Fields(c.flags))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Prepare(command, environment(c.env...), system)
		if err != nil || filepath.ToSlash(s.Dir) != c.dir || s.Service != c.service || s.Name != c.name {
			t.Errorf("%s %v: %s, %s, %s, %v", c.flags, c.env, s.Dir, s.Service, s.Name, err)
		}
	}
}

// TestNoTwoServersShareAFolder: not even where one's address begins like another's.
func TestNoTwoServersShareAFolder(t *testing.T) {
	folders, services := map[string]string{}, map[string]string{}
	for _, kind := range []string{"practice", "legacy", "sandbox", "production"} {
		for _, host := range []string{"", "https://api.plaid.com", "https://api.plaid.com/v1", "http://localhost", "https://localhost", "http://localhost:1"} {
			for _, profile := range []string{"main", "work"} {
				if kind == "practice" && host != "" {
					continue
				}
				env := environment("PLAID_ENV="+kind, "PLAID_HOST="+host, "TARTAN_PROFILE="+profile)
				s, err := Prepare(Command{}, env, Places{"/data", t.TempDir()})
				if err != nil {
					t.Fatal(err)
				}
				if other, taken := folders[s.Dir]; taken {
					t.Errorf("%s of %s %s is that of %s too", s.Dir, kind, host, other)
				}
				folders[s.Dir] = kind + " " + host
				if other, taken := services[s.Service]; taken && other != kind+" "+profile {
					t.Errorf("%s of %s is that of %s too", s.Service, kind, other)
				}
				services[s.Service] = kind + " " + profile
			}
		}
	}
}

func TestPrepareSources(t *testing.T) {
	config := t.TempDir()
	write(t, config, "profiles/work.toml", `lock_after = "never"`)
	env := environment("TARTAN_CONFIG_DIR="+config, "TARTAN_PROFILE=work", "TARTAN_PASSPHRASE_FILE=/run/pass", "CREDENTIALS_DIRECTORY=/run/cred")
	s, err := Prepare(Command{}, env, Places{"/data", t.TempDir()})
	if err != nil || s.PassphraseFile != "/run/pass" || s.CredentialsDir != "/run/cred" || s.LockAfter != 0 || !s.Mouse {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = Prepare(Command{Profile: "main"}, env, Places{"/data", t.TempDir()})
	if err != nil || s.LockAfter != 10*time.Minute {
		t.Errorf("the flag does not overrule the variable: %+v, %v", s, err)
	}
}

func TestPrepareRefuses(t *testing.T) {
	for _, env := range []string{
		"TARTAN_PROFILE=../up", "TARTAN_PROFILE=a b", "TARTAN_DATA_DIR=here", "TARTAN_CONFIG_DIR=~/tartan", "PLAID_ENV=moon",
	} {
		_, err := Prepare(Command{}, environment(env), Places{"/data", t.TempDir()})
		var usage *UsageError
		_, value, _ := strings.Cut(env, "=")
		if !errors.As(err, &usage) || strings.Contains(err.Error(), value) {
			t.Errorf("%s: %v", env, err)
		}
	}
	if _, err := Prepare(Command{}, environment(), Places{"", t.TempDir()}); err == nil {
		t.Error("a system without a home folder is taken")
	}
}
