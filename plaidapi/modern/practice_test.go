package modern_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
	"tartan/plaidapi/sandbox"
)

// practice opens a practice bank on loopback and a Bank of it, both by one clock.
func practice(t testing.TB, o sandbox.Options) (*sandbox.Bank, *modern.Client, *modern.Bank, *clock) {
	t.Helper()
	at := &clock{noon}
	o.Clock = at.now
	pretend := sandbox.New(o)
	server := httptest.NewServer(pretend.Modern())
	t.Cleanup(server.Close)
	c, err := modern.New("test_id", secret("test_secret"), modern.BaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return pretend, c, modern.NewBank(c, modern.BankOptions{Now: at.now}), at
}

var everything = []plaidapi.Product{plaidapi.Transactions, plaidapi.Auth, plaidapi.Identity, plaidapi.Investments, plaidapi.Liabilities}

// visitor is somebody on the practice bank's Hosted Link page.
type visitor struct {
	t    *testing.T
	page string // what the form goes to
	body string
}

func visit(t *testing.T, page string) *visitor {
	t.Helper()
	v := &visitor{t: t, page: page}
	v.fetch(http.Get(page))
	return v
}

var formTo = regexp.MustCompile(`<form method="post" action="([^"]*)"`)

// fetch reads the page that an answer leads to.
func (v *visitor) fetch(r *http.Response, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		v.t.Fatal(r.Status, err)
	}
	v.body = string(body)
	if to := formTo.FindStringSubmatch(v.body); to != nil {
		next, err := r.Request.URL.Parse(to[1])
		if err != nil {
			v.t.Fatal(err)
		}
		v.page = next.String()
	}
}

// send submits a form of names and values.
func (v *visitor) send(pairs ...string) {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	v.fetch(http.PostForm(v.page, form))
}

var box = regexp.MustCompile(`name="account" value="([^"]*)"`)

// share ticks every account.
func (v *visitor) share() {
	v.t.Helper()
	pairs := []string{"action", "accounts"}
	for _, m := range box.FindAllStringSubmatch(v.body, -1) {
		pairs = append(pairs, "account", m[1])
	}
	v.send(pairs...)
}

// wantKind looks once and wants that kind of challenge.
func wantKind(t *testing.T, b *modern.Bank, step plaidapi.Step, kind plaidapi.Kind) plaidapi.Step {
	t.Helper()
	next, err := b.Answer(t.Context(), step, nil)
	if err != nil || next.Challenge.Kind != kind {
		t.Fatalf("%v, want %v: %v", next.Challenge.Kind, kind, err)
	}
	return next
}

// events are what happened on the page.
func events(s plaidapi.Step) (all []plaidapi.Event) {
	for _, h := range s.Challenge.Progress {
		all = append(all, h.What)
	}
	return all
}

// TestWalkThroughThePage links a bank, repairs it, adds to it and unlinks it.
func TestWalkThroughThePage(t *testing.T) {
	_, c, b, at := practice(t, sandbox.Options{})
	req := plaidapi.LinkRequest{Institution: plaidapi.Institution{Wire: plaidapi.Modern}, Products: everything[:2]}
	step, err := b.Begin(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	step = wantKind(t, b, step, plaidapi.Browser)
	v := visit(t, step.Challenge.URL)
	at.at = at.at.Add(time.Second)
	v.send("action", "bank", "bank", "ins_109511")
	at.at = at.at.Add(time.Second)
	v.send("action", "sign_in", "username", "user_good", "password", "wrong")
	at.at = at.at.Add(time.Second)
	v.send("action", "sign_in", "username", "user_good", "password", "pass_good")
	at.at = at.at.Add(time.Second)
	if step = wantKind(t, b, step, plaidapi.Browser); !slices.Equal(events(step), []plaidapi.Event{
		plaidapi.PageOpened, plaidapi.BankChosen, plaidapi.SignedIn, plaidapi.PageRefused, plaidapi.SignedIn,
	}) {
		t.Errorf("%+v", step.Challenge.Progress)
	}
	v.share()
	step = wantKind(t, b, step, plaidapi.Granted)
	if step.Request.Institution.ID != "ins_109511" || len(step.Challenge.Accounts) < 5 {
		t.Errorf("%+v", step.Challenge.Accounts)
	}
	step = wantKind(t, b, step, plaidapi.Linked)
	item, token := step.Item, step.Token

	if _, err := c.SandboxResetLogin(t.Context(), modern.TokenRequest{AccessToken: token}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Accounts(t.Context(), item, token); !errors.Is(err, plaidapi.LoginRequired) {
		t.Error(err)
	}
	repair := plaidapi.LinkRequest{Mode: plaidapi.Update, Institution: item.Institution, ItemID: item.ID, Token: token}
	if step, err = b.Begin(t.Context(), repair); err != nil {
		t.Fatal(err)
	}
	v = visit(t, step.Challenge.URL)
	v.send("action", "sign_in", "username", "user_good", "password", "pass_good")
	if step = wantKind(t, b, step, plaidapi.Linked); step.Item.ID != item.ID || !step.Token.Equal(token) {
		t.Errorf("%+v", step)
	}
	if _, err := b.Accounts(t.Context(), item, token); err != nil {
		t.Error(err)
	}

	if _, err := b.Holdings(t.Context(), item, token); !errors.Is(err, plaidapi.NotShared) {
		t.Errorf("without consent: %v", err)
	}
	more := plaidapi.LinkRequest{Mode: plaidapi.Upgrade, ItemID: item.ID, Token: token, Products: []plaidapi.Product{plaidapi.Investments}}
	if step, err = b.Begin(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	v = visit(t, step.Challenge.URL)
	v.send("action", "sign_in", "username", "user_good", "password", "pass_good")
	if strings.Contains(v.body, `name="account"`) {
		v.share()
	}
	step = wantKind(t, b, step, plaidapi.Linked)
	if held, err := b.Holdings(t.Context(), item, token); err != nil || len(held) == 0 || !slices.Equal(step.Item.Products, more.Products) {
		t.Errorf("with consent: %v, %v", err, step.Item.Products)
	}

	if err := b.Unlink(t.Context(), item, token); err != nil {
		t.Error(err)
	}
	if err := b.Unlink(t.Context(), item, token); !errors.Is(err, plaidapi.ItemGone) {
		t.Error(err)
	}
}

func TestLeaveThePage(t *testing.T) {
	_, _, b, at := practice(t, sandbox.Options{})
	step, err := b.Begin(t.Context(), plaidapi.LinkRequest{Institution: tartanIns})
	if err != nil {
		t.Fatal(err)
	}
	visit(t, step.Challenge.URL).send("action", "cancel")
	if step = wantKind(t, b, step, plaidapi.Browser); !step.Challenge.Left() {
		t.Errorf("%+v", step.Challenge.Progress)
	}
	at.at = at.at.Add(time.Hour)
	if _, err = b.Answer(t.Context(), step, nil); !errors.Is(err, plaidapi.AttemptOver) {
		t.Error(err)
	}
}

// direct makes an Item without the page.
func direct(t testing.TB, c *modern.Client, username string) plaidapi.Secret {
	t.Helper()
	public, err := c.SandboxPublicToken(t.Context(), modern.SandboxPublicTokenRequest{
		InstitutionID: "ins_109511", InitialProducts: everything,
		Options: modern.SandboxPublicTokenOptions{
			OverrideUsername: username, OverridePassword: "pass_good", Transactions: &modern.LinkTransactions{DaysRequested: 730},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	reply, err := c.PublicTokenExchange(t.Context(), modern.ExchangeRequest{PublicToken: public.PublicToken})
	if err != nil {
		t.Fatal(err)
	}
	return reply.AccessToken
}

// TestEveryReadOfAnItem is served.
func TestEveryReadOfAnItem(t *testing.T) {
	_, c, b, at := practice(t, sandbox.Options{})
	token := direct(t, c, "user_good")
	at.at = at.at.Add(time.Hour)
	accounts, err := b.Accounts(t.Context(), linked, token)
	numbers, err1 := b.Numbers(t.Context(), linked, token)
	holdings, err2 := b.Holdings(t.Context(), linked, token)
	debts, err3 := b.Liabilities(t.Context(), linked, token)
	streams, err4 := b.Streams(t.Context(), linked, token)
	live, err5 := b.Balances(t.Context(), linked, token)
	condition, err6 := b.Condition(t.Context(), linked, token)
	owners, err7 := c.Identity(t.Context(), modern.AccountsRequest{AccessToken: token})
	trades, err8 := c.InvestmentTransactions(t.Context(), modern.InvestmentTransactionsRequest{AccessToken: token, StartDate: plaidapi.DateOf(noon) - 90, EndDate: plaidapi.DateOf(noon)})
	categories, err9 := c.Categories(t.Context())
	if err := errors.Join(err, err1, err2, err3, err4, err5, err6, err7, err8, err9, b.Refresh(t.Context(), linked, token)); err != nil {
		t.Fatal(err)
	}
	if len(accounts) != len(live) || len(numbers) == 0 || len(holdings) == 0 || len(debts) == 0 || len(streams) == 0 || condition.Err != nil ||
		len(owners.Accounts[0].Owners) == 0 || len(trades.Transactions) == 0 || len(categories.Categories) < 600 {
		t.Errorf("%v %v %v %v %v %v", accounts, numbers, holdings, debts, streams, condition)
	}
	for _, a := range accounts {
		if a.Type.Owes() && a.Current.Sign() > 0 {
			t.Errorf("%s owes %v", a.Name, a.Current)
		}
	}
}

// TestSyncAgreesWithTheWhole follows an Item through new days, new transactions, errors between
// pages and starts from the beginning, and compares with what /transactions/get tells.
func TestSyncAgreesWithTheWhole(t *testing.T) {
	pretend, c, b, at := practice(t, sandbox.Options{})
	token := direct(t, c, "user_transactions_dynamic")
	dice := rand.New(rand.NewPCG(1, 2))
	known, cursor := map[string]plaidapi.Transaction{}, ""
	for range 25 {
		switch dice.IntN(5) {
		case 0:
			at.at = at.at.Add(time.Duration(dice.IntN(72)) * time.Hour)
		case 1:
			_ = b.Refresh(t.Context(), linked, token)
		case 2:
			pretend.Fault(sandbox.Fault{Path: "/transactions/sync", Error: "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", Times: 1 + dice.IntN(2), After: dice.IntN(3)})
		case 3:
			if dice.IntN(4) == 0 {
				cursor = ""
			}
		}
		at.at = at.at.Add(time.Minute)
		for {
			changes, err := b.Sync(t.Context(), linked, token, cursor)
			if err != nil {
				if !errors.Is(err, plaidapi.NotReady) {
					t.Fatal(err)
				}
				continue
			}
			apply(known, changes)
			if cursor = changes.Next; !changes.More {
				break
			}
		}
		agree(t, known, whole(t, c, token, at.at), plaidapi.DateOf(at.at)-700)
	}
}

// agree holds what is known to what is there. Rows that are too old to be told any more may stay.
func agree(t *testing.T, known map[string]plaidapi.Transaction, there map[string]modern.Transaction, oldest plaidapi.Date) {
	t.Helper()
	for id, row := range there {
		got, is := known[id]
		if want := amountOf(t, row); !is || got.Pending != row.Pending || got.Amount.Neg().Decimal() != want || got.Date.String() != row.Date {
			t.Fatalf("%s: %+v, want %+v", id, got, row)
		}
	}
	for id, row := range known {
		if _, is := there[id]; !is && row.Date > oldest {
			t.Fatalf("%s is gone: %+v", id, row)
		}
	}
}

// apply is what a store does with Changes.
func apply(known map[string]plaidapi.Transaction, c plaidapi.Changes) {
	if c.Replace != nil {
		clear(known)
	}
	for _, row := range slices.Concat(c.Added, c.Modified) {
		known[row.ID] = row
	}
	for _, id := range c.Removed {
		delete(known, id)
	}
}

// whole is all there is by the other call.
func whole(t *testing.T, c *modern.Client, token plaidapi.Secret, now time.Time) map[string]modern.Transaction {
	t.Helper()
	all := map[string]modern.Transaction{}
	for offset := 0; ; offset += 500 {
		r, err := c.Transactions(t.Context(), modern.TransactionsRequest{
			AccessToken: token, StartDate: plaidapi.DateOf(now) - 1500, EndDate: plaidapi.DateOf(now) + 1,
			Options: modern.TransactionsOptions{Count: 500, Offset: offset},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Transactions {
			all[row.ID] = row
		}
		if offset+500 >= r.TotalTransactions {
			return all
		}
	}
}

func amountOf(t *testing.T, row modern.Transaction) string {
	t.Helper()
	m, err := plaidapi.ParseMoney(string(row.Amount), plaidapi.Currency(row.ISOCurrencyCode))
	if err != nil {
		t.Fatal(err)
	}
	return m.Decimal()
}
