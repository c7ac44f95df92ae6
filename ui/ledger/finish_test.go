package ledger_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

// Where a token cannot be kept, no bank is asked.
func TestBeginProbesTheVaultFirst(t *testing.T) {
	w := newWorld(t)
	w.holdings() // the keyring is found to work
	request := w.begin("wells").Request
	w.ring.set(errors.New("no space"))
	_, err := w.Begin(t.Context(), request)
	var told *store.Error
	if !errors.As(err, &told) {
		t.Errorf("begin: %v", err)
	}
	if n := w.seen.count("POST /connect"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestATokenThatCannotBeKeptIsSaid(t *testing.T) {
	w := newWorld(t)
	step := w.begin("wells")
	w.ring.set(errors.New("no space"))
	linked, err := w.Answer(t.Context(), step, login)
	var lost *ledger.NotKeptError
	if !errors.As(err, &lost) || linked.Challenge.Kind != plaidapi.Linked || linked.Token.Empty() {
		t.Fatalf("%v, %v", linked.Challenge.Kind, err)
	}
	w.ring.set(nil)
	if len(w.holdings()) != 0 {
		t.Error("an Item without a token is listed")
	}
	if err := w.Keep(t.Context(), linked); err != nil || len(w.holdings()) != 1 {
		t.Errorf("keep again: %v", err)
	}
	if err := w.Discard(t.Context(), linked); err != nil || w.seen.count("DELETE /connect") != 1 {
		t.Errorf("discard: %v", err)
	}
}

// Leaving while an answer is under way: the call still ends, and what it made is removed there.
func TestAnItemMadeAfterLeavingIsRemovedAtTheBank(t *testing.T) {
	w := newWorld(t)
	step := w.begin("wells")
	reached, release := w.seen.hold("POST /connect")
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := w.Answer(ctx, step, login)
		left <- err
	}()
	<-reached
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Fatalf("left, but got %v", err)
	}
	release()
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w.seen.count("POST /connect") != 1 || w.seen.count("DELETE /connect") != 1 {
		t.Errorf("requests: %q", w.seen.paths)
	}
	if len(w.holdings()) != 0 {
		t.Error("an abandoned Item is listed")
	}
}

// A person who has left before the call began has asked for nothing.
func TestNothingIsSentAfterLeaving(t *testing.T) {
	w := newWorld(t)
	step := w.begin("wells")
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := w.Answer(ctx, step, login); !errors.Is(err, context.Canceled) || w.seen.count("POST /connect") != 0 {
		t.Errorf("%v, %q", err, w.seen.paths)
	}
}

// Leaving while the token is being stored: stored or not, the Item is removed at the bank and here.
func TestLeavingWhileTheTokenIsStored(t *testing.T) {
	for _, refuse := range []error{nil, errors.New("no space")} {
		w := newWorld(t)
		step := w.begin("wells")
		w.ring.hold, w.ring.held = make(chan struct{}), make(chan struct{})
		ctx, leave := context.WithCancel(t.Context())
		left := make(chan error)
		go func() {
			_, err := w.Answer(ctx, step, login)
			left <- err
		}()
		<-w.ring.held
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Fatalf("left, but got %v", err)
		}
		go func() {
			for range w.ring.held {
			}
		}()
		w.ring.set(refuse)
		close(w.ring.hold)
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		close(w.ring.held)
		if n := w.seen.count("DELETE /connect"); n == 0 || len(w.holdings()) != 0 {
			t.Errorf("refusing %v: removed %d times, %d kept", refuse, n, len(w.holdings()))
		}
	}
}

// Quitting with a link that could not be saved: it is removed at the bank, or named.
func TestCloseLeavesNoSilentOrphan(t *testing.T) {
	for _, reachable := range []bool{true, false} {
		w := newWorld(t)
		step := w.begin("wells")
		w.ring.set(errors.New("no space"))
		if _, err := w.Answer(t.Context(), step, login); err == nil {
			t.Fatal("kept")
		}
		clear := func() {}
		if !reachable {
			clear = w.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1702})
		}
		err := w.Close(t.Context())
		var open *ledger.UnfinishedError
		switch {
		case reachable && (err != nil || w.seen.count("DELETE /connect") != 1):
			t.Errorf("%v, %q", err, w.seen.paths)
		case !reachable && (!errors.As(err, &open) || !strings.Contains(open.UserText(), "Wells Fargo (22 Nov 2026 12:00)")):
			t.Errorf("got %v", err)
		}
		clear()
	}
}

// What is still under way when the time to leave is over is named.
func TestCloseNamesWhatDoesNotEnd(t *testing.T) {
	w := newWorld(t)
	step := w.begin("wells")
	w.ring.hold, w.ring.held = make(chan struct{}), make(chan struct{}, 100)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan struct{})
	go func() {
		_, _ = w.Answer(ctx, step, login)
		close(left)
	}()
	<-w.ring.held
	leave()
	<-left
	now, cancel := context.WithCancel(t.Context())
	cancel()
	var open *ledger.UnfinishedError
	if err := w.Close(now); !errors.As(err, &open) || open.Banks[0] != "Wells Fargo" {
		t.Errorf("close: %v", err)
	}
	close(w.ring.hold)
	if err := w.Close(t.Context()); err != nil {
		t.Errorf("close again: %v", err)
	}
	if _, err := w.Answer(t.Context(), step, login); !errors.Is(err, ledger.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
}

// Leaving while a bank is unlinked: it is unlinked at the bank and forgotten here all the same.
func TestLeavingWhileUnlinking(t *testing.T) {
	w := newWorld(t)
	id := w.link("wells", login).Item.ID
	reached, release := w.seen.hold("DELETE /connect")
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() { left <- w.Unlink(ctx, id) }()
	<-reached
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("left, but got %v", err)
	}
	release()
	if err := w.Close(t.Context()); err != nil || len(w.holdings()) != 0 {
		t.Errorf("%v, %d left", err, len(w.holdings()))
	}
}

// Two that sync one Item share one sync.
func TestTwoSyncersShareOneSync(t *testing.T) {
	w := newWorld(t)
	id := w.link("wells", login).Item.ID
	page := func(last ledger.Progress) ledger.Progress {
		t.Helper()
		p, err := w.SyncPage(t.Context(), id, last)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	var a, b ledger.Progress
	for !a.Done || !b.Done {
		if !a.Done {
			a = page(a)
		}
		if !b.Done {
			b = page(b)
		}
	}
	if a.Rows != 16 || b.Rows != 16 || w.seen.count("POST /connect/get") != 2 {
		t.Errorf("%d and %d rows, %q", a.Rows, b.Rows, w.seen.paths)
	}
	if page(ledger.Progress{}); w.seen.count("POST /connect/get") != 3 {
		t.Error("a new sync did not start over")
	}
	if h := w.holdings()[0]; h.Partial || h.Rows != 16 {
		t.Error("a sync that was left half-way without news has undone the one before")
	}
}

// A product that is added without a question is kept as well.
func TestUpgradeKeepsTheItem(t *testing.T) {
	w := newWorld(t)
	id := w.link("wells", login).Item.ID
	step, err := w.Begin(t.Context(), plaidapi.LinkRequest{Mode: plaidapi.Upgrade, ItemID: id, Products: []plaidapi.Product{plaidapi.Info}})
	if err != nil || step.Challenge.Kind != plaidapi.Linked {
		t.Fatalf("%v, %v", step.Challenge.Kind, err)
	}
	h := w.holdings()
	if len(h) != 1 || len(h[0].Item.Products) != 2 {
		t.Errorf("after the upgrade: %+v", h)
	}
}
