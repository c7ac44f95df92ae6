package e2e

import (
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

var small = Size{Columns: 40, Rows: 12}

func TestHarnessShowsWhatAProgramDoes(t *testing.T) {
	term := NewDesk(t, None).Run(t, small, nil, "cat")
	term.Type("-l; $HOME “x”")
	term.Keys("Enter")
	screen := term.Wait(`(?m)^-l; \$HOME “x”\n-l; \$HOME “x”$`)
	if strings.Count(screen, "\n") != small.Rows {
		t.Errorf("the screen has %d rows:\n%s", strings.Count(screen, "\n"), screen)
	}
	term.Paste("one\ntwo\n")
	term.Wait(`one\ntwo\none\ntwo`)
	term.WaitWritten("two\r\n")
	term.Keys("C-d")
	if code := term.Exited(); code != 0 {
		t.Errorf("cat exited with %d", code)
	}
}

func TestHarnessPressesKeys(t *testing.T) {
	show := `stty raw -echo; printf ready; dd bs=1 count=8 2>/dev/null | od -An -c; printf done`
	term := NewDesk(t, None).Run(t, small, nil, "sh", "-c", show)
	term.Wait("ready")
	term.Type("é\t\n")
	term.Keys("Up", "C-c")
	term.Wait(`303 251 +\\t +\\r +033 +\[ +A +003`)
}

func TestHarnessTellsSizesStylesAndEnds(t *testing.T) {
	desk := NewDesk(t, None)
	size := `stty size; trap 'stty size' WINCH; printf '\033[1mbold\033[0m\n'; `
	term := desk.Run(t, small, []string{"CODE=7"}, "sh", "-c", size+`read -r line; read -r line; exit "$CODE"`)
	term.Wait(`12 40\nbold`)
	if !strings.Contains(term.Styled(), "\x1b[1mbold") {
		t.Errorf("no bold in %q", term.Styled())
	}
	term.Resize(Size{Columns: 100, Rows: 30})
	term.Keys("Enter")
	term.Wait(`30 100`)
	term.Keys("Enter", "Enter")
	if code := term.Exited(); code != 7 {
		t.Errorf("exit code %d", code)
	}
	term = desk.Run(t, small, nil, "cat")
	if err := syscall.Kill(term.PID(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := term.Exited(); code != 128+int(syscall.SIGTERM) {
		t.Errorf("exit code %d after SIGTERM", code)
	}
}

func TestHarnessDesksAreTheirOwn(t *testing.T) {
	a, b := NewDesk(t, Unlocked), NewDesk(t, Unlocked)
	if a.Home == b.Home {
		t.Error("two desks share a home")
	}
	out, code := a.Command(t, nil, "sh", "-c", `echo "$HOME $TERM $PLAID_SECRET"; ls -A "$HOME"/.config; exit 3`)
	if out != a.Home+"  \n" || code != 3 {
		t.Errorf("a command on a desk: %q, %d", out, code)
	}
}

// version is one line of printable text: a release, a commit, or "(devel)" where Go knows neither.
var version = regexp.MustCompile(`^tartan [[:print:]]+\r?\n$`)

func TestVersion(t *testing.T) {
	desk := NewDesk(t, None)
	out, code := desk.Command(t, nil, Binary(t), "version")
	if code != 0 || !version.MatchString(out) {
		t.Errorf("tartan version printed %q and exited with %d", out, code)
	}
	term := desk.Run(t, small, nil, Binary(t), "version")
	if code := term.Exited(); code != 0 {
		t.Errorf("in a terminal it exited with %d", code)
	}
	term.WaitWritten("\n")
	if raw := term.Written(); !version.MatchString(raw) {
		t.Errorf("in a terminal it wrote %q", raw)
	}
	entries, err := os.ReadDir(desk.Home + "/.config")
	if err != nil || len(entries) != 0 {
		t.Errorf("it left %v in the home (%v)", entries, err)
	}
}
