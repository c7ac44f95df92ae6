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

// A search that comes back after its query was cleared is not shown.
func TestALateSearchIsNotShown(t *testing.T) {
	d := newDriver(t, 80, 24)
	listed := d.keys("zzzz").keys("esc").text()
	d.types("zzzz", "esc").settle()
	if got := d.text(); got != listed {
		t.Errorf("after a late search:\n%s\nwithout one:\n%s", got, listed)
	}
}
