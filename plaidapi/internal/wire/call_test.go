package wire

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tartan/plaidapi"
)

// serve answers with handler and gives a Client for it.
func serve(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c, err := New(server.URL, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(path ...string) Call {
	return Call{Op: "test", Kind: Write, Method: http.MethodPost, Path: path, Body: []byte(`{}`)}
}

func TestReplyOfAnyStatusAndForm(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "0123abc")
		w.WriteHeader(http.StatusPaymentRequired)
		_, _ = w.Write([]byte("<html>"))
	})
	reply, err := c.Do(t.Context(), write("connect"))
	if err != nil || reply.Status != 402 || string(reply.Body) != "<html>" || reply.RequestID != "0123abc" || reply.OK() {
		t.Fatalf("%+v, %v", reply, err)
	}
}

func TestRequestAsSent(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.EscapedPath() != "/categories/a%2F..%2Fb" || r.Header.Get("Content-Type") != "application/json" || r.Proto != "HTTP/1.1" {
			t.Errorf("got %s %s %v", r.URL.EscapedPath(), r.Proto, r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		if len(r.Cookies()) > 0 {
			t.Error("a cookie came back")
		}
	})
	for range 2 {
		if _, err := c.Do(t.Context(), write("categories", "a/../b")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHeadersAreSent(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("PLAID-SECRET") != "x" || r.Header.Get("User-Agent") != "tartan" {
			t.Errorf("got %v", r.Header)
		}
	})
	call := write("item", "get")
	call.Header = http.Header{}
	call.Header.Set("PLAID-SECRET", "x")
	if _, err := c.Do(t.Context(), call); err != nil {
		t.Fatal(err)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/connect" {
			t.Error("the redirect was followed")
		}
		http.Redirect(w, r, "/trap", http.StatusTemporaryRedirect)
	})
	reply, err := c.Do(t.Context(), write("connect"))
	if err != nil || reply.Status != http.StatusTemporaryRedirect {
		t.Fatalf("%+v, %v", reply, err)
	}
}

func TestBodyLimitHoldsAfterUnpacking(t *testing.T) {
	for size, want := range map[int]error{bodyBytes: nil, bodyBytes + 1: ErrTooLarge} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(make([]byte, size))
			_ = packed.Close()
		})
		reply, err := c.Do(t.Context(), write("connect", "get"))
		if !errors.Is(err, want) || len(reply.Body) != size {
			t.Errorf("%d bytes: %v", size, err)
		}
		if want != nil && !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%v is not a BadReply", err)
		}
	}
}

func TestAnnouncedBodyIsNotRead(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "33554433")
		w.WriteHeader(http.StatusOK)
	})
	if _, err := c.Do(t.Context(), write("connect", "get")); !errors.Is(err, ErrTooLarge) {
		t.Fatalf("got %v", err)
	}
}

func TestHeaderLimit(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", headerBytes))
	})
	if _, err := c.Do(t.Context(), write("connect")); !errors.Is(err, plaidapi.Offline) {
		t.Fatalf("got %v", err)
	}
}

func TestCutOffReplyIsOffline(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`{"access_`))
	})
	reply, err := c.Do(t.Context(), write("connect"))
	var e *plaidapi.Error
	if !errors.As(err, &e) || e.Problem != plaidapi.Offline || e.Status != 200 || e.Unsent || !errors.Is(err, errLost) {
		t.Fatalf("got %v", err)
	}
	if reply == nil || string(reply.Body) != `{"access_` {
		t.Errorf("what had come is lost: %+v", reply)
	}
}

// TestErrorsDoNotEcho has a server answer with the request in place of a status line, which
// net/http would quote.
func TestErrorsDoNotEcho(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = conn.Write([]byte("hunter2 hunter2 hunter2\r\n\r\n"))
		_ = conn.Close()
	})
	_, err := c.Do(t.Context(), write("connect"))
	if !errors.Is(err, plaidapi.Offline) || strings.Contains(err.Error(), "hunter2") {
		t.Fatalf("got %v", err)
	}
}

func TestBadCertificates(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	server.Config.ErrorLog = quiet()
	defer server.Close()
	c, err := New(server.URL, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(t.Context(), write("connect")); !errors.Is(err, errUntrusted) || !errors.Is(err, plaidapi.Offline) {
		t.Errorf("unknown authority: %v", err)
	}

	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.Config.ErrorLog = quiet()
	old.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	old.StartTLS()
	defer old.Close()
	trusting := NewHTTPClient()
	trusting.Transport.(*http.Transport).TLSClientConfig.RootCAs = old.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	if c, err = New(old.URL, trusting, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(t.Context(), write("connect")); !errors.Is(err, plaidapi.Offline) {
		t.Errorf("TLS 1.1: %v", err)
	}
}

func TestRefusedAndUnknownHost(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c, err := New(server.URL, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Do(t.Context(), write("connect")); !errors.Is(err, errRefused) {
		t.Errorf("got %v", err)
	}
}

func TestCancelledIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := client(t, &answers{script: script{func(req *http.Request) (*http.Response, error) {
		cancel()
		return silent(req)
	}}})
	var e *plaidapi.Error
	if _, err := c.Do(ctx, write("connect")); !errors.Is(err, context.Canceled) || errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
}

func TestTraceTellsNoQuery(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "evil\tid")
		w.WriteHeader(404)
	}))
	defer server.Close()
	var seen []Trace
	c, err := New(server.URL+"/prefix/", nil, func(tr Trace) { seen = append(seen, tr) })
	if err != nil {
		t.Fatal(err)
	}
	call := write("institutions", "search")
	call.Query = map[string][]string{"q": {"my bank"}}
	if _, err := c.Do(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(server.URL, "http://")
	want := Trace{Op: "test", Method: "POST", Path: "/prefix/institutions/search", Host: host, Status: 404}
	if len(seen) != 1 || seen[0].Took <= 0 {
		t.Fatalf("got %+v", seen)
	}
	if seen[0].Took = 0; seen[0] != want {
		t.Fatalf("got %+v, want %+v", seen[0], want)
	}
}

// What never left this computer cannot have done anything.
func TestUnsent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close() // nobody is there now
	c, err := New("http://"+listener.Addr().String(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var e *plaidapi.Error
	if _, err := c.Do(t.Context(), write("connect")); !errors.As(err, &e) || e.Problem != plaidapi.Offline || !e.Unsent {
		t.Errorf("got %v", err)
	}
}
