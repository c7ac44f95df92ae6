package legacy

import (
	"strings"
	"time"

	"tartan/plaidapi/internal/wire"
)

// Try is all that is told of a request that was sent: no body, no header, no query. A Status of 0
// means that nothing answered.
type Try struct {
	Op           string // what it is for, as errors name it: "connect step"
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
	switch subject, verb, _ := strings.Cut(t.Op, " "); {
	case strings.HasPrefix(subject, "institution"):
		return "find banks"
	case subject == "category", subject == "categories":
		return "read the list of categories"
	case subject == "exchange", subject == "upgrade" && verb == "":
		return "change a link"
	case strings.HasSuffix(verb, "step"):
		return "answer a bank's question"
	case verb == "add", verb == "update":
		return "sign in"
	case verb == "delete":
		return "end a link"
	case t.Op == "connect get":
		return "read transactions"
	case subject == "balance":
		return "read balances"
	}
	return "read accounts"
}
