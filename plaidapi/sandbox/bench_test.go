package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// manyToken is of the person with very many transactions.
func manyToken(tb testing.TB, b *Bank) string {
	for _, l := range b.Logins() {
		if l.Username == "many" {
			return "test_" + l.Institution + "_" + l.Username
		}
	}
	tb.Fatal("nobody has many transactions")
	return ""
}

// page fetches the rows of some days and returns how many bytes and rows came.
func page(tb testing.TB, c *http.Client, base, token, from, to string) (size int64, rows int) {
	fields := url.Values{
		"client_id": {testClientID}, "secret": {testSecret}, "access_token": {token},
		"gte": {from}, "lte": {to}, "pending": {"true"},
	}
	r, err := c.PostForm(base+"/connect/get", fields)
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		tb.Fatal(r.Status)
	}
	count := &rowCounter{}
	size, err = io.Copy(count, r.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return size, count.rows
}

// rowCounter counts lines of a member that each row has once.
type rowCounter struct {
	rows int
	tail []byte
}

func (c *rowCounter) Write(p []byte) (int, error) {
	const member = "\n      \"_account\": "
	joined := append(c.tail, p...)
	c.rows += bytes.Count(joined, []byte(member))
	c.tail = append([]byte(nil), joined[max(0, len(joined)-len(member)+1):]...)
	return len(p), nil
}

// pages walks back over all of history in windows of 30 days, as a
// client does that cannot take everything at once.
func pages(tb testing.TB, c *http.Client, base, token string) (size int64, rows int) {
	for to := fixedNow; to.After(fixedNow.AddDate(-2, -2, 0)); to = to.AddDate(0, 0, -30) {
		n, r := page(tb, c, base, token, to.AddDate(0, 0, -29).Format(dayForm), to.Format(dayForm))
		size, rows = size+n, rows+r
	}
	return size, rows
}

func TestManyRowsArePagedAndStreamed(t *testing.T) {
	const rows = 20_000
	b := New(Options{Clock: func() time.Time { return fixedNow }, Transactions: rows})
	c, token := outside(t, b), manyToken(t, b)
	if _, got := pages(t, c, "http://bank", token); got != rows {
		t.Errorf("pages hold %d rows, want %d", got, rows)
	}
	size, got := page(t, c, "http://bank", token, "2000-01-01", "")
	if got != rows || size < streamFrom {
		t.Errorf("one answer of %d bytes holds %d rows, want %d", size, got, rows)
	}
	defer b.Fault(Fault{CutOff: true})()
	r, err := c.PostForm("http://bank/connect/get", url.Values{
		"client_id": {testClientID}, "secret": {testSecret}, "access_token": {token}, "gte": {"2000-01-01"},
	})
	if err == nil {
		_, err = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	if err == nil {
		t.Error("a long answer is not cut off")
	}
}

func BenchmarkServe100kInPages(b *testing.B) {
	bank := New(Options{Clock: func() time.Time { return fixedNow }, Transactions: 100_000})
	token := manyToken(b, bank)
	local := bank.Dial()
	defer local.Close()
	sockets := httptest.NewServer(bank)
	defer sockets.Close()
	for _, way := range []struct {
		name, base string
		client     *http.Client
	}{
		{"local", "http://bank", &http.Client{Transport: local.Transport()}},
		{"socket", sockets.URL, sockets.Client()},
	} {
		b.Run(way.name, func(b *testing.B) {
			for b.Loop() {
				size, rows := pages(b, way.client, way.base, token)
				if rows != 100_000 {
					b.Fatalf("%d rows", rows)
				}
				b.SetBytes(size)
			}
		})
	}
}

// BenchmarkModernSync is a first sync of 100,000 rows in pages of 500 over loopback.
func BenchmarkModernSync(b *testing.B) {
	bank := New(Options{Transactions: 100_000})
	server := httptest.NewServer(bank.Modern())
	defer server.Close()
	h := bank.modern().people[personNumber("900005", "many")]
	ident := bank.newItem(h, "900005")
	ident.chosen, ident.products, ident.days = 1, setOf([]string{"transactions"}), historyDays
	token := tokenOf(accessKind, ident.uuid())
	for b.Loop() {
		cursor, pages := "", 0
		var size int64
		for more := true; more; pages++ {
			raw := syncPage(b, server.URL, token, cursor)
			size += int64(len(raw))
			_, rest, _ := bytes.Cut(raw[max(0, len(raw)-300):], []byte(`"next_cursor":"`))
			next, rest, _ := bytes.Cut(rest, []byte(`"`))
			cursor, more = string(next), bytes.Contains(rest, []byte(`"has_more":true`))
		}
		if pages != 200 {
			b.Fatalf("%d pages", pages)
		}
		b.SetBytes(size)
	}
}

func syncPage(b *testing.B, base, token, cursor string) []byte {
	body := `{"count":500,"cursor":"` + cursor + `","access_token":"` + token + `"}`
	r, err := http.NewRequest(http.MethodPost, base+"/transactions/sync", bytes.NewReader([]byte(body)))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", jsonType)
	r.Header.Set("PLAID-CLIENT-ID", testClientID)
	r.Header.Set("PLAID-SECRET", testSecret)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatal(answer.Status, err)
	}
	return raw
}
