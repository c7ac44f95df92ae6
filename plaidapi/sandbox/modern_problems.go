package sandbox

import (
	"cmp"
	"net/http"
	"slices"
)

// trouble is one error of the modern wire. It says of itself only what it does
// not have from the catalogue.
type trouble struct {
	code    string
	message string // for developers
}

func troubled(code, message string) *trouble { return &trouble{code, message} }

// catalogued is a trouble with the catalogue's own message.
func catalogued(code string) *trouble { return &trouble{code: code} }

func notFound() *trouble { return catalogued("NOT_FOUND") }

// kindOfTrouble is what all errors of one code have in common.
type kindOfTrouble struct {
	code, kind string
	status     int    // 0: 400
	message    string // when none is given
	display    string // for people; "" when it is not their doing
}

// catalogue is every error of modern-api §4 that the practice bank answers with
// by itself or on request, by type and then by code.
func catalogue() []kindOfTrouble {
	return slices.Concat(requestTroubles(), itemTroubles(), serviceTroubles())
}

func requestTroubles() []kindOfTrouble {
	const request, input = "INVALID_REQUEST", "INVALID_INPUT"
	return []kindOfTrouble{
		{"INCOMPATIBLE_API_VERSION", request, 0, "the API version requested is not compatible with this server", ""},
		{"INVALID_BODY", request, 0, "body could not be parsed as JSON", ""},
		{"INVALID_FIELD", request, 0, "a field has an invalid value", ""},
		{"INVALID_HEADERS", request, 0, "a header is missing or invalid", ""},
		{"MISSING_FIELDS", request, 0, "required fields are missing", ""},
		{"NOT_FOUND", request, http.StatusNotFound, "the requested resource was not found", ""},
		{"NO_LONGER_AVAILABLE", request, http.StatusNotFound, "this endpoint is no longer available", ""},
		{"SANDBOX_ONLY", request, 0, "this endpoint is only available in the Sandbox environment", ""},
		{"UNKNOWN_FIELDS", request, 0, "fields are not recognized by this endpoint", ""},

		{"ADDITIONAL_CONSENT_REQUIRED", input, 0, "client does not have user consent to access the requested product", ""},
		{"DIRECT_INTEGRATION_NOT_ENABLED", input, 0, "your client ID is only authorized to use Plaid Link", ""},
		{"INVALID_ACCESS_TOKEN", input, 0, "could not find matching access token", ""},
		{"INVALID_ACCOUNT_ID", input, 0, "failed to find requested account ID for requested item", ""},
		{"INVALID_API_KEYS", input, 0, "invalid client_id or secret provided", ""},
		{"INVALID_INSTITUTION", input, 0, "invalid institution_id provided", ""},
		{"INVALID_LINK_CUSTOMIZATION", input, 0, "requested link customization is not set up with Data Transparency", ""},
		{"INVALID_LINK_TOKEN", input, 0, "invalid link token provided: it does not exist or has expired", ""},
		{"INVALID_PRODUCT", input, 0, "client is not authorized to access the requested products", ""},
		{"INVALID_PUBLIC_TOKEN", input, 0, "could not find matching public token", ""},
		{"UNAUTHORIZED_ENVIRONMENT", input, 0, "you are not authorized to create items in this API environment", ""},
		{"UNAUTHORIZED_INSTITUTION", input, 0, "not authorized to create items for this institution", ""},
		{"INVALID_USER_IDENTITY_DATA", "USER_ERROR", http.StatusForbidden, "the identity data of the user is invalid", ""},
		{"SANDBOX_WEBHOOK_INVALID", "SANDBOX_ERROR", 0, "webhook for this item is either not set up, or invalid", ""},
		{"LAST_UPDATED_DATETIME_OUT_OF_RANGE", "INVALID_RESULT", 0, "requested datetime out of range", ""},
	}
}

func itemTroubles() []kindOfTrouble {
	const item = "ITEM_ERROR"
	return []kindOfTrouble{
		{"ACCESS_NOT_GRANTED", item, 0, "access to this product was not granted for the account", "The user did not grant the necessary permissions for their account."},
		{"INSUFFICIENT_CREDENTIALS", item, 0, "insufficient authorization was granted to complete the request", "The credentials were not complete."},
		{"INVALID_CREDENTIALS", item, 0, "the provided credentials were not correct", "The provided credentials were not correct. Please try again."},
		{"INVALID_MFA", item, 0, "the provided MFA response(s) were not correct", "The provided MFA responses were not correct. Please try again."},
		{"INVALID_UPDATED_USERNAME", item, 0, "the username submitted to update mode does not match that of the item", "The username you entered does not match the one that was linked. Please use that one."},
		{"ITEM_CONCURRENTLY_DELETED", item, 0, "this item was deleted while the operation was in progress", ""},
		{"ITEM_LOCKED", item, 0, "the account is locked. prompt the user to visit the institution's site and unlock their account", "The given account is locked and must be unlocked at the institution's site."},
		{"ITEM_LOGIN_REQUIRED", item, 0, "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state", "Please sign in to the bank again."},
		{"ITEM_NOT_FOUND", item, 0, "the item you requested cannot be found. it does not exist, has been deleted, or has had access to it revoked by the user", ""},
		{"ITEM_NOT_SUPPORTED", item, 0, "this account is currently not supported", "The given account is not currently supported for this financial institution."},
		{"MFA_NOT_SUPPORTED", item, 0, "this account requires an MFA type that is not supported", "This account requires a second step that is not supported."},
		{"NO_ACCOUNTS", item, 0, "no valid accounts were found for this item", "No valid accounts were found at the financial institution."},
		{"NO_AUTH_ACCOUNTS", item, 0, "there are no valid checking or savings account(s) associated with this item", "There are no valid checking or savings accounts."},
		{"NO_INVESTMENT_ACCOUNTS", item, 0, "there are no valid investment account(s) associated with this item", "There are no investment accounts at this financial institution."},
		{"NO_LIABILITY_ACCOUNTS", item, 0, "there are no valid liability account(s) associated with this item", "There are no loan or credit accounts at this financial institution."},
		{"PASSWORD_RESET_REQUIRED", item, 0, "the user must change their password at the institution's site", "You must change your password at the bank's own site first."},
		{"PRODUCTS_NOT_SUPPORTED", item, 0, "the requested product is not supported by this item", ""},
		{"PRODUCT_NOT_ENABLED", item, 0, "the requested product was not enabled for the current access token", ""},
		{"PRODUCT_NOT_READY", item, 0, "the requested product is not yet ready. please provide a webhook or try the request again later", ""},
		{"USER_INPUT_TIMEOUT", item, 0, "user did not provide required answer in time", "The user took too long to answer."},
		{"USER_PERMISSION_REVOKED", item, 0, "the user has revoked permission to access this item", ""},
		{"USER_SETUP_REQUIRED", item, 0, "the account has not been fully set up. prompt the user to visit the institution's site and finish the setup process", "The given account is not fully set up at the bank's own site."},
	}
}

func serviceTroubles() []kindOfTrouble {
	const institution, service, limit = "INSTITUTION_ERROR", "API_ERROR", "RATE_LIMIT_EXCEEDED"
	list := []kindOfTrouble{
		{"INSTITUTION_DOWN", institution, 0, "this institution is not currently responding to this request", "This financial institution is not currently responding to requests. We apologize for the inconvenience."},
		{"INSTITUTION_NOT_AVAILABLE", institution, 0, "this institution is not currently available", "This financial institution is not available now."},
		{"INSTITUTION_NOT_RESPONDING", institution, 0, "this institution is not currently responding to this request", "This financial institution is not currently responding to requests."},
		{"INSTITUTION_NO_LONGER_SUPPORTED", institution, 0, "this institution is no longer supported", "This financial institution is no longer supported."},
		{"INSTITUTION_REGISTRATION_REQUIRED", institution, 0, "institution requires registration before it can be used", ""},
		{"UNSUPPORTED_RESPONSE", institution, 0, "the data returned from the institution is not valid", "The data returned from the financial institution is not supported."},
		{"INTERNAL_SERVER_ERROR", service, http.StatusInternalServerError, "an unexpected error occurred", ""},
		{"PLANNED_MAINTENANCE", service, http.StatusServiceUnavailable, "the Plaid API is temporarily unavailable due to planned maintenance", "Plaid is down for maintenance."},
		{"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", "TRANSACTIONS_ERROR", 0, "underlying transaction data changed since last page was fetched. please restart pagination from last update", ""},
		{"INSTITUTION_RATE_LIMIT", limit, http.StatusTooManyRequests, "the institution's rate limit was exceeded", ""},
	}
	for _, code := range [...]string{
		"ACCOUNTS_LIMIT", "ACCOUNTS_BALANCE_GET_LIMIT", "AUTH_LIMIT", "BALANCE_LIMIT", "CREDITS_EXHAUSTED", "IDENTITY_LIMIT",
		"INSTITUTIONS_GET_LIMIT", "INSTITUTIONS_GET_BY_ID_LIMIT", "INVESTMENT_HOLDINGS_GET_LIMIT", "INVESTMENT_TRANSACTIONS_LIMIT",
		"ITEM_GET_LIMIT", "RATE_LIMIT", "TRANSACTIONS_LIMIT", "TRANSACTIONS_SYNC_LIMIT",
	} {
		list = append(list, kindOfTrouble{code, limit, http.StatusTooManyRequests, "rate limit exceeded for attempts to access this endpoint. please try again later", ""})
	}
	return list
}

// lookTrouble finds an error of the modern wire by its code.
func lookTrouble(code string) (kindOfTrouble, bool) {
	for _, k := range catalogue() {
		if k.code == code {
			return k, true
		}
	}
	return kindOfTrouble{}, false
}

// known is the kind of t; what is not in the catalogue is the service's fault.
func (t *trouble) known() kindOfTrouble {
	k, ok := lookTrouble(t.code)
	if !ok {
		k, _ = lookTrouble("INTERNAL_SERVER_ERROR")
	}
	return k
}

func (t *trouble) status() int { return cmp.Or(t.known().status, http.StatusBadRequest) }

// display is the sentence for people, or "".
func (t *trouble) display() string { return t.known().display }

// trouble writes an error body; requestID is left out when it is empty, as it is
// where an error is told of rather than answered with.
func (t *text) trouble(problem *trouble, requestID string) {
	k := problem.known()
	t.open('{')
	t.string("error_type", k.kind)
	t.string("error_code", k.code)
	t.string("error_message", cmp.Or(problem.message, k.message))
	t.stringOrNull("display_message", k.display)
	if requestID != "" {
		t.string("request_id", requestID)
	}
	t.null("suggested_action")
	t.string("documentation_url", "https://plaid.com/docs/errors/")
	t.close('}')
}

// translate is what the modern wire calls a problem of the legacy one.
func translate(c code) *trouble {
	switch c {
	case fine:
		return nil
	case credentialsMissing:
		return catalogued("INSUFFICIENT_CREDENTIALS")
	case invalidCredentials, 1201, 1202, invalidPIN:
		return catalogued("INVALID_CREDENTIALS")
	case invalidMFA, invalidSendMethod:
		return catalogued("INVALID_MFA")
	case accountLocked:
		return catalogued("ITEM_LOCKED")
	case 1206:
		return catalogued("USER_SETUP_REQUIRED")
	case 1208:
		return catalogued("MFA_NOT_SUPPORTED")
	case 1210, 1211, 1219:
		return catalogued("ITEM_NOT_SUPPORTED")
	case 1212:
		return catalogued("NO_ACCOUNTS")
	case mfaReset:
		return catalogued("ITEM_LOGIN_REQUIRED")
	case 1302:
		return catalogued("INSTITUTION_NOT_RESPONDING")
	case 1303:
		return catalogued("INSTITUTION_DOWN")
	case 1307:
		return catalogued("INSTITUTION_NO_LONGER_SUPPORTED")
	case 1104:
		return catalogued("UNAUTHORIZED_INSTITUTION")
	case badToken:
		return catalogued("INVALID_ACCESS_TOKEN")
	case clientIDMissing, secretMissing, wrongKeys:
		return catalogued("INVALID_API_KEYS")
	case 1112:
		return catalogued("CREDITS_EXHAUSTED")
	case 1113:
		return catalogued("RATE_LIMIT")
	case 1610:
		return catalogued("ITEM_NOT_FOUND")
	case 1800:
		return catalogued("PLANNED_MAINTENANCE")
	}
	return catalogued("INTERNAL_SERVER_ERROR")
}
