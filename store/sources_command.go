package store

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strconv"
	"time"

	"tartan/plaidapi"
)

// commandTime is how long a command may take to print the passphrase: it may be asking the person.
const commandTime = 60 * time.Second

// runSource runs a program, without a shell, and takes what it prints. It gets no input, and its
// complaints are not shown: they may hold anything.
func runSource(ctx context.Context, argv []string) (plaidapi.Secret, error) {
	limited, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	name := "The command " + strconv.Quote(argv[0])
	out := &short{}
	cmd := exec.CommandContext(limited, argv[0], argv[1:]...)
	cmd.Stdout = out
	cmd.WaitDelay = time.Second // what it started and left behind may hold its output open
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return plaidapi.Secret{}, ctx.Err()
	case limited.Err() != nil:
		return plaidapi.Secret{}, noSource(name+", which should print the passphrase, did not end within a minute.", nil)
	case out.full:
		return fromSource(name, out.kept.Bytes())
	case err != nil:
		return plaidapi.Secret{}, noSource(name+", which should print the passphrase, failed.", err)
	}
	return fromSource(name, out.kept.Bytes())
}

// short keeps a little more than a source may give, and then takes no more.
type short struct {
	kept bytes.Buffer
	full bool
}

func (s *short) Write(p []byte) (int, error) {
	n, _ := s.kept.Write(p[:min(len(p), maxSource+1-s.kept.Len())])
	if n < len(p) {
		s.full = true
		return n, errors.New("too much output")
	}
	return n, nil
}
