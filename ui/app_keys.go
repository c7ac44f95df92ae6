package ui

import (
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

const (
	mostAhead = 1000   // keys that wait for a screen that is not ready
	mostTimes = 99_999 // how often one key may count
)

// key acts on a key: those that mean the same on every screen first.
func (a *app) key(msg tea.KeyMsg) tea.Cmd {
	if cmd, done := a.always(msg); done {
		return cmd
	}
	c := a.stack.top().Chrome()
	a.stack.said = ""
	if msg.Paste || c.typing {
		return a.pass(msg)
	}
	if a.counts(msg, c) {
		return nil
	}
	times := max(a.times, 1)
	a.times = 0
	if cmd, done := a.everywhere(msg, c); done {
		return cmd
	}
	if !a.steps(msg) {
		times = 1
	}
	cmds := make([]tea.Cmd, 0, 1)
	for top := a.stack.top(); times > 0 && a.stack.top() == top; times-- {
		if cmd := a.pass(msg); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}

// always answers the keys that work even where letters are text. Where there is no room to draw a
// screen, no other key is heard: nobody answers what they cannot read. Where a screen is not ready,
// keys wait.
func (a *app) always(msg tea.KeyMsg) (tea.Cmd, bool) {
	k := a.frame.keys
	switch {
	case key.Matches(msg, k.stop):
		return tea.Quit, true
	case key.Matches(msg, k.repaint):
		return tea.ClearScreen, true
	case key.Matches(msg, k.suspend):
		return tea.Suspend, true
	case a.frame.tooSmall():
		if key.Matches(msg, k.quit) {
			return tea.Quit, true
		}
		return nil, true
	case a.stack.top().Chrome().hold:
		if len(a.stack.ahead) < mostAhead {
			a.stack.ahead = append(a.stack.ahead, msg)
		}
		return nil, true
	}
	return nil, false
}

// everywhere answers the keys that mean the same on every screen where letters are no text.
func (a *app) everywhere(msg tea.KeyMsg, c chrome) (tea.Cmd, bool) {
	k := a.frame.keys
	switch {
	case key.Matches(msg, k.quit):
		return tea.Quit, true
	case key.Matches(msg, k.help):
		return a.help(), true
	case c.shut || c.help:
		return nil, false
	case key.Matches(msg, k.lock):
		return a.lock(), true
	case key.Matches(msg, k.hide):
		return a.hide(), true
	case key.Matches(msg, k.mouse):
		return a.hear(!a.stack.env.look.mouse), true
	case key.Matches(msg, k.palette):
		return a.stack.follow(open(func(e env) screen { return newPalette(e, c) })), true
	case c.browse:
		return a.places(msg)
	}
	return nil, false
}

// places answers the keys that go to the main screens.
func (a *app) places(msg tea.KeyMsg) (tea.Cmd, bool) {
	k := a.frame.keys
	switch {
	case key.Matches(msg, k.accounts):
		return a.stack.follow(home), true
	case key.Matches(msg, k.activity):
		return a.stack.follow(nav{pop: home.pop, push: newActivity}), true
	case key.Matches(msg, k.settings):
		return a.stack.follow(nav{pop: home.pop, push: newSettings}), true
	case key.Matches(msg, k.undo, k.redo):
		return a.revert(key.Matches(msg, k.redo)), true
	}
	return nil, false
}

// counts takes a digit of how often the next key is to count: 5j. The first one must be a digit that
// does nothing here.
func (a *app) counts(msg tea.KeyMsg, c chrome) bool {
	if msg.Type != tea.KeyRunes || msg.Alt || len(msg.Runes) != 1 || !c.browse {
		return false
	}
	digit := msg.Runes[0]
	if digit < '0' || digit > '9' || digit == '0' && a.times == 0 {
		return false
	}
	k := a.frame.keys
	if a.times == 0 && key.Matches(msg, append(slices.Clone(c.keys), k.accounts, k.activity, k.settings)...) {
		return false
	}
	a.times = min(a.times*10+int(digit-'0'), mostTimes)
	return true
}

// steps reports whether a key moves by steps, so that it may count several times.
func (a *app) steps(msg tea.KeyMsg) bool {
	k := a.frame.keys
	return key.Matches(msg, k.up, k.down, k.pageUp, k.pageDown, k.prevMonth, k.nextMonth)
}

// help opens the keys of the screen on top, or closes them.
func (a *app) help() tea.Cmd {
	about := a.stack.top().Chrome()
	if about.help {
		return a.stack.follow(back)
	}
	return a.stack.follow(open(func(e env) screen { return newHelp(e, about) }))
}

// hide shows no amounts any more, or shows them again.
func (a *app) hide() tea.Cmd {
	l := a.stack.env.look
	l.hidden = !l.hidden
	a.last = ""
	return nil
}

// hear begins or ends hearing the mouse. Without it the terminal's own selection works.
func (a *app) hear(on bool) tea.Cmd {
	a.stack.env.look.mouse = on
	if on {
		a.stack.said = "The mouse works here. Shift selects text."
		return tea.EnableMouseCellMotion
	}
	a.stack.said = "The mouse selects text now. " + a.frame.keys.mouse.Help().Key + " brings clicks back."
	return tea.DisableMouse
}

// footnote is what the footer says before the keys: what came of the last one, or how often the
// next one counts.
func (a *app) footnote() string {
	if a.times > 0 {
		return strconv.Itoa(a.times)
	}
	return a.stack.said
}
