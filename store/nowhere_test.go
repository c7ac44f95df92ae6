package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

// practiceSecrets are what nothing may tell, and practiceWords what the practice bank has for them.
func practiceSecrets() canaries {
	return canaries{
		"user name": `weaver "isla" 5309`, "password": `corr&ct/h+rse="battery`, "wrong password": "hunter2?<wröng>",
		"answer": "tomato <of> 1978", "wrong answer": "potato & 1978", "code": "code-604-223",
		"wells": "token-wells-6f1c+/", "bofa": "token-bofa-9d2e&=", "chase": "token-chase-77ab<>",
		"client ID": "client-5f0a77", "client secret": `client/secret+91"c4`,
		"passphrase": "staple <wïth> a \"quote\"", "wrong passphrase": "stable with a quote",
	}
}

func practiceWords() map[string]string {
	return map[string]string{
		"user name": "plaid_test", "password": "plaid_good", "answer": "tomato", "code": "1234",
		"wells": "test_wells", "bofa": "test_bofa", "chase": "test_chase", "client ID": "test_id", "client secret": "test_secret",
	}
}

// interpreter stands before the practice bank, which knows other words for our secrets.
type interpreter struct {
	http.RoundTripper
	secrets canaries
	echoes  bool // the next answer is an error that quotes the request
}

func (i *interpreter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.ContentLength == 0 {
		return i.RoundTripper.RoundTrip(r)
	}
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if i.echoes {
		i.echoes = false
		quoted, err := json.Marshal(map[string]any{"code": 1200, "message": string(sent), "resolve": string(sent)})
		return &http.Response{StatusCode: http.StatusPaymentRequired, Body: io.NopCloser(bytes.NewReader(quoted)), Request: r}, err
	}
	var members map[string]any
	if err := json.Unmarshal(sent, &members); err != nil {
		return nil, err
	}
	for name, value := range members {
		for what, word := range practiceWords() {
			if value == i.secrets[what] {
				members[name] = word
			}
		}
	}
	if sent, err = json.Marshal(members); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
	answer, err := i.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	for _, bank := range []string{"wells", "bofa", "chase"} {
		quoted, _ := json.Marshal(i.secrets[bank])
		body = bytes.ReplaceAll(body, []byte(`"`+practiceWords()[bank]+`"`), quoted)
	}
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return answer, err
}

// noRing is a keyring that is not there.
type noRing struct{}

func (noRing) Name() string                       { return "no keyring" }
func (noRing) Set(string, string, string) error   { return store.NoKeyring }
func (noRing) Get(string, string) (string, error) { return "", store.NoKeyring }
func (noRing) Delete(string, string) error        { return store.NoKeyring }

// walker goes through a run of the program, and takes down all that is told in it.
type walker struct {
	*run
	t       *testing.T
	secrets canaries
	dir     string
	bank    *interpreter
	full    bool // the disk has no space

	mu    sync.Mutex
	told  strings.Builder
	files int
}

func (w *walker) known(name string) plaidapi.Secret { return plaidapi.NewSecret(w.secrets[name]) }

func (w *walker) tell(words ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, word := range words {
		_, _ = fmt.Fprintf(&w.told, "%v %+v %#v\n", word, word, word)
	}
}

// went takes down an error, which there must be if want is not nil, and looks at what is on disk.
func (w *walker) went(about string, err, want error) {
	w.t.Helper()
	if !errors.Is(err, want) {
		w.t.Fatalf("%s: %v", about, err)
	}
	w.tell(err, w.Access())
	var said interface{ UserText() string }
	if errors.As(err, &said) {
		w.tell(said.UserText())
	}
	found, files := w.secrets.search(w.t, w.dir)
	if len(found) != 0 {
		w.t.Errorf("%s: on disk: %q", about, found)
	}
	w.files = max(w.files, files)
}

// A run with everything that is secret in it, right and wrong: none of it is in a file or its name,
// nor in anything that is told, nor where others can read it of the process.
func TestASecretAppearsNowhere(t *testing.T) {
	local := sandbox.New(sandbox.Options{Clock: linkClock}).Dial()
	defer func() { _ = local.Close() }()
	w := newWalker(t, local.Transport())
	w.open()
	w.link()
	w.use()
	w.went("leave", w.close(context.Background()), nil)
	if w.files < 5 {
		t.Errorf("no more than %d files were looked at", w.files)
	}
	if found := w.secrets.find([]byte(w.told.String())); len(found) != 0 {
		t.Errorf("told: %q", found)
	}
	if !strings.Contains(w.told.String(), "/connect") {
		t.Error("no request was told of")
	}
	for _, path := range []string{"/proc/self/environ", "/proc/self/cmdline"} {
		content, err := os.ReadFile(path)
		if found := w.secrets.find(content); len(found) != 0 {
			t.Errorf("%s: %q", path, found)
		}
		if err != nil {
			t.Log(err) // only Linux has it
		}
	}
}

func newWalker(t *testing.T, transport http.RoundTripper) *walker {
	t.Helper()
	w := &walker{t: t, secrets: practiceSecrets(), dir: t.TempDir()}
	w.bank = &interpreter{RoundTripper: transport, secrets: w.secrets}
	kept := store.OpenStruck(store.Options{
		Dir: filepath.Join(w.dir, "kept"), Service: "tartan-test", Home: "http://localhost", Ring: noRing{}, Now: linkClock,
	}, func(op, path string) error {
		if w.full && op == "rename" {
			return errStruck
		}
		return nil
	})
	client, err := legacy.New("", plaidapi.Secret{}, legacy.BaseURL("http://localhost"), legacy.KeySource(kept.Keys),
		legacy.HTTPClient(&http.Client{Transport: w.bank}),
		legacy.Trace(func(t legacy.Try) { w.tell(t.Method, t.Path, t.Status, t.RequestID) }))
	if err != nil {
		t.Fatal(err)
	}
	bank := legacy.NewBank(client, linkClock)
	w.run = &run{Ledger: ledger.New(kept, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: bank}, linkClock), kept: kept, bank: bank}
	return w
}

// open makes a place for secrets, and keeps API keys there.
func (w *walker) open() {
	ctx := w.t.Context()
	w.went("open", w.Open(ctx), plaidapi.ErrNoPlace)
	w.went("choose", w.Choose(ctx, plaidapi.InFile, w.known("passphrase")), nil)
	w.went("ask for keys", w.Keyed(ctx), plaidapi.ErrNoKeys)
	w.went("keys", w.SetKeys(ctx, plaidapi.Keys{ClientID: w.secrets["client ID"], Secret: w.known("client secret")}), nil)
}

// link links three banks, with all that can be answered wrongly.
func (w *walker) link() {
	ctx := w.t.Context()
	w.bank.echoes = true
	step := w.answer(w.begin(plain), plaidapi.WrongDetails, "user name", "password")
	step = w.answer(step, plaidapi.WrongDetails, "user name", "wrong password")
	w.full = true
	step = w.answer(step, errStruck, "user name", "password")
	w.full = false
	w.answer(step, nil, "user name", "password")

	step = w.answer(w.begin(question), nil, "user name", "password")
	step = w.answer(step, plaidapi.WrongAnswer, "wrong answer")
	w.full = true
	step = w.answer(step, errStruck, "answer")
	w.full = false
	w.went("keep again", w.Keep(ctx, step), nil)

	step = w.answer(w.begin(device), nil, "user name", "password")
	next, err := w.Answer(ctx, step, []plaidapi.Secret{plaidapi.NewSecret("phone xxx-xxx-5309")})
	w.went("device", err, nil)
	w.answer(next, nil, "code")
}

func (w *walker) begin(v visit) plaidapi.Step {
	step, err := w.Begin(w.t.Context(), plaidapi.LinkRequest{
		Institution: plaidapi.Institution{ID: v.ID, Wire: plaidapi.Legacy, Name: v.Name}, Products: []plaidapi.Product{plaidapi.Connect},
	})
	w.went("begin at "+v.Name, err, nil)
	return step
}

// answer gives secrets by their names.
func (w *walker) answer(step plaidapi.Step, want error, names ...string) plaidapi.Step {
	w.t.Helper()
	var given []plaidapi.Secret
	for _, name := range names {
		given = append(given, w.known(name))
	}
	next, err := w.Answer(w.t.Context(), step, given)
	w.tell(next)
	w.went("answer "+strings.Join(names, ", "), err, want)
	return next
}

// use reads all, writes a mark, locks and unlocks, and goes on.
func (w *walker) use() {
	ctx := w.t.Context()
	holdings, err := w.Holdings(ctx)
	w.went("holdings", err, nil)
	kept, err := w.kept.Kept(ctx)
	if err != nil || len(holdings) != 3 {
		w.t.Fatalf("%d banks, %v", len(holdings), err)
	}
	for _, h := range holdings {
		if kept[h.Item.ID] != w.secrets[h.Item.Institution.ID] {
			w.t.Fatalf("the token of %s is not the one that is searched for", h.Item.ID)
		}
		w.went("sync", w.sync(ctx, h.Item.ID), nil)
	}
	mark := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: holdings[0].Item.ID}, Field: plaidapi.OwnName, Value: "mine", At: linkClock()}
	w.went("mark", w.kept.Mark(ctx, mark), nil)
	key, identity, err := w.kept.Sealing(ctx)
	w.secrets["log's key"], w.secrets["file's key"] = string(key), identity
	w.went("keys", err, nil)
	w.Lock()
	_, err = w.Refresh(ctx, holdings[0].Item.ID)
	w.went("refresh, locked", err, plaidapi.ErrLocked)
	w.went("unlock wrongly", w.Unlock(ctx, w.known("wrong passphrase")), plaidapi.ErrWrongPassphrase)
	w.went("unlock", w.Unlock(ctx, w.known("passphrase")), nil)
	w.went("sync again", w.sync(ctx, holdings[0].Item.ID), nil)
	w.went("unlink", w.Unlink(ctx, holdings[0].Item.ID), nil)
	attempts, err := w.Attempts(ctx)
	w.tell(attempts)
	w.went("attempts", err, nil)
}
