package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault is something that goes wrong on request. Delay comes first and alone
// only slows the answer down; of the rest the first that is set, in the order
// of the fields, takes the answer's place.
//
// As JSON, for POST /practice/faults: {"path": "/balance", "code": 1303,
// "error": "INSTITUTION_DOWN", "delay": "2s", "hangup": true, "html": true,
// "cutoff": true, "times": 1, "after": 2}, every member optional.
type Fault struct {
	Path   string        // as of a request, with or without the outer slashes; "" is any endpoint
	Code   int           // answer with this error of legacy-api §4, or 1702 if it is not one of them; 0 for none
	Error  string        // answer with this error of modern-api §4; on the legacy wire with 1702
	Delay  time.Duration // wait this long first
	Hangup bool          // drop the connection without an answer
	HTML   bool          // answer 502 with a page of HTML
	CutOff bool          // break off in the middle of the body
	Times  int           // so many requests; 0: until cleared
	After  int           // let so many matching requests pass first
}

// readFault reads the form of POST /practice/faults: one JSON object of known
// members, none of them negative.
func readFault(r io.Reader) (Fault, error) {
	var wire struct {
		Path                 string
		Code, Times, After   int
		Delay, Error         string
		Hangup, HTML, CutOff bool
	}
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Fault{}, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Fault{}, errors.New("something follows it")
	}
	var delay time.Duration
	if wire.Delay != "" {
		var err error
		if delay, err = time.ParseDuration(wire.Delay); err != nil {
			return Fault{}, err
		}
	}
	if min(wire.Times, wire.After) < 0 || delay < 0 {
		return Fault{}, errors.New("a number is below zero")
	}
	if _, known := lookProblem(code(wire.Code)); wire.Code != 0 && !known {
		return Fault{}, errors.New("not a code of the wire")
	}
	if _, known := lookTrouble(wire.Error); wire.Error != "" && !known {
		return Fault{}, errors.New("not an error of the wire")
	}
	return Fault{wire.Path, wire.Code, wire.Error, delay, wire.Hangup, wire.HTML, wire.CutOff, wire.Times, wire.After}, nil
}

// faults are those set now, oldest first.
type faults struct {
	mu   sync.Mutex
	list []*pendingFault
}

type pendingFault struct {
	Fault
	passed, struck int // matching requests so far
}

func (p *pendingFault) spent() bool { return p.Times > 0 && p.struck >= p.Times }

// set adds a fault and returns what clears it again.
func (s *faults) set(f Fault) (clear func()) {
	if f.Path != "" {
		f.Path = withoutTrailingSlash("/" + strings.TrimPrefix(f.Path, "/"))
	}
	p := &pendingFault{Fault: f}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, p)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.list = slices.DeleteFunc(s.list, func(q *pendingFault) bool { return q == p })
	}
}

func (s *faults) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = nil
}

// take counts a request against every fault that matches its path, and returns
// the oldest one that strikes. A fault that has struck for the last time is dropped.
func (s *faults) take(path string) (struck Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := false
	for _, p := range s.list {
		if p.Path != "" && p.Path != path {
			continue
		}
		if p.passed < p.After {
			p.passed++
			continue
		}
		if !found {
			struck, found = p.Fault, true
			p.struck++
		}
	}
	s.list = slices.DeleteFunc(s.list, (*pendingFault).spent)
	return struck
}

// Fault makes something go wrong until it has struck as often as it says, or
// until clear is called. The practice endpoints themselves never fail.
func (b *Bank) Fault(f Fault) (clear func()) { return b.faults.set(f) }

// strike carries out a fault. done is true when nothing is left to answer.
func (c *call) strike(w http.ResponseWriter, f Fault) (done bool) {
	if !f.wait(c.r.Context()) {
		return true
	}
	switch {
	case f.Code != 0:
		c.fail(w, code(f.Code))
	case f.Error != "":
		c.fail(w, plaidError)
	case f.CutOff && !f.Hangup && !f.HTML:
		c.cutOff = true
		return false
	default:
		return f.disturb(w)
	}
	return true
}

// wait is the fault's delay. It returns false when nobody waits for the answer any more.
func (f Fault) wait(ctx context.Context) bool {
	if f.Delay <= 0 {
		return true
	}
	timer := time.NewTimer(f.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// disturb is what goes wrong with an answer on any wire. It tells whether
// anything did.
func (f Fault) disturb(w http.ResponseWriter) bool {
	switch {
	case f.Hangup:
		panic(http.ErrAbortHandler) // net/http's own way to drop a connection
	case f.HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		w.Write([]byte(badGateway))
		return true
	}
	return false
}

const badGateway = `<html>
<head><title>502 Bad Gateway</title></head>
<body bgcolor="white">
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`

// failuresBank is where each failure can be caused by hand, by its username.
func failuresBank() institution {
	return institution{
		ID: "ins_990404", Type: "990404", Name: "Practice Failures Bank",
		UsernameLabel: "Username", PasswordLabel: "Password",
		Products: []string{"connect", "auth", "balance", "info"},
		URL:      "https://failures.practice.example/", Currency: "USD",
	}
}

// failure is the problem that a username such as "fail_1206" asks for, at the
// bank that has them.
func failure(bank institution, username, password string) code {
	number, ok := strings.CutPrefix(username, "fail_")
	if !ok || bank.Type != failuresBank().Type || password != goodPassword {
		return fine
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return fine
	}
	p, ok := lookProblem(code(n))
	if !ok {
		return fine
	}
	return p.code
}

// failureLogins offers one failure for each situation of which a screen speaks.
func failureLogins() []Login {
	bank := failuresBank()
	var list []Login
	for _, f := range [...]struct{ username, about string }{
		{"fail_1200", "does not accept the details"},
		{"fail_1203", "does not accept the answer"},
		{"fail_1205", "has locked the account"},
		{"fail_1206", "needs to be set up first"},
		{"fail_1208", "uses a second step that is not supported"},
		{"fail_1303", "is down"},
		{"fail_1104", "is not allowed for these keys"},
		{"fail_1215", "asks to sign in again"},
		{"fail_1700", "fails on the service's side"},
	} {
		list = append(list, Login{
			Institution: bank.Type, Bank: bank.Name,
			Username: f.username, Password: goodPassword, About: f.about,
		})
	}
	return list
}
