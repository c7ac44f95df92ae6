// Package cli reads what a person asks for: the command line and the environment. It decides and
// says; main does.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"runtime/debug"
	"strings"
	"unicode"

	"tartan/plaidapi"
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
	LegacyAddr   string // Practice: where to serve the legacy wire
	Transactions int    // of the practice bank's largest account; 0 for its own choice
}

// Usage is what `tartan help` prints.
const Usage = `tartan: your bank accounts, in the terminal

Usage
  tartan                       open the app
  tartan practice              run the practice bank as a local server, for tests
  tartan version               print the version
  tartan help                  print this

Flags of the app
      --practice               use the practice bank, whatever the environment says
      --transactions N         rows of the practice bank's largest account (Houndstooth Bank)

Flags of practice
      --legacy-addr HOST:PORT  where to serve the legacy API; only on this machine
                               (default 127.0.0.1:0, any free port; the first line says which)
      --transactions N         as above, up to 1,000,000

Environment
  PLAID_ENV                    practice (default without keys) or legacy
  PLAID_HOST                   server of the legacy API: https, or http on this machine
  PLAID_CLIENT_ID, PLAID_SECRET  your API keys; visible to your own programs
  NO_COLOR                     no colour
`

// UsageError reports a command line or an environment that makes no sense. It never repeats a
// value that may be secret.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

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

// Parse reads the command line without the program's name.
func Parse(args []string) (Command, error) {
	c := Command{Name: App}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		c.Name, args = Name(args[0]), args[1:]
	}
	flags := flag.NewFlagSet("tartan", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var version bool
	switch c.Name {
	case App:
		flags.BoolVar(&c.Practice, "practice", false, "")
		flags.BoolVar(&version, "version", false, "")
		flags.IntVar(&c.Transactions, "transactions", 0, "")
	case Practice:
		flags.StringVar(&c.LegacyAddr, "legacy-addr", "127.0.0.1:0", "")
		flags.IntVar(&c.Transactions, "transactions", 0, "")
	case Version, Help:
	default:
		return Command{}, wrong("There is no such command. tartan help lists them.")
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return Command{Name: Help}, nil
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

// Server is which bank server the app speaks to.
type Server struct {
	Practice bool   // the practice bank inside tartan; the rest is for others
	Base     string // URL of the legacy API; tokens belong to it
	ClientID string
	Secret   plaidapi.Secret
	Name     string // for every screen: "practice bank", "legacy API at 127.0.0.1:4000"
	Short    string // the same in a word
	Service  string // keyring service: no two kinds of server share one
}

const (
	legacyHost   = "https://tartan.plaid.com"
	practiceHost = "http://localhost" // a name: it is reached inside the process, not over a socket
)

// ReadEnv decides from the environment which server to speak to. practice overrules it.
func ReadEnv(get func(string) string, practice bool) (Server, error) {
	kind := get("PLAID_ENV")
	keys := get("PLAID_CLIENT_ID") != "" && get("PLAID_SECRET") != ""
	switch {
	case practice, kind == "practice", kind == "" && !keys:
		return Server{Practice: true, Base: practiceHost, Name: "practice bank", Short: "practice", Service: "tartan-sandbox"}, nil
	case kind != "" && kind != "legacy":
		return Server{}, wrong("PLAID_ENV must be practice or legacy.")
	case !keys:
		return Server{}, wrong("The legacy API needs PLAID_CLIENT_ID and PLAID_SECRET.")
	}
	base := get("PLAID_HOST")
	if base == "" {
		base = legacyHost
	}
	u, ok := address(base)
	if !ok {
		return Server{}, wrong("PLAID_HOST must be an https address, or an http address on this machine.")
	}
	return Server{
		Base: u.String(), ClientID: get("PLAID_CLIENT_ID"), Secret: plaidapi.NewSecret(get("PLAID_SECRET")),
		Name: "legacy API at " + u.Host, Short: "legacy", Service: "tartan-legacy",
	}, nil
}

// address reads a server's address in one spelling, because tokens belong to it: nothing but scheme,
// host and path, in small letters, without a slash at the end.
func address(base string) (*url.URL, bool) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.RawPath != "" {
		return nil, false
	}
	for _, r := range u.Host {
		if r > unicode.MaxASCII || unicode.IsControl(r) || unicode.IsSpace(r) {
			return nil, false
		}
	}
	u.Host = strings.ToLower(u.Host)
	u.Path = strings.TrimRight(u.Path, "/")
	return u, u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
