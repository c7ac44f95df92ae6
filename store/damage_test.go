package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
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
	must(t, b.mark(t.Context(), marked("t", "x")))
}

// Putting damage right can fail at any point; then it is put right later, and named once it is.
func TestRepairThatFailsIsRepeated(t *testing.T) {
	from, want := plainLog(t, false)
	damaged, dir := readFile(t, from, "log"), filepath.Join(memoryDir(t), "dir")
	damaged[len(damaged)-1] ^= 1
	failed := true
	for n := 1; failed; n++ {
		copied(t, dir, from, damaged)
		o := testOptions(dir)
		count := 0
		hook := nth(n, false, false)
		o.disk.hook = func(op, path string) error { count++; return hook(op, path) }
		b := newBook(o)
		must(t, b.open(t.Context()))
		<-b.ended
		failed = n <= count
		_ = b.mark(t.Context(), marked("t9", "new"))
		said := b.notice()
		must(t, b.close(t.Context()))
		b = newBook(testOptions(dir))
		must(t, b.open(t.Context()))
		<-b.ended
		said += b.notice()
		mustBeAside(t, dir, said, damaged)
		if missing(t, pageLines(t, b), only(want, "page")) != 1 || len(b.items()) != 1 || len(b.marks()) < 2 {
			t.Fatalf("operation %d: %q", n, contents(t, b))
		}
		must(t, b.close(t.Context()))
	}
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
