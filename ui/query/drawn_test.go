package query

import (
	"fmt"
	"math/big"
	"strings"

	"pgregory.net/rapid"

	"tartan/plaidapi"
)

// knownRow is all that is known of one transaction: what the naive way of searching looks at.
type knownRow struct {
	plaidapi.Transaction
	Written
	account Account
}

// asked is a term as it may be typed, and whether a row fulfils it, found out the plainest way.
type asked struct {
	text  string
	holds func(row knownRow) bool
}

// said draws words that meet each other often, capitals, accents and digits among them.
func said(longest int) *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(fmt.Sprintf(`[abAá12. ]{0,%d}`, longest)),
		rapid.SampledFrom([]string{"coffee", "Coffee Shop", "COFE", "kaffee", "cofefe 12", "Café", "offe-coffe", "coffees", "fee", "東京コーヒ店", "東京コーヒー"}),
	)
}

// drawKnown draws transactions of two Items with two accounts each, and what is known besides.
func drawKnown(t *rapid.T) ([]knownRow, *View) {
	accounts := map[plaidapi.AccountKey]Account{}
	for _, item := range []string{"one", "two"} {
		for _, account := range []string{"x", "y"} {
			accounts[plaidapi.AccountKey{Item: item, Account: account}] = Account{
				Name: said(3).Draw(t, "account's name"), Bank: said(3).Draw(t, "bank"),
				Mask: rapid.SampledFrom([]string{"", "0000", "1234"}).Draw(t, "mask"), LeftOut: rapid.Bool().Draw(t, "left out"),
			}
		}
	}
	days := rapid.Int32Range(int32(plaidapi.NewDate(2025, 9, 1)), int32(plaidapi.NewDate(2027, 1, 31)))
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) knownRow {
		row := knownRow{Transaction: plaidapi.Transaction{
			ItemID: rapid.SampledFrom([]string{"one", "two"}).Draw(t, "item"), AccountID: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "account"),
			Date: plaidapi.Date(days.Draw(t, "day")), Name: said(4).Draw(t, "name"), BankText: said(4).Draw(t, "bank text"),
			Pending: rapid.Bool().Draw(t, "pending"), Amount: drawMoney(t),
		}}
		row.Transaction.Category.Path = rapid.SliceOfN(said(4), 0, 2).Draw(t, "path")
		if rapid.Bool().Draw(t, "written") {
			row.Written = Written{
				Name: said(3).Draw(t, "own name"), Note: said(3).Draw(t, "note"), Category: said(3).Draw(t, "own category"),
				Tags: rapid.SliceOfN(said(3), 0, 2).Draw(t, "tags"), LeftOut: rapid.Bool().Draw(t, "left out"),
			}
		}
		row.account = accounts[plaidapi.AccountKey{Item: row.ItemID, Account: row.AccountID}]
		return row
	}), 0, 8).Draw(t, "rows")
	x, batch, written := New(), plaidapi.NewBatch(0), map[Key]Written{}
	for i := range rows {
		rows[i].ID = string(rune('a' + i))
		if err := batch.Append(&rows[i].Transaction); err != nil {
			t.Fatal(err)
		}
		written[Key{rows[i].ItemID, rows[i].ID}] = rows[i].Written
	}
	if err := x.Load(plaidapi.Page{Put: batch}); err != nil {
		t.Fatal(err)
	}
	x.SetFacts(Facts{accounts, written})
	v, ordered := x.View(), make([]knownRow, len(rows))
	for i := range ordered {
		ordered[i] = rows[v.At(i).ID[0]-'a']
	}
	return ordered, v
}

// drawMoney draws an amount in one of several units, one beyond them, or one that cannot be read.
func drawMoney(t *rapid.T) plaidapi.Money {
	switch rapid.IntRange(0, 11).Draw(t, "readable") {
	case 0:
		return plaidapi.Money{}
	case 1:
		m, err := plaidapi.ParseMoney(rapid.SampledFrom([]string{"9999999999999999999", "-9223372036854775808"}).Draw(t, "wide"), "USD")
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m, err := plaidapi.NewMoney(rapid.Int64Range(-2200, 2200).Draw(t, "units"), rapid.IntRange(0, 3).Draw(t, "decimals"),
		rapid.SampledFrom([]plaidapi.Currency{"USD", "JPY", "EUR", "KWD"}).Draw(t, "currency"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rational is an amount without its sign; nil for one that cannot be read.
func rational(m plaidapi.Money) *big.Rat {
	if !m.Known() {
		return nil
	}
	r, _ := new(big.Rat).SetString(m.Decimal())
	return r.Abs(r)
}

// drawLimit draws a limit for amounts.
func drawLimit(t *rapid.T) asked {
	number := rapid.SampledFrom([]string{"0", "2", "2.0", "12", "0.5", "1.25", "1,200", "1200.5", "21", "9,999,999,999,999,999,999"})
	from, to := number.Draw(t, "from"), number.Draw(t, "to")
	low, _ := new(big.Rat).SetString(strings.ReplaceAll(from, ",", ""))
	high, _ := new(big.Rat).SetString(strings.ReplaceAll(to, ",", ""))
	between := func(from, to func(c int) bool) func(knownRow) bool {
		return func(row knownRow) bool {
			r := rational(row.Amount)
			return r != nil && from(r.Cmp(low)) && to(r.Cmp(high))
		}
	}
	any := func(int) bool { return true }
	least, most := func(c int) bool { return c >= 0 }, func(c int) bool { return c <= 0 }
	limits := []asked{
		{">" + from, between(func(c int) bool { return c > 0 }, any)},
		{">=" + from, between(least, any)},
		{"<" + to, between(any, func(c int) bool { return c < 0 })},
		{"<=" + to, between(any, most)},
		{"=" + from, between(func(c int) bool { return c == 0 }, any)},
		{from + "..", between(least, any)},
		{".." + to, between(any, most)},
	}
	if low.Cmp(high) <= 0 {
		limits = append(limits, asked{from + ".." + to, between(least, most)})
	}
	return rapid.SampledFrom(limits).Draw(t, "limit")
}

// drawDays draws a term with a date, on 24 November 2026.
func drawDays(t *rapid.T) asked {
	date := rapid.SampledFrom([][3]string{
		{"2026-01-05", "2026-01-05", "2026-01-05"},
		{"2026-02", "2026-02-01", "2026-02-28"},
		{"2025", "2025-01-01", "2025-12-31"},
		{"oct", "2026-10-01", "2026-10-31"},
		{"NOV", "2026-11-01", "2026-11-30"},
		{"dec", "2025-12-01", "2025-12-31"},
		{"oct2025", "2025-10-01", "2025-10-31"},
		{"5nov", "2026-11-05", "2026-11-05"},
		{"25nov", "2025-11-25", "2025-11-25"},
		{"5-nov-2025", "2025-11-05", "2025-11-05"},
		{"today", "2026-11-24", "2026-11-24"},
		{"yesterday", "2026-11-23", "2026-11-23"},
		{"30d", "2026-10-25", "2026-10-25"},
		{"6w", "2026-10-13", "2026-10-13"},
		{"9m", "2026-02-24", "2026-02-24"},
		{"1y", "2025-11-24", "2025-11-24"},
	}).Draw(t, "date")
	return rapid.SampledFrom([]asked{
		{"since:" + date[0], func(row knownRow) bool { return row.Date.String() >= date[1] }},
		{"until:" + date[0], func(row knownRow) bool { return row.Date.String() <= date[2] }},
		{"on:" + date[0], func(row knownRow) bool { return row.Date.String() >= date[1] && row.Date.String() <= date[2] }},
	}).Draw(t, "days")
}

// drawState draws a term with is:.
func drawState(t *rapid.T) asked {
	return rapid.SampledFrom([]asked{
		{"is:pending", func(row knownRow) bool { return row.Pending }},
		{"is:posted", func(row knownRow) bool { return !row.Pending }},
		{"IS:In", func(row knownRow) bool { return row.Amount.Sign() > 0 }},
		{"is:out", func(row knownRow) bool { return row.Amount.Sign() < 0 }},
		{"is:noted", func(row knownRow) bool { return row.Note != "" }},
		{"is:tagged", func(row knownRow) bool { return strings.Join(row.Tags, "") != "" }},
		{"is:untagged", func(row knownRow) bool { return strings.Join(row.Tags, "") == "" }},
		{"is:left-out", func(row knownRow) bool { return row.Written.LeftOut || row.account.LeftOut }},
	}).Draw(t, "state")
}
