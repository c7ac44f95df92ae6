package sandbox

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// hookTimeout bounds one webhook delivery, from dialling to the answer.
const hookTimeout = 2 * time.Second

// hook is a webhook to be delivered once the answer that causes it is out.
type hook struct {
	url  string
	body []byte
}

// initialPull is webhook 0, which follows a connect that left its transactions
// for later; nil when the request names no webhook.
func (c *call) initialPull(h holder, w window) *hook {
	to := c.option("webhook")
	if to == "" {
		return nil
	}
	total := 0
	c.rows(h, w, func(*transaction) { total++ })
	return newHook(to, func(t *text) {
		t.int("code", 0)
		t.string("message", "Initial transaction pull finished")
		t.string("access_token", h.token)
		t.int("total_transactions", total)
	})
}

// acknowledged is webhook 4, which answers a new webhook address.
func (c *call) acknowledged(h holder) *hook {
	return newHook(c.option("webhook"), func(t *text) {
		t.int("code", 4)
		t.string("message", "webhook acknowledged")
		t.string("access_token", h.token)
	})
}

func newHook(to string, members func(*text)) *hook {
	if !onLoopback(to) {
		return nil
	}
	var t text
	t.open('{')
	members(&t)
	t.close('}')
	return &hook{to, t.b}
}

// onLoopback tells whether a webhook address is one that the practice bank may
// contact: http or https, on this computer. Any other is accepted and ignored.
func onLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return loopbackName(u.Hostname())
}

// loopbackName tells whether a host, without a port, is this computer.
func loopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// deliver posts the hook, once, and ignores the answer. The dialler takes
// numbers only, so that a name server cannot lead it off this computer.
func (h *hook) deliver(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), hookTimeout)
	defer cancel()
	var dialer net.Dialer
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			if strings.EqualFold(host, "localhost") {
				host = "127.0.0.1"
			}
			return dialer.DialContext(ctx, network, net.JoinHostPort(host, port))
		},
	}
	client := http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(h.body))
	if err != nil {
		return
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return
	}
	io.CopyN(io.Discard, answer.Body, 1<<10)
	answer.Body.Close()
}
