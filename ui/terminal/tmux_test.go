//go:build linux

package terminal

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var sgrPattern = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// inTmux runs a probe in a real terminal emulator of 70x20 and returns what gives it commands.
func inTmux(t *testing.T) func(args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("tmux is missing, and CI skips nothing")
		}
		t.Skip("no tmux")
	}
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) string {
		cmd := exec.Command("tmux", append([]string{"-S", socket, "-f", os.DevNull, "-u"}, args...)...)
		cmd.Env = append(os.Environ(), "TMUX=", probeEnv+"=plain", "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %q: %v: %s", args, err, out)
		}
		return string(out)
	}
	tmux("new-session", "-d", "-x", "70", "-y", "20", os.Args[0])
	t.Cleanup(func() { tmux("kill-server") })
	await(t, tmux, "70x20 size\n0 seen")
	return tmux
}

// TestInTmux: it shows, after many changes, what the model shows.
func TestInTmux(t *testing.T) {
	tmux := inTmux(t)
	var frame []string
	for i := 1; i <= 40; i++ {
		frame = randomFrame(rand.New(rand.NewPCG(1, uint64(i))), frame, 70, 20)
		tmux("send-keys", "n")
		await(t, tmux, plain(frame))
	}
}

// TestCopyInTmux: a copy arrives, where tmux was told to take it.
func TestCopyInTmux(t *testing.T) {
	tmux := inTmux(t)
	tmux("set-option", "-s", "set-clipboard", "on")
	tmux("send-keys", "y")
	for end := time.Now().Add(patience); tmux("list-buffers") == "" && time.Now().Before(end); {
	}
	if got := tmux("show-buffer"); got != "é" {
		t.Errorf("copied %q", got)
	}
}

// await polls the screen of tmux, which has no way to tell of a change.
func await(t *testing.T, tmux func(...string) string, want string) {
	t.Helper()
	got := ""
	for end := time.Now().Add(patience); time.Now().Before(end); {
		got = plain(strings.Split(tmux("capture-pane", "-p"), "\n"))
		if strings.HasPrefix(got, want) {
			return
		}
	}
	t.Fatalf("screen:\n%s\nwant:\n%s", got, want)
}

// plain leaves out styles and what cannot be seen at the ends.
func plain(rows []string) string {
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintln(&b, strings.TrimRight(sgrPattern.ReplaceAllString(row, ""), " "))
	}
	return strings.TrimRight(b.String(), "\n")
}
