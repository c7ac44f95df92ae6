package modern

import (
	"strings"
	"time"

	"tartan/plaidapi/internal/wire"
)

// Try is all that is told of a request that was sent: no body, no header. A Status of 0 means that
// nothing answered.
type Try struct {
	Op           string // what it is for, as errors name it: "link token get"
	Method, Path string
	Host         string
	Status       int
	Size         int // of the answer, in bytes, as far as it was read
	Took         time.Duration
	RequestID    string
}

// Trace has f told of each try, once it is over. Calls may be under way at once, so f may be called
// at once as well.
func Trace(f func(Try)) Option {
	return func(s *settings) { s.trace = func(t wire.Trace) { f(Try(t)) } }
}

// Purpose says in words for people what the try was for.
func (t Try) Purpose() string {
	subject, verb, _ := strings.Cut(t.Op, " ")
	switch {
	case t.Op == "link token create":
		return "make a link to sign in"
	case t.Op == "link token get":
		return "look how far a sign-in is"
	case subject == "institutions":
		return "find banks"
	case subject == "categories":
		return "read the list of categories"
	case subject == "item" && strings.HasPrefix(verb, "remove"):
		return "end a link"
	case t.Op == "item get":
		return "ask how a link is"
	case subject == "item":
		return "change a link"
	case t.Op == "transactions refresh":
		return "have transactions fetched"
	case subject == "transactions":
		return "read transactions"
	case t.Op == "accounts balance get":
		return "read balances"
	case subject == "investments":
		return "read investments"
	case subject == "liabilities":
		return "read loans and cards"
	}
	return "read accounts"
}
