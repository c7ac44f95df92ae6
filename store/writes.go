package store

import "sync"

// writes counts what must not be cut off when tartan ends.
type writes struct {
	mu     sync.Mutex
	n      int
	closed bool
	idle   chan struct{} // closed once no write is under way and no whole may begin
	told   bool          // idle is closed
}

// begin counts one more write. It always may: the whole it belongs to was let in.
func (w *writes) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
}

// open begins a whole of several writes, unless closing has begun.
func (w *writes) open() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return false
	}
	w.n++
	return true
}

// end is the end of what begin or open began.
func (w *writes) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n--
	w.settle()
}

// close lets no more wholes begin, and tells when the last write has ended.
func (w *writes) close() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.settle()
	return w.idle
}

func (w *writes) settle() {
	if w.closed && w.n == 0 && !w.told {
		w.told = true
		close(w.idle)
	}
}
