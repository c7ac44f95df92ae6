package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"tartan/plaidapi"
)

// page is a bank with a page of its own: who looks so often sees that its person is done. What is
// asked for then is made once, however often it is asked for.
type page struct {
	*teller
	looks  int  // until the person is done
	lapsed bool // nothing is to be had from the page any more
	began  int
}

func newPageScene(t *testing.T, looks int) *scene {
	t.Helper()
	s := newScene(t, 0)
	s.paged = &page{teller: s.bank, looks: looks}
	s.start()
	return s
}

func (b *page) Begin(_ context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	b.began++
	return plaidapi.Step{
		Request: req, Pending: plaidapi.NewSecret(fmt.Sprint("link ", b.began)), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser},
	}, nil
}

func (b *page) Answer(_ context.Context, step plaidapi.Step, _ []plaidapi.Secret) (plaidapi.Step, error) {
	next, granted := step, step.Challenge.Kind == plaidapi.Granted
	next.Challenge.Kind = plaidapi.Browser
	if err := b.point("look"); err != nil {
		return next, err
	}
	switch b.looks--; {
	case b.lapsed:
		return next, &plaidapi.Error{Problem: plaidapi.AttemptOver, Status: 400}
	case b.looks > 0:
		return next, nil
	}
	next.Request.Institution.ID, next.Request.Institution.Name = "gingham", "First Gingham"
	next.Challenge = plaidapi.Challenge{Kind: plaidapi.Granted, Accounts: []plaidapi.Account{{Name: "Checking", Mask: "0000"}}}
	if !granted {
		return next, nil
	}
	if err := b.point("answer"); err != nil {
		return step, err
	}
	token := "token of " + step.Pending.Reveal()
	b.mu.Lock()
	b.items[token] = 0
	b.mu.Unlock()
	if err := b.point("answer, done"); err != nil {
		return step, err
	}
	return plaidapi.Step{
		Request: next.Request, Token: plaidapi.NewSecret(token), Challenge: plaidapi.Challenge{Kind: plaidapi.Linked},
		Item: plaidapi.Item{ID: b.itemOf(token), Wire: plaidapi.Modern, Institution: next.Request.Institution},
	}, nil
}

// Nobody sees the address of a bank's page before it is noted, and no Item is asked for before that is.
func TestABanksOwnPageIsNotedFirst(t *testing.T) {
	s := newPageScene(t, 2)
	if _, err := s.walk(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"probe", "begin", "look", "look", "grant", "look", "answer", "keep", "list", "close", "mark"}
	did := slices.DeleteFunc(s.did(), func(op string) bool { return len(op) > 6 && op[len(op)-6:] == ", done" })
	if !slices.Equal(did, want) {
		t.Errorf("%q", did)
	}
	s = newPageScene(t, 2)
	s.happens(func(_ int, op string) error {
		if op == "begin" {
			return errFull
		}
		return nil
	})
	if step, err := s.Begin(t.Context(), s.request()); !errors.Is(err, errFull) || !step.Pending.Empty() {
		t.Errorf("%+v, %v", step, err)
	}
}

// To look is no answer: a person may take their time.
func TestLooksAreNotCounted(t *testing.T) {
	s := newPageScene(t, 100)
	step, err := s.walk(t.Context())
	if err != nil || step.Challenge.Kind != plaidapi.Linked || step.Round > 1 {
		t.Errorf("%v, round %d, %v", step.Challenge.Kind, step.Round, err)
	}
	if n, err := s.Linked(t.Context()); n != 1 || err != nil {
		t.Errorf("%d were ever linked, %v", n, err)
	}
	if err := s.Unlink(t.Context(), step.Item.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Linked(t.Context()); n != 1 || err != nil {
		t.Errorf("unlinked: %d were ever linked, %v", n, err)
	}
}

// Who leaves a page leaves nothing at the bank, however far they have come, and nothing to be told.
func TestLeavingAPage(t *testing.T) {
	for answers := range 3 {
		s := newPageScene(t, 2)
		step := s.mustWalk(answers)
		s.happens(nil)
		if err := s.Abandon(t.Context(), step); err != nil || slices.Contains(s.did(), "unlink") || len(s.told()) != 0 {
			t.Errorf("after %d looks: %v, %q", answers, err, s.did())
		}
		if _, err := s.Answer(t.Context(), step, nil); !errors.Is(err, plaidapi.AttemptOver) {
			t.Errorf("gone on: %v", err)
		}
		s.settled("left")
		if len(s.vault.journal) != 0 || len(s.bank.holds()) != 0 {
			t.Errorf("%+v, %q", s.vault.journal, s.bank.holds())
		}
	}
}

// A look that fails, or that nobody waits for, gives nothing up.
func TestALookThatFails(t *testing.T) {
	s := newPageScene(t, 3)
	step := s.mustWalk(1)
	ctx, leave := context.WithCancel(t.Context())
	s.happens(func(n int, _ string) error {
		if n == 1 {
			return errLost
		}
		leave()
		return nil
	})
	if _, err := s.Answer(ctx, step, nil); !errors.Is(err, plaidapi.Offline) {
		t.Error(err)
	}
	_, _ = s.Answer(ctx, step, nil)
	s.happens(nil)
	for err := error(nil); step.Challenge.Kind != plaidapi.Linked; {
		if step, err = s.Answer(t.Context(), step, nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.told()) != 0 || len(s.vault.tokens()) != 1 {
		t.Errorf("told %+v, linked %q", s.told(), s.vault.tokens())
	}
}

// lost links up to where the Item was made and the answer is lost.
func lost(t *testing.T) (*scene, plaidapi.Step) {
	t.Helper()
	s := newPageScene(t, 1)
	step := s.mustWalk(1)
	s.happens(func(_ int, op string) error {
		if op == "answer, done" {
			return errLost
		}
		return nil
	})
	if _, err := s.Answer(t.Context(), step, nil); !errors.Is(err, plaidapi.Offline) || len(s.bank.holds()) != 1 || len(s.told()) != 0 {
		t.Fatalf("%v, holds %q", err, s.bank.holds())
	}
	return s, step
}

// An Item whose making was not answered is had by asking again: to link it, to remove it, on leaving
// the program, and after a crash. When it cannot be had any more, it is told.
func TestALostAnswerIsAskedForAgain(t *testing.T) {
	for _, tc := range []struct {
		about        string
		do           func(s *scene, step plaidapi.Step) error
		linked, told int
	}{
		{"answered again", func(s *scene, step plaidapi.Step) error {
			s.happens(nil)
			_, err := s.Answer(s.t.Context(), step, nil)
			return err
		}, 1, 0},
		{"given up", func(s *scene, step plaidapi.Step) error {
			s.happens(nil)
			return s.Abandon(s.t.Context(), step)
		}, 0, 0},
		{"left", func(s *scene, _ plaidapi.Step) error {
			s.happens(nil)
			return s.Close(s.t.Context())
		}, 1, 0},
		{"killed", func(*scene, plaidapi.Step) error { return nil }, 1, 0},
		{"lapsed", func(s *scene, step plaidapi.Step) error {
			s.happens(nil)
			s.paged.lapsed = true
			if _, err := s.Answer(s.t.Context(), step, nil); !errors.Is(err, plaidapi.AttemptOver) || len(s.told()) != 1 {
				return fmt.Errorf("%w, told %+v", err, s.told())
			}
			return nil
		}, 0, 1},
		{"killed, and lapsed", func(s *scene, _ plaidapi.Step) error { s.paged.lapsed = true; return nil }, 0, 1},
	} {
		s, step := lost(t)
		if err := tc.do(s, step); err != nil {
			t.Errorf("%s: %v", tc.about, err)
		}
		s.happens(nil)
		s.start()
		if err := s.SettleAttempts(t.Context()); err != nil {
			t.Fatal(err)
		}
		if linked, told := s.vault.tokens(), s.told(); len(linked) != tc.linked || len(told) != tc.told || len(s.bank.holds()) != tc.linked+tc.told {
			t.Errorf("%s: linked %q, told %+v, holds %q", tc.about, linked, told, s.bank.holds())
		}
		if err := s.Close(t.Context()); err != nil {
			t.Errorf("%s: %v", tc.about, err)
		}
		s.settled(tc.about)
	}
}

// An Item that was given up and cannot be removed is told, and removed on leaving, not linked.
func TestALostAnswerThatIsGivenUpIsNotLinked(t *testing.T) {
	s, step := lost(t)
	s.happens(func(int, string) error { return errLost })
	if err := s.Abandon(t.Context(), step); !errors.Is(err, plaidapi.Offline) {
		t.Error(err)
	}
	s.happens(nil)
	if told := s.told(); len(told) != 1 || told[0].OnPage() {
		t.Errorf("told %+v", told)
	}
	if err := s.Close(t.Context()); err != nil || len(s.bank.holds()) != 0 || len(s.vault.tokens()) != 0 {
		t.Errorf("%v, holds %q, linked %q", err, s.bank.holds(), s.vault.tokens())
	}
}

// Who leaves while the Item is asked for has given up, whatever comes of it.
func TestLeavingWhileAnItemIsAskedFor(t *testing.T) {
	for _, op := range []string{"answer", "answer, done"} {
		s := newPageScene(t, 1)
		step := s.mustWalk(1)
		ctx, leave := context.WithCancel(t.Context())
		left := make(chan struct{})
		s.happens(func(_ int, at string) error {
			if at != op {
				return nil
			}
			s.happens(nil)
			leave()
			<-left
			return errLost
		})
		if _, err := s.Answer(ctx, step, nil); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		close(left)
		if err := s.Close(t.Context()); err != nil || len(s.bank.holds()) != 0 || len(s.vault.tokens()) != 0 || len(s.vault.journal) != 0 {
			t.Errorf("%s: %v, holds %q, linked %q", op, err, s.bank.holds(), s.vault.tokens())
		}
	}
}

// What is picked up and cannot be kept is told, and is not at the bank any more once tartan ends.
func TestWhatIsPickedUpAndCannotBeKept(t *testing.T) {
	s := newPageScene(t, 1)
	s.mustWalk(1)
	s.start()
	s.happens(func(_ int, op string) error {
		if op == "keep" {
			return errFull
		}
		return nil
	})
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.told()) != 1 || len(s.bank.holds()) != 1 {
		t.Errorf("%v, told %+v, holds %q", err, s.told(), s.bank.holds())
	}
	if err := s.Close(t.Context()); err != nil || len(s.bank.holds()) != 0 || len(s.vault.journal) != 0 {
		t.Errorf("%v, holds %q, noted %+v", err, s.bank.holds(), s.vault.journal)
	}
}

// A page that an earlier run left is looked at again: linked when its person is done, forgotten when
// it has run out, else told and left.
func TestAPageIsPickedUpAtTheNextStart(t *testing.T) {
	for _, leaves := range []bool{false, true} {
		s := newPageScene(t, 6)
		s.mustWalk(1)
		for range 2 { // three looks, then two more
			if leaves {
				if err := s.Close(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if linked := s.vault.tokens(); len(linked) != 0 {
				t.Errorf("linked %q", linked)
			}
			s.start()
			if err := s.SettleAttempts(t.Context()); err != nil {
				t.Fatal(err)
			}
			if told := s.told(); len(s.vault.tokens()) == 0 && (len(told) != 1 || !told[0].OnPage()) {
				t.Errorf("told %+v", told)
			}
		}
		if told := s.told(); len(told) != 0 || len(s.vault.tokens()) != 1 {
			t.Errorf("told %+v, linked %q", told, s.vault.tokens())
		}
	}
	s := newPageScene(t, 2)
	s.mustWalk(1)
	s.paged.lapsed = true
	s.start()
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.told()) != 0 || len(s.vault.journal) != 0 {
		t.Errorf("%v, told %+v", err, s.told())
	}
}

// Accounts that are linked already are not linked once more without a word.
func TestWhatIsPickedUpIsNotLinkedTwice(t *testing.T) {
	s := newPageScene(t, 1)
	s.mustWalk(2)
	s.mustWalk(1)
	s.start()
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.vault.tokens()) != 1 || len(s.bank.holds()) != 1 || len(s.told()) != 0 {
		t.Errorf("%v, linked %q, holds %q", err, s.vault.tokens(), s.bank.holds())
	}
}

// A bank that is chosen on the page has a name before it has one.
func TestABankThatIsChosenOnItsPage(t *testing.T) {
	s := newPageScene(t, 2)
	req := s.request()
	req.Institution = plaidapi.Institution{Wire: plaidapi.Modern}
	step, err := s.Begin(t.Context(), req)
	if err != nil || s.vault.journal[step.Attempt].Bank != "a bank chosen on its page" {
		t.Errorf("%v, %+v", err, s.vault.journal)
	}
}
