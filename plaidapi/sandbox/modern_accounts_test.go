package sandbox

import (
	"math"
	"strings"
	"testing"
)

// hundredths is a decoded amount in cents.
func hundredths(v any) cents {
	n, ok := v.(float64)
	if !ok {
		return 0
	}
	return cents(math.Round(n * 100))
}

func TestBothWiresTellTheSame(t *testing.T) {
	b, _ := openModern()
	for _, l := range b.Logins() {
		if strings.HasPrefix(l.Username, "fail_") || l.PIN != "" {
			continue
		}
		bank, _ := b.modern().directory.ofType(l.Institution)
		if !bank.products.has("transactions") {
			continue
		}
		form(t, b, "POST", "/connect", "type="+l.Institution+" username="+l.Username+" password="+l.Password)
		token := "test_" + l.Institution + legacySuffix(l)
		legacy := form(t, b, "GET", "/connect", "access_token="+token+" gte=2000-01-01 pending=true")
		if legacy.status != 200 {
			t.Fatalf("%s at %s: %d %s", l.Username, l.Bank, legacy.status, legacy.raw)
		}
		own := linkDirectly(t, b, bank.id, l.Username, l.Password, "transactions")
		modern := must(t, b, "/accounts/get", fields{"access_token": own})
		if modern.length("accounts") != legacy.length("accounts") {
			t.Errorf("%s: %d accounts, %d in the legacy wire", l.Username, modern.length("accounts"), legacy.length("accounts"))
		}
		masks := map[any]string{} // by id, of either wire
		for i := range modern.length("accounts") {
			account := modern.at("accounts", i).(fields)
			old := legacy.at("accounts", i).(fields)
			masks[account["account_id"]], masks[old["_id"]] = account["mask"].(string), account["mask"].(string)
			for _, balance := range [...]string{"available", "current"} {
				was, is := old["balance"].(fields)[balance], account["balances"].(fields)[balance]
				if was != is {
					t.Errorf("%s, %s: %s %v, %v in the legacy wire", l.Username, account["mask"], balance, is, was)
				}
			}
			if old["meta"].(fields)["number"] != account["mask"] || old["meta"].(fields)["name"] != account["name"] || old["type"] != account["type"] {
				t.Errorf("%s: %v is %v in the legacy wire", l.Username, account, old)
			}
		}
		sums := map[string]cents{}
		from := "2024-03-18" // so much was asked for
		for i := range legacy.length("transactions") {
			row := legacy.at("transactions", i).(fields)
			if row["date"].(string) >= from || l.Username == recordedUser || l.Username == recordedSelections {
				sums[masks[row["_account"]]] += hundredths(row["amount"])
			}
		}
		var kept synced
		kept.follow(t, b, own, 500)
		for _, row := range kept.rows {
			sums[masks[row["account_id"]]] -= hundredths(row["amount"])
		}
		for mask, difference := range sums {
			if difference != 0 {
				t.Errorf("%s, %s: the legacy wire has rows of %d more", l.Username, mask, difference)
			}
		}
	}
}

// legacySuffix is what a login's legacy token has after the bank.
func legacySuffix(l Login) string {
	if l.Username == recordedUser || l.Username == recordedSelections {
		return ""
	}
	return "_" + l.Username
}

func TestEveryTypeOfAccount(t *testing.T) {
	b, _ := openModern()
	own := fields{"access_token": linkDirectly(t, b, "ins_109508", everyoneUser, everyonePassword, everyProduct...)}
	a := must(t, b, "/accounts/balance/get", own)
	types := map[string]int{}
	subtypes := map[string]fields{}
	for i := range a.length("accounts") {
		account := a.at("accounts", i).(fields)
		types[account["type"].(string)]++
		subtypes[account["subtype"].(string)] = account
		balances := account["balances"].(fields)
		if balances["current"].(float64) <= 0 || balances["iso_currency_code"] != "USD" || balances["unofficial_currency_code"] != nil {
			t.Errorf("balances of %v", account)
		}
	}
	if types["depository"] != 3 || types["credit"] != 1 || types["loan"] != 3 || types["investment"] != 2 {
		t.Errorf("types %v", types)
	}
	for _, name := range []string{"checking", "savings", "hsa", "credit card", "auto", "mortgage", "student", "brokerage", "401k"} {
		if subtypes[name] == nil {
			t.Errorf("no account is %s", name)
		}
	}
	numbers := must(t, b, "/auth/get", own)
	if numbers.length("numbers", "ach") != 3 || numbers.length("accounts") != 3 || numbers.length("numbers", "eft") != 0 {
		t.Errorf("numbers %s", numbers.raw)
	}
	routingNumber, _ := numbers.at("numbers", "ach", 0, "routing").(string)
	if len(routingNumber) != 9 || !strings.HasPrefix(routingNumber, "99") {
		t.Errorf("routing number %q", routingNumber)
	}
	identity := must(t, b, "/identity/get", fields{"access_token": own["access_token"], "options": fields{"account_ids": []any{subtypes["hsa"]["account_id"]}}})
	if identity.length("accounts") != 1 || identity.at("accounts", 0, "owners", 0, "names", 0) != "Alberta Bobbeth Charleson" || identity.at("accounts", 0, "owners", 0, "emails", 0, "type") != "primary" {
		t.Errorf("identity %s", identity.raw)
	}
}

func TestWhoHasNone(t *testing.T) {
	b, _ := openModern()
	empty := fields{"access_token": linkDirectly(t, b, "ins_900004", "empty", "plaid_good", everyProduct...)}
	refused(t, ask(t, b, "/investments/holdings/get", empty), "NO_INVESTMENT_ACCOUNTS")
	refused(t, ask(t, b, "/liabilities/get", empty), "NO_LIABILITY_ACCOUNTS")
	owner := linkDirectly(t, b, "ins_109511", everyoneUser, everyonePassword, everyProduct...)
	a := must(t, b, "/accounts/get", fields{"access_token": owner})
	for i := range a.length("accounts") {
		if a.at("accounts", i, "type") == "loan" {
			only := fields{"access_token": owner, "options": fields{"account_ids": []any{a.at("accounts", i, "account_id")}}}
			refused(t, ask(t, b, "/auth/get", only), "NO_AUTH_ACCOUNTS")
			refused(t, ask(t, b, "/investments/holdings/get", only), "NO_INVESTMENT_ACCOUNTS")
		}
	}
	identityOnly := fields{"access_token": linkDirectly(t, b, "ins_13", recordedUser, "plaid_good", "identity")}
	refused(t, ask(t, b, "/transactions/sync", identityOnly), "PRODUCTS_NOT_SUPPORTED")
}

func TestRowsNameTheirCurrency(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109508", "two_currencies", "plaid_good", "transactions")
	a := must(t, b, "/accounts/get", fields{"access_token": token})
	currency := map[any]any{}
	for i := range a.length("accounts") {
		currency[a.at("accounts", i, "account_id")] = a.at("accounts", i, "balances", "iso_currency_code")
	}
	seen := map[any]int{}
	var kept synced
	kept.follow(t, b, token, 500)
	for _, row := range kept.rows {
		if row["iso_currency_code"] != currency[row["account_id"]] || row["unofficial_currency_code"] != nil {
			t.Errorf("row %v of an account in %v", row, currency[row["account_id"]])
		}
		seen[row["iso_currency_code"]]++
	}
	if len(seen) != 2 || seen["EUR"] == 0 || seen["USD"] == 0 {
		t.Errorf("rows by currency: %v", seen)
	}
}
