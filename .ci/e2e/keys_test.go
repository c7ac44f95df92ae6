package e2e

import (
	"strings"
	"testing"
)

// Without API keys in the environment the app opens and asks for them.
func TestKeysAreAskedFor(t *testing.T) {
	url, _ := serve(t)
	desk := NewDesk(t, Unlocked)
	env := []string{"PLAID_ENV=legacy", "PLAID_HOST=" + url}
	term := desk.Start(t, ends[0], env...)
	term.Wait(`(?i)client.id`)
	term.Type("test_id\n")
	term.Type("test_secret\n")
	if screen := term.Wait(`choose|1/4`); strings.Contains(screen, "test_secret") {
		t.Errorf("the secret is shown:\n%s", screen)
	}
	linkWells(term)
	leave(t, term)

	term = desk.Start(t, ends[0], env...)
	term.Wait(`Plaid Savings`)
	term.Wait(`synced`)
	leave(t, term)
}
