package modern_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

// FuzzReplies gives any body to the calls that matter most: none may panic, no token may be one that
// is not the body's own, and what is shown is harmless.
func FuzzReplies(f *testing.F) {
	for _, body := range []string{
		`{"access_token":"t","item_id":"I"}`, sessions(dead, done).body, sessions(left).body, news("c", true, "t1", "t2").body, created,
		`{"accounts":[` + checking + `,` + card + `],"item":` + itemJSON + `}`, `{"access_token":"a","access_token":"b"}`, `{"added":[{}]}`, "", "\xff", `[`,
	} {
		f.Add(false, body)
		f.Add(true, body)
	}
	f.Add(true, failing("ITEM_ERROR", "ITEM_LOCKED").body)
	f.Fuzz(func(t *testing.T, refused bool, body string) {
		status := 200
		if refused {
			status = 400 // others are tried again, after pauses
		}
		c := dial(t, transport(func(*http.Request) (*http.Response, error) { return respond(answer{status: status, body: body}) }))
		b := modern.NewBank(c, modern.BankOptions{})
		ctx := t.Context()
		reply, err := c.PublicTokenExchange(ctx, modern.ExchangeRequest{PublicToken: secret("p")})
		var e *modern.Error
		switch {
		case err == nil:
			ownToken(t, body, reply.AccessToken)
		case errors.As(err, &e) && !e.Token.Empty():
			if !strings.Contains(body, "access_token") {
				t.Errorf("a token out of %q", body)
			}
		}
		step, err := b.Answer(ctx, plaidapi.Step{Pending: secret("l"), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser}}, nil)
		if err == nil && step.Challenge.Kind == plaidapi.Linked {
			t.Error("linked by looking")
		}
		for _, h := range step.Challenge.Progress {
			harmless(t, h.Bank, h.Code, h.BankText)
		}
		changes, _ := b.Sync(ctx, linked, token, "c")
		for _, row := range changes.Added {
			harmless(t, row.Name, row.BankText, row.Place.City, row.Channel, string(row.Amount.Currency()))
			harmless(t, row.Category.Path...)
		}
		all, _ := b.Accounts(ctx, linked, token)
		for _, a := range all {
			harmless(t, a.Name, a.OfficialName, a.Mask, a.Subtype)
		}
		_, err = b.Begin(ctx, plaidapi.LinkRequest{})
		var general *plaidapi.Error
		if errors.As(err, &general) {
			harmless(t, general.Error(), general.BankText, general.Code, general.RequestID)
		}
		_, _ = b.Liabilities(ctx, linked, token)
		_, _ = b.Condition(ctx, linked, token)
	})
}

// ownToken holds a token to what another decoder finds in the body. Of equal names the first counts
// here and the last there.
func ownToken(t *testing.T, body string, got plaidapi.Secret) {
	t.Helper()
	var want struct {
		Token string `json:"access_token"`
	}
	if strings.Count(body, "access_token") != 1 || strings.Contains(body, `\`) || json.Unmarshal([]byte(body), &want) != nil {
		return
	}
	if got.Reveal() != want.Token {
		t.Errorf("token %q of %q", got.Reveal(), body)
	}
}

// harmless holds texts to what a terminal may be given.
func harmless(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e }) {
			t.Errorf("%q is shown", s)
		}
	}
}
