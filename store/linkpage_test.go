package store_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
	"tartan/ui/ledger"
)

// byPage are the practice bank's banks that have a page of their own, and what is typed there.
var (
	tartanPage  = visit{"ins_109511", "Tartan Bank", [][]string{{"user_good", "pass_good"}}}
	ginghamPage = visit{"ins_109509", "First Gingham", [][]string{{"user_good", "pass_good"}}}
)

// linkByPage walks through the page of a bank with a browser that nothing strikes, or leaves before
// that, and gives the Item's ID.
func (v visit) linkByPage(ctx context.Context, r *run, leaves bool) (string, error) {
	step, err := r.Begin(ctx, plaidapi.LinkRequest{
		Institution: plaidapi.Institution{ID: v.ID, Wire: plaidapi.Modern, Name: v.Name},
		Products:    []plaidapi.Product{plaidapi.Transactions},
	})
	if err == nil {
		step, err = r.Answer(ctx, step, nil) // nobody has opened the page
	}
	switch {
	case err != nil:
		return "", err
	case leaves:
		return "", r.Abandon(ctx, step)
	}
	if err := r.browse(step.Challenge.URL, v.Answers[0]); err != nil {
		return "", err
	}
	for err == nil && step.Challenge.Kind != plaidapi.Linked {
		step, err = r.Answer(ctx, step, nil)
	}
	return step.Item.ID, err
}

var (
	pageForm = regexp.MustCompile(`<form method="post" action="([^"]*)"`)
	pageBox  = regexp.MustCompile(`name="account" value="([^"]*)"`)
)

// browse signs in on a page and shares all accounts.
func (r *run) browse(page string, login []string) error {
	body, err := r.page(http.MethodGet, page, nil)
	if err == nil {
		body, err = r.submit(page, body, url.Values{"action": {"sign_in"}, "username": {login[0]}, "password": {login[1]}})
	}
	if err != nil {
		return err
	}
	shared := url.Values{"action": {"accounts"}}
	for _, box := range pageBox.FindAllStringSubmatch(body, -1) {
		shared.Add("account", box[1])
	}
	_, err = r.submit(page, body, shared)
	return err
}

// submit sends the form in a body.
func (r *run) submit(page, body string, form url.Values) (string, error) {
	to := pageForm.FindStringSubmatch(body)
	at, err := url.Parse(page)
	if to == nil || err != nil {
		return "", errors.Join(errors.New("a page without a form"), err)
	}
	if at, err = at.Parse(to[1]); err != nil {
		return "", err
	}
	return r.page(http.MethodPost, at.String(), form)
}

func (r *run) page(method, page string, form url.Values) (string, error) {
	req, err := http.NewRequest(method, page, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := (&http.Client{Transport: r.browser}).Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	return string(body), err
}

// modernBank is the practice bank by the wire that has pages.
func modernBank(home string, transport http.RoundTripper) (ledger.Bank, error) {
	client, err := modern.New("test_id", plaidapi.NewSecret("test_secret"),
		modern.BaseURL(home), modern.HTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		return nil, err
	}
	return modern.NewBank(client, modern.BankOptions{Now: linkClock, User: "somebody"}), nil
}
