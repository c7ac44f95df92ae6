package legacy

import (
	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// Reply is an Item's data, or an MFA challenge (legacy-api §2.2). Which members are set depends on
// the product: connect has Transactions, auth has Numbers in each account, info Info, income
// Income, risk a Risk in each account; all have Accounts and AccessToken.
type Reply struct {
	Answer       `json:"-"`
	Accounts     []Account       `json:"accounts"`
	Transactions []Transaction   `json:"transactions"`
	Info         *Info           `json:"info"`
	Income       *Income         `json:"income"`
	AccessToken  plaidapi.Secret `json:"access_token"` // also with MFA: needed for the step
	MFA          *MFA            `json:"-"`            // set when the bank wants one more answer (201)
}

// Number is an amount by its digits as they were sent, so that it stays exact. It is empty when
// the server sent none. plaidapi.ParseMoney reads it.
type Number = wire.Number

// Account is one account of an Item. A balance is what is there; for credit and loans, what is
// owed, as a positive number.
type Account struct {
	ID              string      `json:"_id"`
	Item            string      `json:"_item"` // the login, the same for all its accounts
	User            string      `json:"_user"`
	Balance         Balance     `json:"balance"`
	InstitutionType string      `json:"institution_type"`
	Meta            AccountMeta `json:"meta"`
	Numbers         *Numbers    `json:"numbers"`      // auth only; empty for credit accounts
	Risk            *Risk       `json:"risk"`         // risk only
	Subtype         string      `json:"subtype"`      // "checking", "savings", "credit card", …; may be empty
	Type            string      `json:"type"`         // depository, credit, loan, mortgage, brokerage, other
	CurrencyCode    string      `json:"currencyCode"` // ISO 4217; an extension of the practice bank
}

// Balance is what an account holds, in the account's currency.
type Balance struct {
	Available Number `json:"available"` // for credit, what is left of the limit; may be empty
	Current   Number `json:"current"`
}

// AccountMeta describes an account.
type AccountMeta struct {
	Name         string `json:"name"`
	OfficialName string `json:"official_name"`
	Number       string `json:"number"` // the last four digits
	Limit        Number `json:"limit"`  // credit only
}

// Numbers are what another bank needs to reach an account.
type Numbers struct {
	Account     string `json:"account"`
	Routing     string `json:"routing"`
	WireRouting string `json:"wireRouting"`
}

// Transaction is one movement. A positive amount left the account.
type Transaction struct {
	ID                  string              `json:"_id"`
	Account             string              `json:"_account"`
	Entity              string              `json:"_entity"`
	PendingTransaction  string              `json:"_pendingTransaction"` // the pending one that this replaced
	ReferenceNumber     string              `json:"_reference_number"`
	Amount              Number              `json:"amount"`
	Date                string              `json:"date"` // YYYY-MM-DD
	Name                string              `json:"name"`
	OriginalDescription string              `json:"original_description"` // only on request
	Meta                TransactionMeta     `json:"meta"`
	Pending             bool                `json:"pending"`
	Type                TransactionType     `json:"type"`
	Category            []string            `json:"category"` // top first; none when uncategorised
	CategoryID          string              `json:"category_id"`
	Score               TransactionAccuracy `json:"score"`
}

// TransactionMeta says where a transaction happened.
type TransactionMeta struct {
	Location     Location `json:"location"`
	AccountOwner string   `json:"account_owner"`
}

// Location is an address, as far as it is known.
type Location struct {
	Address     string       `json:"address"`
	City        string       `json:"city"`
	State       string       `json:"state"`
	Zip         string       `json:"zip"`
	Coordinates *Coordinates `json:"coordinates"`
}

// Coordinates are in degrees.
type Coordinates struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// TransactionType sorts a transaction: place, digital, special or unresolved.
type TransactionType struct {
	Primary string `json:"primary"`
}

// TransactionAccuracy says how sure the service is, from 0 to 1.
type TransactionAccuracy struct {
	Location LocationAccuracy `json:"location"`
	Name     float64          `json:"name"`
}

// LocationAccuracy says how sure the service is of each part of a Location, from 0 to 1.
type LocationAccuracy struct {
	Address float64 `json:"address"`
	City    float64 `json:"city"`
	State   float64 `json:"state"`
	Zip     float64 `json:"zip"`
}
