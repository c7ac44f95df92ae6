package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// disk does all that changes files. Folders are 0700 and files 0600 from their creation, and
// neither symbolic links nor what belongs to another user is ever followed, read or written.
// Every failure is a *FileError. The zero disk is ready for use.
type disk struct {
	// hook, in tests, is asked before each change: an error of it is the change's own. For a write
	// it may be an errShort. It is called by whoever changes something, at any time.
	hook func(op, path string) error
}

// errShort, from a hook, lets so many bytes of a write happen before it fails; then, if any, is
// called in between.
type errShort struct {
	n    int
	then func()
}

func (errShort) Error() string { return "the write was cut short" }

// ask is the hook's word on a change.
func (d disk) ask(op, path string) error {
	if d.hook == nil {
		return nil
	}
	return d.hook(op, path)
}

// mkdir makes a folder and those above it, or makes sure of one that is there: it is no link, it
// is the user's own, and nobody else may look into it.
func (d disk) mkdir(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = d.ask("mkdir", path); err == nil {
			err = os.MkdirAll(path, 0o700)
		}
		if err != nil {
			return writeError(path, err)
		}
		info, err = os.Lstat(path)
	}
	switch {
	case err != nil:
		return readError(path, err)
	case !info.IsDir() || !own(info):
		return &FileError{Fault: NotYours, Path: path}
	case shared && info.Mode().Perm()&0o077 != 0:
		return d.change("chmod", path, func() error { return os.Chmod(path, 0o700) })
	}
	return nil
}

// create makes a new file for writing; one that is there already is an error.
func (d disk) create(path string) (*os.File, error) {
	if err := d.ask("create", path); err != nil {
		return nil, writeError(path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL|noFollow, 0o600)
	if err != nil {
		return nil, writeError(path, err)
	}
	return f, nil
}

// appending opens a file for reading anywhere and for writing at its end. One that is not there
// fails with fs.ErrNotExist.
func (d disk) appending(path string) (*os.File, error) {
	return openOwn(path, os.O_RDWR|os.O_APPEND)
}

// reading opens a file for reading. One that is not there fails with fs.ErrNotExist.
func (disk) reading(path string) (*os.File, error) { return openOwn(path, os.O_RDONLY) }

// openOwn opens a file of the user's own that is no link.
func openOwn(path string, flag int) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &FileError{Fault: NotYours, Path: path}
	}
	f, err := os.OpenFile(path, flag|noFollow, 0)
	if err != nil {
		return nil, readError(path, err)
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() && own(info) {
		return f, nil
	}
	_ = f.Close()
	if err != nil {
		return nil, readError(path, err)
	}
	return nil, &FileError{Fault: NotYours, Path: path}
}

// read gives a whole file of at most limit bytes; a larger one fails. One that is not there fails
// with fs.ErrNotExist.
func (d disk) read(path string, limit int64) ([]byte, error) {
	f, err := d.reading(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errors.New("the file is too large")
	}
	if err != nil {
		return nil, readError(path, err)
	}
	return data, nil
}

// write writes all of b in one call, at the file's place.
func (d disk) write(f *os.File, b []byte) error {
	err := d.ask("write", f.Name())
	var short errShort
	if errors.As(err, &short) {
		_, _ = f.Write(b[:min(short.n, len(b))])
		if short.then != nil {
			short.then()
		}
	}
	if err == nil {
		_, err = f.Write(b)
	}
	return writeError(f.Name(), err)
}

// sync waits until what was written to f would survive a loss of power.
func (d disk) sync(f *os.File) error { return d.change("sync", f.Name(), f.Sync) }

// truncate cuts f to n bytes.
func (d disk) truncate(f *os.File, n int64) error {
	return d.change("truncate", f.Name(), func() error { return f.Truncate(n) })
}

// rename gives a file a new name, in place of one that has it.
func (d disk) rename(from, to string) error {
	return d.change("rename", to, func() error { return os.Rename(from, to) })
}

// link gives a file a second name, which nothing has yet.
func (d disk) link(from, to string) error {
	return d.change("link", to, func() error { return os.Link(from, to) })
}

// remove removes a file. One that is not there is fine.
func (d disk) remove(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.change("remove", path, func() error { return os.Remove(path) })
}

// syncDir makes the names in a folder survive a loss of power.
func (d disk) syncDir(path string) error {
	return d.change("sync folder", path, func() error {
		if !syncsFolders {
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		err = f.Sync()
		return errors.Join(err, f.Close())
	})
}

// replace makes data the whole content of a file: it is written beside it and then renamed, so
// that a reader finds all of the old or all of the new. With durable set it survives a loss of
// power as well. Only one at a time may replace a path.
func (d disk) replace(path string, data []byte, durable bool) error {
	beside := path + ".new"
	if err := d.remove(beside); err != nil {
		return err
	}
	f, err := d.create(beside)
	if err != nil {
		return err
	}
	err = d.write(f, data)
	if err == nil && durable {
		err = d.sync(f)
	}
	if closed := f.Close(); err == nil {
		err = writeError(beside, closed)
	}
	if err == nil {
		err = d.rename(beside, path)
	}
	if err != nil {
		_ = d.remove(beside)
		return err
	}
	if durable {
		return d.syncDir(filepath.Dir(path))
	}
	return nil
}

// change does what the hook does not refuse.
func (d disk) change(op, path string, do func() error) error {
	err := d.ask(op, path)
	if err == nil {
		err = do()
	}
	return writeError(path, err)
}
