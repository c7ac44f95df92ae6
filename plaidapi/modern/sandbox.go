package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// The calls of this file work in the sandbox alone (modern-api §10); elsewhere they fail with
// plaidapi.Unsupported. All are sent once.

// SandboxPublicTokenRequest makes a public token without Link.
type SandboxPublicTokenRequest struct {
	InstitutionID   string                    `json:"institution_id"`
	InitialProducts []plaidapi.Product        `json:"initial_products"`
	Options         SandboxPublicTokenOptions `json:"options,omitempty"`
}

// SandboxPublicTokenOptions choose the invented person; user_good and pass_good when empty.
type SandboxPublicTokenOptions struct {
	Webhook          string            `json:"webhook,omitzero"`
	OverrideUsername string            `json:"override_username,omitzero"`
	OverridePassword string            `json:"override_password,omitzero"`
	Transactions     *LinkTransactions `json:"transactions,omitzero"`
}

// SandboxPublicTokenReply is a public token, to be exchanged.
type SandboxPublicTokenReply struct {
	Answer
	PublicToken plaidapi.Secret `json:"public_token"`
}

// SandboxPublicToken makes a public token without Link.
func (c *Client) SandboxPublicToken(ctx context.Context, req SandboxPublicTokenRequest) (*SandboxPublicTokenReply, error) {
	return post[SandboxPublicTokenReply](ctx, c, call{path: "sandbox/public_token/create", kind: wire.Write}, req)
}

// SandboxResetLogin has an Item want a new sign-in, until update mode gives it one.
func (c *Client) SandboxResetLogin(ctx context.Context, req TokenRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "sandbox/item/reset_login", kind: wire.Write}, req)
}

// SandboxWebhookRequest names a webhook to be sent: "SYNC_UPDATES_AVAILABLE" and so on.
type SandboxWebhookRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
	WebhookCode string          `json:"webhook_code"`
	WebhookType string          `json:"webhook_type,omitzero"`
}

// SandboxFireWebhook has a webhook of an Item sent.
func (c *Client) SandboxFireWebhook(ctx context.Context, req SandboxWebhookRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "sandbox/item/fire_webhook", kind: wire.Write}, req)
}

// SandboxTransactionsRequest makes up to ten transactions, for user_transactions_dynamic only.
type SandboxTransactionsRequest struct {
	AccessToken  plaidapi.Secret      `json:"access_token"`
	Transactions []SandboxTransaction `json:"transactions"`
}

// SandboxTransaction is a transaction to be made. Its days are among the last 14. A positive amount
// leaves the account.
type SandboxTransaction struct {
	DateTransacted  plaidapi.Date `json:"date_transacted"`
	DatePosted      plaidapi.Date `json:"date_posted"`
	Amount          Number        `json:"amount"`
	Description     string        `json:"description"`
	ISOCurrencyCode string        `json:"iso_currency_code,omitzero"`
}

// SandboxTransactions makes transactions.
func (c *Client) SandboxTransactions(ctx context.Context, req SandboxTransactionsRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "sandbox/transactions/create", kind: wire.Write}, req)
}

// SandboxVerificationRequest sets how far the verification of an account has come.
type SandboxVerificationRequest struct {
	AccessToken        plaidapi.Secret `json:"access_token"`
	AccountID          string          `json:"account_id"`
	VerificationStatus string          `json:"verification_status"` // "automatically_verified", "verification_expired"
}

// SandboxVerificationStatus sets how far the verification of an account has come.
func (c *Client) SandboxVerificationStatus(ctx context.Context, req SandboxVerificationRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "sandbox/item/set_verification_status", kind: wire.Write}, req)
}
