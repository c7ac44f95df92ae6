package legacy

import (
	"errors"
	"net/url"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// reader turns what belongs to one Item into plaidapi's types.
type reader struct {
	item       string
	fallback   plaidapi.Currency            // of accounts that name none
	currencies map[string]plaidapi.Currency // by account ID
	categories map[string]plaidapi.Category // by category ID: a reply repeats a few
}

// The members that a reply cannot do without.
var (
	errAccountID     = errors.New("an account without an ID")
	errTransactionID = errors.New("a transaction without an ID or account")
)

// currency reads a currency code; none is USD.
func currency(code string) plaidapi.Currency {
	if code == "" {
		return usd
	}
	return plaidapi.Currency(inert.Name(code))
}

func (in *reader) currency(account string) plaidapi.Currency {
	if c, ok := in.currencies[account]; ok {
		return c
	}
	return in.fallback
}

// account reads one account. A balance that was not sent, or is no amount, is nil.
func (in *reader) account(a *Account) (plaidapi.Account, error) {
	if a.ID == "" {
		return plaidapi.Account{}, errAccountID
	}
	c := in.currency(a.ID)
	out := plaidapi.Account{
		ID: a.ID, ItemID: in.item,
		Name:         inert.Name(a.Meta.Name),
		OfficialName: inert.Name(a.Meta.OfficialName),
		Mask:         inert.Name(a.Meta.Number),
		Type:         accountType(a.Type),
		Subtype:      inert.Name(a.Subtype),
		Current:      amount(a.Balance.Current, c),
		Available:    amount(a.Balance.Available, c),
		Limit:        amount(a.Meta.Limit, c),
	}
	if out.Type.Owes() && out.Current != nil {
		owed := out.Current.Neg()
		out.Current = &owed
	}
	return out, nil
}

func amount(n Number, c plaidapi.Currency) *plaidapi.Money {
	m, err := plaidapi.ParseMoney(string(n), c)
	if err != nil {
		return nil
	}
	return &m
}

// accountType maps the wire's words: a mortgage is a Loan, a brokerage an Investment.
func accountType(t string) plaidapi.AccountType {
	switch t {
	case "depository":
		return plaidapi.Depository
	case "credit":
		return plaidapi.Credit
	case "loan", "mortgage":
		return plaidapi.Loan
	case "brokerage", "investment":
		return plaidapi.Investment
	}
	return plaidapi.Other
}

func numbers(account string, n *Numbers) plaidapi.Numbers {
	return plaidapi.Numbers{
		AccountID: account, Account: inert.Name(n.Account), Routing: inert.Name(n.Routing), WireRouting: inert.Name(n.WireRouting),
	}
}

// transaction reads one row. An amount that cannot be held exactly becomes the zero Money, which
// has no currency and leaves every sum as it is.
func (in *reader) transaction(t *Transaction) (plaidapi.Transaction, error) {
	if t.ID == "" || t.Account == "" {
		return plaidapi.Transaction{}, errTransactionID
	}
	date, err := plaidapi.ParseDate(t.Date)
	if err != nil {
		return plaidapi.Transaction{}, err
	}
	out := plaidapi.Transaction{
		ID: t.ID, ItemID: in.item, AccountID: t.Account,
		Date:      date,
		Name:      inert.Name(t.Name),
		BankText:  inert.Message(t.OriginalDescription),
		Category:  in.category(t),
		Pending:   t.Pending,
		PendingID: t.PendingTransaction,
		Place: plaidapi.Place{
			Address: inert.Name(t.Meta.Location.Address), City: inert.Name(t.Meta.Location.City),
			State: inert.Name(t.Meta.Location.State), Zip: inert.Name(t.Meta.Location.Zip),
		},
		Channel: channel(t.Type.Primary),
	}
	if m := amount(t.Amount, in.currency(t.Account)); m != nil {
		out.Amount = m.Neg()
	}
	return out, nil
}

// category reads a category; rows of the same one share its path.
func (in *reader) category(t *Transaction) plaidapi.Category {
	known, ok := in.categories[t.CategoryID]
	if ok && t.CategoryID != "" && len(known.Path) == len(t.Category) {
		return known
	}
	c := plaidapi.Category{ID: t.CategoryID}
	for _, part := range t.Category {
		c.Path = append(c.Path, inert.Name(part))
	}
	in.categories[t.CategoryID] = c
	return c
}

func channel(primary string) string {
	switch primary {
	case "place":
		return "in person"
	case "digital":
		return "online"
	}
	return ""
}

// host is the host name of a bank's URL, for showing and for comparing; empty when it has none.
func host(site string) string {
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return inert.Name(strings.ToLower(u.Hostname()))
}
