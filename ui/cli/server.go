package cli

import (
	"net"
	"net/url"
	"strings"
	"unicode"

	"tartan/plaidapi"
)

// Server is which bank server the app speaks to.
type Server struct {
	Practice bool          // the practice bank inside tartan; the rest is for others
	Wire     plaidapi.Wire // which of Plaid's two APIs it speaks
	Base     string        // its URL; tokens belong to it
	Keys     plaidapi.Keys // the practice bank's own, or from the environment; empty when it has none
	Name     string        // for every screen: "practice bank", "Plaid sandbox", "legacy API at 127.0.0.1:4000"
	Short    string        // the same in a word

	// Anywhere is what to begin a link with where the person chooses the bank on Plaid's own page;
	// without a Wire where there is no such page.
	Anywhere plaidapi.Institution
	// MostLinks is how many links Plaid's free plan has in all (modern-api §12); 0 where it has no limit.
	MostLinks int

	// Paid reports that some of what Plaid can be asked for costs money on some plans.
	Paid bool

	kind kind
}

// kind is a sort of server. No two share a folder or a keyring service.
type kind struct {
	wire                  plaidapi.Wire
	folder, service, home string
	name, short           string // as screens name it; where it is at home that is enough for today's wire
}

// The kinds: their folders, keyring services, and the hosts that they mean by themselves. The
// practice bank's is only a name: it is reached inside the process, not over a socket.
func practiceKind() kind {
	return kind{plaidapi.Legacy, "practice", "tartan-sandbox", "http://localhost", "practice bank", "practice"}
}

func legacyKind() kind {
	return kind{plaidapi.Legacy, "legacy", "tartan-legacy", "https://tartan.plaid.com", "legacy API", "legacy"}
}

func sandboxKind() kind {
	return kind{plaidapi.Modern, "sandbox", "tartan-plaid-sandbox", "https://sandbox.plaid.com", "Plaid sandbox", "sandbox"}
}

func productionKind() kind {
	return kind{plaidapi.Modern, "production", "tartan", "https://production.plaid.com", "Plaid", "Plaid"}
}

// kindOf is the kind that PLAID_ENV names. Without it keys are for the sandbox: those of production
// look the same, and nothing real is linked without having been asked for.
func kindOf(env string) (kind, bool) {
	switch env {
	case "legacy":
		return legacyKind(), true
	case "sandbox", "":
		return sandboxKind(), true
	case "production":
		return productionKind(), true
	}
	return kind{}, false
}

// ReadEnv decides from the environment which server to speak to. practice overrules it. A server may
// be asked for without keys: the person is asked for them later.
func ReadEnv(get func(string) string, practice bool) (Server, error) {
	env := get("PLAID_ENV")
	keys := plaidapi.Keys{ClientID: get("PLAID_CLIENT_ID"), Secret: plaidapi.NewSecret(get("PLAID_SECRET"))}
	half := keys.ClientID == "" || keys.Secret.Empty()
	none := keys.ClientID == "" && keys.Secret.Empty()
	if practice || env == "practice" || env == "" && half {
		k := practiceKind()
		return Server{
			Practice: true, Wire: k.wire, Base: k.home, Name: k.name, Short: k.short, kind: k,
			Keys: plaidapi.Keys{ClientID: "test_id", Secret: plaidapi.NewSecret("test_secret")},
		}, nil
	}
	k, known := kindOf(env)
	switch {
	case !known:
		return Server{}, wrong("PLAID_ENV must be practice, sandbox, production or legacy.")
	case half && !none:
		return Server{}, wrong("PLAID_CLIENT_ID and PLAID_SECRET come together. Set both, or neither: then tartan asks for them.")
	}
	base := get("PLAID_HOST")
	if base == "" {
		base = k.home
	}
	u, ok := address(base)
	if !ok {
		return Server{}, wrong("PLAID_HOST must be an https address, or an http address on this machine.")
	}
	s := Server{Wire: k.wire, Base: u.String(), Keys: keys, Name: k.name, Short: k.short, kind: k}
	if k.wire == plaidapi.Modern {
		s.Anywhere.Wire = k.wire
	}
	if k == productionKind() {
		s.MostLinks, s.Paid = 10, true
	}
	if s.Base != k.home || k.wire == plaidapi.Legacy {
		s.Name += " at " + u.Host
	}
	return s, nil
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
