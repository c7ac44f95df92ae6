// Package cli reads what a person asks for: the command line and the environment. It decides and
// says; main does.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
)

// The exit codes that are decided here (security.md). 2 is never ours: it is how Go crashes.
const (
	ok         = 0
	localFault = 9
	wrongUse   = 64
)

// ExitCode is what main ends with: the code that the first of the errors brings, or that of an
// ordinary failure on this computer.
func ExitCode(errs ...error) int {
	for _, err := range errs {
		var coded interface{ ExitCode() int }
		switch {
		case errors.As(err, &coded):
			return coded.ExitCode()
		case err != nil:
			return localFault
		}
	}
	return ok
}

// Name is what tartan is asked to do.
type Name string

// The commands.
const (
	App      Name = "app"
	Version  Name = "version"
	Help     Name = "help"
	Practice Name = "practice"
)

// Command is a command line that makes sense.
type Command struct {
	Name         Name
	Practice     bool   // App: the practice bank, whatever the environment says
	Profile      string // App: a set of banks, in small letters; empty when not given
	LegacyAddr   string // Practice: where to serve the legacy wire
	ModernAddr   string // Practice: where to serve today's wire; empty for not at all
	ASCII        bool   // App: draw with nothing but ASCII
	Hide         bool   // App: start with amounts hidden
	NoColour     bool   // App
	Transactions int    // of the practice bank's largest account; 0 for its own choice
}

// Usage is what `tartan help` prints.
const Usage = `tartan: your bank accounts, in the terminal

Usage
  tartan [flags]               open the app
  tartan practice [flags]      run the practice bank as a local server, for tests
  tartan version               print the version
  tartan help                  print this

Flags of the app
      --practice               use the practice bank, whatever the environment says
      --profile NAME           a separate set of banks (default "main"): letters,
                               digits, - and _, at most 32; large and small are the same
      --hide                   start with amounts hidden
      --no-color               no colour; NO_COLOR works too
      --ascii                  draw with nothing but ASCII
      --transactions N         rows of the practice bank's largest account (Houndstooth Bank)

Flags of practice
      --legacy-addr HOST:PORT  where to serve the legacy API; only on this machine
                               (default 127.0.0.1:0, any free port; the first line says which)
      --modern-addr HOST:PORT  also serve today's API and its Hosted Link pages there; only on
                               this machine (the second line says where)
      --transactions N         as above, up to 1,000,000

Environment
  TARTAN_PROFILE               as --profile
  TARTAN_DATA_DIR              where data is kept, sealed (default: the system's place, XDG)
  TARTAN_CONFIG_DIR            where config.toml is (default: the system's place, XDG)
  TARTAN_PASSPHRASE_FILE       a file that holds the passphrase, for scripts
  CREDENTIALS_DIRECTORY        systemd's: tartan.passphrase, plaid.client_id and plaid.secret in it
  PLAID_ENV                    practice (default without keys), sandbox (Plaid's test banks;
                               default with keys), production (real banks), or legacy
  PLAID_HOST                   another server, for tests: https, or http on this machine
  PLAID_CLIENT_ID, PLAID_SECRET  your API keys; visible to your own programs. Without them
                               tartan asks
  NO_COLOR, CLICOLOR_FORCE     no colour; colour in any case
  LC_ALL, LC_CTYPE, LANG       what is not UTF-8 is drawn in ASCII; so is TERM=dumb

config.toml, and profiles/NAME.toml beside it, which overrides it
  lock_after = "10m"           idle time until tartan locks itself, or "never"
  passphrase_command = ["pass", "show", "tartan"]   prints the passphrase
  mouse = true                 false leaves the mouse to the terminal
  hide_amounts = false         true starts with amounts hidden
  theme = "tartan"             or "high-contrast", "mono"
  gains = "sign only"          or "blue and amber", "green and red"
  glyphs = "unicode"           or "ascii"; unset, the terminal decides
  [theme]                      colours of one's own, in place of theme = ...
  name = "tartan"              the theme to start from
  accent = "#7aa2c8 bold"      text, faint, strong, accent, attention, error, money_in, money_out:
                               "#rrggbb", or default, black, red, green, yellow, blue, magenta,
                               cyan, white, each also bright; with it or alone bold, faint,
                               underline
  [keys]                       other keys for actions
  filter = ["/", "ctrl+f"]     one key, or a list

A flag goes before the environment, that before the profile's file, that before config.toml.
Secrets are never given as flags and never stand in a config file.
`

// Text is what Version and Help print.
func (c Command) Text() string {
	if c.Name == Version {
		return "tartan " + Release() + "\n"
	}
	return Usage
}

// UsageError reports a command line or an environment that makes no sense. It never repeats a
// value that may be secret.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

// UserText is the sentence that people read.
func (e *UsageError) UserText() string { return e.Text }

// ExitCode is that of a wrong use.
func (e *UsageError) ExitCode() int { return wrongUse }

// Release is the release this is, or leads up to, and the commit where the build knows it.
func Release() string {
	const release = "0.1.0"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return release + " (" + s.Value + ")"
			}
		}
	}
	return release
}

// Words are an error as people read it: its own sentence where it has one.
func Words(err error) string {
	var told interface{ UserText() string }
	if errors.As(err, &told) {
		return told.UserText()
	}
	return err.Error()
}

func wrong(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// secretFlag reports whether an argument is a flag that brings a secret by its name.
func secretFlag(arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	return strings.HasPrefix(name, "-") && secretive(name)
}

// Parse reads the command line without the program's name.
func Parse(args []string) (Command, error) {
	c := Command{Name: App}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		c.Name, args = Name(args[0]), args[1:]
	}
	if slices.ContainsFunc(args, secretFlag) {
		return Command{}, wrong("Secrets are never given as flags: other programs could read them. tartan asks for what it needs.")
	}
	flags := flag.NewFlagSet("tartan", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var version bool
	var badProfile error
	switch c.Name {
	case App:
		flags.BoolVar(&c.Practice, "practice", false, "")
		flags.Func("profile", "", func(name string) error {
			c.Profile, badProfile = profileName(name, "--profile")
			return badProfile
		})
		flags.BoolVar(&c.ASCII, "ascii", false, "")
		flags.BoolVar(&c.Hide, "hide", false, "")
		flags.BoolVar(&c.NoColour, "no-color", false, "")
		flags.BoolVar(&version, "version", false, "")
		flags.IntVar(&c.Transactions, "transactions", 0, "")
	case Practice:
		flags.StringVar(&c.LegacyAddr, "legacy-addr", "127.0.0.1:0", "")
		flags.StringVar(&c.ModernAddr, "modern-addr", "", "")
		flags.IntVar(&c.Transactions, "transactions", 0, "")
	case Version, Help:
	default:
		return Command{}, wrong("There is no such command. tartan help lists them.")
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return Command{Name: Help}, nil
	case badProfile != nil:
		return Command{}, badProfile
	case err != nil:
		return Command{}, wrong("A flag is unknown or has no usable value. tartan help lists them.")
	case flags.NArg() > 0:
		return Command{}, wrong("%s takes no arguments. tartan help says more.", c.Name)
	case c.Transactions < 0 || c.Transactions > 1_000_000:
		return Command{}, wrong("--transactions takes a number up to 1,000,000.")
	case version:
		c.Name = Version
	}
	return c, nil
}
