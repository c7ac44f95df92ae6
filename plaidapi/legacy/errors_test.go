package legacy

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// TestEveryCode has every row of legacy-api §4.2, and what it means at each stage where that differs.
func TestEveryCode(t *testing.T) {
	all := []stage{reading, linking, updating, stepping}
	typed := []stage{linking, updating, stepping}
	tests := []struct {
		problem plaidapi.Problem
		stages  []stage
		codes   string
	}{
		{plaidapi.Unknown, all, "1000 1001 1003 1004 1006 1007 1009 1107 1304 1305 1501 1502 1503 1507 9999"},
		{plaidapi.Unknown, []stage{reading, stepping}, "1005"},
		{plaidapi.WrongDetails, []stage{linking, updating}, "1005"},
		{plaidapi.BadKeys, all, "1100 1101 1102 1104 1109 1112 1114"},
		{plaidapi.RateLimited, all, "1113"},
		{plaidapi.ItemGone, []stage{reading, linking, updating}, "1103 1105"},
		{plaidapi.AttemptOver, []stage{stepping}, "1103 1105"},
		{plaidapi.ItemGone, all, "1605 1610"},
		{plaidapi.AttemptOver, all, "1106 1214 1218"},
		{plaidapi.LoginRequired, []stage{reading}, "1200 1201 1202 1203 1209"},
		{plaidapi.LoginRequired, all, "1215"},
		{plaidapi.WrongDetails, typed, "1200 1201 1202 1209"},
		{plaidapi.WrongAnswer, typed, "1203"},
		{plaidapi.WrongDetails, all, "1213"},
		{plaidapi.WrongAnswer, all, "1204 1216"},
		{plaidapi.Locked, all, "1205"},
		{plaidapi.NotSetUp, all, "1206"},
		{plaidapi.Unsupported, all, "1008 1108 1110 1111 1115 1207 1208 1210 1211 1212 1219 1301 1307 1600 1601 1606 2001"},
		{plaidapi.BankDown, all, "1300 1302 1303 1800"},
		{plaidapi.ServerFault, all, "1700 1701 1702 2002"},
	}
	for _, test := range tests {
		for code := range strings.FieldsSeq(test.codes) {
			for _, at := range test.stages {
				body := fmt.Sprintf(`{"code":%s,"message":"m","resolve":"r"}`, code)
				err := refusal(call{op: "test", stage: at}, &wire.Reply{Status: 402, Body: []byte(body)}, nil)
				var general *plaidapi.Error
				if !errors.As(err, &general) || general.Problem != test.problem || general.Code != code || !errors.Is(err, test.problem) {
					t.Errorf("code %s at stage %d: %v, want %v", code, at, err, test.problem)
				}
			}
		}
	}
}

func TestErrorHasWhatWasSent(t *testing.T) {
	body := `{"code":1203,"message":"invalid mfa","resolve":"The MFA\u001b[31m response","access_token":"test_bofa"}`
	err := refusal(call{op: "connect step", stage: stepping}, &wire.Reply{Status: 402, RequestID: "ab", Body: []byte(body)}, []string{"banana", ""})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	general := e.general
	e.general = nil
	want := Error{Op: "connect step", Status: 402, Code: 1203, Message: "invalid mfa", Resolve: "The MFA\x1b[31m response", RequestID: "ab", Token: e.Token}
	if *e != want || e.Token.Reveal() != "test_bofa" {
		t.Errorf("got %+v", *e)
	}
	if *general != (plaidapi.Error{Problem: plaidapi.WrongAnswer, Op: "connect step", Status: 402, Code: "1203", RequestID: "ab", BankText: "The MFA�[31m response"}) {
		t.Errorf("got %+v", *general)
	}
}

func TestErrorsDoNotEchoSecrets(t *testing.T) {
	const password = `hunter"2 &`
	for _, echo := range []string{`hunter\"2 &`, `hunter\\\"2 &`, `hunter%222+%26`} {
		body := `{"code":1006,"message":"cannot read ` + echo + `","resolve":"` + echo + ` is odd"}`
		err := refusal(call{op: "connect"}, &wire.Reply{Status: 400, Body: []byte(body)}, []string{"other", password})
		var e *Error
		if !errors.As(err, &e) || e.Code != 1006 || e.Message != "" || e.Resolve != "" || e.general.BankText != "" || strings.Contains(err.Error(), "hunter") {
			t.Errorf("%s: %+v", echo, e)
		}
	}
}

func TestClasses(t *testing.T) {
	classes := []Class{BadRequest, Unauthorized, RequestFailed, ResourceNotFound, RateLimited, PlaidServer, Extractor, ExtractorRetry, Maintenance}
	for _, class := range classes {
		err := fmt.Errorf("add: %w", refusal(call{}, &wire.Reply{Status: int(class), Body: []byte(`{"code":1}`)}, nil))
		for _, other := range classes {
			if errors.Is(err, other) != (other == class) {
				t.Errorf("status %d as %v", class, other)
			}
		}
	}
}

func TestRetry(t *testing.T) {
	for status, code := range map[int]int{402: 1302, 403: 1303, 429: 0, 502: 0, 500: 1701, 401: 1113} {
		if !(&Error{Status: status, Code: code}).Retry() {
			t.Errorf("%d/%d is not to be retried", status, code)
		}
	}
	if (&Error{Status: 402, Code: 1200}).Retry() {
		t.Error("1200 is to be retried")
	}
}

func TestErrorsWithoutACode(t *testing.T) {
	tests := map[int]plaidapi.Problem{
		302: plaidapi.BadReply, 403: plaidapi.BadReply, 429: plaidapi.RateLimited, 500: plaidapi.ServerFault, 504: plaidapi.ServerFault,
	}
	for status, want := range tests {
		for _, body := range []string{"", "<html>", "{}", "[]", `{"code":"x"}`} {
			err := refusal(call{op: "test"}, &wire.Reply{Status: status, Body: []byte(body)}, nil)
			var general *plaidapi.Error
			if !errors.As(err, &general) || general.Problem != want || general.Status != status {
				t.Errorf("%d %q: %v", status, body, err)
			}
		}
	}
}
