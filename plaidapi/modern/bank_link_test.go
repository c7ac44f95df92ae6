package modern_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/plaidapi/modern"
)

const (
	created = `{"link_token":"link-sandbox-1","expiration":"2026-03-14T12:30:00Z","hosted_link_url":"https://secure.plaid.com/hl/1","request_id":"r"}`

	opened = `{"event_name":"OPEN","timestamp":"2026-03-14T12:01:00Z","event_id":"1","event_metadata":{}}`
	chosen = `{"event_name":"SELECT_INSTITUTION","timestamp":"2026-03-14T12:02:00Z","event_id":"2","event_metadata":{"institution_id":"ins_109511","institution_name":"Tartan\u001b Bank"}}`
	signed = `{"event_name":"SUBMIT_CREDENTIALS","timestamp":"2026-03-14T12:03:00Z","event_id":"3","event_metadata":{}}`
	wrong  = `{"event_name":"ERROR","timestamp":"2026-03-14T12:03:05Z","event_id":"4","event_metadata":{"error_type":"ITEM_ERROR","error_code":"INVALID_CREDENTIALS"}}`
	viewed = `{"event_name":"TRANSITION_VIEW","timestamp":"2026-03-14T12:02:30Z","event_id":"5","event_metadata":{"view_name":"CREDENTIAL"}}`
	handed = `{"event_name":"HANDOFF","timestamp":"2026-03-14T12:04:00Z","event_id":"6","event_metadata":{}}`
	exited = `{"event_name":"EXIT","timestamp":"2026-03-14T12:05:00Z","event_id":"7","event_metadata":{"exit_status":"requires_credentials"}}`

	itemAdd = `{"public_token":"public-sandbox-1","accounts":[{"id":"a","name":"Everyday","mask":"0000","type":"depository","subtype":"checking"},` +
		`{"id":"b","name":"Card","mask":null,"type":"credit","subtype":"credit card"}],"institution":{"name":"Tartan Bank","institution_id":"ins_109511"}}`
	done = `{"link_session_id":"S","started_at":"2026-03-14T12:01:00Z","finished_at":"2026-03-14T12:04:00Z","events":[` +
		handed + `,` + signed + `,` + chosen + `,` + opened + `],"exit":null,"results":{"item_add_results":[` + itemAdd + `]}}`
	dead = `{"link_session_id":"D","started_at":"2026-03-14T12:00:30Z","finished_at":null,"events":[{"event_name":"OPEN","timestamp":"2026-03-14T12:00:30Z","event_id":"0","event_metadata":{}}]}`
	left = `{"link_session_id":"L","started_at":"2026-03-14T12:01:00Z","finished_at":"2026-03-14T12:05:00Z","events":[` + exited + `,` + wrong + `,` + chosen + `,` + opened + `],` +
		`"exit":{"error":{"error_type":"ITEM_ERROR","error_code":"INVALID_CREDENTIALS","error_message":"m","display_message":"Not\u001b right"},` +
		`"metadata":{"institution":{"name":"Tartan Bank","institution_id":"ins_109511"},"status":"requires_credentials"}}}`
)

// sessions is what has become of a link token.
func sessions(all ...string) answer {
	return ok(`{"link_token":"link-sandbox-1","created_at":"2026-03-14T12:00:00Z","expiration":"2026-03-14T12:30:00Z","link_sessions":[` +
		strings.Join(all, ",") + `],"metadata":{},"request_id":"r"}`)
}

var tartanIns = plaidapi.Institution{
	ID: "ins_109511", Wire: plaidapi.Modern, Name: "Tartan Bank", Products: []plaidapi.Product{plaidapi.Auth, plaidapi.Transactions},
}

func add() plaidapi.LinkRequest {
	return plaidapi.LinkRequest{Institution: tartanIns, Products: []plaidapi.Product{plaidapi.Connect, plaidapi.Auth, plaidapi.Info, plaidapi.Balance}}
}

// TestLinkFromTheFirstToTheLast walks through a link as a person does.
func TestLinkFromTheFirstToTheLast(t *testing.T) {
	s, b, _ := bank(t, map[string][]answer{
		"/link/token/create": {ok(created)},
		"/link/token/get": {
			ok(`{"link_token":"link-sandbox-1","expiration":"2026-03-14T12:30:00Z","metadata":{},"request_id":"r"}`),
			sessions(dead, `{"link_session_id":"S","started_at":"2026-03-14T12:01:00Z","finished_at":null,"events":[`+signed+`,`+viewed+`,`+chosen+`,`+opened+`]}`),
			sessions(dead, done),
		},
		"/item/public_token/exchange": {ok(`{"access_token":"access-sandbox-1","item_id":"I","request_id":"r"}`)},
	})
	step, err := b.Begin(t.Context(), add())
	if err != nil || step.Challenge.Kind != plaidapi.Browser || step.Challenge.URL != "https://secure.plaid.com/hl/1" ||
		!step.Challenge.Expires.Equal(noon.Add(30*time.Minute)) || step.Pending.Reveal() != "link-sandbox-1" {
		t.Fatalf("%+v, %v", step, err)
	}
	want := `/link/token/create {"client_name":"tartan","language":"en","country_codes":["US"],"user":{"client_user_id":"somebody"},` +
		`"products":["transactions"],"additional_consented_products":["auth"],"transactions":{"days_requested":730},` +
		`"hosted_link":{"url_lifetime_seconds":1800},"institution_id":"ins_109511"}`
	if s.asked[0] != want {
		t.Errorf("asked\n%s, want\n%s", s.asked[0], want)
	}
	for _, progress := range []string{"", "1  2 Tartan� Bank 3  "} {
		if step, err = b.Answer(t.Context(), step, nil); err != nil || step.Challenge.Kind != plaidapi.Browser || told(step) != progress {
			t.Fatalf("%+v, %v: %q", step, err, told(step))
		}
	}
	if step, err = b.Answer(t.Context(), step, nil); err != nil || step.Challenge.Kind != plaidapi.Granted || len(step.Challenge.Accounts) != 2 {
		t.Fatalf("%+v, %v", step, err)
	}
	if a := step.Challenge.Accounts[0]; a.Name != "Everyday" || a.Mask != "0000" || a.Type != plaidapi.Depository || !step.Challenge.Expires.Equal(noon.Add(34*time.Minute)) {
		t.Errorf("%+v, until %v", a, step.Challenge.Expires)
	}
	if slices.ContainsFunc(s.asked, func(a string) bool { return strings.HasPrefix(a, "/item/") }) {
		t.Error("an Item was made before anybody could notice a duplicate")
	}
	if step, err = b.Answer(t.Context(), step, nil); err != nil || step.Challenge.Kind != plaidapi.Linked || step.Token.Reveal() != "access-sandbox-1" {
		t.Fatalf("%+v, %v", step, err)
	}
	if i := step.Item; i.ID != "modern:I" || i.Wire != plaidapi.Modern || i.Institution.Name != "Tartan Bank" ||
		!slices.Equal(i.Products, []plaidapi.Product{plaidapi.Transactions, plaidapi.Auth}) {
		t.Errorf("%+v", i)
	}
}

// told is the progress in short.
func told(s plaidapi.Step) string {
	var out strings.Builder
	for _, h := range s.Challenge.Progress {
		out.WriteByte('0' + byte(h.What))
		out.WriteString(" " + h.Bank + h.Code + " ")
	}
	return out.String()
}

// TestLeavingIsTold: nothing is lost, and the page may be opened anew.
func TestLeavingIsTold(t *testing.T) {
	_, b, at := bank(t, map[string][]answer{"/link/token/get": {sessions(left, dead), sessions(left, done), sessions(left)}})
	step := plaidapi.Step{Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser}}
	next, err := b.Answer(t.Context(), step, nil)
	if err != nil || !next.Challenge.Left() || next.Challenge.Kind != plaidapi.Browser {
		t.Fatalf("%+v, %v", next, err)
	}
	last := next.Challenge.Progress[len(next.Challenge.Progress)-1]
	want := plaidapi.Happening{
		What: plaidapi.PageLeft, At: noon.Add(5 * time.Minute), Bank: "Tartan Bank", Problem: plaidapi.WrongDetails, Code: "INVALID_CREDENTIALS", BankText: "Not� right",
	}
	if last.At = last.At.In(noon.Location()); last != want {
		t.Errorf("%+v", last)
	}
	if next, err = b.Answer(t.Context(), next, nil); err != nil || next.Challenge.Kind != plaidapi.Granted {
		t.Errorf("%+v, %v", next, err)
	}
	at.at = noon.Add(31 * time.Minute)
	if _, err = b.Answer(t.Context(), step, nil); !errors.Is(err, plaidapi.AttemptOver) {
		t.Errorf("after its time: %v", err)
	}
}

// TestPageRunsOut, but who is still on it is waited for, and who finished in time is linked.
func TestPageRunsOut(t *testing.T) {
	for name, test := range map[string]struct {
		after time.Duration
		reply answer
		over  bool
		kind  plaidapi.Kind
	}{
		"unopened, in time":   {29 * time.Minute, sessions(), false, plaidapi.Browser},
		"unopened, late":      {31 * time.Minute, sessions(), true, plaidapi.Browser},
		"still on it":         {39 * time.Minute, sessions(dead), false, plaidapi.Browser},
		"still on it, at end": {41 * time.Minute, sessions(dead), true, plaidapi.Browser},
		"finished, seen late": {50 * time.Minute, sessions(done), false, plaidapi.Granted},
		"not known":           {time.Minute, failing("INVALID_INPUT", "INVALID_LINK_TOKEN"), true, plaidapi.Browser},
	} {
		_, b, at := bank(t, map[string][]answer{"/link/token/get": {test.reply}})
		at.at = noon.Add(test.after)
		step := plaidapi.Step{Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser, Expires: noon.Add(30 * time.Minute)}}
		next, err := b.Answer(t.Context(), step, nil)
		if errors.Is(err, plaidapi.AttemptOver) != test.over || (err == nil) == test.over || next.Challenge.Kind != test.kind {
			t.Errorf("%s: %v, %v", name, next.Challenge.Kind, err)
		}
	}
}

// TestOtherFormsOfSuccess: older accounts, results that come late, a bank chosen on the page.
func TestOtherFormsOfSuccess(t *testing.T) {
	old := `{"link_session_id":"O","finished_at":"2026-03-14T12:04:00Z","on_success":{"public_token":"public-sandbox-2","metadata":` +
		`{"institution":{"name":"Gingham","institution_id":"ins_109509"},"accounts":[{"id":"a","name":"N","mask":"1","type":"depository","subtype":"checking"}]}},"on_exit":null}`
	empty := `{"link_session_id":"E","finished_at":"2026-03-14T12:04:00Z","events":[` + opened + `,` + handed + `],"results":{"item_add_results":[]}}`
	step := plaidapi.Step{Request: add(), Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser}}

	_, b, _ := bank(t, map[string][]answer{"/link/token/get": {sessions(old)}})
	next, err := b.Answer(t.Context(), step, nil)
	if err != nil || next.Challenge.Kind != plaidapi.Granted || next.Request.Institution.ID != "ins_109509" || next.Request.Institution.Name != "Gingham" || told(next) != "7  " {
		t.Errorf("%+v, %v", next, err)
	}
	_, b, _ = bank(t, map[string][]answer{"/link/token/get": {sessions(empty)}})
	if next, err = b.Answer(t.Context(), step, nil); err != nil || next.Challenge.Kind != plaidapi.Browser || told(next) != "1  7  " {
		t.Errorf("%+v, %v", next, err)
	}
}

// TestBlipsLoseNothing: a failed look is an error, and the step stays.
func TestBlipsLoseNothing(t *testing.T) {
	c := dial(t, transport(func(req *http.Request) (*http.Response, error) {
		if strings.HasSuffix(req.URL.Path, "exchange") {
			return nil, io.ErrUnexpectedEOF
		}
		return respond(sessions(done))
	}))
	b := modern.NewBank(c, modern.BankOptions{Now: func() time.Time { return noon }})
	step := plaidapi.Step{Request: add(), Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Granted}}
	next, err := b.Answer(t.Context(), step, nil)
	if !errors.Is(err, plaidapi.Offline) || next.Challenge.Kind != plaidapi.Granted || !next.Pending.Equal(step.Pending) || !next.Token.Empty() {
		t.Errorf("%+v, %v", next, err)
	}
}

// TestTokenSurvivesAReplyThatCannotBeRead: the Item has been made.
func TestTokenSurvivesAReplyThatCannotBeRead(t *testing.T) {
	for body, want := range map[string]string{
		`{"item_id":"I","access_token":"access-sandbox-1"} rest`: "modern:I",
		`{"access_token":"access-sandbox-1","item_`:              "modern:5e42eeb3995080d45917b5dc",
	} {
		_, b, _ := bank(t, map[string][]answer{"/link/token/get": {sessions(done)}, "/item/public_token/exchange": {ok(body)}})
		step := plaidapi.Step{Request: add(), Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Granted}}
		next, err := b.Answer(t.Context(), step, nil)
		if err != nil || next.Token.Reveal() != "access-sandbox-1" || next.Item.ID != want {
			t.Errorf("%s: %+v, %v", body, next, err)
		}
	}
}

// TestRepair goes through update mode: the token stays, and nothing is exchanged.
func TestRepair(t *testing.T) {
	ill := strings.Replace(itemJSON, `"error":null`, `"error":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED","error_message":"m"}`, 1)
	s, b, _ := bank(t, map[string][]answer{
		"/link/token/create": {ok(created)}, "/link/token/get": {sessions(dead), sessions(done)},
		"/item/get": {ok(`{"item":` + ill + `}`), ok(`{"item":` + itemJSON + `}`)},
	})
	req := plaidapi.LinkRequest{Mode: plaidapi.Update, Institution: tartanIns, ItemID: "modern:I", Token: secret("access-sandbox-1")}
	step, err := b.Begin(t.Context(), req)
	if err != nil || strings.Contains(s.asked[0], "products") || !strings.Contains(s.asked[0], accessToken[1:len(accessToken)-1]) {
		t.Fatalf("%v: %s", err, s.asked)
	}
	for range 2 { // on the page; then done, and the Item not yet well
		if step, err = b.Answer(t.Context(), step, nil); err != nil || step.Challenge.Kind != plaidapi.Browser {
			t.Fatalf("%+v, %v", step, err)
		}
	}
	step, err = b.Answer(t.Context(), step, nil)
	if err != nil || step.Challenge.Kind != plaidapi.Linked || step.Token.Reveal() != "access-sandbox-1" || step.Item.ID != "modern:I" ||
		!step.Item.ConsentUntil.Equal(time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)) || step.Item.Products != nil {
		t.Errorf("%+v, %v", step, err)
	}
}

// TestMoreConsent is update mode with products.
func TestMoreConsent(t *testing.T) {
	s, b, _ := bank(t, map[string][]answer{
		"/link/token/create": {ok(created)}, "/link/token/get": {sessions(done)}, "/item/get": {ok(`{"item":` + itemJSON + `}`)},
	})
	req := plaidapi.LinkRequest{
		Mode: plaidapi.Upgrade, ItemID: "modern:I", Token: secret("access-sandbox-1"), Products: []plaidapi.Product{plaidapi.Auth, plaidapi.Investments},
	}
	step, err := b.Begin(t.Context(), req)
	if err != nil || !strings.Contains(s.asked[0], `"additional_consented_products":["auth","investments"]`) || strings.Contains(s.asked[0], `"products"`) {
		t.Fatalf("%v: %s", err, s.asked)
	}
	step, err = b.Answer(t.Context(), step, nil)
	if err != nil || !slices.Equal(step.Item.Products, []plaidapi.Product{plaidapi.Auth}) {
		t.Errorf("%+v, %v", step.Item, err)
	}
}

func TestBeginThatCannotBe(t *testing.T) {
	for name, test := range map[string]struct {
		req     plaidapi.LinkRequest
		replies []answer
		want    plaidapi.Problem
		asked   int
	}{
		"nothing the bank has":   {plaidapi.LinkRequest{Institution: tartanIns, Products: []plaidapi.Product{plaidapi.Investments}}, nil, plaidapi.Unsupported, 0},
		"repair without a token": {plaidapi.LinkRequest{Mode: plaidapi.Update}, nil, plaidapi.Unknown, 0},
		"more of nothing":        {plaidapi.LinkRequest{Mode: plaidapi.Upgrade, Token: secret("t")}, nil, plaidapi.Unknown, 0},
		"plan without the bank":  {add(), []answer{failing("INVALID_INPUT", "UNAUTHORIZED_INSTITUTION")}, plaidapi.NotAllowed, 1},
		"plan without products":  {add(), []answer{failing("INVALID_INPUT", "INVALID_PRODUCT")}, plaidapi.NotAllowed, 2},
		"no page":                {add(), []answer{ok(`{"link_token":"l"}`)}, plaidapi.BadReply, 1},
		"page of nobody's":       {add(), []answer{ok(strings.Replace(created, "https://secure", "javascript://secure", 1))}, plaidapi.BadReply, 1},
		"page in the clear":      {add(), []answer{ok(strings.Replace(created, "https", "http", 1))}, plaidapi.BadReply, 1},
		"page with an escape":    {add(), []answer{ok(strings.Replace(created, "hl/1", `hl/\u001b[2J`, 1))}, plaidapi.BadReply, 1},
	} {
		s, b, _ := bank(t, map[string][]answer{"/link/token/create": test.replies})
		step, err := b.Begin(t.Context(), test.req)
		var e *plaidapi.Error
		if !errors.As(err, &e) || e.Problem != test.want || len(s.asked) != test.asked || step.Challenge.URL != "" {
			t.Errorf("%s: %+v, %v, asked %v", name, step, err, s.asked)
		}
	}
	s, b, _ := bank(t, map[string][]answer{"/link/token/create": {failing("INVALID_INPUT", "INVALID_PRODUCT"), ok(created)}})
	step, err := b.Begin(t.Context(), add())
	if err != nil || !slices.Equal(step.Request.Products, []plaidapi.Product{plaidapi.Transactions}) || strings.Contains(s.asked[1], "consented") {
		t.Errorf("without what the plan lacks: %+v, %v, asked %v", step.Request, err, s.asked)
	}
	if _, err := b.Begin(t.Context(), plaidapi.LinkRequest{}); err != nil || !strings.Contains(s.asked[2], `"additional_consented_products":["investments","liabilities"]`) || strings.Contains(s.asked[2], "institution_id") {
		t.Errorf("with nothing chosen: %v, asked %v", err, s.asked)
	}
	if _, err := b.Answer(t.Context(), plaidapi.Step{Challenge: plaidapi.Challenge{Kind: plaidapi.Credentials}}, nil); !errors.Is(err, plaidapi.Unsupported) {
		t.Error(err)
	}
}

// TestPlaidsPagesAreOnPlaidsHost when the API is.
func TestPlaidsPagesAreOnPlaidsHost(t *testing.T) {
	for page, fine := range map[string]bool{
		"https://secure.plaid.com/hl/1": true, "https://secure.plaid.com.example/hl/1": false, "https://u@secure.plaid.com/": false, "http://127.0.0.1/hl": false,
	} {
		c := dial(t, transport(func(*http.Request) (*http.Response, error) {
			return respond(ok(`{"link_token":"link-sandbox-1","hosted_link_url":"` + page + `"}`))
		}), modern.BaseURL(modern.Sandbox))
		_, err := modern.NewBank(c, modern.BankOptions{}).Begin(t.Context(), add())
		if (err == nil) != fine {
			t.Errorf("%s: %v", page, err)
		}
	}
}

// TestEventsOfOneMoment are told in the order they can only have come in.
func TestEventsOfOneMoment(t *testing.T) {
	at := func(event, moment string) string {
		return event[:strings.Index(event, "2026")] + moment + event[strings.Index(event, "Z\"")+1:]
	}
	const moment = "2026-03-14T12:01:00Z"
	_, b, _ := bank(t, map[string][]answer{"/link/token/get": {sessions(
		`{"link_session_id":"S","finished_at":"` + moment + `","events":[` + at(exited, moment) + `,` + at(signed, moment) + `,` + at(opened, moment) + `],"exit":{"error":null,"metadata":{}}}`,
	)}})
	step := plaidapi.Step{Pending: secret("link-sandbox-1"), Challenge: plaidapi.Challenge{Kind: plaidapi.Browser}}
	if next, err := b.Answer(t.Context(), step, nil); err != nil || told(next) != "1  3  6 requires_credentials " || !next.Challenge.Left() {
		t.Errorf("%q, %v", told(next), err)
	}
}
