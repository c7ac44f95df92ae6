package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestToClipboard: what is said is what happened.
func TestToClipboard(t *testing.T) {
	put := func() tea.Msg { return nil }
	for _, c := range []struct {
		clipboard func(string) (tea.Cmd, error)
		says      string
		copies    bool
	}{
		{nil, "There is no clipboard that tartan can reach from here.", false},
		{func(string) (tea.Cmd, error) { return put, nil }, "Copied -48.12.", true},
		{func(string) (tea.Cmd, error) { return nil, badKeys("That is too long.") }, "That is too long.", false},
	} {
		e := env{clipboard: c.clipboard}
		if n, cmd := e.toClipboard("x", "-48.12"); n.say != c.says || (cmd != nil) != c.copies {
			t.Errorf("%q, copies %t", n.say, cmd != nil)
		}
	}
}
