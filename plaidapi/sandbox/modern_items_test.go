package sandbox

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTokensNameTheirItem(t *testing.T) {
	b, _ := openModern()
	form := regexp.MustCompile(`^access-sandbox-[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	token := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions", "auth")
	if !form.MatchString(token) {
		t.Errorf("token %s", token)
	}
	before := must(t, b, "/accounts/get", fields{"access_token": token})

	other, _ := openModern() // as after a restart
	after := must(t, other, "/accounts/get", fields{"access_token": token})
	if before.at("item", "item_id") != after.at("item", "item_id") || before.at("accounts", 0, "account_id") != after.at("accounts", 0, "account_id") {
		t.Error("an Item changes with the process")
	}
	must(t, other, "/auth/get", fields{"access_token": token})
	refused(t, ask(t, other, "/identity/get", fields{"access_token": token}), "PRODUCT_NOT_ENABLED")

	again := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	second := must(t, b, "/accounts/get", fields{"access_token": again})
	if again == token || second.at("item", "item_id") == before.at("item", "item_id") || second.at("accounts", 0, "account_id") == before.at("accounts", 0, "account_id") {
		t.Error("two Items of one person are the same")
	}
	if second.at("accounts", 0, "mask") != before.at("accounts", 0, "mask") {
		t.Error("two Items of one person show other accounts")
	}
}

func TestIdentityRoundTrip(t *testing.T) {
	full := identity{who: 1<<32 - 1, chosen: 1<<16 - 1, products: 31, consented: 31, byLink: true, generation: 63, days: 1023, nonce: 1<<30 - 1}
	for _, i := range []identity{{}, full, {who: 7, chosen: 5, products: 1, days: 730, nonce: 99}} {
		got, ok := parseIdentity(i.uuid())
		if !ok || got != i {
			t.Errorf("%+v became %+v, %v", i, got, ok)
		}
	}
	id := full.uuid()
	for at := range id {
		for _, c := range "0e-x" {
			changed := id[:at] + string(c) + id[at+1:]
			if _, ok := parseIdentity(changed); ok && changed != id {
				t.Errorf("%s passes for %s", changed, id)
			}
		}
	}
}

func TestPeopleHaveNumbersOfTheirOwn(t *testing.T) {
	b, _ := openModern()
	people := 0
	for _, bank := range b.directory.all {
		people += len(b.customers(bank))
	}
	if len(b.modern().people) != people {
		t.Errorf("%d numbers for %d people", len(b.modern().people), people)
	}
}

func TestItemLife(t *testing.T) {
	b, now := openModern()
	created := must(t, b, "/sandbox/public_token/create", fields{"institution_id": "ins_109511", "initial_products": everyProduct})
	public := fields{"public_token": created.at("public_token")}
	first := must(t, b, "/item/public_token/exchange", public)
	now.pass(29 * time.Minute)
	if second := must(t, b, "/item/public_token/exchange", public); second.at("item_id") != first.at("item_id") || second.at("access_token") != first.at("access_token") {
		t.Error("exchanging twice gives two Items")
	}
	now.pass(2 * time.Minute)
	refused(t, ask(t, b, "/item/public_token/exchange", public), "INVALID_PUBLIC_TOKEN")

	old := fields{"access_token": first.at("access_token")}
	if list := b.Handed(); len(list) != 1 || list[0].Token != old["access_token"] || !list[0].Finished {
		t.Errorf("handed %v", list)
	}
	rotated := must(t, b, "/item/access_token/invalidate", old)
	own := fields{"access_token": rotated.at("new_access_token")}
	refused(t, ask(t, b, "/item/get", old), "INVALID_ACCESS_TOKEN")
	a := must(t, b, "/item/get", own)
	if a.at("item", "item_id") != first.at("item_id") || a.at("item", "error") != nil || a.at("item", "created_at") != "2026-03-18T15:04:05Z" {
		t.Errorf("after rotation %s", a.raw)
	}
	if a.length("item", "billed_products") != len(everyProduct) || a.at("item", "institution_name") != "Tartan Bank" || a.at("status", "transactions", "last_successful_update") == nil {
		t.Errorf("item %s", a.raw)
	}
	if list := b.Handed(); len(list) != 1 || list[0].Token != own["access_token"] {
		t.Errorf("handed after rotation %v", list)
	}
	hook := fields{"access_token": own["access_token"], "webhook": "https://hooks.example/x"}
	if a = must(t, b, "/item/webhook/update", hook); a.at("item", "webhook") != hook["webhook"] {
		t.Errorf("webhook %s", a.raw)
	}
	hook["webhook"] = nil
	if a = must(t, b, "/item/webhook/update", hook); a.at("item", "webhook") != nil {
		t.Errorf("no webhook %s", a.raw)
	}
	remove := fields{"access_token": own["access_token"], "reason_code": "OTHER", "reason_note": strings.Repeat("x", 513)}
	refused(t, ask(t, b, "/item/remove", remove), "INVALID_FIELD")
	remove["reason_note"] = nil
	must(t, b, "/item/remove", remove)
	refused(t, ask(t, b, "/item/remove", own), "ITEM_NOT_FOUND")
	if list := b.Handed(); len(list) != 0 {
		t.Errorf("handed after removal %v", list)
	}
}

func TestSandboxHelpers(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109511", everyoneUser, everyonePassword, "transactions")
	own := fields{"access_token": token}
	if a := must(t, b, "/sandbox/item/reset_login", own); a.at("reset_login") != true {
		t.Error(a.raw)
	}
	refused(t, ask(t, b, "/transactions/sync", own), "ITEM_LOGIN_REQUIRED")
	refused(t, ask(t, b, "/accounts/get", own), "ITEM_LOGIN_REQUIRED")
	if a := must(t, b, "/item/get", own); a.at("item", "error", "error_code") != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("health %s", a.raw)
	}

	token = linkDirectly(t, b, "ins_109511", everyoneUser, everyonePassword, "transactions")
	own = fields{"access_token": token}
	fire := fields{"access_token": token, "webhook_code": "PENDING_DISCONNECT"}
	refused(t, ask(t, b, "/sandbox/item/fire_webhook", fire), "SANDBOX_WEBHOOK_INVALID")
	must(t, b, "/item/webhook/update", fields{"access_token": token, "webhook": "https://hooks.example/x"})
	if a := must(t, b, "/sandbox/item/fire_webhook", fire); a.at("webhook_fired") != true {
		t.Error(a.raw)
	}
	if a := must(t, b, "/item/get", own); a.at("item", "consent_expiration_time") != "2026-03-25T15:04:05Z" || a.at("status", "last_webhook", "code_sent") != "PENDING_DISCONNECT" {
		t.Errorf("consent %s", a.raw)
	}
	fire["webhook_code"] = "NO_SUCH"
	refused(t, ask(t, b, "/sandbox/item/fire_webhook", fire), "INVALID_FIELD")

	account := must(t, b, "/accounts/get", own).at("accounts", 0, "account_id")
	verify := fields{"access_token": token, "account_id": account, "verification_status": "verification_expired"}
	must(t, b, "/sandbox/item/set_verification_status", verify)
	if a := must(t, b, "/accounts/get", own); a.at("accounts", 0, "verification_status") != "verification_expired" {
		t.Errorf("verification %s", a.raw)
	}
	verify["account_id"] = "x"
	refused(t, ask(t, b, "/sandbox/item/set_verification_status", verify), "INVALID_ACCOUNT_ID")
	made := fields{"access_token": token, "transactions": []fields{{"date_transacted": "2026-03-18", "date_posted": "2026-03-18", "amount": 1, "description": "x"}}}
	refused(t, ask(t, b, "/sandbox/transactions/create", made), "INVALID_FIELD")
}

func TestPublicTokenRefusals(t *testing.T) {
	b, _ := openModern()
	for _, c := range []struct {
		institution, username, password, product, code string
	}{
		{"ins_0", "user_good", "pass_good", "transactions", "INVALID_INSTITUTION"},
		{"ins_109511", "user_good", "wrong", "transactions", "INVALID_CREDENTIALS"},
		{"ins_109511", "nobody", "pass_good", "transactions", "INVALID_CREDENTIALS"},
		{"ins_109511", "user_good", "error_ITEM_LOCKED", "transactions", "ITEM_LOCKED"},
		{"ins_109511", "user_good", "error_INTERNAL_SERVER_ERROR", "transactions", "INTERNAL_SERVER_ERROR"},
		{"ins_109511", "user_good", "pass_good", "assets", "INVALID_PRODUCT"},
		{"ins_109511", "user_good", "pass_good", "balance", "INVALID_PRODUCT"},
		{"ins_109511", "user_good", "pass_good", "nonsense", "INVALID_FIELD"},
		{"ins_9", "user_good", "pass_good", "transactions", "PRODUCTS_NOT_SUPPORTED"},
		{"ins_990404", "fail_1206", "plaid_good", "transactions", "USER_SETUP_REQUIRED"},
		{"ins_990404", "fail_1303", "plaid_good", "transactions", "INSTITUTION_DOWN"},
	} {
		a := ask(t, b, "/sandbox/public_token/create", fields{
			"institution_id": c.institution, "initial_products": []string{c.product},
			"options": fields{"override_username": c.username, "override_password": c.password},
		})
		refused(t, a, c.code)
	}
}
