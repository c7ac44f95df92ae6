// Package early keeps Bubble Tea from questioning the terminal before main runs.
//
// Bubble Tea v1 asks for the background colour in its own init and waits up to five seconds for
// an answer, in every program that imports it. It asks nothing of a terminal called "dumb". So
// this package, initialised first, renames the terminal, and main calls [Restore] before all else.
//
// Go initialises packages that are ready in the order of their import paths. This one is ready as
// soon as os is, and Bubble Tea waits for packages that sort after it; a test guards that order.
// For this reason early imports os and nothing more, now and later.
package early

import "os"

// The value of TERM at start, and whether there was one. Written once, by init.
var (
	name  string
	named bool
)

func init() {
	name, named = os.LookupEnv("TERM")
	_ = os.Setenv("TERM", "dumb")
}

// Restore gives TERM back the value it had when the program started. Call it first in main:
// until then the program and its children believe in a terminal without abilities.
func Restore() {
	if named {
		_ = os.Setenv("TERM", name)
		return
	}
	_ = os.Unsetenv("TERM")
}
