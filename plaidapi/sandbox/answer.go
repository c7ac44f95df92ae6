package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"
)

const (
	// keptBuffer is the largest buffer that is kept for the next answer.
	keptBuffer = 8 << 20

	// streamFrom is the length from which an answer is sent in parts, without a
	// Content-Length, so that a million rows never stand in memory at once.
	streamFrom = 4 << 20
)

// headers sets what every answer carries (legacy-api §1.3). Cross-origin reading was for the public
// lists. Recordings of PATCH and DELETE lack the first part of Vary; no client looks at it.
func (c *call) headers(h http.Header) {
	var id [16]byte
	rand.Read(id[:])
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("X-Request-Id", hex.EncodeToString(id[:]))
	h.Set("Connection", "keep-alive")
	if c.public {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept")
	}
	if c.public {
		h.Set("Vary", "Accept-Encoding")
	} else {
		h.Set("Vary", "X-HTTP-Method-Override, Accept-Encoding")
	}
}

// fail answers with a problem, in place of whatever has been written so far.
func (c *call) fail(w http.ResponseWriter, problem code) {
	p, ok := lookProblem(problem)
	if !ok {
		p, _ = lookProblem(plaidError)
	}
	c.out.reset()
	c.out.problem(p, c.echo())
	c.status = p.status
	c.finish(w)
}

// finish sends what has been written.
func (c *call) finish(w http.ResponseWriter) {
	body := c.out.b
	if c.streaming {
		c.stream(w, body)
		return
	}
	c.headers(w.Header())
	if c.public {
		tag := fmt.Sprintf(`W/"%x-%d"`, len(body), crc32.ChecksumIEEE(body))
		w.Header()["ETag"] = []string{tag} // Set would spell it "Etag"
		if c.status == http.StatusOK && c.knows(tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(c.status)
	if c.cutOff {
		body = body[:len(body)/2] // net/http then closes the connection
	}
	w.Write(body)
}

// knows tells whether the client has the answer of that tag already. Tags are
// compared as weak ones: what comes before the quotes does not count.
func (c *call) knows(tag string) bool {
	for _, list := range c.r.Header["If-None-Match"] {
		for known := range strings.SplitSeq(list, ",") {
			known = strings.TrimSpace(known)
			if known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// stream sends a part of an answer that is too long to be kept whole.
func (c *call) stream(w http.ResponseWriter, part []byte) error {
	if !c.streaming {
		c.streaming = true
		c.headers(w.Header())
		w.WriteHeader(c.status)
	}
	if c.cutOff {
		w.Write(part[:len(part)/2])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // the connection breaks inside the body
	}
	_, err := w.Write(part)
	return err
}
