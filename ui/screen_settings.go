package ui

import tea "github.com/charmbracelet/bubbletea"

// settingsScreen is banks and settings on one page.
type settingsScreen struct{ env }

func newSettings(e env) screen { return &settingsScreen{env: e} }

func (s *settingsScreen) Init() tea.Cmd                 { return nil }
func (s *settingsScreen) Update(tea.Msg) (nav, tea.Cmd) { return back, nil }
func (s *settingsScreen) View() string                  { return "" }
func (s *settingsScreen) SetSize(int, int)              {}
func (s *settingsScreen) Chrome() chrome {
	return chrome{crumbs: []string{"Banks and settings"}, browse: true}
}
