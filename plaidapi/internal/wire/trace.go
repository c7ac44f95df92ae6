package wire

import "time"

// Trace is all that is ever told of a try: no body, no header, no query. A Status of 0 means that
// nothing answered.
type Trace struct {
	Op           string // what it is for, as errors name it: "connect step"
	Method, Path string
	Host         string
	Status       int
	Size         int // of the answer, in bytes, as far as it was read
	Took         time.Duration
	RequestID    string
}
