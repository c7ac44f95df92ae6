package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// harm is what is wrong with what was saved. The zero harm is none.
type harm struct {
	kind        harmKind
	lost, total int // of frameLost: parts of the file, the header being one if it is damaged
}

type harmKind uint8

const (
	unharmed  harmKind = iota
	frameLost          // parts of the log are not authentic, or are missing
	logGone            // there is a front page, but not the log it knows
	keyGone            // there is a log, but not its key
)

// told is what people read about it. File is where the damaged one is kept; empty until it is.
func (h harm) told(file string) string {
	const again = "What banks know is fetched again."
	switch {
	case h.kind == unharmed:
		return ""
	case h.kind == logGone:
		return "The file with what was saved is gone. Which banks are linked and what you wrote is kept. " + again
	case h.kind == keyGone && file == "":
		return "The key to what was saved is gone from where it was kept. Nothing was changed."
	case h.kind == keyGone:
		return "The key to what was saved is gone from where it was kept. The file is kept as " + file +
			", and what you wrote yourself is in there alone. " + again
	case file == "":
		return fmt.Sprintf("Saved data was damaged. %d of %d parts could not be read; nothing was changed.", h.lost, h.total)
	}
	return fmt.Sprintf("Saved data was damaged. %d of %d parts could not be read; the damaged file is kept as %s. %s",
		h.lost, h.total, file, again)
}

// lastNotice is said when log.last stands in for the log.
const lastNotice = "The file with what was saved is gone; the copy from before it is used. What changed since is fetched again."

// repair makes the log one that can be written to. What cannot be read is kept aside, and the
// next sync of each Item fetches all that banks know. The lock is held.
func (b *book) repair(ctx context.Context) error {
	h := b.as.harm
	if b.as.last {
		if err := b.o.disk.rename(b.path("log.last"), b.path("log")); err != nil {
			return err
		}
		b.as.last, b.unsynced = false, true
		if h.kind == unharmed {
			b.tell(lastNotice)
		}
	}
	if h.kind == unharmed {
		return b.syncFolder()
	}
	aside := ""
	if b.as.info != nil {
		var err error
		if aside, err = b.aside(b.as.info); err != nil {
			return err
		}
	}
	var err error
	if h.kind == keyGone {
		err = b.setAside(aside)
	} else {
		state := b.snapshot()
		state.unsynced()
		err = b.compact(ctx, aside, state, func(put func([]byte) error) error { return b.salvage(ctx, put) })
	}
	if b.as.harm.kind == unharmed { // it is kept aside, even if something failed after that
		b.tell(h.told(aside))
	}
	return err
}

// setAside takes a log away that nobody can read any more.
func (b *book) setAside(aside string) error {
	if err := b.o.disk.rename(b.path("log"), aside); err != nil {
		return err
	}
	b.unsynced = true
	b.install(logReading{at: extent{End: headerSize}, state: newBookState()})
	return b.syncFolder()
}

// salvage gives all pages that can be read and still count.
func (b *book) salvage(ctx context.Context, put func([]byte) error) error {
	if b.log == nil {
		return nil
	}
	state := b.snapshot()
	read := func(number uint64, plain []byte) ([]byte, error) {
		r, err := decodeRecord(plain)
		if err != nil || r.kind != kindPage {
			return nil, err
		}
		if forgotten, was := state.gone[r.itemID]; was && number < forgotten {
			return nil, nil
		}
		return plain, nil
	}
	take := func(_ uint64, plain []byte) error {
		if plain == nil {
			return nil
		}
		return put(plain)
	}
	_, err := walk(ctx, b.log, extent{End: headerSize}, b.as.size, read, take)
	return err
}

// aside is a name for a damaged log that nothing has yet, or that this very file has already.
func (b *book) aside(log fs.FileInfo) (string, error) {
	base := b.path("log.damaged-" + b.o.now().Format("2006-01-02"))
	for n := 1; ; n++ {
		path := base
		if n > 1 {
			path = fmt.Sprintf("%s-%d", base, n)
		}
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && os.SameFile(info, log):
			return path, nil
		case err != nil:
			return "", readError(path, err)
		}
	}
}
