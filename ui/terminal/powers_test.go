package terminal

import (
	"errors"
	"strings"
	"testing"
)

func TestPowers(t *testing.T) {
	type vars map[string]string
	for _, c := range []struct {
		env      vars
		commands bool
		ways     int
	}{
		{vars{}, false, 0},
		{vars{"TERM": "dumb"}, false, 0},
		{vars{"TERM": "linux"}, false, 0},
		{vars{"TERM": "linux-16color"}, false, 0},
		{vars{"TERM": "vt220"}, false, 0},
		{vars{"TERM": "eterm-color"}, false, 0},
		{vars{"TERM": "dumb", "TMUX": "x"}, false, 0},
		{vars{"TERM": "vte-256color"}, true, 1},
		{vars{"TERM": "xterm-256color"}, true, 1},
		{vars{"TERM": "alacritty"}, true, 1},
		{vars{"TERM": "tmux-256color"}, true, 2},
		{vars{"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, true, 2},
		{vars{"TERM": "screen.xterm-256color", "STY": "1.pts"}, true, 1},
		{vars{"WT_SESSION": "x"}, true, 1},
	} {
		if p := powersOf(func(name string) string { return c.env[name] }); p.commands != c.commands || len(p.through) != c.ways {
			t.Errorf("%v: %+v", c.env, p)
		}
	}
}

func TestCopier(t *testing.T) {
	if Copier(func(string) string { return "" }) != nil {
		t.Error("there is a clipboard where there are no commands")
	}
	put := Copier(func(name string) string { return map[string]string{"TERM": "xterm"}[name] })
	cmd, err := put(strings.Repeat("x", maxCopy))
	if err != nil || cmd == nil || !strings.HasPrefix(string(cmd().(clipping)), "\x1b]52;c;eHh4") {
		t.Errorf("as long as may be: %v", err)
	}
	if cmd, err := put(strings.Repeat("x", maxCopy+1)); !errors.Is(err, ErrTooLong) || cmd != nil {
		t.Errorf("longer: %v", err)
	}
}
