package legacy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"tartan/plaidapi"
)

// Begin opens a link attempt. To add or update, it only hands over the institution's sign-in form;
// to upgrade, it asks the bank.
func (b *Bank) Begin(ctx context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	step := plaidapi.Step{Request: req, Pending: req.Token}
	if req.Mode != plaidapi.Upgrade {
		fields := req.Institution.Fields
		if len(fields) == 0 {
			fields = signIn("", "", "")
		}
		step.Challenge = plaidapi.Challenge{Kind: plaidapi.Credentials, Fields: fields}
		return step, nil
	}
	if len(req.Products) == 0 {
		return step, missing("upgrade")
	}
	p := req.Products[0]
	reply, err := b.client.Upgrade(ctx, UpgradeRequest{
		Token: req.Token, To: p, Options: UpdateOptions{List: true, LoginOnly: p == plaidapi.Connect},
	})
	return b.advance(step, p, reply, err)
}

// Answer sends the answers to a step's challenge, once. With any error the step it returns is the
// one it was given, but for the token of an unfinished Item that came with the error: it is Pending.
func (b *Bank) Answer(ctx context.Context, step plaidapi.Step, answers []plaidapi.Secret) (plaidapi.Step, error) {
	if len(answers) == 0 || len(answers) != len(step.Challenge.Fields) {
		return step, missing("answer")
	}
	p, err := product(step.Request)
	if err != nil {
		return step, err
	}
	if step.Challenge.Kind == plaidapi.Credentials {
		reply, err := b.signIn(ctx, step, p, answers)
		return b.advance(step, p, reply, err)
	}
	req := StepRequest{Token: step.Pending, LoginOnly: p == plaidapi.Connect}
	switch step.Challenge.Kind {
	case plaidapi.Device:
		req.Send = sendMethod(answers[0].Reveal())
	case plaidapi.Selection:
		req.Answers = answers
	case plaidapi.Question, plaidapi.Code:
		if req.Answer = answers[0]; len(answers) > 1 {
			req.Answer, req.Answers = plaidapi.Secret{}, answers
		}
	default:
		return step, unsupported("answer")
	}
	reply, err := b.step(ctx, step.Request.Mode, p, req)
	return b.advance(step, p, reply, err)
}

// signIn sends user name, password and PIN.
func (b *Bank) signIn(ctx context.Context, step plaidapi.Step, p plaidapi.Product, answers []plaidapi.Secret) (*Reply, error) {
	if len(answers) < 2 {
		return nil, missing("sign in")
	}
	var pin plaidapi.Secret
	if len(answers) > 2 {
		pin = answers[2]
	}
	if step.Request.Mode == plaidapi.Update {
		return b.client.Product(p).Update(ctx, UpdateRequest{
			Token: step.Request.Token, Username: answers[0], Password: answers[1], PIN: pin, Options: UpdateOptions{List: true},
		})
	}
	return b.client.Product(p).Add(ctx, AddRequest{
		Type: step.Request.Institution.ID, Username: answers[0], Password: answers[1], PIN: pin,
		Options: AddOptions{List: true, LoginOnly: p == plaidapi.Connect},
	})
}

// step sends an answer to where the attempt was begun.
func (b *Bank) step(ctx context.Context, mode plaidapi.Mode, p plaidapi.Product, req StepRequest) (*Reply, error) {
	switch mode {
	case plaidapi.Update:
		return b.client.Product(p).UpdateStep(ctx, req)
	case plaidapi.Upgrade:
		req.To = p
		return b.client.UpgradeStep(ctx, req)
	}
	return b.client.Product(p).Step(ctx, req)
}

// product picks what to link with: the first wanted product that the institution offers. Balance
// is no product of its own: every Item has it.
func product(req plaidapi.LinkRequest) (plaidapi.Product, error) {
	products := wanted(req.Products)
	if req.Mode == plaidapi.Upgrade {
		return products[0], nil
	}
	for _, p := range products {
		if p != plaidapi.Balance && (req.Mode == plaidapi.Update || len(req.Institution.Products) == 0 || req.Institution.Offers(p)) {
			return p, nil
		}
	}
	return "", unsupported("link")
}

// wanted are the products of a request or an Item that names none.
func wanted(products []plaidapi.Product) []plaidapi.Product {
	if len(products) == 0 {
		return []plaidapi.Product{plaidapi.Connect, plaidapi.Auth, plaidapi.Info}
	}
	return products
}

// advance makes the next step of an answer.
func (b *Bank) advance(step plaidapi.Step, p plaidapi.Product, reply *Reply, err error) (plaidapi.Step, error) {
	token, finished := savedToken(err)
	if finished {
		return linked(step, p, nil, token), nil // made, though the rest cannot be read: keep it
	}
	if err != nil {
		if !token.Empty() {
			step.Pending = token // begun, though there is no telling how it goes on
		}
		return step, err
	}
	if token = reply.AccessToken; token.Empty() {
		token = step.Pending
	}
	if token.Empty() {
		return step, unreadable("link", &reply.Answer, errNoToken)
	}
	if reply.MFA == nil {
		return linked(step, p, reply.Accounts, token), nil
	}
	challenge, ok := question(reply.MFA)
	if !ok {
		step.Pending = token
		return step, unsupported("second factor")
	}
	next := plaidapi.Step{Request: step.Request, Pending: token, Challenge: challenge}
	return next, nil
}

// errNoToken is the cause of an error about a success that does not say how to go on.
var errNoToken = errors.New("no access token")

func unsupported(op string) error {
	return &plaidapi.Error{Problem: plaidapi.Unsupported, Op: op}
}

// linked is the last step: the Item and its token.
func linked(step plaidapi.Step, p plaidapi.Product, accounts []Account, token plaidapi.Secret) plaidapi.Step {
	at := step.Request.Institution
	item := plaidapi.Item{
		ID:   step.Request.ItemID,
		Wire: plaidapi.Legacy,
		Institution: plaidapi.Institution{
			ID: at.ID, Wire: plaidapi.Legacy, Name: at.Name, Site: at.Site, Fields: at.Fields,
		},
		Products: []plaidapi.Product{p},
	}
	if step.Request.Mode == plaidapi.Add {
		item.ID = itemID(at.ID, accounts, token)
	}
	return plaidapi.Step{
		Request: step.Request, Challenge: plaidapi.Challenge{Kind: plaidapi.Linked}, Item: item, Token: token,
	}
}

// itemID names an Item. The institution is in it because the API's own ID is not unique: its
// sandbox gave every institution the same. Where no account tells it, the token's hash stands in.
func itemID(institution string, accounts []Account, token plaidapi.Secret) string {
	login := ""
	if len(accounts) > 0 {
		login = accounts[0].Item
	}
	if login == "" {
		sum := sha256.Sum256([]byte(token.Reveal()))
		login = hex.EncodeToString(sum[:12])
	}
	return string(plaidapi.Legacy) + ":" + institution + ":" + login
}
