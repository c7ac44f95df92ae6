package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"tartan/plaidapi"
)

// logReading is what was found on disk. It needs no lock: a log only grows, and is replaced as a whole.
type logReading struct {
	log    *sealedLog  // nil for none that can be read
	info   fs.FileInfo // of the log's file, readable or not; nil for none
	size   int64       // of that file
	last   bool        // it is log.last, for there is no log
	newer  bool        // it was written by a later tartan
	at     extent
	state  bookState
	newest *plaidapi.Batch
	harm   harm
}

// read finds out what is saved. Where the front page is current, the log's frames are not read.
func (b *book) read(ctx context.Context) (logReading, error) {
	r := logReading{at: extent{End: headerSize}, state: newBookState()}
	// The front page is read first: the log may grow meanwhile, and may not seem to have shrunk.
	cache, err := b.o.disk.read(b.path("front"), frontLimit)
	if errors.Is(err, NotYours) {
		return r, err
	}
	file, err := b.o.disk.reading(b.path("log"))
	if errors.Is(err, fs.ErrNotExist) {
		r.last = true
		file, err = b.o.disk.reading(b.path("log.last"))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.last = false
		return r, b.readFrontAlone(ctx, &r, cache)
	case err != nil:
		return r, err
	}
	err = b.readLog(ctx, &r, file, cache)
	if r.log == nil {
		_ = file.Close()
	}
	if errors.Is(err, NewerFile) {
		r.newer, r.state, err = true, newBookState(), nil
	}
	if err != nil && r.log != nil {
		r.log.release()
	}
	return r, err
}

// readFrontAlone is for a log that is not there: the front page, if there is one, tells that it
// was, and what it amounted to.
func (b *book) readFrontAlone(ctx context.Context, r *logReading, cache []byte) error {
	if cache == nil {
		return nil
	}
	key, err := b.key(ctx, false)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if front := openFront(cache, key, b.o.home); front != nil {
		r.state = front.state
		r.harm = harm{kind: logGone}
	}
	return err
}

func (b *book) readLog(ctx context.Context, r *logReading, file *os.File, cache []byte) error {
	var err error
	if r.info, err = file.Stat(); err != nil {
		return readError(file.Name(), err)
	}
	r.size = r.info.Size()
	s := sealer{info: logInfo, home: b.o.home}
	if _, err := file.ReadAt(s.header[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return readError(file.Name(), err)
	}
	bad := s.header.check(logMagic)
	if errors.Is(bad, NewerFile) {
		return bad
	}
	s.master, err = b.key(ctx, false)
	if errors.Is(err, ErrNotFound) {
		r.harm = harm{kind: keyGone}
		return nil
	}
	if err != nil {
		return err
	}
	front := openFront(cache, s.master, b.o.home)
	if bad != nil {
		r.harm = harm{frameLost, 1, 1}
		s.header = s.header.rebuilt(logMagic)
		if front != nil && !r.last {
			s.header = front.header
		}
	}
	r.log = newSealedLog(file, s)
	return r.walk(ctx, front)
}

// walk works out the state from the front page and the frames behind what it knows.
func (r *logReading) walk(ctx context.Context, front *frontPage) error {
	known := front != nil && front.header == r.log.header
	if known && front.extent.End <= r.size {
		r.at, r.state = front.extent, front.state
		if front.extent.End == r.size {
			r.newest = front.newest
		}
	}
	read := func(_ uint64, plain []byte) (logRecord, error) { return decodeRecord(plain) }
	take := func(number uint64, rec logRecord) error {
		r.state.take(number, rec)
		return nil
	}
	var err error
	if r.at, err = walk(ctx, r.log, r.at, max(r.size, headerSize), read, take); err != nil {
		return err
	}
	if r.at.lost > 0 {
		r.harm = harm{frameLost, r.harm.lost + r.at.lost, r.harm.total + int(r.at.Next)}
	} else if r.harm.kind == frameLost {
		r.harm.total += int(r.at.Next)
	}
	if known && front.extent.End > r.size {
		missing := int(front.extent.Next - min(front.extent.Next, r.at.Next))
		r.harm = harm{frameLost, r.harm.lost + max(missing, 1), int(max(front.extent.Next, r.at.Next))}
		r.state = front.state
	}
	if r.last && front != nil && !known { // it knew the log that is gone
		gone := r.state.gone
		r.state, r.harm = front.state, harm{kind: logGone}
		r.state.gone = gone
	}
	return nil
}
