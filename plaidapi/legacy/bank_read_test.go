package legacy_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// item is one as the ledger keeps it.
func item(institution string) plaidapi.Item {
	return plaidapi.Item{ID: "item", Wire: plaidapi.Legacy, Institution: plaidapi.Institution{ID: institution}}
}

func TestAccounts(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	all, err := b.Accounts(t.Context(), item("chase"), secret("test_chase"))
	if err != nil || len(all) != 4 {
		t.Fatalf("%v, %v", all, err)
	}
	got := ""
	for _, a := range all {
		got += fmt.Sprintf("%s %s %s/%s %v %v %v\n", a.Name, a.Mask, a.Type, a.Subtype, a.Current, a.Available, a.Limit)
	}
	want := `Plaid Savings 9606 depository/savings 1274.93 USD 1203.42 USD <nil>
Plaid Checking 1702 depository/checking 1253.32 USD 1081.78 USD <nil>
Plaid Premier Checking 5204 depository/checking 7255.23 USD 7205.23 USD <nil>
Plaid Credit Card 3002 credit/ -2275.58 USD 9930.00 USD 12500.00 USD
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestNumbers(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	all, err := b.Numbers(t.Context(), item("chase"), secret("test_chase"))
	want := plaidapi.Numbers{AccountID: "QPO8Jo8vdDHMepg41PBwckXm4KdK1yUdmXOwK", Account: "9900009606", Routing: "021000021", WireRouting: "021000021"}
	if err != nil || len(all) != 3 || all[0] != want { // the card has none
		t.Errorf("%+v, %v", all, err)
	}
}

// served is a Bank over a hand-made server with one body a path.
func served(t *testing.T, bodies map[string]string) *legacy.Bank {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			body = `{"code":1600}`
		}
		_, _ = fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	c, err := legacy.New("id", secret("key"), legacy.BaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return legacy.NewBank(c, clock)
}

func TestAccountTypesAndCurrencies(t *testing.T) {
	b := served(t, map[string]string{
		"/institutions/all/bank": `{"currencyCode":"CAD"}`,
		"/balance": `{"accounts":[
			{"_id":"1","type":"mortgage","balance":{"current":1000.50}},
			{"_id":"2","type":"brokerage","balance":{"current":-3,"available":null},"currencyCode":"JPY"},
			{"_id":"3","type":"crypto","balance":{"current":123456789012345678901}},
			{"_id":"4","type":"loan","balance":{"current":1e2}}]}`,
	})
	all, err := b.Accounts(t.Context(), item("bank"), secret("t"))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, a := range all {
		got += fmt.Sprintf("%s %v %v\n", a.Type, a.Current, a.Available)
	}
	want := "loan -1000.50 CAD <nil>\ninvestment -3 JPY <nil>\nother <nil> <nil>\nloan -100.00 CAD <nil>\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestCurrencyOfAnUnlistedInstitutionIsUSD(t *testing.T) {
	b := served(t, map[string]string{"/balance": `{"accounts":[{"_id":"1","balance":{"current":1}}]}`})
	all, err := b.Accounts(t.Context(), item("bank"), secret("t"))
	if err != nil || all[0].Current.String() != "1.00 USD" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestReadingRefusesWhatHasNoID(t *testing.T) {
	for _, row := range []string{
		`{"_id":"1","date":"2026-01-01"}`,
		`{"_account":"1","date":"2026-01-01"}`,
		`{"_id":"1","_account":"1","date":"yesterday"}`,
	} {
		body := `{"accounts":[{"type":"loan"}],"transactions":[` + row + `]}`
		b := served(t, map[string]string{"/balance": body, "/connect/get": body})
		_, accounts := b.Accounts(t.Context(), item(""), secret("t"))
		_, rows := b.Sync(t.Context(), item(""), secret("t"), "")
		if !errors.Is(accounts, plaidapi.BadReply) || !errors.Is(rows, plaidapi.BadReply) {
			t.Errorf("%s: %v, %v", body, accounts, rows)
		}
	}
}

// TestReadingRefusesSilence: a success that says nothing must not replace what was known.
func TestReadingRefusesSilence(t *testing.T) {
	tests := []struct {
		status int
		body   string
	}{
		{202, ""},
		{200, "{}"},
		{200, "null"},
		{200, `{"accounts":null,"transactions":null}`},
		{200, `{"code":1215,"message":"mfa reset"}`},
		{201, `{"type":"questions","mfa":[{"question":"?"}],"access_token":"t"}`},
	}
	for _, test := range tests {
		b := legacy.NewBank(answering(t, test.status, test.body, nil), clock)
		_, accounts := b.Accounts(t.Context(), item(""), secret("t"))
		changes, rows := b.Sync(t.Context(), item(""), secret("t"), "")
		if !errors.Is(accounts, plaidapi.BadReply) || !errors.Is(rows, plaidapi.BadReply) || changes.Replace != nil {
			t.Errorf("%d %q: %v, %v", test.status, test.body, accounts, rows)
		}
	}
	b := legacy.NewBank(answering(t, 200, `{"accounts":[],"transactions":[]}`, nil), clock)
	accounts, err := b.Accounts(t.Context(), item(""), secret("t"))
	if err != nil || len(accounts) != 0 {
		t.Errorf("no accounts: %v, %v", accounts, err)
	}
	changes, err := b.Sync(t.Context(), item(""), secret("t"), "")
	if err != nil || changes.Replace == nil || len(changes.Added) != 0 {
		t.Errorf("no transactions: %+v, %v", changes, err)
	}
}

func TestOutsideTextIsInert(t *testing.T) {
	const evil = `"\u001b[31m\u202eevil"`
	body := `{"accounts":[{"_id":"1","subtype":EVIL,"meta":{"name":EVIL,"official_name":EVIL,"number":EVIL},"numbers":{"account":EVIL,"routing":EVIL,"wireRouting":EVIL},"currencyCode":EVIL,"balance":{"current":1}}],
		"transactions":[{"_id":"1","_account":"1","amount":1,"date":"2026-03-01","name":EVIL,"original_description":EVIL,"category":[EVIL],"category_id":"1","meta":{"location":{"address":EVIL,"city":EVIL,"state":EVIL,"zip":EVIL}}}],
		"type":"selections","mfa":[{"question":EVIL,"answers":[EVIL]}],"access_token":"t"}`
	body = strings.ReplaceAll(body, "EVIL", evil)
	list := strings.ReplaceAll(`[{"type":"x","name":EVIL,"credentials":{"username":EVIL,"password":EVIL,"pin":EVIL},"url":EVIL}]`, "EVIL", evil)
	b := served(t, map[string]string{"/balance": body, "/connect/get": body, "/auth/get": body, "/institutions": list})
	ctx := t.Context()
	accounts, err1 := b.Accounts(ctx, item("x"), secret("t"))
	numbers, err2 := b.Numbers(ctx, item("x"), secret("t"))
	changes, err3 := b.Sync(ctx, item("x"), secret("t"), "")
	banks, err4 := b.Institutions(ctx, "")
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	challenge, err := legacy.NewBank(answering(t, 201, body, nil), clock).Answer(ctx, plaidapi.Step{Challenge: plaidapi.Challenge{
		Kind: plaidapi.Credentials, Fields: make([]plaidapi.Field, 2),
	}}, []plaidapi.Secret{secret("u"), secret("p")})
	if err != nil {
		t.Fatal(err)
	}
	kept := challenge.Challenge.Fields[0].Options[0].Value
	if kept != "\x1b[31m\u202eevil" {
		t.Errorf("an answer to send was altered: %q", kept)
	}
	challenge.Challenge.Fields[0].Options[0].Value = ""
	shown := fmt.Sprintf("%+v %v %+v %+v %+v %+v", accounts, accounts[0].Current, numbers, changes.Added, banks, challenge.Challenge)
	if strings.ContainsAny(shown, "\x1b\u202e") || strings.Count(shown, "�[31m�evil") != 23 {
		t.Errorf("%d of 23 in %q", strings.Count(shown, "�[31m�evil"), shown)
	}
}

func TestDirectory(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	all, err := b.Institutions(t.Context(), " ")
	if err != nil || all[0].Name != "Bank of America" {
		t.Fatalf("%+v, %v", all, err)
	}
	seen := map[string]bool{}
	for _, i := range all {
		if seen[i.ID] {
			t.Errorf("%s is listed twice", i.ID)
		}
		seen[i.ID] = true
	}
	usaa := institution(t, b, "usaa")
	if len(usaa.Fields) != 3 || usaa.Fields[2].Label != "PIN" || !usaa.Fields[2].Secret || usaa.Fields[0].Secret {
		t.Errorf("usaa asks for %+v", usaa.Fields)
	}
	found, err := b.Institutions(t.Context(), "wells fargo")
	if err != nil || found[0].ID != "wells" || !found[0].Offers(plaidapi.Auth) || len(found[0].Fields) != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	found, err = b.Institutions(t.Context(), "usaa")
	if err != nil || len(found) != 1 || !slices.EqualFunc(found[0].Fields, usaa.Fields, sameField) {
		t.Errorf("the search tells another form than the list: %+v, %v", found, err)
	}
	none, err := b.Institutions(t.Context(), "zzzz")
	if err != nil || len(none) != 0 {
		t.Errorf("%+v, %v", none, err)
	}
}

// sameField compares what a field is, for fields to type in.
func sameField(a, b plaidapi.Field) bool {
	return a.Label == b.Label && a.Secret == b.Secret && a.Optional == b.Optional && len(a.Options)+len(b.Options) == 0
}

// TestSearchResults: the search has a form of its own, and its texts are as hostile as any.
func TestSearchResults(t *testing.T) {
	const evil, shown = `\u001b[31m\u202eevil`, "�[31m�evil"
	b := served(t, map[string]string{"/institutions/all/search": `[
		{"type":"a","name":"` + evil + `","fields":[
			{"name":"pin","label":"` + evil + ` PIN"},{"name":"password","label":"` + evil + ` key"},{"name":"username","label":"` + evil + ` ID"}]},
		{"type":"b","name":"Bare","fields":[{"name":"pin"}]},
		{"name":"No type"}]`})
	found, err := b.Institutions(t.Context(), "x")
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	for i, want := range []plaidapi.Institution{
		{ID: "a", Name: shown, Fields: []plaidapi.Field{{Label: shown + " ID"}, {Label: shown + " key", Secret: true}, {Label: shown + " PIN", Secret: true}}},
		{ID: "b", Name: "Bare", Fields: []plaidapi.Field{{Label: "Username"}, {Label: "Password", Secret: true}, {Label: "PIN", Secret: true}}},
	} {
		got := found[i]
		if got.ID != want.ID || got.Name != want.Name || !slices.EqualFunc(got.Fields, want.Fields, sameField) {
			t.Errorf("got %q %+v\nwant %q %+v", got.Name, got.Fields, want.Name, want.Fields)
		}
	}
}

// paged is a Bank over a directory that claims total rows; page says what comes for an offset: how
// many rows, and the number of the first.
func paged(t *testing.T, total int, page func(offset int) (first, rows int)) (b *legacy.Bank, calls *int) {
	t.Helper()
	calls = new(int)
	serve := func(req *http.Request) (*http.Response, error) {
		body := "[]"
		if req.URL.Path != "/institutions" {
			*calls++
			var asked struct{ Offset int }
			if err := json.NewDecoder(req.Body).Decode(&asked); err != nil {
				t.Error(err)
			}
			first, n := page(asked.Offset)
			rows := make([]string, n)
			for i := range rows {
				rows[i] = fmt.Sprintf(`{"type":"%d"}`, first+i)
			}
			body = fmt.Sprintf(`{"total_count":%d,"results":[%s]}`, total, strings.Join(rows, ","))
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
	c, err := legacy.New("id", secret("key"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: transport(serve)}))
	if err != nil {
		t.Fatal(err)
	}
	return legacy.NewBank(c, clock), calls
}

func TestDirectoryPages(t *testing.T) {
	const endless = 100_000_000
	tests := []struct {
		about       string
		total       int
		page        func(offset int) (first, rows int)
		rows, calls int
	}{
		{"pages as asked", 1200, func(offset int) (int, int) { return offset, min(500, 1200-offset) }, 1200, 3},
		{"smaller pages", 700, func(offset int) (int, int) { return offset, min(50, 700-offset) }, 700, 14},
		{"many rows", endless, func(offset int) (int, int) { return offset, 500 }, 2000, 4},
		{"the same page again and again", endless, func(int) (int, int) { return 0, 50 }, 50, 2},
		{"one row a page", endless, func(offset int) (int, int) { return offset, 1 }, 100, 100},
		{"nothing, of many", endless, func(int) (int, int) { return 0, 0 }, 0, 1},
	}
	for _, test := range tests {
		b, calls := paged(t, test.total, test.page)
		all, err := b.Institutions(t.Context(), "")
		if err != nil || len(all) != test.rows || *calls != test.calls {
			t.Errorf("%s: %d institutions in %d calls, %v", test.about, len(all), *calls, err)
		}
	}
}
