package store

import (
	"context"
	"errors"
	"os"

	"tartan/plaidapi"
)

// rewrite makes the log as short as it can be: these pages, and all else that is known. The one
// before is kept as log.last. When it fails the log is as it was.
func (b *book) rewrite(ctx context.Context, pages func(yield func(plaidapi.Page) error) error) error {
	return b.writing(ctx, func() error {
		if b.memory || b.log == nil {
			return nil
		}
		return b.compact(ctx, b.path("log.last"), b.snapshot(), func(put func([]byte) error) error {
			return pages(func(p plaidapi.Page) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return put(encodePage(p))
			})
		})
	})
}

// compact writes a log of a state and of pages beside the one there is, and puts it in its place.
// The old one stays under the name keep, if that is not empty, in place of what has it. Once the new log is in place it is
// used, even if compact fails after that.
func (b *book) compact(ctx context.Context, keep string, state bookState, pages func(put func([]byte) error) error) error {
	key, err := b.key(ctx, true)
	if err != nil {
		return err
	}
	d, path, beside := b.o.disk, b.path("log"), b.path("log.new")
	state.gone = map[string]uint64{}
	w := logWriter{disk: d, sealer: sealer{key, logInfo, newHeader(logMagic), b.o.home}}
	err = w.write(beside, state, pages)
	if err == nil && keep != "" && !sameFile(path, keep) {
		if err = d.remove(keep); err == nil {
			err = d.link(path, keep)
		}
	}
	if err == nil {
		err = d.rename(beside, path)
	}
	if err != nil {
		_ = d.remove(beside)
		return err
	}
	b.unsynced, b.dirty, b.as.harm = true, false, harm{}
	file, err := d.appending(path)
	if err != nil {
		b.ready = false
		return err
	}
	info, err := file.Stat()
	if err != nil {
		b.ready = false
		return errors.Join(readError(path, err), file.Close())
	}
	b.install(logReading{log: newSealedLog(file, w.sealer), info: info, size: w.at.End, at: w.at, state: state, newest: b.first})
	b.ready = true
	return b.syncFolder()
}

// sameFile reports whether two names are those of one file.
func sameFile(a, b string) bool {
	x, errX := os.Lstat(a)
	y, errY := os.Lstat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// logWriter writes a new log.
type logWriter struct {
	disk disk
	sealer
	file *os.File
	at   extent
}

// write makes the whole file, and makes it durable.
func (w *logWriter) write(path string, state bookState, pages func(put func([]byte) error) error) error {
	if err := w.disk.remove(path); err != nil {
		return err
	}
	var err error
	if w.file, err = w.disk.create(path); err != nil {
		return err
	}
	err = w.disk.write(w.file, w.header[:])
	w.at.End = headerSize
	if err == nil {
		err = w.fill(state, pages)
	}
	if err == nil {
		err = w.disk.sync(w.file)
	}
	if closed := w.file.Close(); err == nil {
		err = writeError(path, closed)
	}
	return err
}

// fill writes all frames. What is known of Items stands behind their pages, and holds.
func (w *logWriter) fill(state bookState, pages func(put func([]byte) error) error) error {
	for _, item := range state.items {
		if err := w.record(encodeItem(item)); err != nil {
			return err
		}
	}
	if err := pages(w.put); err != nil {
		return err
	}
	for id, known := range state.saved {
		if err := w.record(encodeSaved(kindSaved, id, known)); err != nil {
			return err
		}
	}
	if len(state.marks) == 0 {
		return nil
	}
	return w.record(encodeMarks(state.markList()))
}

func (w *logWriter) record(plain []byte, err error) error {
	if err != nil {
		return err
	}
	return w.put(plain)
}

// put writes one frame.
func (w *logWriter) put(plain []byte) error {
	frame, err := w.seal(w.at.Next, plain)
	if err == nil {
		err = w.disk.write(w.file, frame)
	}
	w.at.End += int64(len(frame))
	w.at.Next++
	return err
}

// snapshot is the state as it is now, to be changed freely.
func (b *book) snapshot() bookState {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state.clone()
}
