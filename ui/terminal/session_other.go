//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package terminal

import (
	"context"
	"errors"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/term"
)

// copier stands around a model and copies for it.
type copier struct {
	tea.Model
	out *os.File
}

// Update does what is asked of the clipboard, and passes on the rest.
func (c copier) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if bytes, ok := msg.(clipping); ok {
		_, _ = c.out.WriteString(string(bytes)) // what fails, every frame fails with
		return c, nil
	}
	m, cmd := c.Model.Update(msg)
	return copier{m, c.out}, cmd
}

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
	_, err := tea.NewProgram(copier{m, o.Out}, opts...).Run()
	if cause := context.Cause(ctx); errors.Is(err, tea.ErrProgramKilled) && cause != nil {
		return cause
	}
	return err
}
