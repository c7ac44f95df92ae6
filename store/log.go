package store

// The sealed log is one file: a header, then frames, each with one record. It grows at its end; a
// change is one frame, one write and one fsync, so it is there as a whole or not at all.
//
//	header   magic "tartan log\n" in 24 bytes | version uint32 | salt 32 | CRC32 of these
//	frame    length uint32 | CRC32 of length and salt | salt 16 | AES-256-GCM text and tag
//
// Numbers are big-endian. A frame's key is HKDF-SHA256 of the master key, with the file's salt and
// the frame's as salt. Its nonce is the number of the frame, from 0; the header, the home and that
// number are authenticated with it. So no frame can be altered, left out, repeated, put elsewhere
// or taken from another file.
//
// Why each frame has a salt of its own: a frame's number can be written twice, when a write failed
// or a torn end was cut. One key must never seal two texts under one nonce, so a number alone does
// not do; with the salt, the second attempt has another key.
//
// A file that ends within a frame is torn: a write was under way. Readers ignore the rest, the
// writer cuts it. All else that is not authentic is damage (damage.go).

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// sealedLog is a log that is open. It is closed when its last user releases it.
type sealedLog struct {
	sealer
	file  *os.File
	users atomic.Int32
}

func newSealedLog(file *os.File, s sealer) *sealedLog {
	l := &sealedLog{sealer: s, file: file}
	l.users.Store(1)
	return l
}

func (l *sealedLog) retain() { l.users.Add(1) }

func (l *sealedLog) release() {
	if l.users.Add(-1) == 0 {
		_ = l.file.Close()
	}
}

// extent is how far a log goes, or was read.
type extent struct {
	End  int64  // behind the last whole frame
	Next uint64 // the number of the frame that comes there
	lost int    // frames among them that are not authentic
}

// What is read ahead: so many frames, of together so many MiB, unless one is larger than that.
const (
	aheadFrames = 4
	aheadMiB    = 8
	walkers     = 2
)

// part is a frame that is being read.
type part[T any] struct {
	frameAt
	weight int           // MiB of what is read ahead
	done   chan struct{} // closed once value and err are there
	value  T
	err    error
}

// walk reads the frames from one place until another, a few of them side by side, and gives them to
// take in their order. Of frames that are not authentic it only keeps the count. It ends early,
// without an error, where the file does.
func walk[T any](
	ctx context.Context, l *sealedLog, from extent, until int64,
	read func(number uint64, plain []byte) (T, error), take func(number uint64, value T) error,
) (extent, error) {
	ctx, cancel := context.WithCancel(ctx)
	var team sync.WaitGroup
	defer team.Wait()
	defer cancel()
	room := make(chan struct{}, aheadMiB)
	jobs, order := make(chan *part[T]), make(chan *part[T], aheadFrames)
	found := from
	var trouble error
	team.Go(func() {
		defer close(order)
		defer close(jobs)
		found, trouble = l.find(from, until, func(f frameAt) bool {
			p := &part[T]{frameAt: f, weight: 1 + min(f.size>>20, aheadMiB-1), done: make(chan struct{})}
			for range p.weight {
				if !send(ctx, room, struct{}{}) {
					return false
				}
			}
			return send(ctx, order, p) && send(ctx, jobs, p)
		})
	})
	for range walkers {
		team.Go(func() { readParts(l, jobs, read) })
	}
	lost := 0
	for p := range order {
		select {
		case <-p.done:
		case <-ctx.Done():
			return from, ctx.Err()
		}
		switch {
		case errors.Is(p.err, io.EOF):
			return extent{p.at, p.number, lost}, nil
		case errors.Is(p.err, errDamaged), errors.Is(p.err, errRecord):
			lost++
		case p.err != nil:
			return from, p.err
		default:
			if err := take(p.number, p.value); err != nil {
				return from, err
			}
		}
		for range p.weight {
			<-room
		}
	}
	if trouble == nil {
		trouble = ctx.Err()
	}
	found.lost += lost
	return found, trouble
}

// send hands v over, unless ctx ends first.
func send[T any](ctx context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

// readParts reads frames until there are no more. A panic becomes the frame's error.
func readParts[T any](l *sealedLog, jobs <-chan *part[T], read func(uint64, []byte) (T, error)) {
	for p := range jobs {
		p.err = safely(func() (err error) { p.value, err = readPart(l, p, read); return })
		close(p.done)
	}
}

func readPart[T any](l *sealedLog, p *part[T], read func(uint64, []byte) (T, error)) (T, error) {
	var none T
	frame := make([]byte, p.size)
	if _, err := l.file.ReadAt(frame, p.at); errors.Is(err, io.EOF) {
		return none, io.EOF // cut by its writer meanwhile
	} else if err != nil {
		return none, readError(l.file.Name(), err)
	}
	plain, err := l.open(p.number, frame)
	if err != nil {
		return none, err
	}
	return read(p.number, plain)
}

// frameAt is where a frame stands.
type frameAt struct {
	number uint64
	at     int64
	size   int // with its header
}

// find tells of each frame from one place until another, as their headers say, until tell has enough.
func (l *sealedLog) find(from extent, until int64, tell func(frameAt) bool) (extent, error) {
	e := from
	var head [frameHead]byte
	for until-e.End >= frameHead {
		if _, err := l.file.ReadAt(head[:], e.End); errors.Is(err, io.EOF) {
			return e, nil
		} else if err != nil {
			return e, readError(l.file.Name(), err)
		}
		size, err := frameSize(head[:])
		if err != nil {
			at, number, err := l.resume(e.End+1, e.Next+1, until)
			if err != nil {
				return e, err
			}
			e = extent{at, number, e.lost + int(number-e.Next)}
			continue
		}
		if size > until-e.End {
			return e, nil
		}
		if !tell(frameAt{e.Next, e.End, int(size)}) {
			return e, nil
		}
		e.End += size
		e.Next++
	}
	return e, nil
}

// reach is how many frames in a row may be unrecognizable before those behind them are given up.
const reach = 1024

// resume finds the next frame behind a damaged header: the first place that reads like a header and
// whose frame is authentic under one of the next numbers. Without any it is the end.
func (l *sealedLog) resume(at int64, number uint64, until int64) (int64, uint64, error) {
	window := make([]byte, 1<<20)
	for until-at > frameHead {
		n, err := l.file.ReadAt(window[:min(int64(len(window)), until-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, 0, readError(l.file.Name(), err)
		}
		for i := 0; i+frameHead <= n; i++ {
			size, err := frameSize(window[i:n])
			if err != nil || size > until-at-int64(i) {
				continue
			}
			for tried := number; tried < number+reach; tried++ {
				frame := make([]byte, size)
				if _, err := l.file.ReadAt(frame, at+int64(i)); err != nil {
					break
				}
				if _, err := l.open(tried, frame); err == nil {
					return at + int64(i), tried, nil
				}
			}
		}
		if n < frameHead {
			break
		}
		at += int64(n - frameHead + 1)
	}
	return until, number, nil
}
