package legacy_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

// practiceBank leads a client to the practice bank, in the same process, in place of
// tartan.plaid.com.
func practiceBank() []legacy.Option {
	bank := sandbox.New(sandbox.Options{Clock: func() time.Time { return time.Date(2026, time.March, 14, 12, 0, 0, 0, time.UTC) }})
	return []legacy.Option{
		legacy.BaseURL("http://localhost"),
		legacy.HTTPClient(&http.Client{Transport: bank.Dial().Transport()}),
	}
}

// testClient has the keys of the sandbox.
func testClient() *legacy.Client {
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), practiceBank()...)
	if err != nil {
		log.Fatal(err)
	}
	return client
}

// Configuration: keys, and a server other than the default. Errors sort themselves by class, as
// plaid-python's exceptions did, or by what to do about them.
func Example() {
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), practiceBank()...)
	if err != nil {
		log.Fatal(err) // the base URL is not one that keys may be sent to
	}
	_, err = client.Connect.Add(context.Background(), legacy.AddRequest{
		Type:     "bofa",
		Username: plaidapi.NewSecret("plaid_test"),
		Password: plaidapi.NewSecret("something_invalid"),
	})
	var refused *legacy.Error
	switch {
	case errors.Is(err, legacy.Unauthorized):
		fmt.Println("check the keys")
	case errors.Is(err, plaidapi.WrongDetails) && errors.As(err, &refused):
		fmt.Println(refused.Code, refused.Resolve)
	}
	fmt.Println(errors.Is(err, legacy.RequestFailed))
	// Output:
	// 1200 The username or password provided were not correct.
	// true
}

// With RawReplies an answer of any status is a reply: plaid-python's suppress_http_errors.
func ExampleRawReplies() {
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), append(practiceBank(), legacy.RawReplies())...)
	if err != nil {
		log.Fatal(err)
	}
	reply, err := client.Connect.Get(context.Background(), legacy.GetRequest{Token: plaidapi.NewSecret("foo")})
	if err != nil {
		log.Fatal(err) // nothing answered
	}
	fmt.Println(reply.OK(), reply.Status)
	fmt.Println(reply.Body.Reveal())
	// Output:
	// false 401
	// {
	//   "code": 1105,
	//   "message": "bad access_token",
	//   "resolve": "This access_token appears to be corrupted.",
	//   "access_token": "foo"
	// }
}

// Public endpoints need no keys.
func ExampleClient_Institutions() {
	client, err := legacy.New("", plaidapi.Secret{}, practiceBank()...)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	institutions, err := client.Institutions(ctx)
	if err != nil {
		log.Fatal(err)
	}
	categories, err := client.Categories(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(institutions.Institutions[0].Name, institutions.Institutions[0].MFA)
	fmt.Println(len(categories.Categories), categories.Categories[0].Hierarchy)
	// Output:
	// Bank of America [code list questions(3)]
	// 602 [Bank Fees]
}

func ExampleClient_InstitutionSearch() {
	found, err := testClient().InstitutionSearch(context.Background(), legacy.SearchRequest{Query: "wells fargo", Product: plaidapi.Auth})
	if err != nil {
		log.Fatal(err)
	}
	for _, bank := range found.Results {
		fmt.Println(bank.Type, bank.Name)
	}
	// Output:
	// wells Wells Fargo
}

// A bank without a second factor answers with the data at once.
func ExampleResource_Add() {
	reply, err := testClient().Connect.Add(context.Background(), legacy.AddRequest{
		Type: "wells", Username: plaidapi.NewSecret("plaid_test"), Password: plaidapi.NewSecret("plaid_good"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(reply.Accounts), len(reply.Transactions), reply.AccessToken)
	// Output:
	// 4 16 ••••
}

// A bank with a second factor asks until it is satisfied; each reply carries the token for the
// next step.
func ExampleResource_Step() {
	client, ctx := testClient(), context.Background()
	link := func(kind, username string) {
		reply, err := client.Connect.Add(ctx, legacy.AddRequest{
			Type: kind, Username: plaidapi.NewSecret(username), Password: plaidapi.NewSecret("plaid_good"),
			Options: legacy.AddOptions{List: true}, // choose where a code is sent
		})
		for err == nil && reply.MFA != nil {
			step := legacy.StepRequest{Token: reply.AccessToken}
			switch reply.MFA.Kind {
			case legacy.Questions:
				fmt.Println(kind, "asks:", reply.MFA.Questions[0])
				step.Answer = plaidapi.NewSecret("tomato")
			case legacy.DeviceList:
				fmt.Println(kind, "offers:", reply.MFA.Devices)
				step.Send = legacy.SendMethod{Mask: reply.MFA.Devices[0].Mask} // or by Type
			case legacy.CodeSent:
				fmt.Println(kind, "says:", reply.MFA.Message)
				step.Answer = plaidapi.NewSecret("1234")
			case legacy.Selections:
				for _, s := range reply.MFA.Selections {
					fmt.Println(kind, "asks:", s.Question, strings.Join(s.Answers, " or "))
					step.Answers = append(step.Answers, plaidapi.NewSecret(s.Answers[0]))
				}
			default:
				log.Fatal("unknown second factor ", reply.MFA.Type)
			}
			reply, err = client.Connect.Step(ctx, step)
		}
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(kind, "is linked:", len(reply.Accounts), "accounts")
	}
	link("bofa", "plaid_test")
	link("chase", "plaid_test")
	link("citi", "plaid_selections")
	// Output:
	// bofa asks: You say tomato, I say...?
	// bofa is linked: 4 accounts
	// chase offers: [{xxx-xxx-5309 phone} {t..t@plaid.com email}]
	// chase says: Code sent to xxx-xxx-5309
	// chase is linked: 4 accounts
	// citi asks: You say tomato, I say...? tomato or potato
	// citi asks: Ketchup or mustard? ketchup or mustard
	// citi is linked: 4 accounts
}

// Auth is linked as connect is; its accounts have numbers.
func ExampleResource_Add_auth() {
	client, ctx := testClient(), context.Background()
	reply, err := client.Auth.Add(ctx, legacy.AddRequest{
		Type: "bofa", Username: plaidapi.NewSecret("plaid_test"), Password: plaidapi.NewSecret("plaid_good"),
	})
	if err != nil {
		log.Fatal(err)
	}
	reply, err = client.Auth.Step(ctx, legacy.StepRequest{Token: reply.AccessToken, Answer: plaidapi.NewSecret("tomato")})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(reply.Accounts[1].Meta.Name, reply.Accounts[1].Numbers.Routing)
	// Output:
	// Plaid Checking 021000021
}

func ExampleResource_Update() {
	reply, err := testClient().Connect.Update(context.Background(), legacy.UpdateRequest{
		Token: plaidapi.NewSecret("test_wells"), Username: plaidapi.NewSecret("plaid_test"), Password: plaidapi.NewSecret("plaid_good"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(reply.Status, reply.MFA == nil)
	// Output:
	// 200 true
}

func ExampleClient_Upgrade() {
	reply, err := testClient().Upgrade(context.Background(), legacy.UpgradeRequest{Token: plaidapi.NewSecret("test_wells"), To: plaidapi.Info})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(reply.Info.Names[0], reply.Info.Emails[0].Data)
	// Output:
	// Kelly Walters kelly.walters30@example.com
}

func ExampleResource_Delete() {
	client, ctx := testClient(), context.Background()
	for _, product := range []legacy.Resource{client.Connect, client.Auth} {
		reply, err := product.Delete(ctx, legacy.TokenRequest{Token: plaidapi.NewSecret("test_wells")})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(reply.Message)
	}
	// Output:
	// Successfully removed from your account
	// Successfully removed from your account
}

// A public token of Plaid Link becomes an access token, which every other call takes.
func ExampleClient_ExchangeToken() {
	client, ctx := testClient(), context.Background()
	exchanged, err := client.ExchangeToken(ctx, legacy.ExchangeRequest{PublicToken: plaidapi.NewSecret("test,chase,connected")})
	if err != nil {
		log.Fatal(err)
	}
	reply, err := client.Auth.Get(ctx, legacy.GetRequest{Token: exchanged.AccessToken})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(exchanged.Sandbox, len(reply.Accounts))
	// Output:
	// true 4
}

// Accounts of a linked Item.
func ExampleResource_Get() {
	reply, err := testClient().Auth.Get(context.Background(), legacy.GetRequest{Token: plaidapi.NewSecret("test_wells")})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range reply.Accounts {
		fmt.Println(a.Meta.Name, a.Meta.Number, a.Type)
	}
	// Output:
	// Plaid Savings 9606 depository
	// Plaid Checking 1702 depository
	// Plaid Premier Checking 5204 depository
	// Plaid Credit Card 3002 credit
}

func ExampleClient_Balance() {
	reply, err := testClient().Balance(context.Background(), legacy.TokenRequest{Token: plaidapi.NewSecret("test_wells")})
	if err != nil {
		log.Fatal(err)
	}
	savings, err := plaidapi.ParseMoney(string(reply.Accounts[0].Balance.Current), "USD")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(savings)
	// Output:
	// 1274.93 USD
}

// Transactions of a linked Item, between two days. A positive amount left the account.
func ExampleResource_Get_transactions() {
	reply, err := testClient().Connect.Get(context.Background(), legacy.GetRequest{
		Token: plaidapi.NewSecret("test_wells"), Options: legacy.GetOptions{Pending: true, GTE: "2014-06-20", LTE: "2014-07-22"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range reply.Transactions {
		fmt.Println(t.Date, t.Name, t.Amount)
	}
	// Output:
	// 2014-07-21 ATM Withdrawal 200
	// 2014-06-23 Apple Store 2307.15
	// 2014-06-21 Gregorys Coffee 3.19
}
