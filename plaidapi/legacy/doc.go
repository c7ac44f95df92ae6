// Package legacy is the client of Plaid's API of 2013 to 2018, complete and usable alone: the Go
// client that plaid-python 1.x was. Numbers such as §2.2 refer to legacy-api.md.
//
// A call takes a context and one request struct and gives one reply struct. A reply that asks for
// a second factor is a value, not an error: Reply.MFA is then set. Errors are an *Error for every
// answer that is no success, and a *plaidapi.Error alone where nothing answered. Tokens,
// passwords and answers are plaidapi.Secret and cannot be printed by accident.
//
//	plaid-python 1.x                                    here
//	Client.config({'url': u})                           BaseURL(u)
//	Client.config({'suppress_http_errors': True})       RawReplies(); see Answer
//	Client.config({'suppress_warnings': True})          none: nothing is warned of
//	Client(client_id, secret)                           New(clientID, secret); or KeySource
//	Client(…, access_token=t)                           none: each request is given its token
//	connect, auth,                                      Connect.Add, Auth.Add,
//	info, income, risk                                  Info.Add, Income.Add, Risk.Add
//	connect_step, auth_step,                            Connect.Step, Auth.Step,
//	info_step, income_step, risk_step                   Info.Step, Income.Step, Risk.Step
//	connect_update, auth_update                         Connect.Update, Auth.Update
//	connect_update_step, auth_update_step               Connect.UpdateStep, Auth.UpdateStep
//	connect_get, auth_get,                              Connect.Get, Auth.Get,
//	info_get, income_get, risk_get                      Info.Get, Income.Get, Risk.Get
//	connect_delete, auth_delete                         Connect.Delete, Auth.Delete
//	upgrade                                             Upgrade
//	exchange_token                                      ExchangeToken
//	balance                                             Balance
//	categories, category                                Categories, Category
//	institutions, institution                           Institutions, Institution
//	institution_search, institution_all_search          InstitutionSearch (OldPath for the former)
//	institutions_all                                    InstitutionsAll
//	ACCOUNT_TYPES, CATEGORY_TYPES                       none: Institutions and Categories tell
//	client.access_token                                 AccessToken of each reply; nothing is kept
//	BadRequestError, UnauthorizedError, …               errors.Is(err, BadRequest), …
//	e.message, e.code, e.retry                          Error.Resolve, Error.Code, Error.Retry()
//
// What only other clients had is here too: Update, UpdateStep and Delete for info, income and
// risk; UpgradeStep; InstitutionsLongtail; an Update of only the webhook; sending a code by mask.
//
// Requests carry one JSON object as their body, keys included, and nothing secret in the URL.
// Servers of the time took JSON and forms alike (§1.2). JSON is chosen because plaid-node and
// plaid-go sent it on every verb, because a body on DELETE is then read by every server, where
// form readers look at POST only, and because it cannot be misread: a PIN keeps its leading zeros
// and nothing is escaped twice. Credentials are sent flat, options as an object, and several
// answers as the text of a JSON array.
//
// Reads are repeated up to twice when they fail for a passing reason; everything else is sent
// once. Replies are bounded and read strictly (package wire).
//
// Bank wraps a Client for tartan's ledger.
package legacy
