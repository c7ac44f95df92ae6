//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"
)

// grace is how long an Update under way may hold up an end from outside.
const grace = 250 * time.Millisecond

// Run shows m full-screen until it quits, ctx ends or a signal arrives, and leaves the terminal
// as it was after every end but SIGKILL. It returns nil after tea.Quit, the cause of ctx after
// its end, else [ErrNotTerminal], *[SignalError] or *[PanicError]. An Update that blocks, and
// commands under way, are left behind.
func Run(ctx context.Context, m tea.Model, o Options) error {
	if o.In == nil || o.Out == nil || !term.IsTerminal(int(o.In.Fd())) || !term.IsTerminal(int(o.Out.Fd())) {
		return ErrNotTerminal
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	s, err := newSession(ctx, end, m, o)
	if err != nil {
		return err
	}
	defer s.close()
	s.start(ctx)
	select {
	case <-s.over:
	case <-ctx.Done():
		select {
		case <-s.over:
		case <-time.After(grace):
		}
	}
	if cause := context.Cause(ctx); !errors.Is(cause, errQuit) {
		return cause
	}
	return nil
}

// errQuit is the reason of an end that the model asked for.
var errQuit = errors.New("quit")

// session is one run of a model. Whatever ends it but tea.Quit calls end with the reason.
type session struct {
	end     context.CancelCauseFunc
	program *tea.Program
	screen  *screen
	input   *input
	signals signals
	lent    atomic.Bool               // another program has the terminal
	back    atomic.Pointer[time.Time] // when we last got it back from one
	over    chan struct{}             // closed when Bubble Tea is done

	told     func(dark bool) tea.Msg   // what makes a message of the background; may be nil
	asked    atomic.Pointer[time.Time] // when the terminal was asked for it
	answered chan struct{}             // closed by the first answer
	once     sync.Once
}

func newSession(ctx context.Context, end context.CancelCauseFunc, m tea.Model, o Options) (*session, error) {
	s := &session{end: end, signals: catch(), over: make(chan struct{}), told: o.Background, answered: make(chan struct{})}
	s.program = tea.NewProgram(&root{model: m, session: s},
		tea.WithContext(ctx),
		tea.WithFilter(s.filter),
		tea.WithInput(strings.NewReader("")), // not nil: after tea.Exec it is read again
		tea.WithOutput(o.Out),
		tea.WithoutRenderer(), tea.WithoutSignalHandler(), tea.WithoutCatchPanics(),
	)
	var err error
	if s.input, err = newInput(o.In, s.hear); err != nil {
		s.signals.stop()
		return nil, err
	}
	if s.screen, err = newScreen(o, s.guarded); err != nil {
		s.signals.stop()
		s.input.free()
		return nil, err
	}
	return s, nil
}

// start sets everything going.
func (s *session) start(ctx context.Context) {
	go s.guarded(func() { s.fatal(ctx) })
	go s.guarded(func() { s.nudges(ctx) })
	go s.guarded(func() {
		if errors.Is(s.input.run(), errGone) {
			s.end(&SignalError{syscall.SIGHUP})
		}
	})
	go func() {
		defer close(s.over)
		s.guarded(func() {
			_, err := s.program.Run()
			switch {
			case errors.Is(err, tea.ErrInterrupted):
				s.end(&SignalError{syscall.SIGINT})
			case err != nil:
				s.end(err) // a second reason, if ctx has ended, and then without effect
			default:
				s.end(errQuit)
			}
		})
	}()
}

// hear passes on what was read.
func (s *session) hear(msg tea.Msg) {
	if _, ok := msg.(background); ok {
		s.once.Do(func() { close(s.answered) })
	}
	s.program.Send(msg)
}

// ask asks for the background, where somebody wants to know.
func (s *session) ask() {
	if s.told != nil && s.screen.command(askBackground) {
		now := time.Now()
		s.asked.Store(&now)
	}
}

// lateAnswer is how long after the question an end waits for an answer that is still under way: it
// would be typed at the shell. Only who leaves as soon as they came ever waits.
const lateAnswer = 100 * time.Millisecond

// settle waits for such an answer.
func (s *session) settle() {
	asked := s.asked.Load()
	if asked == nil {
		return
	}
	select {
	case <-s.answered:
	case <-time.After(lateAnswer - time.Since(*asked)):
	}
}

// guarded runs f; its panic ends the session.
func (s *session) guarded(f func()) {
	defer func() {
		if r := recover(); r != nil {
			s.end(newPanicError(r))
		}
	}()
	f()
}

// close gives everything back.
func (s *session) close() {
	s.settle()
	s.input.lend() // reads nothing more
	s.screen.release(true)
	s.program.Kill()
	s.input.close()
	s.screen.close()
	s.signals.stop()
}

// filter sees each message before Bubble Tea acts on it. Update runs only after.
func (s *session) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.SuspendMsg:
		s.suspend()
		return nil
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlZ {
			s.suspend()
			return nil
		}
	}
	if reflect.TypeOf(msg) == execType {
		s.lent.Store(true)
		s.release()
	}
	return msg
}

// release leaves the terminal to another program.
func (s *session) release() {
	s.input.lend()
	s.screen.release(false)
}

// reacquire takes the terminal back, unless it belongs to another program now; false then.
func (s *session) reacquire() bool {
	if s.lent.Load() || !s.foreground() || s.screen.acquire() != nil {
		return false
	}
	s.input.takeBack()
	return true
}
