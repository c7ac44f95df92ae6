package ui

import "testing"

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		score       int // -1: not found
	}{
		{"Link a bank", "", 0},
		{"Link a bank", "lin", firstWord},
		{"Link a bank", "BANK", otherWord},
		{"Link a bank", "ink", insideWord},
		{"Link a bank", "bnk", inOrder},
		{"Link a bank", "lbn", -1},
		{"Link a bank", "bank li", firstWord + otherWord},
		{"Link a bank", "bank x", -1},
		{"日本 銀行", "銀", otherWord},
		{"Crédit Agricole", "crédit ag", firstWord + otherWord},
		{"··4821 Joint", "482", otherWord},
		{"\xff\xfe bad", "b", otherWord},
		{"", "a", -1},
	} {
		score, found := match(c.name, c.typed)
		if !found {
			score = -1
		}
		if score != c.score {
			t.Errorf("%q in %q: %d, want %d", c.typed, c.name, score, c.score)
		}
	}
}
