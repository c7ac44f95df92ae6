package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Holding is what an account has of a security (modern-api §3). Values are in its currency.
type Holding struct {
	AccountID              string `json:"account_id"`
	SecurityID             string `json:"security_id"`
	Quantity               Number `json:"quantity"`
	InstitutionPrice       Number `json:"institution_price"` // of one
	InstitutionPriceAsOf   string `json:"institution_price_as_of"`
	InstitutionValue       Number `json:"institution_value"` // of all
	CostBasis              Number `json:"cost_basis"`        // of all; may be empty
	ISOCurrencyCode        string `json:"iso_currency_code"`
	UnofficialCurrencyCode string `json:"unofficial_currency_code"`
}

// Security is what can be held. All but its ID may be empty.
type Security struct {
	ID                     string `json:"security_id"`
	Name                   string `json:"name"`
	TickerSymbol           string `json:"ticker_symbol"`
	Type                   string `json:"type"` // equity, etf, mutual fund, fixed income, cash, …
	IsCashEquivalent       bool   `json:"is_cash_equivalent"`
	ClosePrice             Number `json:"close_price"`
	ClosePriceAsOf         string `json:"close_price_as_of"`
	ISIN                   string `json:"isin"`  // empty without a licence, as is CUSIP
	CUSIP                  string `json:"cusip"` //
	ISOCurrencyCode        string `json:"iso_currency_code"`
	UnofficialCurrencyCode string `json:"unofficial_currency_code"`
}

// HoldingsReply has what an Item's accounts hold. Join the two lists by SecurityID.
type HoldingsReply struct {
	Answer
	Accounts   []Account  `json:"accounts"`
	Holdings   []Holding  `json:"holdings"`
	Securities []Security `json:"securities"`
	Item       Item       `json:"item"`
}

// Holdings reads what an Item's investment accounts hold. Without such accounts it fails with
// plaidapi.Unsupported, without consent with NotShared.
func (c *Client) Holdings(ctx context.Context, req AccountsRequest) (*HoldingsReply, error) {
	return post[HoldingsReply](ctx, c, call{path: "investments/holdings/get", kind: wire.Fetch}, req)
}

// InvestmentTransactionsRequest asks for trades of some days.
type InvestmentTransactionsRequest struct {
	AccessToken plaidapi.Secret               `json:"access_token"`
	StartDate   plaidapi.Date                 `json:"start_date"`
	EndDate     plaidapi.Date                 `json:"end_date"`
	Options     InvestmentTransactionsOptions `json:"options,omitempty"`
}

// InvestmentTransactionsOptions choose a page of them.
type InvestmentTransactionsOptions struct {
	AccountIDs  []string `json:"account_ids,omitempty"`
	Count       int      `json:"count,omitzero"` // 1 to 500; 100 when zero
	Offset      int      `json:"offset,omitzero"`
	AsyncUpdate bool     `json:"async_update,omitzero"` // plaidapi.NotReady in place of waiting
}

// InvestmentTransactionsReply is a page. It does not say whether more follow: page by Offset until
// Total.
type InvestmentTransactionsReply struct {
	Answer
	Accounts     []Account               `json:"accounts"`
	Transactions []InvestmentTransaction `json:"investment_transactions"`
	Securities   []Security              `json:"securities"`
	Total        int                     `json:"total_investment_transactions"`
	Item         Item                    `json:"item"`
}

// InvestmentTransaction is a trade, a dividend or a fee. A positive amount left the account's cash; a
// positive quantity came into it.
type InvestmentTransaction struct {
	ID                     string `json:"investment_transaction_id"`
	AccountID              string `json:"account_id"`
	SecurityID             string `json:"security_id"` // may be empty
	Date                   string `json:"date"`
	Name                   string `json:"name"`
	Quantity               Number `json:"quantity"`
	Amount                 Number `json:"amount"`
	Price                  Number `json:"price"`
	Fees                   Number `json:"fees"`
	Type                   string `json:"type"` // buy, sell, cash, fee, transfer, cancel
	Subtype                string `json:"subtype"`
	ISOCurrencyCode        string `json:"iso_currency_code"`
	UnofficialCurrencyCode string `json:"unofficial_currency_code"`
}

// InvestmentTransactions reads a page of trades. It fails as Holdings does.
func (c *Client) InvestmentTransactions(ctx context.Context, req InvestmentTransactionsRequest) (*InvestmentTransactionsReply, error) {
	return post[InvestmentTransactionsReply](ctx, c, call{path: "investments/transactions/get", kind: wire.Fetch}, req)
}
