package wire

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tartan/plaidapi"
)

// answers is a transport that plays a script: the n-th try gets the n-th answer, the last for ever.
type answers struct {
	script []func(*http.Request) (*http.Response, error)
	times  []time.Time
}

func (a *answers) RoundTrip(req *http.Request) (*http.Response, error) {
	a.times = append(a.times, time.Now())
	return a.script[min(len(a.times), len(a.script))-1](req)
}

func status(code int, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: code, Header: h, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	}
}

func lost(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }

// silent never answers.
func silent(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// endless answers at once and then sends nothing.
func endless(req *http.Request) (*http.Response, error) {
	r, w := io.Pipe()
	context.AfterFunc(req.Context(), func() { _ = w.CloseWithError(req.Context().Err()) })
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: r}, nil
}

type script = []func(*http.Request) (*http.Response, error)

func TestRetries(t *testing.T) {
	tests := []struct {
		about  string
		kind   Kind
		script script
		tries  int
		status int // 0: an error
	}{
		{"a read that works", Read, script{status(200)}, 1, 200},
		{"a read after one failure", Read, script{status(500), status(200)}, 2, 200},
		{"a read after a lost connection", Read, script{lost, status(200)}, 2, 200},
		{"a read that goes on failing", Read, script{status(502)}, 3, 502},
		{"a read that is refused for good", Read, script{status(402)}, 1, 402},
		{"a read that is lost for good", Read, script{lost}, 3, 0},
		{"a read that nobody answers", Read, script{silent}, 1, 0},
		{"a read told to wait", Read, script{status(429), status(429), status(200)}, 3, 200},
		{"a write", Write, script{status(500), status(200)}, 1, 500},
		{"a lost write", Write, script{lost, status(200)}, 1, 0},
		{"a login", Login, script{status(503), status(200)}, 1, 503},
		{"a lost login", Login, script{lost, status(200)}, 1, 0},
		{"a fetch after one failure", Fetch, script{status(503), status(200)}, 2, 200},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			played := &answers{script: test.script}
			c := client(t, played)
			reply, err := c.Do(t.Context(), Call{Op: "test", Kind: test.kind, Method: http.MethodPost, Path: []string{"x"}})
			if len(played.times) != test.tries {
				t.Errorf("%s: %d tries, want %d", test.about, len(played.times), test.tries)
			}
			if test.status == 0 && !errors.Is(err, plaidapi.Offline) || test.status != 0 && (err != nil || reply.Status != test.status) {
				t.Errorf("%s: %+v, %v", test.about, reply, err)
			}
			for i := 1; i < len(played.times); i++ {
				if pause := played.times[i].Sub(played.times[i-1]); pause < shortestPause || pause > longestPause {
					t.Errorf("%s: pause %d of %v", test.about, i, pause)
				}
			}
		})
	}
}

// TestFinal: an answer may look passing and not be.
func TestFinal(t *testing.T) {
	played := &answers{script: script{status(429), status(200)}}
	call := Call{Op: "test", Kind: Read, Method: http.MethodPost, Final: func(r *Reply) bool { return r.Status == 429 }}
	if reply, err := client(t, played).Do(t.Context(), call); err != nil || reply.Status != 429 || len(played.times) != 1 {
		t.Errorf("%+v, %v after %d tries", reply, err, len(played.times))
	}
}

func TestRetryAfter(t *testing.T) {
	tests := []struct {
		about, value string
		patience     time.Duration // of the caller
		tries        int
		pause        time.Duration
	}{
		{"seconds", "7", time.Hour, 2, 7 * time.Second},
		{"a date", "Sat, 01 Jan 2000 00:00:09 GMT", time.Hour, 2, 9 * time.Second}, // synctest begins at 00:00:00
		{"a minute", "60", time.Hour, 2, time.Minute},
		{"too long", "61", time.Hour, 1, 0},
		{"absurdly long", "99999999999", time.Hour, 1, 0},
		{"longer than the caller waits", "30", 20 * time.Second, 1, 0},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			played := &answers{script: script{status(429, "Retry-After", test.value), status(200)}}
			ctx, cancel := context.WithTimeout(t.Context(), test.patience)
			defer cancel()
			reply, err := client(t, played).Do(ctx, Call{Op: "test", Kind: Read, Method: http.MethodGet})
			if err != nil || len(played.times) != test.tries {
				t.Fatalf("%s: %d tries, %v", test.about, len(played.times), err)
			}
			if test.tries == 1 && reply.Status != 429 {
				t.Errorf("%s: the last answer should stand, got %d", test.about, reply.Status)
			}
			if test.tries == 2 && played.times[1].Sub(played.times[0]) != test.pause {
				t.Errorf("%s: waited %v", test.about, played.times[1].Sub(played.times[0]))
			}
		})
	}
}

func TestPatience(t *testing.T) {
	tests := []struct {
		about  string
		kind   Kind
		script script
		took   time.Duration
	}{
		{"first byte of a read", Read, script{silent}, 15 * time.Second},
		{"first byte of a write", Write, script{silent}, 15 * time.Second},
		{"first byte of a login", Login, script{silent}, 90 * time.Second},
		{"first byte of a fetch", Fetch, script{silent}, 90 * time.Second},
		{"a whole read", Read, script{endless}, 60 * time.Second},
		{"a whole login", Login, script{endless}, 120 * time.Second},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			_, err := client(t, &answers{script: test.script}).Do(t.Context(), Call{Op: "test", Kind: test.kind, Method: http.MethodPost})
			if took := time.Since(start); took != test.took || !errors.Is(err, plaidapi.Offline) || !errors.Is(err, errSlow) {
				t.Errorf("%s: %v after %v, want %v", test.about, err, took, test.took)
			}
			synctest.Wait()
		})
	}
}

func client(t *testing.T, transport http.RoundTripper) *Client {
	t.Helper()
	c, err := New("http://localhost", &http.Client{Transport: transport}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
