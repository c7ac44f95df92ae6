package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// A bank that said no made nothing; of one whose answer did not come, nobody knows, and the person
// is told at once. The same form can be sent again either way.
func TestWhatAFailedSignInLeaves(t *testing.T) {
	for _, tc := range []struct {
		err  error
		told int
	}{
		{&plaidapi.Error{Problem: plaidapi.WrongDetails, Status: 402}, 0},
		{&plaidapi.Error{Problem: plaidapi.Locked, Status: 402}, 0},
		{&plaidapi.Error{Problem: plaidapi.NotSetUp, Status: 402}, 0},
		{&plaidapi.Error{Problem: plaidapi.Unsupported, Status: 402}, 0},
		{&plaidapi.Error{Problem: plaidapi.BankDown, Status: 503}, 0},
		{&plaidapi.Error{Problem: plaidapi.BadKeys, Status: 401}, 0},
		{&plaidapi.Error{Problem: plaidapi.RateLimited, Status: 429}, 0},
		{&plaidapi.Error{Problem: plaidapi.AttemptOver, Status: 401}, 0},
		{&plaidapi.Error{Problem: plaidapi.Unknown, Status: 400}, 0},
		{&plaidapi.Error{Problem: plaidapi.Unknown}, 0}, // refused before it was sent
		{&plaidapi.Error{Problem: plaidapi.Offline, Unsent: true}, 0},
		{fmt.Errorf("connect add: %w", plaidapi.ErrNoKeys), 0},
		{&plaidapi.Error{Problem: plaidapi.Offline}, 1},
		{&plaidapi.Error{Problem: plaidapi.ServerFault, Status: 500}, 1},
		{&plaidapi.Error{Problem: plaidapi.BadReply, Status: 200}, 1},
		{&plaidapi.Error{Problem: plaidapi.Unknown, Status: 504}, 1},
		{context.DeadlineExceeded, 1},
		{errors.New("anything else"), 1},
	} {
		s := newScene(t, 0)
		form := s.mustWalk(0)
		s.bank.fails = tc.err
		step, err := s.Answer(t.Context(), form, login)
		if !errors.Is(err, tc.err) || step.Challenge.Kind != plaidapi.Credentials || step.Attempt != "" {
			t.Errorf("%v: %v, %+v", tc.err, err, step)
		}
		if told := s.told(); len(told) != tc.told {
			t.Errorf("%v: told %+v", tc.err, told)
		}
		s.bank.fails = nil
		if step, err = s.Answer(t.Context(), step, login); err != nil || step.Challenge.Kind != plaidapi.Linked {
			t.Errorf("%v: sent again: %v", tc.err, err)
		}
		if told := s.told(); len(told) != tc.told { // the second may have made another Item
			t.Errorf("%v: after the second, told %+v", tc.err, told)
		}
		if err := s.Close(t.Context()); err != nil || len(s.bank.holds()) != 1 {
			t.Errorf("%v: close: %v, %q", tc.err, err, s.bank.holds())
		}
	}
}

// A fault in a Bank leaves open what came of its call.
func TestAFaultInABankIsTold(t *testing.T) {
	s := newScene(t, 0)
	form := s.mustWalk(0)
	s.happens(func(_ int, op string) error {
		if op == "answer, done" {
			panic("odd")
		}
		return nil
	})
	if _, err := s.Answer(t.Context(), form, login); err == nil || len(s.told()) != 1 {
		t.Errorf("%v, told %+v", err, s.told())
	}
	s.settled("a fault")
}

// A token that comes with an error belongs to an Item that cannot be finished.
func TestAnItemThatCannotBeFinishedIsRemoved(t *testing.T) {
	for answers := range 2 {
		s := newScene(t, 1)
		step := s.mustWalk(answers)
		s.bank.fails, s.bank.comes = &plaidapi.Error{Problem: plaidapi.Unsupported}, plaidapi.NewSecret("odd")
		if _, err := s.Answer(t.Context(), step, login); !errors.Is(err, plaidapi.Unsupported) {
			t.Error(err)
		}
		if slices.Contains(s.bank.holds(), "odd") || len(s.told()) != 0 {
			t.Errorf("holds %q, told %+v", s.bank.holds(), s.told())
		}
	}
}

// Between two challenges the person may leave: what was begun is removed. A wrong answer keeps it.
func TestAbandon(t *testing.T) {
	s := newScene(t, 2)
	step := s.mustWalk(1)
	s.bank.fails = &plaidapi.Error{Problem: plaidapi.WrongAnswer, Status: 402}
	if same, err := s.Answer(t.Context(), step, login); !errors.Is(err, plaidapi.WrongAnswer) || same.Attempt != step.Attempt {
		t.Fatalf("%+v, %v", same, err)
	}
	s.bank.fails = nil
	second, err := s.Answer(t.Context(), step, login)
	if err != nil || second.Challenge.Kind != plaidapi.Question {
		t.Fatalf("%v, %v", second.Challenge.Kind, err)
	}
	for range 2 {
		if err := s.Abandon(t.Context(), second); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.bank.holds()) != 0 || len(s.told()) != 0 {
		t.Errorf("holds %q, told %+v", s.bank.holds(), s.told())
	}
	s.happens(nil)
	if _, err := s.Answer(t.Context(), step, login); !errors.Is(err, plaidapi.AttemptOver) || slices.Contains(s.did(), "answer") {
		t.Errorf("answered after leaving: %v, %q", err, s.did())
	}
	if err := s.Abandon(t.Context(), s.mustWalk(0)); err != nil || len(s.told()) != 0 {
		t.Errorf("leaving the form: %v", err)
	}
}

// While an answer is under way nobody else goes on with its attempt: leaving takes the attempt with
// it, or comes too late.
func TestOneAtATimeGoesOnWithAnAttempt(t *testing.T) {
	for _, tc := range []struct {
		about  string
		left   bool // the waiting for the answer was ended
		second func(*scene, plaidapi.Step) error
	}{
		{"answering again", true, func(s *scene, step plaidapi.Step) error {
			_, err := s.Answer(s.t.Context(), step, login)
			return err
		}},
		{"leaving", false, func(s *scene, step plaidapi.Step) error { return s.Abandon(s.t.Context(), step) }},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(t, 1)
			step := s.mustWalk(1)
			release := make(chan struct{})
			s.happens(func(_ int, op string) error {
				if op == "answer, done" {
					<-release
				}
				return nil
			})
			ctx, leave := context.WithCancel(t.Context())
			go func() { _, _ = s.Answer(ctx, step, login) }()
			synctest.Wait()
			if tc.left {
				leave()
			}
			go func() { _ = tc.second(s, step) }()
			synctest.Wait()
			if did := s.did(); !slices.Equal(did, []string{"answer", "answer, done"}) {
				t.Errorf("%s: %q", tc.about, did)
			}
			close(release)
			synctest.Wait()
			leave()
			if err := s.Close(t.Context()); err != nil {
				t.Error(err)
			}
			linked := s.vault.tokens()
			if !slices.Equal(linked, s.bank.holds()) || (len(linked) == 0) != tc.left || len(s.told()) != 0 {
				t.Errorf("%s: linked %q, holds %q, told %+v", tc.about, linked, s.bank.holds(), s.told())
			}
		})
	}
}

// A token that cannot be held is of no use: its Item is removed, and the form can be sent again.
func TestAPendingTokenThatCannotBeHeld(t *testing.T) {
	s := newScene(t, 1)
	form := s.mustWalk(0)
	s.happens(func(_ int, op string) error {
		if op == "hold" {
			return errFull
		}
		return nil
	})
	step, err := s.Answer(t.Context(), form, login)
	if !errors.Is(err, errFull) || step.Challenge.Kind != plaidapi.Credentials || step.Attempt != "" {
		t.Errorf("%+v, %v", step, err)
	}
	if len(s.bank.holds()) != 0 || len(s.told()) != 0 {
		t.Errorf("holds %q, told %+v", s.bank.holds(), s.told())
	}
}

// An attempt that the bank says is over is removed there, in case.
func TestAttemptOver(t *testing.T) {
	s := newScene(t, 1)
	step := s.mustWalk(1)
	s.bank.fails = &plaidapi.Error{Problem: plaidapi.AttemptOver, Status: 401}
	if _, err := s.Answer(t.Context(), step, login); !errors.Is(err, plaidapi.AttemptOver) {
		t.Error(err)
	}
	if len(s.bank.holds()) != 0 || len(s.told()) != 0 {
		t.Errorf("holds %q, told %+v", s.bank.holds(), s.told())
	}
}

// unreachable makes every removal at the bank fail.
func unreachable(_ int, op string) error {
	if op == "unlink" {
		return errLost
	}
	return nil
}

// What cannot be removed is told, tried again on leaving, and then at every start.
func TestWhatCannotBeRemovedIsTold(t *testing.T) {
	s := newScene(t, 1)
	step := s.mustWalk(1)
	s.happens(unreachable)
	if err := s.Abandon(t.Context(), step); !errors.Is(err, plaidapi.Offline) || len(s.told()) != 1 {
		t.Errorf("%v, told %+v", err, s.told())
	}
	if n := len(s.did()) - 1; n != 3 { // but for the reading of attempts
		t.Errorf("tried %d times: %q", n, s.did())
	}
	var open *ledger.UnfinishedError
	if err := s.Close(t.Context()); !errors.As(err, &open) || open.Banks[0] != "First Gingham" {
		t.Errorf("close: %v", err)
	}
	s.start()
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.told()) != 1 || len(s.bank.holds()) != 1 {
		t.Errorf("%v, told %+v", err, s.told())
	}
	s.happens(nil)
	s.start()
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.told()) != 0 || len(s.bank.holds()) != 0 {
		t.Errorf("%v, told %+v, holds %q", err, s.told(), s.bank.holds())
	}
}

// Settling what earlier runs left does not touch what this one is at.
func TestSettleLeavesThisRunAlone(t *testing.T) {
	s := newScene(t, 1)
	step := s.mustWalk(1)
	if err := s.SettleAttempts(t.Context()); err != nil || len(s.told()) != 0 {
		t.Errorf("%v, told %+v", err, s.told())
	}
	if _, err := s.Answer(t.Context(), step, login); err != nil || len(s.bank.holds()) != 1 {
		t.Errorf("%v, holds %q", err, s.bank.holds())
	}
	s.settled("linked")
}

// A repair and an upgrade have no entry: the Item is kept all the while. One whose new token could
// not be kept is not removed on leaving.
func TestARepairIsNeverRemoved(t *testing.T) {
	s := newScene(t, 0)
	linked := s.mustWalk(1)
	s.happens(func(_ int, op string) error {
		if op == "keep" {
			return errFull
		}
		return nil
	})
	repair := gingham
	repair.Mode, repair.ItemID = plaidapi.Update, linked.Item.ID
	step, err := s.Begin(t.Context(), repair)
	if err != nil {
		t.Fatal(err)
	}
	var lost *ledger.NotKeptError
	step.Pending = plaidapi.Secret{} // the teller makes a new token of it
	if _, err = s.Answer(t.Context(), step, login); !errors.As(err, &lost) {
		t.Fatalf("got %v", err)
	}
	if err := s.Close(t.Context()); err != nil || slices.Contains(s.did(), "begin") || slices.Contains(s.did(), "unlink") {
		t.Errorf("%v, %q", err, s.did())
	}
	if !slices.Contains(s.bank.holds(), linked.Token.Reveal()) || len(s.vault.tokens()) != 1 {
		t.Errorf("holds %q, kept %q", s.bank.holds(), s.vault.tokens())
	}
}

// Items whose tokens are kept for this run only are removed at their banks on leaving; those that
// cannot be are told by the next run, as all are after a crash.
func TestThisRunOnly(t *testing.T) {
	for _, reachable := range []bool{true, false} {
		s := newScene(t, 0)
		s.vault.place = plaidapi.InMemory
		s.mustWalk(1)
		if len(s.told()) != 0 {
			t.Errorf("told %+v", s.told())
		}
		if !reachable {
			s.happens(unreachable)
		}
		err := s.Close(t.Context())
		var open *ledger.UnfinishedError
		if reachable && (err != nil || len(s.bank.holds()) != 0) || !reachable && !errors.As(err, &open) {
			t.Errorf("close: %v, holds %q", err, s.bank.holds())
		}
		s.vault.end()
		s.start()
		if told := s.told(); len(told) != len(s.bank.holds()) {
			t.Errorf("told %+v, holds %q", told, s.bank.holds())
		}
	}
}

// Closing while several links are under way: all is linked, removed or told.
func TestCloseBesideLinks(t *testing.T) {
	for range 20 {
		s := newScene(t, 1)
		var going sync.WaitGroup
		for range 4 {
			going.Go(func() { _, _ = s.walk(t.Context()) })
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		going.Wait()
		linked, held := s.vault.tokens(), s.bank.holds()
		slices.Sort(linked)
		if !slices.Equal(linked, held) || len(s.told()) != 0 {
			t.Errorf("linked %q, held %q, told %+v", linked, held, s.told())
		}
	}
}
