package wire

import (
	"crypto/tls"
	"errors"
	"io"
	"slices"
	"time"
)

// The limits of security.md 12. Connecting and the handshake share ten seconds.
const (
	dialTime      = 5 * time.Second
	handshakeTime = 5 * time.Second
	idleTime      = 90 * time.Second
	headerBytes   = 64 << 10
	bodyBytes     = 32 << 20 // after unpacking
	nesting       = 100
)

// Kind says how patient a call is and whether it may be repeated.
type Kind uint8

// The kinds. Only what reads is ever sent twice: a code works once, and banks lock accounts.
const (
	Read  Kind = iota // repeated when it fails for a passing reason
	Write             // sent once
	Login             // sent once, and waits for a person's bank
	Fetch             // a Read that waits for a person's bank
)

// reads reports whether a call of that kind may be sent again.
func (k Kind) reads() bool { return k == Read || k == Fetch }

// waits reports whether a call of that kind waits for a person's bank.
func (k Kind) waits() bool { return k == Login || k == Fetch }

// firstByte is how long a call of that kind waits for the head of an answer.
func (k Kind) firstByte() time.Duration {
	if k.waits() {
		return 90 * time.Second
	}
	return 15 * time.Second
}

// whole is how long one try of that kind may take.
func (k Kind) whole() time.Duration {
	if k.waits() {
		return 120 * time.Second
	}
	return 60 * time.Second
}

// ErrTooLarge is the cause of an error about a reply of more than 32 MiB: ask for less of it.
var ErrTooLarge = errors.New("reply over 32 MiB")

func tlsConfig() *tls.Config { return &tls.Config{MinVersion: tls.VersionTLS12} }

// readBounded reads a body to its end, or fails with ErrTooLarge. With an error it returns what it
// has. length is what was announced, -1 for nothing.
func readBounded(body io.Reader, length int64) ([]byte, error) {
	if length > bodyBytes {
		return nil, ErrTooLarge
	}
	buf := make([]byte, 0, max(length, 512)+1)
	for {
		n, err := body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case len(buf) > bodyBytes:
			return buf, ErrTooLarge
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return buf, err
		case len(buf) == cap(buf):
			buf = slices.Grow(buf, min(len(buf), bodyBytes+1-len(buf))) // doubled: a body is megabytes or little
		}
	}
}
