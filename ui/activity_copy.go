package ui

import (
	"cmp"
	"encoding/json"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// record is a transaction with all that is known of it, to be copied.
type record struct {
	bank    plaidapi.Transaction // as the bank tells it
	own     query.Written
	account plaidapi.Account
}

// about is the record of a transaction on a list.
func (s *activityScreen) about(v *query.View, i int) record { return s.rows.record(v, i) }

func (r *rows) record(v *query.View, i int) record {
	t := v.At(i)
	return record{t, v.Written(i), r.accounts[plaidapi.AccountKey{Item: t.ItemID, Account: t.AccountID}]}
}

// kind is something that can be copied of a transaction.
type kind struct {
	label string
	about string // what it is, unless it is shown itself
	money bool   // there is an amount in it
	text  func(record) string
}

// kinds are all of them.
func kinds() []kind {
	return []kind{
		{"amount", "", true, func(r record) string { return r.bank.Amount.Decimal() }},
		{"name", "", false, func(r record) string { return called(&r.bank, r.own) }},
		{"id", "", false, func(r record) string { return r.bank.ID }},
		{"row", "date, name and amount", true, record.row},
		{"JSON", "all of it, for programs", true, record.json},
		{"ledger entry", "for hledger and Ledger", true, record.entry},
	}
}

// row is a transaction in one line: date, name and amount.
func (r record) row() string {
	return r.bank.Date.String() + "  " + called(&r.bank, r.own) + "  " + amount(r.bank.Amount)
}

// json is a transaction as JSON. Its fields have the names that exports have.
func (r record) json() string {
	text, err := json.MarshalIndent(struct {
		Date     plaidapi.Date `json:"date"`
		Amount   string        `json:"amount"`
		Currency string        `json:"currency"`
		Name     string        `json:"name"`
		Category string        `json:"category"`
		Account  string        `json:"account"`
		Pending  bool          `json:"pending"`
		Note     string        `json:"note"`
		Tags     []string      `json:"tags"`
		ID       string        `json:"id"`
	}{
		r.bank.Date, r.bank.Amount.Decimal(), string(r.bank.Amount.Currency()), called(&r.bank, r.own), category(&r.bank, r.own),
		r.account.Name, r.bank.Pending, r.own.Note, append([]string{}, r.own.Tags...), r.bank.ID,
	}, "", "  ")
	if err != nil {
		return "" // nothing in it can fail
	}
	return string(text)
}

// entry is a transaction as the journals of hledger and Ledger have it: two postings that balance.
func (r record) entry() string {
	m := r.bank.Amount
	state, side, other := "*", "Assets", "Expenses"
	if r.bank.Pending {
		state = "!"
	}
	if r.account.Type == plaidapi.Credit || r.account.Type == plaidapi.Loan {
		side = "Liabilities"
	}
	if m.Sign() > 0 {
		other = "Income"
	}
	posting := func(top, account string, m plaidapi.Money) string {
		return "    " + top + ":" + cmp.Or(posted(account), "Unknown") + "  " + strings.TrimSpace(m.Decimal()+" "+string(m.Currency())) + "\n"
	}
	head := r.bank.Date.Time().Format("2006/01/02") + " " + state + " " + posted(called(&r.bank, r.own)) + "\n"
	return head + posting(other, cmp.Or(category(&r.bank, r.own), "Unsorted"), m.Neg()) + posting(side, r.account.Name, m)
}

// posted is text as a journal can have it in one place: in one line, without what ends a name there.
func posted(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(":", " ", ";", " ", "|", " ").Replace(text)), " ")
}

// copyRow copies the transaction in one line.
func (s *activityScreen) copyRow(v *query.View, i int) (nav, tea.Cmd) {
	return s.copied(kinds()[3], s.about(v, i))
}

// copied copies something of a transaction, unless it would tell an amount that is hidden.
func (e *env) copied(k kind, r record) (nav, tea.Cmd) {
	if k.money && e.look.hidden {
		return said("Amounts are hidden, so none is copied. " + e.keys.hide.Help().Key + " shows them."), nil
	}
	what := "the " + k.label
	if k.label == "amount" || k.label == "name" || k.label == "id" {
		what += " " + k.text(r)
	}
	return e.toClipboard(k.text(r), what)
}
