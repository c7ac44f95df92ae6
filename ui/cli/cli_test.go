package cli

import (
	"errors"
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
		{"--ascii --hide --no-color", Command{Name: App, ASCII: true, Hide: true, NoColour: true}},
		{"--transactions 9", Command{Name: App, Transactions: 9}},
		{"--profile Work-2_b", Command{Name: App, Profile: "work-2_b"}},
		{"version", Command{Name: Version}},
		{"--version", Command{Name: Version}},
		{"help", Command{Name: Help}},
		{"--help", Command{Name: Help}},
		{"practice -h", Command{Name: Help}},
		{"practice", Command{Name: Practice, LegacyAddr: "127.0.0.1:0"}},
		{"practice --legacy-addr 127.0.0.1:4000 --transactions 1000000", Command{Name: Practice, LegacyAddr: "127.0.0.1:4000", Transactions: 1_000_000}},
		{"practice --modern-addr 127.0.0.1:0", Command{Name: Practice, LegacyAddr: "127.0.0.1:0", ModernAddr: "127.0.0.1:0"}},
	} {
		got, err := Parse(strings.Fields(c.line))
		if err != nil || got != c.want {
			t.Errorf("tartan %s: %+v, %v", c.line, got, err)
		}
	}
	for _, line := range []string{
		"nonsense", "version more", "practice --transactions 1000001", "--transactions -1", "--transactions x",
		"--profile a/b", "--profile=", "--profile=..", "--profile=é", "--profile " + strings.Repeat("a", 33), "--profile", "version --profile a",
	} {
		_, err := Parse(strings.Fields(line))
		var usage *UsageError
		if !errors.As(err, &usage) || strings.Contains(err.Error(), "a/b") {
			t.Errorf("tartan %s: %v", line, err)
		}
	}
}

func TestSecretsAreNoFlags(t *testing.T) {
	for _, line := range []string{
		"--secret=hunter2", "--secret hunter2", "-secret hunter2", "--password hunter2", "--Passphrase=hunter2", "--access-token=hunter2",
		"--client-id hunter2", "--client_id=hunter2", "--pin=hunter2", "--api-key hunter2", "practice --plaid-secret hunter2", "--practice --user-pass hunter2",
	} {
		_, err := Parse(strings.Fields(line))
		var usage *UsageError
		if !errors.As(err, &usage) || !strings.HasPrefix(err.Error(), "Secrets are never given as flags") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("tartan %s: %v", line, err)
		}
	}
	if _, err := Parse([]string{"--pinned"}); err == nil || strings.HasPrefix(err.Error(), "Secrets") {
		t.Errorf("an unknown flag that is no secret: %v", err)
	}
}
