package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"tartan/plaidapi"

	"tartan/ui/ledger"
)

// again is what a bank gives to a login that is linked already, as token 1.
type again struct {
	about string
	tells func(*teller) // has it give that from now on
	after []string      // what the bank holds once the attempt was given up; the first is what is kept
}

var agains = []again{
	{"the same token", func(b *teller) { b.made = 0 }, []string{"token 1"}},
	{"the same token, under another name", func(b *teller) { b.made, b.login = 0, "item of nobody" }, []string{"token 1"}},
	{"a new token", func(b *teller) { b.login = "item of token 1" }, []string{"token 1", "token 2"}},
	{"a new token, the old one void", func(b *teller) { b.login, b.voids = "item of token 1", true }, []string{"token 2"}},
	{"a new Item", func(*teller) {}, []string{"token 1"}},
}

// linkedOnce is a scene with one Item, whose bank gives that to the next who signs in.
func (a again) linkedOnce(t *testing.T, questions int) *scene {
	t.Helper()
	s := newScene(t, questions)
	s.mustWalk(questions + 1)
	s.bank.mu.Lock()
	defer s.bank.mu.Unlock()
	a.tells(s.bank)
	return s
}

// compare looks at what the bank holds, what is kept here, and what is told.
func (s *scene) compare(about string, holds []string, keeps string, told int) {
	s.t.Helper()
	if held, kept := s.bank.holds(), s.vault.tokens(); !slices.Equal(held, holds) || !slices.Equal(kept, []string{keeps}) {
		s.t.Errorf("%s: the bank holds %q, not %q; %q is kept, not %q", about, held, holds, kept, keeps)
	}
	items, err := s.vault.Items(s.t.Context())
	if err != nil || len(items) != 1 || items[0].ID != "item of token 1" {
		s.t.Errorf("%s: linked %+v, %v", about, items, err)
	}
	if open := s.told(); len(open) != told {
		s.t.Errorf("%s: told %+v", about, open)
	}
}

// Who links what is linked already, and gives up, has what there was before: only what the attempt
// itself has made is removed.
func TestGivingUpWhatIsLinkedAlready(t *testing.T) {
	for about, givesUp := range map[string]func(*scene) error{
		"left while it answers":    (*scene).leavesAnswering,
		"left while it keeps":      (*scene).leavesKeeping,
		"discarded, linked":        func(s *scene) error { return s.Discard(s.t.Context(), s.mustWalk(s.bank.questions+1)) },
		"abandoned, linked":        func(s *scene) error { return s.Abandon(s.t.Context(), s.mustWalk(s.bank.questions+1)) },
		"discarded, not kept":      func(s *scene) error { return s.Discard(s.t.Context(), s.notKept("keep")) },
		"discarded, kept in part":  func(s *scene) error { return s.Discard(s.t.Context(), s.notKept("keep, done")) },
		"discarded, saved in vain": (*scene).savesInVain,
		"quit, not kept": func(s *scene) error {
			s.notKept("keep")
			return s.Close(s.t.Context())
		},
	} {
		for _, a := range agains {
			for questions := range 2 {
				about := fmt.Sprintf("%s, %s, %d questions", a.about, about, questions)
				s := a.linkedOnce(t, questions)
				if err := givesUp(s); err != nil {
					t.Errorf("%s: %v", about, err)
				}
				s.compare(about, a.after, a.after[0], 0)
				s.settled(about)
			}
		}
	}
}

// notKept signs in, and an operation of keeping fails, once.
func (s *scene) notKept(op string) plaidapi.Step {
	s.t.Helper()
	s.failsOnce(op)
	step, err := s.walk(s.t.Context())
	if lost := (*ledger.NotKeptError)(nil); !errors.As(err, &lost) {
		s.t.Fatalf("%s did not fail: %v", op, err)
	}
	return step
}

// leavesAnswering ends the waiting while the bank makes the Item.
func (s *scene) leavesAnswering() error { return s.leavesAt("answer, done", s.bank.questions+1) }

// leavesKeeping ends the waiting once the token is kept.
func (s *scene) leavesKeeping() error { return s.leavesAt("close", 1) }

// leavesAt ends the waiting for an answer when something is done so many times.
func (s *scene) leavesAt(op string, times int) error {
	ctx, leave := context.WithCancel(s.t.Context())
	defer leave()
	left := make(chan struct{})
	s.happens(func(_ int, at string) error {
		if at != op {
			return nil
		}
		if times--; times == 0 {
			leave()
			<-left
		}
		return nil
	})
	_, err := s.walk(ctx)
	close(left)
	if !errors.Is(err, context.Canceled) {
		s.t.Errorf("not left at %s: %v", op, err)
	}
	return s.Close(s.t.Context())
}

// savesInVain tries to keep the token once more before it gives up.
func (s *scene) savesInVain() error {
	step := s.notKept("keep")
	s.failsOnce("keep")
	if err := s.Keep(s.t.Context(), step); err == nil {
		s.t.Error("kept")
	}
	return s.Discard(s.t.Context(), step)
}

// A token that comes once more is of the Item that it was of, whatever the bank names it now.
func TestATokenNamesItsItem(t *testing.T) {
	s := agains[1].linkedOnce(t, 0)
	if step := s.mustWalk(1); step.Item.ID != "item of token 1" {
		t.Errorf("linked %+v", step.Item)
	}
	s.compare("linked again", []string{"token 1"}, "token 1", 0)
}

// Giving up what was linked again does not undo what came later.
func TestGivingUpAfterARepair(t *testing.T) {
	s := agains[2].linkedOnce(t, 0)
	again := s.mustWalk(1)
	repair := gingham
	repair.Mode, repair.ItemID = plaidapi.Update, again.Item.ID
	step, err := s.Begin(t.Context(), repair)
	if err != nil {
		t.Fatal(err)
	}
	step.Pending = plaidapi.Secret{} // the teller makes a new token of it
	if _, err := s.Answer(t.Context(), step, login); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(t.Context(), again); err != nil {
		t.Error(err)
	}
	s.compare("repaired", []string{"token 1", "token 2", "token 3"}, "token 3", 0)
}

// Giving up what was linked again does not bring back what was unlinked later.
func TestGivingUpAfterUnlinking(t *testing.T) {
	s := agains[2].linkedOnce(t, 0)
	again := s.mustWalk(1)
	if err := s.Unlink(t.Context(), again.Item.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(t.Context(), again); err != nil || len(s.vault.tokens()) != 0 {
		t.Errorf("%v, kept %q", err, s.vault.tokens())
	}
}

// Who quits over a new Item that was not kept whole, but whose token is, has it linked.
func TestQuittingOverATokenThatIsKept(t *testing.T) {
	s := newScene(t, 0)
	s.notKept("list, done")
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	s.compare("quit", []string{"token 1"}, "token 1", 0)
}

// A run that ends with its token not kept is settled by the next. What there was before stays; where
// the bank takes only a token that was not kept, the person is told.
func TestCrashingOverWhatIsLinkedAlready(t *testing.T) {
	for i, a := range agains {
		for questions, want := range [][]struct {
			holds []string
			keeps string
			told  int
		}{
			{
				{[]string{"token 1"}, "token 1", 1},
				{[]string{"token 1"}, "token 1", 1},
				{[]string{"token 1", "token 2"}, "token 1", 0},
				{[]string{"token 2"}, "token 1", 1},
				{[]string{"token 1", "token 2"}, "token 1", 1},
			},
			{
				{[]string{"token 1"}, "token 1", 0},
				{[]string{"token 1"}, "token 1", 0},
				{[]string{"token 1", "token 2"}, "token 1", 0},
				{[]string{"token 2"}, "token 2", 0},
				{[]string{"token 1"}, "token 1", 0},
			},
		} {
			about := fmt.Sprintf("%s, %d questions", a.about, questions)
			s := a.linkedOnce(t, questions)
			s.notKept("keep")
			s.start()
			if err := s.SettleAttempts(t.Context()); err != nil {
				t.Errorf("%s: %v", about, err)
			}
			s.compare(about, want[i].holds, want[i].keeps, want[i].told)
			s.settled(about)
		}
	}
}

// As long as the bank does not say which token it takes, none is put in place of the one that is
// kept, and nothing is removed.
func TestABankThatCannotBeAskedForAToken(t *testing.T) {
	a := agains[2]
	s := a.linkedOnce(t, 1)
	s.notKept("keep")
	s.start()
	s.happens(func(_ int, op string) error {
		if op == "accounts" {
			return errLost
		}
		return nil
	})
	if err := s.SettleAttempts(t.Context()); err != nil {
		t.Error(err)
	}
	s.compare("unreachable", a.after, "token 1", 1)
	s.happens(nil)
	if err := s.SettleAttempts(t.Context()); err != nil {
		t.Error(err)
	}
	s.compare("reachable", a.after, "token 1", 0)
}

// Wherever a run ends that links what is linked, or gives that up, the next has the Item, with a
// token that the bank takes; or the person is told.
func TestEndingAtEveryPointOverWhatIsLinkedAlready(t *testing.T) {
	for _, a := range agains[:3] {
		for questions := range 2 {
			for _, gives := range []bool{false, true} {
				for n, more := 1, true; more; n++ {
					about := fmt.Sprintf("%s, %d questions, ending at point %d, giving up %v", a.about, questions, n, gives)
					s := a.linkedOnce(t, questions)
					more = false
					s.happens(func(at int, _ string) error {
						if at < n {
							return nil
						}
						more = true
						return errLost
					})
					step, err := s.walk(t.Context())
					if err == nil && gives {
						_ = s.Discard(t.Context(), step)
					}
					s.happens(nil)
					s.start()
					if err := s.SettleAttempts(t.Context()); err != nil {
						t.Errorf("%s: %v", about, err)
					}
					kept, told := s.vault.tokens(), s.told()
					if len(kept) != 1 || !slices.Contains(s.bank.holds(), kept[0]) && len(told) == 0 {
						t.Errorf("%s: kept %q, the bank holds %q, told %+v", about, kept, s.bank.holds(), told)
					}
					s.settled(about)
				}
			}
		}
	}
}
