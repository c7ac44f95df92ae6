package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// task runs at most one call at a time and recognises its own reply. It is the only way a screen
// does work: the call gets values, never the screen.
type task[T any] struct {
	ticket uint64 // of the call that is awaited; counts up, so that no ticket is used twice
	cancel context.CancelFunc
}

// reply brings back what a call returned, to the task that started it.
type reply[T any] struct {
	to     *task[T]
	ticket uint64
	value  T
	err    error
}

// isReply tells the root to offer a message to every screen on the stack.
type isReply interface{ reply() }

func (reply[T]) reply() {}

// start runs call, cancelling what ran before.
func (t *task[T]) start(ctx context.Context, call func(context.Context) (T, error)) tea.Cmd {
	t.stop()
	ctx, cancel := context.WithCancel(ctx)
	t.ticket++
	t.cancel = cancel
	ticket := t.ticket
	return func() tea.Msg {
		value, err := call(ctx)
		return reply[T]{t, ticket, value, err}
	}
}

// running reports whether a reply is awaited.
func (t *task[T]) running() bool { return t.cancel != nil }

// take is true for the reply awaited; late ones, and those of other tasks, are not taken.
func (t *task[T]) take(r reply[T]) bool {
	if r.to != t || r.ticket != t.ticket || t.cancel == nil {
		return false
	}
	t.stop()
	return true
}

// stop cancels the call; its reply, if any, will not be taken.
func (t *task[T]) stop() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
}
