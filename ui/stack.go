package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// stack holds the screens that are open, each with a context that ends when it leaves.
type stack struct {
	env    env // its context is the parent of every screen's
	layers []layer
	width  int
	height int
	ahead  []tea.KeyMsg // typed, or to be pressed, on a screen that is ready for keys
	said   string       // by the last nav that said something
}

// layer is an open screen. owed is where it wanted to go while another one covered it: it goes there
// once it is on top again, so that a reply that came meanwhile is not lost.
type layer struct {
	screen
	end  context.CancelFunc
	owed nav
}

// top is the screen that is seen.
func (s *stack) top() screen { return s.layers[len(s.layers)-1].screen }

// follow carries out a nav and returns what the screen shown next wants done.
func (s *stack) follow(n nav) tea.Cmd {
	if n.say != "" {
		s.said = n.say
	}
	if n.then != nil {
		s.ahead = append(s.ahead, pressed(*n.then))
	}
	popped, kept := false, 1
	var cmds []tea.Cmd
	if n.fresh {
		n.pop, kept = len(s.layers), 0
	}
	for ; n.pop > 0 && len(s.layers) > kept; n.pop-- {
		cmds = append(cmds, s.drop())
		popped = true
	}
	switch {
	case n.push != nil:
		cmds = append(cmds, s.push(n.push))
	case popped:
		cmds = append(cmds, s.uncovered())
	}
	return tea.Batch(cmds...)
}

// drop takes the top screen off, ends what it had under way, and returns what it still wants done.
func (s *stack) drop() tea.Cmd {
	last := len(s.layers) - 1
	_, cmd := s.layers[last].Update(dropped{})
	s.layers[last].end()
	s.layers[last] = layer{}
	s.layers = s.layers[:last]
	return cmd
}

// uncovered goes where the screen now on top owes to go, or tells it that it is on top.
func (s *stack) uncovered() tea.Cmd {
	top := &s.layers[len(s.layers)-1]
	if owed := top.owed; owed.moves() {
		top.owed = nav{}
		return s.follow(owed)
	}
	return s.update(len(s.layers)-1, shown{})
}

// push opens a screen on top.
func (s *stack) push(build func(env) screen) tea.Cmd {
	e := s.env
	ctx, end := context.WithCancel(s.env.ctx)
	e.ctx = ctx
	opened := build(e)
	opened.SetSize(s.width, s.height)
	s.layers = append(s.layers, layer{screen: opened, end: end})
	return opened.Init()
}

// update hands a message to the screen at i. Only the top one navigates now; a covered one later.
func (s *stack) update(i int, msg tea.Msg) tea.Cmd {
	wants, cmd := s.layers[i].Update(msg)
	if i != len(s.layers)-1 {
		if wants.moves() {
			s.layers[i].owed = wants
		}
		return cmd
	}
	return tea.Batch(cmd, s.follow(wants))
}

// all hands a message to every screen, the top one last, so that it alone may navigate.
func (s *stack) all(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(s.layers))
	for i := range len(s.layers) {
		cmds = append(cmds, s.update(i, msg))
	}
	return tea.Batch(cmds...)
}

// resize tells every screen its new size.
func (s *stack) resize(width, height int) {
	s.width, s.height = width, height
	for _, l := range s.layers {
		l.SetSize(width, height)
	}
}
