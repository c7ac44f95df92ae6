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
	Base     string        // URL of the legacy API; tokens belong to it
	Keys     plaidapi.Keys // the practice bank's own, or from the environment; empty when it has none
	Name     string        // for every screen: "practice bank", "legacy API at 127.0.0.1:4000"
	Short    string        // the same in a word

	kind kind
}

// kind is a sort of server. No two share a folder or a keyring service.
type kind struct{ folder, service, home string }

// The kinds: their folders, keyring services, and the hosts that they mean by themselves. The
// practice bank's is only a name: it is reached inside the process, not over a socket.
func practiceKind() kind { return kind{"practice", "tartan-sandbox", "http://localhost"} }
func legacyKind() kind   { return kind{"legacy", "tartan-legacy", "https://tartan.plaid.com"} }

// ReadEnv decides from the environment which server to speak to. practice overrules it. The legacy
// API may be asked for without keys: the person is asked for them later.
func ReadEnv(get func(string) string, practice bool) (Server, error) {
	env := get("PLAID_ENV")
	keys := plaidapi.Keys{ClientID: get("PLAID_CLIENT_ID"), Secret: plaidapi.NewSecret(get("PLAID_SECRET"))}
	half := keys.ClientID == "" || keys.Secret.Empty()
	none := keys.ClientID == "" && keys.Secret.Empty()
	switch {
	case practice, env == "practice", env == "" && half:
		k := practiceKind()
		return Server{
			Practice: true, Base: k.home, Name: "practice bank", Short: "practice", kind: k,
			Keys: plaidapi.Keys{ClientID: "test_id", Secret: plaidapi.NewSecret("test_secret")},
		}, nil
	case env != "" && env != "legacy":
		return Server{}, wrong("PLAID_ENV must be practice or legacy.")
	case half && !none:
		return Server{}, wrong("PLAID_CLIENT_ID and PLAID_SECRET come together. Set both, or neither: then tartan asks for them.")
	}
	k := legacyKind()
	base := get("PLAID_HOST")
	if base == "" {
		base = k.home
	}
	u, ok := address(base)
	if !ok {
		return Server{}, wrong("PLAID_HOST must be an https address, or an http address on this machine.")
	}
	return Server{Base: u.String(), Keys: keys, Name: "legacy API at " + u.Host, Short: "legacy", kind: k}, nil
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
