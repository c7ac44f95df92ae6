package store

import (
	"errors"
	"maps"
	"slices"
	"sync"
)

// fakeRing is a keyring that misbehaves on request. Its faults are set before or between calls.
type fakeRing struct {
	mu      sync.Mutex
	entries map[string]string // "service/account" to secret
	calls   []string          // "get account" …, in the order they arrived

	// trouble is asked before each call takes effect; its error is the answer. It may block or panic.
	trouble func(verb, account string) error
	// lies makes Set report success and store what it returns instead; nothing for an empty text.
	lies func(account, secret string) string
	// clings makes Delete report success and do nothing.
	clings bool
}

func newFakeRing() *fakeRing { return &fakeRing{entries: map[string]string{}} }

func (*fakeRing) Name() string { return "fake keyring" }

func (r *fakeRing) enter(verb, account string) error {
	r.mu.Lock()
	r.calls = append(r.calls, verb+" "+account)
	trouble := r.trouble
	r.mu.Unlock()
	if trouble == nil {
		return nil
	}
	return trouble(verb, account)
}

func (r *fakeRing) Set(service, account, secret string) error {
	if err := r.enter("set", account); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lies != nil {
		if secret = r.lies(account, secret); secret == "" {
			return nil
		}
	}
	r.entries[service+"/"+account] = secret
	return nil
}

func (r *fakeRing) Get(service, account string) (string, error) {
	if err := r.enter("get", account); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	secret, ok := r.entries[service+"/"+account]
	if !ok {
		return "", ErrNotFound
	}
	return secret, nil
}

func (r *fakeRing) Delete(service, account string) error {
	if err := r.enter("delete", account); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.entries[service+"/"+account]; !ok {
		return ErrNotFound
	}
	if !r.clings {
		delete(r.entries, service+"/"+account)
	}
	return nil
}

// misbehave changes how later calls fare.
func (r *fakeRing) misbehave(trouble func(verb, account string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trouble = trouble
}

// asked is the number of calls so far.
func (r *fakeRing) asked() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.calls)
}

// accounts are the keys of all entries, sorted.
func (r *fakeRing) accounts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.entries))
}

// on makes trouble only for one verb and one account; an empty account is any Item's entry.
func on(verb, account string, trouble func() error) func(string, string) error {
	return func(v, a string) error {
		item := a != indexAccount && a != probeAccount && a != logAccount
		if v == verb && (a == account || account == "" && item) {
			return trouble()
		}
		return nil
	}
}

var errNo = errors.New("no")

func refuse() error { return errNo }
func panics() error { panic("odd reply") }
