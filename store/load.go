package store

import (
	"context"
	"errors"
	"fmt"

	"tartan/plaidapi"
)

// load reads the index and then every entry at once, the first time it succeeds. The very first
// answer of the keyring decides where tokens live: an index that can be read, or a probe where
// there is none yet, means there; a failure means in memory, for this run.
func (s *Store) load(ctx context.Context) error {
	if s.loaded {
		return nil
	}
	names, err := s.readIndex(ctx)
	if errors.Is(err, ErrNotFound) {
		names, err = nil, nil
		if !s.decided {
			err = s.probe(ctx)
		}
	}
	if err != nil && !s.decided && s.fallBack(err) {
		err = nil
	}
	if err != nil {
		return err
	}
	s.decided = true
	replies, err := s.guard.getAll(ctx, names)
	if err != nil {
		return err
	}
	s.take(names, replies)
	s.listed = names
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaded = true
	return nil
}

// readIndex gives the accounts that hold Items, or ErrNotFound before the first was kept.
func (s *Store) readIndex(ctx context.Context) ([]string, error) {
	secret, err := s.guard.get(ctx, indexAccount)
	if err != nil {
		return nil, err
	}
	var list index
	err = unseal(indexAccount, secret, &list)
	return list.Items, err
}

// take remembers the Items of this server. An entry that is gone or unreadable is told of; nothing
// is deleted for it.
func (s *Store) take(names []string, replies []reply) {
	lost := 0
	for i, r := range replies {
		var e entry
		switch {
		case r.err != nil:
			s.missing[names[i]] = true
			lost++
		case unseal(names[i], r.secret, &e) != nil:
			lost++
		case e.Home == s.home:
			s.names[e.Item] = names[i]
			s.remember(e.item(), plaidapi.NewSecret(e.Token))
		}
	}
	if lost > 0 {
		s.say(s.Where(), fmt.Sprintf("%d of the banks linked earlier cannot be read from the system keyring. "+
			"Nothing was changed. Link them again to see them here.", lost))
	}
}

// probe writes, reads and removes an entry of no meaning.
func (s *Store) probe(ctx context.Context) error {
	secret, err := seal(probeAccount, "tartan was here")
	if err != nil {
		return err
	}
	if err := s.guard.set(ctx, probeAccount, secret, true); err != nil {
		return err
	}
	return s.guard.delete(ctx, probeAccount)
}

// fallBack takes memory in place of a keyring that cannot be used, and says so. It does not when
// the keyring works and only an entry is at fault, or when the person ended the waiting.
func (s *Store) fallBack(err error) bool {
	var e *Error
	if !errors.As(err, &e) || e.Fault == Damaged || e.Fault == Newer {
		return false
	}
	p, ring := e.Fault.phrases(), memoryRing{}
	s.guard = newGuard(ring, s.guard.service, s.writes)
	s.say(ring.Name(), p.happened+" What you link is kept in memory and forgotten when tartan ends. "+
		p.advice+", then start tartan again.")
	return true
}

// say changes what people are told: where tokens live, and what they must know.
func (s *Store) say(where, notice string) {
	s.sign.mu.Lock()
	defer s.sign.mu.Unlock()
	s.sign.where, s.sign.notice = where, notice
}
