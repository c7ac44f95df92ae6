package sandbox

import (
	"fmt"
	"math"
	"testing"
	"time"
)

func TestHoldingsAddUp(t *testing.T) {
	b, now := openModern()
	own := fields{"access_token": linkDirectly(t, b, "ins_109508", everyoneUser, everyonePassword, everyProduct...)}
	for range 3 {
		a := must(t, b, "/investments/holdings/get", own)
		worth := map[any]cents{}
		securities := map[any]fields{}
		for i := range a.length("securities") {
			s := a.at("securities", i).(fields)
			securities[s["security_id"]] = s
		}
		for i := range a.length("holdings") {
			h := a.at("holdings", i).(fields)
			worth[h["account_id"]] += hundredths(h["institution_value"])
			s := securities[h["security_id"]]
			if s == nil || h["quantity"].(float64) <= 0 || math.Abs(h["quantity"].(float64)*h["institution_price"].(float64)-h["institution_value"].(float64)) > 0.006 {
				t.Errorf("holding %v of %v", h, s)
			}
		}
		for i := range a.length("accounts") {
			account := a.at("accounts", i).(fields)
			if account["type"] != "investment" || hundredths(account["balances"].(fields)["current"]) != worth[account["account_id"]] {
				t.Errorf("account %v is worth %d", account, worth[account["account_id"]])
			}
		}
		if a.length("accounts") != 2 || len(securities) != 7 {
			t.Errorf("%d accounts, %d securities", a.length("accounts"), len(securities))
		}
		now.pass(40 * 24 * time.Hour)
	}
}

func TestInvestmentTransactionsPage(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109508", everyoneUser, everyonePassword, everyProduct...)
	window := func(count, offset int) answered {
		return must(t, b, "/investments/transactions/get", fields{
			"access_token": token, "start_date": "2025-03-01", "end_date": "2026-02-28", "options": fields{"count": count, "offset": offset},
		})
	}
	all := window(500, 0)
	total := int(all.at("total_investment_transactions").(float64))
	if all.length("investment_transactions") != total || total < 40 {
		t.Fatalf("%d of %d", all.length("investment_transactions"), total)
	}
	seen := map[any]bool{}
	for offset := 0; offset < total; offset += 7 {
		page := window(7, offset)
		for i := range page.length("investment_transactions") {
			row := page.at("investment_transactions", i).(fields)
			if fmt.Sprint(row) != fmt.Sprint(all.at("investment_transactions", offset+i)) || seen[row["investment_transaction_id"]] {
				t.Errorf("row %d is %v", offset+i, row)
			}
			seen[row["investment_transaction_id"]] = true
			if buys := row["type"] == "buy"; buys != (row["amount"].(float64) > 0) || buys != (row["quantity"].(float64) > 0) {
				t.Errorf("row %v", row)
			}
		}
	}
	if len(seen) != total {
		t.Errorf("%d rows by pages of %d", len(seen), total)
	}
}

func TestLiabilities(t *testing.T) {
	b, now := openModern()
	own := fields{"access_token": linkDirectly(t, b, "ins_109508", everyoneUser, everyonePassword, everyProduct...)}
	for range 13 {
		today := now.now.Format(dayForm)
		a := must(t, b, "/liabilities/get", own)
		for _, kind := range [...]string{"credit", "mortgage", "student"} {
			if a.length("liabilities", kind) != 1 {
				t.Fatalf("%s: %s", kind, a.raw)
			}
			debt := a.at("liabilities", kind, 0).(fields)
			if due, _ := debt["next_payment_due_date"].(string); due != "" && due < today || kind != "credit" && due == "" {
				t.Errorf("on %s a %s is due %s", today, kind, due)
			}
			if paid, _ := debt["last_payment_date"].(string); paid == "" || paid > today || hundredths(debt["last_payment_amount"]) <= 0 {
				t.Errorf("%s: paid %v on %q", kind, debt["last_payment_amount"], paid)
			}
		}
		card := a.at("liabilities", "credit", 0).(fields)
		if card["last_statement_issue_date"].(string) >= today || len(card["aprs"].([]any)) != 3 {
			t.Errorf("card %v", card)
		}
		// The statement is paid in full on the 12th.
		if paid := card["last_payment_date"].(string); paid > card["last_statement_issue_date"].(string) && card["last_payment_amount"] != card["last_statement_balance"] {
			t.Errorf("paid %v of %v", card["last_payment_amount"], card["last_statement_balance"])
		}
		now.pass(8 * 24 * time.Hour)
	}
	plain := must(t, b, "/liabilities/get", fields{"access_token": linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", everyProduct...)})
	if plain.length("liabilities", "credit") != 1 || plain.at("liabilities", "mortgage") != nil || plain.at("liabilities", "student") != nil {
		t.Errorf("a card only: %s", plain.raw)
	}
}

func TestRecurring(t *testing.T) {
	b, _ := openModern()
	own := fields{"access_token": linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")}
	a := must(t, b, "/transactions/recurring/get", own)
	streams := map[any]fields{}
	for _, list := range [...]string{"inflow_streams", "outflow_streams"} {
		for i := range a.length(list) {
			s := a.at(list, i).(fields)
			streams[s["description"]] = s
			if in := s["last_amount"].(fields)["amount"].(float64) < 0; in != (list == "inflow_streams") {
				t.Errorf("%s has %v", list, s)
			}
			if len(s["transaction_ids"].([]any)) < 3 || s["first_date"].(string) >= s["last_date"].(string) {
				t.Errorf("stream %v", s)
			}
		}
	}
	late := stream{frequency: "MONTHLY"}
	if next := late.next(dayAt(2026, time.January, 31)); next != "2026-02-28" {
		t.Errorf("a month after January 31 comes %s", next)
	}
	for name, frequency := range map[string]string{
		"Willow Court Apartments Rent": "MONTHLY", "Selvage Video": "MONTHLY", "Acme Payroll": "SEMI_MONTHLY",
	} {
		s := streams[name]
		if s == nil || s["frequency"] != frequency || s["is_active"] != true || s["status"] != "MATURE" {
			t.Errorf("%s: %v", name, s)
		}
		if next, _ := s["predicted_next_date"].(string); next <= "2026-03-15" || next > "2026-04-18" {
			t.Errorf("%s comes next on %s", name, next)
		}
	}
}
