package sandbox

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// FuzzModern: whatever is asked is answered in JSON, with data or with an error of the catalogue.
func FuzzModern(f *testing.F) {
	b, _ := openModern()
	paths := slices.Sorted(maps.Keys(b.modern().endpoints))
	ident := identity{who: personNumber("900001", dynamicUser), chosen: 1<<9 - 1, products: 31, days: 730, nonce: 7}
	token := tokenOf(accessKind, ident.uuid())
	for i := range paths {
		f.Add(uint8(i), `"options":{"account_ids":[],"count":2,"offset":1},"start_date":"2026-01-01","end_date":"2026-02-01","institution_id":"ins_4"`)
		f.Add(uint8(i), `"client_name":"x","language":"en","country_codes":["US"],"user":{"client_user_id":"x"},"account_filters":{"loan":7,"credit":{"account_subtypes":7}},"hosted_link":{}`)
		f.Add(uint8(i), `"transactions":[{"date_transacted":"2026-03-18","date_posted":"2026-03-19","amount":1e300,"description":""}],"cursor":"`+cursor{item: 1 << 31, from: 1}.String()+`"`)
	}
	f.Fuzz(func(t *testing.T, at uint8, members string) {
		path := paths[int(at)%len(paths)]
		switch path {
		case "/item/remove", "/item/access_token/invalidate", "/sandbox/item/reset_login":
			return // what follows would be refused for that alone
		}
		body := `{"access_token":"` + token + `"`
		if members != "" {
			body += "," + members
		}
		if b.modern().endpoints[path].product == "" && strings.Contains(members, `"country_codes"`) {
			body = "{" + members
		}
		a := raise(t, b, path, body+"}")
		if a.body["request_id"] == nil {
			t.Errorf("%s %s: no request_id in %s", path, body, a.raw)
		}
		if code, _ := a.at("error_code").(string); a.status != 200 {
			if _, known := lookTrouble(code); !known {
				t.Errorf("%s %s: %s", path, body, a.raw)
			}
		}
	})
}

// FuzzCursor: a cursor that somebody made up is refused or leads to an answer.
func FuzzCursor(f *testing.F) {
	b, _ := openModern()
	ident := identity{who: personNumber("900001", "everyday"), chosen: 15, products: 1, days: 730, nonce: 7}
	token := tokenOf(accessKind, ident.uuid())
	today := uint32(dayOf(modernNow))
	f.Add(today-3, today, uint32(0), uint32(0), today, uint32(0), uint32(0))
	f.Add(today+400, uint32(0), uint32(9), uint32(9), uint32(0), uint32(5), uint32(5))
	f.Add(uint32(1), today, uint32(1), uint32(0), today+1, uint32(1<<31), uint32(1<<31))
	f.Fuzz(func(t *testing.T, from, to, logFrom, logTo, at, skip, tail uint32) {
		c := cursor{uint32(mix(ident.key())), uint32(hash("")), from, to, logFrom, logTo, at, skip, tail}
		a := ask(t, b, "/transactions/sync", fields{"access_token": token, "cursor": c.String(), "count": 1})
		if a.status != 200 && a.at("error_code") != "INVALID_FIELD" && a.at("error_code") != "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION" {
			t.Errorf("%+v: %s", c, a.raw)
		}
	})
}
