// Command check holds the tree to the rules of style §2 and §3 that a compiler does not know: who
// may import whom, which file alone may do what, how long a file may be, what stands at the top.
//
//	check [ROOT]
//
// It prints one line a finding and exits with 1 if there is any. Lines that begin with "note:" are
// for reading; they do not fail. imports.go and confined.go hold the tables to edit.
package main

import (
	"fmt"
	"os"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	findings, err := inspect(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(2)
	}
	failed := false
	for _, f := range findings {
		fmt.Println(f)
		failed = failed || !f.note
	}
	if failed {
		os.Exit(1)
	}
}
