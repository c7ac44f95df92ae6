package store

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"tartan/plaidapi"
)

// bookOptions say where a book is and what it needs.
type bookOptions struct {
	dir    string                                               // the folder of one profile and server; empty: nothing on disk
	home   string                                               // the server that all of it belongs to
	master func(ctx context.Context, make bool) ([]byte, error) // the log's key, 32 bytes; ErrNotFound
	now    func() time.Time
	wait   time.Duration // for the lock; 0 is lockWait
	disk   disk
}

// book is what is saved of Items besides their tokens: a sealed log, a front page, and a lock. Only
// what a log amounts to stays in memory, no transactions. It is safe for concurrent use, and what
// only tells what is known (items, saved, marks, newest, notice, readOnly) never waits for a disk.
//
// open reads what is there at once, and then gets the lock beside all else; changes wait until that
// is decided. Each change is on disk when its call returns nil; when it fails nothing has changed.
// A change fails with a *FileError, what the master key's place says, ErrNoItem, ErrClosed, or the
// context's error.
type book struct {
	o       bookOptions
	decided chan struct{} // closed once it is known whether changes are possible
	ended   chan struct{} // closed when nothing waits for the lock any more
	turn    chan struct{} // holds one token while something is done on disk

	// Under turn.
	lock     *writerLock
	stop     context.CancelFunc // ends the wait for the lock; nil before open
	master   []byte
	as       logReading // what the files were when last read or written; its state is in state
	locked   bool
	closed   bool
	ready    bool // the log is whole, and its next frame can be written
	dirty    bool // behind the last frame there may be something that is not to be there
	unsynced bool // the folder's names may not survive a loss of power

	mu       sync.Mutex // for what follows, changed under turn only; never held while something is done on disk
	opened   bool
	memory   bool       // nothing is written
	log      *sealedLog // nil for none
	at       extent     // where the log ends
	state    bookState
	first    *plaidapi.Batch // the newest rows, for the first screen
	said     []string        // what has happened in this run
	newer    bool            // the log was written by a later tartan
	busy     bool            // another tartan has the lock
	harmed   string          // damage that was not repaired, in a sentence
	trouble  error           // why no change is possible although nobody else has the lock
	epoch    int             // how often another tartan was found to have changed the files
	replayed int             // epoch of the last replay; -1 before the first
}

// newBook makes a book. It touches nothing before open.
func newBook(o bookOptions) *book {
	return &book{
		o: o, decided: make(chan struct{}), ended: make(chan struct{}), turn: make(chan struct{}, 1),
		state: newBookState(), memory: o.dir == "", replayed: -1, at: extent{End: headerSize},
	}
}

func (b *book) path(name string) string { return filepath.Join(b.o.dir, name) }

// open reads what is saved and begins to wait for the lock. After a failure it may be repeated.
func (b *book) open(ctx context.Context) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.end()
	if b.closed {
		return ErrClosed
	}
	if b.stop != nil {
		return nil
	}
	waiting, stop := context.WithCancel(context.Background())
	if b.memory {
		close(b.decided)
		close(b.ended)
	} else {
		if err := b.o.disk.mkdir(b.o.dir); err != nil {
			stop()
			return err
		}
		r, err := b.read(ctx)
		if err != nil {
			stop()
			return err
		}
		b.install(r)
		b.lock = newWriterLock(b.o.dir, b.o.wait)
		go b.await(waiting)
	}
	b.stop = stop
	b.mu.Lock()
	b.opened = true
	b.mu.Unlock()
	return nil
}

// close waits for a change under way, until ctx ends, and frees the lock. What is known can still
// be asked for; all else is ErrClosed.
func (b *book) close(ctx context.Context) error {
	select {
	case b.turn <- struct{}{}: // even when ctx has ended
	default:
		if !send(ctx, b.turn, struct{}{}) {
			return ctx.Err()
		}
	}
	opened := b.stop != nil && !b.closed
	b.closed = true
	if b.stop != nil {
		b.stop()
	}
	b.end()
	if !opened {
		return nil
	}
	<-b.ended // it waits for nothing but the lock, and for that no more
	if b.locked {
		b.lock.free()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.opened = false; b.log != nil {
		b.log.release()
		b.log = nil
	}
	return nil
}

// begin waits until nobody else does something on disk.
func (b *book) begin(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !send(ctx, b.turn, struct{}{}) {
		return ctx.Err()
	}
	return nil
}

func (b *book) end() { <-b.turn }

// install makes what was read what is known. The turn is the caller's, and so is r.log.
func (b *book) install(r logReading) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.log != nil && b.log != r.log {
		b.log.release()
	}
	b.log, b.at, b.state, b.first = r.log, r.at, r.state, r.newest
	b.newer, b.memory = r.newer, r.newer
	if b.harmed = r.harm.told(""); b.harmed == "" && r.last {
		b.harmed = lastNotice
	}
	b.as = r
	b.as.state = bookState{}
}

// tell adds to what is said about this run. What was wrong is put right.
func (b *book) tell(sentence string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said, b.harmed = append(b.said, sentence), ""
}

// items are those linked, as they were saved, in the order of linking.
func (b *book) items() []plaidapi.Item {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.state.items)
}

// saved is what is known of an Item besides its transactions: nothing for one that is not linked.
func (b *book) saved(itemID string) plaidapi.Saved {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.state.saved[itemID]
	known.Accounts = slices.Clone(known.Accounts)
	return known
}

// marks are those that hold, oldest first.
func (b *book) marks() []plaidapi.Mark {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state.markList()
}

// newest is the newest transactions for the first screen, or nil when they may not be the newest
// any more. It is not to be changed.
func (b *book) newest() *plaidapi.Batch {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.first
}

// notice is what people must see, in whole sentences; empty when all is well.
func (b *book) notice() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := slices.Clone(b.said)
	if b.harmed != "" {
		said = append(said, b.harmed)
	}
	if err := b.barred(); err != nil {
		said = append(said, userText(err))
	}
	return strings.Join(said, " ")
}

// readOnly reports that changes fail, or, where a newer tartan wrote the log, that they are not saved.
func (b *book) readOnly() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.barred() != nil
}

// barred is why nothing is written, or nil. mu is the caller's.
func (b *book) barred() error {
	path := b.path("log")
	switch {
	case b.newer:
		return &FileError{Fault: NewerFile, Path: path}
	case b.busy:
		return &FileError{Fault: Busy, Path: path}
	case b.trouble != nil:
		return b.trouble
	case b.replayed >= 0 && b.replayed < b.epoch:
		return &FileError{Fault: Outdated, Path: path}
	}
	return nil
}
