package plaidapi

import "strconv"

// Problem sorts every error of either wire by what to do about it.
type Problem uint8

// The problems. Each wire's errors.go maps its codes to them; ux.md 1.3 says what people read.
const (
	Unknown       Problem = iota
	WrongDetails          // user name, password or PIN not accepted: type them again
	WrongAnswer           // answer or code not accepted, or the code could not be sent: answer again
	AttemptOver           // the attempt has lapsed: begin again
	LoginRequired         // a linked bank wants a new sign-in
	Locked                // the bank locked the login: unlock it there, never retry
	NotSetUp              // something must be finished on the bank's own site first
	Unsupported           // this bank, account or call is not possible here
	BankDown              // the bank is unwell: later
	RateLimited           // too many calls: wait
	BadKeys               // the API keys are wrong or not allowed this
	Offline               // nothing was reached, or it stopped answering
	ServerFault           // Plaid itself failed
	BadReply              // something answered, but not in a form that can be used
	ItemGone              // the token is not known any more
	NotShared             // the person has not agreed to share this: ask them, by an upgrade
	NotAllowed            // the keys are right, but their plan does not have this bank, product or call
	NotReady              // it is being fetched: again in some seconds
)

// Error is what a wire reports when a call did not succeed.
type Error struct {
	Problem   Problem
	Op        string // what was being done: "connect", "balance"
	Status    int    // HTTP status; 0 when there was no answer
	Code      string // the wire's own code, "1203" or "ITEM_LOCKED"; empty when it gave none
	RequestID string
	// BankText is the server's own sentence about the error, made inert. It is for a marked place,
	// never for a prompt. Empty when it gave none, or when it echoed something secret.
	BankText string
	Unsent   bool  // nothing reached the server: it was not found or not trusted, or there are no keys
	Err      error // cause, when the error arose on this side; may be nil
}

// Error names the operation, code and status; never the server's text, which may echo anything.
func (e *Error) Error() string {
	s := e.Op + ": " + e.Problem.String()
	if e.Code != "" {
		s += ", code " + e.Code
	}
	if e.Status != 0 {
		s += ", status " + strconv.Itoa(e.Status)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, plaidapi.Locked) true for any error of that problem.
func (e *Error) Is(target error) bool {
	p, ok := target.(Problem)
	return ok && p == e.Problem
}

// Error lets a Problem stand as the target of errors.Is.
func (p Problem) Error() string { return p.String() }

// String is the problem in a few words, for logs and tests; screens have their own.
func (p Problem) String() string {
	names := [...]string{
		"unknown problem", "details not accepted", "answer not accepted", "attempt over", "sign-in required",
		"login locked", "not set up at the bank", "unsupported", "bank down", "rate limited", "keys not accepted",
		"offline", "server fault", "unusable reply", "item gone", "not shared", "not allowed for the plan", "not ready yet",
	}
	if int(p) < len(names) {
		return names[p]
	}
	return "unknown problem"
}
