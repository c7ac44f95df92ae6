package sandbox

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

// synced is what a client keeps of an Item's rows, by id.
type synced struct {
	rows    map[string]fields
	cursor  string
	pages   int
	removed int
}

// follow plays a sync to its end, as modern-api §7 says.
func (s *synced) follow(t *testing.T, b *Bank, token string, count int) {
	t.Helper()
	if s.rows == nil {
		s.rows = map[string]fields{}
	}
	for {
		a := must(t, b, "/transactions/sync", fields{"access_token": token, "cursor": s.cursor, "count": count})
		total := 0
		for _, list := range [...]string{"added", "modified"} {
			for i := range a.length(list) {
				row := a.at(list, i).(fields)
				id := row["transaction_id"].(string)
				if _, known := s.rows[id]; known != (list == "modified") {
					t.Errorf("%s brings %v, known: %v", list, row, known)
				}
				s.rows[id] = row
				total++
			}
		}
		for i := range a.length("removed") {
			id := a.at("removed", i, "transaction_id").(string)
			if _, known := s.rows[id]; !known {
				t.Errorf("removed what nobody has: %s", id)
			}
			delete(s.rows, id)
			s.removed++
			total++
		}
		if total > count {
			t.Errorf("%d rows on a page of %d", total, count)
		}
		s.pages++
		s.cursor = a.at("next_cursor").(string)
		if len(s.cursor) > 256 {
			t.Errorf("a cursor of %d letters", len(s.cursor))
		}
		if a.at("has_more") != true {
			return
		}
	}
}

func TestSyncKeepsUpWithTime(t *testing.T) {
	b, now := openModern()
	token := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	var kept synced
	kept.follow(t, b, token, 100)
	if kept.pages < 5 || kept.removed != 0 {
		t.Errorf("%d rows on %d pages, %d removed", len(kept.rows), kept.pages, kept.removed)
	}
	cursor := kept.cursor
	kept.follow(t, b, token, 500)
	if kept.cursor != cursor {
		t.Error("a sync without news changes the cursor")
	}
	for range 12 {
		now.pass(31 * time.Hour)
		kept.follow(t, b, token, 3)
	}
	if kept.removed == 0 {
		t.Error("nothing that was pending has been posted in two weeks")
	}
	var fresh synced
	fresh.follow(t, b, token, 500)
	posts := 0
	for id, row := range fresh.rows {
		if fmt.Sprint(kept.rows[id]) != fmt.Sprint(row) {
			t.Errorf("a new sync has %v, an old one %v", row, kept.rows[id])
		}
		if row["pending_transaction_id"] != nil {
			posts++
		}
	}
	for id, row := range kept.rows {
		if _, ok := fresh.rows[id]; !ok && row["date"].(string) > "2024-04-10" {
			t.Errorf("only the old sync has %v", row)
		}
	}
	if posts == 0 {
		t.Error("no row names the pending one that it replaced")
	}

	reopened, later := openModern() // a cursor outlives the process
	later.now = now.now.Add(48 * time.Hour)
	kept.follow(t, reopened, token, 7)
}

func TestSyncPagesAreWhole(t *testing.T) {
	b, _ := openModern()
	for _, c := range []struct{ institution, username string }{
		{"ins_109511", "everyday"}, {"ins_900006", "hostile"}, {"ins_109508", "two_currencies"}, {"ins_56", recordedUser}, {"ins_900004", "empty"},
	} {
		token := linkDirectly(t, b, c.institution, c.username, "plaid_good", "transactions")
		total := int(must(t, b, "/transactions/get", fields{"access_token": token, "start_date": "2000-01-01", "end_date": "2026-12-31"}).at("total_transactions").(float64))
		for _, count := range []int{7, 499, 500} {
			var kept synced
			kept.follow(t, b, token, count)
			if len(kept.rows) != total {
				t.Errorf("%s, pages of %d: %d rows of %d", c.username, count, len(kept.rows), total)
			}
		}
	}
}

func TestSyncByAccount(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions")
	account := must(t, b, "/accounts/get", fields{"access_token": token}).at("accounts", 1, "account_id")
	only := fields{"access_token": token, "count": 500, "options": fields{"account_id": account, "include_original_description": true, "personal_finance_category_version": "v1"}}
	a := must(t, b, "/transactions/sync", only)
	if a.length("added") == 0 || a.length("accounts") != 1 {
		t.Fatalf("%d rows, %d accounts", a.length("added"), a.length("accounts"))
	}
	for i := range a.length("added") {
		if a.at("added", i, "account_id") != account || a.at("added", i, "original_description") == nil || a.at("added", i, "personal_finance_category", "version") != "v1" {
			t.Errorf("row %v", a.at("added", i))
		}
	}
	other := fields{"access_token": token, "cursor": a.at("next_cursor")}
	refused(t, ask(t, b, "/transactions/sync", other), "INVALID_FIELD")
	foreign := fields{"access_token": linkDirectly(t, b, "ins_109511", "everyday", "plaid_good", "transactions"), "cursor": a.at("next_cursor"), "options": fields{}}
	refused(t, ask(t, b, "/transactions/sync", foreign), "INVALID_FIELD")
}

func TestDynamicTransactions(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109508", dynamicUser, everyonePassword, "transactions")
	var kept synced
	kept.follow(t, b, token, 500)
	before := len(kept.rows)
	first := must(t, b, "/transactions/sync", fields{"access_token": token, "count": 10})
	must(t, b, "/sandbox/transactions/create", fields{"access_token": token, "transactions": []fields{
		{"date_transacted": "2026-03-17", "date_posted": "2026-03-18", "amount": -12.34, "description": "Made by hand"},
		{"date_transacted": "2026-03-18", "date_posted": "2026-03-20", "amount": 1.05, "description": "To come", "iso_currency_code": "USD"},
	}})
	refused(t, ask(t, b, "/transactions/sync", fields{"access_token": token, "cursor": first.at("next_cursor")}), "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	kept.follow(t, b, token, 1)
	if len(kept.rows) != before+2 {
		t.Errorf("%d rows after two were made, %d before", len(kept.rows), before)
	}
	must(t, b, "/transactions/refresh", fields{"access_token": token})
	kept.follow(t, b, token, 500)
	must(t, b, "/transactions/refresh", fields{"access_token": token})
	kept.follow(t, b, token, 500)
	if len(kept.rows) != before+4 || kept.removed != 2 {
		t.Errorf("%d rows and %d removed after two refreshes", len(kept.rows), kept.removed)
	}
	a := must(t, b, "/transactions/get", fields{"access_token": token, "start_date": "2000-01-01", "end_date": "2026-12-31", "options": fields{"count": 500}})
	if int(a.at("total_transactions").(float64)) != len(kept.rows) {
		t.Errorf("%v rows by get, %d by sync", a.at("total_transactions"), len(kept.rows))
	}
	for i := range a.length("transactions") {
		row := a.at("transactions", i).(fields)
		if fmt.Sprint(kept.rows[row["transaction_id"].(string)]) != fmt.Sprint(row) {
			t.Errorf("get has %v, sync %v", row, kept.rows[row["transaction_id"].(string)])
		}
	}
	for _, wrong := range []fields{
		{"date_transacted": "2026-03-01", "date_posted": "2026-03-02", "amount": 1, "description": "too old"},
		{"date_transacted": "2026-03-18", "date_posted": "2026-03-17", "amount": 1, "description": "posted before"},
		{"date_transacted": "2026-03-18", "date_posted": "2026-03-18", "amount": "1", "description": "no number"},
		{"date_transacted": "2026-03-18", "date_posted": "2026-03-18", "amount": 1, "description": "euros", "iso_currency_code": "EUR"},
	} {
		refused(t, ask(t, b, "/sandbox/transactions/create", fields{"access_token": token, "transactions": []fields{wrong}}), "INVALID_FIELD")
	}
	refused(t, ask(t, b, "/sandbox/transactions/create", fields{"access_token": token, "transactions": []fields{}}), "INVALID_FIELD")
}

func TestItemsAreUsedAtOnce(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109508", dynamicUser, everyonePassword, everyProduct...)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			ask(t, b, "/transactions/refresh", fields{"access_token": token})
			ask(t, b, "/transactions/sync", fields{"access_token": token})
			ask(t, b, "/sandbox/item/reset_login", fields{"access_token": token})
			ask(t, b, "/item/get", fields{"access_token": token})
			ask(t, b, "/sandbox/public_token/create", fields{"institution_id": "ins_109508", "initial_products": []string{"transactions"}})
		})
	}
	all.Wait()
	refused(t, ask(t, b, "/transactions/sync", fields{"access_token": token}), "ITEM_LOGIN_REQUIRED")
}

func TestBankThatAsksAgain(t *testing.T) {
	b, _ := openModern()
	token := linkDirectly(t, b, "ins_109509", "joint", "plaid_good", "transactions")
	var kept synced
	kept.follow(t, b, token, 500)
	refused(t, ask(t, b, "/transactions/sync", fields{"access_token": token, "cursor": kept.cursor}), "ITEM_LOGIN_REQUIRED")
	if a := must(t, b, "/item/get", fields{"access_token": token}); a.at("item", "error", "error_code") != "ITEM_LOGIN_REQUIRED" {
		t.Errorf("health %s", a.raw)
	}
}

func TestHistoryIsAsLongAsWasAsked(t *testing.T) {
	b, _ := openModern()
	created := must(t, b, "/sandbox/public_token/create", fields{
		"institution_id": "ins_109511", "initial_products": []string{"transactions"}, "options": fields{"transactions": fields{"days_requested": 30}},
	})
	token := must(t, b, "/item/public_token/exchange", fields{"public_token": created.at("public_token")}).at("access_token").(string)
	var kept synced
	kept.follow(t, b, token, 500)
	for _, row := range kept.rows {
		if row["date"].(string) < "2026-02-16" {
			t.Errorf("a row of %v", row["date"])
		}
	}
	a := must(t, b, "/transactions/get", fields{"access_token": token, "start_date": "2020-01-01", "end_date": "2026-12-31", "options": fields{"days_requested": 730}})
	if int(a.at("total_transactions").(float64)) != len(kept.rows) {
		t.Errorf("%v rows by get, %d by sync", a.at("total_transactions"), len(kept.rows))
	}
}
