package legacy

import (
	"context"
	"errors"
	"sync"
	"time"

	"tartan/plaidapi"
)

// Bank is a Client in plaidapi's words, as a ledger wants it. Only here do wire types become
// plaidapi's: every text is made inert, every amount gets its currency and tartan's sign (money
// in positive, money owed negative), each once. It is safe for concurrent use and keeps nothing
// but the currencies of institutions.
type Bank struct {
	client *Client
	now    func() time.Time

	mu         sync.Mutex
	currencies map[string]plaidapi.Currency // by institution type, as far as they have been seen
}

// NewBank makes a Bank of a Client without RawReplies. now is the clock; it decides where the
// newest window of a sync begins.
func NewBank(client *Client, now func() time.Time) *Bank {
	return &Bank{client: client, now: now, currencies: map[string]plaidapi.Currency{}}
}

// Accounts reads the accounts of an Item with live balances.
func (b *Bank) Accounts(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error) {
	reply, err := b.client.Balance(ctx, TokenRequest{Token: token})
	if err != nil {
		return nil, err
	}
	if reply.Accounts == nil {
		return nil, unreadable("balance", &reply.Answer, errNothing)
	}
	in, err := b.reader(ctx, item, reply.Accounts)
	if err != nil {
		return nil, err
	}
	all := make([]plaidapi.Account, len(reply.Accounts))
	for i := range all {
		if all[i], err = in.account(&reply.Accounts[i]); err != nil {
			return nil, unreadable("balance", &reply.Answer, err)
		}
	}
	return all, nil
}

// Numbers reads the account numbers of an Item; accounts without any are left out. An Item without
// auth fails with Unsupported.
func (b *Bank) Numbers(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Numbers, error) {
	reply, err := b.client.Auth.Get(ctx, GetRequest{Token: token})
	if err != nil {
		return nil, err
	}
	var all []plaidapi.Numbers
	for _, a := range reply.Accounts {
		if a.Numbers != nil && *a.Numbers != (Numbers{}) {
			all = append(all, numbers(a.ID, a.Numbers))
		}
	}
	return all, nil
}

// Unlink removes every product of an Item, and with the last the Item itself. It fails with
// ItemGone when the bank knows the token for none of them. It can be repeated: a product that the
// Item does not have, or not any more, counts as removed. An Item that is not finished can be
// removed as well.
func (b *Bank) Unlink(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) error {
	removed := false
	var last error
	for _, p := range wanted(item.Products) {
		_, err := b.client.Product(p).Delete(ctx, TokenRequest{Token: token})
		switch {
		case err == nil, notEnabled(err):
			removed = true
		case errors.Is(err, plaidapi.ItemGone), errors.Is(err, plaidapi.Unsupported):
			last = err // nothing here to remove; another product may tell more
		default:
			return err
		}
	}
	if removed {
		return nil
	}
	return last
}

// notEnabled reports that the Item is there without the product that was asked about.
func notEnabled(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == 1110
}

// reader prepares to read what belongs to an Item. It asks for the institution's currency when an
// account does not name its own.
func (b *Bank) reader(ctx context.Context, item plaidapi.Item, accounts []Account) (*reader, error) {
	in := &reader{
		item: item.ID, fallback: usd,
		currencies: make(map[string]plaidapi.Currency, len(accounts)), categories: map[string]plaidapi.Category{},
	}
	for _, a := range accounts {
		if a.CurrencyCode != "" {
			in.currencies[a.ID] = currency(a.CurrencyCode)
			continue
		}
		c, err := b.currencyOf(ctx, item.Institution.ID)
		if err != nil {
			return nil, err
		}
		in.fallback = c
	}
	return in, nil
}

// usd is what the API counted in before it named currencies: it was for the United States only.
const usd plaidapi.Currency = "USD"

// currencyOf is the currency of an institution, asked for once.
func (b *Bank) currencyOf(ctx context.Context, institution string) (plaidapi.Currency, error) {
	b.mu.Lock()
	known, ok := b.currencies[institution]
	b.mu.Unlock()
	if ok || institution == "" {
		if known == "" {
			known = usd
		}
		return known, nil
	}
	reply, err := b.client.Institution(ctx, InstitutionRequest{ID: institution})
	switch {
	case errors.Is(err, ResourceNotFound): // listed no more; its accounts say nothing either
		return usd, nil
	case err != nil:
		return "", err
	}
	b.remember(institution, reply.CurrencyCode)
	return currency(reply.CurrencyCode), nil
}

// remember notes the currency of an institution.
func (b *Bank) remember(institution, code string) {
	b.mu.Lock()
	b.currencies[institution] = currency(code)
	b.mu.Unlock()
}

// errNothing is the cause of an error about a success without the list that was asked for, or with
// a challenge instead: it is no news, and an empty list in its place would wipe what was known.
var errNothing = errors.New("no data")

// unreadable reports a reply that lacks what it must have.
func unreadable(op string, a *Answer, err error) error {
	return &plaidapi.Error{Problem: plaidapi.BadReply, Op: op, Status: a.Status, RequestID: a.RequestID, Err: err}
}
