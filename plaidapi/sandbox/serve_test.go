package sandbox

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestServeGuardsItself(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, stop := context.WithCancel(t.Context())
	ready := make(chan string, 1)
	ended := make(chan error, 1)
	go func() { ended <- openBank().Serve(ctx, "127.0.0.1:0", func(u string) { ready <- u }) }()
	url := <-ready
	addr := strings.TrimPrefix(url, "http://")
	for _, tc := range []struct {
		version, host, origin string
		status                int
	}{
		{"1.1", addr, "", 200},
		{"1.1", "localhost:1", "", 200},
		{"1.1", "LOCALHOST", "", 200},
		{"1.1", "127.0.0.1", "", 200},
		{"1.1", "[::1]:80", "", 200},
		{"1.1", "[::1]", "", 200},
		{"1.1", "example.com", "", 403},
		{"1.1", "127.0.0.1.example.com:80", "", 403},
		{"1.1", "localhost.example.com", "", 403},
		{"1.1", "10.0.0.1:80", "", 403},
		{"1.1", addr, "http://example.com", 403},
		{"1.1", addr, "null", 403},
		{"1.1", addr, url, 403},
		{"1.1", "127.0.0.1:", "", 200},
		{"1.1", "127.0.0.1:http", "", 403},
		{"1.1", "127.0.0.1:80x", "", 403},
		{"1.1", "localhost:-1", "", 403},
		{"1.1", "::1", "", 403},
		{"1.1", "", "", 403},
		{"1.0", "", "", 200},
		{"1.0", "", "null", 403},
		{"1.0", addr, "", 200},
		{"1.0", "example.com", "", 403},
	} {
		if status := raw(t, addr, tc.version, tc.host, tc.origin); status != tc.status {
			t.Errorf("HTTP/%s, Host %q, Origin %q: %d, want %d", tc.version, tc.host, tc.origin, status, tc.status)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Serve ends with %v", err)
	}
	if conn, err := net.Dial("tcp", addr); err == nil {
		conn.Close()
		t.Error("still listening")
	}
}

// raw sends one request of a version of HTTP with the given Host, which 1.0 may
// leave out, and Origin.
func raw(t *testing.T, addr, version, host, origin string) int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /institutions HTTP/%s\r\nConnection: close\r\n", version)
	if host != "" || version != "1.0" {
		fmt.Fprintf(conn, "Host: %s\r\n", host)
	}
	if origin != "" {
		fmt.Fprintf(conn, "Origin: %s\r\n", origin)
	}
	fmt.Fprint(conn, "\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

func TestServeRefusesOtherAddresses(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.168.0.1:0", "example.com:80", "127.0.0.1", "", "127.0.0.1:none"} {
		err := openBank().Serve(t.Context(), addr, func(url string) { t.Errorf("%q: listens at %s", addr, url) })
		if err == nil {
			t.Errorf("%q: no error", addr)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if openBank().Serve(t.Context(), taken.Addr().String(), nil) == nil {
		t.Error("an address in use is no error")
	}
}

func TestLocalLeavesNothing(t *testing.T) {
	defer goleak.VerifyNone(t)
	entered := make(chan struct{}, 2) // by each request, which asks for the time
	b := newBank(Options{Clock: func() time.Time { entered <- struct{}{}; return fixedNow }}, nil)
	local := b.Dial()
	client := &http.Client{Transport: local.Transport()}
	if status, _, err := get(client, "/institutions"); status != 200 {
		t.Fatalf("%d %v", status, err)
	}
	<-entered
	defer b.Fault(Fault{Delay: time.Hour})()
	hanging := make(chan error, 1)
	go func() {
		_, _, err := get(client, "/categories")
		hanging <- err
	}()
	<-entered
	if err := local.Close(); err != nil {
		t.Error(err)
	}
	if err := <-hanging; err == nil {
		t.Error("a request under way ended well")
	}
	if _, _, err := get(client, "/institutions"); err == nil {
		t.Error("answered after Close")
	}
	if err := local.Close(); err != nil {
		t.Error("second Close:", err)
	}
}

func TestLocalClosedAtOnce(t *testing.T) {
	defer goleak.VerifyNone(t)
	for range 50 {
		openBank().Dial().Close()
	}
}

func TestConcurrentUse(t *testing.T) {
	b := New(Options{Clock: func() time.Time { return fixedNow }})
	c := outside(t, b)
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() {
			for _, path := range []string{"/institutions", "/categories", "/institutions/search?q=wells", "/practice/logins"} {
				if status, _, err := get(c, path); status != 200 {
					t.Errorf("%s: %d %v", path, status, err)
				}
			}
			for _, l := range b.Logins()[i : i+10] {
				form(t, b, "POST", "/connect", "type="+l.Institution+" username="+l.Username+" password="+l.Password)
				form(t, b, "POST", "/connect/get", "gte=2000-01-01 access_token=test_"+l.Institution+"_"+l.Username)
			}
			b.Fault(Fault{Path: "/x"})()
		})
	}
	work.Wait()
}
