package modern

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"

	"tartan/plaidapi"
)

// Bank is a Client in plaidapi's words, as a ledger wants it. Only here do wire types become
// plaidapi's: every text is made inert, every amount gets its currency and tartan's sign (money in
// positive, money owed negative), each once. It keeps nothing between calls and is safe for
// concurrent use.
type Bank struct {
	client *Client
	o      BankOptions
}

// BankOptions say who links and what. The zero value is for English in the United States.
type BankOptions struct {
	Now       func() time.Time // the clock; time.Now
	User      string           // Plaid's client_user_id: a random name that the app keeps; else each link gets its own
	Name      string           // as Plaid's page calls the app, 30 characters at most; "tartan"
	Language  string           // of Plaid's page; "en"
	Countries []string         // whose banks to offer; "US"
	Days      int              // of history that a link asks for, once and for all; 730, which is the most
}

// NewBank makes a Bank of a Client.
func NewBank(client *Client, o BankOptions) *Bank {
	if o.Now == nil {
		o.Now = time.Now
	}
	if len(o.Countries) == 0 {
		o.Countries = []string{"US"}
	}
	o.Name, o.Language, o.Days = cmp.Or(o.Name, "tartan"), cmp.Or(o.Language, "en"), cmp.Or(o.Days, mostDays)
	return &Bank{client: client, o: o}
}

// mostDays is how much history there is to be had (modern-api §5).
const mostDays = 730

// user is the client_user_id of a link.
func (b *Bank) user() string { return cmp.Or(b.o.User, rand.Text()) }

// Accounts reads the accounts of an Item with the balances that Plaid last saw. It is free.
func (b *Bank) Accounts(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error) {
	reply, err := b.client.Accounts(ctx, AccountsRequest{AccessToken: token})
	return accounts("accounts get", item, reply, err)
}

// Balances reads the accounts of an Item with balances that the bank is asked for now. On a paid
// plan each call costs money.
func (b *Bank) Balances(ctx context.Context, item plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error) {
	reply, err := b.client.Balances(ctx, BalancesRequest{AccessToken: token})
	return accounts("accounts balance get", item, reply, err)
}

func accounts(op string, item plaidapi.Item, reply *AccountsReply, err error) ([]plaidapi.Account, error) {
	if err != nil {
		return nil, err
	}
	if reply.Accounts == nil {
		return nil, incomplete(op, reply.Answer, errNothing)
	}
	all := make([]plaidapi.Account, len(reply.Accounts))
	for i := range all {
		if all[i], err = account(item.ID, &reply.Accounts[i]); err != nil {
			return nil, incomplete(op, reply.Answer, err)
		}
	}
	return all, nil
}

// Refresh has Plaid fetch an Item's transactions from the bank now; they come by a Sync some seconds
// later. On a paid plan each call costs money.
func (b *Bank) Refresh(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) error {
	_, err := b.client.TransactionsRefresh(ctx, TokenRequest{AccessToken: token})
	return err
}

// Unlink removes an Item. One that the service does not know any more fails with ItemGone.
func (b *Bank) Unlink(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) error {
	_, err := b.client.ItemRemove(ctx, ItemRemoveRequest{AccessToken: token})
	return err
}

// Condition asks how an Item fares, and until when the person has consented. It is free. An Item
// that wants a new sign-in is no error of the call: it is the Condition's.
func (b *Bank) Condition(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) (plaidapi.Condition, error) {
	reply, err := b.client.Item(ctx, TokenRequest{AccessToken: token})
	if err != nil {
		return plaidapi.Condition{}, err
	}
	if reply.Item.ID == "" {
		return plaidapi.Condition{}, incomplete("item get", reply.Answer, errNothing)
	}
	c := plaidapi.Condition{ConsentUntil: moment(reply.Item.ConsentExpiration)}
	if reply.Item.Error != nil && reply.Item.Error.Code != "" {
		c.Err = reply.Item.Error.general("item get")
	}
	if reply.Status != nil && reply.Status.Transactions != nil {
		c.Updated = moment(reply.Status.Transactions.LastSuccessfulUpdate)
	}
	c.InUse = each(reply.Item.Products, reply.Item.BilledProducts)
	c.Products = each(c.InUse, reply.Item.ConsentedProducts)
	return c, nil
}

// each is what is in any of the lists, once.
func each(lists ...[]plaidapi.Product) []plaidapi.Product {
	var all []plaidapi.Product
	for _, p := range slices.Concat(lists...) {
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// moment reads a time; what is none is the zero time.
func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
