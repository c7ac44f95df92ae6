package modern_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
	"tartan/plaidapi/sandbox"
)

// Example links an invented bank without its page, as only a sandbox can, and reads what is there.
func Example() {
	server := httptest.NewServer(sandbox.New(sandbox.Options{}).Modern()) // modern.Sandbox is Plaid's own
	defer server.Close()
	client, err := modern.New("test_id", plaidapi.NewSecret("test_secret"), modern.BaseURL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	public, err := client.SandboxPublicToken(ctx, modern.SandboxPublicTokenRequest{
		InstitutionID: "ins_109511", InitialProducts: []plaidapi.Product{plaidapi.Transactions},
	})
	if err != nil {
		log.Fatal(err)
	}
	item, err := client.PublicTokenExchange(ctx, modern.ExchangeRequest{PublicToken: public.PublicToken})
	if err != nil {
		log.Fatal(err)
	}
	reply, err := client.Accounts(ctx, modern.AccountsRequest{AccessToken: item.AccessToken})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range reply.Accounts[:3] {
		fmt.Println(a.Name, a.Mask, a.Type)
	}
	fmt.Println(item.AccessToken)
	// Output:
	// Everyday Checking 0000 depository
	// Saver 1111 depository
	// Platinum Card 3333 credit
	// ••••
}
