package terminal

import (
	"os"
	"testing"

	"github.com/creack/pty"
	"github.com/muesli/termenv"
)

func TestProfile(t *testing.T) {
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer tty.Close()
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	type vars map[string]string
	for _, c := range []struct {
		env  vars
		out  *os.File
		want termenv.Profile
	}{
		{vars{}, tty, termenv.Ascii},
		{vars{"TERM": "dumb"}, tty, termenv.Ascii},
		{vars{"TERM": "xterm"}, tty, termenv.ANSI},
		{vars{"TERM": "xterm-256color"}, tty, termenv.ANSI256},
		{vars{"TERM": "xterm-kitty"}, tty, termenv.TrueColor},
		{vars{"TERM": "xterm-direct"}, tty, termenv.TrueColor},
		{vars{"TERM": "xterm", "COLORTERM": "truecolor"}, tty, termenv.TrueColor},
		{vars{"TERM": "screen-256color", "COLORTERM": "24bit"}, tty, termenv.ANSI256},
		{vars{"TERM": "screen-256color", "COLORTERM": "24bit", "TERM_PROGRAM": "tmux"}, tty, termenv.TrueColor},
		{vars{"TERM": "xterm-256color", "NO_COLOR": "1"}, tty, termenv.Ascii},
		{vars{"TERM": "xterm-256color", "NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, tty, termenv.Ascii},
		{vars{"TERM": "xterm-256color"}, file, termenv.Ascii},
		{vars{"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}, file, termenv.ANSI256},
		{vars{"TERM": "dumb", "CLICOLOR_FORCE": "1"}, file, termenv.ANSI},
		{vars{"TERM": "xterm-256color", "CLICOLOR_FORCE": "0"}, file, termenv.Ascii},
	} {
		env := func(name string) string { return c.env[name] }
		if got := Profile(env, c.out, false); got != c.want {
			t.Errorf("%v: %v, want %v", c.env, got.Name(), c.want.Name())
		}
		if got := Profile(env, c.out, true); got != termenv.Ascii {
			t.Errorf("%v, plain: %v", c.env, got.Name())
		}
	}
}

func TestDarkBackground(t *testing.T) {
	for value, want := range map[string]bool{
		"": true, "15;0": true, "0;15": false, "0;default;7": false, "15;default": true, "15;8": true,
	} {
		if got := DarkBackground(func(string) string { return value }); got != want {
			t.Errorf("COLORFGBG=%q: %v", value, got)
		}
	}
}
