//go:build !unix

package terminal

// NoCore does nothing where crashes leave no core behind.
func NoCore() {}
