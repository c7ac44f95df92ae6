package main

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// confined is something that only a few places may do.
type confined struct {
	what    string
	imports []string // import paths that do it
	names   []string // selectors that do it: "http.NewRequest", or ".Reveal" on anything
	places  []string // paths from the root; a folder ends with a slash and holds what is beneath
}

// places is the table of deeds and where alone they are done. Tests may do anything.
var places = []confined{
	{
		what:    "starts a process",
		imports: []string{"os/exec", "github.com/cli/browser"},
		names:   []string{"os.StartProcess", "syscall.Exec", "syscall.ForkExec", "syscall.StartProcess", "unix.Exec"},
		places:  []string{"ui/browser.go", "store/sources_command.go"},
	},
	{
		what: "sends a request",
		names: []string{
			"http.NewRequest", "http.NewRequestWithContext", "http.Get", "http.Head", "http.Post", "http.PostForm",
			"http.DefaultClient", "http.DefaultTransport", "http.ReadResponse",
		},
		// The practice bank delivers the webhooks of legacy-api §6, to this machine only.
		places: []string{"plaidapi/internal/wire/", "plaidapi/sandbox/hook.go"},
	},
	{
		what:   "opens a socket",
		names:  []string{"net.Dial", "net.DialTimeout", "net.Dialer", "net.Listen", "net.ListenConfig", "tls.Dial", "tls.Listen"},
		places: []string{"plaidapi/internal/wire/", "plaidapi/sandbox/", "main.go"},
	},
	{what: "calls the keyring", imports: []string{"github.com/zalando/go-keyring", "github.com/zalando/go-keyring/secret_service"}, places: []string{"store/keyring.go"}},
	{
		what:   "reveals a secret",
		names:  []string{".Reveal"},
		places: []string{"plaidapi/secret.go", "plaidapi/legacy/", "plaidapi/internal/", "plaidapi/modern/", "store/"},
	},
}

// initPlace is the one package that has to run before main.
const initPlace = "ui/terminal/early"

func checkConfined(s source) []finding {
	if s.test {
		return nil
	}
	var all []finding
	for _, decl := range s.syntax.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" && s.pkg != initPlace {
			all = append(all, s.at(f.Pos(), "an init function; only %s has one", initPlace))
		}
	}
	for _, c := range places {
		if slices.ContainsFunc(c.places, func(place string) bool {
			return place == s.path || strings.HasSuffix(place, "/") && strings.HasPrefix(s.path, place)
		}) {
			continue
		}
		for _, spec := range s.syntax.Imports {
			if name, err := strconv.Unquote(spec.Path.Value); err == nil && slices.Contains(c.imports, name) {
				all = append(all, s.at(spec.Pos(), "importing %s %s; only %s does", name, c.what, strings.Join(c.places, ", ")))
			}
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name := "." + sel.Sel.Name
			if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(c.names, x.Name+name) {
				name = x.Name + name
			}
			if slices.Contains(c.names, name) {
				all = append(all, s.at(sel.Pos(), "%s %s; only %s does", name, c.what, strings.Join(c.places, ", ")))
			}
			return true
		})
	}
	return all
}
