package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tartan/plaidapi"
)

func TestBookIsTheSameAfterEachStart(t *testing.T) {
	dir, all := t.TempDir(), stages(t)
	for i, s := range scenario() {
		b := newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		mustEqual(t, "before "+s.name, contents(t, b), all[i])
		must(t, s.do(t.Context(), b))
		mustEqual(t, "after "+s.name, contents(t, b), all[i+1])
		must(t, b.close(t.Context()))
		if notice := b.notice(); notice != "" || b.readOnly() {
			t.Fatalf("after %s: %q", s.name, notice)
		}
	}
	b := opened(t, testOptions(dir))
	mustEqual(t, "in the end", contents(t, b), all[len(all)-1])
	saved := b.saved("i")
	if saved.Cursor != "cursor 3" || !saved.Synced.Equal(day) || saved.Rows != 5 || saved.Accounts[0].Current.Decimal() != "12.50" ||
		saved.Accounts[0].Available.Known() || saved.Accounts[0].Limit != nil {
		t.Errorf("saved: %+v", saved)
	}
	if j := b.saved("j"); !j.Partial || j.Cursor != "c" || !j.Synced.IsZero() {
		t.Errorf("of a sync under way: %+v", j)
	}
}

func TestBookWithoutAFolder(t *testing.T) {
	o := testOptions("")
	o.master = func(context.Context, bool) ([]byte, error) {
		t.Error("the key was asked for")
		return nil, ErrNotFound
	}
	b := opened(t, o)
	for _, s := range scenario() {
		must(t, s.do(t.Context(), b))
	}
	if len(b.items()) != 2 || b.saved("i").Rows != 5 || len(b.marks()) != 2 || len(pageLines(t, b)) != 0 || b.readOnly() {
		t.Error(contents(t, b))
	}
}

// The key is made for the first frame, and asked for once in each run that needs it.
func TestWhenTheKeyIsAskedFor(t *testing.T) {
	o := testOptions(t.TempDir())
	var asked []bool
	o.master = func(ctx context.Context, make bool) ([]byte, error) {
		asked = append(asked, make)
		return testOptions("").master(ctx, make)
	}
	mustHaveAsked := func(what string, want ...bool) {
		t.Helper()
		if !slices.Equal(asked, want) {
			t.Errorf("%s: %v, want %v", what, asked, want)
		}
	}
	b := newBook(o)
	must(t, b.open(t.Context()))
	_ = contents(t, b)
	mustHaveAsked("nothing is saved")
	for _, s := range scenario() {
		must(t, s.do(t.Context(), b))
	}
	must(t, b.close(t.Context()))
	mustHaveAsked("changes", true)
	asked = nil
	b = opened(t, o)
	must(t, b.mark(t.Context(), marked("t", "x")))
	mustHaveAsked("the next run", false)
}

func TestBookKeepsNothingOfUnknownItems(t *testing.T) {
	b := opened(t, testOptions(t.TempDir()))
	if err := b.apply(t.Context(), pageOf("i", 0, 1)); !errors.Is(err, ErrNoItem) {
		t.Error(err)
	}
	if err := b.setAccounts(t.Context(), "i", nil, day); !errors.Is(err, ErrNoItem) {
		t.Error(err)
	}
	must(t, b.forget(t.Context(), "i"))
	if _, err := os.Stat(b.path("log")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a log was begun for nothing")
	}
}

func TestFrontSparesTheLog(t *testing.T) {
	dir := played(t)
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	must(t, b.setFront(t.Context(), rows("i", 0, 2)))
	want := contents(t, b)
	must(t, b.close(t.Context()))

	// Not a frame is read: all of them are gone bad, and opening does not find out. Replaying does.
	log := readFile(t, dir, "log")
	for i := headerSize + frameHead; i < len(log); i++ {
		log[i] ^= 1
	}
	writeFile(t, log, dir, "log")
	b = opened(t, testOptions(dir))
	if b.newest().Len() != 2 || b.notice() != "" || len(b.items()) != 2 || len(b.marks()) != 2 {
		t.Errorf("from the front page: %v, notice %q", b.newest(), b.notice())
	}
	lines := contents(t, b)
	mustBeAside(t, dir, b.notice(), log)
	if got := slices.DeleteFunc(lines, func(s string) bool { return strings.HasPrefix(s, "saved") }); len(got) != 4 {
		t.Errorf("of %q is left: %q", want, got)
	}
	must(t, b.apply(t.Context(), pageOf("i", 0, 3)))
	if b.newest() != nil {
		t.Error("the newest rows are no longer the newest")
	}
}

func TestFrontIsOnlyACache(t *testing.T) {
	dir := played(t)
	want := contents(t, opened(t, testOptions(dir)))
	front := readFile(t, dir, "front")
	for _, bad := range [][]byte{nil, front[:len(front)-1], bytes.Repeat([]byte("x"), 200)} {
		dir := played(t)
		writeFile(t, bad, dir, "front")
		b := opened(t, testOptions(dir))
		if b.newest() != nil || b.notice() != "" {
			t.Errorf("front page of %d bytes: %q", len(bad), b.notice())
		}
		mustEqual(t, "without a front page", contents(t, b), want)
	}
}

func TestBookModes(t *testing.T) {
	if !shared {
		t.Skip("modes say nothing here")
	}
	old := umask(0)
	defer umask(old)
	dir := filepath.Join(played(t), "deeper")
	b := opened(t, testOptions(dir))
	for _, s := range scenario() {
		must(t, s.do(t.Context(), b))
	}
	wantMode(t, dir, 0o700)
	for _, name := range []string{"log", "log.last", "front", "lock"} {
		wantMode(t, filepath.Join(dir, name), 0o600)
	}
}

func TestBookRefusesLinks(t *testing.T) {
	for _, name := range []string{"log", "front"} {
		dir := played(t)
		must(t, os.Rename(filepath.Join(dir, name), filepath.Join(dir, "elsewhere")))
		must(t, os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(dir, name)))
		if err := newBook(testOptions(dir)).open(t.Context()); !errors.Is(err, NotYours) {
			t.Errorf("%s is a link: %v", name, err)
		}
	}
	dir := t.TempDir()
	must(t, os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "lock")))
	b := opened(t, testOptions(dir))
	if err := b.mark(t.Context(), marked("t", "x")); !errors.Is(err, NotYours) || !b.readOnly() {
		t.Errorf("the lock is a link: %v", err)
	}
	must(t, os.Symlink(dir, filepath.Join(dir, "folder")))
	if err := newBook(testOptions(filepath.Join(dir, "folder"))).open(t.Context()); !errors.Is(err, NotYours) {
		t.Errorf("the folder is a link: %v", err)
	}
}

// A loss of power is not to be had in a test; what makes changes survive one is.
func TestChangesAreDurable(t *testing.T) {
	o := testOptions(t.TempDir())
	var ops []string
	o.disk.hook = func(op, path string) error {
		if entry := op + " " + filepath.Base(path); len(ops) == 0 || ops[len(ops)-1] != entry {
			ops = append(ops, entry)
		}
		return nil
	}
	b := opened(t, o)
	ops = nil
	mustHaveDone := func(what string, want ...string) {
		t.Helper()
		if !slices.Equal(ops, want) {
			t.Errorf("%s: %q, want %q", what, ops, want)
		}
		ops = nil
	}
	folder := "sync folder " + filepath.Base(o.dir)
	must(t, b.mark(t.Context(), marked("t", "x")))
	mustHaveDone("the first", "create log.new", "write log.new", "sync log.new", "rename log", folder, "write log", "sync log")
	must(t, b.mark(t.Context(), marked("t", "y")))
	mustHaveDone("the second", "write log", "sync log")
	must(t, b.rewrite(t.Context(), func(func(plaidapi.Page) error) error { return nil }))
	mustHaveDone("compaction", "create log.new", "write log.new", "sync log.new", "link log.last", "rename log", folder)
	must(t, b.setFront(t.Context(), nil))
	mustHaveDone("the front page", "create front.new", "write front.new", "rename front")
}

func TestNoRoomIsSaid(t *testing.T) {
	o := testOptions(t.TempDir())
	full := false
	o.disk.hook = func(op, _ string) error {
		if full && op == "write" {
			return syscall.ENOSPC
		}
		return nil
	}
	b := opened(t, o)
	must(t, b.mark(t.Context(), marked("t", "before")))
	before := readFile(t, o.dir, "log")
	full = true
	err := b.mark(t.Context(), marked("t", "after"))
	if !strings.HasPrefix(userText(err), "The disk is full. ") || !bytes.Equal(readFile(t, o.dir, "log"), before) {
		t.Errorf("%v", err)
	}
	if b.marks()[0].Value != "before" {
		t.Error("what was not saved is shown")
	}
	full = false
	must(t, b.mark(t.Context(), marked("t", "after")))
}

func TestCancelledChangesNothing(t *testing.T) {
	b := opened(t, testOptions(t.TempDir()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, s := range scenario() {
		if err := s.do(ctx, b); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", s.name, err)
		}
	}
	if err := b.replay(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// While a change hangs in the disk, what is known is told; others can give up, and so can close.
func TestNothingKnownWaitsForTheDisk(t *testing.T) {
	o := testOptions(t.TempDir())
	entered, release := make(chan struct{}), make(chan struct{})
	o.disk.hook = func(op, path string) error {
		if op == "sync" && filepath.Base(path) == "log" {
			close(entered)
			<-release
		}
		return nil
	}
	b := opened(t, o)
	done := make(chan error)
	go func() { done <- b.mark(context.Background(), marked("t", "x")) }()
	<-entered
	within(t, "what is known", func() {
		_, _, _, _, _, _ = b.items(), b.saved("i"), b.marks(), b.newest(), b.notice(), b.readOnly()
	})
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := b.setItem(short, plaidapi.Item{ID: "i"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if err := b.close(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	close(release)
	must(t, <-done)
}

func TestAfterCloseNothingIsDone(t *testing.T) {
	b := newBook(testOptions(t.TempDir()))
	if err := b.mark(t.Context(), marked("t", "x")); !errors.Is(err, ErrClosed) {
		t.Errorf("before open: %v", err)
	}
	must(t, b.open(t.Context()))
	must(t, b.mark(t.Context(), marked("t", "x")))
	must(t, b.close(t.Context()))
	must(t, b.close(t.Context()))
	if err := b.mark(t.Context(), marked("t", "y")); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	if err := b.replay(t.Context(), nil); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	if b.marks()[0].Value != "x" {
		t.Error("what is known is forgotten")
	}
}

// within fails when work does not end, which nothing but a lock can bring about here.
func within(t *testing.T, what string, work func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s waits", what)
	}
}

// Forgetting an Item takes what was written about it, whether the log or the front page is read, and
// an Item of that name which is linked later has none of it.
func TestForgetTakesMarks(t *testing.T) {
	for _, front := range []bool{false, true} {
		o := testOptions(t.TempDir())
		b := opened(t, o)
		must(t, b.setItem(t.Context(), plaidapi.Item{ID: "i"}))
		other := marked("t", "stays")
		other.Subject.ItemID = "j"
		filter := plaidapi.Mark{Subject: plaidapi.Subject{Name: "big"}, Field: plaidapi.SavedFilter, Value: ">50", At: day}
		must(t, b.mark(t.Context(), marked("t", "goes"), other, filter))
		must(t, b.forget(t.Context(), "i"))
		must(t, b.setItem(t.Context(), plaidapi.Item{ID: "i"}))
		if front {
			must(t, b.setFront(t.Context(), rows("i", 0, 1)))
		}
		must(t, b.close(t.Context()))
		b = opened(t, o)
		if got := b.marks(); len(got) != 2 || got[0] != filter || got[1] != other {
			t.Errorf("front page %t: %+v", front, got)
		}
	}
}
