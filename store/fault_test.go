package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// troubles are the ways a keyring can fail a call, and what the store makes of each.
func troubles(release <-chan struct{}) map[Fault]func() error {
	return map[Fault]func() error{
		Refused:   refuse,
		NoKeyring: func() error { return NoKeyring },
		Locked:    func() error { return fmt.Errorf("%w: dismissed", Locked) },
		Broke:     panics,
		Slow:      func() error { <-release; return errNo },
	}
}

// eachTrouble runs check for every way to fail, on a clock that does not wait.
func eachTrouble(t *testing.T, check func(*testing.T, Fault, func() error)) {
	for fault := range troubles(nil) {
		t.Run(fault.Error(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				release := make(chan struct{})
				defer close(release)
				check(t, fault, troubles(release)[fault])
			})
		})
	}
}

func mustFail(t *testing.T, err error, fault Fault, kept string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Fault != fault || !errors.Is(err, fault) {
		t.Fatalf("got %v, want %v", err, fault)
	}
	if text := e.UserText(); !strings.Contains(text, kept) || !strings.HasSuffix(text, ", then try again.") {
		t.Errorf("people read: %s", text)
	}
}

func TestAnUnusableKeyringMeansMemoryAndSaysSo(t *testing.T) {
	eachTrouble(t, func(t *testing.T, fault Fault, trouble func() error) {
		for name, when := range map[string]func(string, string) error{
			"at once":                  func(string, string) error { return trouble() },
			"only when asked to write": on("set", probeAccount, trouble),
		} {
			ring := newFakeRing()
			ring.misbehave(when)
			s := openOn(ring)
			start := time.Now()
			if err := s.Probe(t.Context()); err != nil {
				t.Fatalf("%s: Probe: %v", name, err)
			}
			if took := time.Since(start); took > 2*patience {
				t.Errorf("%s: it took %v to decide", name, took)
			}
			if s.Access().Where != "memory, for this run only" {
				t.Errorf("%s: tokens live in %s", name, s.Access().Where)
			}
			if n := s.Access().Notice; !strings.HasPrefix(n, fault.phrases().happened) || !strings.Contains(n, "forgotten when tartan ends") {
				t.Errorf("%s: people read: %s", name, n)
			}
			mustKeep(t, s, "one")
			mustHold(t, s, "one")
			if got := ring.accounts(); len(got) != 0 {
				t.Errorf("%s: the keyring holds %q", name, got)
			}
		}
	})
}

func TestAWorkingKeyringThatFailsOnceIsNotForsaken(t *testing.T) {
	for _, at := range []struct {
		verb, account string
	}{{"set", ""}, {"get", ""}, {"set", indexAccount}, {"get", indexAccount}} {
		eachTrouble(t, func(t *testing.T, fault Fault, trouble func() error) {
			ring := newFakeRing()
			s := openOn(ring)
			mustKeep(t, s, "one")
			before := ring.accounts()
			ring.misbehave(on(at.verb, at.account, trouble))
			mustFail(t, s.Keep(t.Context(), "", item("two"), token("token-two")), fault, "not saved")
			if s.Access().Where != "fake keyring" || s.Access().Notice != "" {
				t.Errorf("Where %q, Notice %q", s.Access().Where, s.Access().Notice)
			}
			if fault == Slow {
				return // the hanging call still has its turn; see TestALateSuccessIsTakenBack
			}
			ring.misbehave(nil)
			if after := ring.accounts(); at.verb == "set" && !slices.Equal(before, after) {
				t.Errorf("%s %s left %q, was %q", at.verb, at.account, after, before)
			}
			mustHold(t, s, "one")
			mustKeep(t, s, "two")
			mustHold(t, openOn(ring), "one", "two")
		})
	}
}

func TestFailingToForgetCanBeRepeated(t *testing.T) {
	eachTrouble(t, func(t *testing.T, fault Fault, trouble func() error) {
		if fault == Slow {
			return // as above
		}
		for _, at := range [][2]string{{"set", indexAccount}, {"delete", ""}} {
			ring := newFakeRing()
			s := openOn(ring)
			mustKeep(t, s, "one", "two")
			ring.misbehave(on(at[0], at[1], trouble))
			mustFail(t, s.Forget(t.Context(), "one"), fault, "may still be kept here")
			mustHold(t, s, "two", "one")
			ring.misbehave(nil)
			if err := s.Forget(t.Context(), "one"); err != nil {
				t.Fatal(err)
			}
			mustHold(t, openOn(ring), "two")
			if n := len(ring.accounts()); n != 2 {
				t.Errorf("%d entries are left, want one Item and the index", n)
			}
		}
	})
}

func TestLiesAreFoundOut(t *testing.T) {
	for name, lie := range map[string]func(string, string) string{
		"keeps nothing":  func(string, string) string { return "" },
		"cuts it short":  func(_, secret string) string { return secret[:len(secret)-1] },
		"keeps an older": func(string, string) string { return "older" },
	} {
		ring := newFakeRing()
		s := openOn(ring)
		mustKeep(t, s, "one")
		ring.lies = lie
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("x")), Lied, "not saved")
		mustFail(t, s.Probe(t.Context()), Lied, "No bank was asked")
		ring.lies = nil
		mustHold(t, openOn(ring), "one")
		if n := len(ring.accounts()); n != 2 {
			t.Errorf("%s: %d entries are left, want one Item and the index", name, n)
		}
	}
	ring := newFakeRing()
	s := openOn(ring)
	mustKeep(t, s, "one")
	ring.clings = true
	mustFail(t, s.Forget(t.Context(), "one"), Lied, "may still be kept here")
}

func TestALateSuccessIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		s := openOn(ring)
		mustKeep(t, s, "one")
		answer := make(chan struct{})
		ring.misbehave(on("set", "", func() error { <-answer; return nil }))
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("token-two")), Slow, "not saved")
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("token-two")), Slow, "not saved")
		mustHold(t, s, "one")

		close(answer)
		synctest.Wait()
		if n := len(ring.accounts()); n != 2 {
			t.Errorf("%d entries after the late success, want one Item and the index", n)
		}
		mustKeep(t, s, "two")
		mustHold(t, openOn(ring), "one", "two")
	})
}

func TestCloseWaitsForWritesAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		s := openOn(ring)
		mustKeep(t, s, "one")
		answer := make(chan struct{})
		ring.misbehave(on("set", "", func() error { <-answer; return nil }))
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("token-two")), Slow, "not saved")

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		mustFail(t, s.Close(ctx), Slow, "not saved")
		go close(answer)
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if n := len(ring.accounts()); n != 2 {
			t.Errorf("%d entries after Close, want one Item and the index", n)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		answer := make(chan struct{})
		ring.misbehave(func(string, string) error { <-answer; return nil })
		s := openOn(ring)
		ctx, leave := context.WithCancel(t.Context())
		go func() { _, _ = s.Items(ctx) }()
		synctest.Wait()
		start := time.Now()
		if err := s.Close(t.Context()); err != nil || time.Since(start) != 0 {
			t.Errorf("Close waited %v for a read: %v", time.Since(start), err)
		}
		leave()
		close(answer)
	})
}

func TestALateIndexDoesNotUndoALaterOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := newFakeRing()
		s := openOn(ring)
		mustKeep(t, s, "one")
		answer := make(chan struct{})
		ring.misbehave(on("set", indexAccount, func() error { <-answer; return nil }))
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("token-two")), Slow, "not saved")
		ring.misbehave(nil)
		close(answer)
		mustKeep(t, s, "two", "three")
		mustHold(t, openOn(ring), "one", "two", "three")
	})
}

func TestDamageIsToldAndNothingIsTouched(t *testing.T) {
	cut := func(s string) string { return s[:len(s)/2] }
	for name, c := range map[string]struct {
		change func(string) string
		fault  Fault
	}{
		"cut off":    {cut, Damaged},
		"altered":    {func(s string) string { return strings.Replace(s, `"body":`, `"body": `, 1) + " " }, 0},
		"foreign":    {func(string) string { return "hunter2" }, Damaged},
		"other JSON": {func(string) string { return `{"name":"x"}` }, Damaged},
		"later":      {func(s string) string { return strings.Replace(s, `"v":1`, `"v":2`, 1) }, Newer},
		"one letter": {func(s string) string { return strings.Replace(s, `"items":["`, `"items":["A`, 1) }, Damaged},
	} {
		ring := newFakeRing()
		mustKeep(t, openOn(ring), "one")
		key := "tartan-test/" + indexAccount
		ring.entries[key] = c.change(ring.entries[key])
		before := ring.entries[key]
		s := openOn(ring)
		_, err := s.Items(t.Context())
		if c.fault == 0 {
			if err != nil {
				t.Errorf("%s: white space is no damage: %v", name, err)
			}
			continue
		}
		mustFail(t, err, c.fault, "Nothing was changed")
		mustFail(t, s.Keep(t.Context(), "", item("two"), token("x")), c.fault, "not saved")
		if ring.entries[key] != before || len(ring.entries) != 2 {
			t.Errorf("%s: the keyring was changed", name)
		}
	}
}

func TestOneBadEntryDoesNotHideTheOthers(t *testing.T) {
	for name, spoil := range map[string]func(r *fakeRing, key, other string){
		"gone":             func(r *fakeRing, key, _ string) { delete(r.entries, key) },
		"damaged":          func(r *fakeRing, key, _ string) { r.entries[key] = "x" },
		"another's secret": func(r *fakeRing, key, other string) { r.entries[key] = r.entries[other] },
	} {
		ring := newFakeRing()
		s := openOn(ring)
		mustKeep(t, s, "one", "two", "three")
		ring.mu.Lock()
		spoil(ring, "tartan-test/"+s.tokens.names["two"], "tartan-test/"+s.tokens.names["one"])
		ring.mu.Unlock()
		s = openOn(ring)
		mustHold(t, s, "one", "three")
		if !strings.HasPrefix(s.Access().Notice, "1 of the banks linked earlier") {
			t.Errorf("%s: people read: %q", name, s.Access().Notice)
		}
		mustKeep(t, s, "four")
		s = openOn(ring)
		mustHold(t, s, "one", "three", "four")
		if told := s.Access().Notice != ""; told == (name == "gone") {
			t.Errorf("%s: after the next write people read: %q", name, s.Access().Notice)
		}
	}
}

func TestNoErrorHoldsTheToken(t *testing.T) {
	const canary = "canary-token-5309"
	ring := newFakeRing()
	s := openOn(ring)
	mustKeep(t, s, "one")
	echo := errors.New("bad secret " + canary)
	for _, trouble := range []func() error{
		func() error { return echo },
		func() error { return fmt.Errorf("%w: %w", Locked, echo) },
		func() error { panic(canary) },
	} {
		ring.misbehave(on("set", "", trouble))
		err := s.Keep(t.Context(), "", item("two"), token(canary))
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("Keep: %v", err)
		}
		if text := fmt.Sprintf("%v %+v %#v", err, err, *e) + e.UserText(); strings.Contains(text, canary) {
			t.Errorf("the token shows in %s", text)
		}
	}
}

func TestEveryFaultHasItsOwnWords(t *testing.T) {
	seen := map[string]bool{}
	for f := Refused; f <= NoFolder; f++ {
		p := f.phrases()
		if seen[p.happened] || p.name == "" || p.advice == "" || !strings.HasSuffix(p.happened, ".") {
			t.Errorf("%v: %+v", f, p)
		}
		seen[p.happened] = true
	}
}

func TestDiagnosis(t *testing.T) {
	for text, want := range map[string]error{
		"failed to unlock correct collection '/org/freedesktop/secrets/collection/login'": Locked,
		"Cannot create an item in a locked collection":                                    Locked,
		"The name org.freedesktop.secrets was not provided by any .service files":         NoKeyring,
		"dial unix /run/user/1/bus: connect: no such file or directory":                   NoKeyring,
		`exec: "dbus-launch": executable file not found in $PATH`:                         NoKeyring,
	} {
		if err := diagnose(errors.New(text)); !errors.Is(err, want) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
	}
	var f Fault
	if err := diagnose(errors.New("something new")); errors.As(err, &f) {
		t.Errorf("an unknown error was taken for %v", f)
	}
	if diagnose(nil) != nil {
		t.Error("nothing wrong was taken for an error")
	}
}
