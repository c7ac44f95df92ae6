package store

import (
	"errors"
	"sync"
	"testing"
)

var errStruck = errors.New("struck")

// strike makes the n-th operation on disk and keyring fail. With dead set all later ones fail too:
// what then stands on disk and in the keyring is what SIGKILL would have left there.
type strike struct {
	at   int
	dead bool

	mu sync.Mutex // entries are read side by side
	n  int
}

func (s *strike) next() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	if s.n == s.at || s.dead && s.n > s.at {
		return errStruck
	}
	return nil
}

// missed reports that there were fewer operations.
func (s *strike) missed() bool { return s.n < s.at }

// on lets the strike loose on a vault's disk and on a keyring, whose reads count too.
func (s *strike) on(v *vault, ring *fakeRing) {
	v.disk.hook = func(op, _ string) error {
		err := s.next()
		if err != nil && op == "write" {
			return errShort{n: 7}
		}
		return err
	}
	ring.misbehave(func(string, string) error { return s.next() })
}

// off ends it.
func (s *strike) off(v *vault, ring *fakeRing) {
	v.disk.hook = nil
	ring.misbehave(nil)
}

// eachStrike runs work with every strike there can be, until one misses.
func eachStrike(t *testing.T, work func(t *testing.T, s *strike)) {
	t.Helper()
	for _, dead := range []bool{false, true} {
		for n := 1; !t.Failed(); n++ {
			s := &strike{at: n, dead: dead}
			work(t, s)
			if t.Failed() {
				t.Logf("operation %d struck, all later ones too: %v", n, dead)
			}
			if s.missed() {
				if n < 4 {
					t.Errorf("%d operations are all there is to strike", n-1)
				}
				break
			}
		}
	}
}
