package legacy

import (
	"context"
	"net/http"
	"net/url"

	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Institution is a bank as the lists have it (legacy-api §2.10).
type Institution struct {
	ID           string           `json:"id"`
	Type         string           `json:"type"` // what Add wants
	Name         string           `json:"name"`
	Credentials  CredentialLabels `json:"credentials"`
	HasMFA       bool             `json:"has_mfa"`
	MFA          []string         `json:"mfa"` // code, list, questions, questions(3), selections
	Products     []string         `json:"products"`
	URL          string           `json:"url"`          // long tail only
	CurrencyCode string           `json:"currencyCode"` // long tail only
}

// CredentialLabels are the labels of a sign-in form; PIN is empty where none is asked for.
type CredentialLabels struct {
	Username string `json:"username"`
	Password string `json:"password"`
	PIN      string `json:"pin"`
}

// InstitutionsReply lists institutions.
type InstitutionsReply struct {
	Answer
	Institutions []Institution
}

// Institutions lists the main institutions. No keys are needed.
func (c *Client) Institutions(ctx context.Context) (*InstitutionsReply, error) {
	out := &InstitutionsReply{}
	err := c.public(ctx, "institutions", []string{"institutions"}, nil, out, func(_ int, body []byte) error {
		return wire.Decode(body, &out.Institutions)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// InstitutionRequest names one institution by ID or type.
type InstitutionRequest struct {
	ID      string
	OldPath bool // ask /institutions/{id}, as before plaid-python 1.5, not /institutions/all/{id}
}

// InstitutionReply is one institution.
type InstitutionReply struct {
	Answer
	Institution
}

// Institution fetches one institution. An unknown one fails with ResourceNotFound. No keys are
// needed.
func (c *Client) Institution(ctx context.Context, req InstitutionRequest) (*InstitutionReply, error) {
	if req.ID == "" {
		return nil, missing("institution")
	}
	out := &InstitutionReply{}
	err := c.public(ctx, "institution", institutionPath(req.OldPath, req.ID), nil, out, func(_ int, body []byte) error {
		return wire.Decode(body, &out.Institution)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func institutionPath(old bool, last string) []string {
	if old {
		return []string{"institutions", last}
	}
	return []string{"institutions", "all", last}
}

// SearchRequest finds institutions by the words of Query, of those with Product if that is set; or
// one by ID, which for main institutions is the type.
type SearchRequest struct {
	Query   string
	Product plaidapi.Product
	ID      string
	OldPath bool // ask /institutions/search, as before plaid-python 1.5, not /institutions/all/search
}

// SearchReply holds what was found, best first: about ten at most, or none.
type SearchReply struct {
	Answer
	Results []SearchResult
}

// SearchResult is a bank as the search has it.
type SearchResult struct {
	ID                string         `json:"id"`
	Type              string         `json:"type"` // what Add wants
	Name              string         `json:"name"`
	Products          SearchProducts `json:"products"`
	Fields            []SearchField  `json:"fields"`
	ForgottenPassword string         `json:"forgottenPassword"` // URLs at the bank
	AccountLocked     string         `json:"accountLocked"`
	AccountSetup      string         `json:"accountSetup"`
	Video             string         `json:"video"`
	Colors            SearchColors   `json:"colors"`
	Logo              string         `json:"logo"` // PNG in base64; mostly empty
	NameBreak         *int           `json:"nameBreak"`
	CurrencyCode      string         `json:"currencyCode"`
}

// SearchProducts says which products an institution has.
type SearchProducts struct {
	Auth    bool `json:"auth"`
	Balance bool `json:"balance"`
	Connect bool `json:"connect"`
	Info    bool `json:"info"`
	Income  bool `json:"income"`
	Risk    bool `json:"risk"`
}

// SearchField is one field of a sign-in form.
type SearchField struct {
	Name  string `json:"name"` // username, password or pin
	Label string `json:"label"`
	Type  string `json:"type"` // text or password
}

// SearchColors are CSS colours; which of them are set differs.
type SearchColors struct {
	Light    string   `json:"light"`
	Primary  string   `json:"primary"`
	Dark     string   `json:"dark"`
	Darker   string   `json:"darker"`
	Gradient []string `json:"gradient"`
}

// InstitutionSearch searches main institutions and long tail. No keys are needed.
func (c *Client) InstitutionSearch(ctx context.Context, req SearchRequest) (*SearchReply, error) {
	if req.Query == "" && req.ID == "" {
		return nil, missing("institution search")
	}
	query := url.Values{}
	for name, value := range map[string]string{"q": req.Query, "p": string(req.Product), "id": req.ID} {
		if value != "" {
			query.Set(name, value)
		}
	}
	out := &SearchReply{}
	err := c.public(ctx, "institution search", institutionPath(req.OldPath, "search"), query, out, func(_ int, body []byte) error {
		if jsontext.Value(body).Kind() == '[' {
			return wire.Decode(body, &out.Results)
		}
		out.Results = make([]SearchResult, 1) // one found by ID comes bare
		return wire.Decode(body, &out.Results[0])
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// PageRequest asks for a part of a long list.
type PageRequest struct {
	Count    int                `json:"count,omitzero"`    // up to 500; 50 when zero
	Offset   int                `json:"offset,omitzero"`   //
	Products []plaidapi.Product `json:"products,omitzero"` // only institutions that have all of these
}

// InstitutionPage is a part of a long list.
type InstitutionPage struct {
	Answer     `json:"-"`
	TotalCount int           `json:"total_count"`
	Results    []Institution `json:"results"`
}

// InstitutionsAll lists main institutions and long tail.
func (c *Client) InstitutionsAll(ctx context.Context, req PageRequest) (*InstitutionPage, error) {
	return c.institutionPage(ctx, "all", req)
}

// InstitutionsLongtail lists the long tail.
func (c *Client) InstitutionsLongtail(ctx context.Context, req PageRequest) (*InstitutionPage, error) {
	return c.institutionPage(ctx, "longtail", req)
}

func (c *Client) institutionPage(ctx context.Context, list string, req PageRequest) (*InstitutionPage, error) {
	out := &InstitutionPage{}
	err := c.send(ctx, call{
		op: "institutions " + list, kind: wire.Read, method: http.MethodPost, path: []string{"institutions", list},
		body: keyed(req),
	}, out, nil)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// public asks an endpoint that wants no keys: none are sent.
func (c *Client) public(ctx context.Context, op string, path []string, query url.Values, out reply, decode func(int, []byte) error) error {
	return c.send(ctx, call{op: op, kind: wire.Read, method: http.MethodGet, path: path, query: query}, out, decode)
}
