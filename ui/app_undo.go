package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// undone is a change that was taken back, or made again, in the words it was made with.
type undone struct{ about string }

// revert takes back the last change that the person made, or makes it again.
func (a *app) revert(again bool) tea.Cmd {
	l := a.stack.env.ledger
	call := l.Undo
	if again {
		call = l.Redo
	}
	a.again = again
	return a.revising.start(a.stack.env.ctx, func(ctx context.Context) (undone, error) {
		about, err := call(ctx)
		return undone{about}, err
	})
}

// reverted says what came of it, and has every screen read anew.
func (a *app) reverted(r reply[undone]) tea.Cmd {
	if !a.revising.take(r) {
		return nil
	}
	if r.err != nil {
		a.stack.said = inShort(r.err)
		return nil
	}
	a.stack.said = "Undone: " + r.value.about
	if a.again {
		a.stack.said = "Made again: " + r.value.about
	}
	return a.stack.all(shown{})
}
