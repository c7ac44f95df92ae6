//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// errGone says that the terminal went away: its input is at an end.
var errGone = errors.New("the terminal went away")

// burstOver follows a burst of input: now is the time to paint.
type burstOver struct{}

// input reads the terminal and sends a message for each event. It keeps nothing back.
type input struct {
	fd      int
	private bool // fd is ours to close
	send    func(tea.Msg)
	burst   atomic.Bool // more follows at once on the message last sent
	wake    [2]*os.File // closing the second ends the first, and run with it
	done    chan struct{}

	mu   sync.Mutex
	lent chan struct{} // not nil while another program reads; closed when it is ours again
}

func newInput(f *os.File, send func(tea.Msg)) (*input, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	in := &input{send: send, wake: [2]*os.File{r, w}, done: make(chan struct{})}
	in.fd, in.private = reopen(f, os.O_RDONLY), true
	if in.fd < 0 {
		in.fd, in.private = int(f.Fd()), false
	}
	return in, nil
}

// run reads until close, or until the terminal goes away: errGone.
func (in *input) run() error {
	defer close(in.done)
	var d decoder
	buf := make([]byte, 4096) // what a terminal holds at most
	for {
		in.sendAll(&d)
		switch ready, err := in.wait(d.patience()); {
		case err != nil:
			return nil
		case !ready:
			d.stall()
			continue
		}
		n, err := in.read(buf)
		if err != nil {
			return err
		}
		d.feed(buf[:n])
	}
}

// sendAll sends what the decoder holds, each message saying by burst whether more is there.
func (in *input) sendAll(d *decoder) {
	for msg := d.next(); msg != nil; {
		next := d.next()
		in.burst.Store(next != nil || waitFor(in.fd, unix.POLLIN, 0))
		in.send(msg)
		msg = next
	}
	if in.burst.Load() && !waitFor(in.fd, unix.POLLIN, 0) {
		in.burst.Store(false)
		in.send(burstOver{})
	}
}

// wait waits for input; false when limit passed without. It fails after close.
func (in *input) wait(limit time.Duration) (bool, error) {
	ms := -1
	if limit >= 0 {
		ms = int(limit.Milliseconds())
	}
	fds := []unix.PollFd{
		{Fd: int32(in.fd), Events: unix.POLLIN},
		{Fd: int32(in.wake[0].Fd()), Events: unix.POLLIN},
	}
	for {
		n, err := unix.Poll(fds, ms)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return false, err
		case fds[1].Revents != 0:
			return false, os.ErrClosed
		default:
			return n > 0, nil
		}
	}
}

// read reads what is there, once the terminal is ours; 0 when there is nothing any more.
func (in *input) read(buf []byte) (int, error) {
	in.mu.Lock()
	if in.lent != nil {
		lent := in.lent
		in.mu.Unlock()
		<-lent
		return 0, nil
	}
	defer in.mu.Unlock()
	n, err := unix.Read(in.fd, buf)
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
		return 0, nil
	case err != nil || n == 0:
		return 0, errGone
	}
	return n, nil
}

// lend leaves the input to another program until takeBack.
func (in *input) lend() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.lent == nil {
		in.lent = make(chan struct{})
	}
}

// takeBack ends lend.
func (in *input) takeBack() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.lent != nil {
		close(in.lent)
		in.lent = nil
	}
}

// close ends run and waits for it. By then, send must not block any more.
func (in *input) close() {
	_ = in.wake[1].Close()
	in.takeBack()
	<-in.done
	in.free()
}

// free gives back what newInput took, once run has ended or was never called.
func (in *input) free() {
	_ = in.wake[0].Close()
	_ = in.wake[1].Close()
	if in.private {
		_ = unix.Close(in.fd)
	}
}
