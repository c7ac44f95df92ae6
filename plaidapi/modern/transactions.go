package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Transaction is one movement (modern-api §3). A positive amount left the account.
type Transaction struct {
	ID                     string           `json:"transaction_id"`
	AccountID              string           `json:"account_id"`
	Amount                 Number           `json:"amount"`
	ISOCurrencyCode        string           `json:"iso_currency_code"` // one of the two is set
	UnofficialCurrencyCode string           `json:"unofficial_currency_code"`
	Date                   string           `json:"date"` // it posted; while pending: it occurred
	AuthorizedDate         string           `json:"authorized_date"`
	Datetime               string           `json:"datetime"`
	AuthorizedDatetime     string           `json:"authorized_datetime"`
	Name                   string           `json:"name"`
	MerchantName           string           `json:"merchant_name"`
	MerchantEntityID       string           `json:"merchant_entity_id"`
	OriginalDescription    string           `json:"original_description"` // only on request
	Pending                bool             `json:"pending"`
	PendingTransactionID   string           `json:"pending_transaction_id"` // posted: the pending one that this replaced
	PaymentChannel         string           `json:"payment_channel"`        // online, in store or other
	Location               Location         `json:"location"`
	CheckNumber            string           `json:"check_number"`
	LogoURL                string           `json:"logo_url"`
	Website                string           `json:"website"`
	Counterparties         []Counterparty   `json:"counterparties"`
	Category               *FinanceCategory `json:"personal_finance_category"`
	TransactionCode        string           `json:"transaction_code"`
	AccountOwner           string           `json:"account_owner"`
	LegacyCategory         []string         `json:"category"` // of old, as is the ID; both may be missing
	LegacyCategoryID       string           `json:"category_id"`
}

// Location is where a transaction happened, as far as is known.
type Location struct {
	Address     string `json:"address"`
	City        string `json:"city"`
	Region      string `json:"region"`
	PostalCode  string `json:"postal_code"`
	Country     string `json:"country"`
	StoreNumber string `json:"store_number"`
	Lat         Number `json:"lat"` // degrees
	Lon         Number `json:"lon"`
}

// Counterparty is who was paid, or through whom.
type Counterparty struct {
	Name            string `json:"name"`
	Type            string `json:"type"` // merchant, marketplace, financial_institution, …
	EntityID        string `json:"entity_id"`
	ConfidenceLevel string `json:"confidence_level"`
}

// FinanceCategory is a personal finance category by its keys; CategoryOf has the words.
type FinanceCategory struct {
	Primary         string `json:"primary"`  // "FOOD_AND_DRINK"
	Detailed        string `json:"detailed"` // "FOOD_AND_DRINK_COFFEE"; unique
	ConfidenceLevel string `json:"confidence_level"`
	Version         string `json:"version"` // "v1" or "v2"
}

// SyncRequest asks for what is new since a cursor; an empty one is the beginning of time.
type SyncRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
	Cursor      string          `json:"cursor,omitzero"` // good for a year; of one Item
	Count       int             `json:"count,omitzero"`  // 1 to 500; 100 when zero
	Options     SyncOptions     `json:"options,omitempty"`
}

// SyncOptions say what to tell of each transaction.
type SyncOptions struct {
	IncludeOriginalDescription     bool   `json:"include_original_description,omitzero"`
	PersonalFinanceCategoryVersion string `json:"personal_finance_category_version,omitzero"` // "v1" or "v2"
	DaysRequested                  int    `json:"days_requested,omitzero"`                    // of no effect on an Item that Link made
	AccountID                      string `json:"account_id,omitzero"`                        // such cursors are of one account
}

// SyncReply is a page of news (modern-api §7). A round of pages counts as a whole: apply it once
// HasMore is false, and keep its NextCursor with it.
type SyncReply struct {
	Answer
	Added        []Transaction        `json:"added"`
	Modified     []Transaction        `json:"modified"` // whole, not only what changed
	Removed      []RemovedTransaction `json:"removed"`
	NextCursor   string               `json:"next_cursor"`
	HasMore      bool                 `json:"has_more"`
	UpdateStatus string               `json:"transactions_update_status"`
	Accounts     []Account            `json:"accounts"` // no roster: see Client.Accounts
}

// The update statuses that mean something: no rows at NotReady means "not yet".
const (
	NotReady        = "NOT_READY"
	InitialComplete = "INITIAL_UPDATE_COMPLETE" // about 30 days are there
)

// RemovedTransaction is one that is no more.
type RemovedTransaction struct {
	ID        string `json:"transaction_id"`
	AccountID string `json:"account_id"`
}

// TransactionsSync reads a page of news. When the data changed since the page before, it fails with
// the code TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: begin the round again, at the cursor that it
// began with. The first call of an Item may take long.
func (c *Client) TransactionsSync(ctx context.Context, req SyncRequest) (*SyncReply, error) {
	do := call{path: "transactions/sync"}
	if req.Cursor == "" {
		do.kind = wire.Fetch
	}
	return post[SyncReply](ctx, c, do, req)
}

// TransactionsRequest asks for the transactions of some days.
type TransactionsRequest struct {
	AccessToken plaidapi.Secret     `json:"access_token"`
	StartDate   plaidapi.Date       `json:"start_date"`
	EndDate     plaidapi.Date       `json:"end_date"`
	Options     TransactionsOptions `json:"options,omitempty"`
}

// TransactionsOptions choose a page of them.
type TransactionsOptions struct {
	AccountIDs                     []string `json:"account_ids,omitempty"`
	Count                          int      `json:"count,omitzero"` // 1 to 500; 100 when zero
	Offset                         int      `json:"offset,omitzero"`
	IncludeOriginalDescription     bool     `json:"include_original_description,omitzero"`
	PersonalFinanceCategoryVersion string   `json:"personal_finance_category_version,omitzero"`
}

// TransactionsReply is a page, newest first. Page by Offset until TotalTransactions.
type TransactionsReply struct {
	Answer
	Accounts          []Account     `json:"accounts"`
	Transactions      []Transaction `json:"transactions"`
	TotalTransactions int           `json:"total_transactions"`
	Item              Item          `json:"item"`
}

// Transactions reads a page of the transactions of some days. An Item that was linked just now may
// fail with plaidapi.NotReady.
func (c *Client) Transactions(ctx context.Context, req TransactionsRequest) (*TransactionsReply, error) {
	return post[TransactionsReply](ctx, c, call{path: "transactions/get", kind: wire.Fetch}, req)
}

// TransactionsRefresh has Plaid fetch from the bank now; the news come by a later sync. Each call is
// billed on paid plans, so it is sent once. Two a minute are allowed.
func (c *Client) TransactionsRefresh(ctx context.Context, req TokenRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "transactions/refresh", kind: wire.Login}, req)
}
