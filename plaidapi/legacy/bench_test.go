package legacy_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// body500 is what the practice bank answers with 500 transactions.
func body500(b *testing.B) []byte {
	b.Helper()
	_, client := practice(b, sandbox.Options{Transactions: 500}, legacy.RawReplies())
	reply, err := client.Connect.Get(b.Context(), legacy.GetRequest{
		Token: plaidapi.NewSecret("test_900005_many"), Options: legacy.GetOptions{Pending: true, GTE: "2000-01-01"},
	})
	if err != nil || len(reply.Transactions) != 500 {
		b.Fatalf("%d transactions, %v", len(reply.Transactions), err)
	}
	return []byte(reply.Body.Reveal())
}

// BenchmarkDecode500 reads a reply of 500 transactions into the wire's types.
func BenchmarkDecode500(b *testing.B) {
	body := body500(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var reply legacy.Reply
		if err := wire.Decode(body, &reply); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSync500 is the same through the whole Bank: one call, decoded, made inert, with exact
// amounts.
func BenchmarkSync500(b *testing.B) {
	body := string(body500(b))
	serve := func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}, nil
	}
	client, err := legacy.New("id", secret("key"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: transport(serve)}))
	if err != nil {
		b.Fatal(err)
	}
	bank := legacy.NewBank(client, func() time.Time { return noon })
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bank.Sync(b.Context(), item("900005"), secret("t"), "/9999-12-31"); err != nil {
			b.Fatal(err)
		}
	}
}
