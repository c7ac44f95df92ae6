package legacy_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// synced goes through a whole sync as a vault would: each window replaces what was known in it.
// It fails on a window that overlaps the one before, leaves a gap, or has rows from outside.
func synced(t testing.TB, b *legacy.Bank, item plaidapi.Item, token plaidapi.Secret) (rows map[string]plaidapi.Transaction, windows []plaidapi.Span) {
	t.Helper()
	rows = map[string]plaidapi.Transaction{}
	for cursor, more := "", true; more; {
		c, err := b.Sync(t.Context(), item, token, cursor)
		if err != nil {
			t.Fatal(err)
		}
		w := *c.Replace
		if n := len(windows); n > 0 && w.To != windows[n-1].From-1 {
			t.Fatalf("window %v does not end where %v begins", w, windows[n-1])
		}
		windows = append(windows, w)
		for _, row := range c.Added {
			if _, twice := rows[row.ID]; twice || !w.Has(row.Date) {
				t.Fatalf("%s on %v, in window %v, is there twice or misplaced", row.ID, row.Date, w)
			}
			rows[row.ID] = row
		}
		if len(windows) > 1000 {
			t.Fatal("no end")
		}
		cursor, more = c.Next, c.More
	}
	if last := windows[len(windows)-1]; last.From != 0 {
		t.Errorf("the last window begins at %v, want the beginning of time", last.From)
	}
	return rows, windows
}

func TestSyncRecorded(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	rows, windows := synced(t, b, item("chase"), secret("test_chase"))
	if len(rows) != 16 || len(windows) != 2 {
		t.Fatalf("%d rows in %d windows", len(rows), len(windows))
	}
	sum := plaidapi.Money{}
	for _, row := range rows {
		var err error
		if sum, err = sum.Add(row.Amount); err != nil {
			t.Fatal(err)
		}
	}
	if sum.String() != "720.94 USD" { // Appendix A has -720.94, with Plaid's signs
		t.Errorf("sum %v", sum)
	}
	apple := rows["KdDjmojBERUKx3JkDdO5IaRJdZeZKNuK4bnKJ1"]
	want := plaidapi.Transaction{
		ID: "KdDjmojBERUKx3JkDdO5IaRJdZeZKNuK4bnKJ1", ItemID: "item", AccountID: "pJPM4LMBNQFrOwp0jqEyTwyxJQrQbgU6kq37k",
		Date: plaidapi.NewDate(2014, time.June, 23), Name: "Apple Store", Channel: "in person",
		Place:    plaidapi.Place{Address: "1 Stockton St", City: "San Francisco", State: "CA"},
		Category: plaidapi.Category{ID: "19013000", Path: []string{"Shops", "Computers and Electronics"}},
	}
	if apple.Amount.String() != "-2307.15 USD" {
		t.Errorf("amount %v", apple.Amount)
	}
	apple.Amount, apple.BankText = plaidapi.Money{}, ""
	if fmt.Sprintf("%+v", apple) != fmt.Sprintf("%+v", want) {
		t.Errorf("got %+v", apple)
	}
}

// linkAs links a person of the practice bank that needs no second factor.
func linkAs(t testing.TB, b *legacy.Bank, bank, user string) plaidapi.Step {
	t.Helper()
	step, err := link(t, b, plaidapi.LinkRequest{Institution: institution(t, b, bank)}, "credentials linked", user, "plaid_good")
	if err != nil {
		t.Fatal(err)
	}
	return step
}

func TestSyncVeryMany(t *testing.T) {
	const rows = 60_000
	_, b := opened(t, sandbox.Options{Transactions: rows})
	step := linkAs(t, b, "900005", "many")
	got, windows := synced(t, b, step.Item, step.Token)
	if len(got) != rows {
		t.Errorf("%d rows, want %d", len(got), rows)
	}
	if len(windows) > 20 {
		t.Errorf("%d windows for %d rows", len(windows), rows)
	}
}

func TestSyncEverydayLife(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	step := linkAs(t, b, "900001", "everyday")
	rows, windows := synced(t, b, step.Item, step.Token)
	pending, replaced := 0, 0
	for _, row := range rows {
		if row.Pending {
			pending++
		}
		if row.PendingID != "" {
			replaced++
		}
	}
	if len(rows) < 500 || len(windows) != 2 || pending == 0 || replaced == 0 {
		t.Errorf("%d rows in %d windows, %d pending, %d were", len(rows), len(windows), pending, replaced)
	}
}

func TestSyncTwoCurrencies(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	step, err := link(t, b, plaidapi.LinkRequest{Institution: institution(t, b, "900003")},
		"credentials question linked", "two_currencies", "plaid_good", "tomato")
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := b.Accounts(t.Context(), step.Item, step.Token)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]plaidapi.Currency{}
	for _, a := range accounts {
		of[a.ID] = a.Current.Currency()
	}
	rows, _ := synced(t, b, step.Item, step.Token)
	seen := map[plaidapi.Currency]bool{}
	for _, row := range rows {
		seen[row.Amount.Currency()] = true
		if row.Amount.Currency() != of[row.AccountID] {
			t.Fatalf("%v in an account of %s", row.Amount, of[row.AccountID])
		}
	}
	if !seen["USD"] || !seen["EUR"] {
		t.Errorf("currencies %v", seen)
	}
}

func TestSignInAgainAndRepair(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	at := institution(t, b, "900002")
	answers := []string{"joint", "plaid_good", "phone xxx-xxx-5309", "1234"}
	step, err := link(t, b, plaidapi.LinkRequest{Institution: at}, "credentials device code linked", answers...)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := synced(t, b, step.Item, step.Token)
	if _, err := b.Sync(t.Context(), step.Item, step.Token, ""); !errors.Is(err, plaidapi.LoginRequired) {
		t.Fatalf("second sync: %v", err)
	}
	repair := plaidapi.LinkRequest{Mode: plaidapi.Update, Institution: at, ItemID: step.Item.ID, Token: step.Token}
	again, err := link(t, b, repair, "credentials device code linked", answers...)
	if err != nil || again.Item.ID != step.Item.ID {
		t.Fatalf("%+v, %v", again, err)
	}
	if after, _ := synced(t, b, again.Item, again.Token); len(after) != len(before) {
		t.Errorf("%d rows, %d before", len(after), len(before))
	}
}

// ledgerOf serves rows per day from day 0, the newest, back to day last, and refuses to send more
// than limit rows at once: then it announces a gigabyte.
func ledgerOf(t *testing.T, perDay func(day int) int, last, limit int) (b *legacy.Bank, calls *int) {
	t.Helper()
	calls = new(int)
	dates := make([]string, last+1)
	for day := range dates {
		dates[day] = (plaidapi.DateOf(noon) - plaidapi.Date(day)).String()
	}
	serve := func(req *http.Request) (*http.Response, error) {
		*calls++
		var asked struct{ Options struct{ GTE, LTE string } }
		if err := json.NewDecoder(req.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		var body strings.Builder
		n := 0
		const row = `{"_account":"a","amount":1,"date":"`
		for day := range last + 1 {
			date := dates[day]
			if date < asked.Options.GTE || asked.Options.LTE != "" && date > asked.Options.LTE {
				continue
			}
			for i := range perDay(day) {
				n++
				if n > 1 {
					body.WriteByte(',')
				}
				body.WriteString(row + date + `","_id":"` + date + "-" + strconv.Itoa(i) + `"}`)
			}
		}
		content := `{"accounts":[{"_id":"a","currencyCode":"USD"}],"transactions":[` + body.String() + `]}`
		length := int64(-1)
		if n > limit {
			length = 1 << 30
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(content)), ContentLength: length}, nil
	}
	c, err := legacy.New("id", secret("key"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: transport(serve)}))
	if err != nil {
		t.Fatal(err)
	}
	return legacy.NewBank(c, clock), calls
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestSyncWindows(t *testing.T) {
	tests := []struct {
		about       string
		perDay      func(day int) int
		last, limit int
		calls       int // at most
	}{
		{"nothing", func(int) int { return 0 }, 0, 1 << 30, 2},
		{"old only", func(day int) int { return day / 4000 }, 4000, 1 << 30, 2},
		{"even", func(int) int { return 100 }, 1000, 1 << 30, 25},
		{"denser in the past", func(day int) int { return 1 + day/10 }, 300, 1500, 40},
		{"an open window too large", func(day int) int { return day % 2 * (day / 3000) * 30 }, 3200, 2000, 30},
		{"one busy day", func(day int) int { return map[int]int{0: 60_000, 90: 5}[day] }, 100, 1 << 30, 10},
	}
	for _, test := range tests {
		b, calls := ledgerOf(t, test.perDay, test.last, test.limit)
		rows, _ := synced(t, b, item("x"), secret("t"))
		want := 0
		for day := range test.last + 1 {
			want += test.perDay(day)
		}
		if len(rows) != want || *calls > test.calls {
			t.Errorf("%s: %d rows of %d in %d calls", test.about, len(rows), want, *calls)
		}
	}
}

func TestSyncOfADayTooLarge(t *testing.T) {
	b, _ := ledgerOf(t, func(int) int { return 10 }, 3, 5)
	if _, err := b.Sync(t.Context(), item("x"), secret("t"), ""); !errors.Is(err, legacy.ErrTooLarge) || !errors.Is(err, plaidapi.BadReply) {
		t.Errorf("got %v", err)
	}
}

func TestSyncStartsOverFromForeignCursors(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	for _, cursor := range []string{"", "x", "/", "2026-01-02/2026-01-01", "CAESJXJrcDNtSEQ="} {
		c, err := b.Sync(t.Context(), item("wells"), secret("test_wells"), cursor)
		if err != nil || c.Replace.From != plaidapi.NewDate(2026, time.March, 1) || !c.More {
			t.Errorf("%q: %+v, %v", cursor, c.Replace, err)
		}
	}
}

// TestServerThatIgnoresBounds gets all rows with every window.
func TestServerThatIgnoresBounds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"accounts":[],"transactions":[
			{"_id":"new","_account":"a","amount":1,"date":"2026-03-10"},{"_id":"old","_account":"a","amount":1,"date":"2014-03-10"}]}`)
	}))
	t.Cleanup(server.Close)
	c, err := legacy.New("id", secret("key"), legacy.BaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	if rows, _ := synced(t, legacy.NewBank(c, clock), item("x"), secret("t")); len(rows) != 2 {
		t.Errorf("%d rows", len(rows))
	}
}
