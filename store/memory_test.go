package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tartan/plaidapi"
)

func TestAccountsAreCopies(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	mine := []plaidapi.Account{{ID: "a", Name: "Checking"}}
	if err := s.SetAccounts(t.Context(), "one", mine); err != nil {
		t.Fatal(err)
	}
	mine[0].Name = "changed by its giver"
	got, _ := s.Accounts(t.Context(), "one")
	got[0].Name = "changed by its reader"
	if again, _ := s.Accounts(t.Context(), "one"); len(again) != 1 || again[0].Name != "Checking" {
		t.Errorf("accounts: %+v", again)
	}
}

// within fails when work does not end, which nothing but a lock can bring about here.
func within(t *testing.T, what string, work func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s waits", what)
	}
}

func TestNothingWaitsForAPage(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one", "two")
	k := s.find("one")
	k.applying.Lock() // as if a page were being applied all along
	defer k.applying.Unlock()
	within(t, "a reader", func() {
		mustHold(t, s, "one", "two")
		_, _ = s.Accounts(t.Context(), "one")
		_, _ = s.Transactions(t.Context(), "one")
		_, _ = s.Cursor(t.Context(), "one")
	})
	within(t, "another Item's page", func() { _ = s.Apply(t.Context(), "two", plaidapi.Changes{}) })
	within(t, "Keep", func() { mustKeep(t, s, "one") })
}

func TestWhatScreensReadWaitsForNothing(t *testing.T) {
	s := openOn(newFakeRing())
	s.tokens.busy <- struct{}{}
	s.mu.Lock()
	defer s.mu.Unlock()
	within(t, "a screen", func() {
		if s.Notice() != "" || s.Where() != "fake keyring" {
			t.Errorf("Where %q, Notice %q", s.Where(), s.Notice())
		}
	})
}

func TestPagesOfOneItemTakeTurns(t *testing.T) {
	s := openOn(newFakeRing())
	mustKeep(t, s, "one")
	pages := windows(8_000, 40)
	var all sync.WaitGroup
	for half := range 2 {
		all.Go(func() {
			for i := half; i < len(pages); i += 2 {
				if err := s.Apply(t.Context(), "one", pages[i]); err != nil {
					t.Error(err)
				}
				rows, _ := s.Transactions(t.Context(), "one")
				for _, tx := range rows {
					if tx.ID == "" {
						t.Error("a row without an ID")
					}
				}
			}
		})
	}
	all.Wait()
	rows, _ := s.Transactions(t.Context(), "one")
	for i, tx := range rows {
		if want := fmt.Sprintf("transaction-%08d", i); tx.ID != want {
			t.Fatalf("row %d is %s", i, tx.ID)
		}
	}
	if len(rows) != 8_000 {
		t.Errorf("%d rows", len(rows))
	}
}

// meanwhile is a context that does something when it is asked, which Apply does before it works.
type meanwhile struct {
	context.Context
	do func()
}

func (m meanwhile) Err() error { m.do(); return nil }

// A page that meets its Item forgotten goes nowhere, not even into the same Item linked anew.
func TestAPageOfAForgottenItemIsLost(t *testing.T) {
	s := openOn(newFakeRing())
	for _, anew := range []bool{false, true} {
		mustKeep(t, s, "one")
		ctx := meanwhile{t.Context(), func() {
			if err := s.Forget(t.Context(), "one"); err != nil {
				t.Fatal(err)
			}
			if anew {
				mustKeep(t, s, "one")
			}
		}}
		if err := s.Apply(ctx, "one", windows(40, 40)[0]); !errors.Is(err, ErrNoItem) {
			t.Errorf("linked anew %v: Apply: %v", anew, err)
		}
		if rows, _ := s.Transactions(t.Context(), "one"); len(rows) != 0 {
			t.Errorf("linked anew %v: %d rows came back", anew, len(rows))
		}
	}
}
