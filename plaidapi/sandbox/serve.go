package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// What Serve allows one connection. Writing is generous: a million rows take a
// while.
const (
	headerTime   = 5 * time.Second
	readTime     = 30 * time.Second
	writeTime    = 5 * time.Minute
	idleTime     = 2 * time.Minute
	stopTime     = 3 * time.Second
	headerLength = 64 << 10
)

// Serve offers the bank at addr until ctx ends, and then returns nil. The host
// of addr is 127.0.0.1, ::1 or localhost; any other is an error, as is an
// address in use. ready, which may be nil, hears the URL once requests are
// taken. Requests for another host, or from a page of any origin, get 403: a
// browser on this computer must not become a way in.
func (b *Bank) Serve(ctx context.Context, addr string, ready func(url string)) error {
	return serve(ctx, addr, guard(b), ready)
}

// ServeModern is Serve for today's wire and its Hosted Link pages, whose forms
// may name the origin that served them and no other.
func (b *Bank) ServeModern(ctx context.Context, addr string, ready func(url string)) error {
	return serve(ctx, addr, guardPages(b.Modern()), ready)
}

// ServeBoth is Serve at one address and ServeModern at another, which may be
// empty for no such server, until ctx ends or one of them fails. ready hears
// the wire, legacy or modern, with its URL, always in this order.
func (b *Bank) ServeBoth(ctx context.Context, legacyAddr, modernAddr string, ready func(wire, url string)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	err := b.Serve(ctx, legacyAddr, func(url string) {
		ready("legacy", url)
		if modernAddr == "" {
			ended <- nil
			return
		}
		go func() {
			defer cancel()
			ended <- b.ServeModern(ctx, modernAddr, func(url string) { ready("modern", url) })
		}()
	})
	if err != nil {
		return err // most often before the second began
	}
	return <-ended
}

func serve(ctx context.Context, addr string, handler http.Handler, ready func(url string)) error {
	listener, err := listenLoopback(ctx, addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerLength,
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	if ready != nil {
		ready("http://" + listener.Addr().String())
	}
	select {
	case err := <-stopped:
		return fmt.Errorf("serve the practice bank: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	if err := <-stopped; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the practice bank: %w", err)
	}
	return nil
}

func listenLoopback(ctx context.Context, addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen for the practice bank: %w", err)
	}
	switch host {
	case "127.0.0.1", "::1", "localhost":
	default:
		return nil, fmt.Errorf("listen for the practice bank: %q is not this computer alone; use 127.0.0.1, ::1 or localhost", host)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for the practice bank: %w", err)
	}
	if a, ok := listener.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		listener.Close() // a name may lead anywhere
		return nil, fmt.Errorf("listen for the practice bank: %q is not this computer alone", addr)
	}
	return listener, nil
}

// guard lets through what an ordinary program on this computer sends.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hostless := r.Host == "" && !r.ProtoAtLeast(1, 1) // no browser is that old
		if _, foreign := r.Header["Origin"]; foreign || !hostless && !loopbackHost(r.Host) {
			refuse(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// guardPages is guard for a server with pages of its own: a form of theirs
// names the page's origin, which is the host that the request is for.
func guardPages(next http.Handler) http.Handler {
	programs := guard(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !onPage(requestPath(r.URL)) {
			programs.ServeHTTP(w, r)
			return
		}
		origins := r.Header["Origin"]
		own := len(origins) == 0 || len(origins) == 1 && origins[0] == "http://"+r.Host
		if !own || !loopbackHost(r.Host) || r.Method == http.MethodPost && r.Header.Get("Sec-Fetch-Site") == "cross-site" {
			refuse(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func refuse(w http.ResponseWriter) {
	http.Error(w, "the practice bank answers programs on this computer only", http.StatusForbidden)
}

// loopbackHost tells whether a Host header, with or without a port, names this computer.
func loopbackHost(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port, err = net.SplitHostPort(host + ":")
	}
	return err == nil && strings.Trim(port, "0123456789") == "" && loopbackName(name)
}
