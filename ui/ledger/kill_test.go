package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

// errand is what a process that will be killed is to do: link a bank at a practice bank, step by
// step, and then, if it says so, leave it.
type errand struct {
	URL, Dir string
	Bank     string
	Answers  [][]string
	Abandon  bool // before the last answer
	Unlink   bool // after it
	Kill     int  // at which point, counted from 1
}

const errandName = "TARTAN_TEST_ERRAND"

// killed runs an errand in a process of its own, and reports whether it was killed on the way.
func killed(t *testing.T, e errand) bool {
	t.Helper()
	words, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^TestKilledWhileLinking$")
	child.Env = append(os.Environ(), errandName+"="+string(words))
	out, err := child.CombinedOutput()
	if err != nil && !strings.Contains(err.Error(), "killed") {
		t.Fatalf("killed at point %d: %v\n%s", e.Kill, err, out)
	}
	return err != nil
}

// run does the errand, up to where it is killed.
func (e errand) run() error {
	point := func(string) error {
		if e.Kill--; e.Kill == 0 {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		return nil
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	l, err := practiceLedger(openVault(e.Dir, point), e.URL, watched{transport, point})
	if err != nil {
		return err
	}
	ctx := context.Background()
	banks, err := l.Institutions(ctx, "")
	if err != nil {
		return err
	}
	at := slices.IndexFunc(banks, func(b plaidapi.Institution) bool { return b.ID == e.Bank })
	step, err := l.Begin(ctx, plaidapi.LinkRequest{Institution: banks[at], Products: []plaidapi.Product{plaidapi.Connect}})
	for i, answers := range e.Answers {
		if e.Abandon && i == len(e.Answers)-1 {
			return l.Abandon(ctx, step)
		}
		if err == nil {
			step, err = l.Answer(ctx, step, secrets(answers...))
		}
	}
	if err == nil && e.Unlink {
		err = l.Unlink(ctx, step.Item.ID)
	}
	return err
}

// watched has something happen before and after each request.
type watched struct {
	http.RoundTripper
	point func(op string) error
}

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = w.point("request")
	answer, err := w.RoundTripper.RoundTrip(r)
	_ = w.point("answer")
	return answer, err
}

func practiceLedger(v ledger.Vault, url string, transport http.RoundTripper) (*ledger.Ledger, error) {
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"),
		legacy.BaseURL(url), legacy.HTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		return nil, err
	}
	return ledger.New(v, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, clock)}, clock), nil
}

// A process that links is killed before and after each change of a file and each request. Whatever
// the bank holds then is in the keyring or in the journal, and after the next start it is linked,
// removed or told.
func TestKilledWhileLinking(t *testing.T) {
	if words := os.Getenv(errandName); words != "" {
		var e errand
		if err := json.Unmarshal([]byte(words), &e); err != nil {
			t.Fatal(err)
		}
		if err := e.run(); err != nil {
			t.Fatal(err)
		}
		return
	}
	login := []string{"plaid_test", "plaid_good"}
	for _, e := range []errand{
		{Bank: "wells", Answers: [][]string{login}},
		{Bank: "bofa", Answers: [][]string{login, {"again"}, {"tomato"}}},
		{Bank: "chase", Answers: [][]string{login, {"phone xxx-xxx-5309"}, {"1234"}}},
		{Bank: "chase", Answers: [][]string{login, {"phone xxx-xxx-5309"}, {"1234"}}, Abandon: true},
		{Bank: "wells", Answers: [][]string{login}, Unlink: true},
	} {
		t.Run(fmt.Sprintf("%s abandon %v unlink %v", e.Bank, e.Abandon, e.Unlink), func(t *testing.T) {
			t.Parallel()
			for e.Kill = 1; killedOnce(t, e); e.Kill++ {
				if e.Kill == 100 {
					t.Fatal("it does not come to its end")
				}
			}
			t.Logf("%d points", e.Kill-1)
			if e.Kill < 12 {
				t.Errorf("only %d points", e.Kill-1)
			}
		})
	}
}

// killedOnce runs an errand up to where it is killed, and looks at what is left.
func killedOnce(t *testing.T, e errand) bool {
	t.Helper()
	e.Dir = t.TempDir()
	bank := sandbox.New(sandbox.Options{Clock: clock})
	stop := serve(t, bank, &e.URL)
	was := killed(t, e)
	stop()

	v := openVault(e.Dir, nil)
	held := bank.Handed()
	if noted, _ := filepath.Glob(filepath.Join(e.Dir, "journal", "*")); len(held) > 0 && len(noted) == 0 && len(v.tokens()) == 0 {
		t.Errorf("killed at point %d: %+v is lost", e.Kill, held)
	}
	local := bank.Dial()
	defer func() { _ = local.Close() }()
	l, err := practiceLedger(v, "http://localhost", local.Transport())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SettleAttempts(t.Context()); err != nil {
		t.Fatal(err)
	}
	told, err := l.Attempts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	linked := v.tokens()
	for _, item := range bank.Handed() {
		if !slices.Contains(linked, item.Token) && len(told) == 0 {
			t.Errorf("killed at point %d: %+v is neither linked nor told", e.Kill, item)
		}
	}
	for _, token := range linked {
		if !e.Unlink && !slices.Contains(bank.Handed(), sandbox.Handed{Token: token, Finished: true}) {
			t.Errorf("killed at point %d: a linked Item was removed at the bank", e.Kill)
		}
	}
	if want := !e.Abandon && !e.Unlink; !was && (len(told) != 0 || (len(linked) == 1) != want || (len(bank.Handed()) == 1) != want) {
		t.Errorf("at the end: told %+v, linked %q, held %+v", told, linked, bank.Handed())
	}
	return was
}

// serve offers a practice bank on loopback until it is stopped; then no request is under way.
func serve(t *testing.T, bank *sandbox.Bank, url *string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- bank.Serve(ctx, "127.0.0.1:0", func(url string) { ready <- url }) }()
	select {
	case *url = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
