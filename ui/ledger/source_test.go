package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/store"
	"tartan/ui/ledger"
)

// source is a bank of today's wire with one Item, and answers as it is told to.
type source struct {
	ledger.Linker
	ledger.Reader
	tells     []plaidapi.Changes // one a Sync; the last one for all later ones
	cursors   []string           // that were asked from
	condition plaidapi.Condition
	fails     error // of reads
	calls     []string
}

func (b *source) Sync(_ context.Context, _ plaidapi.Item, _ plaidapi.Secret, cursor string) (plaidapi.Changes, error) {
	b.cursors = append(b.cursors, cursor)
	if b.fails != nil {
		return plaidapi.Changes{}, b.fails
	}
	c := b.tells[0]
	b.tells = b.tells[min(1, len(b.tells)-1):]
	return c, nil
}

func (b *source) Unlink(context.Context, plaidapi.Item, plaidapi.Secret) error { return nil }

func (b *source) Accounts(context.Context, plaidapi.Item, plaidapi.Secret) ([]plaidapi.Account, error) {
	return b.read("accounts")
}

func (b *source) Balances(context.Context, plaidapi.Item, plaidapi.Secret) ([]plaidapi.Account, error) {
	return b.read("balances")
}

func (b *source) Refresh(context.Context, plaidapi.Item, plaidapi.Secret) error {
	_, err := b.read("refresh")
	return err
}

func (b *source) read(call string) ([]plaidapi.Account, error) {
	b.calls = append(b.calls, call)
	return []plaidapi.Account{{ID: "a", Name: "Checking"}}, b.fails
}

func (b *source) Condition(context.Context, plaidapi.Item, plaidapi.Secret) (plaidapi.Condition, error) {
	b.calls = append(b.calls, "condition")
	return b.condition, nil
}

func (b *source) Institutions(_ context.Context, query string) ([]plaidapi.Institution, error) {
	b.calls = append(b.calls, "institutions "+query)
	return []plaidapi.Institution{{ID: "ins_1", Wire: plaidapi.Modern, Name: "First"}}, b.fails
}

func (b *source) Institution(_ context.Context, id string) (plaidapi.Institution, error) {
	b.calls = append(b.calls, "institution "+id)
	return plaidapi.Institution{ID: id, Wire: plaidapi.Modern, Name: "First", Health: plaidapi.Health{State: plaidapi.Down}}, nil
}

func (b *source) Holdings(context.Context, plaidapi.Item, plaidapi.Secret) ([]plaidapi.Holding, error) {
	return []plaidapi.Holding{{ID: "fund"}}, b.fails
}

const sourced = "modern:one"

// over is a ledger with one Item at a bank, linked for transactions or for these products.
func over(t *testing.T, bank ledger.Bank, products ...plaidapi.Product) *ledger.Ledger {
	t.Helper()
	kept := store.Open(store.Options{
		Dir: filepath.Join(t.TempDir(), "kept"), Service: "tartan-test", Home: "practice",
		Ring: &ring{kept: map[string]string{}}, Casual: true,
	})
	t.Cleanup(func() {
		if err := kept.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if len(products) == 0 {
		products = []plaidapi.Product{plaidapi.Transactions}
	}
	item := plaidapi.Item{
		ID: sourced, Wire: plaidapi.Modern, Products: products, LinkedAt: noon,
		Institution: plaidapi.Institution{ID: "ins_1", Wire: plaidapi.Modern, Name: "First"},
	}
	if err := kept.SetKeys(t.Context(), plaidapi.Keys{ClientID: "me", Secret: plaidapi.NewSecret("s")}); err != nil {
		t.Fatal(err)
	}
	if err := kept.Keep(t.Context(), "", item, plaidapi.NewSecret("token")); err != nil {
		t.Fatal(err)
	}
	return ledger.New(kept, map[plaidapi.Wire]ledger.Bank{plaidapi.Modern: bank}, clock)
}

func only(t *testing.T, l *ledger.Ledger) ledger.Holding {
	t.Helper()
	all, err := l.Holdings(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	return all[0]
}

func row(id string) plaidapi.Transaction {
	amount, _ := plaidapi.ParseMoney("1.00", "USD")
	return plaidapi.Transaction{ID: id, AccountID: "a", Date: plaidapi.DateOf(noon), Amount: amount, Name: "Coffee"}
}

// While a bank has told nothing, that is no sync: it is asked again, at ever longer intervals. What it
// has told of the last days is shown, and it is asked for the rest.
func TestNothingYetIsNotNothing(t *testing.T) {
	bank := &source{tells: []plaidapi.Changes{
		{History: plaidapi.NothingYet},
		{History: plaidapi.NothingYet},
		{Added: []plaidapi.Transaction{row("1")}, Next: "c1", History: plaidapi.RecentOnly},
		{Next: "c2", History: plaidapi.RecentOnly},
		{Added: []plaidapi.Transaction{row("2")}, Next: "c3"},
	}}
	l := over(t, bank)
	want := []struct {
		rows    int
		waiting time.Duration
		synced  bool
	}{{0, 2 * time.Second, false}, {0, 4 * time.Second, false}, {1, 8 * time.Second, true}, {1, 15 * time.Second, true}, {2, 0, true}}
	var p ledger.Progress
	for i, w := range want {
		var err error
		p, err = l.SyncPage(t.Context(), sourced, p)
		if err != nil || p.Rows != w.rows || p.Waiting != w.waiting || p.Done != (i == len(want)-1) {
			t.Errorf("page %d: %+v, %v", i, p, err)
		}
		if h := only(t, l); h.Synced.IsZero() == w.synced || h.Waiting == p.Done || h.Rows != w.rows {
			t.Errorf("page %d: %+v", i, h)
		}
	}
	if !slices.Equal(bank.cursors, []string{"", "", "", "c1", "c2"}) {
		t.Errorf("asked from %q", bank.cursors)
	}
}

// It is not asked for ever.
func TestABankThatNeverTellsIsLeft(t *testing.T) {
	l := over(t, &source{tells: []plaidapi.Changes{{History: plaidapi.NothingYet}}})
	var p ledger.Progress
	var waited time.Duration
	for !p.Done {
		var err error
		if p, err = l.SyncPage(t.Context(), sourced, p); err != nil {
			t.Fatal(err)
		}
		waited += p.Waiting
	}
	if h := only(t, l); waited < 2*time.Minute || waited > 3*time.Minute || !h.Waiting || !h.Synced.IsZero() {
		t.Errorf("waited %v, %+v", waited, h)
	}
	if p, err := l.SyncPage(t.Context(), sourced, ledger.Progress{}); err != nil || p.Waiting != 2*time.Second {
		t.Errorf("asked once more: %+v, %v", p, err)
	}
}

// What the wire says of an Item is asked once a run and after a failure, and kept.
func TestCondition(t *testing.T) {
	bank := &source{tells: []plaidapi.Changes{{}}}
	l := over(t, bank)
	refresh := func() error {
		_, err := l.Refresh(t.Context(), sourced)
		return err
	}
	until := noon.AddDate(0, 0, 10)
	bank.condition = plaidapi.Condition{ConsentUntil: until, Updated: noon, Err: &plaidapi.Error{Problem: plaidapi.LoginRequired}}
	if err := refresh(); err != nil {
		t.Fatal(err)
	}
	h := only(t, l)
	if !h.ConsentUntil.Equal(until) || !h.Updated.Equal(noon) || !errors.Is(h.Err, plaidapi.LoginRequired) || !h.Item.ConsentUntil.Equal(until) {
		t.Errorf("%+v", h)
	}
	bank.condition.Err = nil
	for range 2 {
		if err := refresh(); err != nil {
			t.Fatal(err)
		}
	}
	if h := only(t, l); h.Err != nil || !slices.Equal(bank.calls, []string{"accounts", "condition", "accounts", "condition", "accounts"}) {
		t.Errorf("%v, %q", h.Err, bank.calls)
	}
	bank.calls, bank.condition.Err = nil, &plaidapi.Error{Problem: plaidapi.LoginRequired}
	bank.fails = &plaidapi.Error{Problem: plaidapi.ServerFault}
	_, err := l.SyncPage(t.Context(), sourced, ledger.Progress{})
	if h := only(t, l); !errors.Is(err, plaidapi.ServerFault) || !errors.Is(h.Err, plaidapi.LoginRequired) || !slices.Equal(bank.calls, []string{"condition"}) {
		t.Errorf("%v, then %v, %q", err, h.Err, bank.calls)
	}
	bank.calls, bank.fails = nil, &plaidapi.Error{Problem: plaidapi.Offline}
	if err := refresh(); !errors.Is(err, plaidapi.Offline) || len(bank.calls) != 1 {
		t.Errorf("offline: %v, %q", err, bank.calls)
	}
}

// The directory is long to read and few calls are allowed: once a run. A search is asked each time.
func TestDirectoryIsReadOnce(t *testing.T) {
	bank := &source{fails: &plaidapi.Error{Problem: plaidapi.RateLimited}}
	l := over(t, bank)
	if _, err := l.Institutions(t.Context(), ""); !errors.Is(err, plaidapi.RateLimited) {
		t.Error(err)
	}
	bank.fails, bank.calls = nil, nil
	for _, query := range []string{"", "fi", "", "fi"} {
		all, err := l.Institutions(t.Context(), query)
		if err != nil || len(all) != 1 || all[0].Name != "First" {
			t.Errorf("%q: %+v, %v", query, all, err)
		}
		all[0].Name = "changed by a screen"
	}
	if !slices.Equal(bank.calls, []string{"institutions ", "institutions fi", "institutions fi"}) {
		t.Errorf("%q", bank.calls)
	}
	full, err := l.Institution(t.Context(), plaidapi.Institution{ID: "ins_1", Wire: plaidapi.Modern})
	if err != nil || full.Health.State != plaidapi.Down {
		t.Errorf("%+v, %v", full, err)
	}
	if none, err := l.Institution(t.Context(), plaidapi.Institution{Wire: plaidapi.Modern}); err != nil || none.Health.State != plaidapi.Well {
		t.Errorf("one that is not chosen yet: %+v, %v", none, err)
	}
}

// What not every wire has is asked for by name, and is Unsupported on the others.
func TestWhatAWireHasBesides(t *testing.T) {
	bank := &source{}
	l := over(t, bank)
	if err := l.AskTransactions(t.Context(), sourced); err != nil || !l.AsksNow(only(t, l).Item) {
		t.Error(err)
	}
	accounts, err := l.AskBalances(t.Context(), sourced)
	if err != nil || len(accounts) != 1 || len(only(t, l).Accounts) != 1 || !slices.Equal(bank.calls, []string{"refresh", "balances"}) {
		t.Errorf("%+v, %v, %q", accounts, err, bank.calls)
	}
	if held, err := l.Investments(t.Context(), sourced); err != nil || len(held.All) != 1 || held.At.IsZero() {
		t.Errorf("%+v, %v", held, err)
	}
	item := only(t, l).Item
	if !l.Tells(item, plaidapi.Investments) || l.Tells(item, plaidapi.Liabilities) || l.Tells(item, plaidapi.Transactions) {
		t.Error("what the wire tells")
	}
	if last := l.LastInvestments(sourced); len(last.All) != 1 || !l.LastLiabilities(sourced).At.IsZero() {
		t.Errorf("of the last reading: %+v", last)
	}
	if use := only(t, l).InUse; !slices.Equal(use, []plaidapi.Product{plaidapi.Investments}) {
		t.Errorf("in use after the first reading: %v", use)
	}
	if _, err := l.Liabilities(t.Context(), sourced); !errors.Is(err, plaidapi.Unsupported) {
		t.Error(err)
	}
	if _, err := l.Liabilities(t.Context(), "another"); !errors.Is(err, ledger.ErrNoItem) {
		t.Error(err)
	}
	if only(t, l).Err != nil {
		t.Error("what is not to be had is no failure of the bank")
	}
}

// Items are counted by the keys that they were linked with, and for ever.
func TestEverLinked(t *testing.T) {
	bank := &source{}
	l := over(t, bank)
	for range 2 {
		if n, err := l.Linked(t.Context()); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	if err := l.Unlink(t.Context(), sourced); err != nil {
		t.Fatal(err)
	}
	if n, err := l.Linked(t.Context()); n != 1 || err != nil {
		t.Errorf("unlinked: %d, %v", n, err)
	}
	if err := l.SetKeys(t.Context(), plaidapi.Keys{ClientID: "another", Secret: plaidapi.NewSecret("s")}); err != nil {
		t.Fatal(err)
	}
	if n, err := l.Linked(t.Context()); n != 0 || err != nil {
		t.Errorf("with other keys: %d, %v", n, err)
	}
}

// What an Item was not linked for is not missing, and what is not ready is waited for.
func TestSyncThatIsRefused(t *testing.T) {
	for _, tc := range []struct {
		products []plaidapi.Product
		fails    plaidapi.Problem
		want     error
		waiting  bool
	}{
		{[]plaidapi.Product{plaidapi.Auth}, plaidapi.NotShared, nil, false},
		{[]plaidapi.Product{plaidapi.Auth}, plaidapi.Unsupported, nil, false},
		{[]plaidapi.Product{plaidapi.Transactions}, plaidapi.NotShared, plaidapi.NotShared, false},
		{[]plaidapi.Product{plaidapi.Transactions}, plaidapi.Unsupported, plaidapi.Unsupported, false},
		{[]plaidapi.Product{plaidapi.Connect}, plaidapi.Unsupported, plaidapi.Unsupported, false},
		{[]plaidapi.Product{plaidapi.Transactions}, plaidapi.NotReady, nil, true},
	} {
		l := over(t, &source{fails: &plaidapi.Error{Problem: tc.fails}}, tc.products...)
		p, err := l.SyncPage(t.Context(), sourced, ledger.Progress{})
		if !errors.Is(err, tc.want) || p.Done != (err == nil && !tc.waiting) || (p.Waiting > 0) != tc.waiting {
			t.Errorf("%q, %v: %+v, %v", tc.products, tc.fails, p, err)
		}
	}
}
