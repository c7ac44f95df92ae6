package store_test

import (
	"errors"
	"net/http"
	"os"
	"sync"

	"tartan/store"
)

var errStruck = errors.New("struck")

// strike makes one of the points in a run go wrong: before each change on disk, in the middle of
// each write, before each call of the keyring and after those that change it, before each request
// and after its answer. What a process that is killed leaves behind is the same between two points.
type strike struct {
	kills   bool // the process ends there; calls that change nothing are no points then
	at      int  // which point, counted from 1
	lasting bool // all later ones fail as well

	mu sync.Mutex
	n  int
}

// point counts one, and is what becomes of it.
func (s *strike) point() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	if s.n != s.at && (!s.lasting || s.n < s.at) {
		return nil
	}
	if s.kills {
		end()
	}
	return errStruck
}

// missed reports that there were fewer points.
func (s *strike) missed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n < s.at
}

// end kills this process.
func end() {
	self, _ := os.FindProcess(os.Getpid())
	_ = self.Kill()
	select {}
}

// disk is a hook.
func (s *strike) disk(op, _ string) error {
	if err := s.point(); err != nil || op != "write" {
		return err
	}
	s.mu.Lock()
	s.n++
	hit := s.n == s.at || s.lasting && s.n > s.at
	s.mu.Unlock()
	switch {
	case hit && s.kills:
		return store.CutShort(7, end)
	case hit:
		return store.CutShort(7, nil)
	}
	return nil
}

// struckRing is a keyring with points.
type struckRing struct {
	store.Ring
	s *strike
}

func (r struckRing) Get(service, account string) (string, error) {
	if !r.s.kills {
		if err := r.s.point(); err != nil {
			return "", err
		}
	}
	return r.Ring.Get(service, account)
}

func (r struckRing) Set(service, account, secret string) error {
	return r.s.around(func() error { return r.Ring.Set(service, account, secret) })
}

func (r struckRing) Delete(service, account string) error {
	return r.s.around(func() error { return r.Ring.Delete(service, account) })
}

// around does what has a point before and one after it.
func (s *strike) around(change func() error) error {
	if err := s.point(); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	return s.point()
}

// struckTransport is the way to a bank, with points.
type struckTransport struct {
	http.RoundTripper
	s *strike
}

func (w struckTransport) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	err = w.s.around(func() (err error) {
		answer, err = w.RoundTripper.RoundTrip(r)
		return err
	})
	if err != nil && answer != nil {
		_ = answer.Body.Close()
		answer = nil
	}
	return answer, err
}
