package modern

import (
	"context"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Item is one login at one institution (modern-api §3).
type Item struct {
	ID                string             `json:"item_id"`
	InstitutionID     string             `json:"institution_id"`   // may be empty
	InstitutionName   string             `json:"institution_name"` // may be empty
	Webhook           string             `json:"webhook"`
	Error             *ErrorBody         `json:"error"` // its health: nil when well. A call may fail all the same
	AvailableProducts []plaidapi.Product `json:"available_products"`
	BilledProducts    []plaidapi.Product `json:"billed_products"`
	Products          []plaidapi.Product `json:"products"`
	ConsentedProducts []plaidapi.Product `json:"consented_products"`
	ConsentExpiration string             `json:"consent_expiration_time"` // empty: it does not run out, or nobody knows
	UpdateType        string             `json:"update_type"`             // background or user_present_required
	CreatedAt         string             `json:"created_at"`              // by Client.Item only
}

// TokenRequest names an Item by its token.
type TokenRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
}

// ItemReply is an Item and when it was last fetched.
type ItemReply struct {
	Answer
	Item   Item        `json:"item"`
	Status *ItemStatus `json:"status"`
}

// ItemStatus says when Plaid last fetched from the bank.
type ItemStatus struct {
	Transactions *FetchStatus `json:"transactions"`
	Investments  *FetchStatus `json:"investments"`
}

// FetchStatus has times in RFC 3339; empty for never.
type FetchStatus struct {
	LastSuccessfulUpdate string `json:"last_successful_update"`
	LastFailedUpdate     string `json:"last_failed_update"`
}

// Item reads an Item's health and consent. It is free.
func (c *Client) Item(ctx context.Context, req TokenRequest) (*ItemReply, error) {
	return post[ItemReply](ctx, c, call{path: "item/get"}, req)
}

// ItemRemoveRequest names an Item to be removed.
type ItemRemoveRequest struct {
	AccessToken plaidapi.Secret `json:"access_token"`
	ReasonCode  string          `json:"reason_code,omitzero"`
	ReasonNote  string          `json:"reason_note,omitzero"` // 512 characters at most
}

// ItemRemove ends an Item: its token is dead and it is billed no more. It is sent once. An Item that
// is gone already fails with plaidapi.ItemGone.
func (c *Client) ItemRemove(ctx context.Context, req ItemRemoveRequest) (*Answer, error) {
	return post[Answer](ctx, c, call{path: "item/remove", kind: wire.Write}, req)
}

// InvalidateReply is an Item's new token.
type InvalidateReply struct {
	Answer
	NewAccessToken plaidapi.Secret `json:"new_access_token"`
}

// AccessTokenInvalidate gives an Item a new token; the old one is dead at once. It is sent once: when
// the reply is lost, so is the Item. When it cannot be read, or did not come whole, the error may be
// an *Error with the Token.
func (c *Client) AccessTokenInvalidate(ctx context.Context, req TokenRequest) (*InvalidateReply, error) {
	do := call{path: "item/access_token/invalidate", kind: wire.Write, token: "new_access_token"}
	reply, err := post[InvalidateReply](ctx, c, do, req)
	if err == nil && reply.NewAccessToken.Empty() {
		return nil, incomplete(do.op(), reply.Answer, errNothing)
	}
	return reply, err
}

// WebhookUpdateRequest gives an Item another webhook; an empty one takes it away.
type WebhookUpdateRequest struct {
	AccessToken plaidapi.Secret
	Webhook     string
}

// MarshalJSONTo writes an empty Webhook as null, the one null that the service wants.
func (r WebhookUpdateRequest) MarshalJSONTo(enc *jsontext.Encoder) error {
	var webhook *string
	if r.Webhook != "" {
		webhook = &r.Webhook
	}
	return json.MarshalEncode(enc, struct {
		AccessToken plaidapi.Secret `json:"access_token"`
		Webhook     *string         `json:"webhook"`
	}{r.AccessToken, webhook})
}

// WebhookUpdate changes where Plaid tells of an Item's news. It is sent once.
func (c *Client) WebhookUpdate(ctx context.Context, req WebhookUpdateRequest) (*ItemReply, error) {
	return post[ItemReply](ctx, c, call{path: "item/webhook/update", kind: wire.Write}, req)
}
