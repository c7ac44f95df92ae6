package store_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

// linkClock is the time at which banks are linked.
func linkClock() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// visit is a bank that is linked: what is answered to it, form by form.
type visit struct {
	ID, Name string
	Answers  [][]string
}

// The three ways in which the practice bank lets people in.
var (
	practiceLogin = []string{"plaid_test", "plaid_good"}

	plain    = visit{"wells", "Wells Fargo", [][]string{practiceLogin}}
	question = visit{"bofa", "Bank of America", [][]string{practiceLogin, {"again"}, {"tomato"}}}
	device   = visit{"chase", "Chase", [][]string{practiceLogin, {"phone xxx-xxx-5309"}, {"1234"}}}
)

// story is what a person does in one run of the program.
type story struct {
	Name   string
	Place  plaidapi.AccessPlace
	Before []visit // linked by an earlier run
	Links  []visit
	Leaves bool   // before the last answer to the last of them
	Drops  bool   // the last of them, once it is linked
	Unlink string // in the end, the bank with this ID
	Page   bool   // by the banks' own pages
}

var stories = []story{
	{Name: "link three, unlink one", Place: plaidapi.InKeyring, Links: []visit{plain, question, device}, Unlink: "bofa"},
	{Name: "link what is linked", Place: plaidapi.InKeyring, Before: []visit{plain, question}, Links: []visit{question, plain}},
	{Name: "leave what is linked", Place: plaidapi.InKeyring, Before: []visit{plain, question}, Links: []visit{question}, Leaves: true},
	{Name: "drop what is linked", Place: plaidapi.InKeyring, Before: []visit{plain, question}, Links: []visit{question}, Drops: true},
	{Name: "leave a bank that asks", Place: plaidapi.InKeyring, Before: []visit{plain}, Links: []visit{device}, Leaves: true},
	{Name: "by a page", Place: plaidapi.InKeyring, Page: true, Before: []visit{tartanPage}, Links: []visit{ginghamPage}, Unlink: tartanPage.ID},
	{Name: "leave a page", Place: plaidapi.InKeyring, Page: true, Before: []visit{tartanPage}, Links: []visit{ginghamPage}, Leaves: true},
	{Name: "in a passphrase file", Place: plaidapi.InFile, Before: []visit{plain}, Links: []visit{question, device}, Unlink: "wells"},
}

var practicePassphrase = plaidapi.NewSecret("correct horse battery")

// start is a run of the program over a folder that is struck by s; nil is nothing. A story that has
// begun goes on in the place it was begun in.
func (y story) start(ctx context.Context, dir, home string, transport http.RoundTripper, s *strike) (*run, error) {
	var hook func(op, path string) error
	var ring store.Ring = fileRing{filepath.Join(dir, "ring")}
	browser := transport
	if s != nil {
		hook, ring, transport = s.disk, struckRing{ring, s}, struckTransport{transport, s}
	}
	kept := store.OpenStruck(store.Options{
		Dir: filepath.Join(dir, "kept"), Service: "tartan-test", Home: home, Ring: ring, Now: linkClock,
	}, hook)
	banks, err := y.banks(home, transport)
	if err != nil {
		return nil, err
	}
	r := &run{Ledger: ledger.New(kept, banks, linkClock), kept: kept, browser: browser}
	if y.Place == plaidapi.InFile {
		return r, r.Unlock(ctx, practicePassphrase)
	}
	return r, r.Open(ctx)
}

// banks are the practice bank by the wire of the story.
func (y story) banks(home string, transport http.RoundTripper) (map[plaidapi.Wire]ledger.Bank, error) {
	if y.Page {
		bank, err := modernBank(home, transport)
		return map[plaidapi.Wire]ledger.Bank{plaidapi.Modern: bank}, err
	}
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"),
		legacy.BaseURL(home), legacy.HTTPClient(&http.Client{Transport: transport}))
	return map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, linkClock)}, err
}

// dial is a way to the practice bank inside the process.
func (y story) dial(bank *sandbox.Bank) *sandbox.Local {
	if y.Page {
		return bank.DialModern()
	}
	return bank.Dial()
}

// prepare is the earlier run.
func (y story) prepare(t *testing.T, dir, home string, transport http.RoundTripper) {
	t.Helper()
	before := y
	before.Place = plaidapi.InKeyring
	r, err := before.start(t.Context(), dir, home, transport, nil)
	if err == nil && y.Place == plaidapi.InFile {
		err = r.Choose(t.Context(), y.Place, practicePassphrase)
	}
	for _, v := range y.Before {
		if err == nil {
			_, err = y.link(t.Context(), r, v, false, false)
		}
	}
	if err == nil {
		err = r.close(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// run does what the person does, up to the first failure.
func (y story) run(ctx context.Context, r *run) error {
	ids := map[string]string{}
	items, err := r.kept.Items(ctx)
	for _, item := range items {
		ids[item.Institution.ID] = item.ID
	}
	for i, v := range y.Links {
		if err == nil {
			last := i == len(y.Links)-1
			ids[v.ID], err = y.link(ctx, r, v, y.Leaves && last, y.Drops && last)
		}
	}
	if err == nil && y.Unlink != "" {
		err = r.Unlink(ctx, ids[y.Unlink])
	}
	return err
}

// link links a bank in the way of the story.
func (y story) link(ctx context.Context, r *run, v visit, leaves, drops bool) (string, error) {
	if y.Page {
		return v.linkByPage(ctx, r, leaves)
	}
	return v.link(ctx, r, leaves, drops)
}

// link answers all that a bank asks, or leaves before the last answer, and gives the Item's ID. It may
// give up in the end.
func (v visit) link(ctx context.Context, r *run, leaves, drops bool) (string, error) {
	step, err := r.Begin(ctx, plaidapi.LinkRequest{
		Institution: plaidapi.Institution{ID: v.ID, Wire: plaidapi.Legacy, Name: v.Name},
		Products:    []plaidapi.Product{plaidapi.Connect},
	})
	for i, answers := range v.Answers {
		if err != nil {
			return "", err
		}
		if leaves && i == len(v.Answers)-1 {
			return "", r.Abandon(ctx, step)
		}
		var given []plaidapi.Secret
		for _, text := range answers {
			given = append(given, plaidapi.NewSecret(text))
		}
		step, err = r.Answer(ctx, step, given)
	}
	if err == nil && drops {
		err = r.Discard(ctx, step)
	}
	return step.Item.ID, err
}

// linked are the IDs of the banks that are linked when the story has come to its end, sorted.
func (y story) linked() []string {
	links := y.Links
	if y.Leaves || y.Drops {
		links = links[:len(links)-1]
	}
	var all []string
	for _, v := range slices.Concat(y.Before, links) {
		if v.ID != y.Unlink && !slices.Contains(all, v.ID) {
			all = append(all, v.ID)
		}
	}
	slices.Sort(all)
	return all
}

// settled is the next start, with nothing going wrong: all that the bank holds is linked or told,
// what was linked is so still, and nothing is damaged.
func (y story) settled(t *testing.T, dir, home string, bank *sandbox.Bank, ended bool) {
	t.Helper()
	local := y.dial(bank)
	defer func() { _ = local.Close() }()
	ctx := t.Context()
	r, err := y.start(ctx, dir, home, local.Transport(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if err := r.SettleAttempts(ctx); err != nil {
		t.Fatal(err)
	}
	told, err := r.Attempts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := r.kept.Kept(ctx)
	if err != nil {
		t.Fatal(err)
	}
	y.compare(t, bank, kept, told)
	y.tidy(t, dir, len(kept))
	items := y.listed(t, r, kept)
	if len(items) != len(kept) || r.Access().Notice != "" {
		t.Errorf("tokens of %d, listed %+v; people read %q", len(kept), items, r.Access().Notice)
	}
	var linked []string
	for _, item := range items {
		linked = append(linked, item.Institution.ID)
	}
	slices.Sort(linked)
	if ended && (!slices.Equal(linked, y.linked()) || len(told) != 0 || len(bank.Handed()) != len(linked)) {
		t.Errorf("in the end linked %q, told %+v, the bank holds %+v", linked, told, bank.Handed())
	}
	for _, a := range told {
		if err := r.Dismiss(ctx, a.ID); err != nil {
			t.Error(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "kept", "journal", "*")); err != nil || len(left) != 0 {
		t.Errorf("the journal still has %q, %v", left, err)
	}
}

// listed are the Items that a person sees. One whose unlinking failed half-way may be among them
// without a token: that is told, and it can be unlinked once more.
func (y story) listed(t *testing.T, r *run, kept map[string]string) []plaidapi.Item {
	t.Helper()
	items, err := r.kept.Items(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(items, func(item plaidapi.Item) bool {
		if _, is := kept[item.ID]; is {
			return false
		}
		if _, err := r.kept.Token(t.Context(), item.ID); !errors.Is(err, plaidapi.ItemGone) {
			t.Errorf("%s is listed without a token: %v", item.ID, err)
		}
		if err := r.Unlink(t.Context(), item.ID); err != nil {
			t.Errorf("%s cannot be unlinked: %v", item.ID, err)
		}
		return true
	})
}

// tidy looks for tokens in the keyring that nobody knows of. The one that was being unlinked may stay
// there: the bank does not know it any more.
func (y story) tidy(t *testing.T, dir string, linked int) {
	t.Helper()
	entries, err := fileRing{filepath.Join(dir, "ring")}.read()
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"items", "log", "probe"} {
		delete(entries, "tartan-test/"+other)
	}
	if y.Unlink != "" {
		linked++
	}
	if y.Place == plaidapi.InKeyring && len(entries) > linked {
		t.Errorf("%d tokens are in the keyring", len(entries))
	}
}

// compare looks for Items of the bank that nobody knows of, and for linked ones that it has not.
func (y story) compare(t *testing.T, bank *sandbox.Bank, kept map[string]string, told []plaidapi.Attempt) {
	t.Helper()
	holds := map[string]bool{}
	for _, item := range bank.Handed() {
		holds[item.Token] = true
		named := slices.ContainsFunc(told, func(a plaidapi.Attempt) bool {
			return strings.HasSuffix(item.Token, a.InstitutionID) && a.Bank != "" && a.At.Equal(linkClock())
		})
		known := slices.Contains(slices.Collect(maps.Values(kept)), item.Token)
		if !named && !known {
			t.Errorf("%s is lost; linked %q, told %+v", item.Token, kept, told)
		}
	}
	for id, token := range kept {
		if !holds[token] && (y.Unlink == "" || !y.Page && !strings.Contains(id, y.Unlink)) {
			t.Errorf("%s is linked, but not at the bank", id)
		}
	}
	for _, v := range y.Before {
		if v.ID != y.Unlink && !holds["test_"+v.ID] && (!y.Page || len(holds) == 0) {
			t.Errorf("%s, linked before, was removed", v.ID)
		}
	}
	for _, a := range told {
		if !a.Pending.Empty() || a.Granted {
			t.Errorf("what was begun at %s was neither removed nor linked", a.Bank)
		}
	}
}
