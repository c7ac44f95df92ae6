package sandbox

// code is the number of a problem on the wire.
type code int

// The codes that the handlers answer with; a fault may ask for any other.
const (
	fine                   code = 0 // no problem
	tokenMissing           code = 1000
	typeMissing            code = 1001
	tokenDisallowed        code = 1003
	badOptions             code = 1004
	credentialsMissing     code = 1005
	badCredentials         code = 1006
	upgradeMissing         code = 1007
	badContentType         code = 1009
	clientIDMissing        code = 1100
	secretMissing          code = 1101
	wrongKeys              code = 1102
	badToken               code = 1105
	badPublicToken         code = 1106
	publicTokenMissing     code = 1107
	notForTestKeys         code = 1109
	invalidUpgrade         code = 1111
	invalidCredentials     code = 1200
	invalidMFA             code = 1203
	invalidSendMethod      code = 1204
	accountLocked          code = 1205
	invalidPIN             code = 1209
	invalidPatchUsername   code = 1213
	mfaReset               code = 1215
	mfaNotRequired         code = 1218
	institutionUnavailable code = 1300
	institutionUnknown     code = 1301
	invalidPaging          code = 1304
	invalidQuery           code = 1305
	categoryUnknown        code = 1501
	invalidDate            code = 1507
	routeUnknown           code = 1600
	productUnavailable     code = 1601
	accountUnknown         code = 1606
	plaidError             code = 1702
	notDepository          code = 2001
)

// problem is one error answer of the wire (legacy-api §4).
type problem struct {
	code    code
	status  int    // HTTP
	message string // wire strings, to the letter
	resolve string
}

// lookProblem finds the problem of a code; ok is false for codes the wire never had.
func lookProblem(c code) (p problem, ok bool) {
	for _, p := range problems {
		if p.code == c {
			return p, true
		}
	}
	return problem{}, false
}

// problems is every code in use from 2015 to 2017, by code.
var problems = [...]problem{
	{1000, 400, "access_token missing", "You need to include the access_token that you received from the original submit call."},
	{1001, 400, "type missing", "You need to include a type parameter. Ex. bofa, wells, amex, chase, citi, etc."},
	{1003, 400, "access_token disallowed", "You included an access_token on a submit call - this is only allowed on step and get routes."},
	{1004, 400, "invalid options format", "Options need to be JSON or stringified JSON."},
	{1005, 400, "credentials missing", "Provide username, password, and pin if appropriate."},
	{1006, 400, "invalid credentials format", "Credentials need to be JSON or stringified JSON."},
	{1007, 400, "upgrade_to required", "In order to upgrade an account, an upgrade_to field is required , ex. connect"},
	{1008, 400, "unsupported access_token", "This access token format is no longer supported. Contact support to resolve."},
	{1009, 400, "invalid content-type", "Valid 'Content-Type' headers are 'application/json' and 'application/x-www-form-urlencoded' with an optional 'UTF-8' charset."},
	{1100, 401, "client_id missing", "Include your Client ID so we know who you are."},
	{1101, 401, "secret missing", "Include your Secret so we can verify your identity."},
	{1102, 401, "secret or client_id invalid", "The Client ID does not exist or the Secret does not match the Client ID you provided."},
	{1104, 401, "unauthorized product", "Your Client ID does not have access to this product. Contact us to purchase this product."},
	{1105, 401, "bad access_token", "This access_token appears to be corrupted."},
	{1106, 401, "bad public_token", "This public_token is corrupt or does not exist in our database. See https://github.com/plaid/link for docs."},
	{1107, 401, "missing public_token", "Include the public_token received from the Plaid Link module. See https://github.com/plaid/link for docs."},
	{1108, 401, "invalid type", "This institution is not currently supported."},
	{1109, 401, "unauthorized product", "The sandbox client_id and secret can only be used with sandbox credentials and access tokens. See https://plaid.com/docs/api#sandbox."},
	{1110, 401, "product not enabled", "This product is not enabled for this item. Use the upgrade route to add it."},
	{1111, 401, "invalid upgrade", "Specify a valid product to upgrade this item to."},
	{1112, 401, "addition limit exceeded", "You have reached the maximum number of additions. Contact us to raise your limit."},
	{1113, 429, "rate limit exceeded", "You have exceeded your request rate limit for this product. Try again soon."},
	{1114, 401, "unauthorized environment", "Your Client ID is not authorized to access this API environment. Contact support@plaid.com to gain access."},
	{1115, 401, "product already enabled", "The specified product is already enabled for this item. Call the corresponding product endpoint directly."},
	{1200, 402, "invalid credentials", "The username or password provided were not correct."},
	{1201, 402, "invalid username", "The username provided was not correct."},
	{1202, 402, "invalid password", "The password provided was not correct."},
	{1203, 402, "invalid mfa", "The MFA response provided was not correct."},
	{1204, 402, "invalid send_method", "The MFA send_method provided was invalid. Consult the documentation for the proper format."},
	{1205, 402, "account locked", "The account is locked. Prompt the user to visit the issuing institution's site and unlock their account."},
	{1206, 402, "account not setup", "The account has not been fully set up. Prompt the user to visit the issuing institution's site and finish the setup process."},
	{1207, 402, "country not supported", "We're United States-only at this point!"},
	{1208, 402, "mfa not supported", "This account requires a form of MFA that is not currently supported. Other accounts at this institution with a different form of MFA may be supported."},
	{1209, 402, "invalid pin", "The pin provided was not correct."},
	{1210, 402, "account not supported", "This account is currently not supported."},
	{1211, 402, "bofa account not supported", "The security rules for this account restrict access. Disable 'Extra Security at Sign-In' in your Bank of America settings."},
	{1212, 402, "no accounts", "No valid accounts exist for this user."},
	{1213, 402, "invalid patch username", "The username in a PATCH request must match the username provided in the initial add user POST request."},
	{1215, 402, "mfa reset", "MFA access has changed or this application's access has been revoked. Submit a PATCH call to resolve."},
	{1218, 401, "mfa not required", "This item does not require the MFA process at this time."},
	{1219, 402, "wells account not supported", "The security rules for this account restrict access. Disable 'Enhanced Sign On' in your Wells Fargo settings."},
	{1300, 404, "institution not available", "This institution is not yet available in this environment."},
	{1301, 404, "unable to find institution", "Double-check the provided institution ID."},
	{1302, 402, "institution not responding", "The institution is failing to respond to our request, if you resubmit the query the request may go through."},
	{1303, 402, "institution down", "The institution is down for an indeterminate amount of time, if you resubmit in a couple hours it may go through."},
	{1304, 402, "invalid institution paging parameters", "Paging parameters must include a non-negative integer 'offset' and positive integer 'count'"},
	{1305, 402, "invalid institution query parameters", "Query parameters must include a non-empty query string"},
	{1307, 402, "institution no longer supported", "This institution is no longer supported by our longtail partner."},
	{1501, 404, "unable to find category", "Double-check the provided category ID."},
	{1502, 400, "type required", "You must include a type parameter."},
	{1503, 400, "invalid type", "The specified type is not supported."},
	{1507, 400, "invalid date", "Consult the documentation for valid date formats."},
	{1600, 404, "product not found", "This product doesn't exist yet, we're actually not sure how you reached this error..."},
	{1601, 404, "product not available", "This product is not yet available for this institution."},
	{1606, 404, "account not found", "The account ID provided was not correct."},
	{1610, 404, "item not found", "No matching items found; go add an account!"},
	{1700, 501, "extractor error", "We failed to pull the required information from the institution - make sure the user can access their account; we have been notified."},
	{1701, 502, "extractor error retry", "We failed to pull the required information from the institution - resubmit this query."},
	{1702, 500, "plaid error", "An unexpected error has occurred on our systems; we've been notified and are looking into it!"},
	{1800, 503, "planned maintenance", "Portions of our system are down for maintenance. This route is inaccessible. GET requests to Auth and Connect may succeed."},
	{2001, 400, "non-depository account ID specified", "Specify a valid depository account ID."},
	{2002, 400, "unable to generate bank account token", "The bank account token could not be generated. Try again."},
}

// problem writes an error answer; token is echoed unless it is empty.
func (t *text) problem(p problem, token string) {
	t.open('{')
	t.int("code", int(p.code))
	t.string("message", p.message)
	t.string("resolve", p.resolve)
	if token != "" {
		t.string("access_token", token)
	}
	t.close('}')
}
