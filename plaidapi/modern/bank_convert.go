package modern

import (
	"cmp"
	"errors"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// The members that a reply cannot do without.
var (
	errAccountID     = errors.New("an account without an ID")
	errTransactionID = errors.New("a transaction without an ID or account")
)

// currency is the one of two codes that is set.
func currency(iso, unofficial string) plaidapi.Currency {
	return plaidapi.Currency(inert.Name(cmp.Or(iso, unofficial)))
}

// money reads an amount; what was not sent, or is none, is nil.
func money(n Number, c plaidapi.Currency) *plaidapi.Money {
	m, err := plaidapi.ParseMoney(string(n), c)
	if err != nil {
		return nil
	}
	return &m
}

// flipped reads an amount whose sign the wire has the other way round.
func flipped(n Number, c plaidapi.Currency) *plaidapi.Money {
	m := money(n, c)
	if m != nil {
		*m = m.Neg()
	}
	return m
}

// digits is a number that is no money in plain decimal digits, without zeros that say nothing: "1e-2"
// is "0.01". What nobody can read is empty.
func digits(n Number) string {
	m, err := plaidapi.ParseMoney(string(n), "")
	if err != nil {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(m.Decimal(), "0"), ".") // Decimal writes two decimals at least
}

// day reads a date; what is none is the zero Date.
func day(s string) plaidapi.Date {
	d, err := plaidapi.ParseDate(s)
	if err != nil {
		return 0
	}
	return d
}

// account reads one account. A balance that was not sent, or is no amount, is nil.
func account(item string, a *Account) (plaidapi.Account, error) {
	if a.ID == "" {
		return plaidapi.Account{}, errAccountID
	}
	c := currency(a.Balances.ISOCurrencyCode, a.Balances.UnofficialCurrencyCode)
	out := plaidapi.Account{
		ID: a.ID, ItemID: item,
		Name:         inert.Name(a.Name),
		OfficialName: inert.Name(a.OfficialName),
		Mask:         inert.Name(a.Mask),
		Type:         accountType(a.Type),
		Subtype:      inert.Name(a.Subtype),
		Current:      money(a.Balances.Current, c),
		Available:    money(a.Balances.Available, c),
		Limit:        money(a.Balances.Limit, c),
	}
	if out.Type.Owes() {
		out.Current = flipped(a.Balances.Current, c)
	}
	return out, nil
}

// accountType maps the wire's words: a brokerage is an Investment.
func accountType(t string) plaidapi.AccountType {
	switch t {
	case "depository":
		return plaidapi.Depository
	case "credit":
		return plaidapi.Credit
	case "loan":
		return plaidapi.Loan
	case "investment", "brokerage":
		return plaidapi.Investment
	}
	return plaidapi.Other
}

// reader turns the rows of one Item into plaidapi's type.
type reader struct {
	item       string
	categories map[string]plaidapi.Category // by ID: a page repeats a few
}

func newReader(item plaidapi.Item) *reader {
	return &reader{item: item.ID, categories: map[string]plaidapi.Category{}}
}

// transaction reads one row. An amount that cannot be held exactly becomes the zero Money, which
// has no currency and leaves every sum as it is.
func (in *reader) transaction(t *Transaction) (plaidapi.Transaction, error) {
	if t.ID == "" || t.AccountID == "" {
		return plaidapi.Transaction{}, errTransactionID
	}
	date, err := plaidapi.ParseDate(t.Date)
	if err != nil {
		return plaidapi.Transaction{}, err
	}
	out := plaidapi.Transaction{
		ID: t.ID, ItemID: in.item, AccountID: t.AccountID,
		Date:      date,
		Name:      inert.Name(cmp.Or(t.MerchantName, t.Name)),
		BankText:  inert.Message(cmp.Or(t.OriginalDescription, t.Name)),
		Category:  in.category(t),
		Pending:   t.Pending,
		PendingID: t.PendingTransactionID,
		Place: plaidapi.Place{
			Address: inert.Name(t.Location.Address), City: inert.Name(t.Location.City),
			State: inert.Name(t.Location.Region), Zip: inert.Name(t.Location.PostalCode),
		},
		Channel: channel(t.PaymentChannel),
	}
	if m, err := plaidapi.ParseMoney(string(t.Amount), currency(t.ISOCurrencyCode, t.UnofficialCurrencyCode)); err == nil {
		out.Amount = m.Neg()
	}
	return out, nil
}

// category reads a personal finance category or, where there is none, one of the old taxonomy. Rows
// of the same one share its path.
func (in *reader) category(t *Transaction) plaidapi.Category {
	var keys FinanceCategory
	if t.Category != nil {
		keys = *t.Category
	}
	id := cmp.Or(keys.Detailed, keys.Primary, t.LegacyCategoryID)
	if known, ok := in.categories[id]; ok {
		return known
	}
	c := CategoryOf(inert.Name(keys.Primary), inert.Name(keys.Detailed))
	if c.ID == "" {
		c.ID = t.LegacyCategoryID
		for _, part := range t.LegacyCategory {
			c.Path = append(c.Path, inert.Name(part))
		}
	}
	if id != "" {
		in.categories[id] = c
	}
	return c
}

func channel(sent string) string {
	switch sent {
	case "in store":
		return "in person"
	case "online":
		return "online"
	}
	return ""
}
