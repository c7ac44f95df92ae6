package sandbox

import "testing"

// TestEveryCodeOfTheReference asks for each code of legacy-api §4.2. The table
// is taken from there, not from the package's own, so that neither can err alone.
func TestEveryCodeOfTheReference(t *testing.T) {
	for _, tc := range []struct {
		code, status int
		message      string
	}{
		{1000, 400, "access_token missing"},
		{1001, 400, "type missing"},
		{1003, 400, "access_token disallowed"},
		{1004, 400, "invalid options format"},
		{1005, 400, "credentials missing"},
		{1006, 400, "invalid credentials format"},
		{1007, 400, "upgrade_to required"},
		{1008, 400, "unsupported access_token"},
		{1009, 400, "invalid content-type"},
		{1100, 401, "client_id missing"},
		{1101, 401, "secret missing"},
		{1102, 401, "secret or client_id invalid"},
		{1104, 401, "unauthorized product"},
		{1105, 401, "bad access_token"},
		{1106, 401, "bad public_token"},
		{1107, 401, "missing public_token"},
		{1108, 401, "invalid type"},
		{1109, 401, "unauthorized product"},
		{1110, 401, "product not enabled"},
		{1111, 401, "invalid upgrade"},
		{1112, 401, "addition limit exceeded"},
		{1113, 429, "rate limit exceeded"},
		{1114, 401, "unauthorized environment"},
		{1115, 401, "product already enabled"},
		{1200, 402, "invalid credentials"},
		{1201, 402, "invalid username"},
		{1202, 402, "invalid password"},
		{1203, 402, "invalid mfa"},
		{1204, 402, "invalid send_method"},
		{1205, 402, "account locked"},
		{1206, 402, "account not setup"},
		{1207, 402, "country not supported"},
		{1208, 402, "mfa not supported"},
		{1209, 402, "invalid pin"},
		{1210, 402, "account not supported"},
		{1211, 402, "bofa account not supported"},
		{1212, 402, "no accounts"},
		{1213, 402, "invalid patch username"},
		{1215, 402, "mfa reset"},
		{1218, 401, "mfa not required"},
		{1219, 402, "wells account not supported"},
		{1300, 404, "institution not available"},
		{1301, 404, "unable to find institution"},
		{1302, 402, "institution not responding"},
		{1303, 402, "institution down"},
		{1304, 402, "invalid institution paging parameters"},
		{1305, 402, "invalid institution query parameters"},
		{1307, 402, "institution no longer supported"},
		{1501, 404, "unable to find category"},
		{1502, 400, "type required"},
		{1503, 400, "invalid type"},
		{1507, 400, "invalid date"},
		{1600, 404, "product not found"},
		{1601, 404, "product not available"},
		{1606, 404, "account not found"},
		{1610, 404, "item not found"},
		{1700, 501, "extractor error"},
		{1701, 502, "extractor error retry"},
		{1702, 500, "plaid error"},
		{1800, 503, "planned maintenance"},
		{2001, 400, "non-depository account ID specified"},
		{2002, 400, "unable to generate bank account token"},
	} {
		b := openBank()
		b.Fault(Fault{Code: tc.code})
		a := form(t, b, "POST", "/connect/get", "access_token=test_wells")
		if a.status != tc.status || a.code() != tc.code || a.body["message"] != tc.message {
			t.Errorf("%d/%d %q, want %d/%d %q", a.status, a.code(), a.body["message"], tc.status, tc.code, tc.message)
		}
		if resolve, _ := a.body["resolve"].(string); resolve == "" {
			t.Errorf("%d says nothing of what to do: %s", tc.code, a.raw)
		}
	}
}
