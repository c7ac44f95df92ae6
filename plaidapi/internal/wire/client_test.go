package wire

import (
	"io"
	"log"
	"net/http"
	"strings"
	"testing"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestBaseURL(t *testing.T) {
	tests := map[string]bool{
		"https://tartan.plaid.com":     true,
		"https://tartan.plaid.com/api": true,
		"http://127.0.0.1:8080":        true,
		"http://[::1]:8080":            true,
		"http://localhost:8080/a/":     true,
		"http://LOCALHOST":             true,
		"http://tartan.plaid.com":      false,
		"http://127.0.0.1.evil.com":    false,
		"http://localhost.evil.com":    false,
		"http://10.0.0.1":              false,
		"https://id:hunter2@plaid.com": false,
		"https://plaid.com?secret=x":   false,
		"https://plaid.com#x":          false,
		"ftp://localhost":              false,
		"tartan.plaid.com":             false,
		"https:plaid.com":              false,
		"https://":                     false,
		"":                             false,
		"https://hunter2\x7f":          false,
	}
	for base, ok := range tests {
		_, err := New(base, nil, nil)
		if (err == nil) != ok {
			t.Errorf("%q: %v", base, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q is quoted: %v", base, err)
		}
	}
}

func TestProxyNeverForLoopback(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://192.0.2.1:3128")
	for _, host := range []string{"127.0.0.1", "127.9.9.9", "[::1]", "localhost"} {
		req, err := http.NewRequest(http.MethodGet, "http://"+host+":80/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if u, err := proxy(req); u != nil || err != nil {
			t.Errorf("%s goes through %v, %v", host, u, err)
		}
	}
}

func TestHTTPClientIsBounded(t *testing.T) {
	transport := NewHTTPClient().Transport.(*http.Transport)
	if transport.TLSClientConfig.InsecureSkipVerify || transport.MaxResponseHeaderBytes != headerBytes ||
		transport.Protocols.HTTP2() || !transport.Protocols.HTTP1() {
		t.Error("a limit of the transport is not set")
	}
}
