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
	"strings"
	"testing"

	"tartan/plaidapi"
)

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

// What a frame claims to hold is not read, nor is memory taken for it, before it can be there.
func TestAClaimIsNoFrame(t *testing.T) {
	dir, want := plainLog(t, false)
	log := readFile(t, dir, "log")
	head := binary.BigEndian.AppendUint32(nil, 1<<30)
	head = append(head, make([]byte, frameHead-4)...)
	binary.BigEndian.PutUint32(head[4:], frameCheck(head))
	writeFile(t, append(log, head...), dir, "log")
	b := opened(t, testOptions(dir))
	mustEqual(t, "before it", contents(t, b), want)
	file, err := os.Open(filepath.Join(dir, "log"))
	must(t, err)
	l := newSealedLog(file, sealer{})
	defer l.release()
	writeFile(t, append(log, head...), dir, "log")
	frames := 0
	_, err = l.find(extent{End: headerSize}, int64(len(log)+len(head)), func(frameAt) bool { frames++; return true })
	if must(t, err); frames != 11 {
		t.Errorf("%d frames", frames)
	}
}
