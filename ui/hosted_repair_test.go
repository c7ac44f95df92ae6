package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// signedOut has a bank want a new sign-in, as Plaid's sandbox does on request.
func (h *hosted) signedOut(token string) {
	h.t.Helper()
	body := fmt.Sprintf(`{"access_token":%q}`, token)
	req, err := http.NewRequest(http.MethodPost, "http://localhost/sandbox/item/reset_login", strings.NewReader(body))
	if err == nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("PLAID-CLIENT-ID", "test_id")
		req.Header.Set("PLAID-SECRET", "test_secret")
	}
	h.do(req, err)
}

// A bank that wants a new sign-in gets it on the page: its history stays, and nothing new is made.
func TestRepairOnAPage(t *testing.T) {
	for _, size := range pageSizes {
		d := atPage(t, size[0], size[1])
		d.plaid.visit().signIn("pass_good").share()
		d.passes(3).sees("is linked").keys("enter")
		token, err := d.vault.Token(t.Context(), d.items()[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		d.plaid.signedOut(token.Reveal())
		d.keys("r", "f").golden(sized("page_again", size))
		d.plaid.visit().send("action", "sign_in", "username", "user_good", "password", "pass_good")
		d.passes(3).sees("works again")
		if n := d.sent.count("POST /item/public_token/exchange"); n != 1 || len(d.items()) != 1 {
			t.Errorf("%d exchanges, %d Items", n, len(d.items()))
		}
	}
}

// Waiting stops with esc and goes on under another screen; the page is opened only when asked to be.
func TestWaiting(t *testing.T) {
	d := atPage(t, 80, 24)
	d.passes(10)
	if n := d.sent.count("POST /link/token/get"); n < 3 || n > 5 {
		t.Errorf("%d looks in 10 s", n)
	}
	d.keys("?").plaid.visit().signIn("pass_good")
	d.passes(4).keys("esc").sees("sign-in sent")
	d.keys("o", "c", "i").sees("What tartan asks for", "never sees the password").keys("i")
	if len(d.plaid.opened) != 1 || !strings.HasPrefix(d.plaid.opened[0], "https://secure.plaid.com/hl/") {
		t.Errorf("opened %q", d.plaid.opened)
	}
	d.keys("esc").sees("Stopped waiting. Nothing was linked. Close the page that is open, too.")
	looks := d.sent.count("POST /link/token/get")
	d.plaid.share()
	d.later(time.Minute).passes(5)
	if n := d.sent.count("POST /link/token/get"); n != looks || len(d.items()) != 0 {
		t.Errorf("%d looks after leaving, %d Items", n-looks, len(d.items()))
	}
}

// A page without blocks has no code; everything else is there.
func TestPageInASCII(t *testing.T) {
	d := newDriverIn(t, 80, 24, setting{page: true, ascii: true}).keys("enter")
	d.plaid.visit()
	d.passes(3).golden("page_ascii_80x24")
}

// A bank that has nothing to tell yet is being fetched: that there are no transactions is not said.
func TestNothingToTellYet(t *testing.T) {
	for _, size := range pageSizes {
		d := atPage(t, size[0], size[1])
		d.plaid.slow = 3
		d.plaid.visit().signIn("pass_good").share()
		d.passes(3).golden(sized("working_nothing_yet", size))
		if d.keys("b").golden(sized("home_nothing_yet", size)); size[0] >= 60 {
			d.sees("fetching")
		}
		d.passes(20).misses("fetching")
		if asked := d.sent.count("POST /transactions/sync"); asked < 4 || asked > 14 {
			t.Errorf("asked %d times", asked)
		}
		d.keys("2").misses("No transactions")
	}
	d := atPage(t, 80, 24)
	d.plaid.slow = 2
	d.plaid.visit().signIn("pass_good").share()
	d.passes(12).sees("is linked", "2,394 transactions")
}

// Until when a consent lasts is said once, and told of two weeks ahead, with what helps.
func TestConsent(t *testing.T) {
	for _, size := range pageSizes {
		for consent, soon := range map[string]bool{"2027-11-22T12:00:00Z": false, "2026-12-04T12:00:00Z": true} {
			d := atPage(t, size[0], size[1])
			d.plaid.consent = consent
			d.plaid.visit().signIn("pass_good").share()
			d.passes(3).sees("is linked").keys("enter")
			if !soon {
				d.misses("! ").keys("4").golden(sized("settings_consent", size))
				continue
			}
			d.golden(sized("home_consent", size)).keys("f").sees("Sign in again at")
		}
	}
	d := atPage(t, 80, 24)
	d.plaid.consent = "2027-11-22T12:00:00Z"
	d.plaid.visit().signIn("pass_good").share()
	d.passes(3).sees("Consent lasts until 22 Nov 2027")
}

// The link is whole at every size that anything is drawn at, whatever has happened on the page.
func TestTheLinkIsNeverCut(t *testing.T) {
	d := atPage(t, 80, 24)
	whole := func(about string) {
		for _, width := range []int{1, 39, 40, 41, 57, 59, 60, 79, 80, 99, 100, 120, 200} {
			for _, height := range []int{1, 7, 8, 9, 12, 13, 17, 20, 22, 24, 25, 30, 60} {
				d.resize(width, height)
				if width < minWidth || height < minHeight {
					continue
				}
				text := strings.Join(strings.Fields(strings.NewReplacer("█", "", "▀", "", "▄", "").Replace(d.text())), "")
				if !strings.Contains(text, d.plaid.shown()) {
					t.Fatalf("%s: %dx%d:\n%s", about, width, height, d.text())
				}
			}
		}
		d.resize(80, 24)
	}
	whole("at first")
	d.plaid.visit().signIn("wrong")
	d.passes(3)
	whole("refused")
	d.plaid.leave()
	d.passes(3)
	whole("left")
}
