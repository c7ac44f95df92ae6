package ledger_test

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// ring is a keyring in memory that can be made to refuse.
type ring struct {
	mu     sync.Mutex
	kept   map[string]string
	refuse error
	hold   chan struct{} // a Set of an entry waits for it, and says so first
	held   chan struct{}
}

func (r *ring) Name() string { return "test keyring" }

func (r *ring) Set(service, account, secret string) error {
	if r.hold != nil && account != "probe" {
		r.held <- struct{}{}
		<-r.hold
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuse == nil {
		r.kept[service+"/"+account] = secret
	}
	return r.refuse
}

func (r *ring) Get(service, account string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if secret, is := r.kept[service+"/"+account]; is {
		return secret, r.refuse
	}
	return "", store.ErrNotFound
}

func (r *ring) Delete(service, account string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.kept, service+"/"+account)
	return nil // a keyring without space still removes
}

func (r *ring) set(refuse error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse = refuse
}

// world is a ledger over the practice bank, with what a test may reach into.
type world struct {
	*ledger.Ledger
	t     *testing.T
	ring  *ring
	store *store.Store
	bank  *sandbox.Bank
	seen  *recorder
}

// recorder notes which requests were sent.
type recorder struct {
	http.RoundTripper
	mu    sync.Mutex
	paths []string
	held  map[string]chan struct{} // a request to this path says so on its channel, then waits for it
}

// hold stops requests to a path at the door, until release.
func (r *recorder) hold(path string) (reached chan struct{}, release func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	door := make(chan struct{})
	r.held = map[string]chan struct{}{path: door}
	return door, func() { close(door) }
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.paths = append(r.paths, req.Method+" "+req.URL.Path)
	door := r.held[req.Method+" "+req.URL.Path]
	r.mu.Unlock()
	if door != nil {
		door <- struct{}{}
		<-door
	}
	return r.RoundTripper.RoundTrip(req)
}

func (r *recorder) count(path string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, p := range r.paths {
		if p == path {
			n++
		}
	}
	return n
}

func newWorld(t *testing.T) *world {
	t.Helper()
	bank := sandbox.New(sandbox.Options{Clock: clock})
	local := bank.Dial()
	seen := &recorder{RoundTripper: local.Transport()}
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"),
		legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: seen}))
	if err != nil {
		t.Fatal(err)
	}
	r := &ring{kept: map[string]string{}}
	kept := store.Open(store.Options{Dir: filepath.Join(t.TempDir(), "kept"), Service: "tartan-test", Home: "practice", Ring: r, Casual: true})
	l := ledger.New(kept, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, clock)}, clock)
	t.Cleanup(func() {
		if err := l.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := kept.Close(context.Background()); err != nil {
			t.Error(err)
		}
		_ = local.Close()
	})
	return &world{l, t, r, kept, bank, seen}
}

func secrets(texts ...string) []plaidapi.Secret {
	all := make([]plaidapi.Secret, len(texts))
	for i, text := range texts {
		all[i] = plaidapi.NewSecret(text)
	}
	return all
}

// begin opens an attempt at a bank by its legacy type.
func (w *world) begin(institution string) plaidapi.Step {
	w.t.Helper()
	banks, err := w.Institutions(w.t.Context(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	at := slices.IndexFunc(banks, func(b plaidapi.Institution) bool { return b.ID == institution })
	if at < 0 {
		w.t.Fatalf("no bank %s", institution)
	}
	step, err := w.Begin(w.t.Context(), plaidapi.LinkRequest{Institution: banks[at], Products: []plaidapi.Product{plaidapi.Connect}})
	if err != nil {
		w.t.Fatal(err)
	}
	return step
}

// link carries an attempt through to the end.
func (w *world) link(institution string, answers ...[]plaidapi.Secret) plaidapi.Step {
	w.t.Helper()
	step := w.begin(institution)
	for _, a := range answers {
		next, err := w.Answer(w.t.Context(), step, a)
		if err != nil {
			w.t.Fatal(err)
		}
		step = next
	}
	if step.Challenge.Kind != plaidapi.Linked {
		w.t.Fatalf("still at %v", step.Challenge.Kind)
	}
	return step
}

var login = secrets("plaid_test", "plaid_good")

func (w *world) holdings() []ledger.Holding {
	w.t.Helper()
	all, err := w.Holdings(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// sync reads an Item to the end and gives the last progress.
func (w *world) sync(id string) ledger.Progress {
	w.t.Helper()
	if _, err := w.Refresh(w.t.Context(), id); err != nil {
		w.t.Fatal(err)
	}
	var p ledger.Progress
	var err error
	for {
		p, err = w.SyncPage(w.t.Context(), id, p)
		if err != nil {
			w.t.Fatal(err)
		}
		if p.Done {
			return p
		}
	}
}

// Every recorded bank has the same Item and the same account numbers; two links are two Items all
// the same, and nothing of one replaces the other.
func TestTwoBanksWithTheSameIDsStayApart(t *testing.T) {
	w := newWorld(t)
	a := w.link("wells", login)
	b := w.link("amex", login)
	if a.Item.ID == b.Item.ID {
		t.Fatal("two Items share an ID")
	}
	w.sync(a.Item.ID)
	w.sync(b.Item.ID)
	all, err := w.View(t.Context())
	if err != nil || all.Len() != 32 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i := range all.Len() - 1 {
		if all.At(i).Date < all.At(i+1).Date {
			t.Errorf("row %d is not the newest of what follows", i)
		}
	}
	latest, err := w.Latest(t.Context(), 5)
	if err != nil || len(latest) != 5 || latest[0].Date != all.At(0).Date {
		t.Errorf("latest: %d, %v", len(latest), err)
	}
	if err := w.Unlink(t.Context(), a.Item.ID); err != nil {
		t.Fatal(err)
	}
	if h := w.holdings(); len(h) != 1 || h[0].Item.ID != b.Item.ID || len(h[0].Accounts) != 4 || h[0].Rows != 16 {
		t.Errorf("after unlinking the other: %+v", h)
	}
}

func TestSyncTwiceChangesNothing(t *testing.T) {
	w := newWorld(t)
	id := w.link("900001", secrets("everyday", "plaid_good")).Item.ID
	first := w.sync(id)
	if again := w.sync(id); again.Rows != first.Rows || again.Oldest != first.Oldest || first.Rows < 500 {
		t.Errorf("first %+v, then %+v", first, again)
	}
}

// One answer is one request, whatever it comes to.
func TestAnswersAreNeverRepeated(t *testing.T) {
	w := newWorld(t)
	for _, fault := range []sandbox.Fault{{Code: 1303}, {Code: 1701}, {Code: 1113}, {Code: 1702}, {Hangup: true}, {HTML: true}, {CutOff: true}} {
		fault.Path = "/connect"
		step := w.begin("wells")
		before := w.seen.count("POST /connect")
		clear := w.bank.Fault(fault)
		_, err := w.Answer(t.Context(), step, login)
		clear()
		if n := w.seen.count("POST /connect") - before; err == nil || n != 1 {
			t.Errorf("%+v: %d requests, %v", fault, n, err)
		}
	}
}

func TestABankThatAsksOnAndOnIsNotAnsweredForEver(t *testing.T) {
	w := newWorld(t)
	step := w.begin("bofa")
	answer := login
	for range 30 {
		next, err := w.Answer(t.Context(), step, answer)
		if err != nil {
			if !errors.Is(err, plaidapi.AttemptOver) || step.Round != 10 {
				t.Errorf("after %d rounds: %v", step.Round, err)
			}
			return
		}
		step, answer = next, secrets("again")
	}
	t.Error("thirty questions were answered")
}

func TestRepairKeepsTheItem(t *testing.T) {
	w := newWorld(t)
	code := secrets("1234")
	device := func(s plaidapi.Step) []plaidapi.Secret { return secrets(s.Challenge.Fields[0].Options[0].Value) }
	walk := func(step plaidapi.Step) plaidapi.Step {
		t.Helper()
		for _, answers := range []func(plaidapi.Step) []plaidapi.Secret{
			func(plaidapi.Step) []plaidapi.Secret { return secrets("joint", "plaid_good") },
			device,
			func(plaidapi.Step) []plaidapi.Secret { return code },
		} {
			next, err := w.Answer(t.Context(), step, answers(step))
			if err != nil {
				t.Fatal(err)
			}
			step = next
		}
		return step
	}
	id := walk(w.begin("900002")).Item.ID
	rows := w.sync(id).Rows
	if _, err := w.Refresh(t.Context(), id); !errors.Is(err, plaidapi.LoginRequired) {
		t.Fatalf("the bank did not ask to sign in again: %v", err)
	}
	before := w.holdings()[0]
	if !errors.Is(before.Err, plaidapi.LoginRequired) || before.Rows != rows {
		t.Errorf("after the failure: %v, %d rows", before.Err, before.Rows)
	}
	step, err := w.Begin(t.Context(), plaidapi.LinkRequest{
		Mode: plaidapi.Update, Institution: before.Item.Institution, Products: before.Item.Products, ItemID: id,
	})
	if err != nil {
		t.Fatal(err)
	}
	if walk(step).Item.ID != id {
		t.Error("the repair made another Item")
	}
	if again := w.sync(id); again.Rows != rows {
		t.Errorf("%d rows after the repair, %d before", again.Rows, rows)
	}
	after := w.holdings()
	if len(after) != 1 || after[0].Err != nil || !after[0].Item.LinkedAt.Equal(before.Item.LinkedAt) ||
		!slices.Equal(after[0].Item.Products, before.Item.Products) {
		t.Errorf("after the repair: %+v", after)
	}
}

// A bank that cannot be reached is not forgotten; one that no longer knows the Item is.
func TestUnlinkRemovesAtTheBankFirst(t *testing.T) {
	w := newWorld(t)
	id := w.link("wells", login).Item.ID
	clear := w.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1702})
	if err := w.Unlink(t.Context(), id); !errors.Is(err, plaidapi.ServerFault) || len(w.holdings()) != 1 {
		t.Errorf("with the bank failing: %v, %d left", err, len(w.holdings()))
	}
	clear()
	clear = w.bank.Fault(sandbox.Fault{Path: "/connect", Code: 1105})
	defer clear()
	if err := w.Unlink(t.Context(), id); err != nil || len(w.holdings()) != 0 {
		t.Errorf("with the Item gone: %v, %d left", err, len(w.holdings()))
	}
	if err := w.Unlink(t.Context(), id); !errors.Is(err, ledger.ErrNoItem) {
		t.Errorf("unlinked twice: %v", err)
	}
}

// A failed read says why until the next one succeeds, and takes nothing away.
func TestAFailedReadIsRememberedAndKeepsWhatWasThere(t *testing.T) {
	w := newWorld(t)
	id := w.link("wells", login).Item.ID
	w.sync(id)
	clear := w.bank.Fault(sandbox.Fault{Path: "/connect/get", Code: 1303})
	if _, err := w.SyncPage(t.Context(), id, ledger.Progress{}); !errors.Is(err, plaidapi.BankDown) {
		t.Errorf("sync: %v", err)
	}
	if h := w.holdings()[0]; !errors.Is(h.Err, plaidapi.BankDown) || h.Rows != 16 || len(h.Accounts) != 4 {
		t.Errorf("after the failure: %+v", h)
	}
	clear()
	w.sync(id)
	if h := w.holdings()[0]; h.Err != nil || !h.Synced.Equal(noon) {
		t.Errorf("after the next: %+v", h)
	}
}
