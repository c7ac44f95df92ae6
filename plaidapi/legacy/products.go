package legacy

import (
	"context"
	"net/http"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Resource is one product of the API: connect, auth, info, income or risk. All five have the same
// calls and differ in what a Reply holds (legacy-api §2.2).
type Resource struct {
	client  *Client
	product plaidapi.Product
}

// Product is the resource of that name: Product(plaidapi.Auth) is Auth.
func (c *Client) Product(p plaidapi.Product) Resource { return Resource{c, p} }

// AddRequest signs a person in at an institution (legacy-api §2.2).
type AddRequest struct {
	Type     string          `json:"type"` // the institution's: "bofa", or a number from the long tail
	Username plaidapi.Secret `json:"username,omitzero"`
	Password plaidapi.Secret `json:"password,omitzero"`
	PIN      plaidapi.Secret `json:"pin,omitzero"` // only where the institution asks for one
	Options  AddOptions      `json:"options,omitzero"`
}

// AddOptions are those of Add. The last six are for connect only. Dates are YYYY-MM-DD,
// mm/dd/yyyy or such as "30 days ago".
type AddOptions struct {
	List    bool   `json:"list,omitzero"`    // let the person choose where a code is sent
	Webhook string `json:"webhook,omitzero"` // told of new data

	LoginOnly                  bool   `json:"login_only,omitzero"` // do not wait for transactions
	Pending                    bool   `json:"pending,omitzero"`    // pending transactions too
	StartDate                  string `json:"start_date,omitzero"`
	EndDate                    string `json:"end_date,omitzero"`
	Account                    string `json:"account,omitzero"` // transactions of this account only
	IncludeOriginalDescription bool   `json:"include_original_description,omitzero"`
}

// Add signs in. The Reply has the data, or an MFA challenge for Step. It is sent once.
func (r Resource) Add(ctx context.Context, req AddRequest) (*Reply, error) {
	return r.login(ctx, linking, http.MethodPost, "add", keyed(req))
}

// Step answers an MFA challenge of Add, or says where to send a code. It is sent once.
func (r Resource) Step(ctx context.Context, req StepRequest) (*Reply, error) {
	return r.login(ctx, stepping, http.MethodPost, "step", keyed(req.body()), "step")
}

// GetRequest fetches what an Item holds now (legacy-api §2.4).
type GetRequest struct {
	Token   plaidapi.Secret `json:"access_token,omitzero"`
	Options GetOptions      `json:"options,omitzero"`
}

// GetOptions restrict the transactions of connect; other products have no options. Bounds are
// inclusive and written as in AddOptions; the documented window without them is 30 days.
type GetOptions struct {
	Pending                    bool   `json:"pending,omitzero"`
	Account                    string `json:"account,omitzero"`
	GTE                        string `json:"gte,omitzero"`
	LTE                        string `json:"lte,omitzero"`
	Last                       int    `json:"last,omitzero"` // days
	IncludeOriginalDescription bool   `json:"include_original_description,omitzero"`
}

// Get fetches the current data. A reply of over 32 MiB fails with ErrTooLarge: ask for fewer days.
func (r Resource) Get(ctx context.Context, req GetRequest) (*Reply, error) {
	return r.client.reply(ctx, call{
		op: string(r.product) + " get", stage: reading, kind: wire.Read,
		method: http.MethodPost, path: []string{string(r.product), "get"},
		body: keyed(req),
	})
}

// UpdateRequest gives an Item new credentials, or only a new webhook (legacy-api §2.5). The user
// name must be the one that the Item was added with.
type UpdateRequest struct {
	Token    plaidapi.Secret `json:"access_token,omitzero"`
	Username plaidapi.Secret `json:"username,omitzero"`
	Password plaidapi.Secret `json:"password,omitzero"`
	PIN      plaidapi.Secret `json:"pin,omitzero"`
	Options  UpdateOptions   `json:"options,omitzero"`
}

// UpdateOptions are those of Update and Upgrade.
type UpdateOptions struct {
	List      bool   `json:"list,omitzero"` // let the person choose where a code is sent
	Webhook   string `json:"webhook,omitzero"`
	LoginOnly bool   `json:"login_only,omitzero"` // Upgrade to connect: do not wait for transactions
}

// Update changes an Item. The Reply may ask for an MFA answer, to be given with UpdateStep.
func (r Resource) Update(ctx context.Context, req UpdateRequest) (*Reply, error) {
	return r.login(ctx, updating, http.MethodPatch, "update", keyed(req))
}

// UpdateStep answers an MFA challenge of Update. It is sent once.
func (r Resource) UpdateStep(ctx context.Context, req StepRequest) (*Reply, error) {
	return r.login(ctx, stepping, http.MethodPatch, "update step", keyed(req.body()), "step")
}

// TokenRequest is about an Item as a whole.
type TokenRequest struct {
	Token plaidapi.Secret `json:"access_token,omitzero"`
}

// DeleteReply confirms a removal.
type DeleteReply struct {
	Answer  `json:"-"`
	Message string `json:"message"` // "Successfully removed from your account"
}

// Delete removes the product from the Item; its last product removes the Item. It is sent once.
// Any status of success says that it is done; the Message is empty where the body has none.
func (r Resource) Delete(ctx context.Context, req TokenRequest) (*DeleteReply, error) {
	out := &DeleteReply{}
	err := r.client.send(ctx, call{
		op: string(r.product) + " delete", stage: reading, kind: wire.Write,
		method: http.MethodDelete, path: []string{string(r.product)},
		body: keyed(req),
	}, out, func(_ int, body []byte) error {
		var sent DeleteReply
		if wire.Decode(body, &sent) == nil {
			out.Message = sent.Message
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// login sends what a person's bank has to answer.
func (r Resource) login(ctx context.Context, at stage, method, verb string, body keyedBody, path ...string) (*Reply, error) {
	return r.client.reply(ctx, call{
		op: string(r.product) + " " + verb, stage: at, kind: wire.Login,
		method: method, path: append([]string{string(r.product)}, path...), body: body,
	})
}

// reply sends a call whose answer is an Item's data or an MFA challenge.
func (c *Client) reply(ctx context.Context, do call) (*Reply, error) {
	out := &Reply{}
	err := c.send(ctx, do, out, func(status int, body []byte) error {
		if status == http.StatusCreated {
			return out.challenge(body)
		}
		return wire.Decode(body, out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
