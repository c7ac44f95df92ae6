package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"
	"time"

	"tartan/plaidapi"
)

// nth is a hook that fails the n-th operation; of a write, only half is done when torn is set.
// With kill set it does not fail: the process ends there, as kill -9 ends it.
func nth(n int, torn, kill bool) func(op, path string) error {
	count := 0
	return func(op, _ string) error {
		if count++; count != n {
			return nil
		}
		die := func() {
			if kill {
				self, err := os.FindProcess(os.Getpid())
				panic(errors.Join(err, self.Kill())) // SIGKILL comes first
			}
		}
		if op == "write" && torn {
			return errShort{n: 40, then: die}
		}
		die()
		return errors.New("made to fail")
	}
}

// play goes through the scenario until a step fails, and tells how many succeeded.
func play(ctx context.Context, b *book, done func(int)) error {
	if err := b.open(ctx); err != nil {
		return err
	}
	<-b.decided
	for i, s := range scenario() {
		if err := s.do(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		done(i + 1)
	}
	return b.close(ctx)
}

// mustHaveKept makes sure that a folder holds just what was acknowledged, or the change after it too.
func mustHaveKept(t *testing.T, what, dir string, all [][]string, acknowledged int) {
	t.Helper()
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	<-b.ended
	got := contents(t, b)
	if !slices.Equal(got, all[acknowledged]) {
		mustEqual(t, fmt.Sprint(what, " after ", acknowledged), got, all[min(acknowledged+1, len(all)-1)])
	}
	if notice := b.notice(); notice != "" {
		t.Fatalf("%s: %q", what, notice)
	}
	must(t, b.close(t.Context()))
}

func TestFailingDiskLosesNothing(t *testing.T) {
	all := stages(t)
	for _, torn := range []bool{false, true} {
		for n := 1; ; n++ {
			o := testOptions(memoryDir(t))
			o.disk.hook = nth(n, torn, false)
			b, acknowledged := newBook(o), 0
			err := play(t.Context(), b, func(i int) { acknowledged = i })
			what := fmt.Sprintf("operation %d failed (%v)", n, err)
			if b.opened {
				mustEqual(t, what+", known", contents(t, b), all[acknowledged])
			}
			must(t, b.close(t.Context()))
			mustHaveKept(t, what, o.dir, all, acknowledged)
			if err == nil {
				if n < 40 {
					t.Fatalf("only %d operations", n)
				}
				break
			}
		}
	}
}

// A change that failed can be made again, and the ones after it.
func TestFailedChangesCanBeRepeated(t *testing.T) {
	all := stages(t)
	failed := true
	for n := 1; failed; n++ {
		failed = false
		o := testOptions(memoryDir(t))
		o.disk.hook = nth(n, n%2 == 0, false)
		b := newBook(o)
		for b.open(t.Context()) != nil {
			failed = true
		}
		for _, s := range scenario() {
			if s.do(t.Context(), b) != nil {
				failed = true
				if b.locked {
					must(t, s.do(t.Context(), b))
				}
			}
		}
		if b.locked {
			mustEqual(t, fmt.Sprint("operation ", n, " failed once"), contents(t, b), all[len(all)-1])
		}
		must(t, b.close(t.Context()))
		if b.locked {
			mustHaveKept(t, fmt.Sprint("operation ", n, " failed once"), o.dir, all, len(all)-1)
		}
	}
}

// When even the cut after a failed write fails, nothing more is written until it succeeds.
func TestNothingIsWrittenBehindATornFrame(t *testing.T) {
	o := testOptions(t.TempDir())
	broken := false
	o.disk.hook = func(op, _ string) error {
		switch {
		case broken && op == "write":
			return errShort{n: 40}
		case broken:
			return errors.New("broken")
		}
		return nil
	}
	b := opened(t, o)
	must(t, b.mark(t.Context(), marked("t1", "one")))
	broken = true
	size := len(readFile(t, o.dir, "log"))
	for range 3 {
		if err := b.mark(t.Context(), marked("t2", "two")); !errors.Is(err, Unwritable) {
			t.Fatal(err)
		}
		if now := len(readFile(t, o.dir, "log")); now > size+40 {
			t.Fatalf("%d bytes behind the last frame", now-size)
		}
	}
	broken = false
	must(t, b.mark(t.Context(), marked("t3", "three")))
	other := newBook(testOptions(o.dir))
	must(t, other.open(t.Context()))
	mustEqual(t, "in the end", contents(t, other), contents(t, b))
	must(t, other.close(t.Context()))
}

const childOf = "TARTAN_TEST_BOOK" // what a child of these tests is to do: play N TORN, or hold

// child starts this test binary again, to do something with a book in dir.
func child(t *testing.T, dir, role string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestAsChild$")
	cmd.Env = append(os.Environ(), childOf+"="+role, childOf+"_DIR="+dir)
	return cmd
}

// TestAsChild is what the children do. They tell each step that has succeeded on a line.
func TestAsChild(t *testing.T) {
	role, dir := os.Getenv(childOf), os.Getenv(childOf+"_DIR")
	if role == "" {
		t.Skip("only for children of other tests")
	}
	o := testOptions(dir)
	var n int
	var torn bool
	if _, err := fmt.Sscanf(role, "play %d %t", &n, &torn); err == nil {
		o.disk.hook = nth(n, torn, true)
	}
	b := newBook(o)
	must(t, play(t.Context(), b, func(i int) { fmt.Println("acknowledged", i) }))
	if role == "hold" {
		b = newBook(o)
		must(t, b.open(t.Context()))
		<-b.ended
		fmt.Println("acknowledged", -1)
		select {}
	}
}

func TestKilledAtEachOperation(t *testing.T) {
	all := stages(t)
	for _, torn := range []bool{false, true} {
		for n := 1; ; n++ {
			dir := memoryDir(t)
			out, err := child(t, dir, fmt.Sprintf("play %d %t", n, torn)).Output()
			acknowledged := 0
			for line := range bytesLines(out) {
				if i, err := strconv.Atoi(line); err == nil {
					acknowledged = i
				}
			}
			mustHaveKept(t, fmt.Sprintf("killed at %d, torn %t (%v)", n, torn, err), dir, all, acknowledged)
			if err == nil {
				if n < 40 || acknowledged != len(all)-1 {
					t.Fatalf("%d operations, %d steps", n, acknowledged)
				}
				break
			}
		}
	}
}

// bytesLines gives what stands behind "acknowledged" in each line.
func bytesLines(out []byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range bytes.Lines(out) {
			rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("acknowledged "))
			if ok && !yield(string(rest)) {
				return
			}
		}
	}
}

func TestASecondProcessOnlyReads(t *testing.T) {
	dir, all := t.TempDir(), stages(t)
	first := child(t, dir, "hold")
	out, err := first.StdoutPipe()
	must(t, err)
	must(t, first.Start())
	t.Cleanup(func() { _ = first.Process.Kill(); _ = first.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "acknowledged -1"; {
	}
	before := readFile(t, dir, "log")
	o := testOptions(dir)
	o.wait = 40 * time.Millisecond
	b := newBook(o)
	must(t, b.open(t.Context()))
	mustEqual(t, "what the first saved", contents(t, b), all[len(all)-1])
	for _, s := range scenario() {
		if err := s.do(t.Context(), b); !errors.Is(err, Busy) {
			t.Errorf("%s: %v", s.name, err)
		}
	}
	if !b.readOnly() || b.notice() != userText(&FileError{Fault: Busy}) {
		t.Errorf("%q", b.notice())
	}
	if string(readFile(t, dir, "log")) != string(before) {
		t.Error("the second has written")
	}
	must(t, first.Process.Kill())
	<-b.ended
	if b.readOnly() || b.notice() != "" {
		t.Errorf("once the first has died: %q", b.notice())
	}
	must(t, b.mark(t.Context(), marked("t", "x")))
	must(t, b.close(t.Context()))
}

// Until it is known who writes, changes wait, but not longer than they are given.
func TestChangesWaitForTheLock(t *testing.T) {
	o := testOptions(t.TempDir())
	first := newBook(o)
	must(t, first.open(t.Context()))
	must(t, first.mark(t.Context(), marked("t", "first")))
	o.wait = time.Hour
	second := newBook(o)
	must(t, second.open(t.Context()))
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := second.mark(short, marked("t", "second")); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	must(t, second.close(t.Context()))
	must(t, first.close(t.Context()))
}

// One that has replayed what another then changed does not write before it has replayed that too.
func TestWhoMissedChangesReadsThemFirst(t *testing.T) {
	o := testOptions(t.TempDir())
	first := newBook(o)
	must(t, first.open(t.Context()))
	must(t, first.mark(t.Context(), marked("t1", "one")))
	o.wait = 40 * time.Millisecond
	second := opened(t, o)
	_ = contents(t, second)
	must(t, first.mark(t.Context(), marked("t2", "two")))
	must(t, first.close(t.Context()))
	<-second.ended
	if err := second.mark(t.Context(), marked("t3", "three")); !errors.Is(err, Outdated) || !second.readOnly() {
		t.Fatal(err)
	}
	if marks := second.marks(); len(marks) != 2 {
		t.Error(marks)
	}
	_ = contents(t, second)
	must(t, second.mark(t.Context(), marked("t3", "three")))
	if second.notice() != "" || len(second.marks()) != 3 {
		t.Error(second.notice(), second.marks())
	}
}

func TestReadersNeverSeeDamage(t *testing.T) {
	o := testOptions(memoryDir(t))
	writer := opened(t, o)
	must(t, writer.setItem(t.Context(), plaidapi.Item{ID: "i"}))
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- func() error {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return nil
				default:
				}
				if err := writer.apply(context.Background(), pageOf("i", n, 1)); err != nil {
					return err
				}
				if err := writer.setFront(context.Background(), rows("i", n, 1)); err != nil {
					return err
				}
				if n%10 == 9 {
					if err := writer.rewrite(context.Background(), func(yield func(plaidapi.Page) error) error {
						return yield(plaidapi.Page{ItemID: "i", Put: rows("i", n, 1)})
					}); err != nil {
						return err
					}
				}
			}
		}()
	}()
	o.wait = time.Hour
	for range 300 {
		b := newBook(o)
		must(t, b.open(t.Context()))
		pages := pageLines(t, b)
		if b.notice() != "" || len(b.items()) != 1 || len(pages) > 11 {
			t.Fatalf("%q, %d pages", b.notice(), len(pages))
		}
		must(t, b.close(t.Context()))
	}
	close(stop)
	must(t, <-done)
}
