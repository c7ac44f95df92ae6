//go:build linux

package terminal

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

// openness tells whether this process may be dumped, before and after NoCore, and how large a core
// may be.
func openness() string {
	before, _ := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	NoCore()
	after, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	var core unix.Rlimit
	if err == nil {
		err = unix.Getrlimit(unix.RLIMIT_CORE, &core)
	}
	return fmt.Sprintln(before, after, core.Cur, core.Max, err)
}

func TestNoCore(t *testing.T) {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), probeEnv+"=concealed")
	told, err := child.CombinedOutput()
	if want := "1 0 0 0 <nil>\n"; err != nil || string(told) != want {
		t.Errorf("a process before and after NoCore, and its limits: %q, %v; want %q", told, err, want)
	}
}
