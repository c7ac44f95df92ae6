package legacy

import (
	"errors"
	"net/http"
	"strconv"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
	"tartan/plaidapi/internal/wire"
)

// Error is an answer that is no success (legacy-api §4). Every one unwraps to a *plaidapi.Error,
// whose Problem says what to do; errors.Is takes a Class or a Problem.
type Error struct {
	Op        string // "connect step"
	Status    int    // HTTP
	Code      int    // the API's; 0 when the body gave none
	Message   string // as sent; short: "invalid mfa"
	Resolve   string // as sent; a sentence. plaid-python had it as e.message
	RequestID string
	// Token came with the answer: echoed with an error, or taken out of a success whose body is
	// otherwise unusable, where it must not be lost.
	Token plaidapi.Secret

	general *plaidapi.Error
}

// Error names the call, the problem, code and status; never the server's text, which may echo
// anything.
func (e *Error) Error() string { return e.plain().Error() }

// Unwrap gives the *plaidapi.Error.
func (e *Error) Unwrap() error { return e.plain() }

// plain is the general error; one that a caller made by hand has a problem that nobody sorted.
func (e *Error) plain() *plaidapi.Error {
	if e.general != nil {
		return e.general
	}
	return &plaidapi.Error{Op: e.Op, Status: e.Status, Code: strconv.Itoa(e.Code), RequestID: e.RequestID}
}

// Is makes errors.Is(err, legacy.Unauthorized) true for any error of that class.
func (e *Error) Is(target error) bool {
	c, ok := target.(Class)
	return ok && int(c) == e.Status
}

// Retry reports that the same call may succeed later: the class ExtractorRetry, rate limits, and
// banks that do not respond.
func (e *Error) Retry() bool {
	switch e.Code {
	case 1113, 1302, 1303, 1701:
		return true
	}
	return e.Status == int(RateLimited) || e.Status == int(ExtractorRetry)
}

// Class sorts errors by HTTP status, as plaid-python's exceptions did.
type Class int

// The classes, with plaid-python's names. RateLimited is new: that client let 429 pass for success.
const (
	BadRequest       Class = http.StatusBadRequest          // BadRequestError
	Unauthorized     Class = http.StatusUnauthorized        // UnauthorizedError
	RequestFailed    Class = http.StatusPaymentRequired     // RequestFailedError: the bank said no
	ResourceNotFound Class = http.StatusNotFound            // ResourceNotFoundError
	RateLimited      Class = http.StatusTooManyRequests     //
	PlaidServer      Class = http.StatusInternalServerError // PlaidServerError
	Extractor        Class = http.StatusNotImplemented      // ExtractorError
	ExtractorRetry   Class = http.StatusBadGateway          // ExtractorRetryError
	Maintenance      Class = http.StatusServiceUnavailable  // MaintainanceError
)

// Error lets a Class stand as the target of errors.Is.
func (c Class) Error() string { return "status " + strconv.Itoa(int(c)) }

// ErrTooLarge is the cause of an error about a reply of more than 32 MiB: ask for fewer days.
var ErrTooLarge = wire.ErrTooLarge

// refusal turns an answer that is no success into an Error. secrets are what the request held: a
// text that echoes one is not passed on.
func refusal(do call, got *wire.Reply, secrets []string) error {
	var body struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Resolve string          `json:"resolve"`
		Token   plaidapi.Secret `json:"access_token"`
	}
	e := &Error{Op: do.op, Status: got.Status, RequestID: got.RequestID}
	e.general = &plaidapi.Error{Op: do.op, Status: got.Status, RequestID: got.RequestID}
	if err := wire.Decode(got.Body, &body); err != nil || body.Code == 0 {
		e.general.Problem, e.general.Err = wire.Unsaid(got.Status), err
		return e
	}
	e.Code, e.Token = body.Code, body.Token
	e.Message, e.Resolve = wire.Silent(body.Message, secrets), wire.Silent(body.Resolve, secrets)
	e.general.Code = strconv.Itoa(body.Code)
	e.general.Problem = problem(body.Code, got.Status, do.stage)
	e.general.BankText = inert.Message(e.Resolve)
	return e
}

// unusable reports a success whose body cannot be read. Its token is taken out all the same.
func unusable(do call, got *wire.Reply, err error) error {
	return &Error{
		Op: do.op, Status: got.Status, RequestID: got.RequestID, Token: wire.Member(got.Body, "access_token"),
		general: &plaidapi.Error{Problem: plaidapi.BadReply, Op: do.op, Status: got.Status, RequestID: got.RequestID, Err: err},
	}
}

// savedToken is the token of an Item that was made although the rest of the answer cannot be read.
// It is finished unless the answer was a challenge.
func savedToken(err error) (token plaidapi.Secret, finished bool) {
	var e *Error
	if errors.As(err, &e) && e.Status >= 200 && e.Status < 300 {
		return e.Token, e.Status == http.StatusOK && !e.Token.Empty()
	}
	return plaidapi.Secret{}, false
}
