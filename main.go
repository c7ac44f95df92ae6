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
	"tartan/plaidapi/modern"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui"
	"tartan/ui/cli"
	"tartan/ui/ledger"
	"tartan/ui/terminal"
)

func main() {
	early.Restore()
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	debug.SetGCPercent(50) // most of the heap is columns without pointers: the collector may look more often
	command, err := cli.Parse(args)
	if err != nil {
		return fail(err)
	}
	switch command.Name {
	case cli.Version, cli.Help:
		fmt.Print(command.Text())
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
		Given: setup.Given, Anywhere: setup.Anywhere, MostLinks: setup.MostLinks, Paid: setup.Paid, Requests: ui.NewRequestLog(time.Now),
	}
	kept := store.Open(store.Options{
		Dir: setup.Dir, Service: setup.Service, Home: setup.Base, Casual: setup.Practice, Keys: setup.Server.Keys,
		Sources: store.Sources{PassphraseFile: setup.PassphraseFile, CredentialsDir: setup.CredentialsDir, PassphraseCommand: setup.PassphraseCommand},
	})
	var way []legacy.Option // to the bank; none is the network
	if setup.Practice {
		bank := sandbox.New(sandbox.Options{Transactions: c.Transactions})
		local := bank.Dial()
		defer local.Close()
		way = append(way, legacy.HTTPClient(&http.Client{Transport: local.Transport()}))
		config.Hints = func(institution string) (all []ui.Hint) {
			for _, l := range bank.Logins() {
				if l.Institution == institution {
					all = append(all, hint(l))
				}
			}
			return all
		}
	}
	bank, err := connect(setup.Server, kept, config.Requests, way)
	if err != nil {
		return []error{err}
	}
	config.Ledger = ledger.New(kept, map[plaidapi.Wire]ledger.Bank{setup.Wire: bank}, time.Now)
	err = terminal.Run(ctx, ui.New(ctx, config), terminal.Options{
		In: os.Stdin, Out: os.Stdout, Env: os.Getenv, Mouse: setup.Mouse, Title: setup.Title, Background: look.OnBackground(),
	})
	cancel()
	return []error{err, within(config.Ledger.Close), within(kept.Close)}
}

// connect makes the bank of the wire that a server speaks.
func connect(s cli.Server, kept *store.Store, told *ui.RequestLog, way []legacy.Option) (ledger.Bank, error) {
	if s.Wire == plaidapi.Modern {
		note := func(t modern.Try) { told.Add(t.Host, t.Purpose(), t.Status, t.Size, t.Took) }
		client, err := modern.New("", plaidapi.Secret{}, modern.BaseURL(s.Base), modern.KeySource(kept.Keys), modern.Trace(note))
		return modern.NewBank(client, modern.BankOptions{}), err
	}
	note := func(t legacy.Try) { told.Add(t.Host, t.Purpose(), t.Status, t.Size, t.Took) }
	way = append(way, legacy.BaseURL(s.Base), legacy.KeySource(kept.Keys), legacy.Trace(note))
	client, err := legacy.New("", plaidapi.Secret{}, way...)
	return legacy.NewBank(client, time.Now), err
}

// within waits for what must not be cut off: a token being stored, a half-made link being removed.
func within(leave func(context.Context) error) error {
	ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
	defer done()
	return leave(ctx)
}

// hint is a login of the practice bank, for people.
func hint(l sandbox.Login) ui.Hint {
	return ui.Hint{Username: l.Username, Password: l.Password, PIN: l.PIN, Answers: l.Answers, About: l.About}
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
