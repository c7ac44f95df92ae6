package plaidapi

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
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

// dictionary finds entries of a Batch's dictionaries again.
type dictionary struct {
	texts    map[string]uint32
	accounts map[AccountKey]uint16
	units    map[Unit]uint16
	abouts   map[string]uint32
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

// Append adds a transaction. It fails with ErrBatchFull and then has changed nothing that is seen.
func (b *Batch) Append(t *Transaction) error {
	if len(b.Texts) == 0 {
		*b = *NewBatch(0)
	}
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
	from := uint32(0)
	if row > 0 {
		from = b.Ends[row-1]
	}
	all := b.IDs[from:b.Ends[row]]
	size, n := binary.Uvarint(all)
	return all[n : n+int(size)], all[n+int(size):]
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
	coefficient, decimals, ok := m.units()
	if !ok {
		return Unit{m.currency, decimals, true}, int64(b.TextNumber(m.Decimal()))
	}
	return Unit{m.currency, decimals, false}, coefficient
}

// TextNumber is the place of a text in Texts; it is added if it is new.
func (b *Batch) TextNumber(text string) uint32 {
	return number(b.index().texts, text, func() uint32 {
		b.Texts = append(b.Texts, text)
		return uint32(len(b.Texts) - 1)
	})
}

// AboutNumber is the place of an About in Abouts; it is added if it is new.
func (b *Batch) AboutNumber(a About) uint32 {
	return number(b.index().abouts, a.key(), func() uint32 {
		b.Abouts = append(b.Abouts, a)
		return uint32(len(b.Abouts) - 1)
	})
}

// AccountNumber is the place of an account in Accounts; it is added if it is new. It fails with
// ErrBatchFull.
func (b *Batch) AccountNumber(key AccountKey) (uint16, error) {
	if _, known := b.index().accounts[key]; !known && len(b.Accounts) > math.MaxUint16 {
		return 0, ErrBatchFull
	}
	return number(b.known.accounts, key, func() uint16 {
		b.Accounts = append(b.Accounts, key)
		return uint16(len(b.Accounts) - 1)
	}), nil
}

// UnitNumber is the place of a unit in Units; it is added if it is new. It fails with ErrBatchFull.
func (b *Batch) UnitNumber(u Unit) (uint16, error) {
	if _, known := b.index().units[u]; !known && len(b.Units) > math.MaxUint16 {
		return 0, ErrBatchFull
	}
	return number(b.known.units, u, func() uint16 {
		b.Units = append(b.Units, u)
		return uint16(len(b.Units) - 1)
	}), nil
}

// number is what known says of key, or what add does.
func number[K comparable, N uint16 | uint32](known map[K]N, key K, add func() N) N {
	n, ok := known[key]
	if !ok {
		n = add()
		known[key] = n
	}
	return n
}

// index makes the dictionary, the first time it is needed.
func (b *Batch) index() *dictionary {
	if b.known != nil {
		return b.known
	}
	d := &dictionary{
		texts: make(map[string]uint32, len(b.Texts)), abouts: make(map[string]uint32, len(b.Abouts)),
		accounts: make(map[AccountKey]uint16, len(b.Accounts)), units: make(map[Unit]uint16, len(b.Units)),
	}
	for i, text := range b.Texts {
		d.texts[text] = uint32(i)
	}
	for i, key := range b.Accounts {
		d.accounts[key] = uint16(i)
	}
	for i, unit := range b.Units {
		d.units[unit] = uint16(i)
	}
	for i := range b.Abouts {
		d.abouts[b.Abouts[i].key()] = uint32(i)
	}
	b.known = d
	return d
}

// key is an About as one text. Its parts cannot run into each other: they are told apart by length.
func (a *About) key() string {
	parts := append([]string{a.Category.ID, a.Place.Address, a.Place.City, a.Place.State, a.Place.Zip, a.Channel}, a.Category.Path...)
	var key strings.Builder
	for _, part := range parts {
		var size [binary.MaxVarintLen64]byte
		key.Write(binary.AppendUvarint(size[:0], uint64(len(part))))
		key.WriteString(part)
	}
	return key.String()
}
