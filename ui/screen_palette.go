package ui

import tea "github.com/charmbracelet/bubbletea"

// paletteScreen finds any action by its words.
type paletteScreen struct {
	env
	about chrome
}

func newPalette(e env, about chrome) screen { return &paletteScreen{env: e, about: about} }

func (s *paletteScreen) Init() tea.Cmd                 { return nil }
func (s *paletteScreen) Update(tea.Msg) (nav, tea.Cmd) { return back, nil }
func (s *paletteScreen) View() string                  { return "" }
func (s *paletteScreen) SetSize(int, int)              {}
func (s *paletteScreen) Chrome() chrome                { return chrome{crumbs: s.about.crumbs, help: true} }
