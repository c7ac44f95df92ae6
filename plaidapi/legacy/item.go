package legacy

import (
	"context"
	"net/http"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Balance fetches the accounts with live balances, without Numbers (legacy-api §2.7). Every Item
// has it. It is sent as POST: plaid-python's GET carries a body, which proxies may drop.
func (c *Client) Balance(ctx context.Context, req TokenRequest) (*Reply, error) {
	return c.reply(ctx, call{
		op: "balance", stage: reading, kind: wire.Read, method: http.MethodPost, path: []string{"balance"},
		body: keyed(req),
	})
}

// UpgradeRequest enables a further product for an Item (legacy-api §2.8).
type UpgradeRequest struct {
	Token   plaidapi.Secret  `json:"access_token,omitzero"`
	To      plaidapi.Product `json:"upgrade_to,omitzero"`
	Options UpdateOptions    `json:"options,omitzero"`
}

// Upgrade enables a product. The Reply has that product's data, or an MFA challenge for
// UpgradeStep. It is sent once.
func (c *Client) Upgrade(ctx context.Context, req UpgradeRequest) (*Reply, error) {
	return c.reply(ctx, call{
		op: "upgrade", stage: reading, kind: wire.Login, method: http.MethodPost, path: []string{"upgrade"},
		body: keyed(req),
	})
}

// UpgradeStep answers an MFA challenge of Upgrade. It is sent once.
func (c *Client) UpgradeStep(ctx context.Context, req StepRequest) (*Reply, error) {
	return c.reply(ctx, call{
		op: "upgrade step", stage: stepping, kind: wire.Login,
		method: http.MethodPost, path: []string{"upgrade", "step"}, body: keyed(req.body()),
	})
}

// ExchangeRequest turns a public token of Plaid Link into an access token (legacy-api §2.9).
type ExchangeRequest struct {
	PublicToken plaidapi.Secret `json:"public_token,omitzero"`
	AccountID   string          `json:"account_id,omitzero"` // for a bank account token as well
}

// ExchangeReply holds the token. The other tokens come only with an AccountID, and only for keys
// that are set up for a payment processor.
type ExchangeReply struct {
	Answer                 `json:"-"`
	Sandbox                bool            `json:"sandbox"` // test keys
	AccessToken            plaidapi.Secret `json:"access_token"`
	AccountID              string          `json:"account_id"`
	StripeBankAccountToken plaidapi.Secret `json:"stripe_bank_account_token"`
	ProcessorToken         plaidapi.Secret `json:"processor_token"`
}

// ExchangeToken exchanges a public token. It is sent once.
func (c *Client) ExchangeToken(ctx context.Context, req ExchangeRequest) (*ExchangeReply, error) {
	out := &ExchangeReply{}
	err := c.send(ctx, call{
		op: "exchange token", stage: linking, kind: wire.Write, method: http.MethodPost, path: []string{"exchange_token"},
		body: keyed(req),
	}, out, nil)
	if err != nil {
		return nil, err
	}
	return out, nil
}
