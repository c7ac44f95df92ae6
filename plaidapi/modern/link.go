package modern

import (
	"context"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// LinkTokenRequest opens a Link session (modern-api §2, §5). Without an AccessToken it adds an Item
// and needs Products; with one it repairs or extends that Item (update mode, §6), and Products must
// be empty.
type LinkTokenRequest struct {
	ClientName   string   `json:"client_name"` // 30 characters at most
	Language     string   `json:"language"`    // "en"
	CountryCodes []string `json:"country_codes"`
	User         LinkUser `json:"user"`

	Products                    []plaidapi.Product `json:"products,omitempty"` // banks without all of them are not offered
	RequiredIfSupportedProducts []plaidapi.Product `json:"required_if_supported_products,omitempty"`
	OptionalProducts            []plaidapi.Product `json:"optional_products,omitempty"`
	AdditionalConsentedProducts []plaidapi.Product `json:"additional_consented_products,omitempty"` // consent only; billed on the first call

	Transactions *LinkTransactions `json:"transactions,omitzero"`
	AccessToken  plaidapi.Secret   `json:"access_token,omitzero"`
	Update       *LinkUpdate       `json:"update,omitzero"`
	HostedLink   *HostedLink       `json:"hosted_link,omitzero"`

	InstitutionID         string          `json:"institution_id,omitzero"` // skips the bank list
	Webhook               string          `json:"webhook,omitzero"`
	RedirectURI           string          `json:"redirect_uri,omitzero"`
	AccountFilters        *AccountFilters `json:"account_filters,omitzero"`
	LinkCustomizationName string          `json:"link_customization_name,omitzero"`
}

// LinkUser is who links. ClientUserID is any name that the app has for them: no e-mail address and
// no phone number, which the service refuses.
type LinkUser struct {
	ClientUserID string `json:"client_user_id"`
}

// LinkTransactions says how much history an Item is to have: 1 to 730 days. It cannot be changed
// later; without it an Item has 90 days for life.
type LinkTransactions struct {
	DaysRequested int `json:"days_requested"`
}

// LinkUpdate says what update mode is to offer.
type LinkUpdate struct {
	AccountSelectionEnabled bool `json:"account_selection_enabled,omitzero"`
}

// HostedLink asks for a page of Plaid's that runs Link. All of it may be empty.
type HostedLink struct {
	CompletionRedirectURI string `json:"completion_redirect_uri,omitzero"` // visited after success and after giving up alike
	URLLifetimeSeconds    int    `json:"url_lifetime_seconds,omitzero"`    // 1,800 when zero
	IsMobileApp           bool   `json:"is_mobile_app,omitzero"`
}

// AccountFilters narrow which accounts can be linked, by subtype; ["all"] is every one of a type.
type AccountFilters struct {
	Depository *AccountFilter `json:"depository,omitzero"`
	Credit     *AccountFilter `json:"credit,omitzero"`
	Loan       *AccountFilter `json:"loan,omitzero"`
	Investment *AccountFilter `json:"investment,omitzero"`
}

// AccountFilter lists subtypes.
type AccountFilter struct {
	Subtypes []string `json:"account_subtypes"`
}

// LinkTokenReply is a Link session that nobody has opened yet.
type LinkTokenReply struct {
	Answer
	LinkToken     plaidapi.Secret `json:"link_token"`
	Expiration    string          `json:"expiration"`
	HostedLinkURL string          `json:"hosted_link_url"` // only with HostedLink
}

// LinkTokenCreate opens a Link session. It makes no Item. It is sent once; a session that nobody
// learned of runs out by itself.
func (c *Client) LinkTokenCreate(ctx context.Context, req LinkTokenRequest) (*LinkTokenReply, error) {
	do := call{path: "link/token/create", kind: wire.Write}
	reply, err := post[LinkTokenReply](ctx, c, do, req)
	if err == nil && reply.LinkToken.Empty() {
		return nil, incomplete(do.op(), reply.Answer, errNothing)
	}
	return reply, err
}

// ExchangeRequest turns what a finished Link session gave into an access token.
type ExchangeRequest struct {
	PublicToken plaidapi.Secret `json:"public_token"`
}

// ExchangeReply is an Item's token.
type ExchangeReply struct {
	Answer
	AccessToken plaidapi.Secret `json:"access_token"`
	ItemID      string          `json:"item_id"`
}

// PublicTokenExchange makes an Item of a public token, which is good for 30 minutes. From then on
// the Item is billed until ItemRemove. It is sent once. When the reply cannot be read, or did not
// come whole, the error may be an *Error with the Token.
func (c *Client) PublicTokenExchange(ctx context.Context, req ExchangeRequest) (*ExchangeReply, error) {
	if req.PublicToken.Empty() {
		return nil, missing("item public_token exchange")
	}
	do := call{path: "item/public_token/exchange", kind: wire.Write, token: "access_token"}
	reply, err := post[ExchangeReply](ctx, c, do, req)
	if err == nil && reply.AccessToken.Empty() {
		return nil, incomplete(do.op(), reply.Answer, errNothing)
	}
	return reply, err
}
