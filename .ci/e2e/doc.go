// Package e2e drives the built tartan the way a person does: in a real terminal (tmux), by keys,
// looking at the screen. `make e2e` builds the binary and runs these tests; TARTAN_BIN names it.
//
// A test starts from a [Desk]: a home of its own, a private D-Bus and a keyring, so that nothing
// of one test shows in another. [Desk.Start] opens a terminal on it and runs tartan there; starting
// twice on one desk shows what survives a restart. [Start] does both for tests that need one run.
//
//	term := e2e.Start(t, e2e.Size{Columns: 100, Rows: 30})
//	term.Wait("Choose a bank")
//	term.Type("chase")
//	term.Keys("Enter")
//
// Nothing here sleeps for a fixed time: Wait looks again and again until what it waits for is
// there, and fails with the screen when it does not come.
package e2e
