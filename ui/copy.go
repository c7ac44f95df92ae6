package ui

import tea "github.com/charmbracelet/bubbletea"

// toClipboard copies text and says so. What there is no room to say is named by what it is.
func (e *env) toClipboard(text, what string) (nav, tea.Cmd) {
	if e.clipboard == nil {
		return said("There is no clipboard that tartan can reach from here."), nil
	}
	cmd, err := e.clipboard(text)
	if err != nil {
		return said(inShort(err)), nil
	}
	return said("Copied " + what + "."), cmd
}
