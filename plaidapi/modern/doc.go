// Package modern is the client of Plaid's API of 2020-09-14, as far as tartan needs it, and usable
// alone. Numbers such as §2 refer to modern-api.md.
//
// A call takes a context and one request struct and gives one reply struct; both stand beside it.
// Every call is a POST with a JSON body, also those that read. Keys and version travel in headers,
// so that nothing secret is in a URL or in a body that somebody logs, but for the token that a call
// is about. Requests hold only what is set: the service refuses nulls and names that it does not
// know. Replies are read leniently: what is new in them is ignored, enumerations are strings.
//
// Amounts are Number: the digits as they were sent. Their signs are Plaid's: a positive amount of a
// transaction left the account, a positive balance of a credit or loan account is owed. Dates are
// "YYYY-MM-DD" and times RFC 3339, both as sent; what is null or missing is empty. Tokens are
// plaidapi.Secret and cannot be printed by accident.
//
// Errors are an *Error for every answer that is no success, and a *plaidapi.Error alone where nothing
// answered; either way errors.Is takes a plaidapi.Problem (§4). Reads are repeated up to twice when
// they fail for a passing reason; what makes, changes, ends or costs something is sent once.
//
//	link token, Hosted Link      LinkTokenCreate, LinkTokenGet, PublicTokenExchange
//	Items                        Item, ItemRemove, AccessTokenInvalidate, WebhookUpdate
//	accounts                     Accounts, Balances (billed), Auth, Identity
//	transactions                 TransactionsSync, Transactions, TransactionsRefresh (billed), Recurring
//	investments, liabilities     Holdings, InvestmentTransactions, Liabilities
//	institutions                 Institutions, InstitutionSearch, Institution
//	categories                   Categories (of old); CategoryOf (personal finance categories)
//	sandbox only                 SandboxPublicToken, SandboxResetLogin, SandboxFireWebhook,
//	                             SandboxTransactions, SandboxVerificationStatus
//
// Bank wraps a Client for tartan's ledger.
package modern
