package main

import (
	"slices"
	"strconv"
	"strings"
)

// layer is one row of style §3: what a package may import. A name that ends with "/..." stands for
// everything beneath it, and for the package itself.
type layer struct {
	pkg   string
	may   []string // of this module and of others
	never []string // of the standard library
	only  []string // of the standard library; nil is everything
}

const (
	decimal  = "github.com/govalues/decimal"
	strict   = "github.com/go-json-experiment/json/..."
	api      = "tartan/plaidapi"
	internal = "tartan/plaidapi/internal/..."
	ledger   = "tartan/ui/ledger"
	query    = "tartan/ui/query"
	export   = "tartan/ui/export"
)

// noNetwork is kept from all but the wires, the practice bank and main.
var noNetwork = []string{"net/http/...", "net/rpc/...", "net/smtp"}

// layers is the table. main, which is not in it, may import everything, and so may tests.
var layers = []layer{
	{pkg: "plaidapi", may: []string{decimal}, never: noNetwork},
	{
		pkg: "plaidapi/internal/...",
		may: []string{api, internal, strict, decimal, "github.com/cenkalti/backoff/v5", "golang.org/x/text/unicode/norm"},
	},
	{pkg: "plaidapi/legacy", may: []string{api, internal, strict}},
	{pkg: "plaidapi/modern", may: []string{api, internal, strict}},
	{pkg: "plaidapi/sandbox", may: []string{strict, decimal}}, // nothing of ours: it checks the clients
	{
		pkg:   "store",
		may:   []string{api, "github.com/zalando/go-keyring/...", "filippo.io/age/...", "github.com/gofrs/flock", "github.com/adrg/xdg"},
		never: noNetwork,
	},
	{pkg: "ui/ledger", may: []string{api, query}, never: noNetwork},
	{pkg: "ui/query", may: []string{api, "golang.org/x/text/unicode/norm"}, never: noNetwork},
	{pkg: "ui/export", may: []string{api, ledger, query}, never: noNetwork},
	{
		pkg:   "ui/cli",
		may:   []string{api, ledger, query, export, "github.com/spf13/cobra/...", "github.com/BurntSushi/toml"},
		never: noNetwork,
	},
	{
		pkg: "ui/terminal",
		may: []string{
			"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/lipgloss", "github.com/muesli/termenv",
			"golang.org/x/sys/...", "golang.org/x/term", "github.com/charmbracelet/x/ansi", "github.com/mattn/go-runewidth",
			"github.com/aymanbagabas/go-osc52/v2",
		},
		never: noNetwork,
	},
	{pkg: "ui/terminal/early", only: []string{"os"}},
	{
		pkg: "ui",
		may: []string{
			api, ledger, query, export,
			"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles/...", "github.com/charmbracelet/lipgloss",
			"github.com/charmbracelet/x/ansi", "github.com/muesli/termenv", "github.com/mattn/go-runewidth",
			"golang.org/x/text/unicode/norm", "rsc.io/qr", "github.com/cli/browser",
		},
		never: append([]string{"os"}, noNetwork...),
	},
}

// checkImports holds a file to its layer.
func checkImports(s source) []finding {
	if s.test || s.pkg == "" {
		return nil
	}
	i := slices.IndexFunc(layers, func(l layer) bool { return covers(l.pkg, s.pkg) })
	if i < 0 {
		return []finding{{path: s.path, text: "package " + s.pkg + " is not in the table of style §3 (.ci/check/imports.go)"}}
	}
	l := layers[i]
	var all []finding
	for _, spec := range s.syntax.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has refused it already
		}
		if !l.allows(name) {
			all = append(all, s.at(spec.Pos(), "%s may not import %s (style §3)", s.pkg, name))
		}
	}
	return all
}

func (l layer) allows(name string) bool {
	within := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return covers(p, name) })
	}
	if !standard(name) {
		return within(l.may)
	}
	return !within(l.never) && (l.only == nil || within(l.only))
}

// standard reports whether a package is of Go itself: no dot in its first element, and not ours.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".") && first != module
}

// covers matches a name with a pattern: itself or, ending with "/...", what is beneath it too.
func covers(pattern, name string) bool {
	tree, ok := strings.CutSuffix(pattern, "/...")
	if !ok {
		return pattern == name
	}
	return name == tree || strings.HasPrefix(name, tree+"/")
}
