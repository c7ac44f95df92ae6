package query

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"testing"
)

var (
	textFile = flag.String("text", "", "write made transactions to this file, a line each")
	textRows = flag.Int("rows", 1_000_000, "how many of them")
)

// TestWriteText writes the transactions of the benchmarks as lines of text, so that what cat and
// grep take for them can be measured beside. It is skipped unless it is told where to:
//
//	go test ./ui/query -run TestWriteText -text /tmp/rows.txt -rows 1000000
//	time cat /tmp/rows.txt >/dev/null
//	time grep -F Coffee /tmp/rows.txt >/dev/null
func TestWriteText(t *testing.T) {
	if *textFile == "" {
		t.Skip("no -text was given")
	}
	f, err := os.Create(*textFile)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for _, p := range made(t, *textRows) {
		for i := range p.Put.Len() {
			tx := p.Put.At(i)
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
				tx.Date, tx.Amount, tx.Name, tx.BankText, tx.Category.Path[len(tx.Category.Path)-1], tx.AccountID, tx.ID)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
