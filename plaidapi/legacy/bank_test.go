package legacy_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

var _ ledger.Bank = (*legacy.Bank)(nil)

// opened is a Bank over a practice bank.
func opened(t testing.TB, o sandbox.Options) (*sandbox.Bank, *legacy.Bank) {
	t.Helper()
	practice, client := practice(t, o)
	return practice, legacy.NewBank(client, clock)
}

// institution finds one in the directory.
func institution(t testing.TB, b *legacy.Bank, id string) plaidapi.Institution {
	t.Helper()
	all, err := b.Institutions(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if i.ID == id {
			return i
		}
	}
	t.Fatalf("no institution %s", id)
	return plaidapi.Institution{}
}

// link goes through a whole attempt, giving each answer in turn, and checks the kinds it meets.
func link(t testing.TB, b *legacy.Bank, req plaidapi.LinkRequest, kinds string, answers ...string) (plaidapi.Step, error) {
	t.Helper()
	step, err := b.Begin(t.Context(), req)
	met := step.Challenge.Kind.String()
	for err == nil && step.Challenge.Kind != plaidapi.Linked {
		given := make([]plaidapi.Secret, len(step.Challenge.Fields))
		if len(given) > len(answers) {
			t.Fatalf("%s asks for more than %q", met, answers)
		}
		for i := range given {
			given[i] = secret(answers[i])
		}
		answers = answers[len(given):]
		step, err = b.Answer(t.Context(), step, given)
		if err == nil {
			met += " " + step.Challenge.Kind.String()
		}
	}
	if met != kinds {
		t.Errorf("met %q, want %q (%v)", met, kinds, err)
	}
	return step, err
}

func TestLinkEveryFactor(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	const recorded = ":KdDjmojBERUKx3JkDd9RuxA5EvejA4SENO4AA"
	tests := []struct {
		bank, kinds string
		answers     []string
	}{
		{"wells", "credentials linked", []string{"plaid_test", "plaid_good"}},
		{"amex", "credentials linked", []string{"plaid_test", "plaid_good"}},
		{"schwab", "credentials linked", []string{"plaid_test", "plaid_good"}},
		{"bofa", "credentials question question question linked", []string{"plaid_test", "plaid_good", "again", "again", "tomato"}},
		{"usaa", "credentials question linked", []string{"plaid_test", "plaid_good", "1234", "tomato"}},
		{"chase", "credentials device code linked", []string{"plaid_test", "plaid_good", "phone xxx-xxx-5309", "1234"}},
		{"chase", "credentials device code linked", []string{"plaid_test", "plaid_good", "email t..t@plaid.com", "1234"}},
		{"citi", "credentials selection linked", []string{"plaid_selections", "plaid_good", "tomato", "ketchup"}},
	}
	for _, test := range tests {
		step, err := link(t, b, plaidapi.LinkRequest{Institution: institution(t, b, test.bank)}, test.kinds, test.answers...)
		if err != nil {
			t.Errorf("%s: %v", test.bank, err)
			continue
		}
		if step.Item.ID != "legacy:"+test.bank+recorded || step.Item.Institution.ID != test.bank || step.Token.Reveal() != "test_"+test.bank || len(step.Item.Products) != 1 {
			t.Errorf("%s: %+v", test.bank, step.Item)
		}
	}
}

func TestDeviceChoiceIsForPeople(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	step, err := b.Begin(t.Context(), plaidapi.LinkRequest{Institution: institution(t, b, "chase")})
	if err != nil {
		t.Fatal(err)
	}
	step, err = b.Answer(t.Context(), step, []plaidapi.Secret{secret("plaid_test"), secret("plaid_good")})
	if err != nil || step.Challenge.Kind != plaidapi.Device {
		t.Fatalf("%+v, %v", step, err)
	}
	options := step.Challenge.Fields[0].Options
	want := []plaidapi.Option{
		{Label: "text message", Detail: "phone ending 5309", Value: "phone xxx-xxx-5309"},
		{Label: "email", Detail: "t..t@plaid.com", Value: "email t..t@plaid.com"},
	}
	if len(options) != 2 || options[0] != want[0] || options[1] != want[1] {
		t.Errorf("got %+v", options)
	}
	for range 2 { // the same answer sends the code again
		code, err := b.Answer(t.Context(), step, []plaidapi.Secret{secret(options[0].Value)})
		if err != nil || code.Challenge.Kind != plaidapi.Code || code.Challenge.Prompt != "Code sent to xxx-xxx-5309" {
			t.Errorf("%+v, %v", code.Challenge, err)
		}
	}
}

func TestLinkFailures(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	tests := []struct {
		about, bank, kinds string
		is                 error
		answers            []string
	}{
		{"wrong password", "bofa", "credentials", plaidapi.WrongDetails, []string{"plaid_test", "plaid_bad"}},
		{"locked", "bofa", "credentials", plaidapi.Locked, []string{"plaid_test", "plaid_locked"}},
		{"wrong PIN", "usaa", "credentials", plaidapi.WrongDetails, []string{"plaid_test", "plaid_good", "0000"}},
		{"no PIN", "usaa", "credentials", plaidapi.WrongDetails, []string{"plaid_test", "plaid_good", ""}},
		{"wrong answer", "bofa", "credentials question", plaidapi.WrongAnswer, []string{"plaid_test", "plaid_good", "banana"}},
		{"wrong code", "chase", "credentials device code", plaidapi.WrongAnswer, []string{"plaid_test", "plaid_good", "phone xxx-xxx-5309", "0"}},
		{"no such device", "chase", "credentials device", plaidapi.WrongAnswer, []string{"plaid_test", "plaid_good", "card nothing"}},
		{"wrong choices", "citi", "credentials selection", plaidapi.WrongAnswer, []string{"plaid_selections", "plaid_good", "potato", "mustard"}},
		{"1200", "990404", "credentials", plaidapi.WrongDetails, []string{"fail_1200", "plaid_good"}},
		{"1206", "990404", "credentials", plaidapi.NotSetUp, []string{"fail_1206", "plaid_good"}},
		{"1208", "990404", "credentials", plaidapi.Unsupported, []string{"fail_1208", "plaid_good"}},
		{"1303", "990404", "credentials", plaidapi.BankDown, []string{"fail_1303", "plaid_good"}},
		{"1104", "990404", "credentials", plaidapi.BadKeys, []string{"fail_1104", "plaid_good"}},
		{"1215", "990404", "credentials", plaidapi.LoginRequired, []string{"fail_1215", "plaid_good"}},
		{"1700", "990404", "credentials", plaidapi.ServerFault, []string{"fail_1700", "plaid_good"}},
	}
	for _, test := range tests {
		at := plaidapi.Institution{ID: test.bank}
		if test.bank != "990404" {
			at = institution(t, b, test.bank)
		}
		step, err := link(t, b, plaidapi.LinkRequest{Institution: at}, test.kinds, test.answers...)
		if !errors.Is(err, test.is) || !strings.HasSuffix(test.kinds, step.Challenge.Kind.String()) {
			t.Errorf("%s: %v, at %v", test.about, err, step.Challenge.Kind)
		}
	}
}

func TestProductIsTheFirstOffered(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	tests := []struct {
		bank string
		want []plaidapi.Product
		got  plaidapi.Product
	}{
		{"wells", nil, plaidapi.Connect},
		{"schwab", nil, plaidapi.Auth},
		{"wells", []plaidapi.Product{plaidapi.Balance, plaidapi.Income, plaidapi.Auth}, plaidapi.Income},
		{"schwab", []plaidapi.Product{plaidapi.Risk}, ""},
	}
	for _, test := range tests {
		kinds := "credentials linked"
		if test.got == "" {
			kinds = "credentials"
		}
		step, err := link(t, b, plaidapi.LinkRequest{Institution: institution(t, b, test.bank), Products: test.want}, kinds, "plaid_test", "plaid_good")
		if test.got == "" && !errors.Is(err, plaidapi.Unsupported) {
			t.Errorf("%s: %v", test.bank, err)
		}
		if test.got != "" && (err != nil || step.Item.Products[0] != test.got) {
			t.Errorf("%s: %+v, %v", test.bank, step.Item, err)
		}
	}
}

func TestUpdateAndUpgrade(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	update := plaidapi.LinkRequest{Mode: plaidapi.Update, Institution: institution(t, b, "bofa"), ItemID: "mine", Token: secret("test_bofa")}
	step, err := link(t, b, update, "credentials question linked", "plaid_test", "plaid_good", "tomato")
	if err != nil || step.Item.ID != "mine" || step.Token.Reveal() != "test_bofa" {
		t.Errorf("update: %+v, %v", step, err)
	}
	upgrade := plaidapi.LinkRequest{Mode: plaidapi.Upgrade, Institution: update.Institution, ItemID: "mine", Token: secret("test_bofa"), Products: []plaidapi.Product{plaidapi.Info}}
	step, err = link(t, b, upgrade, "linked")
	if err != nil || step.Item.ID != "mine" || step.Item.Products[0] != plaidapi.Info {
		t.Errorf("upgrade: %+v, %v", step, err)
	}
	upgrade.Token = secret("test_zoba")
	if _, err = b.Begin(t.Context(), upgrade); !errors.Is(err, plaidapi.ItemGone) {
		t.Errorf("upgrade of what is gone: %v", err)
	}
}

// TestUpgradeWithSecondFactor uses a hand-made server: the sandbox never asked one here.
func TestUpgradeWithSecondFactor(t *testing.T) {
	var sent string
	client := answering(t, 201, `{"type":"questions","mfa":[{"question":"Who?"}],"access_token":"t2"}`, &sent)
	b := legacy.NewBank(client, clock)
	step, err := b.Begin(t.Context(), plaidapi.LinkRequest{Mode: plaidapi.Upgrade, Token: secret("t1"), Products: []plaidapi.Product{plaidapi.Auth}})
	if err != nil || step.Challenge.Kind != plaidapi.Question || step.Pending.Reveal() != "t2" {
		t.Fatalf("%+v, %v", step, err)
	}
	if _, err = b.Answer(t.Context(), step, []plaidapi.Secret{secret("me")}); err != nil {
		t.Fatal(err)
	}
	if want := `POST /upgrade/step {"client_id":"id","secret":"key","access_token":"t2","upgrade_to":"auth","mfa":"me"}`; sent != want {
		t.Errorf("sent %s", sent)
	}
}

func TestTokenIsSavedFromABrokenReply(t *testing.T) {
	b := legacy.NewBank(answering(t, 200, `{"accounts":5,"access_token":"keep me"}`, nil), clock)
	req := plaidapi.LinkRequest{Institution: plaidapi.Institution{ID: "x"}}
	step, err := link(t, b, req, "credentials linked", "u", "p")
	if err != nil || step.Token.Reveal() != "keep me" || !strings.HasPrefix(step.Item.ID, "legacy:x:") || strings.Contains(step.Item.ID, "keep") {
		t.Errorf("%+v, %v", step, err)
	}
}

type failing func() error

func (f failing) Read([]byte) (int, error) { return 0, f() }

// cut answers every request with the beginning of a body and then fails as lost says.
func cut(t *testing.T, status int, body string, lost func() error) *legacy.Bank {
	t.Helper()
	serve := func(*http.Request) (*http.Response, error) {
		whole := io.MultiReader(strings.NewReader(body), failing(lost))
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(whole)}, nil
	}
	c, err := legacy.New("id", secret("key"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: transport(serve)}))
	if err != nil {
		t.Fatal(err)
	}
	return legacy.NewBank(c, clock)
}

// TestTokenIsSavedFromACutOffReply: the Item has been made, whether or not the rest arrives.
func TestTokenIsSavedFromACutOffReply(t *testing.T) {
	form := plaidapi.Step{
		Request:   plaidapi.LinkRequest{Institution: plaidapi.Institution{ID: "x"}},
		Challenge: plaidapi.Challenge{Kind: plaidapi.Credentials, Fields: make([]plaidapi.Field, 2)},
	}
	answers := []plaidapi.Secret{secret("u"), secret("p")}
	for _, test := range []struct {
		status int
		body   string
		cancel bool
		want   string // token
	}{
		{200, `{"access_token":"keep me"`, false, "keep me"},
		{200, `{"accounts":[{"_id":"1"}],"access_token":"keep me","transactions":[{"_i`, false, "keep me"},
		{200, `{"access_token":"keep me","acc`, true, "keep me"},
		{200, `{"access_token":"keep m`, false, ""},
		{500, `{"access_token":"echo"`, false, ""},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		b := cut(t, test.status, test.body, func() error {
			if test.cancel {
				cancel()
			}
			return io.ErrUnexpectedEOF
		})
		step, err := b.Answer(ctx, form, answers)
		cancel()
		if step.Token.Reveal() != test.want {
			t.Errorf("%d %s: token %q, %v", test.status, test.body, step.Token.Reveal(), err)
		}
		if test.want != "" && (err != nil || step.Challenge.Kind != plaidapi.Linked) {
			t.Errorf("%d %s: %+v, %v", test.status, test.body, step.Challenge, err)
		}
		if test.want == "" && !errors.Is(err, plaidapi.Offline) {
			t.Errorf("%d %s: %v", test.status, test.body, err)
		}
	}
}

func TestWhatCannotBeAnswered(t *testing.T) {
	tests := map[string]struct {
		status int
		body   string
		is     error
		token  string // of the Item that was begun
	}{
		"unknown factor":       {201, `{"type":"retina","mfa":{},"access_token":"t"}`, plaidapi.Unsupported, "t"},
		"unreadable factor":    {201, `{"type":5,"mfa":{},"access_token":"t"}`, plaidapi.Unsupported, "t"},
		"factor without token": {201, `{"type":"questions","mfa":[{"question":"?"}]}`, plaidapi.BadReply, ""},
		"item without token":   {200, `{"accounts":[]}`, plaidapi.BadReply, ""},
		"a token echoed":       {402, `{"code":1200,"access_token":"t"}`, plaidapi.WrongDetails, ""},
	}
	for about, test := range tests {
		b := legacy.NewBank(answering(t, test.status, test.body, nil), clock)
		req := plaidapi.LinkRequest{Institution: plaidapi.Institution{ID: "x"}}
		step, err := link(t, b, req, "credentials", "u", "p")
		if !errors.Is(err, test.is) || step.Pending.Reveal() != test.token {
			t.Errorf("%s: %v, token %q", about, err, step.Pending.Reveal())
		}
	}
	b := legacy.NewBank(answering(t, 500, "", nil), clock)
	step, err := b.Begin(t.Context(), plaidapi.LinkRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, answers := range [][]plaidapi.Secret{nil, {secret("u")}, {secret("u"), secret("p"), secret("x")}} {
		var e *legacy.Error
		if _, err := b.Answer(t.Context(), step, answers); err == nil || errors.As(err, &e) {
			t.Errorf("%d answers were sent: %v", len(answers), err)
		}
	}
}

func TestUnlink(t *testing.T) {
	_, b := opened(t, sandbox.Options{})
	item := plaidapi.Item{Products: []plaidapi.Product{plaidapi.Connect, plaidapi.Auth}}
	if err := b.Unlink(t.Context(), item, secret("test_wells")); err != nil {
		t.Error(err)
	}
	if err := b.Unlink(t.Context(), item, secret("test_zoba")); !errors.Is(err, plaidapi.ItemGone) {
		t.Errorf("unknown token: %v", err)
	}
	down := legacy.NewBank(answering(t, 500, "", nil), clock)
	if err := down.Unlink(t.Context(), item, secret("t")); !errors.Is(err, plaidapi.ServerFault) {
		t.Errorf("server down: %v", err)
	}
}

// TestUnlinkAnswers: a status of success is enough, and what is not there need not be removed.
func TestUnlinkAnswers(t *testing.T) {
	item := plaidapi.Item{Products: []plaidapi.Product{plaidapi.Connect, plaidapi.Auth}}
	tests := []struct {
		status int
		body   string
		want   error
	}{
		{200, `{"message":"Successfully removed from your account"}`, nil},
		{200, "", nil},
		{200, "OK", nil},
		{200, `{"message":5}`, nil},
		{202, "", nil},
		{204, "", nil},
		{401, `{"code":1110,"message":"product not enabled"}`, nil},
		{401, `{"code":1105,"message":"bad access token"}`, plaidapi.ItemGone},
		{401, `{"code":1108,"message":"institution not available"}`, plaidapi.Unsupported},
		{302, "", plaidapi.BadReply},
	}
	for _, test := range tests {
		b := legacy.NewBank(answering(t, test.status, test.body, nil), clock)
		if err := b.Unlink(t.Context(), item, secret("t")); !errors.Is(err, test.want) {
			t.Errorf("%d %q: %v", test.status, test.body, err)
		}
	}
}
