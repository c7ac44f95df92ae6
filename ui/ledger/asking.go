package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tartan/plaidapi"
)

// Refresher is a Bank that can be told to ask people's banks now. On some plans that costs money each
// time: it is for a person to decide, and never done by itself.
type Refresher interface {
	// Refresh has an Item's transactions fetched; a Sync some seconds later has them.
	Refresh(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error
	Balances(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error)
}

// Investor is a Bank that tells what investment accounts hold, Lender one that tells the terms of debts.
type (
	Investor interface {
		Holdings(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Holding, error)
	}
	Lender interface {
		Liabilities(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Liability, error)
	}
)

// AsksNow reports whether AskTransactions and AskBalances are to be had for an Item.
func (l *Ledger) AsksNow(item plaidapi.Item) bool {
	_, is := l.banks[item.Wire].(Refresher)
	return is
}

// AskTransactions has an Item's bank asked for its transactions now, which may cost money. They come
// with a SyncPage some seconds later.
func (l *Ledger) AskTransactions(ctx context.Context, itemID string) error {
	_, err := special(ctx, l, itemID, "ask for transactions", func(ctx context.Context, a access, r Refresher) (none struct{}, err error) {
		return none, r.Refresh(ctx, a.item, a.token)
	})
	return err
}

// AskBalances is Refresh with balances that the bank is asked for now, which may cost money.
func (l *Ledger) AskBalances(ctx context.Context, itemID string) ([]plaidapi.Account, error) {
	return special(ctx, l, itemID, "ask for balances", func(ctx context.Context, a access, r Refresher) ([]plaidapi.Account, error) {
		return l.accounts(ctx, a, r.Balances)
	})
}

// Told is what a bank told, and when.
type Told[T any] struct {
	All []T
	At  time.Time // zero: not in this run
}

// Tells reports whether an Item's wire can tell of Investments or Liabilities.
func (l *Ledger) Tells(item plaidapi.Item, p plaidapi.Product) (is bool) {
	switch p {
	case plaidapi.Investments:
		_, is = l.banks[item.Wire].(Investor)
	case plaidapi.Liabilities:
		_, is = l.banks[item.Wire].(Lender)
	}
	return is
}

// Investments reads what an Item's investment accounts hold. It is Unsupported where the wire does not
// tell, NotShared where the person has not agreed. Where the Holding's InUse does not name the product,
// the first reading may begin a monthly charge: it is for a person to decide. What was read last is
// kept for this run, and LastInvestments has it.
func (l *Ledger) Investments(ctx context.Context, itemID string) (Told[plaidapi.Holding], error) {
	all, err := special(ctx, l, itemID, "read investments", func(ctx context.Context, a access, i Investor) ([]plaidapi.Holding, error) {
		return i.Holdings(ctx, a.item, a.token)
	})
	return heard(l, itemID, plaidapi.Investments, all, err, func(s *state) *Told[plaidapi.Holding] { return &s.investments })
}

// Liabilities reads the terms of an Item's debts, as Investments does.
func (l *Ledger) Liabilities(ctx context.Context, itemID string) (Told[plaidapi.Liability], error) {
	all, err := special(ctx, l, itemID, "read liabilities", func(ctx context.Context, a access, b Lender) ([]plaidapi.Liability, error) {
		return b.Liabilities(ctx, a.item, a.token)
	})
	return heard(l, itemID, plaidapi.Liabilities, all, err, func(s *state) *Told[plaidapi.Liability] { return &s.liabilities })
}

// LastInvestments is what Investments read last in this run.
func (l *Ledger) LastInvestments(itemID string) Told[plaidapi.Holding] {
	return l.known(itemID).investments
}

// LastLiabilities is what Liabilities read last in this run.
func (l *Ledger) LastLiabilities(itemID string) Told[plaidapi.Liability] {
	return l.known(itemID).liabilities
}

// heard remembers what was read of a product, and that Plaid counts it from now on.
func heard[T any](l *Ledger, itemID string, p plaidapi.Product, all []T, err error, kept func(*state) *Told[T]) (Told[T], error) {
	if err != nil {
		return Told[T]{}, err
	}
	now := Told[T]{all, l.now()}
	l.note(itemID, func(s *state) {
		*kept(s) = now
		if !slices.Contains(s.inUse, p) {
			s.inUse = append(slices.Clone(s.inUse), p)
		}
	})
	return now, nil
}

// special makes a call that not every wire has; Unsupported on those that have not.
func special[B, T any](ctx context.Context, l *Ledger, itemID, verb string, call func(context.Context, access, B) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, slowTime)
	defer cancel()
	var none T
	a, err := l.open(ctx, itemID)
	if err != nil {
		return none, err
	}
	bank, is := a.bank.(B)
	if !is {
		return none, &plaidapi.Error{Problem: plaidapi.Unsupported, Op: verb, Unsent: true}
	}
	got, err := call(ctx, a, bank)
	if err != nil {
		return none, fmt.Errorf("%s: %w", verb, err)
	}
	return got, nil
}
