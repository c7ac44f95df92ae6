package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	module   = "tartan"
	maxLines = 400 // a file beyond it holds two jobs
	maxFunc  = 60  // a function beyond it does not fit a screen
)

// topLevel is all that may stand at the top, besides hidden names.
var topLevel = []string{"go.mod", "go.sum", "main.go", "ui", "plaidapi", "store", "Makefile", "README.md", "LICENSE"}

// unfinished marks work left undone. Written so that this line is none itself.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`)

// finding is one breach of a rule, or a note.
type finding struct {
	path string // from the root, with slashes
	line int    // 0: the file as a whole
	text string
	note bool
}

func (f finding) String() string {
	s := f.path
	if f.line > 0 {
		s = fmt.Sprintf("%s:%d", s, f.line)
	}
	if f.note {
		s = "note: " + s
	}
	return s + ": " + f.text
}

// source is one parsed Go file.
type source struct {
	path   string // from the root, with slashes
	pkg    string // its folder's import path from the module on: "", "ui/ledger"
	test   bool
	lines  int
	syntax *ast.File
	set    *token.FileSet
}

func (s source) at(pos token.Pos, format string, args ...any) finding {
	return finding{path: s.path, line: s.set.Position(pos).Line, text: fmt.Sprintf(format, args...)}
}

// inspect checks everything beneath root. It fails when the tree cannot be read or parsed.
func inspect(root string) ([]finding, error) {
	all, err := checkTop(root)
	if err != nil {
		return nil, err
	}
	sources, err := load(root)
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		all = append(all, checkSize(s)...)
		all = append(all, checkComments(s)...)
		if s.hidden() {
			continue // tools of our own follow the rules of form, not of layers
		}
		all = append(all, checkImports(s)...)
		all = append(all, checkConfined(s)...)
	}
	return all, nil
}

// hidden reports whether the file is part of .ci.
func (s source) hidden() bool { return strings.HasPrefix(s.pkg, ".") }

func checkTop(root string) ([]finding, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var all []finding
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) {
			all = append(all, finding{path: e.Name(), text: "the top level is fixed (style §2); this is none of its names"})
		}
	}
	return all, nil
}

// load parses every Go file but those of test data and of hidden folders other than .ci.
func load(root string) ([]source, error) {
	var sources []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel != "." && rel != ".ci" && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		s := source{path: rel, test: strings.HasSuffix(rel, "_test.go"), set: token.NewFileSet(), lines: bytes.Count(text, []byte("\n"))}
		if s.pkg = path.Dir(rel); s.pkg == "." {
			s.pkg = ""
		}
		s.syntax, err = parser.ParseFile(s.set, rel, text, parser.ParseComments|parser.SkipObjectResolution)
		sources = append(sources, s)
		return err
	})
	return sources, err
}

func checkSize(s source) []finding {
	var all []finding
	if s.lines > maxLines {
		all = append(all, finding{path: s.path, note: s.test, text: fmt.Sprintf("%d lines; over %d a file holds two jobs", s.lines, maxLines)})
	}
	if s.test {
		return all
	}
	for _, decl := range s.syntax.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1; n > maxFunc {
			long := s.at(f.Pos(), "%s has %d lines; %d fit a screen", f.Name.Name, n, maxFunc)
			long.note = true
			all = append(all, long)
		}
	}
	return all
}

func checkComments(s source) []finding {
	var all []finding
	for _, group := range s.syntax.Comments {
		for _, c := range group.List {
			if word := unfinished.FindString(c.Text); word != "" {
				all = append(all, s.at(c.Pos(), "%s: finish it, or open an issue", word))
			}
		}
	}
	return all
}
