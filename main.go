// Tartan shows your bank accounts in the terminal. Main takes flags and environment, builds the
// parts, hands them to each other, and turns how it ended into an exit code.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"tartan/ui/terminal/early" // first of all: see its documentation

	"github.com/adrg/xdg"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui"
	"tartan/ui/cli"
	"tartan/ui/ledger"
	"tartan/ui/terminal"
)

// leaveTime is how long leaving waits for what must not be cut off: a token being stored, a
// half-made link being removed at the bank.
const leaveTime = 5 * time.Second

func main() {
	early.Restore()
	os.Exit(run(os.Args[1:]))
}

// spare is how much of the heap, in per cent, may be garbage. Most of it is columns without pointers,
// which cost the collector nothing: it may look more often than it would by itself.
const spare = 50

func run(args []string) int {
	debug.SetGCPercent(spare)
	command, err := cli.Parse(args)
	if err != nil {
		return fail(err)
	}
	switch command.Name {
	case cli.Version:
		fmt.Println("tartan", cli.Release())
		return 0
	case cli.Help:
		fmt.Print(cli.Usage)
		return 0
	case cli.Practice:
		return fail(practice(command))
	}
	return fail(app(command)...)
}

// practice serves the practice bank to other programs until it is interrupted.
func practice(c cli.Command) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	bank := sandbox.New(sandbox.Options{Transactions: c.Transactions})
	return bank.ServeBoth(ctx, c.LegacyAddr, c.ModernAddr, func(wire, url string) {
		fmt.Println(wire, url)
		fmt.Fprintln(os.Stderr, "keys test_id / test_secret; sign-in details at "+url+"/practice/logins; ctrl+c stops")
	})
}

// app shows the screens until the person leaves, and reports all that went wrong, first things first.
func app(c cli.Command) []error {
	setup, err := cli.Prepare(c, os.Getenv, cli.Places{Data: xdg.DataHome, Config: xdg.ConfigHome})
	if err == nil {
		err = ui.CheckKeys(setup.Settings.Keys)
	}
	if err != nil {
		return []error{err}
	}
	terminal.NoCore()
	log.SetOutput(io.Discard) // net/http logs what servers send, and it would land on the screen
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	look := ui.Look{Theme: setup.Theme, Roles: setup.Roles, Gains: setup.Gains, ASCII: setup.ASCII}
	look.Profile, look.Dark = terminal.Profile(os.Getenv, os.Stdout, setup.NoColour), terminal.DarkBackground(os.Getenv)
	config := ui.Config{
		Place: setup.Name, Short: setup.Short, Version: cli.Release(), Look: look, Now: time.Now, LockAfter: setup.LockAfter,
		Hide: setup.Hide, Mouse: setup.Mouse, Keys: setup.Settings.Keys, Save: setup.Save, Copy: terminal.Copier(os.Getenv),
		Given: setup.Given, Requests: ui.NewRequestLog(time.Now),
	}
	kept := store.Open(store.Options{
		Dir: setup.Dir, Service: setup.Service, Home: setup.Base, Casual: setup.Practice, Keys: setup.Server.Keys,
		Sources: store.Sources{
			PassphraseFile: setup.PassphraseFile, CredentialsDir: setup.CredentialsDir, PassphraseCommand: setup.PassphraseCommand,
		},
	})
	note := func(t legacy.Try) { config.Requests.Add(t.Host, t.Purpose(), t.Status, t.Size, t.Took) }
	options := []legacy.Option{legacy.BaseURL(setup.Base), legacy.KeySource(kept.Keys), legacy.Trace(note)}
	if setup.Practice {
		bank := sandbox.New(sandbox.Options{Transactions: c.Transactions})
		local := bank.Dial()
		defer local.Close()
		options = append(options, legacy.HTTPClient(&http.Client{Transport: local.Transport()}))
		config.Hints = hints(bank)
	}
	client, err := legacy.New("", plaidapi.Secret{}, options...)
	if err != nil {
		return []error{err}
	}
	config.Ledger = ledger.New(kept, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, time.Now)}, time.Now)
	err = terminal.Run(ctx, ui.New(ctx, config), terminal.Options{
		In: os.Stdin, Out: os.Stdout, Env: os.Getenv, Mouse: setup.Mouse, Title: setup.Title, Background: look.OnBackground(),
	})
	cancel()
	return []error{err, within(leaveTime, config.Ledger.Close), within(leaveTime, kept.Close)}
}

func within(limit time.Duration, leave func(context.Context) error) error {
	ctx, done := context.WithTimeout(context.Background(), limit)
	defer done()
	return leave(ctx)
}

// hints lists the practice bank's own logins, by institution.
func hints(bank *sandbox.Bank) func(institution string) []ui.Hint {
	return func(institution string) []ui.Hint {
		var all []ui.Hint
		for _, l := range bank.Logins() {
			if l.Institution == institution {
				all = append(all, ui.Hint{Username: l.Username, Password: l.Password, PIN: l.PIN, Answers: l.Answers, About: l.About})
			}
		}
		return all
	}
}

// fail says everything that went wrong but a signal, which the person knows of, and gives the exit code.
func fail(errs ...error) int {
	for _, err := range errs {
		var signalled *terminal.SignalError
		if err != nil && !errors.As(err, &signalled) {
			fmt.Fprintln(os.Stderr, "tartan:", cli.Words(err))
		}
	}
	return cli.ExitCode(errs...)
}
