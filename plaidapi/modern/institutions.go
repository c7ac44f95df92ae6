package modern

import (
	"context"

	"tartan/plaidapi"
)

// Institution is a bank that can be linked (modern-api §2).
type Institution struct {
	ID             string             `json:"institution_id"` // "ins_109511"
	Name           string             `json:"name"`
	Products       []plaidapi.Product `json:"products"`
	CountryCodes   []string           `json:"country_codes"` // ISO 3166: "US"
	RoutingNumbers []string           `json:"routing_numbers"`
	OAuth          bool               `json:"oauth"`         // the person signs in on the bank's own site
	URL            string             `json:"url"`           // with IncludeOptionalMetadata, as are the two below
	PrimaryColor   string             `json:"primary_color"` // "#rrggbb"
	Logo           string             `json:"logo"`          // PNG in base64, 152 by 152
	Status         *InstitutionStatus `json:"status"`        // with IncludeStatus
}

// InstitutionStatus is how well an institution works now; a part that Plaid has no news of is nil.
type InstitutionStatus struct {
	ItemLogins          *ProductStatus   `json:"item_logins"`
	TransactionsUpdates *ProductStatus   `json:"transactions_updates"`
	Auth                *ProductStatus   `json:"auth"`
	Identity            *ProductStatus   `json:"identity"`
	InvestmentsUpdates  *ProductStatus   `json:"investments_updates"`
	LiabilitiesUpdates  *ProductStatus   `json:"liabilities_updates"`
	Incidents           []HealthIncident `json:"health_incidents"`
}

// ProductStatus is how well one thing works at an institution.
type ProductStatus struct {
	Status           string          `json:"status"` // HEALTHY, DEGRADED or DOWN
	LastStatusChange string          `json:"last_status_change"`
	Breakdown        StatusBreakdown `json:"breakdown"`
}

// StatusBreakdown has shares of 0 to 1 of the calls of the last hours.
type StatusBreakdown struct {
	Success          Number `json:"success"`
	ErrorPlaid       Number `json:"error_plaid"`
	ErrorInstitution Number `json:"error_institution"`
	RefreshInterval  string `json:"refresh_interval"` // NORMAL, DELAYED or STOPPED; may be empty
}

// HealthIncident is what Plaid has written about a failure.
type HealthIncident struct {
	Title     string `json:"title"`
	StartDate string `json:"start_date"`
	EndDate   string `json:"end_date"` // empty while it lasts
}

// InstitutionsRequest asks for a page of the directory. Count is 1 to 500.
type InstitutionsRequest struct {
	Count        int                 `json:"count"`
	Offset       int                 `json:"offset"`
	CountryCodes []string            `json:"country_codes"`
	Options      InstitutionsOptions `json:"options,omitempty"`
}

// InstitutionsOptions narrow the directory and say what to tell of each institution.
type InstitutionsOptions struct {
	Products                []plaidapi.Product `json:"products,omitempty"` // only those that have all of these
	RoutingNumbers          []string           `json:"routing_numbers,omitempty"`
	OAuth                   *bool              `json:"oauth,omitzero"`
	IncludeOptionalMetadata bool               `json:"include_optional_metadata,omitzero"` // with logos: not for lists
}

// InstitutionsReply is a page. It may have fewer rows than Count although more follow: the next
// begins at Offset plus Count, until that reaches Total.
type InstitutionsReply struct {
	Answer
	Institutions []Institution `json:"institutions"`
	Total        int           `json:"total"`
}

// Institutions reads a page of the directory. The service allows few of these calls: ten a minute in
// the sandbox (modern-api §8).
func (c *Client) Institutions(ctx context.Context, req InstitutionsRequest) (*InstitutionsReply, error) {
	return post[InstitutionsReply](ctx, c, call{path: "institutions/get"}, req)
}

// InstitutionSearchRequest finds institutions by name.
type InstitutionSearchRequest struct {
	Query        string                   `json:"query"`
	CountryCodes []string                 `json:"country_codes"`
	Products     []plaidapi.Product       `json:"products,omitempty"` // only those that have all of these
	Options      InstitutionSearchOptions `json:"options,omitempty"`
}

// InstitutionSearchOptions narrow a search.
type InstitutionSearchOptions struct {
	OAuth                   *bool `json:"oauth,omitzero"`
	IncludeOptionalMetadata bool  `json:"include_optional_metadata,omitzero"`
}

// InstitutionSearchReply has what was found, best first: ten at most.
type InstitutionSearchReply struct {
	Answer
	Institutions []Institution `json:"institutions"`
}

// InstitutionSearch searches by name.
func (c *Client) InstitutionSearch(ctx context.Context, req InstitutionSearchRequest) (*InstitutionSearchReply, error) {
	if req.Query == "" {
		return nil, missing("institutions search")
	}
	return post[InstitutionSearchReply](ctx, c, call{path: "institutions/search"}, req)
}

// InstitutionRequest names one institution.
type InstitutionRequest struct {
	ID           string                   `json:"institution_id"`
	CountryCodes []string                 `json:"country_codes"`
	Options      InstitutionDetailOptions `json:"options,omitempty"`
}

// InstitutionDetailOptions say what to tell of an institution.
type InstitutionDetailOptions struct {
	IncludeOptionalMetadata bool `json:"include_optional_metadata,omitzero"`
	IncludeStatus           bool `json:"include_status,omitzero"`
}

// InstitutionReply is one institution.
type InstitutionReply struct {
	Answer
	Institution Institution `json:"institution"`
}

// Institution reads one institution, with its health if that is asked for.
func (c *Client) Institution(ctx context.Context, req InstitutionRequest) (*InstitutionReply, error) {
	if req.ID == "" {
		return nil, missing("institutions get_by_id")
	}
	return post[InstitutionReply](ctx, c, call{path: "institutions/get_by_id"}, req)
}
