package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// kills is how often TestKilledWhileItSyncs kills: go test ./store -run TestKilledWhileItSyncs -kills 500
var kills = flag.Int("kills", 25, "how often a syncing tartan is killed")

// fileRing is a keyring in a file, so that two processes have the same.
type fileRing struct{ path string }

func (fileRing) Name() string { return "keyring in a file" }

func (r fileRing) read() (map[string]string, error) {
	kept := map[string]string{}
	data, err := os.ReadFile(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		return kept, nil
	}
	if err != nil {
		return nil, err
	}
	return kept, json.Unmarshal(data, &kept)
}

func (r fileRing) write(kept map[string]string) error {
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := os.WriteFile(r.path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(r.path+".new", r.path)
}

func (r fileRing) Set(service, account, secret string) error {
	kept, err := r.read()
	if err != nil {
		return err
	}
	kept[service+"/"+account] = secret
	return r.write(kept)
}

func (r fileRing) Get(service, account string) (string, error) {
	kept, err := r.read()
	if err != nil {
		return "", err
	}
	secret, is := kept[service+"/"+account]
	if !is {
		return "", store.ErrNotFound
	}
	return secret, nil
}

func (r fileRing) Delete(service, account string) error {
	kept, err := r.read()
	if err != nil {
		return err
	}
	if _, is := kept[service+"/"+account]; !is {
		return store.ErrNotFound
	}
	delete(kept, service+"/"+account)
	return r.write(kept)
}

// run is tartan without its screens, over a folder and a server.
type run struct {
	*ledger.Ledger
	kept *store.Store
	bank *legacy.Bank // nil where the other wire is spoken

	browser http.RoundTripper // for pages
}

func start(dir, url string, clock func() time.Time) (*run, error) {
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), legacy.BaseURL(url))
	if err != nil {
		return nil, err
	}
	kept := store.Open(store.Options{
		Dir: filepath.Join(dir, "kept"), Service: "tartan-test", Home: url, Ring: fileRing{filepath.Join(dir, "ring")}, Now: clock,
	})
	bank := legacy.NewBank(client, clock)
	return &run{ledger.New(kept, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: bank}, clock), kept, bank, nil}, nil
}

func (r *run) close(ctx context.Context) error { return errors.Join(r.Close(ctx), r.kept.Close(ctx)) }

// sync reads accounts and transactions, all of them.
func (r *run) sync(ctx context.Context, id string) error {
	if _, err := r.Refresh(ctx, id); err != nil {
		return err
	}
	p := ledger.Progress{Thorough: true}
	for !p.Done {
		var err error
		if p, err = r.SyncPage(ctx, id, p); err != nil {
			return err
		}
	}
	return nil
}

const (
	childFolder = "TARTAN_TEST_SYNC_IN"
	childServer = "TARTAN_TEST_SYNC_FROM"
	childItem   = "TARTAN_TEST_SYNC_ITEM"
	childClock  = "TARTAN_TEST_SYNC_AT"
)

// TestSyncingChild is no test of its own: it is what TestKilledWhileItSyncs kills.
func TestSyncingChild(t *testing.T) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		t.Skip("only as a child of TestKilledWhileItSyncs")
	}
	now, err := time.Parse(time.RFC3339, os.Getenv(childClock))
	if err != nil {
		t.Fatal(err)
	}
	r, err := start(dir, os.Getenv(childServer), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("syncing")
	if err := r.sync(t.Context(), os.Getenv(childItem)); err != nil {
		t.Fatal(err)
	}
	fmt.Println("synced")
	if err := r.close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// A tartan that syncs is killed, again and again, while days go by at the bank. Each next start has
// whole data: no damage, no row twice, no account lost; and the first sync that comes to its end has
// exactly what the bank has.
func TestKilledWhileItSyncs(t *testing.T) {
	dir := t.TempDir()
	base := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	var days atomic.Int64
	clock := func() time.Time { return base.AddDate(0, 0, int(days.Load())) }
	url := serve(t, sandbox.New(sandbox.Options{Clock: clock, Transactions: 20_000}))
	first, err := start(dir, url, clock)
	if err != nil {
		t.Fatal(err)
	}
	id := link(t, first)
	if err := first.close(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole := 0
	for n := range *kills {
		if n%3 == 0 {
			days.Add(1)
		}
		if syncAndKill(t, dir, url, id, clock()) {
			whole++
		}
		compare(t, dir, url, id, clock, n%10 == 9 || n == *kills-1)
	}
	t.Logf("%d of %d came to their end before they were killed", whole, *kills)
}

// syncAndKill starts a child and kills it after a while, and reports whether it was too late.
func syncAndKill(t *testing.T, dir, url, id string, at time.Time) bool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^TestSyncingChild$")
	child.Env = append(os.Environ(), childFolder+"="+dir, childServer+"="+url, childItem+"="+id, childClock+"="+at.Format(time.RFC3339))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "syncing" {
	}
	timer := time.AfterFunc(rand.N(150*time.Millisecond), func() { _ = child.Process.Kill() })
	defer timer.Stop()
	whole := false
	for lines.Scan() {
		whole = whole || lines.Text() == "synced"
		if strings.Contains(lines.Text(), "FAIL") {
			t.Errorf("the child: %s", lines.Text())
		}
	}
	_ = child.Wait() // killed, as a rule
	return whole
}

// compare is the next start. In the end it syncs and compares all with what the bank has.
func compare(t *testing.T, dir, url, id string, clock func() time.Time, inTheEnd bool) {
	t.Helper()
	r, err := start(dir, url, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	view, err := r.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	holdings, err := r.Holdings(t.Context())
	if err != nil || len(holdings) != 1 || r.Access().Notice != "" {
		t.Fatalf("%+v, %v, %q", holdings, err, r.Access().Notice)
	}
	if h := holdings[0]; h.Rows != view.Len() || h.Oldest != view.Oldest() {
		t.Fatalf("%d rows since %v are saved, and %d since %v are there", h.Rows, h.Oldest, view.Len(), view.Oldest())
	}
	ids(t, view)
	if !inTheEnd {
		return
	}
	if err := r.sync(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if view, err = r.View(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := ids(t, view)
	truth := tellAll(t, r, holdings[0].Item)
	if len(seen) != len(truth) {
		t.Fatalf("%d rows, and the bank has %d", len(seen), len(truth))
	}
	for id, row := range truth {
		if seen[id] != row {
			t.Fatalf("row %s: %q, and the bank says %q", id, seen[id], row)
		}
	}
}

// ids are a line for each row. None may be there twice.
func ids(t *testing.T, view *query.View) map[string]string {
	t.Helper()
	all := make(map[string]string, view.Len())
	for i := range view.Len() {
		row := view.At(i)
		if _, twice := all[row.ID]; twice {
			t.Fatalf("row %s is there twice", row.ID)
		}
		all[row.ID] = told(row)
	}
	return all
}

func told(row plaidapi.Transaction) string {
	return fmt.Sprint(row.AccountID, row.Date, row.Amount, row.Name, row.Pending, row.PendingID, row.Category)
}

// tellAll asks the bank for all there is, past the ledger and the store.
func tellAll(t *testing.T, r *run, item plaidapi.Item) map[string]string {
	t.Helper()
	token, err := r.kept.Token(t.Context(), item.ID)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for cursor, more := "", true; more; {
		c, err := r.bank.Sync(t.Context(), item, token, cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range c.Added {
			all[row.ID] = told(row)
		}
		cursor, more = c.Next, c.More
	}
	return all
}

// link signs in to the bank with very many transactions.
func link(t *testing.T, r *run) string {
	t.Helper()
	banks, err := r.Institutions(t.Context(), "Houndstooth")
	if err != nil || len(banks) == 0 {
		t.Fatalf("%+v, %v", banks, err)
	}
	step, err := r.Begin(t.Context(), plaidapi.LinkRequest{Institution: banks[0], Products: []plaidapi.Product{plaidapi.Connect}})
	if err == nil {
		step, err = r.Answer(t.Context(), step, []plaidapi.Secret{plaidapi.NewSecret("many"), plaidapi.NewSecret("plaid_good")})
	}
	if err != nil || step.Challenge.Kind != plaidapi.Linked {
		t.Fatalf("%+v, %v", step.Challenge, err)
	}
	return step.Item.ID
}

// serve runs a practice bank until the test ends, and gives its address.
func serve(t *testing.T, bank *sandbox.Bank) string {
	t.Helper()
	url, stop := serveUntil(t, bank.Serve)
	t.Cleanup(stop)
	return url
}
