package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Account is one account of an Item (modern-api §3).
type Account struct {
	ID                  string   `json:"account_id"`
	Name                string   `json:"name"`
	OfficialName        string   `json:"official_name"` // may be empty
	Mask                string   `json:"mask"`          // the last 2 to 4 characters; may be empty
	Type                string   `json:"type"`          // depository, credit, loan, investment, brokerage or other
	Subtype             string   `json:"subtype"`       // "checking", "credit card", …; may be empty
	Balances            Balances `json:"balances"`
	PersistentAccountID string   `json:"persistent_account_id"` // the same in each Item of it, at few banks
	VerificationStatus  string   `json:"verification_status"`
	HolderCategory      string   `json:"holder_category"` // "personal", "business"; may be empty
}

// Balances are what an account holds: owned when positive, but owed when positive for credit and
// loan. Each may be empty. One of the two currencies is set.
type Balances struct {
	Available              Number `json:"available"` // for credit, what is left of the limit
	Current                Number `json:"current"`
	Limit                  Number `json:"limit"`
	ISOCurrencyCode        string `json:"iso_currency_code"`
	UnofficialCurrencyCode string `json:"unofficial_currency_code"`
	LastUpdated            string `json:"last_updated_datetime"`
}

// AccountsRequest names an Item and, if not all are wanted, accounts of it.
type AccountsRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
	Options     AccountsOptions `json:"options,omitempty"`
}

// AccountsOptions choose accounts.
type AccountsOptions struct {
	AccountIDs []string `json:"account_ids,omitempty"`
}

// AccountsReply has an Item's accounts.
type AccountsReply struct {
	Answer
	Accounts []Account `json:"accounts"`
	Item     Item      `json:"item"`
}

// Accounts reads an Item's accounts with the balances that Plaid last saw. It is free.
func (c *Client) Accounts(ctx context.Context, req AccountsRequest) (*AccountsReply, error) {
	return post[AccountsReply](ctx, c, call{path: "accounts/get"}, req)
}

// BalancesRequest asks the bank for balances.
type BalancesRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
	Options     BalancesOptions `json:"options,omitempty"`
}

// BalancesOptions choose accounts, and how old balances may be where a bank cannot be asked at once
// (RFC 3339; Capital One wants it).
type BalancesOptions struct {
	AccountIDs             []string `json:"account_ids,omitempty"`
	MinLastUpdatedDatetime string   `json:"min_last_updated_datetime,omitzero"`
}

// Balances has the bank asked for balances now, which may take 30 seconds and more. Each call is
// billed on paid plans, so it is sent once.
func (c *Client) Balances(ctx context.Context, req BalancesRequest) (*AccountsReply, error) {
	return post[AccountsReply](ctx, c, call{path: "accounts/balance/get", kind: wire.Login}, req)
}

// AuthReply has what other banks need to reach an Item's accounts.
type AuthReply struct {
	Answer
	Accounts []Account `json:"accounts"`
	Item     Item      `json:"item"`
	Numbers  Numbers   `json:"numbers"`
}

// Numbers are account numbers, by the system they count in.
type Numbers struct {
	ACH           []ACHNumbers           `json:"ach"`
	EFT           []EFTNumbers           `json:"eft"`
	International []InternationalNumbers `json:"international"`
	BACS          []BACSNumbers          `json:"bacs"`
}

// ACHNumbers are those of the United States.
type ACHNumbers struct {
	AccountID   string `json:"account_id"`
	Account     string `json:"account"`
	Routing     string `json:"routing"`
	WireRouting string `json:"wire_routing"`                // may be empty
	Tokenized   bool   `json:"is_tokenized_account_number"` // made for this Item, not the one on a cheque
}

// EFTNumbers are those of Canada.
type EFTNumbers struct {
	AccountID   string `json:"account_id"`
	Account     string `json:"account"`
	Institution string `json:"institution"` // three digits
	Branch      string `json:"branch"`      // five digits
}

// InternationalNumbers are those of most of Europe.
type InternationalNumbers struct {
	AccountID string `json:"account_id"`
	IBAN      string `json:"iban"`
	BIC       string `json:"bic"`
}

// BACSNumbers are those of the United Kingdom.
type BACSNumbers struct {
	AccountID string `json:"account_id"`
	Account   string `json:"account"`
	SortCode  string `json:"sort_code"`
}

// Auth reads account numbers. It is billed once an Item on paid plans. Without consent it fails with
// plaidapi.NotShared, without fitting accounts with Unsupported or NotShared.
func (c *Client) Auth(ctx context.Context, req AccountsRequest) (*AuthReply, error) {
	return post[AuthReply](ctx, c, call{path: "auth/get", kind: wire.Fetch}, req)
}
