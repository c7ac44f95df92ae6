package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestDiskModes(t *testing.T) {
	if !shared {
		t.Skip("modes say nothing here")
	}
	old := umask(0)
	defer umask(old)
	dir := filepath.Join(t.TempDir(), "a", "b")
	var d disk
	if err := d.mkdir(dir); err != nil {
		t.Fatal(err)
	}
	if err := d.replace(filepath.Join(dir, "file"), []byte("x"), true); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, filepath.Dir(dir), 0o700)
	wantMode(t, filepath.Join(dir, "file"), 0o600)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := d.mkdir(dir); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}

func TestDiskRefusesLinks(t *testing.T) {
	dir := t.TempDir()
	real, link, folder := filepath.Join(dir, "real"), filepath.Join(dir, "link"), filepath.Join(dir, "folder")
	var d disk
	if err := d.replace(real, []byte("x"), false); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{link: real, folder: dir} {
		if err := os.Symlink(target, name); err != nil {
			t.Fatal(err)
		}
	}
	_, read := d.read(link, 10)
	_, appended := d.appending(link)
	_, isFolder := d.reading(dir)
	for name, err := range map[string]error{"read": read, "append": appended, "folder": isFolder, "mkdir": d.mkdir(folder)} {
		if !errors.Is(err, NotYours) {
			t.Errorf("%s: %v, want NotYours", name, err)
		}
	}
	if _, err := d.create(link); !errors.Is(err, fs.ErrExist) {
		t.Errorf("create over a link: %v", err)
	}
}

func TestDiskReplaceIsAllOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := (disk{}).replace(path, []byte("old"), true); err != nil {
		t.Fatal(err)
	}
	fail := errors.New("failed")
	for n := 1; ; n++ {
		count := 0
		d := disk{hook: func(op, _ string) error {
			if count++; count != n {
				return nil
			}
			if op == "write" {
				return errShort{n: 1}
			}
			return fail
		}}
		err := d.replace(path, []byte("new"), true)
		got, readErr := d.read(path, 10)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if err == nil {
			if string(got) != "new" || n < 5 {
				t.Fatalf("after %d operations the file reads %q", n-1, got)
			}
			return
		}
		if s := string(got); s != "old" && s != "new" {
			t.Fatalf("failure %d left %q", n, s)
		}
	}
}

func TestDiskReadLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	var d disk
	if err := d.replace(path, []byte("four"), false); err != nil {
		t.Fatal(err)
	}
	if _, err := d.read(path, 4); err != nil {
		t.Error(err)
	}
	if _, err := d.read(path, 3); !errors.Is(err, Unreadable) {
		t.Errorf("a file that is too large: %v", err)
	}
	if _, err := d.read(path+"x", 3); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestFileErrors(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "/secret/place", Err: syscall.ENOSPC}
	tests := []struct {
		err  error
		want string
		code int
	}{
		{writeError("f", full), "The disk is full. ", 9},
		{writeError("f", fs.ErrPermission), "The file f cannot be written. ", 9},
		{readError("f", syscall.EIO), "The file f cannot be read. The system says: ", 9},
		{&FileError{Fault: Busy}, "Another tartan is open; ", 11},
		{&FileError{Fault: NewerFile}, "What is saved here was written by a newer tartan. ", 9},
		{&FileError{Fault: NotYours, Path: "f"}, "f is not a file or folder of your own", 9},
	}
	for _, test := range tests {
		var e *FileError
		if !errors.As(test.err, &e) {
			t.Fatalf("%v is no FileError", test.err)
		}
		text := e.UserText()
		if !strings.HasPrefix(text, test.want) || !strings.HasSuffix(text, ".") || e.ExitCode() != test.code {
			t.Errorf("%v: exit %d, %q", e, e.ExitCode(), text)
		}
		if !errors.Is(test.err, e.Fault) || strings.Contains(e.Error(), "/secret/place") {
			t.Errorf("%v", e)
		}
	}
}
