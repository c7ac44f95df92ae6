package sandbox

import (
	"slices"
	"testing"
)

// The bank knows what signing in made, also when its answer is lost.
func TestHanded(t *testing.T) {
	b := openBank()
	login := " username=plaid_test password=plaid_good"
	for _, tc := range []struct {
		method, path, fields string
		want                 []Handed
	}{
		{"POST", "/connect", "type=wells username=plaid_test password=no", nil},
		{"POST", "/connect", "type=wells" + login, []Handed{{"test_wells", true}}},
		{"POST", "/connect", "type=bofa" + login, []Handed{{"test_wells", true}, {"test_bofa", false}}},
		{"POST", "/connect/step", "access_token=test_bofa mfa=banana", []Handed{{"test_wells", true}, {"test_bofa", false}}},
		{"POST", "/connect/step", "access_token=test_bofa mfa=tomato", []Handed{{"test_wells", true}, {"test_bofa", true}}},
		{"POST", "/connect/step", "access_token=test_us mfa=tomato", []Handed{{"test_wells", true}, {"test_bofa", true}}},
		{"DELETE", "/connect", "access_token=test_bofa", []Handed{{"test_wells", true}}},
		{"POST", "/connect/get", "access_token=test_bofa", []Handed{{"test_wells", true}}},
		{"POST", "/connect", "type=wells" + login, []Handed{{"test_wells", true}}},
	} {
		form(t, b, tc.method, tc.path, tc.fields)
		if got := b.Handed(); !slices.Equal(got, tc.want) {
			t.Errorf("after %s %s %s: %v, want %v", tc.method, tc.path, tc.fields, got, tc.want)
		}
	}
}
