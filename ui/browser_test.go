package ui

import "testing"

func TestOpens(t *testing.T) {
	for page, want := range map[string]bool{
		"https://secure.plaid.com/hl/lp9o97618r1r6p93": true,
		"http://127.0.0.1:4000/link/x":                 true,
		"http://[::1]:4000/link/x":                     true,
		"http://localhost:4000/link/x":                 true,
		"http://secure.plaid.com/hl/x":                 false,
		"http://127.0.0.1.evil.example/x":              false,
		"https://user@secure.plaid.com/x":              false,
		"file:///etc/passwd":                           false,
		"javascript:alert(1)":                          false,
		"--help":                                       false,
		"":                                             false,
	} {
		if opens(page) != want {
			t.Errorf("%q: %v", page, !want)
		}
	}
}
