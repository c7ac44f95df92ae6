package sandbox

import (
	"strconv"
	"testing"
)

// TestProblemsOnTheWire causes every error that the original sandbox could
// produce (legacy-api §4.2, marked †) and every outcome of §4.3.
func TestProblemsOnTheWire(t *testing.T) {
	const (
		good = " username=plaid_test password=plaid_good"
		tok  = "access_token=test_wells"
	)
	for _, tc := range []struct {
		name, method, path, fields string
		status, code               int
		message                    string
		echo                       string // the access token in the answer
	}{
		{"no token", "POST", "/connect/get", "", 400, 1000, "access_token missing", ""},
		{"no token on PATCH", "PATCH", "/connect", good, 400, 1000, "", ""},
		{"no token on DELETE", "DELETE", "/auth", "", 400, 1000, "", ""},
		{"no token on balance", "GET", "/balance", "", 400, 1000, "", ""},
		{"no token on step", "POST", "/connect/step", "mfa=tomato", 400, 1000, "", ""},
		{"no token on upgrade", "POST", "/upgrade", "upgrade_to=info", 400, 1000, "", ""},
		{"no token on upgrade step", "POST", "/upgrade/step", "mfa=tomato", 400, 1000, "", ""},
		{"no type", "POST", "/connect", good, 400, 1001, "type missing", ""},
		{"token on add", "POST", "/connect", tok + " type=wells" + good, 400, 1003, "access_token disallowed", "test_wells"},
		{"options not JSON", "POST", "/connect/get", tok + " options={gte", 400, 1004, "invalid options format", "test_wells"},
		{"options a number", "POST", "/connect/get", tok + " options=5", 400, 1004, "", "test_wells"},
		{"no password", "POST", "/connect", "type=wells username=plaid_test", 400, 1005, "credentials missing", ""},
		{"no username", "POST", "/connect", "type=wells password=plaid_good", 400, 1005, "", ""},
		{"usaa without pin", "POST", "/connect", "type=usaa" + good, 400, 1005, "", ""},
		{"PATCH with nothing", "PATCH", "/connect", tok, 400, 1005, "", "test_wells"},
		{"credentials not JSON", "POST", "/connect", "type=wells credentials=plaid_test", 400, 1006, "invalid credentials format", ""},
		{"no upgrade_to", "POST", "/upgrade", tok, 400, 1007, "upgrade_to required", "test_wells"},
		{"no client id", "POST", "/connect", "client_id=", 401, 1100, "client_id missing", ""},
		{"no client id on GET", "GET", "/connect", "client_id= " + tok, 401, 1100, "", ""},
		{"no secret", "POST", "/connect", "secret=", 401, 1101, "secret missing", ""},
		{"wrong client id", "POST", "/connect/get", "client_id=x " + tok, 401, 1102, "secret or client_id invalid", ""},
		{"wrong secret", "DELETE", "/connect", "secret=x " + tok, 401, 1102, "", ""},
		{"token foo", "POST", "/connect/get", "access_token=foo", 401, 1105, "bad access_token", "foo"},
		{"token bad_token", "GET", "/balance", "access_token=bad_token", 401, 1105, "", "bad_token"},
		{"token test_bad", "DELETE", "/connect", "access_token=test_bad", 401, 1105, "", "test_bad"},
		{"token test_zoba", "PATCH", "/auth", "access_token=test_zoba" + good, 401, 1105, "", "test_zoba"},
		{"token test_", "POST", "/upgrade", "access_token=test_ upgrade_to=info", 401, 1105, "", "test_"},
		{"bad token on upgrade step", "POST", "/upgrade/step", "access_token=nope mfa=1234", 401, 1105, "", "nope"},
		{"public token of an unknown type", "POST", "/exchange_token", "public_token=test,zoba,connected", 401, 1106, "bad public_token", ""},
		{"no public token", "POST", "/exchange_token", "", 401, 1107, "missing public_token", ""},
		{"public token badvalue", "POST", "/exchange_token", "public_token=badvalue", 401, 1109, "unauthorized product", ""},
		{"public token without connected", "POST", "/exchange_token", "public_token=test,bofa,x", 401, 1109, "", ""},
		{"upgrade to nonsense", "POST", "/upgrade", tok + " upgrade_to=balance", 401, 1111, "invalid upgrade", "test_wells"},
		{"upgrade step to nonsense", "POST", "/upgrade/step", "access_token=test_bofa upgrade_to=x mfa=tomato", 401, 1111, "", "test_bofa"},
		{"bad password", "POST", "/connect", "type=wells username=plaid_test password=plaid_bad", 402, 1200, "invalid credentials", ""},
		{"unknown user", "POST", "/auth", "type=wells username=nobody password=plaid_good", 402, 1200, "", ""},
		{"plaid_selections outside citi", "POST", "/connect", "type=chase username=plaid_selections password=plaid_good", 402, 1200, "", ""},
		{"PATCH with a username only", "PATCH", "/connect", tok + " username=plaid_test", 402, 1200, "", "test_wells"},
		{"PATCH usaa without pin", "PATCH", "/connect", "access_token=test_usaa" + good, 402, 1200, "", "test_usaa"},
		{"PATCH with a bad password", "PATCH", "/connect", tok + " username=plaid_test password=x", 402, 1200, "", "test_wells"},
		{"wrong answer", "POST", "/connect/step", "access_token=test_bofa mfa=banana", 402, 1203, "invalid mfa", "test_bofa"},
		{"no answer", "POST", "/connect/step", "access_token=test_bofa", 402, 1203, "", "test_bofa"},
		{"unknown device", "POST", "/connect/step", `access_token=test_chase options={"send_method":{"type":"pigeon"}}`, 402, 1204, "invalid send_method", "test_chase"},
		{"unknown mask", "POST", "/connect/step", `access_token=test_chase options={"send_method":{"mask":"email"}}`, 402, 1204, "", "test_chase"},
		{"method not an object", "POST", "/connect/step", `access_token=test_chase options={"send_method":"phone"}`, 402, 1204, "", "test_chase"},
		{"locked", "POST", "/connect", "type=wells username=plaid_test password=plaid_locked", 402, 1205, "account locked", ""},
		{"locked on PATCH", "PATCH", "/info", tok + " username=plaid_test password=plaid_locked", 402, 1205, "", "test_wells"},
		{"wrong pin", "POST", "/connect", "type=usaa pin=4321" + good, 402, 1209, "invalid pin", ""},
		{"step without a factor", "POST", "/connect/step", tok + " mfa=tomato", 401, 1218, "mfa not required", "test_wells"},
		{"unknown type", "POST", "/connect", "type=notpnc" + good, 404, 1300, "institution not available", ""},
		{"unknown institution", "GET", "/institutions/xxx", "", 404, 1301, "unable to find institution", ""},
		{"unknown institution, newer path", "GET", "/institutions/all/xxx", "", 404, 1301, "", ""},
		{"count 0", "POST", "/institutions/all", "count=0", 402, 1304, "invalid institution paging parameters", ""},
		{"count over the bound", "POST", "/institutions/all", "count=1001", 402, 1304, "", ""},
		{"count text", "POST", "/institutions/longtail", "count=many", 402, 1304, "", ""},
		{"offset negative", "POST", "/institutions/longtail", "offset=-1", 402, 1304, "", ""},
		{"offset fraction", "POST", "/institutions/all", "offset=1.5", 402, 1304, "", ""},
		{"search for nothing", "GET", "/institutions/search", "", 402, 1305, "invalid institution query parameters", ""},
		{"search for blanks", "GET", "/institutions/all/search?q=+", "", 402, 1305, "", ""},
		{"unknown category", "GET", "/categories/pnc", "", 404, 1501, "unable to find category", ""},
		{"bad date", "POST", "/connect/get", tok + " gte=soon", 400, 1507, "invalid date", "test_wells"},
		{"no such day", "POST", "/connect/get", tok + " lte=2014-02-30", 400, 1507, "", "test_wells"},
		{"unknown path", "GET", "/nowhere", "", 404, 1600, "product not found", ""},
		{"root", "GET", "/", "", 404, 1600, "", ""},
		{"wrong verb", "GET", "/upgrade", tok, 404, 1600, "", ""},
		{"wrong verb on a list", "DELETE", "/institutions", "", 404, 1600, "", ""},
		{"escaped slash", "GET", "/institutions%2Fbofa", "", 404, 1600, "", ""},
		{"escaped slash in lower case", "POST", "/connect%2fget", tok, 404, 1600, "", ""},
		{"escaped slash in an id", "GET", "/institutions/all%2Fbofa", "", 404, 1301, "", ""},
		{"escaped slash at the end", "GET", "/categories%2F", "", 404, 1600, "", ""},
		{"escape of an escape", "GET", "/institutions/all%252Fbofa", "", 404, 1301, "", ""},
		{"auth at amex", "POST", "/auth", "type=amex" + good, 404, 1601, "product not available", ""},
		{"connect at pnc", "POST", "/connect", "type=pnc" + good, 404, 1601, "", ""},
		{"product before credentials", "POST", "/income", "type=schwab", 404, 1601, "", ""},
		{"unknown account", "POST", "/exchange_token", "public_token=test,bofa,connected account_id=x", 404, 1606, "account not found", ""},
		{"card account", "POST", "/exchange_token", "public_token=test,bofa,connected account_id=" + cardID, 400, 2001, "non-depository account ID specified", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := form(t, openBank(), tc.method, tc.path, tc.fields)
			if a.status != tc.status || a.code() != tc.code {
				t.Fatalf("%d/%d, want %d/%d\n%s", a.status, a.code(), tc.status, tc.code, a.raw)
			}
			if tc.message != "" && a.body["message"] != tc.message {
				t.Errorf("message %q, want %q", a.body["message"], tc.message)
			}
			if echo, _ := a.body["access_token"].(string); echo != tc.echo {
				t.Errorf("echoes %q, want %q", echo, tc.echo)
			}
			if len(a.body) != 3 && tc.echo == "" || a.body["resolve"] == "" {
				t.Errorf("odd members: %s", a.raw)
			}
		})
	}
}

// TestFailuresBank signs in with a username that asks for each code there is.
func TestFailuresBank(t *testing.T) {
	b := openBank()
	bank := failuresBank().Type
	for _, p := range problems {
		username := "fail_" + strconv.Itoa(int(p.code))
		a := form(t, b, "POST", "/connect", "type="+bank+" password=plaid_good username="+username)
		if a.status != p.status || a.code() != int(p.code) || a.body["message"] != p.message || a.body["resolve"] != p.resolve {
			t.Errorf("%s: %d %s", username, a.status, a.raw)
		}
	}
	for _, fields := range []string{
		" password=wrong username=fail_1303",
		" password=plaid_good username=fail_9999",
		" password=plaid_good username=fail_x",
	} {
		if a := form(t, b, "POST", "/auth", "type="+bank+fields); a.code() != 1200 {
			t.Errorf("%s: %s", fields, a.raw)
		}
	}
	if a := form(t, b, "POST", "/connect", "type=wells password=plaid_good username=fail_1303"); a.code() != 1200 {
		t.Errorf("another bank knows the failures: %s", a.raw)
	}
}

func TestProblemTable(t *testing.T) {
	for i, p := range problems {
		if i > 0 && problems[i-1].code >= p.code {
			t.Errorf("%d is out of order", p.code)
		}
		if p.status < 400 || p.message == "" || p.resolve == "" {
			t.Errorf("%d is incomplete: %+v", p.code, p)
		}
	}
}
