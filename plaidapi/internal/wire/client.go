// Package wire sends one HTTP call, the same for both wires, within the limits of security.md
// 11–14: bounded in time and size, read strictly, never redirected, and repeated only when it
// reads. What the call means is not known here.
package wire

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Client sends calls to one base URL. It is safe for concurrent use.
type Client struct {
	base  *url.URL
	http  *http.Client
	trace func(Trace)
}

// New makes a Client. The base URL is https, or http on loopback; a path in it is put before the
// path of every call. A nil client means NewHTTPClient. Of any other its Transport is used, but
// redirects are still not followed and cookies not kept. trace may be nil.
func New(base string, client *http.Client, trace func(Trace)) (*Client, error) {
	u, err := parseBase(base)
	if err != nil {
		return nil, err
	}
	if client == nil {
		client = NewHTTPClient()
	}
	if trace == nil {
		trace = func(Trace) {}
	}
	bounded := &http.Client{Transport: client.Transport, CheckRedirect: stay}
	return &Client{base: u, http: bounded, trace: trace}, nil
}

// parseBase accepts a base URL or says in words that quote nothing of it why not: it may hold a
// password.
func parseBase(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, fmt.Errorf("wire: the base URL is not a whole URL")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("wire: the base URL holds more than a host and a path")
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/")+"/", ""
		return u, nil
	}
	return nil, fmt.Errorf("wire: the base URL is neither https nor http on loopback")
}

// NewHTTPClient is the one client that tartan talks through: TLS 1.2 and up, HTTP/1.1 (HTTP/2 can
// be made to log headers from outside), no redirects, no cookies, no proxy towards loopback.
func NewHTTPClient() *http.Client {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	dialer := &net.Dialer{Timeout: dialTime}
	return &http.Client{
		CheckRedirect: stay,
		Transport: &http.Transport{
			Proxy:                  proxy,
			DialContext:            dialer.DialContext,
			TLSClientConfig:        tlsConfig(),
			TLSHandshakeTimeout:    handshakeTime,
			MaxResponseHeaderBytes: headerBytes,
			MaxIdleConnsPerHost:    4,
			IdleConnTimeout:        idleTime,
			Protocols:              &protocols,
		},
	}
}

// stay hands a redirect back as the answer: its status is an error like any other.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// proxy is the environment's, but never for loopback: the practice bank is not to be met elsewhere.
func proxy(req *http.Request) (*url.URL, error) {
	if loopback(req.URL.Hostname()) {
		return nil, nil
	}
	return http.ProxyFromEnvironment(req)
}

// loopback reports whether host is this machine, by name or number.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
