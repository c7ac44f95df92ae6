package sandbox

import "testing"

// walkStep is one step of a walk with one token: what it sends, and what
// comes back: a status, and the kind of challenge or the code of the problem.
type walkStep struct {
	fields string
	status int
	kind   string
	code   int
}

func TestChallengeWalks(t *testing.T) {
	for _, tc := range []struct {
		name, token string
		steps       []walkStep
	}{
		{"questions", "test_bofa", []walkStep{
			{"mfa=again", 201, "questions", 0},
			{"mfa=again", 201, "questions", 0},
			{"mfa=banana", 402, "", 1203},
			{`mfa=["again"]`, 201, "questions", 0},
			{`options={"send_method":{"type":"phone"}}`, 402, "", 1204},
			{"gte=soon mfa=banana", 402, "", 1203}, // the answer is judged before the window
			{"gte=soon mfa=again", 201, "questions", 0},
			{"gte=soon mfa=tomato", 400, "", 1507},
			{"mfa=tomato", 200, "", 0},
			{"mfa=tomato", 200, "", 0}, // nothing is remembered
		}},
		{"code", "test_chase", []walkStep{
			{`options={"send_method":{"type":"phone"}}`, 201, "device", 0},
			{`options={"send_method":{"type":"email"}}`, 201, "device", 0},
			{`options={"send_method":{"type":"email"}} mfa=`, 201, "device", 0}, // sent again
			{`options={"send_method":{"type":"card"}}`, 201, "device", 0},
			{`options={"send_method":{"mask":"xxx-xxx-5309"}}`, 201, "device", 0},
			{`options={"send_method":{"mask":"t..t@plaid.com"}}`, 201, "device", 0},
			{`options={"send_method":{"mask":"t...t@plaid.com"}}`, 201, "device", 0},
			{`send_method={"type":"phone"}`, 201, "device", 0},
			{`mfa={"type":"phone"}`, 402, "", 1203},
			{"mfa=again", 402, "", 1203},
			{"mfa=12345", 402, "", 1203},
			{`mfa=4321 options={"send_method":{"type":"phone"}}`, 402, "", 1203}, // an answer comes first
			{"mfa=1234", 200, "", 0},
		}},
		{"choices", "test_citi", []walkStep{
			{"mfa=tomato", 402, "", 1203},
			{"mfa=again", 402, "", 1203},
			{`mfa=["ketchup","tomato"]`, 402, "", 1203},
			{`mfa=["tomato","ketchup","x"]`, 402, "", 1203},
			{`mfa=["tomato","ketchup"]`, 200, "", 0},
		}},
		{"no factor", "test_wells", []walkStep{
			{"mfa=tomato", 401, "", 1218},
			{`options={"send_method":{"type":"phone"}}`, 401, "", 1218},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := openBank()
			for _, method := range []string{"POST", "PATCH"} {
				for _, s := range tc.steps {
					a := form(t, b, method, "/connect/step", "access_token="+tc.token+" "+s.fields)
					kind, _ := a.body["type"].(string)
					if a.status != s.status || kind != s.kind || a.code() != s.code || a.body["access_token"] != tc.token {
						t.Errorf("%s %s: %d %s", method, s.fields, a.status, a.raw)
					}
					if s.status == 200 && a.length("transactions") != 16 {
						t.Errorf("%s %s: no data", method, s.fields)
					}
				}
			}
		})
	}
}

// TestChallengeBodies compares each challenge with its recording, byte by byte.
func TestChallengeBodies(t *testing.T) {
	b := openBank()
	const good = " username=plaid_test password=plaid_good"
	for _, tc := range []struct{ path, fields, want string }{
		{"/connect", "type=bofa" + good, `{
  "type": "questions",
  "mfa": [
    {
      "question": "You say tomato, I say...?"
    }
  ],
  "access_token": "test_bofa"
}`},
		{"/connect", `type=chase options={"list":true}` + good, `{
  "type": "list",
  "mfa": [
    {
      "mask": "xxx-xxx-5309",
      "type": "phone"
    },
    {
      "mask": "t..t@plaid.com",
      "type": "email"
    }
  ],
  "access_token": "test_chase"
}`},
		{"/auth", "type=chase" + good, `{
  "type": "device",
  "mfa": {
    "message": "Code sent to t..t@plaid.com"
  },
  "access_token": "test_chase"
}`},
		{"/info/step", `access_token=test_chase options={"send_method":{"type":"phone"}}`, `{
  "type": "device",
  "mfa": {
    "message": "Code sent to xxx-xxx-5309"
  },
  "access_token": "test_chase"
}`},
		{"/connect", "type=citi username=plaid_selections password=plaid_good", `{
  "type": "selections",
  "mfa": [
    {
      "question": "You say tomato, I say...?",
      "answers": [
        "tomato",
        "potato"
      ]
    },
    {
      "question": "Ketchup or mustard?",
      "answers": [
        "ketchup",
        "mustard"
      ]
    }
  ],
  "access_token": "test_citi"
}`},
	} {
		if a := form(t, b, "POST", tc.path, tc.fields); a.status != 201 || a.raw != tc.want {
			t.Errorf("%s %s: %d\n%s\nwant\n%s", tc.path, tc.fields, a.status, a.raw, tc.want)
		}
	}
}
