package store_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
)

// every has tests of linking go wrong at each point there is, and not only at some of them:
// go test ./store -run WhileItLinks -every
var every = flag.Bool("every", false, "kill and fail a linking tartan at every point")

const childStory = "TARTAN_TEST_STORY"

// errand is what a process that will be killed is to do.
type errand struct {
	Story     story
	Dir, Home string
	Kill      int
}

// TestLinkingChild is no test of its own: it is what TestKilledWhileItLinks kills.
func TestLinkingChild(t *testing.T) {
	words := os.Getenv(childStory)
	if words == "" {
		t.Skip("only as a child of TestKilledWhileItLinks")
	}
	var e errand
	if err := json.Unmarshal([]byte(words), &e); err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	r, err := e.Story.start(t.Context(), e.Dir, e.Home, transport, &strike{kills: true, at: e.Kill})
	if err == nil {
		err = e.Story.run(t.Context(), r)
	}
	if err == nil {
		err = r.close(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A tartan that links is killed at each point on its way. Whatever the bank holds then is linked,
// removed or told after the next start, and nothing that was linked is lost.
func TestKilledWhileItLinks(t *testing.T) {
	for _, y := range stories {
		t.Run(y.Name, func(t *testing.T) {
			t.Parallel()
			step := 4
			if y.Place == plaidapi.InFile {
				step = 11
			}
			if *every {
				step = 1
			}
			n := step
			for killAt(t, y, n) {
				n += step
			}
			t.Logf("killed at %d points, %d apart", n/step-1, step)
			if n < 16 {
				t.Errorf("there are no more than %d points", n-1)
			}
		})
	}
}

// killAt has a child live a story until it is killed at the n-th point, and reports whether it was.
func killAt(t *testing.T, y story, n int) (killed bool) {
	t.Helper()
	dir := t.TempDir()
	bank := sandbox.New(sandbox.Options{Clock: linkClock})
	url, stop := serveUntil(t, y.serve(bank))
	transport := &http.Transport{}
	y.prepare(t, dir, url, transport)
	transport.CloseIdleConnections()
	words, err := json.Marshal(errand{y, dir, url, n})
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^TestLinkingChild$")
	child.Env = append(os.Environ(), childStory+"="+string(words))
	out, err := child.CombinedOutput()
	stop()
	if err != nil && !strings.Contains(err.Error(), "killed") {
		t.Fatalf("killed at point %d: %v\n%s", n, err, out)
	}
	y.settled(t, dir, url, bank, err == nil)
	if t.Failed() {
		t.Fatalf("killed at point %d: %v", n, err)
	}
	return err != nil
}

// Each point goes wrong once, or from then on, and then the person leaves.
func TestFailureWhileItLinks(t *testing.T) {
	for _, y := range stories {
		for _, lasting := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, lasting %v", y.Name, lasting), func(t *testing.T) {
				t.Parallel()
				step := 2
				if y.Place == plaidapi.InFile {
					step = 9
				}
				if *every {
					step = 1
				}
				n := step
				for inNoTime(t, func(t *testing.T) bool { return failAt(t, y, &strike{at: n, lasting: lasting}) }) {
					n += step
				}
				t.Logf("failed at %d points, %d apart", n/step-1, step)
				if n < 20 {
					t.Errorf("there are no more than %d points", n-1)
				}
			})
		}
	}
}

// inNoTime does what may wait for a while.
func inNoTime(t *testing.T, do func(*testing.T) bool) (is bool) {
	synctest.Test(t, func(t *testing.T) { is = do(t) })
	return is
}

// failAt lives a story in which something fails, and reports whether anything did.
func failAt(t *testing.T, y story, s *strike) bool {
	t.Helper()
	dir := t.TempDir()
	bank := sandbox.New(sandbox.Options{Clock: linkClock})
	local := y.dial(bank)
	defer func() { _ = local.Close() }()
	const url = "http://localhost"
	y.prepare(t, dir, url, local.Transport())
	r, err := y.start(t.Context(), dir, url, local.Transport(), s)
	if err == nil {
		err = y.run(t.Context(), r)
	}
	failed := !s.missed()
	if !failed && err != nil {
		t.Fatal(err)
	}
	_ = r.close(t.Context()) // what it could not do is told
	y.settled(t, dir, url, bank, !failed)
	if t.Failed() {
		t.Fatalf("point %d failed, lasting %v: %v", s.at, s.lasting, err)
	}
	return failed
}

// serving is the practice bank by one of its wires.
type serving func(ctx context.Context, addr string, ready func(url string)) error

func (y story) serve(bank *sandbox.Bank) serving {
	if y.Page {
		return bank.ServeModern
	}
	return bank.Serve
}

// serveUntil offers a practice bank on loopback until it is stopped; then no request is under way.
func serveUntil(t *testing.T, serve serving) (url string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- serve(ctx, "127.0.0.1:0", func(url string) { ready <- url }) }()
	select {
	case url = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	return url, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
