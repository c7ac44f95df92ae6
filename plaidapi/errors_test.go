package plaidapi

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestErrorNamesWhatFailed(t *testing.T) {
	tests := []struct {
		err  Error
		want string
	}{
		{Error{Problem: Locked, Op: "connect", Status: 402, Code: "1205"}, "connect: login locked, code 1205, status 402"},
		{Error{Problem: Offline, Op: "balance", Err: io.EOF}, "balance: offline: EOF"},
		{Error{Op: "x", BankText: canary}, "x: unknown problem"},
	}
	for _, test := range tests {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestErrorIsItsProblem(t *testing.T) {
	seen := map[string]bool{}
	for p := Unknown; p <= NotReady; p++ {
		err := fmt.Errorf("call: %w", &Error{Problem: p, Op: "x", Err: io.EOF})
		for other := Unknown; other <= NotReady; other++ {
			if errors.Is(err, other) != (p == other) {
				t.Errorf("%v as %v", p, other)
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%v has lost its cause", p)
		}
		if seen[p.Error()] {
			t.Errorf("two problems are called %q", p)
		}
		seen[p.Error()] = true
	}
	if Problem(200).String() != "unknown problem" || Kind(200).String() != "unknown" {
		t.Error("a number out of range has a name")
	}
}
