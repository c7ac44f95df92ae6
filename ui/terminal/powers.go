package terminal

import (
	"strings"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"
)

// maxCopy is how many bytes may be copied at once. Terminals have limits too, and tell nobody.
const maxCopy = 100_000

// ErrTooLong says that nothing was copied.
var ErrTooLong error = tooLong{}

type tooLong struct{}

func (tooLong) Error() string { return "too long to copy" }

// UserText is the sentence that people read.
func (tooLong) UserText() string {
	return "That is too long to copy, so the clipboard is as it was. Export it instead."
}

// Copier returns what puts a text on the clipboard of the terminal's own computer, also from afar;
// nil where env speaks of a terminal without. It fails with [ErrTooLong]. Its command is for [Run].
// A terminal that was told to take no copies does not say so.
func Copier(env func(string) string) func(text string) (tea.Cmd, error) {
	p := powersOf(env)
	if !p.commands {
		return nil
	}
	return func(text string) (tea.Cmd, error) {
		if len(text) > maxCopy {
			return nil, ErrTooLong
		}
		return func() tea.Msg { return p.copying(text) }, nil
	}
}

// clipping is the bytes that put a text on the clipboard.
type clipping string

// powers are what a terminal can do beside showing text.
type powers struct {
	commands bool         // it takes commands of the operating system kind: title, clipboard, colours
	through  []osc52.Mode // the ways to reach the outer terminal's clipboard; any may be closed
}

// powersOf goes by what the terminal calls itself. The plain ones would print what they do not know.
func powersOf(env func(string) string) powers {
	name := env("TERM")
	kind, _, _ := strings.Cut(name, "-")
	switch {
	case name == "" && env("WT_SESSION") == "", kind == "dumb", kind == "linux", kind == "ansi", kind == "eterm", kind == "emacs",
		strings.HasPrefix(name, "vt1"), strings.HasPrefix(name, "vt2"), strings.HasPrefix(name, "cons"), strings.HasPrefix(name, "sun"):
		return powers{}
	case env("TMUX") != "", kind == "tmux":
		return powers{true, []osc52.Mode{osc52.DefaultMode, osc52.TmuxMode}} // set-clipboard, or allow-passthrough
	case env("STY") != "", kind == "screen":
		return powers{true, []osc52.Mode{osc52.ScreenMode}}
	}
	return powers{true, []osc52.Mode{osc52.DefaultMode}}
}

// copying makes them.
func (p powers) copying(text string) clipping {
	var b strings.Builder
	for _, mode := range p.through {
		b.WriteString(osc52.New(text).Mode(mode).String())
	}
	return clipping(b.String())
}
