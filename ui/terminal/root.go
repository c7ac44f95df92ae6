//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package terminal

import (
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// burstPause is how long painting may wait while input comes faster than it is painted.
const burstPause = 5 * time.Millisecond

// Messages that Bubble Tea keeps to itself, told by their types.
var (
	execType     = reflect.TypeOf(tea.Exec(nil, nil)())
	sequenceType = reflect.TypeOf(tea.Sequence(tea.Quit, tea.Quit)())
)

// root stands around the model in Bubble Tea's loop, which calls it from one goroutine.
type root struct {
	model   tea.Model
	session *session
	painted time.Time
}

// Init starts the model, gives it its size, paints the first frame and asks what it wants to know.
func (r *root) Init() tea.Cmd {
	cmd := tea.Batch(r.model.Init(), r.resize())
	r.session.ask()
	return r.guard(cmd)
}

// Update acts on what concerns the terminal, passes the rest on, and paints.
func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case burstOver:
		r.paint()
		return r, nil
	case resized:
		return r, r.guard(r.resize())
	case continued:
		if r.session.reacquire() {
			cmd = tea.Batch(r.update(tea.ResumeMsg{}), r.resize())
		}
		return r, r.guard(cmd)
	case clipping:
		r.session.screen.command(string(msg))
	case background:
		if r.session.told != nil {
			cmd = r.update(r.session.told(bool(msg)))
		}
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlL {
			r.session.screen.refresh()
		}
		cmd = r.update(msg)
	default:
		if reflect.TypeOf(msg) == execType { // the other program has ended
			now := time.Now()
			r.session.back.Store(&now)
			r.session.lent.Store(false)
			if r.session.reacquire() {
				cmd = r.resize()
			}
			return r, r.guard(cmd)
		}
		if !r.terminal(msg) {
			cmd = r.update(msg)
		}
	}
	if r.session.input.burst.Load() && time.Since(r.painted) < burstPause {
		return r, r.guard(cmd)
	}
	r.paint()
	return r, r.guard(cmd)
}

// terminal acts on Bubble Tea's own commands for the terminal; false for any other message.
func (r *root) terminal(msg tea.Msg) bool {
	switch msg {
	case tea.ClearScreen():
		r.session.screen.refresh()
	case tea.EnableMouseCellMotion(), tea.EnableMouseAllMotion():
		r.session.screen.setMouse(true)
	case tea.DisableMouse():
		r.session.screen.setMouse(false)
	default:
		return false
	}
	return true
}

// View is empty: Bubble Tea paints nothing.
func (r *root) View() string { return "" }

func (r *root) update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	r.model, cmd = r.model.Update(msg)
	return cmd
}

// resize tells the model its size and paints all of it.
func (r *root) resize() tea.Cmd {
	width, height := r.session.screen.size()
	r.session.screen.resize(width, height)
	cmd := r.update(tea.WindowSizeMsg{Width: width, Height: height})
	r.paint()
	return cmd
}

func (r *root) paint() {
	r.painted = time.Now()
	r.session.screen.show(r.model.View())
}

// guard makes a command whose panic, or that of a command it leads to, ends the session.
func (r *root) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		r.session.guarded(func() { msg = r.guardResult(cmd()) })
		return msg
	}
}

// guardResult guards the commands inside a batch or a sequence.
func (r *root) guardResult(msg tea.Msg) tea.Msg {
	switch {
	case msg == nil:
		return nil
	case reflect.TypeOf(msg) == sequenceType:
		inner := reflect.ValueOf(msg).Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd)
		return tea.Sequence(r.guardAll(inner)...)()
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		return tea.BatchMsg(r.guardAll(batch))
	}
	return msg
}

func (r *root) guardAll(cmds []tea.Cmd) []tea.Cmd {
	guarded := make([]tea.Cmd, len(cmds))
	for i, cmd := range cmds {
		guarded[i] = r.guard(cmd)
	}
	return guarded
}
