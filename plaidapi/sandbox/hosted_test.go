package sandbox

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// visitor walks through a Hosted Link page as somebody with a browser.
type visitor struct {
	t    *testing.T
	base string
	page string // as last seen
	at   string // its address
	code int
}

// visit opens the bank on loopback and a link that asks for what more says.
func visit(t *testing.T, b *Bank, more fields) (v *visitor, token string) {
	t.Helper()
	base := serveModern(t, b)
	request := fields{
		"client_name": "tartan", "language": "en", "country_codes": []string{"US"}, "user": fields{"client_user_id": "a-random-id"},
		"products": []string{"transactions"}, "transactions": fields{"days_requested": 730}, "hosted_link": fields{},
	}
	for name, value := range more {
		request[name] = value
		if value == nil {
			delete(request, name)
		}
	}
	a := must(t, b, "/link/token/create", request)
	page := strings.Replace(a.at("hosted_link_url").(string), "http://example.com", base, 1)
	v = &visitor{t: t, base: base}
	v.get(page)
	return v, a.at("link_token").(string)
}

// serveModern serves b on loopback until the test ends.
func serveModern(t *testing.T, b *Bank) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- b.ServeModern(ctx, "127.0.0.1:0", func(u string) { ready <- u }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return <-ready
}

func (v *visitor) do(r *http.Request, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.page, v.at, v.code = string(body), answer.Request.URL.String(), answer.StatusCode
}

func (v *visitor) get(page string) { v.t.Helper(); v.do(http.NewRequest(http.MethodGet, page, nil)) }

var formAction = regexp.MustCompile(`<form method="post" action="([^"]+)"`)

// send fills in the page's form: names and values in turn.
func (v *visitor) send(pairs ...string) {
	v.t.Helper()
	action := formAction.FindStringSubmatch(v.page)
	if action == nil {
		v.t.Fatalf("no form on %s:\n%s", v.at, v.page)
	}
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, v.base+html.UnescapeString(action[1]), strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", formType)
		r.Header.Set("Origin", v.base) // as browsers do
	}
	v.do(r, err)
}

func (v *visitor) expect(words ...string) {
	v.t.Helper()
	for _, w := range words {
		if !strings.Contains(html.UnescapeString(v.page), w) {
			v.t.Errorf("%q is not on the page:\n%s", w, v.page)
		}
	}
}

// chooseBank takes the button with a bank's name.
func (v *visitor) chooseBank(name string) {
	v.t.Helper()
	button := regexp.MustCompile(`value="([^"]+)">` + regexp.QuoteMeta(html.EscapeString(name)) + `<`).FindStringSubmatch(v.page)
	if button == nil {
		v.t.Fatalf("%s is not offered", name)
	}
	v.send("action", "bank", "bank", button[1])
}

func (v *visitor) signIn(username, password, pin string) {
	v.t.Helper()
	v.send("action", "sign_in", "username", username, "password", password, "pin", pin)
}

// share ticks those of the accounts that keep says.
func (v *visitor) share(keep func(name string) bool) {
	v.t.Helper()
	pairs := []string{"action", "accounts"}
	for _, box := range regexp.MustCompile(`name="account" value="([^"]+)" checked> ([^<]*)<`).FindAllStringSubmatch(v.page, -1) {
		if keep == nil || keep(box[2]) {
			pairs = append(pairs, "account", box[1])
		}
	}
	v.send(pairs...)
}

// linkState reads what has happened with a link.
func linkState(t *testing.T, b *Bank, token string) answered {
	t.Helper()
	return must(t, b, "/link/token/get", fields{"link_token": token})
}

// eventNames are those of a session, oldest first, with the views shown.
func eventNames(a answered, session int) []string {
	var names []string
	for i := range a.length("link_sessions", session, "events") {
		e := a.at("link_sessions", session, "events", i).(fields)
		name := e["event_name"].(string)
		if view, ok := e["event_metadata"].(fields)["view_name"].(string); ok {
			name = view
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return names
}

// finish exchanges what the session brought and looks at its accounts.
func finish(t *testing.T, b *Bank, token string) (access string, accounts answered) {
	t.Helper()
	a := linkState(t, b, token)
	last := a.length("link_sessions") - 1
	public, ok := a.at("link_sessions", last, "results", "item_add_results", 0, "public_token").(string)
	if !ok || a.at("link_sessions", last, "finished_at") == nil {
		t.Fatalf("no public token: %s", a.raw)
	}
	access = must(t, b, "/item/public_token/exchange", fields{"public_token": public}).at("access_token").(string)
	accounts = must(t, b, "/accounts/get", fields{"access_token": access})
	told := a.length("link_sessions", last, "results", "item_add_results", 0, "accounts")
	if told != accounts.length("accounts") || a.at("link_sessions", last, "results", "item_add_results", 0, "accounts", 0, "id") != accounts.at("accounts", 0, "account_id") {
		t.Errorf("the session tells of %d accounts, the Item has %d", told, accounts.length("accounts"))
	}
	return access, accounts
}

func TestHostedLinkByEverySecondFactor(t *testing.T) {
	b, _ := openModern()
	for _, c := range []struct {
		bank, username, password, pin string
		rounds                        [][]string
	}{
		{"Tartan Bank", "everyday", "plaid_good", "", nil},
		{"First Gingham Credit Union", "joint", "plaid_good", "", [][]string{{"t..t@plaid.com"}, {"1234"}}},
		{"First Platypus Bank", "two_currencies", "plaid_good", "", [][]string{{"tomato"}}},
		{"First Thread Savings", "empty", "plaid_good", "", [][]string{{"tomato", "ketchup"}}},
		{"Citi", "plaid_selections", "plaid_good", "", [][]string{{"tomato", "ketchup"}}},
		{"USAA", "plaid_test", "plaid_good", "1234", [][]string{{"tomato"}}},
		{"Herringbone & Sons Trust", "herringbone", "plaid_good", "", nil},
		{"First Windowpane Bank", "hostile", "plaid_good", "", nil},
		{"Tartan Bank", "user_good", "mfa_device", "", [][]string{{"xxx-xxx-5309"}, {"1234"}}},
		{"Tartan Bank", "user_good", "mfa_selections", "", [][]string{{"Yes"}}},
		{"Tartan Bank", "user_good", "mfa_questions_2_1", "", [][]string{{"answer_0_0"}, {"answer_1_0"}}},
	} {
		t.Run(c.username+" "+c.password, func(t *testing.T) {
			v, token := visit(t, b, nil)
			v.expect("Choose your bank", "tartan asks")
			v.chooseBank(c.bank)
			v.expect("Sign in to "+c.bank, c.username)
			v.signIn(c.username, c.password, c.pin)
			want := []string{"OPEN", "SELECT_INSTITUTION", "SELECT_INSTITUTION", "CREDENTIAL", "SUBMIT_CREDENTIALS"}
			for _, answers := range c.rounds {
				pairs := []string{"action", "answer"}
				for _, answer := range answers {
					pairs = append(pairs, "answer", answer)
				}
				v.send("action", "answer", "answer", "wrong")
				v.expect("were not correct")
				v.send(pairs...)
				want = append(want, "MFA", "SUBMIT_MFA", "ERROR", "SUBMIT_MFA")
			}
			v.expect("Choose accounts")
			v.share(func(string) bool { return false })
			v.expect("Choose accounts")
			v.share(nil)
			v.expect("is linked", "go back to tartan")
			want = append(want, "SELECT_ACCOUNT", "CONNECTED", "HANDOFF")
			if got := eventNames(linkState(t, b, token), 0); !slices.Equal(got, want) {
				t.Errorf("events %v\nwant   %v", got, want)
			}
			finish(t, b, token)
		})
	}
}

func TestHostedLinkSharesWhatWasChosen(t *testing.T) {
	b, _ := openModern()
	v, token := visit(t, b, fields{
		"institution_id": "ins_109511", "optional_products": []string{"auth"}, "required_if_supported_products": []string{"liabilities"},
		"account_filters": fields{"depository": fields{"account_subtypes": []string{"all"}}, "loan": fields{"account_subtypes": []string{"auto"}}},
	})
	v.expect("Sign in to Tartan Bank")
	if strings.Contains(v.page, "Choose another bank") {
		t.Error("another bank can be chosen than the app's own choice")
	}
	v.signIn("everyday", "wrong", "")
	v.expect("not correct")
	v.signIn("everyday", "plaid_good", "")
	if strings.Contains(v.page, "Platinum") {
		t.Error("a card is offered that the app has no use for")
	}
	v.share(func(name string) bool { return !strings.Contains(name, "Saver") })
	access, accounts := finish(t, b, token)
	if accounts.length("accounts") != 2 {
		t.Errorf("%d accounts", accounts.length("accounts"))
	}
	own := fields{"access_token": access}
	must(t, b, "/auth/get", own)
	must(t, b, "/liabilities/get", own)
	refused(t, ask(t, b, "/identity/get", own), "ADDITIONAL_CONSENT_REQUIRED")
	var kept synced
	kept.follow(t, b, access, 500)
	shown := map[any]bool{accounts.at("accounts", 0, "account_id"): true, accounts.at("accounts", 1, "account_id"): true}
	for _, row := range kept.rows {
		if !shown[row["account_id"]] {
			t.Errorf("a row of an account that is not shared: %v", row)
		}
	}
	item := must(t, b, "/item/get", own)
	if item.length("item", "billed_products") != 2 || item.length("item", "consented_products") != 3 {
		t.Errorf("products %s", item.raw)
	}
}

func TestHostedLinkIsLeft(t *testing.T) {
	b, _ := openModern()
	v, token := visit(t, b, nil)
	v.send("action", "cancel")
	v.expect("You have left")
	a := linkState(t, b, token)
	if exit := a.at("link_sessions", 0, "exit").(fields); exit["error"] != nil || a.at("link_sessions", 0, "finished_at") == nil || exit["metadata"].(fields)["institution"] != nil {
		t.Errorf("exit %s", a.raw)
	}
	if _, told := a.at("link_sessions", 0).(fields)["results"]; told {
		t.Error("a session that was left has results")
	}
	v.get(strings.TrimSuffix(v.at, "/"+a.at("link_sessions", 0, "link_session_id").(string))) // the same link again
	for _, step := range []struct {
		do     func()
		status string
	}{
		{func() { v.chooseBank("First Gingham Credit Union"); v.signIn("joint", "wrong", "") }, "requires_credentials"},
		{func() { v.chooseBank("First Gingham Credit Union"); v.signIn("joint", "plaid_good", "") }, "choose_device"},
		{func() {
			v.chooseBank("First Gingham Credit Union")
			v.signIn("joint", "plaid_good", "")
			v.send("action", "answer", "answer", "t..t@plaid.com")
		}, "requires_code"},
		{func() { v.chooseBank("First Platypus Bank"); v.signIn("two_currencies", "plaid_good", "") }, "requires_questions"},
		{func() { v.chooseBank("First Thread Savings"); v.signIn("empty", "plaid_good", "") }, "requires_selections"},
		{func() { v.chooseBank("Tartan Bank"); v.signIn("everyday", "plaid_good", "") }, "requires_account_selection"},
	} {
		step.do()
		v.send("action", "cancel")
		a = linkState(t, b, token)
		last := a.length("link_sessions") - 1
		metadata := a.at("link_sessions", last, "exit", "metadata").(fields)
		if metadata["status"] != step.status || metadata["institution"] == nil {
			t.Errorf("left at %v, want %s", metadata, step.status)
		}
		if wrong := a.at("link_sessions", last, "exit", "error") != nil; wrong != (step.status == "requires_credentials") {
			t.Errorf("at %s the error is %v", step.status, a.at("link_sessions", last, "exit", "error"))
		}
		v.get(v.base + linkPath + strings.Split(strings.TrimPrefix(v.at, v.base+linkPath), "/")[0])
	}
}

func TestHostedLinkExpires(t *testing.T) {
	b, now := openModern()
	v, token := visit(t, b, fields{"hosted_link": fields{"url_lifetime_seconds": 60, "completion_redirect_uri": "http://localhost:4711/done"}})
	if a := linkState(t, b, token); a.at("expiration") != "2026-03-18T15:05:05Z" {
		t.Errorf("expires %v", a.at("expiration"))
	}
	v.chooseBank("Tartan Bank")
	now.pass(61 * time.Second)
	v.signIn("everyday", "plaid_good", "")
	if v.expect("has expired"); v.code != http.StatusGone {
		t.Errorf("status %d", v.code)
	}
	a := linkState(t, b, token)
	if a.at("link_sessions", 0, "finished_at") != nil || a.at("link_sessions", 0, "exit") != nil {
		t.Errorf("a session that nobody ended: %s", a.raw)
	}
	now.pass(6 * time.Hour)
	refused(t, ask(t, b, "/link/token/get", fields{"link_token": token}), "INVALID_LINK_TOKEN")
}

func TestHostedLinkRepairs(t *testing.T) {
	b, _ := openModern()
	access := linkDirectly(t, b, "ins_109509", "joint", "plaid_good", "transactions")
	own := fields{"access_token": access}
	var kept synced
	kept.follow(t, b, access, 500)
	refused(t, ask(t, b, "/accounts/get", own), "ITEM_LOGIN_REQUIRED")

	again := fields{"access_token": access, "products": nil, "transactions": nil, "additional_consented_products": []string{"identity"}}
	v, token := visit(t, b, again)
	v.expect("Sign in to First Gingham Credit Union", "sign in again")
	v.signIn("user_good", "pass_good", "")
	v.expect("does not match")
	v.signIn("joint", "plaid_good", "")
	v.send("action", "answer", "answer", "t..t@plaid.com")
	v.send("action", "answer", "answer", "1234")
	v.expect("is linked")
	a := linkState(t, b, token)
	if a.length("link_sessions", 0, "results", "item_add_results") != 0 || a.at("link_sessions", 0, "finished_at") == nil {
		t.Errorf("update mode: %s", a.raw)
	}
	if health := must(t, b, "/item/get", own).at("item", "error"); health != nil {
		t.Errorf("after repair %v", health)
	}
	cursor := kept.cursor
	kept.follow(t, b, access, 500)
	if kept.cursor != cursor {
		t.Error("repair costs the cursor")
	}
	must(t, b, "/identity/get", own)
	all := must(t, b, "/accounts/get", own).length("accounts")

	must(t, b, "/sandbox/item/reset_login", own)
	again["update"] = fields{"account_selection_enabled": true}
	v, _ = visit(t, b, again)
	v.signIn("joint", "plaid_good", "")
	v.send("action", "answer", "answer", "xxx-xxx-5309")
	v.send("action", "answer", "answer", "1234")
	v.share(func(name string) bool { return strings.Contains(name, "Checking") })
	if left := must(t, b, "/accounts/get", own).length("accounts"); left != 1 || all != 2 {
		t.Errorf("%d accounts of %d", left, all)
	}
}

func TestLinkTokenRefusals(t *testing.T) {
	b, _ := openModern()
	good := func() fields {
		return fields{
			"client_name": "tartan", "language": "en", "country_codes": []string{"US"}, "user": fields{"client_user_id": "x"},
			"products": []string{"transactions"}, "hosted_link": fields{},
		}
	}
	must(t, b, "/link/token/create", good())
	access := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	for _, c := range []struct {
		name  string
		value any
		code  string
	}{
		{"products", []string{"balance"}, "INVALID_PRODUCT"},
		{"products", []string{"nonsense"}, "INVALID_FIELD"},
		{"products", nil, "MISSING_FIELDS"},
		{"language", "xx", "INVALID_FIELD"},
		{"user", fields{}, "MISSING_FIELDS"},
		{"user", fields{"client_user_id": "me@example.com"}, "INVALID_FIELD"},
		{"user", fields{"client_user_id": "+15555550100"}, "INVALID_FIELD"},
		{"transactions", fields{"days_requested": 731}, "INVALID_FIELD"},
		{"hosted_link", fields{"is_mobile_app": true}, "INVALID_FIELD"},
		{"hosted_link", fields{"url_lifetime_seconds": 0}, "INVALID_FIELD"},
		{"hosted_link", fields{"completion_redirect_uri": "javascript:alert(1)"}, "INVALID_FIELD"},
		{"institution_id", "ins_0", "INVALID_INSTITUTION"},
		{"access_token", access, "INVALID_FIELD"}, // beside products
		{"access_token", "access-sandbox-x", "INVALID_FIELD"},
		{"enable_multi_item_link", true, "MISSING_FIELDS"},
		{"webhook", "nowhere", "INVALID_FIELD"},
		{"more", 1, "UNKNOWN_FIELDS"},
	} {
		f := good()
		f[c.name] = c.value
		a := ask(t, b, "/link/token/create", f)
		if a.status == http.StatusOK {
			t.Errorf("%s %v is taken", c.name, c.value)
			continue
		}
		refused(t, a, c.code)
	}
	plain := good()
	delete(plain, "hosted_link")
	if a := must(t, b, "/link/token/create", plain); a.at("hosted_link_url") != nil {
		t.Errorf("a page that nobody asked for: %s", a.raw)
	}
}
