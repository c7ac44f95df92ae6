package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The largest and the smallest of the four sizes that screens are designed at.
var ends = []Size{{Columns: 100, Rows: 30}, small}

// walk is one bank linked by hand: what is typed, and what must show before the next.
type walk struct {
	bank  string // what is typed to find it
	name  string
	login []string // a field each
	rest  []stage
}

// stage waits for a screen and answers it.
type stage struct{ see, typed string }

var walks = []walk{
	{"chase", "Chase", login, []stage{{`phone`, "1"}, {`Enter the code`, "1234\n"}}},
	{"bofa", "Bank of America", login, []stage{{`You say tomato`, "again\n"}, {`asks one more question`, "tomato\n"}}},
	{"citi", "Citi", []string{"plaid_selections", "plaid_good"}, []stage{{`tomato`, " "}, {`\(•\) tomato`, "\t"}, {`Ketchup`, " "}, {`\(•\) ketchup`, "\n"}}},
	{"usaa", "USAA", []string{"plaid_test", "plaid_good", "1234"}, []stage{{`You say tomato`, "tomato\n"}}},
	{"amex", "American Express", login, nil},
	{"wells", "Wells Fargo", login, nil},
}

var login = []string{"plaid_test", "plaid_good"}

// find opens a bank from the list of banks, which a welcome may stand before.
func find(term *Terminal, bank, name string) {
	if strings.Contains(term.Wait(`› Explore|Link a bank`), "Explore") {
		term.Keys("Enter")
		term.Wait(`Link a bank`)
	}
	term.Type(bank)
	term.Wait(`› ` + name)
	term.Keys("Enter")
	term.Wait(`sign in|2/4`)
}

// signIn types a field each, and Enter behind it.
func signIn(term *Terminal, fields []string) {
	for _, field := range fields {
		term.Type(field + "\n")
	}
}

func TestLinkAndBrowse(t *testing.T) {
	for _, size := range ends {
		for _, w := range walks {
			t.Run(fmt.Sprintf("%s_%dx%d", w.bank, size.Columns, size.Rows), func(t *testing.T) {
				t.Parallel()
				term := Start(t, size)
				find(term, w.bank, w.name)
				signIn(term, w.login)
				for _, s := range w.rest {
					term.Wait(s.see)
					term.Type(s.typed)
				}
				term.Wait(w.name + ` is linked`)
				term.Keys("Enter")
				for _, account := range []string{"Plaid Savings", "Plaid Checking", "Plaid Premier Checking", "Plaid Credit Card"} {
					term.Wait(account)
				}
				term.Wait(`Net worth`) // not the page of what was linked: it shows accounts too
				term.Wait(`-2,275\.58`)
				term.Keys("2")
				term.Wait(`net \+720\.94`) // the list itself: the latest rows are on the first screen too
				term.Wait(`ATM Withdrawal +(\S+ +)*-200\.00`)
				term.Keys("G")
				term.Wait(`Company Payro(ll|…) +(\S+ +)*\+3,042\.44`)
				term.Keys("Enter")
				term.Wait(`Transfer › Payroll`)
				term.Keys("q")
				if code := term.Exited(); code != 0 {
					t.Errorf("exit code %d", code)
				}
			})
		}
	}
}

// The nine situations in which a bank cannot be linked, each by hand at the bank made for it.
func TestFailures(t *testing.T) {
	for _, size := range ends {
		t.Run(fmt.Sprintf("%dx%d", size.Columns, size.Rows), func(t *testing.T) {
			t.Parallel()
			term := Start(t, size)
			for _, c := range []struct {
				code  int
				title string
				page  bool
			}{
				{1200, `did\s+not\s+accept\s+these`, false},
				{1203, `was not\s+accepted`, false},
				{1205, `has\s+locked`, true},
				{1206, `needs\s+something`, true},
				{1208, `cannot\s+be\s+linked`, true},
				{1303, `is\s+not\s+answering`, true},
				{1104, `These\s+API\s+keys`, true},
				{1215, `sign\s+in\s+again`, true},
				{1700, `could\s+not\s+do\s+this`, true},
			} {
				find(term, "failures", "Practice Failures Bank")
				signIn(term, []string{fmt.Sprintf("fail_%d", c.code), "plaid_good"})
				term.Wait(c.title)
				if c.page {
					term.Keys("Escape")
				}
				term.Wait(fmt.Sprintf(`fail_%d`, c.code))
				term.Keys("Escape")
				term.Wait(`choose|1/4`)
				term.Keys("Escape")
				term.Wait(`(?m)/ ▏`)
			}
		})
	}
}

// A locked user and a wrong PIN, as a person meets them with the recorded logins.
func TestRecordedRefusals(t *testing.T) {
	for _, size := range ends {
		term := Start(t, size)
		find(term, "wells", "Wells Fargo")
		signIn(term, []string{"plaid_test", "plaid_locked"})
		term.Wait(`has\s+locked`)
		term.Keys("Escape")
		term.Wait(`plaid_test`)
		term.Keys("Escape")
		term.Wait(`/ wells`)
		term.Keys("Escape")
		term.Wait(`/ ▏`)
		find(term, "usaa", "USAA")
		signIn(term, []string{"plaid_test", "plaid_good", "9999"})
		term.Wait(`did\s+not\s+accept\s+these`)
	}
}
