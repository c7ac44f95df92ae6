package sandbox

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
)

// Local is a connection to a Bank inside the process: real HTTP/1.1 between a
// client and a server, over pipes instead of sockets.
type Local struct {
	server    *http.Server
	transport *http.Transport
	handling  sync.WaitGroup // connections
	serving   chan struct{}  // closed once the server has stopped
}

// Dial starts a server of b that only the returned Local reaches. Any host and
// any http address lead to it. Close stops it.
func (b *Bank) Dial() *Local { return dial(b) }

// DialModern is Dial for today's wire. Its Hosted Link pages are out of a
// browser's reach: for those there is ServeModern.
func (b *Bank) DialModern() *Local { return dial(b.Modern()) }

func dial(handler http.Handler) *Local {
	listener := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	l := &Local{serving: make(chan struct{})}
	l.server = &http.Server{Handler: handler, ConnState: l.track}
	l.transport = &http.Transport{
		DialContext:         listener.dial,
		MaxIdleConnsPerHost: 4,
		ReadBufferSize:      pipeBuffer,
		DisableCompression:  true,
	}
	go func() {
		defer close(l.serving)
		l.server.Serve(listener) // ends with ErrServerClosed, in Close
	}()
	return l
}

// pipeBuffer is what a client takes from a pipe at once. Pipes hand over from
// one goroutine to another, which few large pieces make quick.
const pipeBuffer = 64 << 10

// track counts the connections whose goroutines still run.
func (l *Local) track(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		l.handling.Add(1)
	case http.StateClosed, http.StateHijacked:
		l.handling.Done()
	}
}

// Transport is the client's side, for an [http.Client].
func (l *Local) Transport() http.RoundTripper { return l.transport }

// Close drops what is under way and waits until the server has stopped.
func (l *Local) Close() error {
	err := l.server.Close()
	l.transport.CloseIdleConnections()
	<-l.serving
	l.handling.Wait()
	return err
}

// pipeListener accepts the connections that its own dial makes.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

var errLocalClosed = errors.New("the practice bank is closed")

func (p *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.closed:
		return nil, errLocalClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements [net.Listener].
func (p *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (p *pipeListener) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr implements [net.Listener].
func (p *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "practice bank" }
