package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// plainLog is the folder of a log that was never compacted, with two frames of each kind, and what
// it holds. It has a front page that is current if so wished.
func plainLog(t testing.TB, front bool) (dir string, want []string) {
	t.Helper()
	dir = t.TempDir()
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	for _, id := range []string{"i", "j", "k"} {
		must(t, b.setItem(t.Context(), plaidapi.Item{ID: id}))
	}
	must(t, b.apply(t.Context(), plaidapi.Page{ItemID: "i", Put: rows("i", 0, 2), Cursor: "one"}))
	must(t, b.setAccounts(t.Context(), "i", accountsOf("i"), day))
	must(t, b.mark(t.Context(), marked("t1", "lunch")))
	must(t, b.forget(t.Context(), "j"))
	must(t, b.forget(t.Context(), "k"))
	must(t, b.setAccounts(t.Context(), "i", nil, day))
	must(t, b.mark(t.Context(), marked("t2", "rent")))
	must(t, b.apply(t.Context(), plaidapi.Page{ItemID: "i", Gone: []string{"t0"}, Cursor: "two"}))
	if front {
		must(t, b.setFront(t.Context(), rows("i", 0, 1)))
	}
	want = contents(t, b)
	must(t, b.close(t.Context()))
	return dir, want
}

// copied is a folder with the log, and the front page if there is one, of another.
func copied(t testing.TB, dir, from string, log []byte) {
	t.Helper()
	must(t, os.RemoveAll(dir))
	must(t, os.Mkdir(dir, 0o700))
	writeFile(t, log, dir, "log")
	if front, err := os.ReadFile(filepath.Join(from, "front")); err == nil {
		writeFile(t, front, dir, "front")
	}
}

// only gives the lines that begin so.
func only(lines []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return !strings.HasPrefix(s, prefix) })
}

// missing is how many of want are not there. What is there and not in want is an error.
func missing(t testing.TB, got, want []string) int {
	t.Helper()
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Fatalf("made up: %s", line)
		}
	}
	return len(want) - len(got)
}

func TestEveryFlippedByteIsFoundAndNamed(t *testing.T) {
	for _, front := range []bool{false, true} {
		t.Run(fmt.Sprint("front page ", front), func(t *testing.T) {
			from, want := plainLog(t, front)
			whole, dir := readFile(t, from, "log"), filepath.Join(memoryDir(t), "dir")
			for at := range whole {
				flipped := bytes.Clone(whole)
				flipped[at] ^= 1 << (at % 8)
				copied(t, dir, from, flipped)
				checkFlip(t, dir, flipped, want, front, at)
			}
		})
	}
}

func checkFlip(t *testing.T, dir string, flipped []byte, want []string, front bool, at int) {
	t.Helper()
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	<-b.ended
	_ = contents(t, b)                                      // with a front page, replaying finds the damage
	must(t, b.setItem(t.Context(), plaidapi.Item{ID: "i"})) // as the keyring tells
	got, notice := contents(t, b), b.notice()
	mustBeAside(t, dir, notice, flipped)
	if !strings.Contains(notice, "damaged") || !strings.Contains(notice, " of ") {
		t.Fatalf("byte %d: %q", at, notice)
	}
	inSalt := at >= saltPlace && at < saltPlace+32 // without the salt nothing can be read
	lost := missing(t, only(got, "page"), only(want, "page")) + missing(t, only(got, "mark"), only(want, "mark"))
	switch {
	case inSalt && !front: // unreadable
	case front && (len(only(got, "item")) != 1 || len(only(got, "mark")) != 2):
		t.Fatalf("byte %d: the front page knew more: %q", at, got)
	case lost > 1:
		t.Fatalf("byte %d: %d parts lost", at, lost)
	}
	if saved := b.saved("i"); saved.Cursor != "" || !saved.Partial && !inSalt {
		t.Fatalf("byte %d: the next sync does not begin anew: %+v", at, saved)
	}
	must(t, b.close(t.Context()))
	b = newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	mustEqual(t, "after repair", contents(t, b), got)
	if b.notice() != "" {
		t.Fatalf("byte %d: said again: %q", at, b.notice())
	}
	must(t, b.close(t.Context()))
}

func TestEveryTruncationLeavesAWholePrefix(t *testing.T) {
	from, _ := plainLog(t, false)
	whole, dir := readFile(t, from, "log"), filepath.Join(memoryDir(t), "dir")
	var before []string
	frames := 0
	for length := range len(whole) + 1 {
		copied(t, dir, from, whole[:length])
		b := newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		<-b.ended
		got := contents(t, b)
		if damaged := strings.Contains(b.notice(), "damaged"); damaged != (length < headerSize) {
			t.Fatalf("cut at %d: %q", length, b.notice())
		}
		if length > headerSize {
			if b.at.Next == uint64(frames)+1 {
				frames++
			} else {
				mustEqual(t, fmt.Sprint("cut at ", length), got, before)
			}
		}
		before = got
		if int(b.at.Next) != frames {
			t.Fatalf("cut at %d: %d frames after %d", length, b.at.Next, frames)
		}
		must(t, b.mark(t.Context(), marked("t9", "new"))) // the torn end is no more
		must(t, b.close(t.Context()))
		b = newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		if marks := b.marks(); len(marks) == 0 || b.notice() != "" {
			t.Fatalf("cut at %d: %v %q", length, marks, b.notice())
		}
		must(t, b.close(t.Context()))
	}
	if frames != 11 {
		t.Errorf("%d frames were seen", frames)
	}
}

func TestAShorterLogThanTheFrontPageKnowsIsNamed(t *testing.T) {
	from, want := plainLog(t, true)
	whole, dir := readFile(t, from, "log"), filepath.Join(memoryDir(t), "dir")
	for length := range whole {
		copied(t, dir, from, whole[:length])
		b := newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		<-b.ended
		got := contents(t, b)
		mustBeAside(t, dir, b.notice(), whole[:length])
		if missing(t, only(got, "mark"), only(want, "mark")) > 0 || len(only(got, "item")) != 1 || !b.saved("i").Partial {
			t.Fatalf("cut at %d: %q", length, got)
		}
		must(t, b.close(t.Context()))
	}
}

// Who does not write tells of damage, leaves it as it is, and shows the rest.
func TestAReaderTellsOfDamage(t *testing.T) {
	dir, want := plainLog(t, false)
	lock := newWriterLock(dir, time.Hour)
	must(t, lock.await(t.Context(), disk{}, func() {}))
	damaged := readFile(t, dir, "log")
	damaged[len(damaged)-1] ^= 1
	writeFile(t, damaged, dir, "log")
	o := testOptions(dir)
	o.wait = 40 * time.Millisecond
	b := opened(t, o)
	if n := missing(t, pageLines(t, b), only(want, "page")); n != 1 || !b.readOnly() {
		t.Errorf("%d pages are missing", n)
	}
	if want := "Saved data was damaged. 1 of 11 parts could not be read; nothing was changed. Another tartan is open"; !strings.HasPrefix(b.notice(), want) {
		t.Errorf("%q", b.notice())
	}
	if !bytes.Equal(readFile(t, dir, "log"), damaged) {
		t.Error("the log was changed")
	}
	lock.free()
	<-b.ended
	mustBeAside(t, dir, b.notice(), damaged)
	must(t, b.mark(t.Context(), note("t", "x")))
}

func TestAWholeFrameMissing(t *testing.T) {
	from, want := plainLog(t, false)
	whole, dir := readFile(t, from, "log"), filepath.Join(memoryDir(t), "dir")
	for at := headerSize; at < len(whole); {
		size := frameHead + int(binary.BigEndian.Uint32(whole[at:]))
		copied(t, dir, from, slices.Delete(bytes.Clone(whole), at, at+size))
		b := newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		<-b.ended
		got := contents(t, b)
		if last := at+size == len(whole); last == strings.Contains(b.notice(), "damaged") {
			t.Errorf("frame at %d: %q", at, b.notice())
		}
		missing(t, only(got, "page"), only(want, "page"))
		must(t, b.close(t.Context()))
		at += size
	}
}

func TestForeignLogs(t *testing.T) {
	other := func(o bookOptions) bookOptions {
		o.master = func(context.Context, bool) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil }
		return o
	}
	elsewhere := func(o bookOptions) bookOptions { o.home = "https://other.test"; return o }
	none := func(o bookOptions) bookOptions {
		made := false
		o.master = func(_ context.Context, make bool) ([]byte, error) {
			if made = made || make; !made {
				return nil, ErrNotFound
			}
			return bytes.Repeat([]byte{7}, 32), nil
		}
		return o
	}
	same := func(o bookOptions) bookOptions { return o }
	tests := []struct {
		name    string
		content []byte
		options func(bookOptions) bookOptions
		notice  string
	}{
		{"wrong key", nil, other, "11 of 11 parts could not be read"},
		{"wrong home", nil, elsewhere, "11 of 11 parts could not be read"},
		{"no key", nil, none, "The key to what was saved is gone"},
		{"another file", []byte(strings.Repeat("hello ", 99)), same, "could not be read"},
		{"empty", []byte{}, same, "1 of 1 parts could not be read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir, _ := plainLog(t, true)
			if test.content != nil {
				writeFile(t, test.content, dir, "log")
				must(t, os.Remove(filepath.Join(dir, "front")))
			}
			before := readFile(t, dir, "log")
			b := opened(t, test.options(testOptions(dir)))
			mustBeAside(t, dir, b.notice(), before)
			if !strings.Contains(b.notice(), test.notice) || b.readOnly() || len(contents(t, b)) != 0 {
				t.Errorf("notice %q, contents %q", b.notice(), contents(t, b))
			}
			must(t, b.setItem(t.Context(), plaidapi.Item{ID: "new"}))
			if b.items()[0].ID != "new" {
				t.Error(b.items())
			}
		})
	}
}

func TestAKeyThatIsNotGivenIsNoDamage(t *testing.T) {
	dir, want := plainLog(t, false)
	before := readFile(t, dir, "log")
	o := testOptions(dir)
	locked := true
	o.master = func(ctx context.Context, make bool) ([]byte, error) {
		if locked {
			return nil, fault(Locked)
		}
		return testOptions(dir).master(ctx, make)
	}
	b := newBook(o)
	if err := b.open(t.Context()); !errors.Is(err, Locked) {
		t.Fatal(err)
	}
	locked = false
	must(t, b.open(t.Context()))
	mustEqual(t, "once unlocked", contents(t, b), want)
	must(t, b.close(t.Context()))
	if !bytes.Equal(readFile(t, dir, "log"), before) {
		t.Error("the log was changed")
	}
}

func TestANewerLogIsLeftAlone(t *testing.T) {
	header := func(_ *testing.T, log []byte) []byte {
		binary.BigEndian.PutUint32(log[24:], logVersion+1)
		binary.BigEndian.PutUint32(log[60:], crc32.ChecksumIEEE(log[:60]))
		return log
	}
	kind := func(t *testing.T, log []byte) []byte {
		key, err := testOptions("").master(t.Context(), false)
		must(t, err)
		s := sealer{key, logInfo, fileHeader(log[:headerSize]), testOptions("").home}
		frame, err := s.seal(11, []byte{200, 1, 2, 3})
		must(t, err)
		return append(log, frame...)
	}
	for name, change := range map[string]func(*testing.T, []byte) []byte{"version": header, "kind": kind} {
		t.Run(name, func(t *testing.T) {
			dir, _ := plainLog(t, false)
			newer := change(t, readFile(t, dir, "log"))
			writeFile(t, newer, dir, "log")
			b := opened(t, testOptions(dir))
			if !b.readOnly() || !strings.Contains(b.notice(), "written by a newer tartan") {
				t.Errorf("%q", b.notice())
			}
			for _, s := range scenario() {
				must(t, s.do(t.Context(), b))
			}
			if len(b.marks()) != 2 || !bytes.Equal(readFile(t, dir, "log"), newer) {
				t.Error("what is in this run's memory only was written, or is not there")
			}
			if names, err := os.ReadDir(dir); err != nil || len(names) != 2 {
				t.Errorf("beside log and lock: %v %v", names, err)
			}
		})
	}
}

func TestTheLogIsGone(t *testing.T) {
	dir := played(t)
	b := newBook(testOptions(dir))
	must(t, b.open(t.Context()))
	must(t, b.setFront(t.Context(), nil))
	must(t, b.close(t.Context()))
	for _, test := range []struct {
		gone   []string
		items  int
		pages  int
		notice string
	}{
		{[]string{"log"}, 2, 1, "is gone. Which banks are linked and what you wrote is kept."},
		{[]string{"log", "front"}, 2, 1, "the copy from before it is used"},
		{[]string{"log", "log.last"}, 2, 0, "is gone. Which banks are linked and what you wrote is kept."},
		{[]string{"log", "log.last", "front"}, 0, 0, ""},
	} {
		t.Run(fmt.Sprint(test.gone), func(t *testing.T) {
			here := filepath.Join(t.TempDir(), "dir")
			must(t, os.CopyFS(here, os.DirFS(dir)))
			for _, name := range test.gone {
				must(t, os.Remove(filepath.Join(here, name)))
			}
			b := opened(t, testOptions(here))
			if !strings.Contains(b.notice(), test.notice) || test.notice == "" && b.notice() != "" {
				t.Errorf("%q", b.notice())
			}
			lines := contents(t, b)
			if len(only(lines, "item")) != test.items || len(only(lines, "page")) != test.pages {
				t.Errorf("%q", lines)
			}
			must(t, b.mark(t.Context(), marked("t", "x")))
			if _, err := os.Stat(filepath.Join(here, "log")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatACrashLeftIsRemoved(t *testing.T) {
	dir, want := plainLog(t, false)
	writeFile(t, []byte("half"), dir, "log.new")
	b := opened(t, testOptions(dir))
	mustEqual(t, "beside log.new", contents(t, b), want)
	if _, err := os.Stat(filepath.Join(dir, "log.new")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("log.new is still there")
	}
}
