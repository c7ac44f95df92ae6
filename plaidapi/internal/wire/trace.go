package wire

import "time"

// Trace is all that is ever told of a try: no body, no header, no query. A Status of 0 means that
// nothing answered.
type Trace struct {
	Method, Path string
	Status       int
	Took         time.Duration
	RequestID    string
}
