package ui

import "testing"

func TestOneSlipIsForgiven(t *testing.T) {
	for _, c := range []struct {
		have, want string
		ok         bool
	}{
		{"chase", "chase", true},
		{"chase", "chas", true},
		{"chase", "chsae", true},
		{"chase", "hase", true},
		{"chase", "chaase", true},
		{"chase", "chaze", true},
		{"chase", "wells", false},
		{"chase", "czzse", false},
		{"gingham", "ginghm", true},
		{"gingham", "gimgham", true},
		{"gingham", "ginhgam", true},
		{"gi", "ginghamx", false},
	} {
		if got := oneSlip(c.have, c.want); got != c.ok {
			t.Errorf("oneSlip(%q, %q) = %v", c.have, c.want, got)
		}
	}
}
