// Package terminal shows a Bubble Tea model full-screen and leaves the terminal as it found it.
//
// Bubble Tea v1 only runs the loop here: messages, Update, commands. Its renderer, which paints
// on a clock, its input reader, which takes half a key for a whole one, and its signal and panic
// handlers, which print values, are off. In their place:
//
//		keys ─► input ─► decoder ─► Bubble Tea ─► root ─► Update, View of the model
//		                                           └────► screen ─► painter ─► terminal
//		signals ─► session (ends, suspends, resumes, resizes)
//
//	  - decoder turns bytes into whole messages, however they were cut on the way;
//	  - root stands around the model: it paints after each Update and guards every command;
//	  - painter turns two frames into the bytes between them, and is pure;
//	  - screen owns the terminal's modes and never waits for a terminal that takes no output.
//
// What a model must know. View returns a whole frame: as many lines as the screen has, each at
// most its width, no sequence but SGR, and no style carried over from one line to the next. The
// first message is a tea.WindowSizeMsg, before the first View. Ctrl+z suspends and is not
// delivered, ctrl+l repaints and is. tea.Quit, tea.Suspend, tea.ClearScreen, tea.Exec,
// tea.EnableMouseCellMotion and tea.DisableMouse work, and so does [Copier]; the commands for the
// alternate screen, cursor, paste, focus and window title do nothing. A command run by
// tea.ExecProcess needs its Stdin set, and ends where it was called: nothing of it is kept on screen.
package terminal

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// Options says where to show a model, and how.
type Options struct {
	In, Out *os.File            // the terminal, usually os.Stdin and os.Stdout
	Env     func(string) string // the environment, which tells what the terminal can do; nil: nothing but text
	Mouse   bool                // report clicks and the wheel
	Title   string              // of the window; none if empty

	// Background makes a message of whether the background is dark. With it, the terminal is asked
	// after the first frame, and the message comes when the answer does, if one comes. nil: never.
	Background func(dark bool) tea.Msg
}
