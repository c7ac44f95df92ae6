package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// beat is how often the clock beside work under way moves on. It runs only while there is some.
const beat = 100 * time.Millisecond

// tick is one beat.
type tick struct{}

// app is the root: it routes messages and draws the frame.
type app struct {
	stack    stack
	frame    frame
	busy     string    // what the top screen was doing when last asked
	since    time.Time // since when
	ticking  bool
	times    int          // how often the next key that moves is to count; 0 is once
	revising task[undone] // a change that is taken back or made again
	again    bool         // the latter
	drawn    string       // the frame; empty when something changed since
	last     string       // the frame before that, of the same size
	idle     idleLock
}

// Init opens the first screen.
func (a *app) Init() tea.Cmd {
	return a.stack.push(newAccounts)
}

// Update routes a message, in this order and nothing else: resize and beat; the keys that work
// everywhere; replies to every screen; the rest to the top one.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.drawn = ""
	cmds := []tea.Cmd{a.route(msg)}
	for s := &a.stack; len(s.ahead) > 0 && !s.top().Chrome().hold; {
		next := s.ahead[0]
		s.ahead = s.ahead[1:]
		cmds = append(cmds, a.route(next))
	}
	return a, tea.Batch(append(cmds, a.clock(), a.guard())...)
}

func (a *app) route(msg tea.Msg) tea.Cmd {
	if a.overdue(msg) {
		return a.lock()
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.frame.width, a.frame.height = max(msg.Width, 0), max(msg.Height, 0)
		a.last = ""
		a.stack.resize(a.frame.body())
		return nil
	case tick:
		a.ticking = false
		return nil
	case tea.KeyMsg:
		return a.key(msg)
	case tea.MouseMsg:
		return a.point(msg)
	case Background:
		a.stack.env.restyle(func(l *Look) { l.Dark = msg.Dark })
		return nil
	case reply[undone]:
		return a.reverted(msg)
	case isReply:
		return a.stack.all(msg)
	}
	return a.pass(msg)
}

// pass hands a message to the screen on top.
func (a *app) pass(msg tea.Msg) tea.Cmd {
	if len(a.stack.layers) == 0 {
		return nil
	}
	return a.stack.update(len(a.stack.layers)-1, msg)
}

// clock starts a beat when the top screen is at work and none is under way.
func (a *app) clock() tea.Cmd {
	if len(a.stack.layers) == 0 {
		return nil
	}
	busy := a.stack.top().Chrome().busy
	if busy != a.busy {
		a.busy, a.since = busy, a.stack.env.now()
	}
	if busy == "" || a.ticking {
		return nil
	}
	a.ticking = true
	return a.stack.env.after(beat, func(time.Time) tea.Msg { return tick{} })
}

// View is the frame: made anew only when a message may have changed it. For the first moment of a
// screen that is not ready, what was there before stays: nothing flickers.
func (a *app) View() string {
	if a.frame.width == 0 || a.frame.height == 0 || len(a.stack.layers) == 0 {
		return ""
	}
	if a.drawn == "" {
		top := a.stack.top()
		c, passed := top.Chrome(), a.stack.env.now().Sub(a.since)
		if c.hold && c.busy != "" && passed < beat && a.last != "" {
			return a.last
		}
		if c.browse && a.stack.env.look.hidden && !strings.HasPrefix(c.right, offline) {
			c.right = "amounts hidden"
		}
		view := ""
		if !a.frame.tooSmall() {
			view = top.View()
		}
		a.drawn = a.frame.draw(c, view, passed, a.footnote())
		a.last = a.drawn
	}
	return a.drawn
}
