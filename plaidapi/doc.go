// Package plaidapi is Plaid's vocabulary, free of any wire: institutions, Items, accounts,
// transactions, exact money, calendar days, secrets, and the errors that say what to do next.
//
// Three sub-packages speak to somebody:
//
//   - plaidapi/legacy is the client of the 2013–2018 API (connect, auth, info, income, risk, step,
//     get, update, delete, upgrade, exchange, balance, institutions, categories). Use it alone, or
//     through its Bank, which turns its wire types into the ones here.
//   - plaidapi/modern is the client of today's API, as far as tartan needs it: Hosted Link, Items,
//     accounts, transactions by cursor, investments, liabilities. Its Bank does the same.
//   - plaidapi/sandbox is the practice bank: a server of the legacy wire, for tests and for a first walk.
//
// Two conventions hold for every type in this package. Money in is positive and money owed is
// negative: the wires say it the other way round and each Bank flips it once. And every text that
// may be shown has been made inert on its way in, so that a bank's string can neither move the
// cursor nor fake a row; identifiers keep their exact bytes and are not for showing.
package plaidapi
