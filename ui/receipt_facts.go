package ui

import (
	"strings"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// fact is a line of the receipt, with its label; one without words is not shown.
type fact struct{ label, short, text string }

// facts are what, when and where; and then the person's own words.
func (s *transactionScreen) facts(r record) (bank, own []fact) {
	t := &r.bank
	said := t.BankText
	if said == t.Name && r.own.Name == "" {
		said = ""
	}
	date := ""
	if t.Date != 0 {
		date = t.Date.Time().Format("Mon 2 Jan 2006")
	}
	whole := called(t, r.own)
	if cells, _ := s.room(); width(whole) <= cells-width(s.rows.money(&s.env, t.Amount))-2 {
		whole = ""
	}
	banks := ""
	if r.own.Name != "" {
		banks = t.Name
	}
	bank = []fact{
		{"Name", "Name", whole},
		{"Bank's name", "Bank name", banks},
		{"Date", "Date", date},
		{"Status", "Status", s.status(t)},
		{"Account", "Account", s.accountOf(r)},
		{"Category", "Category", categoryPath(t, r.own)},
		{"Bank text", "Bank text", said},
		{"Place", "Place", place(t.Place)},
		{"Paid", "Paid", t.Channel},
		{"Transfer", "Transfer", s.otherSide()},
	}
	out := ""
	if r.own.LeftOut {
		out = "left out of totals"
	}
	own = []fact{
		{"Note", "Note", r.own.Note},
		{"Tags", "Tags", strings.Join(r.own.Tags, ", ")},
		{"Totals", "Totals", out},
	}
	return bank, own
}

// status is whether the bank has posted it.
func (s *transactionScreen) status(t *plaidapi.Transaction) string {
	switch {
	case t.Pending:
		return "pending, the amount may still change"
	case t.PendingID != "":
		return "posted, was pending before"
	}
	return "posted"
}

// accountOf names the account and its bank.
func (s *transactionScreen) accountOf(r record) string {
	text := strings.TrimSpace(r.account.Name + " " + mask(r.account.Mask))
	if bank := s.rows.banks[r.bank.ItemID]; bank != "" && text != "" {
		text += ", " + bank
	}
	return text
}

// categoryPath is the person's own word, with the bank's, or all of the way there in the taxonomy.
func categoryPath(t *plaidapi.Transaction, own query.Written) string {
	path := strings.Join(t.Category.Path, " › ")
	switch {
	case own.Category == "":
		return path
	case path == "":
		return own.Category
	}
	return own.Category + ", the bank says " + path
}

// place is where it happened, as far as the bank says.
func place(p plaidapi.Place) string {
	var parts []string
	for _, part := range []string{p.Address, p.City, p.State, p.Zip} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// otherSide is where the money of a transfer between two own accounts came from or went to.
func (s *transactionScreen) otherSide() string {
	if s.rows.cursor >= s.rows.found.Len() {
		return ""
	}
	key, is := s.rows.found.Transfer(s.rows.cursor)
	if !is {
		return ""
	}
	text := "between your own accounts"
	if at := s.other(key); at >= 0 {
		t := s.rows.all.At(at)
		a := s.rows.accounts[plaidapi.AccountKey{Item: t.ItemID, Account: t.AccountID}]
		if name := strings.TrimSpace(a.Name + " " + mask(a.Mask)); name != "" && t.Amount.Sign() > 0 {
			return "to " + name
		} else if name != "" {
			return "from " + name
		}
	}
	return text
}

// other is where the other side of a transfer stands among all: a few days before or after.
func (s *transactionScreen) other(key query.Key) int {
	if s.found.key != key {
		s.found.key, s.found.at = key, s.rows.all.Position(key.Item, key.ID)
	}
	return s.found.at
}
