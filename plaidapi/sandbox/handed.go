package sandbox

import (
	"slices"
	"sync"
)

// Handed is an Item by its access token: one whose linking came to its end, or waits for an answer.
type Handed struct {
	Token    string `json:"token"`
	Finished bool   `json:"finished"`
}

// handed remembers the Items that signing in, or exchanging a public token, made in this process
// and nobody removed. It decides nothing: tokens that are not in it work as well as those that are.
type handed struct {
	mu   sync.Mutex
	list []Handed
}

// Handed lists the Items made by signing in since the bank opened and not removed since, oldest
// first. An Item is there before the answer that tells of it is sent.
func (b *Bank) Handed() []Handed {
	b.handed.mu.Lock()
	defer b.handed.mu.Unlock()
	return slices.Clone(b.handed.list)
}

// made takes down that an Item was made.
func (l *handed) made(token string, finished bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = slices.DeleteFunc(l.list, func(h Handed) bool { return h.Token == token })
	l.list = append(l.list, Handed{token, finished})
}

// finished takes down that the last question about an Item has been answered.
func (l *handed) finished(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at := slices.Index(l.list, Handed{Token: token}); at >= 0 {
		l.list[at].Finished = true
	}
}

// removed takes down that an Item is gone.
func (l *handed) removed(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = slices.DeleteFunc(l.list, func(h Handed) bool { return h.Token == token })
}
