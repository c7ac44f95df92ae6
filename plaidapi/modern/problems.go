package modern

import (
	"net/http"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// problem sorts an error of modern-api §4 by what to do about it: by its code, then by its type, then
// by the status.
func problem(kind, code string, status int) plaidapi.Problem {
	if p, ok := byCode(code); ok {
		return p
	}
	switch kind {
	case "INSTITUTION_ERROR":
		return plaidapi.BankDown
	case "RATE_LIMIT_EXCEEDED":
		return plaidapi.RateLimited
	case "API_ERROR":
		return plaidapi.ServerFault
	}
	switch {
	case status == http.StatusTooManyRequests:
		return plaidapi.RateLimited
	case status >= http.StatusInternalServerError:
		return plaidapi.ServerFault
	}
	return plaidapi.Unknown
}

// byCode is the Problem of a code that is known. Those that only a fault of this program can bring
// (a request not well formed, a call that is no more) are Unknown.
func byCode(code string) (plaidapi.Problem, bool) {
	switch code {
	case "ITEM_LOGIN_REQUIRED":
		return plaidapi.LoginRequired, true
	case "ACCESS_NOT_GRANTED", "NO_AUTH_ACCOUNTS", "ADDITIONAL_CONSENT_REQUIRED", "PRODUCT_NOT_ENABLED":
		return plaidapi.NotShared, true
	case "PRODUCT_NOT_READY", mutated:
		return plaidapi.NotReady, true
	case "PRODUCTS_NOT_SUPPORTED", "NO_ACCOUNTS", "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS",
		"INSTITUTION_NO_LONGER_SUPPORTED", "UNSUPPORTED_RESPONSE", "MFA_NOT_SUPPORTED", "ITEM_NOT_SUPPORTED",
		"LAST_UPDATED_DATETIME_OUT_OF_RANGE", "SANDBOX_ONLY":
		return plaidapi.Unsupported, true
	case "ITEM_LOCKED":
		return plaidapi.Locked, true
	case "PASSWORD_RESET_REQUIRED", "USER_SETUP_REQUIRED":
		return plaidapi.NotSetUp, true
	case "ITEM_NOT_FOUND", "USER_PERMISSION_REVOKED", "ITEM_CONCURRENTLY_DELETED", "INVALID_ACCESS_TOKEN":
		return plaidapi.ItemGone, true
	case "INVALID_API_KEYS", "UNAUTHORIZED_ENVIRONMENT":
		return plaidapi.BadKeys, true
	case "INVALID_LINK_CUSTOMIZATION", "INVALID_PRODUCT", "UNAUTHORIZED_INSTITUTION", "INSTITUTION_REGISTRATION_REQUIRED", exhausted:
		return plaidapi.NotAllowed, true
	case "INVALID_PUBLIC_TOKEN", "INVALID_LINK_TOKEN", "USER_INPUT_TIMEOUT":
		return plaidapi.AttemptOver, true
	case "INSTITUTION_DOWN", "INSTITUTION_NOT_RESPONDING", "INSTITUTION_NOT_AVAILABLE":
		return plaidapi.BankDown, true
	case "INSTITUTION_RATE_LIMIT":
		return plaidapi.RateLimited, true
	case "INTERNAL_SERVER_ERROR", maintenance:
		return plaidapi.ServerFault, true
	case "INVALID_CREDENTIALS", "INSUFFICIENT_CREDENTIALS", "INVALID_UPDATED_USERNAME":
		return plaidapi.WrongDetails, true
	case "INVALID_MFA", "INVALID_OTP", "INVALID_SEND_METHOD":
		return plaidapi.WrongAnswer, true
	case "INVALID_ACCOUNT_ID", "DIRECT_INTEGRATION_NOT_ENABLED", "NO_LONGER_AVAILABLE", "INCOMPATIBLE_API_VERSION",
		"UNKNOWN_FIELDS", "MISSING_FIELDS", "INVALID_FIELD", "INVALID_BODY", "INVALID_HEADERS", "NOT_FOUND", "INVALID_USER_IDENTITY_DATA":
		return plaidapi.Unknown, true
	}
	return plaidapi.Unknown, false
}

// The codes that more than their Problem is known of.
const (
	mutated     = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"
	exhausted   = "CREDITS_EXHAUSTED"   // comes with 429, and no waiting cures it
	maintenance = "PLANNED_MAINTENANCE" // comes with 503, and lasts for hours
)

// final reports an answer that is not worth repeating though its status looks like a passing one.
func final(got *wire.Reply) bool {
	switch wire.Member(got.Body, "error_code").Reveal() {
	case exhausted, maintenance:
		return true
	}
	return false
}
