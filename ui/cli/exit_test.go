package cli

import (
	"errors"
	"fmt"
	"testing"
)

type coded int

func (c coded) Error() string { return "coded" }
func (c coded) ExitCode() int { return int(c) }

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		errs []error
		want int
	}{
		{nil, 0},
		{[]error{nil, nil}, 0},
		{[]error{errors.New("disk")}, 9},
		{[]error{wrong("flag")}, 64},
		{[]error{nil, fmt.Errorf("leave: %w", coded(8)), coded(3)}, 8},
		{[]error{coded(143), coded(3)}, 143},
	} {
		if got := ExitCode(c.errs...); got != c.want {
			t.Errorf("%v: code %d, want %d", c.errs, got, c.want)
		}
	}
}
