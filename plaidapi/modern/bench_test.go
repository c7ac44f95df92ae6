package modern_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi/modern"
)

// syncBody is a sync reply of that many rows, each with all that the service sends: about 1,400
// bytes.
func syncBody(rows int) string {
	category := []string{"FOOD_AND_DRINK FOOD_AND_DRINK_COFFEE", "TRAVEL TRAVEL_FLIGHTS", "GENERAL_MERCHANDISE GENERAL_MERCHANDISE_SUPERSTORES"}
	var out strings.Builder
	out.WriteString(`{"accounts":[],"added":[`)
	for i := range rows {
		if i > 0 {
			out.WriteByte(',')
		}
		primary, detailed, _ := strings.Cut(category[i%3], " ")
		_, _ = fmt.Fprintf(&out, `{"account_id":"BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv9%d","account_owner":null,"amount":%d.%02d,"authorized_date":"2025-%02d-%02d",`+
			`"authorized_datetime":"2025-01-01T10:34:50Z","category":null,"category_id":null,"check_number":null,"counterparties":[{"confidence_level":"VERY_HIGH",`+
			`"entity_id":"jGa9KbL0aJpK39ERnjWjmS","logo_url":"https://plaid-merchant-logos.plaid.com/merchant_%d.png","name":"Merchant %d","type":"merchant",`+
			`"website":"merchant%d.example"}],"date":"2025-%02d-%02d","datetime":"2025-01-01T11:01:01Z","iso_currency_code":"USD","location":{"address":"%d Post St",`+
			`"city":"Springfield","country":"US","lat":40.740352,"lon":-74.001761,"postal_code":"94108","region":"CA","store_number":"1235"},`+
			`"logo_url":"https://plaid-merchant-logos.plaid.com/merchant_%d.png","merchant_entity_id":"jGa9KbL0aJpK39ERnjWjmS","merchant_name":"Merchant %d",`+
			`"name":"POS PURCHASE MERCHANT %d #%d","original_description":"POS PURCHASE MERCHANT %d #%d SPRINGFIELD CA","payment_channel":"in store",`+
			`"payment_meta":{"by_order_of":null,"payee":null,"payer":null,"payment_method":null,"payment_processor":null,"ppd_id":null,"reason":null,"reference_number":null},`+
			`"pending":false,"pending_transaction_id":null,"personal_finance_category":{"confidence_level":"VERY_HIGH","detailed":%q,"primary":%q,"version":"v2"},`+
			`"personal_finance_category_icon_url":"https://plaid-category-icons.plaid.com/PFC_%s.png","transaction_code":null,`+
			`"transaction_id":"jGa9KbL0aJpK39ERnjWjmS2ZUGrCZij%06d","transaction_type":"place","unofficial_currency_code":null,"website":"merchant%d.example"}`,
			i%5, i*7%400, i%100, i%12+1, i%28+1, i%40, i%40, i%40, i%12+1, i%28+1, i, i%40, i%40, i%40, i, i%40, i, detailed, primary, primary, i, i%40)
	}
	out.WriteString(`],"has_more":false,"modified":[],"next_cursor":"CAESJXB3","removed":[],"request_id":"r","transactions_update_status":"HISTORICAL_UPDATE_COMPLETE"}`)
	return out.String()
}

// BenchmarkSync500 reads a page of 500 transactions through the whole Bank: one call, decoded, made
// inert, with exact amounts (performance.md G15).
func BenchmarkSync500(b *testing.B) {
	body := syncBody(500)
	client := dial(b, transport(func(*http.Request) (*http.Response, error) { return respond(ok(body)) }))
	bank := modern.NewBank(client, modern.BankOptions{})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if c, err := bank.Sync(b.Context(), linked, token, "c"); err != nil || len(c.Added) != 500 {
			b.Fatal(err)
		}
	}
}

// BenchmarkTransactionsSync500 reads the same page with every member of it.
func BenchmarkTransactionsSync500(b *testing.B) {
	body := syncBody(500)
	client := dial(b, transport(func(*http.Request) (*http.Response, error) { return respond(ok(body)) }))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if r, err := client.TransactionsSync(b.Context(), modern.SyncRequest{AccessToken: token, Cursor: "c"}); err != nil || len(r.Added) != 500 {
			b.Fatal(err)
		}
	}
}
