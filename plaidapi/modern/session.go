package modern

import (
	"context"

	"tartan/plaidapi"
)

// LinkSessionsRequest asks what has become of a link token.
type LinkSessionsRequest struct {
	LinkToken plaidapi.Secret `json:"link_token"`
}

// LinkSessionsReply is what has become of it (modern-api §5). It has no sessions until the page is
// opened, and may have several: look through all of them. It stays readable for six hours after a
// session has ended.
type LinkSessionsReply struct {
	Answer
	CreatedAt  string        `json:"created_at"`
	Expiration string        `json:"expiration"`
	Sessions   []LinkSession `json:"link_sessions"`
}

// LinkSession is one visit to Link.
type LinkSession struct {
	ID         string       `json:"link_session_id"`
	StartedAt  string       `json:"started_at"`
	FinishedAt string       `json:"finished_at"` // empty while it goes on, and of visits that were dropped
	Results    *LinkResults `json:"results"`
	Exit       *LinkExit    `json:"exit"`
	Events     []LinkEvent  `json:"events"` // in any order

	// What older accounts are sent in place of Results and Exit.
	OnSuccess *LinkSuccess `json:"on_success"`
	OnExit    *LinkExit    `json:"on_exit"`
}

// LinkResults is what a finished session gave. It may be empty at first.
type LinkResults struct {
	ItemAdds []ItemAdd `json:"item_add_results"`
}

// ItemAdd is an Item that can be had for its public token. Before that it is billed to nobody.
type ItemAdd struct {
	PublicToken plaidapi.Secret `json:"public_token"`
	Accounts    []LinkAccount   `json:"accounts"`
	Institution LinkInstitution `json:"institution"`
}

// LinkAccount is an account that the person has chosen.
type LinkAccount struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Mask    string `json:"mask"` // may be empty
	Type    string `json:"type"`
	Subtype string `json:"subtype"`
}

// LinkInstitution is the institution that the person has chosen.
type LinkInstitution struct {
	ID   string `json:"institution_id"`
	Name string `json:"name"`
}

// LinkSuccess is a result as older accounts are sent it.
type LinkSuccess struct {
	PublicToken plaidapi.Secret `json:"public_token"`
	Metadata    struct {
		Institution LinkInstitution `json:"institution"`
		Accounts    []LinkAccount   `json:"accounts"`
	} `json:"metadata"`
}

// LinkExit is how a session ended without a result. Error is nil when the person just left.
type LinkExit struct {
	Error    *ErrorBody `json:"error"`
	Metadata struct {
		Institution LinkInstitution `json:"institution"`
		Status      string          `json:"status"` // where: "requires_credentials", "institution_not_found", …
		RequestID   string          `json:"request_id"`
	} `json:"metadata"`
}

// LinkEvent is something that happened in a session.
type LinkEvent struct {
	Name      string            `json:"event_name"` // OPEN, SELECT_INSTITUTION, SUBMIT_CREDENTIALS, HANDOFF, EXIT, …
	ID        string            `json:"event_id"`
	Timestamp string            `json:"timestamp"`
	Metadata  LinkEventMetadata `json:"event_metadata"`
}

// LinkEventMetadata says more of an event; which of it is set depends on that.
type LinkEventMetadata struct {
	ErrorType       string `json:"error_type"`
	ErrorCode       string `json:"error_code"`
	ErrorMessage    string `json:"error_message"`
	ExitStatus      string `json:"exit_status"`
	InstitutionID   string `json:"institution_id"`
	InstitutionName string `json:"institution_name"`
	MFAType         string `json:"mfa_type"`
	ViewName        string `json:"view_name"`
	RequestID       string `json:"request_id"`
}

// LinkTokenGet looks how far a person has come on the page. It changes nothing; ask again every two
// or three seconds.
func (c *Client) LinkTokenGet(ctx context.Context, req LinkSessionsRequest) (*LinkSessionsReply, error) {
	if req.LinkToken.Empty() {
		return nil, missing("link token get")
	}
	return post[LinkSessionsReply](ctx, c, call{path: "link/token/get"}, req)
}
