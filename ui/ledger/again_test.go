package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"tartan/plaidapi"
)

// Who signs in again where a bank is linked may be given the token that is kept already. Whatever
// becomes of that attempt, the Item stays.
func TestSigningInAgainKeepsWhatIsLinked(t *testing.T) {
	for about, again := range map[string]func(s *scene){
		"left": func(s *scene) {
			if err := s.Abandon(s.t.Context(), s.mustWalk(1)); err != nil {
				s.t.Error(err)
			}
		},
		"over": func(s *scene) {
			step := s.mustWalk(1)
			s.bank.fails = &plaidapi.Error{Problem: plaidapi.AttemptOver, Status: 401}
			_, _ = s.Answer(s.t.Context(), step, login)
		},
		"not held": func(s *scene) { s.fails("hold") },
		"not kept": func(s *scene) { s.fails("keep") },
	} {
		s := newScene(t, 1)
		s.mustWalk(2)
		s.bank.made = 0 // the same token again
		again(s)
		if err := s.Close(t.Context()); err != nil || len(s.told()) != 0 {
			t.Errorf("%s: %v, told %+v", about, err, s.told())
		}
		linked := s.vault.tokens()
		if len(linked) != 1 || !slices.Equal(linked, s.bank.holds()) {
			t.Errorf("%s: linked %q, holds %q", about, linked, s.bank.holds())
		}
		s.settled(about)
	}
}

// fails walks until an operation fails, as it does once.
func (s *scene) fails(op string) {
	s.t.Helper()
	s.failsOnce(op)
	if _, err := s.walk(s.t.Context()); !errors.Is(err, errFull) {
		s.t.Errorf("%s did not fail: %v", op, err)
	}
}

// failsOnce has an operation fail the next time it is done.
func (s *scene) failsOnce(op string) {
	failed := false
	s.happens(func(_ int, at string) error {
		if at != op || failed {
			return nil
		}
		failed = true
		return errFull
	})
}
