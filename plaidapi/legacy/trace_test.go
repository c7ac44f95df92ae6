package legacy_test

import (
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// Each try is told, with a purpose that people can read and the size of its answer.
func TestTraceTellsThePurpose(t *testing.T) {
	var told []legacy.Try
	_, c := practice(t, sandbox.Options{}, legacy.Trace(func(try legacy.Try) { told = append(told, try) }))
	ctx, token := t.Context(), secret("test_wells")
	_, _ = c.InstitutionSearch(ctx, legacy.SearchRequest{Query: "chase"})
	_, _ = c.Categories(ctx)
	_, _ = c.Connect.Add(ctx, good("wells"))
	_, _ = c.Connect.Step(ctx, legacy.StepRequest{Token: token})
	_, _ = c.Connect.Update(ctx, legacy.UpdateRequest{Token: token})
	_, _ = c.Connect.Get(ctx, legacy.GetRequest{Token: token})
	_, _ = c.Auth.Get(ctx, legacy.GetRequest{Token: token})
	_, _ = c.Balance(ctx, legacy.TokenRequest{Token: token})
	_, _ = c.Upgrade(ctx, legacy.UpgradeRequest{Token: token, To: plaidapi.Auth})
	_, _ = c.Connect.Delete(ctx, legacy.TokenRequest{Token: token})
	want := []string{
		"find banks", "read the list of categories", "sign in", "answer a bank's question", "sign in",
		"read transactions", "read accounts", "read balances", "change a link", "end a link",
	}
	if len(told) != len(want) {
		t.Fatalf("%d tries were told", len(told))
	}
	for i, try := range told {
		if try.Purpose() != want[i] || try.Size == 0 || try.Host == "" {
			t.Errorf("%q is told as %q, %d bytes from %q, want %q", try.Op, try.Purpose(), try.Size, try.Host, want[i])
		}
	}
}
