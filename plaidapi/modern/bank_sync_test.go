package modern_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tartan/plaidapi"
)

var linked = plaidapi.Item{ID: "modern:I", Wire: plaidapi.Modern}

// news is a page of a sync.
func news(next string, more bool, added ...string) answer {
	var rows []string
	for _, id := range added {
		rows = append(rows, strings.Replace(coffee, `"transaction_id":"t1"`, `"transaction_id":"`+id+`"`, 1))
	}
	return ok(fmt.Sprintf(`{"added":[%s],"modified":[],"removed":[{"transaction_id":"gone-%s","account_id":"a"}],"next_cursor":%q,"has_more":%v,`+
		`"transactions_update_status":"HISTORICAL_UPDATE_COMPLETE","accounts":[],"request_id":"r"}`, strings.Join(rows, ","), next, next, more))
}

var changed = failing("TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")

// sync makes one call and tells in short what came and what was asked.
func sync(t *testing.T, cursor string, answers ...answer) (c plaidapi.Changes, cursors string, err error) {
	t.Helper()
	s, b, _ := bank(t, map[string][]answer{"/transactions/sync": answers})
	c, err = b.Sync(t.Context(), linked, secret("access-sandbox-1"), cursor)
	for _, asked := range s.asked {
		_, at, some := strings.Cut(asked, `"cursor":"`)
		if at, _, _ = strings.Cut(at, `"`); !some {
			at = "-"
		}
		cursors += at + " "
	}
	return c, strings.TrimSpace(cursors), err
}

func ids(rows []plaidapi.Transaction) string {
	var all []string
	for _, t := range rows {
		all = append(all, t.ID)
	}
	return strings.Join(all, " ")
}

// TestRounds: a round counts as a whole, and begins again where it began (modern-api §7).
func TestRounds(t *testing.T) {
	long := []answer{}
	for i := range 12 {
		long = append(long, news(fmt.Sprintf("c%d", i), true, fmt.Sprintf("t%d", i)))
	}
	for _, test := range []struct {
		about, cursor string
		answers       []answer
		asked, added  string
		next          string
		more, replace bool
		err           error
	}{
		{"first page of the first round", "", []answer{news("c1", true, "t1")}, "-", "t1", "paging:c1", true, true, nil},
		{"second page of it", "paging:c1", []answer{news("c2", true, "t2")}, "c1", "t2", "paging:c2", true, false, nil},
		{"last page of it", "paging:c2", []answer{news("c3", false, "t3")}, "c2", "t3", "c3", false, false, nil},
		{"only page of it", "", []answer{news("c1", false)}, "-", "", "c1", false, true, nil},
		{"first round is void", "paging:c2", []answer{changed, news("d1", true, "t1")}, "c2 -", "t1", "paging:d1", true, true, nil},
		{"no news", "c3", []answer{news("c3", false)}, "c3", "", "c3", false, false, nil},
		{"a round of two pages", "c3", []answer{news("c4", true, "t4"), news("c5", false, "t5")}, "c3 c4", "t4 t5", "c5", false, false, nil},
		{
			"it is void once", "c3",
			[]answer{news("c4", true, "old"), changed, news("d4", true, "t4"), news("d5", false, "t5")},
			"c3 c4 c3 d4", "t4 t5", "d5", false, false, nil,
		},
		{"it is void for ever", "c3", []answer{changed}, "c3 c3 c3 c3 c3", "", "", false, false, plaidapi.NotReady},
		{"it fails between pages", "c3", []answer{news("c4", true, "t4"), failing("ITEM_ERROR", "ITEM_LOGIN_REQUIRED")}, "c3 c4", "", "", false, false, plaidapi.LoginRequired},
		{"a round of many pages", "b", long, "b c0 c1 c2 c3 c4 c5 c6 c7 c8", "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9", "paging:c9", true, false, nil},
		{"a cursor of another Item", "c3", []answer{failing("INVALID_REQUEST", "INVALID_FIELD"), news("d", false, "t1")}, "c3 -", "t1", "d", false, true, nil},
		{"a page that leads nowhere", "c3", []answer{news("c3", true, "t1")}, "c3", "", "", false, false, plaidapi.BadReply},
		{"nothing at all", "", []answer{ok(`{"request_id":"r"}`)}, "-", "", "", false, false, plaidapi.BadReply},
	} {
		c, asked, err := sync(t, test.cursor, test.answers...)
		if asked != test.asked || !errors.Is(err, test.err) {
			t.Errorf("%s: asked at %q, %v", test.about, asked, err)
		}
		if ids(c.Added) != test.added || c.Next != test.next || c.More != test.more || (c.Replace != nil) != test.replace {
			t.Errorf("%s: %s, next %q, more %v, replace %v", test.about, ids(c.Added), c.Next, c.More, c.Replace)
		}
	}
}

// TestNothingYet is not "no transactions".
func TestNothingYet(t *testing.T) {
	page := func(next, status, added string) answer {
		return ok(`{"added":[` + added + `],"modified":[],"removed":[],"next_cursor":"` + next + `","has_more":false,"transactions_update_status":"` + status + `"}`)
	}
	for _, test := range []struct {
		cursor  string
		page    answer
		history plaidapi.History
		next    string
		replace bool
	}{
		{"", page("", "NOT_READY", ""), plaidapi.NothingYet, "", false},
		{"", page("", "TRANSACTIONS_UPDATE_STATUS_UNKNOWN", ""), plaidapi.NothingYet, "", false},
		{"c", page("", "NOT_READY", ""), plaidapi.NothingYet, "c", false},
		{"", page("c", "INITIAL_UPDATE_COMPLETE", coffee), plaidapi.RecentOnly, "c", true},
		{"c", page("d", "HISTORICAL_UPDATE_COMPLETE", coffee), plaidapi.AllThere, "d", false},
		{"c", page("d", "SOMETHING_NEW", ""), plaidapi.AllThere, "d", false},
	} {
		c, _, err := sync(t, test.cursor, test.page)
		if err != nil || c.History != test.history || c.Next != test.next || (c.Replace != nil) != test.replace || c.More {
			t.Errorf("%+v: %+v, %v", test, c, err)
		}
	}
}

func TestRows(t *testing.T) {
	c, _, err := sync(t, "c", ok(`{"added":[`+coffee+`],"modified":[`+strings.NewReplacer(
		`"amount":4.33`, `"amount":-1234.5`, `"pending":false`, `"pending":true`, `"in store"`, `"online"`, `"merchant_name":"Bluebottle"`, `"merchant_name":null`,
		`"iso_currency_code":"USD","unofficial_currency_code":null`, `"iso_currency_code":null,"unofficial_currency_code":"BTC"`,
		`"personal_finance_category":{`, `"personal_finance_category":null,"x":{`, `"original_description":"SQ *BLUEBOTTLE 12 CA"`, `"original_description":null`,
		`"SQ *BLUEBOTTLE 12"`, `"SQ\u202e *BLUE"`,
	).Replace(coffee)+`],"removed":[{"transaction_id":"p1","account_id":"a"}],"next_cursor":"d","has_more":false}`))
	if err != nil || len(c.Added) != 1 || len(c.Modified) != 1 || len(c.Removed) != 1 || c.Removed[0] != "p1" {
		t.Fatalf("%+v, %v", c, err)
	}
	one, other := c.Added[0], c.Modified[0]
	if one.Amount.String() != "-4.33 USD" || one.Name != "Bluebottle" || one.BankText != "SQ *BLUEBOTTLE 12 CA" || one.Date.String() != "2026-03-12" ||
		one.PendingID != "p1" || one.Pending || one.Channel != "in person" || one.Place.City != "Springfield" || one.Place.Zip != "94108" || one.ItemID != "modern:I" {
		t.Errorf("%+v", one)
	}
	if one.Category.ID != "FOOD_AND_DRINK_COFFEE" || strings.Join(one.Category.Path, "/") != "Food and drink/Coffee" {
		t.Errorf("%+v", one.Category)
	}
	if other.Amount.String() != "1234.50 BTC" || other.Name != "SQ� *BLUE" || other.BankText != other.Name || !other.Pending || other.Channel != "online" ||
		other.Category.ID != "13005043" || strings.Join(other.Category.Path, "/") != "Food and Drink/Coffee" {
		t.Errorf("%+v", other)
	}
}

// TestOddRows: an amount that nobody can read spoils nothing; a row that cannot be told apart does.
func TestOddRows(t *testing.T) {
	for was, is := range map[string]string{
		`4.33`: `12345678901234567890.12`, `"amount":4.33`: `"amount":"x"`, `"location":{`: `"location":null,"y":{`,
	} {
		c, _, err := sync(t, "c", ok(`{"added":[`+strings.Replace(coffee, was, is, 1)+`],"next_cursor":"d","has_more":false}`))
		if err != nil || len(c.Added) != 1 || strings.Contains(was, "4.33") == c.Added[0].Amount.Known() {
			t.Errorf("%s: %+v, %v", is, c.Added, err)
		}
	}
	for was, is := range map[string]string{`"t1"`: `""`, `"account_id":"a"`: `"account_id":null`, `2026-03-12`: `12 March`} {
		if _, _, err := sync(t, "c", ok(`{"added":[`+strings.Replace(coffee, was, is, 1)+`],"next_cursor":"d","has_more":false}`)); !errors.Is(err, plaidapi.BadReply) {
			t.Errorf("%s: %v", is, err)
		}
	}
}
