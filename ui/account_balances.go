package ui

import (
	"context"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// yearDays is how many days of an account are known at most.
const yearDays = 365

// statement is how one account stands.
type statement struct {
	plaidapi.Account
	found    bool
	mixed    bool // accounts are in several currencies
	holding  ledger.Holding
	days     []plaidapi.Money // its balance by day, oldest first; not Known before its first transaction
	until    plaidapi.Date    // the last of them
	interest plaidapi.Money   // that came in this year
	paid     plaidapi.Money   // a loan: by how much less is owed than when the year began
}

// balancesOf is a call that reads how an account stands, and its balance over the last year.
func balancesOf(l *ledger.Ledger, key plaidapi.AccountKey, today plaidapi.Date) func(context.Context) (statement, error) {
	return func(ctx context.Context) (statement, error) {
		holdings, err := l.Holdings(ctx)
		if err != nil {
			return statement{}, err
		}
		a := statement{until: today}
		var met []plaidapi.Currency
		for _, h := range holdings {
			met = append(met, currencies(h.Accounts)...)
			i := slices.IndexFunc(h.Accounts, func(a plaidapi.Account) bool { return a.ID == key.Account })
			if h.Item.ID == key.Item && i >= 0 {
				a.Account, a.holding, a.found = h.Accounts[i], h, true
			}
		}
		slices.Sort(met)
		a.mixed = len(slices.Compact(met)) > 1
		if !a.found {
			return a, nil
		}
		view, err := l.View(ctx)
		if err != nil {
			return statement{}, err
		}
		own, err := view.Find(ctx, query.Filter{Account: key})
		if err != nil {
			return statement{}, err
		}
		a.past(own, key)
		return a, nil
	}
}

// past works out what the account's own transactions tell.
func (a *statement) past(own *query.View, key plaidapi.AccountKey) {
	january := plaidapi.NewDate(a.until.Year(), 1, 1)
	if a.Current != nil && a.Current.Known() && moves(a.Type) && own.Len() > 0 {
		a.days = own.Trend(key, *a.Current, a.until, 1, yearDays)
		begun(a.days, own.Oldest(), a.until, 1)
		if i := len(a.days) - 1 - int(a.until-january+1); i >= 0 && a.Type == plaidapi.Loan && a.days[i].Known() {
			a.paid, _ = a.Current.Add(a.days[i].Neg()) // beyond an exact amount there is nothing to tell
		}
	}
	for i := range own.Len() {
		t := own.At(i)
		if t.Date < january {
			break
		}
		kind := strings.ToLower(strings.Join(t.Category.Path, " "))
		if a.Type != plaidapi.Depository || t.Pending || t.Amount.Sign() <= 0 || !strings.Contains(kind, "interest") {
			continue
		}
		if !a.interest.Known() {
			a.interest = plaidapi.Zero(t.Amount.Currency())
		}
		if sum, err := a.interest.Add(t.Amount); err == nil {
			a.interest = sum
		}
	}
}
