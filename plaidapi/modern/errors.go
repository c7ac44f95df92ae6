package modern

import (
	"errors"
	"net/http"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
	"tartan/plaidapi/internal/wire"
)

// Error is an answer that is no success (modern-api §4). Every one unwraps to a *plaidapi.Error,
// whose Problem says what to do and whose BankText is Display made inert.
type Error struct {
	Op        string // "item get"
	Status    int    // HTTP; nearly always 400
	Type      string // error_type: "ITEM_ERROR"; empty when the body gave none, as are those below
	Code      string // error_code: "ITEM_LOGIN_REQUIRED"
	Reason    string // error_code_reason: "OAUTH_CONSENT_EXPIRED"
	Message   string // for developers, as sent
	Display   string // for people, as sent
	RequestID string
	// Token was taken out of a success whose body is otherwise unusable, where it must not be lost.
	Token plaidapi.Secret

	general *plaidapi.Error
	itemID  string // taken out with Token
}

// Error names the call, the problem, code and status; never the server's text, which may echo
// anything.
func (e *Error) Error() string { return e.plain().Error() }

// Unwrap gives the *plaidapi.Error.
func (e *Error) Unwrap() error { return e.plain() }

// plain is the general error; one that a caller made by hand is sorted by its code.
func (e *Error) plain() *plaidapi.Error {
	if e.general != nil {
		return e.general
	}
	return &plaidapi.Error{Problem: problem(e.Type, e.Code, e.Status), Op: e.Op, Status: e.Status, Code: e.Code, RequestID: e.RequestID}
}

// ErrTooLarge is the cause of an error about a reply of more than 32 MiB: ask for fewer rows.
var ErrTooLarge = wire.ErrTooLarge

// ErrorBody is an error as the API writes it: the body of an answer that is no success, an Item's
// health, or why a person left Link (modern-api §4).
type ErrorBody struct {
	Type      string `json:"error_type"`
	Code      string `json:"error_code"`
	Reason    string `json:"error_code_reason"`
	Message   string `json:"error_message"`
	Display   string `json:"display_message"`
	RequestID string `json:"request_id"`
}

// general is an error of the body in plaidapi's words.
func (b *ErrorBody) general(op string) *plaidapi.Error {
	return &plaidapi.Error{
		Problem: problem(b.Type, b.Code, 0), Op: op, Code: code(b.Code), RequestID: wire.RequestID(b.RequestID), BankText: inert.Message(b.Display),
	}
}

// code passes only what an error code is made of: it is shown, and logged.
func code(s string) string { return wire.RequestID(s) }

// refusal turns an answer that is no success into an Error. secrets are what the request held: a
// text that echoes one is not passed on.
func refusal(do call, got *wire.Reply, secrets []string) error {
	var body ErrorBody
	err := wire.Decode(got.Body, &body)
	if err != nil || body.Code == "" {
		e := &Error{Op: do.op(), Status: got.Status, RequestID: got.RequestID}
		e.general = &plaidapi.Error{Problem: wire.Unsaid(got.Status), Op: e.Op, Status: e.Status, RequestID: e.RequestID, Err: err}
		return e
	}
	e := &Error{
		Op: do.op(), Status: got.Status, RequestID: wire.RequestID(wire.Silent(body.RequestID, secrets)),
		Type: code(wire.Silent(body.Type, secrets)), Code: code(wire.Silent(body.Code, secrets)), Reason: code(wire.Silent(body.Reason, secrets)),
		Message: wire.Silent(body.Message, secrets), Display: wire.Silent(body.Display, secrets),
	}
	if e.RequestID == "" {
		e.RequestID = wire.Silent(got.RequestID, secrets)
	}
	e.general = &plaidapi.Error{
		Problem: problem(e.Type, e.Code, got.Status), Op: e.Op, Status: e.Status, Code: e.Code, RequestID: e.RequestID,
		BankText: inert.Message(e.Display),
	}
	return e
}

// cutOff is the error of a call whose answer did not come whole, or not at all. When it was a
// success and got as far as the token, that is taken out.
func cutOff(do call, got *wire.Reply, err error) error {
	if do.token == "" || got == nil || !got.OK() {
		return err
	}
	e := rescue(do, got)
	if e.Token.Empty() {
		return err
	}
	if !errors.As(err, &e.general) { // cancelled
		e.general = &plaidapi.Error{Problem: plaidapi.Offline, Op: e.Op, Status: e.Status, RequestID: e.RequestID, Err: err}
	}
	return e
}

// unusable reports a success whose body cannot be read. Its token is taken out all the same.
func unusable(do call, got *wire.Reply, err error) error {
	e := rescue(do, got)
	e.general = &plaidapi.Error{Problem: plaidapi.BadReply, Op: e.Op, Status: e.Status, RequestID: e.RequestID, Err: err}
	return e
}

// rescue takes the token out of a success that cannot be read as a whole.
func rescue(do call, got *wire.Reply) *Error {
	e := &Error{Op: do.op(), Status: got.Status, RequestID: got.RequestID}
	if do.token != "" {
		e.Token = wire.Member(got.Body, do.token)
		e.itemID = wire.Member(got.Body, "item_id").Reveal()
	}
	return e
}

// incomplete reports a success that lacks what it must have.
func incomplete(op string, a Answer, err error) error {
	return &plaidapi.Error{Problem: plaidapi.BadReply, Op: op, Status: http.StatusOK, RequestID: wire.RequestID(a.RequestID), Err: err}
}

// errNothing is the cause of an error about a success without what was asked for: it is no news, and
// an empty list in its place would wipe what was known.
var errNothing = errors.New("no data")
