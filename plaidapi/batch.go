package plaidapi

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// Batch is any number of transactions in columns, with each text once: about 70 bytes a row, and no
// pointer in the columns. It is how transactions are saved, searched and handed over in bulk.
//
// A Batch grows at its end only. A copy of the struct is a snapshot: it stays as it is while the
// original grows, and may be read at the same time. Only one of the two may grow.
type Batch struct {
	// Dictionaries. Entry 0 of each is the zero value.
	Texts    []string
	Accounts []AccountKey
	Units    []Unit
	Abouts   []About

	// Columns, one value a row.
	IDs      []byte   // of each row: the length of ID as a uvarint, ID, PendingID
	Ends     []uint32 // where each row's part of IDs ends
	Dates    []Date
	Amounts  []int64 // in units of Units[Unit]; for a Wide unit the decimal text's place in Texts
	Unit     []uint16
	Account  []uint16 // places in Accounts
	Name     []uint32 // places in Texts
	BankText []uint32 // likewise
	About    []uint32 // places in Abouts
	Pending  []bool

	known *dictionary // what is in the dictionaries already; nil until the first Append
}

// AccountKey names an account among all Items.
type AccountKey struct{ Item, Account string }

// Unit is what amounts are counted in: a currency and how many of its decimals. The zero Unit is
// that of amounts that nobody can read.
type Unit struct {
	Currency Currency
	Decimals uint8
	Wide     bool // amounts beyond an int64
}

// About is what rows of one kind share: a shop's category and address.
type About struct {
	Category Category
	Place    Place
	Channel  string
}

// ErrBatchFull reports a transaction for which a Batch has no room: more than 65,535 accounts or
// currencies, or 4 GiB of IDs.
var ErrBatchFull = errors.New("plaidapi: batch is full")

// NewBatch makes an empty Batch with room for that many rows.
func NewBatch(rows int) *Batch {
	b := &Batch{Texts: []string{""}, Accounts: []AccountKey{{}}, Units: []Unit{{}}, Abouts: []About{{}}}
	b.Grow(rows)
	return b
}

// Grow makes room for that many more rows.
func (b *Batch) Grow(rows int) {
	const idBytes = 38 // a legacy ID and its length
	b.IDs = slices.Grow(b.IDs, rows*idBytes)
	b.Ends = slices.Grow(b.Ends, rows)
	b.Dates = slices.Grow(b.Dates, rows)
	b.Amounts = slices.Grow(b.Amounts, rows)
	b.Unit = slices.Grow(b.Unit, rows)
	b.Account = slices.Grow(b.Account, rows)
	b.Name = slices.Grow(b.Name, rows)
	b.BankText = slices.Grow(b.BankText, rows)
	b.About = slices.Grow(b.About, rows)
	b.Pending = slices.Grow(b.Pending, rows)
}

// Len is the number of rows.
func (b *Batch) Len() int { return len(b.Ends) }

// begin makes the zero Batch an empty one.
func (b *Batch) begin() {
	if len(b.Texts) == 0 {
		*b = *NewBatch(0)
	}
}

// Append adds a transaction. It fails with ErrBatchFull, and then no row is added or changed.
func (b *Batch) Append(t *Transaction) error {
	b.begin()
	unit, amount := b.amount(t.Amount)
	account, full := b.AccountNumber(AccountKey{t.ItemID, t.AccountID})
	place, fullUnits := b.UnitNumber(unit)
	ids := binary.AppendUvarint(b.IDs, uint64(len(t.ID)))
	ids = append(append(ids, t.ID...), t.PendingID...)
	if full != nil || fullUnits != nil || len(ids) > math.MaxUint32 {
		return ErrBatchFull
	}
	b.IDs = ids
	b.Ends = append(b.Ends, uint32(len(ids)))
	b.Dates = append(b.Dates, t.Date)
	b.Amounts = append(b.Amounts, amount)
	b.Unit = append(b.Unit, place)
	b.Account = append(b.Account, account)
	b.Name = append(b.Name, b.TextNumber(t.Name))
	b.BankText = append(b.BankText, b.TextNumber(t.BankText))
	b.About = append(b.About, b.AboutNumber(About{t.Category, t.Place, t.Channel}))
	b.Pending = append(b.Pending, t.Pending)
	return nil
}

// At makes the transaction of a row.
func (b *Batch) At(row int) Transaction {
	key, about := b.Accounts[b.Account[row]], &b.Abouts[b.About[row]]
	id, pending := b.ID(row)
	return Transaction{
		ID: string(id), ItemID: key.Item, AccountID: key.Account, Date: b.Dates[row], Amount: b.Money(row),
		Name: b.Texts[b.Name[row]], BankText: b.Texts[b.BankText[row]], Category: about.Category,
		Pending: b.Pending[row], PendingID: string(pending), Place: about.Place, Channel: about.Channel,
	}
}

// ID is the ID of a row and that of the pending row it replaced, not to be changed.
func (b *Batch) ID(row int) (id, pending []byte) {
	all := b.ids(row)
	size, n := binary.Uvarint(all)
	end := n + int(size)
	return all[n:end:end], all[end:]
}

// ids is what a row has in IDs.
func (b *Batch) ids(row int) []byte {
	from := uint32(0)
	if row > 0 {
		from = b.Ends[row-1]
	}
	return b.IDs[from:b.Ends[row]:b.Ends[row]]
}

// Money is the amount of a row.
func (b *Batch) Money(row int) Money {
	unit := b.Units[b.Unit[row]]
	if unit.Wide {
		m, _ := ParseMoney(b.Texts[b.Amounts[row]], unit.Currency) // it was exact when it was written
		return m
	}
	m, _ := NewMoney(b.Amounts[row], int(unit.Decimals), unit.Currency)
	return m
}

// Compare is the order of two rows, as that of their transactions.
func (b *Batch) Compare(row, other int) int {
	switch {
	case b.Dates[row] != b.Dates[other]:
		return int(b.Dates[other] - b.Dates[row])
	case b.Pending[row] == b.Pending[other]:
		return 0
	case b.Pending[row]:
		return -1
	}
	return 1
}

// amount is how a Money is written in the columns.
func (b *Batch) amount(m Money) (Unit, int64) {
	units, decimals, ok := m.units()
	if !ok {
		return Unit{m.currency, 0, true}, int64(b.TextNumber(m.Decimal()))
	}
	return Unit{m.currency, decimals, false}, units
}

// Same reports whether a row tells the same as a transaction: every field, amounts by value.
func (b *Batch) Same(row int, t *Transaction) bool {
	id, pending := b.ID(row)
	about := About{t.Category, t.Place, t.Channel}
	return string(id) == t.ID && string(pending) == t.PendingID &&
		b.Accounts[b.Account[row]] == (AccountKey{t.ItemID, t.AccountID}) &&
		b.Dates[row] == t.Date && b.Pending[row] == t.Pending &&
		b.Texts[b.Name[row]] == t.Name && b.Texts[b.BankText[row]] == t.BankText &&
		b.sameAmount(row, t.Amount) && b.Abouts[b.About[row]].equal(&about)
}

// sameAmount reports whether the amount of a row is m, in the same currency.
func (b *Batch) sameAmount(row int, m Money) bool {
	unit, amount := b.Units[b.Unit[row]], b.Amounts[row]
	units, decimals, ok := m.units()
	if unit.Wide {
		return unit.Currency == m.currency && b.Texts[amount] == m.Decimal()
	}
	return ok && unit == Unit{m.currency, decimals, false} && amount == units
}
