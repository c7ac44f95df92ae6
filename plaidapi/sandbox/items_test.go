package sandbox

import (
	"slices"
	"testing"
)

func TestAddByType(t *testing.T) {
	b := openBank()
	for _, tc := range []struct {
		product, kind, extra string
		status               int
		asks                 string
	}{
		{"connect", "amex", "", 200, ""},
		{"connect", "wells", "", 200, ""},
		{"auth", "schwab", "", 200, ""},
		{"auth", "fidelity", "", 200, ""},
		{"connect", "nfcu", "", 200, ""},
		{"risk", "suntrust", "", 200, ""},
		{"connect", "svb", "", 200, ""},
		{"connect", "bofa", "", 201, "questions"},
		{"connect", "bofa", ` options={"list":true}`, 201, "questions"},
		{"income", "us", "", 201, "questions"},
		{"connect", "usaa", " pin=1234", 201, "questions"},
		{"auth", "pnc", "", 201, "questions"},
		{"info", "td", "", 201, "questions"},
		{"connect", "td", "", 201, "questions"},
		{"auth", "capone360", "", 201, "questions"},
		{"connect", "chase", "", 201, "device"},
		{"connect", "chase", " pin=whatever", 201, "device"},
		{"connect", "chase", ` options={"list":"true"}`, 201, "list"},
		{"connect", "chase", " list=true", 201, "list"},
		{"connect", "citi", "", 200, ""},
		{"connect", "citi", " username=plaid_selections", 201, "selections"},
		{"connect", "15184", "", 200, ""},
	} {
		a := form(t, b, "POST", "/"+tc.product, "type="+tc.kind+" username=plaid_test password=plaid_good"+tc.extra)
		kind, _ := a.body["type"].(string)
		if a.status != tc.status || kind != tc.asks || a.body["access_token"] != "test_"+tc.kind {
			t.Errorf("%s at %s%s: %d %.200s", tc.product, tc.kind, tc.extra, a.status, a.raw)
		}
		if tc.status == 200 && a.length("accounts") != 4 {
			t.Errorf("%s at %s: no accounts", tc.product, tc.kind)
		}
	}
}

// TestAddByLongtailID: the type may be the id that lists of the long tail show
// (legacy-api §2.2). A main institution is known by its type alone.
func TestAddByLongtailID(t *testing.T) {
	b := openBank()
	for kind, code := range map[string]int{
		"ins_15184": 0, "ins_bofa": 1300, "5301a93ac140de84910000e0": 1300, "ins_ins_15184": 1300,
	} {
		a := form(t, b, "POST", "/connect", "type="+kind+" username=plaid_test password=plaid_good")
		if a.code() != code || code == 0 && a.body["access_token"] != "test_15184" {
			t.Errorf("%s: %.200s", kind, a.raw)
		}
	}
}

// TestProductBodies checks what each product tells beside the accounts.
func TestProductBodies(t *testing.T) {
	b := openBank()
	for product, want := range map[string][]string{
		"connect": {"access_token", "accounts", "transactions"},
		"auth":    {"access_token", "accounts"},
		"info":    {"access_token", "accounts", "info"},
		"income":  {"access_token", "accounts", "income"},
		"risk":    {"access_token", "accounts"},
	} {
		for _, r := range [][2]string{
			{"POST", "/" + product + "/get"}, {"GET", "/" + product + "/get"}, {"GET", "/" + product},
		} {
			a := form(t, b, r[0], r[1], "access_token=test_wells")
			var keys []string
			for k := range a.body {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			if a.status != 200 || !slices.Equal(keys, want) {
				t.Errorf("%s %s: %d %v", r[0], r[1], a.status, keys)
			}
			_, numbers := a.at("accounts", 0, "numbers").(map[string]any)
			_, risk := a.at("accounts", 3, "risk").(map[string]any)
			if numbers != (product == "auth") || risk != (product == "risk") {
				t.Errorf("%s %s: numbers %v, risk %v", r[0], r[1], numbers, risk)
			}
		}
	}
	if a := form(t, b, "POST", "/balance", "access_token=test_chase"); a.status != 200 || len(a.body) != 2 || a.at("accounts", 0, "numbers") != nil {
		t.Errorf("balance: %s", a.raw)
	}
	a := form(t, b, "POST", "/auth/get", "access_token=test_wells")
	if n, ok := a.at("accounts", 3, "numbers").(map[string]any); !ok || len(n) != 0 || a.at("accounts", 0, "numbers", "account") != "9900009606" {
		t.Errorf("numbers: %s", a.raw)
	}
	a = form(t, b, "POST", "/income/get", "access_token=test_wells")
	if a.at("income", "income_streams", 1, "confidence") != 0.95 || a.at("income", "projected_yearly_income_before_tax") != 97520.0 {
		t.Errorf("income: %s", a.raw)
	}
	a = form(t, b, "POST", "/risk/get", "access_token=test_wells")
	if a.at("accounts", 3, "risk", "score") != 0.79 || a.at("accounts", 0, "risk", "reason", "benfords_law") != 0.65 {
		t.Errorf("risk: %s", a.raw)
	}
}

// TestWindows counts what the recorded filters of legacy-api §2.4 let through.
func TestWindows(t *testing.T) {
	b := openBank()
	for options, want := range map[string]int{
		`{}`:               16,
		`{"pending":true}`: 16,
		`{"account":"` + savingsID + `","gte":"2012-01-01","lte":"2016-01-01"}`: 2,
		`{"gte":"2014-07-24","lte":"2014-07-25"}`:                               1,
		`{"gte":"2014-04-01","lte":"2014-05-01"}`:                               5,
		`{"gte":"2014-07-01"}`:                                                  2,
		`{"lte":"2014-04-01"}`:                                                  1,
		`{"start_date":"04/01/2014","end_date":"5/1/2014"}`:                     5,
		`{"gte":"837","lte":"today"}`:                                           -1,
		`{"gte":"1000_days_ago"}`:                                               -1,
		`{"last":"806"}`:                                                        1, // from 2014-07-22 on
		`{"last":810}`:                                                          2,
		`{"account":"unknown"}`:                                                 0,
	} {
		a := form(t, b, "POST", "/connect/get", "access_token=test_bofa options="+options)
		if got := a.length("transactions"); got != want || want >= 0 && a.length("accounts") != 4 {
			t.Errorf("%s: %d transactions, want %d", options, got, want)
		}
	}
}

// TestDatesAreForConnectOnly: no other product has a window, so none minds a
// date that connect would refuse.
func TestDatesAreForConnectOnly(t *testing.T) {
	b := openBank()
	for _, product := range products {
		want := 0
		if product == "connect" {
			want = 1507
		}
		for path, fields := range map[string]string{
			"/" + product:           "type=wells username=plaid_test password=plaid_good",
			"/" + product + "/step": "access_token=test_bofa mfa=tomato",
			"/" + product + "/get":  "access_token=test_wells",
			"/upgrade":              "access_token=test_wells upgrade_to=" + product,
			"/upgrade/step":         "access_token=test_bofa mfa=tomato upgrade_to=" + product,
		} {
			for _, option := range []string{"start_date", "end_date", "gte", "lte", "last"} {
				a := form(t, b, "POST", path, fields+" "+option+"=soon")
				if a.code() != want {
					t.Errorf("%s %s with %s: %.200s", product, path, option, a.raw)
				}
			}
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2014-07-24": "2014-07-24", "07/24/2014": "2014-07-24", "7/4/2014": "2014-07-04",
		"30 days ago": "2016-09-05", "1 day ago": "2016-10-04", "2 Weeks ago": "2016-09-21",
		"3 months ago": "2016-07-05", "1 year ago": "2015-10-05", " today ": "2016-10-05", "yesterday": "2016-10-04",
		"65535 years ago": "",
	} {
		if got, ok := parseDate(in, fixedNow); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "soon", "2014-7-4x", "2014-13-01", "-1 days ago", "1 fortnight ago", "days ago", "1 day hence"} {
		if got, ok := parseDate(in, fixedNow); ok {
			t.Errorf("%q is taken for %q", in, got)
		}
	}
}

func TestOriginalDescription(t *testing.T) {
	b := openBank()
	for options, want := range map[string]any{`{}`: nil, `{"include_original_description":true}`: "ATM Withdrawal"} {
		a := form(t, b, "POST", "/connect/get", "access_token=test_bofa options="+options)
		if got := a.at("transactions", 0, "original_description"); got != want {
			t.Errorf("%s: %v", options, got)
		}
	}
}

func TestUpdate(t *testing.T) {
	b := openBank()
	const good = " username=plaid_test password=plaid_good"
	for _, tc := range []struct {
		fields string
		status int
		asks   string
	}{
		{"access_token=test_bofa" + good, 201, "questions"},
		{"access_token=test_usaa pin=1234" + good, 201, "questions"},
		{"access_token=test_chase" + good, 201, "device"},
		{"access_token=test_chase list=true" + good, 201, "list"},
		{"access_token=test_citi username=plaid_selections password=plaid_good", 201, "selections"},
		{"access_token=test_citi" + good, 200, ""},
		{"access_token=test_amex" + good, 200, ""},
		{"access_token=test_wells" + good, 200, ""},
		{"access_token=test_wells webhook=http://example.com/hook", 200, ""},
	} {
		for _, product := range []string{"connect", "auth"} { // not gated: amex has no auth
			a := form(t, b, "PATCH", "/"+product, tc.fields)
			kind, _ := a.body["type"].(string)
			if a.status != tc.status || kind != tc.asks {
				t.Errorf("PATCH %s %s: %d %s", product, tc.fields, a.status, a.raw)
			}
			if tc.status == 200 && (a.length("accounts") != 4 || a.body["transactions"] != nil) {
				t.Errorf("PATCH %s %s: %s", product, tc.fields, a.raw)
			}
		}
	}
	a := form(t, b, "PATCH", "/connect/step", "access_token=test_bofa mfa=tomato"+good)
	if a.status != 200 || a.length("transactions") != 16 {
		t.Errorf("PATCH step: %s", a.raw)
	}
}

func TestRemoveLeavesNoTrace(t *testing.T) {
	b := openBank()
	for range 2 {
		a := form(t, b, "DELETE", "/connect", "access_token=test_chase")
		if a.status != 200 || a.body["message"] != "Successfully removed from your account" {
			t.Errorf("remove: %s", a.raw)
		}
	}
}

func TestUpgrade(t *testing.T) {
	b := openBank()
	for _, tc := range []struct{ kind, product, has string }{
		{"chase", "info", "info"},
		{"chase", "connect", "transactions"},
		{"bofa", "info", "info"},
		{"wells", "connect", "transactions"},
		{"wells", "auth", "accounts"},
		{"amex", "income", "income"},
	} {
		a := form(t, b, "POST", "/upgrade", "access_token=test_"+tc.kind+" upgrade_to="+tc.product)
		if a.status != 200 || a.body[tc.has] == nil || a.body["access_token"] != "test_"+tc.kind {
			t.Errorf("%s to %s: %d %.300s", tc.kind, tc.product, a.status, a.raw)
		}
	}
	a := form(t, b, "POST", "/upgrade/step", "access_token=test_bofa mfa=tomato upgrade_to=info")
	if a.status != 200 || a.body["info"] == nil {
		t.Errorf("upgrade step: %s", a.raw)
	}
	a = form(t, b, "POST", "/upgrade/step", `access_token=test_chase options={"send_method":{"type":"phone"}}`)
	if a.status != 201 || a.body["type"] != "device" {
		t.Errorf("upgrade send_method: %s", a.raw)
	}
	a = form(t, b, "POST", "/upgrade/step", "access_token=test_chase mfa=1234")
	if a.status != 200 || a.length("transactions") != 16 {
		t.Errorf("upgrade step without a product: %s", a.raw)
	}
}

func TestExchange(t *testing.T) {
	b := openBank()
	for _, public := range []string{"test,bofa,connected", "test%2Cbofa%2Cconnected"} {
		a := form(t, b, "POST", "/exchange_token", "public_token="+public)
		if a.status != 200 || a.raw != "{\n  \"sandbox\": true,\n  \"access_token\": \"test_bofa\"\n}" {
			t.Errorf("exchange %s: %s", public, a.raw)
		}
	}
	a := form(t, b, "POST", "/exchange_token", "public_token=test,chase,connected account_id="+checkingID)
	token, _ := a.body["stripe_bank_account_token"].(string)
	again := form(t, b, "POST", "/exchange_token", "public_token=test,chase,connected account_id="+checkingID)
	if a.status != 200 || len(token) != 25 || token[:5] != "btok_" || a.raw != again.raw || a.body["account_id"] != checkingID {
		t.Errorf("exchange for an account: %s, then %s", a.raw, again.raw)
	}
}
