package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

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
