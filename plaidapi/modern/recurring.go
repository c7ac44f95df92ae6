package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// RecurringRequest asks for what comes back on an Item's accounts, or on some of them.
type RecurringRequest struct {
	AccessToken plaidapi.Secret  `json:"access_token"`
	AccountIDs  []string         `json:"account_ids,omitempty"`
	Options     RecurringOptions `json:"options,omitempty"`
}

// RecurringOptions choose the categories' version.
type RecurringOptions struct {
	PersonalFinanceCategoryVersion string `json:"personal_finance_category_version,omitzero"`
}

// RecurringReply has the streams of an Item.
type RecurringReply struct {
	Answer
	InflowStreams  []Stream `json:"inflow_streams"`
	OutflowStreams []Stream `json:"outflow_streams"`
	Updated        string   `json:"updated_datetime"`
}

// Stream is a series of transactions that come back (modern-api §3). Amounts have the sign of a
// transaction's.
type Stream struct {
	ID             string           `json:"stream_id"`
	AccountID      string           `json:"account_id"`
	Description    string           `json:"description"`
	MerchantName   string           `json:"merchant_name"` // may be empty
	FirstDate      string           `json:"first_date"`
	LastDate       string           `json:"last_date"`
	PredictedNext  string           `json:"predicted_next_date"`
	Frequency      string           `json:"frequency"` // UNKNOWN, WEEKLY, BIWEEKLY, SEMI_MONTHLY, MONTHLY or ANNUALLY
	TransactionIDs []string         `json:"transaction_ids"`
	AverageAmount  StreamAmount     `json:"average_amount"`
	LastAmount     StreamAmount     `json:"last_amount"`
	Active         bool             `json:"is_active"`
	Status         string           `json:"status"` // UNKNOWN, MATURE, EARLY_DETECTION or TOMBSTONED
	Category       *FinanceCategory `json:"personal_finance_category"`
}

// StreamAmount is an amount and its currency.
type StreamAmount struct {
	Amount                 Number `json:"amount"`
	ISOCurrencyCode        string `json:"iso_currency_code"`
	UnofficialCurrencyCode string `json:"unofficial_currency_code"`
}

// Recurring reads the streams of an Item. Few plans have it: plaidapi.NotAllowed.
func (c *Client) Recurring(ctx context.Context, req RecurringRequest) (*RecurringReply, error) {
	return post[RecurringReply](ctx, c, call{path: "transactions/recurring/get", kind: wire.Fetch}, req)
}
