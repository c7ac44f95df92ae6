//go:build unix

package store

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestACommandCanBeGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	running := filepath.Join(t.TempDir(), "running")
	must(t, syscall.Mkfifo(running, 0o600))
	done := make(chan error, 1)
	go func() {
		_, _, err := Sources{PassphraseCommand: []string{"sh", "-c", "echo >$0; exec sleep 600", running}}.passphrase(ctx)
		done <- err
	}()
	_, err := os.ReadFile(running) // until the command has written there
	must(t, err)
	cancel()
	mustBe(t, <-done, context.Canceled)
}
