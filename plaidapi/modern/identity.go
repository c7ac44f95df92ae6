package modern

import (
	"context"

	"tartan/plaidapi/internal/wire"
)

// IdentityReply has who owns an Item's accounts.
type IdentityReply struct {
	Answer
	Accounts []OwnedAccount `json:"accounts"`
	Item     Item           `json:"item"`
}

// OwnedAccount is an account and its owners.
type OwnedAccount struct {
	Account
	Owners []Owner `json:"owners"`
}

// Owner is a person as the bank knows them.
type Owner struct {
	Names        []string  `json:"names"`
	PhoneNumbers []Contact `json:"phone_numbers"`
	Emails       []Contact `json:"emails"`
	Addresses    []Address `json:"addresses"`
}

// Contact is a phone number or an e-mail address.
type Contact struct {
	Data    string `json:"data"`
	Primary bool   `json:"primary"`
	Type    string `json:"type"` // "home", "mobile", "primary", …
}

// Address is where an owner lives.
type Address struct {
	Data    AddressData `json:"data"`
	Primary bool        `json:"primary"`
}

// AddressData is an address in parts; all but the street may be empty.
type AddressData struct {
	Street     string `json:"street"`
	City       string `json:"city"`
	Region     string `json:"region"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
}

// Identity reads who owns an Item's accounts. It is billed once an Item on paid plans. Without
// consent it fails with plaidapi.NotShared.
func (c *Client) Identity(ctx context.Context, req AccountsRequest) (*IdentityReply, error) {
	return post[IdentityReply](ctx, c, call{path: "identity/get", kind: wire.Fetch}, req)
}
