package legacy_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
)

func TestMFAChallenges(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	tests := []struct {
		about, kind, user string
		list              bool
		want              legacy.MFA
	}{
		{"questions", "bofa", "plaid_test", true, legacy.MFA{Kind: legacy.Questions, Type: "questions", Questions: []string{"You say tomato, I say...?"}}},
		{"list", "chase", "plaid_test", true, legacy.MFA{
			Kind: legacy.DeviceList, Type: "list",
			Devices: []legacy.Device{{Mask: "xxx-xxx-5309", Type: "phone"}, {Mask: "t..t@plaid.com", Type: "email"}},
		}},
		{"device", "chase", "plaid_test", false, legacy.MFA{Kind: legacy.CodeSent, Type: "device", Message: "Code sent to t..t@plaid.com"}},
		{"selections", "citi", "plaid_selections", true, legacy.MFA{Kind: legacy.Selections, Type: "selections", Selections: []legacy.Selection{
			{Question: "You say tomato, I say...?", Answers: []string{"tomato", "potato"}},
			{Question: "Ketchup or mustard?", Answers: []string{"ketchup", "mustard"}},
		}}},
	}
	for _, test := range tests {
		reply, err := c.Connect.Add(t.Context(), legacy.AddRequest{
			Type: test.kind, Username: secret(test.user), Password: secret("plaid_good"), Options: legacy.AddOptions{List: test.list},
		})
		if err != nil || reply.Status != 201 || reply.AccessToken.Reveal() != "test_"+test.kind || !reflect.DeepEqual(*reply.MFA, test.want) {
			t.Errorf("%s: %+v, %v", test.about, reply.MFA, err)
		}
	}
}

func TestMFAAnswers(t *testing.T) {
	_, c := practice(t, sandbox.Options{})
	tests := []struct {
		about  string
		req    legacy.StepRequest
		status int
		want   legacy.MFAKind
		is     error
	}{
		{"answer", legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("tomato")}, 200, 0, nil},
		{"another round", legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("again")}, 201, legacy.Questions, nil},
		{"wrong answer", legacy.StepRequest{Token: secret("test_bofa"), Answer: secret("banana")}, 402, 0, plaidapi.WrongAnswer},
		{"by type", legacy.StepRequest{Token: secret("test_chase"), Send: legacy.SendMethod{Type: "phone"}}, 201, legacy.CodeSent, nil},
		{"by mask", legacy.StepRequest{Token: secret("test_chase"), Send: legacy.SendMethod{Mask: "t..t@plaid.com"}}, 201, legacy.CodeSent, nil},
		{"no such device", legacy.StepRequest{Token: secret("test_chase"), Send: legacy.SendMethod{Mask: "email"}}, 402, 0, plaidapi.WrongAnswer},
		{"code", legacy.StepRequest{Token: secret("test_chase"), Answer: secret("1234")}, 200, 0, nil},
		{"wrong code", legacy.StepRequest{Token: secret("test_chase"), Answer: secret("0000")}, 402, 0, plaidapi.WrongAnswer},
		{"selections", legacy.StepRequest{Token: secret("test_citi"), Answers: []plaidapi.Secret{secret("tomato"), secret("ketchup")}}, 200, 0, nil},
		{"wrong selections", legacy.StepRequest{Token: secret("test_citi"), Answers: []plaidapi.Secret{secret("tomato")}}, 402, 0, plaidapi.WrongAnswer},
		{"nothing was asked", legacy.StepRequest{Token: secret("test_wells"), Answer: secret("tomato")}, 401, 0, plaidapi.AttemptOver},
		{"unknown token", legacy.StepRequest{Token: secret("test_zoba"), Answer: secret("tomato")}, 401, 0, plaidapi.AttemptOver},
	}
	for _, test := range tests {
		reply, err := c.Connect.Step(t.Context(), test.req)
		if test.is != nil {
			var e *legacy.Error
			if !errors.As(err, &e) || !errors.Is(err, test.is) || e.Status != test.status {
				t.Errorf("%s: %v", test.about, err)
			}
			continue
		}
		if err != nil || reply.Status != test.status || (reply.MFA == nil) != (test.want == 0) || reply.MFA != nil && reply.MFA.Kind != test.want {
			t.Errorf("%s: %+v, %v", test.about, reply, err)
		}
	}
}

// answering is a client of a hand-made server that always answers the same; sent gets what it was
// asked.
func answering(t testing.TB, status int, body string, sent *string, options ...legacy.Option) *legacy.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if sent != nil {
			*sent = r.Method + " " + r.URL.RequestURI() + " " + string(got)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	c, err := legacy.New("id", secret("key"), append(options, legacy.BaseURL(server.URL))...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestUnknownMFAIsKept(t *testing.T) {
	tests := map[string]string{ // what is sent → Raw
		`{"type":"retina","mfa":{"x":[1]},"access_token":"t"}`: `{"x":[1]}`,
		`{"type":"questions","mfa":{},"access_token":"t"}`:     `{}`,
		`{"type":"questions","mfa":[],"access_token":"t"}`:     `[]`,
		`{"type":"list","mfa":"phone","access_token":"t"}`:     `"phone"`,
		`{"type":"selections","access_token":"t"}`:             ``,
	}
	for body, raw := range tests {
		reply, err := answering(t, 201, body, nil).Auth.Add(t.Context(), legacy.AddRequest{Type: "x"})
		if err != nil || reply.MFA.Kind != legacy.Unsupported || string(reply.MFA.Raw) != raw || reply.AccessToken.Reveal() != "t" {
			t.Errorf("%s: %+v, %v", body, reply, err)
		}
	}
}

func TestRequestsAsSent(t *testing.T) {
	var sent string
	c := answering(t, 200, `{"access_token":"t"}`, &sent)
	ctx := t.Context()
	token := secret("tok")
	tests := []struct {
		call func() error
		want string
	}{
		{func() error {
			_, err := c.Connect.Add(ctx, legacy.AddRequest{
				Type: "usaa", Username: secret("u"), Password: secret(" p\"\u00e9 "), PIN: secret("0012"),
				Options: legacy.AddOptions{List: true, Webhook: "https://h", LoginOnly: true, Pending: true, StartDate: "2016-01-01", EndDate: "2016-02-01", Account: "a", IncludeOriginalDescription: true},
			})
			return err
		}, `POST /connect {"client_id":"id","secret":"key","type":"usaa","username":"u","password":" p\"é ","pin":"0012","options":{"list":true,"webhook":"https://h","login_only":true,"pending":true,"start_date":"2016-01-01","end_date":"2016-02-01","account":"a","include_original_description":true}}`},
		{func() error {
			_, err := c.Risk.Step(ctx, legacy.StepRequest{Token: token, Answers: []plaidapi.Secret{secret(`a"b`), secret("c")}})
			return err
		}, `POST /risk/step {"client_id":"id","secret":"key","access_token":"tok","mfa":"[\"a\\\"b\",\"c\"]"}`},
		{func() error {
			_, err := c.Income.UpdateStep(ctx, legacy.StepRequest{Token: token, Send: legacy.SendMethod{Type: "phone"}})
			return err
		}, `PATCH /income/step {"client_id":"id","secret":"key","access_token":"tok","options":{"send_method":{"type":"phone"}}}`},
		{func() error {
			_, err := c.Info.Update(ctx, legacy.UpdateRequest{Token: token, Options: legacy.UpdateOptions{Webhook: "https://h"}})
			return err
		}, `PATCH /info {"client_id":"id","secret":"key","access_token":"tok","options":{"webhook":"https://h"}}`},
		{
			func() error { _, err := c.Auth.Delete(ctx, legacy.TokenRequest{Token: token}); return err },
			`DELETE /auth {"client_id":"id","secret":"key","access_token":"tok"}`,
		},
		{
			func() error { _, err := c.Balance(ctx, legacy.TokenRequest{Token: token}); return err },
			`POST /balance {"client_id":"id","secret":"key","access_token":"tok"}`,
		},
		{func() error {
			_, err := c.UpgradeStep(ctx, legacy.StepRequest{Token: token, Answer: secret("x"), To: plaidapi.Info})
			return err
		}, `POST /upgrade/step {"client_id":"id","secret":"key","access_token":"tok","upgrade_to":"info","mfa":"x"}`},
		{func() error {
			_, err := c.InstitutionsLongtail(ctx, legacy.PageRequest{Count: 5, Products: []plaidapi.Product{"auth", "info"}})
			return err
		}, `POST /institutions/longtail {"client_id":"id","secret":"key","count":5,"products":["auth","info"]}`},
		{
			func() error { _, err := c.Institution(ctx, legacy.InstitutionRequest{ID: "a/../b?c"}); return err },
			`GET /institutions/all/a%2F..%2Fb%3Fc `,
		},
		{func() error {
			_, err := c.InstitutionSearch(ctx, legacy.SearchRequest{Query: "a&b", Product: plaidapi.Auth})
			return err
		}, `GET /institutions/all/search?p=auth&q=a%26b `},
	}
	for _, test := range tests {
		if err := test.call(); err != nil || sent != test.want {
			t.Errorf("%v\n got %s\nwant %s", err, sent, test.want)
		}
	}
}

func TestHTMLAndTokensInBrokenReplies(t *testing.T) {
	_, err := answering(t, 403, "<html>hunter2</html>", nil).Connect.Add(t.Context(), legacy.AddRequest{Type: "x"})
	var e *legacy.Error
	if !errors.As(err, &e) || e.Status != 403 || !errors.Is(err, plaidapi.BadReply) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("HTML: %v", err)
	}
	reply, err := answering(t, 200, `{"accounts":5,"access_token":"keep me"}`, nil).Connect.Add(t.Context(), legacy.AddRequest{Type: "x"})
	if err != nil || reply.AccessToken.Reveal() != "keep me" || reply.Accounts != nil {
		t.Errorf("one odd member: %+v, %v", reply, err)
	}
	_, err = answering(t, 200, `{"access_token":"keep me","accounts":[`, nil).Connect.Add(t.Context(), legacy.AddRequest{Type: "x"})
	if !errors.As(err, &e) || e.Token.Reveal() != "keep me" || !errors.Is(err, plaidapi.BadReply) {
		t.Errorf("unusable success: %v", err)
	}
}
