//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package terminal

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"
)

// Run shows m full-screen, on systems without Unix terminals by Bubble Tea's own means.
func Run(ctx context.Context, m tea.Model, o Options) error {
	if o.In == nil || o.Out == nil || !term.IsTerminal(int(o.In.Fd())) || !term.IsTerminal(int(o.Out.Fd())) {
		return ErrNotTerminal
	}
	opts := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(o.In), tea.WithOutput(o.Out), tea.WithAltScreen(),
	}
	if o.Mouse {
		opts = append(opts, tea.WithMouseCellMotion())
	}
	_, err := tea.NewProgram(m, opts...).Run()
	if cause := context.Cause(ctx); errors.Is(err, tea.ErrProgramKilled) && cause != nil {
		return cause
	}
	return err
}
