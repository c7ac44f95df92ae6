package modern

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// linkTime is how long a page of Plaid's can be opened, and grace how long after that somebody who
// is still on it is waited for. A public token is good for tokenTime.
const (
	linkTime  = 30 * time.Minute
	grace     = 10 * time.Minute
	tokenTime = 30 * time.Minute
)

// Begin opens Plaid's own page: the challenge is Browser, with a URL, and Pending is the link token.
// No Item is made. To add one, an Institution without an ID leaves the choice to the page; of
// Products the first that the institution offers is asked for, and consent for the others. Update
// repairs an Item, Upgrade adds consent for Products to it; both keep its token.
func (b *Bank) Begin(ctx context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	step := plaidapi.Step{Request: req}
	ask, err := b.request(req)
	if err != nil {
		return step, err
	}
	reply, err := b.client.LinkTokenCreate(ctx, ask)
	if len(ask.Products) > 0 && len(ask.AdditionalConsentedProducts) > 0 && lacks(err) {
		ask.AdditionalConsentedProducts = nil // the keys' plan lacks one of them: link without
		reply, err = b.client.LinkTokenCreate(ctx, ask)
	}
	if err != nil {
		return step, err
	}
	if !b.client.opens(reply.HostedLinkURL) {
		return step, incomplete("link token create", reply.Answer, errPage)
	}
	if req.Mode == plaidapi.Add {
		step.Request.Products = slices.Concat(ask.Products, ask.AdditionalConsentedProducts)
	}
	step.Pending = reply.LinkToken
	step.Challenge = plaidapi.Challenge{
		Kind: plaidapi.Browser, URL: reply.HostedLinkURL, Expires: b.until(reply.Expiration),
	}
	return step, nil
}

// request is what to ask for a page with.
func (b *Bank) request(req plaidapi.LinkRequest) (LinkTokenRequest, error) {
	ask := LinkTokenRequest{
		ClientName: b.o.Name, Language: b.o.Language, CountryCodes: b.o.Countries, User: LinkUser{b.user()},
		AccessToken: req.Token, HostedLink: &HostedLink{URLLifetimeSeconds: int(linkTime.Seconds())},
	}
	products := wanted(req.Products)
	switch req.Mode {
	case plaidapi.Add:
		if len(req.Products) == 0 {
			products = []plaidapi.Product{plaidapi.Transactions, plaidapi.Investments, plaidapi.Liabilities}
		}
		if products = offered(req.Institution, products); len(products) == 0 {
			return ask, unsupported("link token create")
		}
		ask.AccessToken, ask.InstitutionID = plaidapi.Secret{}, req.Institution.ID
		ask.Products, ask.AdditionalConsentedProducts = products[:1:1], products[1:]
		if products[0] == plaidapi.Transactions {
			ask.Transactions = &LinkTransactions{b.o.Days}
		}
		return ask, nil
	case plaidapi.Upgrade:
		if len(req.Products) == 0 || len(products) == 0 {
			return ask, missing("link token create")
		}
		ask.AdditionalConsentedProducts = products
	}
	if req.Token.Empty() {
		return ask, missing("link token create")
	}
	return ask, nil
}

// errPage is the cause of an error about an address that a person must not be sent to.
var errPage = errors.New("no page to send a person to")

// opens reports whether a URL is one that a person may be sent to: Plaid's, or for a host of somebody
// else's https or loopback.
func (c *Client) opens(page string) bool {
	u, err := url.Parse(page)
	switch {
	case err != nil || u.User != nil || strings.ContainsFunc(page, func(r rune) bool { return r <= ' ' || r > '~' }):
		return false
	case c.environment != "":
		return u.Scheme == "https" && u.Port() == "" && strings.HasSuffix(u.Hostname(), ".plaid.com")
	case u.Scheme == "http":
		return u.Hostname() == "127.0.0.1" || u.Hostname() == "::1" || u.Hostname() == "localhost"
	}
	return u.Scheme == "https" && u.Host != ""
}

// lacks reports that the keys' plan does not have a product.
func lacks(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Code == "INVALID_PRODUCT" || e.Code == "PRODUCT_NOT_ENABLED")
}

// until is when a page runs out.
func (b *Bank) until(expiration string) time.Time {
	if t := moment(expiration); !t.IsZero() {
		return t
	}
	return b.o.Now().Add(linkTime)
}

// wanted are products in the words of this wire, each once; transactions when none are named. Balance
// comes with every Item.
func wanted(products []plaidapi.Product) []plaidapi.Product {
	if len(products) == 0 {
		return []plaidapi.Product{plaidapi.Transactions}
	}
	var all []plaidapi.Product
	for _, p := range products {
		switch p {
		case plaidapi.Connect:
			p = plaidapi.Transactions
		case plaidapi.Info:
			p = plaidapi.Identity
		case plaidapi.Balance, plaidapi.Income, plaidapi.Risk:
			continue
		}
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// offered are those of the products that an institution has, as far as that is known.
func offered(at plaidapi.Institution, products []plaidapi.Product) []plaidapi.Product {
	if len(at.Products) == 0 {
		return products
	}
	return slices.DeleteFunc(slices.Clone(products), func(p plaidapi.Product) bool { return !at.Offers(p) })
}

func unsupported(op string) error {
	return &plaidapi.Error{Problem: plaidapi.Unsupported, Op: op, Unsent: true}
}

// Answer looks, once, how far the person has come on the page; no answers are needed. Browser comes
// back while they are at it, with Progress. When they are done, an Item to be added is Granted: its
// Accounts and the institution are known and nothing has been made yet; to answer that makes the Item
// and is Linked. A repaired Item is Linked at once. A page that has run out is AttemptOver.
//
// A step with Pending and Kind Browser alone, as a journal has them, is enough to go on with.
func (b *Bank) Answer(ctx context.Context, step plaidapi.Step, _ []plaidapi.Secret) (plaidapi.Step, error) {
	if step.Challenge.Kind != plaidapi.Browser && step.Challenge.Kind != plaidapi.Granted {
		return step, unsupported("link token get")
	}
	reply, err := b.client.LinkTokenGet(ctx, LinkSessionsRequest{step.Pending})
	if err != nil {
		step.Challenge.Kind = plaidapi.Browser // nothing has been asked for yet
		return step, err
	}
	seen := look(reply.Sessions)
	next := step
	next.Challenge = plaidapi.Challenge{
		Kind: plaidapi.Browser, URL: step.Challenge.URL, Expires: step.Challenge.Expires, Progress: seen.progress,
	}
	if next.Challenge.Expires.IsZero() || step.Challenge.Kind == plaidapi.Granted {
		next.Challenge.Expires = b.until(reply.Expiration)
	}
	switch {
	case step.Request.Mode != plaidapi.Add && seen.done:
		linked, err := b.repaired(ctx, next)
		if err != nil || linked.Challenge.Kind == plaidapi.Linked {
			return linked, err
		}
	case step.Request.Mode == plaidapi.Add && seen.grant != nil:
		next = granted(next, seen)
		if step.Challenge.Kind == plaidapi.Granted {
			return b.exchange(ctx, step, next, seen.grant.PublicToken)
		}
		return next, nil
	}
	if b.over(next.Challenge, seen) {
		return step, &plaidapi.Error{Problem: plaidapi.AttemptOver, Op: "link token get", RequestID: wire.RequestID(reply.RequestID), Err: errOver}
	}
	return next, nil
}

// errOver is the cause of an error about a page that nobody finished in time.
var errOver = errors.New("the page has run out")

// over reports that a page cannot be finished any more.
func (b *Bank) over(c plaidapi.Challenge, seen sessions) bool {
	end := c.Expires
	if seen.open {
		end = end.Add(grace)
	}
	return b.o.Now().After(end)
}

// granted is the step after the page is done.
func granted(step plaidapi.Step, seen sessions) plaidapi.Step {
	step.Challenge.Kind = plaidapi.Granted
	step.Challenge.Accounts = seen.grant.accounts()
	if !seen.finished.IsZero() {
		step.Challenge.Expires = seen.finished.Add(tokenTime)
	}
	if at := seen.grant.institution(); at.ID != "" && at.ID != step.Request.Institution.ID {
		step.Request.Institution = at // the person chose another one there
	}
	step.Request.Institution.Wire = plaidapi.Modern
	return step
}

// exchange makes the Item. Its token is never lost to a reply that cannot be read otherwise.
func (b *Bank) exchange(ctx context.Context, given, step plaidapi.Step, public plaidapi.Secret) (plaidapi.Step, error) {
	reply, err := b.client.PublicTokenExchange(ctx, ExchangeRequest{public})
	var e *Error
	if errors.As(err, &e) && !e.Token.Empty() {
		reply, err = &ExchangeReply{AccessToken: e.Token, ItemID: e.itemID}, nil
	}
	if err != nil {
		return given, err
	}
	last := linked(step, itemID(reply), reply.AccessToken)
	last.Item.Products = wanted(step.Request.Products)
	return last, nil
}

// linked is the last step: the Item and its token.
func linked(step plaidapi.Step, id string, token plaidapi.Secret) plaidapi.Step {
	at := step.Request.Institution
	return plaidapi.Step{
		Request:   step.Request,
		Challenge: plaidapi.Challenge{Kind: plaidapi.Linked, Progress: step.Challenge.Progress},
		Item: plaidapi.Item{
			ID: id, Wire: plaidapi.Modern,
			Institution: plaidapi.Institution{ID: at.ID, Wire: plaidapi.Modern, Name: at.Name, Site: at.Site},
		},
		Token: token,
	}
}

// itemID names an Item. Where its ID was lost on the way the token's hash stands in.
func itemID(reply *ExchangeReply) string {
	id := reply.ItemID
	if id == "" {
		sum := sha256.Sum256([]byte(reply.AccessToken.Reveal()))
		id = hex.EncodeToString(sum[:12])
	}
	return string(plaidapi.Modern) + ":" + id
}

// repaired is the last step of an update or upgrade, once the Item is well; before, it is step.
func (b *Bank) repaired(ctx context.Context, step plaidapi.Step) (plaidapi.Step, error) {
	c, err := b.Condition(ctx, plaidapi.Item{ID: step.Request.ItemID}, step.Request.Token)
	if err != nil || c.Err != nil {
		return step, err
	}
	last := linked(step, step.Request.ItemID, step.Request.Token)
	last.Item.ConsentUntil = c.ConsentUntil
	if step.Request.Mode == plaidapi.Upgrade {
		last.Item.Products = slices.DeleteFunc(wanted(step.Request.Products), func(p plaidapi.Product) bool {
			return !slices.Contains(c.Products, p) // asked for, and not agreed to
		})
	}
	return last, nil
}
